"""A whole build: the tables that it publishes, and those that it leaves unchanged."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import ibis
import pytest
from support.own_marts import MartSmall, added, mart_small
from support.raw_rows import at, loaded, pr, review, rows_of
from support.small_models import VIEW, pulls, with_changes

import cursor_marts
from cursor_marts.building.run import build_all, run_data_tests
from cursor_marts.contracts import Table
from cursor_marts.errors import ContractError, DatabaseError, DataTestsFailed, UsageError
from cursor_marts.graph import model
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.graph.order import in_build_order
from cursor_marts.models import all_models
from cursor_marts.models.marts.mart_velocity import MartVelocity
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

pytestmark = pytest.mark.slow


def tables_of(backend: Any, schema: str) -> dict[str, str]:
    query = (
        "SELECT table_name, table_type FROM information_schema.tables "
        f"WHERE table_schema = '{schema}'"
    )
    return dict(backend.raw_sql(query).fetchall())


def test_a_build_publishes_staging_views_and_marts_only() -> None:
    """The intermediate tables are gone after the build."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    by_layer = {
        layer: {m.name for m in all_models() if m.layer == layer} for layer in ("staging", "marts")
    }
    assert tables_of(backend, "main_staging") == dict.fromkeys(by_layer["staging"], "VIEW")
    assert tables_of(backend, "main_mart") == dict.fromkeys(by_layer["marts"], "BASE TABLE")
    assert tables_of(backend, "main") == {}


def test_the_report_counts_rows_and_tests_of_every_table() -> None:
    """Each model has its rows, its seconds and its tests."""
    report = build_all(loaded(pull_requests=[pr(1), pr(2)], reviews=[review()]))
    assert report.rows("stg_pull_requests") == 2
    assert report.rows("mart_velocity") == 1
    assert {m.name for m in all_models()} <= {result.model for result in report.models}
    assert all(result.seconds > 0 and result.tests for result in report.models)
    assert report.failed == ()
    assert sum(result.count("pass") for result in report.models) + len(report.warned) == len(
        report.tests
    )


def test_a_table_whose_kind_has_changed_is_replaced() -> None:
    """A table where a view belongs, and a view where a table belongs."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    backend.raw_sql("DROP VIEW main_staging.stg_repos")
    backend.raw_sql("CREATE TABLE main_staging.stg_repos AS SELECT 1")
    backend.raw_sql("DROP TABLE main_mart.mart_quality")
    backend.raw_sql("CREATE VIEW main_mart.mart_quality AS SELECT 1")
    build_all(backend)
    assert tables_of(backend, "main_staging")["stg_repos"] == "VIEW"
    assert tables_of(backend, "main_mart")["mart_quality"] == "BASE TABLE"


def test_a_failed_error_test_publishes_nothing() -> None:
    """A merge before the opening is impossible; the previous marts are unchanged."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    before = rows_of(backend, "main_mart.mart_velocity")
    backend.raw_sql("UPDATE main_raw.pull_requests SET merged_at = created_at - INTERVAL 1 HOUR")
    with pytest.raises(DataTestsFailed, match=r"merged_after_opening \(1 row\)") as failed:
        build_all(backend)
    assert "stg_pull_requests.merged_after_opening" in [t.name for t in failed.value.report.failed]
    assert rows_of(backend, "main_mart.mart_velocity") == before


def test_the_first_failure_ends_a_run_that_is_to_fail_fast() -> None:
    """What reads the failing view is not tested, and is named."""
    backend = loaded(pull_requests=pulls())
    unknown = with_changes(lambda t: t.mutate(number=ibis.null("int64")), VIEW)
    with pytest.raises(DataTestsFailed) as failed:
        build_all(backend, unknown, fail_fast=True)
    assert failed.value.report.skipped == ("mart_sizes",)
    assert {test.model for test in failed.value.report.failed} == {"stg_changes"}
    with pytest.raises(DataTestsFailed) as failed:
        build_all(backend, unknown)
    assert failed.value.report.skipped == ()
    assert failed.value.report.rows("mart_sizes") == 3


def test_a_warning_is_counted_and_does_not_block() -> None:
    """A first commit after the opening is clamped and counted."""
    report = build_all(loaded(pull_requests=[pr(first_commit_at=at(11))]))
    found = {test.name: test.failures for test in report.warned}
    assert found["stg_pull_requests.first_commit_not_after_opening"] == 1


