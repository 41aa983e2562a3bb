"""How old the data of each source may be: a data test of the record of extractions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.raw_rows import loaded
from support.small_models import MODELS, pulls

from cursor_marts.building.run import run_data_tests
from cursor_marts.errors import DataTestsFailed, UsageError

pytestmark = pytest.mark.slow

#: Source → how many hours ago it was read.
READ = {"https://api.cursor.com": 3, "https://api.github.com": 30}


def extraction(source: str, hours: float) -> dict[str, Any]:
    ended = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=hours)
    times = {"started_at": ended, "finished_at": ended}
    return {"run_id": "1", "resource": source, "source": source, "invented": False, **times}


@pytest.fixture(scope="module")
def backend() -> Any:
    rows = [extraction(source, hours) for source, hours in READ.items()]
    return loaded(extractions=rows, pull_requests=pulls())


def outdated(backend: Any, max_age: str) -> list[str]:
    """Return the descriptions of the tests that fail."""
    try:
        run_data_tests(backend, MODELS, select="extractions", max_age=max_age)
    except DataTestsFailed as failed:
        return [test.description for test in failed.report.failed]
    return []


@pytest.mark.parametrize(
    ("max_age", "failing"),
    [
        ("2d", []),
        ("31h", []),
        ("24h", ["https://api.github.com was read within the last 24h."]),
        ("24h github=2d", []),
        ("github=1d", ["https://api.github.com was read within the last 1d."]),
        ("2d, api.cursor.com=2h", ["https://api.cursor.com was read within the last 2h."]),
    ],
)
def test_a_source_that_was_read_too_long_ago_fails(
    backend: Any, max_age: str, failing: list[str]
) -> None:
    """By the limit of all sources, or by its own."""
    assert outdated(backend, max_age) == failing


def test_a_failing_source_is_shown_with_when_it_was_read(backend: Any) -> None:
    with pytest.raises(DataTestsFailed, match=r"extractions\.fresh_https_api_github_com") as failed:
        run_data_tests(backend, MODELS, select="extractions", max_age="24h")
    (test,) = failed.value.report.failed
    assert test.examples[0]["source"] == "https://api.github.com"


def test_data_of_unknown_age_is_too_old() -> None:
    """As where another tool has loaded it."""
    assert outdated(loaded(), "900d") == ["It is known when a source was read."]


@pytest.mark.parametrize(
    ("max_age", "says"),
    [
        ("soon", "--max-age 'soon' is not an age(.|\n)*as in 36h"),
        ("gitlab=3h", "no source of the loaded data is called so(.|\n)*https://api.cursor.com"),
    ],
)
def test_a_limit_that_means_nothing_is_an_error(backend: Any, max_age: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        outdated(backend, max_age)


def test_a_selection_without_the_record_of_extractions_is_an_error(backend: Any) -> None:
    """Nothing would be tested."""
    with pytest.raises(UsageError, match="which the selection leaves out"):
        run_data_tests(backend, MODELS, select="repos", max_age="36h")
