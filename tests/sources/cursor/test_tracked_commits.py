"""The real Cursor API: windows, no order, nulls, repeated hashes, limits, refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.cursor_service import CursorService, Record
from support.fast_clock import Hurry

from cursor_marts.errors import IncompleteExtraction, SourceRefused
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.sources.cursor.source import cursor, cursor_client
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret

WINDOW = Window(date(2026, 1, 1), date(2026, 3, 1))
FIRST = datetime(2025, 12, 2, tzinfo=UTC)  # 30 days before the window
KEY = Secret("key_team")


def record(number: int, day: float, **fields: Any) -> Record:
    moment = FIRST + timedelta(days=day)
    return {
        "commitHash": f"{number:040x}",
        "userId": "user_1",
        "userEmail": "ada@example.org",
        "repoName": "acme/web",
        "branchName": None,
        "isPrimaryBranch": None,
        "totalLinesAdded": 10,
        "tabLinesAdded": 7,
        "composerLinesAdded": 9,
        "nonAiLinesAdded": 0,
        "message": None,
        "commitTs": moment.isoformat().replace("+00:00", "Z"),
        "createdAt": (moment + timedelta(hours=2)).isoformat().replace("+00:00", "Z"),
    } | fields


def read(service: CursorService, folder: Path, clock: Hurry | None = None) -> Manifest:
    pacer = (clock or Hurry()).pacer()
    client = cursor_client("https://api.cursor.com", KEY, Patience(), pacer, service)
    return extract([cursor(client)], WINDOW, folder / "landing")


def landed(folder: Path) -> list[Record]:
    return pq.read_table(folder / "landing" / "commits").to_pylist()


@pytest.mark.parametrize("filters_by", ["commitTs", "createdAt"])
def test_all_commits_from_a_month_before_the_window_arrive(tmp_path: Path, filters_by: str) -> None:
    """The documentation does not say which time the filter goes by."""
    service = CursorService([record(n, n / 20) for n in range(1_800)], filters_by=filters_by)
    manifest = read(service, tmp_path)
    assert len(landed(tmp_path)) == 1_800
    tally = manifest.resources["commits"]
    assert tally.expected == tally.received == 1_800


def test_windows_are_of_thirty_days_at_most_and_overlap_by_a_day(tmp_path: Path) -> None:
    service = CursorService([record(1, 1)])
    read(service, tmp_path)
    bounds = sorted(
        {(r.url.params["startDate"], r.url.params["endDate"]) for r in service.requests}
    )
    assert bounds == [
        ("2025-12-02T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("2025-12-31T00:00:00Z", "2026-01-30T00:00:00Z"),
        ("2026-01-29T00:00:00Z", "2026-02-28T00:00:00Z"),
        ("2026-02-27T00:00:00Z", "2026-03-03T00:00:00Z"),
    ]


def test_nothing_but_commits_is_requested(tmp_path: Path) -> None:
    """The real API has no /health and no /repos."""
    service = CursorService([record(1, 1)])
    read(service, tmp_path)
    assert {request.url.path for request in service.requests} == {"/analytics/ai-code/commits"}


def test_nulls_and_fields_that_are_absent_are_null(tmp_path: Path) -> None:
    bare = {"commitHash": "a" * 40, "createdAt": "2026-01-05T00:00:00Z", "commitTs": None}
    read(CursorService([bare]), tmp_path)
    (row,) = landed(tmp_path)
    assert (row["commit_ts"], row["repo_name"], row["message"]) == (None, None, None)


def test_a_hash_that_comes_again_is_two_rows_and_one_commit(tmp_path: Path) -> None:
    """Rows are compared with what the API claims; different hashes are counted apart."""
    amended = record(1, 3, createdAt="2026-02-01T00:00:00Z")
    manifest = read(CursorService([record(1, 3), amended, record(2, 3)]), tmp_path)
    tally = manifest.resources["commits"]
    assert (tally.expected, tally.received, tally.rejected) == (3, 3, 0)
    assert any("2 different hashes" in note for note in manifest.notes)


def test_rows_that_are_equal_in_all_fields_are_landed_once(tmp_path: Path) -> None:
    service = CursorService([record(1, 3), record(1, 3), record(2, 3)])
    manifest = read(service, tmp_path)
    assert len(landed(tmp_path)) == manifest.resources["commits"].received == 2


def test_a_limit_without_retry_after_is_waited_for_a_minute(tmp_path: Path) -> None:
    clock = Hurry()
    service = CursorService([record(n, n / 200) for n in range(12_000)], by_minute=5, now=clock.now)
    manifest = read(service, tmp_path, clock)
    tally = manifest.resources["commits"]
    assert tally.received == 12_000
    assert tally.waited_seconds > 59


def test_answers_that_have_not_changed_cost_nothing(tmp_path: Path) -> None:
    """304 does not count against the limit: whether the totals are settled is asked for free."""
    service = CursorService([record(n, n / 20) for n in range(1_800)])
    read(service, tmp_path)
    assert service.full_answers == 4
    assert len(service.requests) == 8


@pytest.mark.parametrize(
    "service",
    [
        CursorService([], key="key_of_another_team"),
        CursorService([], plan_has_tracking=False),
    ],
)
def test_a_key_that_is_refused_names_both_causes(tmp_path: Path, service: CursorService) -> None:
    with pytest.raises(SourceRefused, match=r"401.*wrong.*plan has no AI code tracking") as error:
        read(service, tmp_path)
    assert "Enterprise" in error.value.hint
    assert "key_team" not in str(error.value)
    assert len(service.requests) == 1


def test_rows_that_are_missing_fail_the_run(tmp_path: Path) -> None:
    class Short(CursorService):
        def handle_request(self, request: Any) -> Any:
            response = super().handle_request(request)
            response.headers.pop("ETag", None)
            body = response.json()
            body["items"] = body["items"][:-1]
            return type(response)(200, json=body)

    with pytest.raises(IncompleteExtraction, match=r"claims 3 records, and 2 different ones"):
        read(Short([record(n, 1) for n in range(3)]), tmp_path)


def test_commits_that_arrive_during_the_run_are_read(tmp_path: Path) -> None:
    class Growing(CursorService):
        def handle_request(self, request: Any) -> Any:
            if len(self.requests) == 4:
                self.commits.append(record(99, 60))
            return super().handle_request(request)

    manifest = read(Growing([record(n, n) for n in range(60)]), tmp_path)
    assert manifest.resources["commits"].received == 61


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 90), st.booleans()), max_size=60))
@settings(max_examples=15)
def test_any_commits_arrive_once(drawn: list[tuple[int, float, bool]]) -> None:
    rows = [record(n, day, **({"commitTs": None} if bare else {})) for n, day, bare in drawn]
    with TemporaryDirectory() as folder:
        manifest = read(CursorService(rows), Path(folder))
        different = {tuple(sorted(row.items(), key=str)) for row in rows}
        assert len(landed(Path(folder))) == len(different)
        assert manifest.resources["commits"].received == len(different)
