"""What tells of a broken source: lost columns, another volume, data that ends early."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.raw_rows import loaded, pr

from cursor_marts.building.profiles import (
    COLUMNS,
    END,
    VOLUME,
    Profile,
    Profiled,
    Window,
    results,
)
from cursor_marts.building.results import CheckResult
from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.building.thresholds import STANDARD, Thresholds, read
from cursor_marts.commands.project import project_at
from cursor_marts.errors import DataTestsFailed, UsageError
from cursor_marts.reporting.weekly.last_run import Finding

MONDAY = date(2026, 9, 7)
#: Nine whole weeks and two days of the tenth.
WINDOW = Window(MONDAY, MONDAY + timedelta(days=65))
TABLE = Profiled("reviews", ("id", "body"), "created_at")


def profile(counts: list[int], *, values: dict[str, int] | None = None, end: int = 64) -> Profile:
    """Return the profile of rows by week, whose newest is of a day of the window."""
    weeks = {MONDAY + timedelta(weeks=n): count for n, count in enumerate(counts) if count}
    newest = {week: min(week + timedelta(6), MONDAY + timedelta(end)) for week in weeks}
    return Profile(sum(counts), values or {"id": sum(counts), "body": 30}, weeks, newest)


def found(now: Profile, before: Profile | None = None, **options: Any) -> dict[str, str]:
    """Return test → what it says, of those that find something."""
    tests = results(TABLE, now, before, WINDOW, Thresholds(**options))
    return {test.test: test.description for test in tests if test.failures}


def test_data_as_before_is_quiet() -> None:
    """On a first build as well, with few rows, and in a week that has just begun."""
    for counts in ([20, 25, 18, 30, 22, 24, 19, 28, 21, 4], [0] * 9, [1] * 9, [300], [0, 2, 1, 90]):
        now = profile(counts)
        assert found(now) == {}
        assert found(now, now) == {}


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (30, 0, "body is NULL in all rows, and was not before"),
        (1, 0, "body is NULL in all rows, and was not before"),
        (30, 1, "body is one value in all rows, and was not before"),
        (2, 1, None),  # few values may be one by chance
        (0, 0, None),
        (1, 1, None),
        (0, 30, None),
    ],
)
def test_a_column_that_loses_its_values_is_named(before: int, now: int, says: str | None) -> None:
    """Until it has values again, not for one build alone."""
    first = profile([25] * 9, values={"id": 225, "body": before})
    second = profile([25] * 9, values={"id": 225, "body": now})
    assert found(second, first).get(COLUMNS) == says
    recorded = Profile.recorded(second.content(first))
    assert found(second, recorded).get(COLUMNS) == says


def test_a_table_that_loses_all_rows_is_named() -> None:
    """Until it has rows again."""
    before = profile([25] * 9)
    for known in (before, Profile.recorded(profile([]).content(before))):
        assert found(profile([]), known) == {COLUMNS: "there are no rows, and were 225 before"}


def test_a_constant_column_of_few_rows_is_nothing() -> None:
    """They may be alike by chance."""
    before = profile([25] * 9, values={"id": 225, "body": 30})
    assert found(profile([9], values={"id": 9, "body": 1}), before) == {}


@pytest.mark.parametrize(
    ("last", "says"),
    [
        (6, "the week of 2026-11-02 has 6 rows, 20 to 24 in the 8 weeks before"),
        (73, "the week of 2026-11-02 has 73 rows, 20 to 24 in the 8 weeks before"),
        (7, None),
        (72, None),
    ],
)
def test_the_volume_of_the_last_whole_week_is_compared(last: int, says: str | None) -> None:
    """With the weeks before, up to a factor."""
    now = profile([20, 24, 22, 20, 23, 24, 21, 20, last, 3])
    assert found(now).get(VOLUME) == says
    assert VOLUME not in found(now, volume_factor=4.0)


def test_data_that_ends_before_the_window_is_found() -> None:
    """A weekend or a holiday is not the end."""
    now = profile([20] * 8, end=53)
    assert found(now) == {
        END: "the newest row is of 2026-10-30, 11 days before the end of the window"
    }
    assert END not in found(now, end_days=12)
    assert END not in found(profile([20] * 9 + [1], end=58))


def test_a_build_compares_with_the_tables_before(tmp_path: Path) -> None:
    """Raw tables and marts, also in `test`; a threshold accepts it, or makes it an error."""
    pulls = [pr(n, title=f"Change {n}") for n in range(1, 31)]
    backend = loaded(pull_requests=pulls)
    assert not [test for test in build_all(backend).warned if test.test == COLUMNS]
    backend.raw_sql("UPDATE main_raw.pull_requests SET title = 'Change'")
    for run in (build_all, run_data_tests, build_all):
        warned = {test.name: test for test in run(backend).warned}
        said = warned[f"pull_requests.{COLUMNS}"].description
        assert said == "title is one value in all rows, and was not before"
    accepted = read("thresholds", {"tests": {f"*.{COLUMNS}": {"warn": 1}}})
    assert not [t for t in build_all(backend, thresholds=accepted).warned if t.test == COLUMNS]
    refused = read("thresholds", {"tests": {f"pull_requests.{COLUMNS}": {"error": 0}}})
    with pytest.raises(DataTestsFailed, match=rf"pull_requests\.{COLUMNS}"):
        build_all(backend, thresholds=refused)
    backend.raw_sql("UPDATE main_raw.pull_requests SET title = 'Change ' || number")
    assert not [test for test in build_all(backend).warned if test.test == COLUMNS]


@pytest.mark.parametrize(
    ("limit", "failures", "severity", "status"),
    [
        ({"warn": 10}, 10, "warn", "pass"),
        ({"warn": 10}, 11, "warn", "warn"),
        ({"warn": "5%"}, 5, "error", "pass"),
        ({"warn": "5%"}, 6, "error", "fail"),
        ({"warn": 1, "error": "5%"}, 5, "error", "warn"),
        ({"error": "5%"}, 6, "warn", "fail"),
        ({"error": "5%"}, 0, "error", "pass"),
    ],
)
def test_a_threshold_is_a_count_or_a_share(
    limit: dict[str, Any], failures: int, severity: Any, status: str
) -> None:
    """Of 100 rows, for tests by pattern; without one the contract decides."""
    thresholds = read("thresholds", {"tests": {"reviews.*": limit}})
    result = CheckResult("reviews", "not_null_id", severity, failures)
    assert thresholds.judged(result, 100).status == status
    other = CheckResult("commits", "not_null_id", severity, failures)
    assert thresholds.judged(other, 100) == other


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("thresholds = 3", "thresholds is 3, not a table"),
        ("[thresholds]\nend_day = 3", "thresholds.end_day is unknown\n  → did you mean end_days?"),
        ("[thresholds]\nend_days = 0", "thresholds.end_days is 0, not a number of at least 1"),
        ('[thresholds.tests]\n"a.b" = 3', "thresholds.tests.a.b is 3"),
        ('[thresholds.tests]\n"a.b" = { warn = "5" }', "tests.a.b.warn is '5', not a number of"),
    ],
)
def test_a_mistake_in_the_thresholds_is_named(tmp_path: Path, text: str, says: str) -> None:
    """By file and key."""
    (tmp_path / "cursor_marts.toml").write_text(text)
    with pytest.raises(UsageError) as raised:
        project_at(tmp_path, {})
    assert says in raised.value.text()


def test_the_file_of_a_project_has_thresholds(tmp_path: Path) -> None:
    """Without them the package's own count."""
    (tmp_path / "cursor_marts.toml").write_text("")
    read_project = project_at(tmp_path, {})
    assert read_project is not None
    assert read_project.thresholds == STANDARD
    (tmp_path / "cursor_marts.toml").write_text("[thresholds]\nend_days = 3\nvolume_weeks = 12\n")
    read_project = project_at(tmp_path, {})
    assert read_project is not None
    assert read_project.thresholds == Thresholds(end_days=3, volume_weeks=12)


def test_the_page_says_it_in_words() -> None:
    """Without a number of rows, which it is not about."""
    finding = Finding("stg_reviews", "warn", 1, 900, "the newest row is of Monday", in_words=True)
    assert finding.says == "reviews: the newest row is of Monday"
