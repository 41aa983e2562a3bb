"""The programs that `make bench` compares do the same work, on the smallest landing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from cursor_marts.graph.checks import checks_of
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of size S: invented, loaded, built by the package and by hand-written SQL."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(BENCHMARKS))
        import jobs

        folder = tmp_path_factory.mktemp("benchmark") / "S"
        for job in (jobs.invent, jobs.load, jobs.build, jobs.by_hand):
            assert all(seconds > 0 for seconds in job(folder, None).values())
    return folder


def benchmark(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a module of the benchmarks."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return __import__(name)


def test_the_hand_written_marts_equal_ours(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row for row; a single different count fails the comparison."""
    comparing = benchmark("comparing", monkeypatch)
    compare = comparing.compare
    database = built / "analytics.duckdb"
    compare(database, database, "by_hand")
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE SCHEMA spoilt")
        for mart in comparing.MARTS:
            connection.execute(f"CREATE TABLE spoilt.{mart} AS FROM by_hand.{mart}")
        connection.execute("UPDATE spoilt.mart_quality SET total_prs = 7 WHERE rowid = 0")
    with pytest.raises(ValueError, match=r"other rows in spoilt: mart_quality$"):
        compare(database, database, "spoilt")


def test_dbt_gets_every_table_and_every_test(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file for each model and each test, with references instead of table names."""
    benchmark("dbt_project", monkeypatch).write(tmp_path, built / "analytics.duckdb")
    models = {file.stem for file in tmp_path.glob("models/*/*.sql")}
    assert models == {model.name for model in all_models()}
    contracts = RAW_TABLES | {model.name: model.contract for model in all_models()}
    tests = {file.stem for file in tmp_path.glob("tests/*.sql")}
    assert tests == {f"{n}__{check.name}" for n, c in contracts.items() for check in checks_of(c)}
    for file in tmp_path.rglob("*.sql"):
        assert '"main_' not in file.read_text(), file


def test_the_invented_landing_has_every_case(built: Path) -> None:
    """Amended commits, links by number alone, unknown ratios and hotfixes."""
    with duckdb.connect(str(built / "analytics.duckdb"), read_only=True) as connection:
        ((amended, alone, unknown, fixed),) = connection.execute("""
            SELECT (SELECT count(*) - count(DISTINCT commit_hash) FROM main_raw.commits),
                   (SELECT count(*) FROM (FROM main_raw.commits WHERE pull_request_number > 0)
                    ANTI JOIN main_raw.pull_request_commits USING (commit_hash)),
                   (SELECT count_if(ai_ratio IS NULL) FROM main_raw.pull_requests),
                   (SELECT count_if(hotfix_rate > 0) FROM main_mart.mart_ai_impact)
        """).fetchall()
    assert min(amended, alone, unknown, fixed) > 0
