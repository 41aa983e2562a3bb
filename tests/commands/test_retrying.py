"""retry repeats the last run if its data tests failed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.raw_rows import commit, filed, loaded, pr

import cursor_marts as package
from cursor_marts.errors import DataTestsFailed, UsageError
from cursor_marts.simulator import Simulator, generate, serve

WRONG = pr(7, additions=-1)


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """A database in which a pull request breaks a data test."""
    return filed(loaded(pull_requests=[pr(1), WRONG], commits=[commit()]), tmp_path)


def mend(folder: Path) -> None:
    """Delete the wrong row."""
    with package.connect(folder, read_only=False) as database:
        database.backend.raw_sql("DELETE FROM main_raw.pull_requests WHERE number = 7")


def test_a_build_is_repeated_with_its_selection(failing: Path) -> None:
    """It fails again as long as the data is wrong."""
    mend(failing)
    package.transform(data_dir=failing)
    with package.connect(failing, read_only=False) as database:
        database.backend.raw_sql("UPDATE main_raw.pull_requests SET additions = -1")
    with pytest.raises(DataTestsFailed):
        package.transform("mart_quality", data_dir=failing)
    with pytest.raises(DataTestsFailed):
        package.retry(data_dir=failing)
    with package.connect(failing, read_only=False) as database:
        database.backend.raw_sql("UPDATE main_raw.pull_requests SET additions = 1")
    report = package.retry(data_dir=failing).report
    assert report
    assert [each.model for each in report.models if each.built and each.layer == "marts"] == [
        "mart_quality"
    ]


def test_of_a_test_run_the_tables_are_tested_whose_tests_failed(failing: Path) -> None:
    """What passed is not tested again."""
    mend(failing)
    package.transform(data_dir=failing)
    with package.connect(failing, read_only=False) as database:
        database.backend.raw_sql("UPDATE main_mart.mart_velocity SET total_prs = -1")
    with pytest.raises(DataTestsFailed):
        package.test(data_dir=failing)
    with pytest.raises(DataTestsFailed) as error:
        package.retry(data_dir=failing)
    assert {each.model for each in error.value.report.models} == {"mart_velocity"}


def test_nothing_is_repeated_after_a_run_that_passed(failing: Path) -> None:
    """Warnings are no failures."""
    mend(failing)
    package.transform(data_dir=failing)
    outcome = package.retry(data_dir=failing)
    assert (outcome.nothing_failed, outcome.report) == (True, None)


@pytest.mark.slow
def test_what_a_build_had_extracted_is_loaded_and_not_read_again(tmp_path: Path) -> None:
    """The raw tables of a build whose tests failed are not in the database."""
    world = generate(2, days=9, developers=2)
    world.pulls[0] |= {"state": "merged", "merged_at": "2020-01-01T00:00:00Z"}
    with serve(Simulator(world, rate_limit=None)) as source, pytest.raises(DataTestsFailed):
        package.build(source=source, data_dir=tmp_path)
    with pytest.raises(DataTestsFailed):  # no source answers any more
        package.retry(data_dir=tmp_path)


def test_without_a_run_there_is_nothing_to_repeat(tmp_path: Path) -> None:
    """The error names the file and the command."""
    with pytest.raises(UsageError, match="holds no report of a run"):
        package.retry(data_dir=tmp_path)
    (tmp_path / "run_results.json").write_text("{}")
    with pytest.raises(UsageError, match="holds no report of a run"):
        package.retry(data_dir=tmp_path)