def test_a_build_joins_an_open_transaction() -> None:
    """A rollback by its owner removes the build."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("BEGIN")
    build_all(backend)
    assert rows_of(backend, "main_mart.mart_velocity")
    backend.raw_sql("ROLLBACK")
    assert tables_of(backend, "main_mart") == {}


def test_tests_alone_change_nothing() -> None:
    """`run_data_tests` finds the same as the build, and rows that broke since."""
    backend = loaded(pull_requests=[pr()])
    built = build_all(backend)
    again = run_data_tests(backend)
    assert [(t.name, t.failures) for t in again.tests] == [
        (t.name, t.failures) for t in built.tests
    ]
    backend.raw_sql("UPDATE main_mart.mart_velocity SET total_prs = 7")
    with pytest.raises(DataTestsFailed, match=r"mart_velocity\.counts_every_merge"):
        run_data_tests(backend)


def test_sums_have_the_type_of_the_contract() -> None:
    """DuckDB's sum of BIGINT is a HUGEINT; the column of the mart is a BIGINT."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    found = backend.table("mart_velocity", database="main_mart").schema()
    assert found["total_lines"].is_int64()
    assert list(found) == list(MartVelocity.to_schema().columns)


def test_an_unsupported_backend_is_an_error() -> None:
    """It names the supported ones."""
    with pytest.raises(UsageError, match="cannot build on sqlite"):
        build_all(type("Backend", (), {"name": "sqlite"})())


def test_a_mart_of_a_user_is_built_beside_the_others() -> None:
    """A contract and a function, passed together with the models of the package."""
    backend = loaded(pull_requests=[pr(1), pr(2)])
    report = build_all(backend, models=[*all_models(), mart_small])
    assert report.rows("mart_small") == 1
    assert rows_of(backend, "main_mart.mart_small")[0]["pull_requests"] == 2


def test_a_build_drops_only_tables_of_earlier_builds() -> None:
    """The report names a dropped mart that no model defines; tables of others stay.

    So do copies of ours under other names, and the tables of another project.
    """
    backend = loaded(pull_requests=[pr()])
    build_all(backend, models=[*all_models(), mart_small])
    backend.raw_sql("CREATE VIEW main_staging.my_view AS SELECT 1")
    backend.raw_sql("CREATE TABLE main_mart.my_table AS SELECT 1")
    backend.raw_sql("CREATE TABLE main_audit.my_table AS SELECT 1")
    backend.raw_sql("CREATE TABLE main_mart.old_copy AS SELECT 1")
    backend.raw_sql("COMMENT ON TABLE main_mart.old_copy IS 'Copy. [cursor_marts]'")
    backend.raw_sql("CREATE TEMPORARY TABLE mart_quality AS SELECT 'mine' AS whose")
    backend.raw_sql("CREATE TEMPORARY TABLE stg_repos AS SELECT 'mine' AS whose")
    assert build_all(backend, select="mart_quality").dropped == ()
    assert build_all(backend, project="other").dropped == ()
    assert build_all(backend).dropped == ("mart_small",)
    assert "my_view" in tables_of(backend, "main_staging")
    assert "my_table" in tables_of(backend, "main_audit")
    theirs = {*tables_of(backend, "main_mart")} - {m.name for m in all_models()}
    assert theirs == {"my_table", "old_copy"}
    for name in ("mart_quality", "stg_repos"):
        assert rows_of(backend, f"temp.main.{name}") == [{"whose": "mine"}]


