"""Select tables by name, and build or test only these."""

from __future__ import annotations

from typing import Any

import ibis
import pytest
from support.raw_rows import loaded, pr, review, rows_of

from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.contracts import Contract, Count, Table
from cursor_marts.engines.inspection import tables_in
from cursor_marts.engines.registry import session_of
from cursor_marts.errors import (
    ContractError,
    DatabaseError,
    DataTestsFailed,
    NothingModified,
    UsageError,
)
from cursor_marts.graph import model
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.selection import entry_of, selected
from cursor_marts.models import all_models
from cursor_marts.models.marts.mart_quality import MartQuality
from cursor_marts.raw import RAW_TABLES, RawRepos

pytestmark = pytest.mark.slow

ALL = catalog(all_models())
BY_REPOSITORY = {"mart_coverage", "mart_quality", "mart_review_costs", "mart_velocity"}
MARTS = BY_REPOSITORY | {"mart_ai_impact", "mart_ai_impact_by_repo", "mart_pull_requests"}
INTERMEDIATE = {"int_linked_commits", "int_pr_with_commits", "int_reverts"}
STAGING = {name for name in ALL if name.startswith("stg_")}
OF_PULL_REQUESTS = {"stg_pull_requests", *INTERMEDIATE, *MARTS}
#: What every staging view reads: how repositories are spelled, and when the extraction ended.
SHARED = {"repos", "extractions"}


def names(select: Any = (), exclude: Any = ()) -> set[str]:
    return {entry.name for entry in selected(ALL, select, exclude)}


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("mart_quality", {"mart_quality"}),
        ("marts", MARTS),
        ("staging", STAGING),
        ("raw", set(RAW_TABLES)),
        ("stg_*", STAGING),
        ("mart_[qv]*", {"mart_quality", "mart_velocity"}),
        ("stg_pull_requests+", OF_PULL_REQUESTS),
        ("+stg_repos", {"repos", "extractions", "stg_repos"}),
        ("+stg_pull_requests+", OF_PULL_REQUESTS | {"pull_requests", *SHARED}),
        ("+mart_quality", set(ALL) - MARTS - {"stg_repos", "rejects"} | {"mart_quality"}),
        ("main_mart.mart_quality", {"mart_quality"}),
        ("mart.mart_quality", {"mart_quality"}),
        ("+main_staging.stg_repos", {"repos", "extractions", "stg_repos"}),
        ("main_staging.*", STAGING),
        ("stg_repos mart_quality", {"stg_repos", "mart_quality"}),
        ("stg_repos, mart_quality", {"stg_repos", "mart_quality"}),
        (["stg_repos", "mart_quality mart_velocity"],
         {"stg_repos", "mart_quality", "mart_velocity"}),
        ("marts,mart_q*", {"mart_quality"}),
        ("stg_pull_requests+,stg_commits+,marts", MARTS),
        ("1+mart_quality", {"int_pr_with_commits", "mart_quality"}),
        ("2+mart_quality,stg_r*", {"stg_reviews", "stg_review_comments"}),
        ("stg_repos+1", {"stg_repos", "mart_coverage"}),
        ("stg_pull_requests+1,staging", {"stg_pull_requests"}),
        ("int_reverts+0", {"int_reverts"}),
        ("@stg_repos,marts", {"mart_coverage"}),
        ("@stg_repos,stg_c*", {"stg_commits"}),
        ("@int_pr_with_commits,marts", MARTS),
        ("path:models/staging", STAGING),
        ("path:cursor_marts/models/marts/mart_quality.py", {"mart_quality"}),
        ("path:staging/stg_r*.py+,staging", {"stg_repos", "stg_reviews", "stg_review_comments"}),
        ("", set(ALL)),
    ],
)  # fmt: skip
def test_names_layers_patterns_and_pluses(select: Any, found: set[str]) -> None:
    """Each form of a selection means the same as in dbt."""
    assert names(select) == found


def test_exclude_removes_from_the_selection() -> None:
    """From the selected tables, or from all."""
    assert names("marts", "mart_quality") == MARTS - {"mart_quality"}
    assert names((), "stg_pull_requests+ raw") == STAGING - {"stg_pull_requests"}
    with pytest.raises(UsageError, match="nothing is selected"):
        names("mart_quality", "marts")


def test_the_order_is_the_build_order() -> None:
    """Upstream tables come first, in any spelling of the selection."""
    chosen = [entry.name for entry in selected(ALL, "mart_quality stg_reviews commits")]
    assert chosen == ["commits", "stg_reviews", "mart_quality"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("raw,staging", "no table fits all of raw,staging(.|\n)*separate names by blanks"),
        ("path:models/nowhere", "no model is in models/nowhere"),
        ("tag:nightly", "there is no selector 'tag:nightly'"),
        ("state:modified", "state:modified is not known here"),
        ("@+", "selects nothing"),
    ],
)
def test_a_selector_that_means_nothing_is_an_error(wrong: str, says: str) -> None:
    """It says what to write instead; also for --exclude."""
    for arguments in ((wrong, ()), ((), wrong)):
        with pytest.raises(UsageError, match=says):
            names(*arguments)


def test_what_is_published_by_other_sql_is_selected() -> None:
    """With its readers, without some, or with what fits another selector."""

    def chosen(select: str) -> set[str]:
        found = selected(ALL, select, modified=("stg_pull_requests", "mart_quality"))
        return {entry.name for entry in found}

    assert chosen("state:modified") == {"stg_pull_requests", "mart_quality"}
    assert chosen("state:modified+") == OF_PULL_REQUESTS
    assert chosen("state:modified,marts stg_repos") == {"mart_quality", "stg_repos"}
    with pytest.raises(NothingModified):
        selected(ALL, "state:modified+", modified=())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            "main_raw.mart_quality",
            "mart_quality is not in schema main_raw(.|\n)*it is in main_mart",
        ),
        ("main_mart.stg_*", r"stg_\* is not in schema main_mart(.|\n)*it is in main_staging"),
        (
            "main_mart.int_pr_with_commits",
            "no schema after a build: write int_pr_with_commits alone",
        ),
        ("main_mart.mart_qualty", "no table or layer 'main_mart.mart_qualty'(.|\n)*mart_quality?"),
        (
            "main_audit.stg_repos__unique_repo_name",
            r"failed a test of stg_repos(.|\n)*show\(.stg_repos_",
        ),
    ],
)
def test_a_wrong_schema_is_an_error_with_the_right_one(wrong: str, says: str) -> None:
    """In a selection, and as the name of a table; a table of failing rows is not a model."""
    with pytest.raises(UsageError, match=says):
        names(f"+{wrong}")
    if "*" not in wrong:
        with pytest.raises(UsageError, match=says.replace("table or layer", "table")):
            entry_of(ALL, wrong)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("mart_qualty", "mart_quality"),
        ("+stg_pull_request+", "stg_pull_requests"),
        ("mart", "marts"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(wrong: str, nearest: str) -> None:
    """A one-line error names it and the nearest name; also for --exclude."""
    for arguments in ((wrong, ()), ((), wrong)):
        with pytest.raises(UsageError, match=f"did you mean {nearest}\\?"):
            names(*arguments)


def test_a_name_without_a_near_one_lists_all_names() -> None:
    """So does a pattern without a match."""
    for wrong in ("xyzzy", "zzz_*"):
        with pytest.raises(UsageError, match=r"cursor_marts\.ls\(\)") as error:
            names(wrong)
        assert "did you mean" not in str(error.value)


class Commits(Contract):
    """A mart with the name of a raw table."""

    n: int = Count("Repositories.")


def test_two_tables_with_one_name_are_an_error() -> None:
    """A name means one table in all layers."""

    @model
    def commits(repos: Table[RawRepos]) -> Table[Commits]:
        return repos.agg(n=repos.count())

    with pytest.raises(ContractError, match="two tables are called commits"):
        catalog([commits])


def after_a_load() -> Any:
    """Return a built backend, with one more pull request in its raw tables."""
    backend = loaded(pull_requests=[pr()], reviews=[review()])
    build_all(backend)
    backend.raw_sql("INSERT INTO main_raw.pull_requests BY NAME SELECT 2 AS number, "
                    "* EXCLUDE (number) FROM main_raw.pull_requests")  # fmt: skip
    return backend


def total_prs(backend: Any) -> dict[str, int]:
    return {m: rows_of(backend, f"main_mart.{m}")[0]["total_prs"] for m in BY_REPOSITORY}


def test_only_the_selected_mart_is_built_and_the_others_stay() -> None:
    """It has the new pull request; the others are unchanged."""
    backend = after_a_load()
    report = build_all(backend, select="mart_quality")
    assert total_prs(backend) == dict.fromkeys(BY_REPOSITORY, 1) | {"mart_quality": 2}
    assert {r.model for r in report.models if r.layer == "marts"} == {"mart_quality"}
    assert "int_pr_with_commits" not in backend.list_tables()


def test_a_build_does_not_drop_tables_of_others() -> None:
    """It drops only tables that an earlier build created, and none if tables are selected."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    backend.raw_sql("CREATE TABLE main_mart.mine AS SELECT 1")
    build_all(backend, exclude="mart_quality")
    build_all(backend)
    assert "mine" in tables_in(session_of(backend), "marts")


def test_a_selected_mart_is_not_built_from_a_bad_load() -> None:
    """The staging views that it reads are tested, although they are not built."""
    backend = after_a_load()
    backend.raw_sql("UPDATE main_raw.pull_requests SET changed_files = -1")
    with pytest.raises(DataTestsFailed, match=r"stg_pull_requests\.changed_files_at_least_0"):
        build_all(backend, select="mart_quality")
    assert total_prs(backend)["mart_quality"] == 1


def test_a_table_that_a_selected_model_reads_must_exist() -> None:
    """So must one that only a data test reads; the error names both, and how to build it."""
    backend = loaded(pull_requests=[pr()])
    with pytest.raises(DatabaseError, match=r"are not built, and int_linked.* read them") as raised:
        build_all(backend, select="mart_quality")
    assert str(raised.value.next_command) == "cursor_marts.transform()"
    with pytest.raises(
        DatabaseError, match="stg_repos is not built, and data tests of stg"
    ) as raised:
        build_all(backend, select="+mart_quality")
    assert raised.value.next_command is not None
    build_all(backend, select=str(raised.value.next_command.options["select"]))
    assert set(tables_in(session_of(backend), "marts")) == {"mart_quality"}


def test_a_table_that_a_selected_model_reads_must_match_its_contract() -> None:
    """A view of an older version is an error."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    backend.raw_sql("CREATE OR REPLACE VIEW main_staging.stg_reviews AS SELECT 1 AS id")
    with pytest.raises(DatabaseError, match="stg_reviews was built by another version"):
        build_all(backend, select="mart_quality")
    build_all(backend, select="stg_reviews mart_quality")


def test_a_selection_of_raw_tables_cannot_be_built() -> None:
    """They are loaded, not built."""
    with pytest.raises(UsageError, match="raw tables only"):
        build_all(loaded(), select="raw")


class Copy(Contract):
    """One row: how many weeks a mart has."""

    weeks: int = Count("Rows of mart_quality.")


@model
def mart_copy(quality: Table[MartQuality]) -> Table[Copy]:
    """Read a mart from a mart."""
    return quality.agg(weeks=quality.count())


def test_a_published_table_that_is_not_selected_is_read_as_it_is() -> None:
    """It was tested when it was published; rows loaded since do not matter."""
    backend = after_a_load()
    report = build_all(backend, [*all_models(), mart_copy], select="mart_copy")
    assert rows_of(backend, "main_mart.mart_copy") == [{"weeks": 1}]
    assert [result.model for result in report.models] == ["mart_copy"]


def test_only_the_selected_tables_are_tested() -> None:
    """A failure elsewhere has no effect; an intermediate table lasts only for the test."""
    backend = after_a_load()
    with pytest.raises(DataTestsFailed, match="total_prs_reconcile"):
        run_data_tests(backend)
    report = run_data_tests(backend, select="staging int_pr_with_commits")
    assert {r.model for r in report.models} == STAGING | {"int_pr_with_commits"}
    with pytest.raises(DataTestsFailed) as failed:
        run_data_tests(backend, select="mart_quality")
    assert {r.model for r in failed.value.report.models} == {"mart_quality"}
    assert "int_pr_with_commits" not in backend.list_tables()
    assert {r.model for r in run_data_tests(backend, select="raw").models} == set(RAW_TABLES)


def test_testing_a_table_that_is_not_built_is_an_error() -> None:
    """The tables are loaded, but never transformed."""
    with pytest.raises(DatabaseError, match="are not built"):
        run_data_tests(loaded())
    sqlite = ibis.sqlite.connect()
    with pytest.raises(UsageError, match="cannot build on sqlite"):
        run_data_tests(sqlite, select="marts")
    sqlite.disconnect()