def test_a_table_that_no_build_has_published_is_not_replaced() -> None:
    """It has the name of a model: the error says what to do, and the table stays."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("CREATE SCHEMA main_mart")
    backend.raw_sql("CREATE VIEW main_mart.mart_quality AS SELECT 'mine' AS whose")
    with pytest.raises(DatabaseError, match=r"published main_mart\.mart_quality, and a model"):
        build_all(backend)
    assert rows_of(backend, "main_mart.mart_quality") == [{"whose": "mine"}]
    backend.raw_sql("DROP VIEW main_mart.mart_quality")
    assert build_all(backend).dropped == ()


@pytest.mark.parametrize("name", ["main_mart", "main_raw", "main_staging", "temp_"])
def test_a_file_may_be_named_like_a_schema(tmp_path: Path, name: str) -> None:
    """Every name in a statement begins with the database, so that none is ambiguous."""
    source = loaded(pull_requests=[pr()])
    source.raw_sql(f"ATTACH '{tmp_path / name}.duckdb' AS copy")
    source.raw_sql("COPY FROM DATABASE memory TO copy")
    source.raw_sql("DETACH copy")
    backend = ibis.duckdb.connect(tmp_path / f"{name}.duckdb")
    backend.raw_sql("CREATE SCHEMA temp")
    build_all(backend)
    assert rows_of(backend, f"{name}.main_mart.mart_velocity")[0]["total_prs"] == 1
    assert rows_of(backend, f"{name}.main_staging.stg_pull_requests")[0]["pr_number"] == 1


def test_an_attached_database_is_ignored() -> None:
    """Its raw tables and marts are neither read nor dropped."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("ATTACH ':memory:' AS copy")
    backend.raw_sql("COPY FROM DATABASE memory TO copy")
    backend.raw_sql("CREATE TABLE copy.main_raw.teams AS SELECT 1")
    backend.raw_sql("DROP TABLE main_raw.review_comments")
    backend.raw_sql("CREATE SCHEMA copy.main_mart")
    backend.raw_sql("CREATE TABLE copy.main_mart.mart_old AS SELECT 1")
    backend.raw_sql("COMMENT ON TABLE copy.main_mart.mart_old IS '[cursor_marts]'")
    assert build_all(backend).dropped == ()
    assert rows_of(backend, "copy.main_mart.mart_old")


@model
def mart_broken(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return pull_requests.group_by("repo_name").agg(pulls=ibis._.pr_number.cast("string").max())


@model
def mart_retyped(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return pull_requests.group_by("repo_name").agg(pull_requests=ibis._.title.max())


@model
def mart_misspelled(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return pull_requests.group_by("repository").agg(pull_requests=ibis._.count())


@model
def mart_slipped(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return pull_requests.filter(ibis._.merged.notnull())


@model
def mart_shuffled(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return mart_small(pull_requests).relocate("pull_requests")


class MartKeyless(MartSmall):
    """The same, with a mistake in the key."""

    class Config:
        unique = ["repository"]


@model
def mart_keyless(pull_requests: Table[StgPullRequests]) -> Table[MartKeyless]:
    return mart_small(pull_requests)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (mart_keyless, r"mart_keyless\.repository: in the key, but not a column"),
        (mart_broken, r"mart_broken\.pull_requests: missing\n.*pulls: not in the contract"),
        (mart_retyped, "pull_requests: is string, the contract says int64"),
        (mart_misspelled, "mart_misspelled: .*repository"),
        (mart_slipped, r"mart_slipped: there is no column merged; did you mean merged_at\?"),
        (
            mart_shuffled,
            "another order: pull_requests, repo_name; the contract says repo_name, pull_requests",
        ),
    ],
)
def test_a_model_that_breaks_its_contract_is_an_error_before_the_build(
    broken: Any, says: str
) -> None:
    """Missing, extra, misplaced, misspelt or of another type: it names model and column."""
    with pytest.raises(ContractError, match=says):
        check_contracts([broken])
    backend = loaded(pull_requests=[pr()])
    with pytest.raises(ContractError):
        build_all(backend, models=[*all_models(), broken])
    assert tables_of(backend, "main_mart") == {}


def test_a_model_without_contracts_in_its_signature_is_an_error() -> None:
    """It names the parameter, or the return."""
    with pytest.raises(ContractError, match=r"its parameter repos has no Table\[…\]"):

        @model
        def mart_vague(pull_requests: Table[StgPullRequests], repos: Any) -> Table[MartSmall]:
            return pull_requests

    with pytest.raises(ContractError, match=r"parameter pulls and its return have no Table\[…\]"):

        @model
        def mart_vaguer(pulls):  # type: ignore[no-untyped-def]
            return pulls


def test_two_models_for_one_contract_are_an_error() -> None:
    """The hint names the model of another package."""
    with pytest.raises(
        ContractError, match=r"returned by mart_broken and mart_small\n.*test_build\.py"
    ):
        in_build_order([*all_models(), mart_small, mart_broken])

    def mart_copied(pull_requests: Table[StgPullRequests]) -> Table[MartVelocity]:
        """A return annotation copied from another model."""
        return pull_requests

    says = r"→ .* correct the return's Table\[…\] of mart_copied \(.*test_build\.py, line \d+\)$"
    with pytest.raises(ContractError, match=says):
        in_build_order([*all_models(), model(mart_copied)])


def test_two_models_with_one_name_are_an_error() -> None:
    """It names both places."""

    def mart_velocity(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
        return pull_requests

    says = (
        r"called mart_velocity: cursor_marts/models/.*velocity\.py, line \d+ and .*test_build\.py"
    )
    with pytest.raises(ContractError, match=says):
        in_build_order([*all_models(), model(mart_velocity)])


def test_a_model_that_reads_itself_is_an_error() -> None:
    """Before its table is read."""

    def mart_itself(small: Table[MartSmall]) -> Table[MartSmall]:
        return small

    with pytest.raises(ContractError, match="in a circle: mart_itself → mart_itself"):
        in_build_order([*all_models(), model(mart_itself)])


def test_an_imported_model_is_not_a_second_model() -> None:
    """A file may import the model of another file."""
    assert in_build_order([*all_models(), *all_models()]) == all_models()


def test_a_model_that_reads_an_unknown_table_is_an_error() -> None:
    """For example a mart without the staging table that it reads."""
    with pytest.raises(ContractError, match="mart_small reads StgPullRequests"):
        in_build_order([mart_small])


HEAD = '''"""A mart."""
from cursor_marts.contracts import Contract, Field, Rows, Table, data_test
from cursor_marts.graph import model
from cursor_marts.models.staging.stg_repos import StgRepos

class MartX(Contract):
    """One row per repository."""

    repo_name: str = Field("Its name.")
'''


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        (
            "mart_x",
            "def mart_x(repos: Table[StgRepos]) -> Table[MartX]:\n    return repos\n",
            r"mart_x\.py, line 10: mart_x is not marked with @model",
        ),
        (
            "mart_others",
            "def mart_x(repos: Table[StgRepos]) -> Table[MartX]:\n    return repos\n",
            r"mart_others\.py, line 10: mart_x is not marked with @model",
        ),
        ("mart_x", "def mart_x(repos):\n    return repos\n", "mart_x is not marked with @model"),
        (
            "mart_x",
            "@model\ndef mart_x(repos: Rows) -> Table[MartX]:\n    return repos\n",
            r"mart_x\.py, line 10: model mart_x .* parameter repos has no",
        ),
        (
            "mart_x",
            "class MartY(Contract):\n    a: int = Field('A.', max=1)\n",
            r"line 11: a Field",
        ),
        (
            "mart_x",
            "    @data_test()\n    def known(cls, rows: Rows, repos: Rows) -> Rows:\n"
            "        return rows\n\n"
            "@model\ndef mart_x(repos: Table[StgRepos]) -> Table[MartX]:\n    return repos\n",
            r"MartX\.known: its parameter repos has no Table",
        ),
        (
            "mart_x",
            "@model\ndef mart_x(repos: Table['StgRepo']) -> 'Table[MartX, StgRepo]':\n    ...\n",
            r"mart_x\.py, line 10: mart_x: there is no StgRepo",
        ),
    ],
)
def test_an_incomplete_model_file_is_an_error(
    file: str, text: str, says: str, tmp_path: Path
) -> None:
    """With file and line; no model is skipped silently."""
    with added(tmp_path, file, HEAD + text), pytest.raises(ContractError, match=says):
        all_models()


def test_a_function_without_a_table_of_its_own_is_no_model(tmp_path: Path) -> None:
    """It returns rows, or the table of an existing model."""
    of_a_model = "def known(repos: Table[StgRepos]) -> Table[StgRepos]:\n    return repos\n"
    of_rows = "def rows(repos: Rows) -> Rows:\n    return repos\n"
    with added(tmp_path, "helping", HEAD + of_a_model + of_rows):
        all_models()


def test_a_python_error_in_a_model_file_is_an_error_with_its_line(tmp_path: Path) -> None:
    """One message with file and line, for every exception."""
    package = tmp_path / "cursor_marts"
    shutil.copytree(Path(cursor_marts.__file__).parent, package)
    marts = package / "models" / "marts"
    for slip, says in (("@modl\ndef mart_x(): ...\n", "NameError"), ("def :\n", "SyntaxError")):
        (marts / "mart_x.py").write_text(f'"""A mart."""\n\n{slip}')
        run = subprocess.run(
            [sys.executable, "-P", "-m", "cursor_marts", "check"],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 1
        assert f"cursor_marts/models/marts/mart_x.py, line 3: {says}" in run.stderr
        assert "Traceback" not in run.stderr
