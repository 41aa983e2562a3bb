"""Raw tables that another tool has loaded."""

from typing import Any

import ibis
import pytest
from support.raw_rows import comment, commit, link, loaded, pr, review, rows_of

from cursor_marts.building.binding import bind_raw
from cursor_marts.building.run import build_all
from cursor_marts.engines.dialect import DUCKDB
from cursor_marts.engines.inspection import columns_in
from cursor_marts.engines.registry import session_of
from cursor_marts.errors import RawError
from cursor_marts.raw import RAW_TABLES, REQUIRED, snake_case

pytestmark = pytest.mark.slow

MARTS = ("mart_velocity", "mart_ai_impact", "mart_quality", "mart_review_costs")
WORLD: dict[str, Any] = {
    "pull_requests": [pr(1, ai_ratio=0.4, reviewers=["bob"]), pr(2), pr(3, merged_at=None)],
    "commits": [commit("c1"), commit("c2")],
    "pull_request_commits": [link("c1", 2)],
    "reviews": [review(1), review(2, 2, body="hm")],
    "review_comments": [comment(1)],
}


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def bound(backend: Any) -> dict[str, list[Any]]:
    """Return the rows of each raw table as the models read it."""
    session = session_of(backend)
    dialect = DUCKDB.with_names(session.names)
    tables = bind_raw(columns_in(session, "raw"), dialect)
    return {
        contract.__name__: session.ask(dialect.text(dialect.query(table.order_by(table.columns))))
        for contract, table in tables.items()
    }


def marts(backend: Any) -> dict[str, Any]:
    """Build, and return every mart."""
    build_all(backend)
    return {mart: rows_of(backend, f"main_mart.{mart}") for mart in MARTS}


def relanded(change: Any, tables: Any = None) -> Any:
    """Return the world in raw tables, with a SELECT list that `change` returns for each column."""
    backend = loaded(**WORLD)
    for name in tables or RAW_TABLES:
        columns = backend.raw_sql(f"DESCRIBE main_raw.{name}").fetchall()
        chosen = [part for column in columns if (part := change(name, column[0], column[1]))]
        backend.raw_sql(
            f"CREATE OR REPLACE TABLE main_raw.{name} AS "
            f"SELECT {', '.join(chosen)} FROM main_raw.{name}"
        )
    return backend


CHANGES = {
    "camelCase": lambda table, name, kind: f'{name} AS "{camel(name)}"',
    "upper case": lambda table, name, kind: f'{name} AS "{name.upper()}"',
    "narrow integers": lambda table, name, kind: (
        f"{name}::INTEGER AS {name}" if kind == "BIGINT" else name
    ),
    "wide integers": lambda table, name, kind: (
        f"{name}::HUGEINT AS {name}" if kind == "BIGINT" else name
    ),
    "times with a zone": lambda table, name, kind: (
        f"{name} AT TIME ZONE 'UTC' AS {name}" if kind == "TIMESTAMP" else name
    ),
    "times in nanoseconds": lambda table, name, kind: (
        f"{name}::TIMESTAMP_NS AS {name}" if kind == "TIMESTAMP" else name
    ),
    "times as text": lambda table, name, kind: (
        f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ') AS {name}" if kind == "TIMESTAMP" else name
    ),
    "times as text with an offset": lambda table, name, kind: (
        f"strftime({name} + INTERVAL 2 HOUR, '%Y-%m-%dT%H:%M:%S.%f+02:00') AS {name}"
        if kind == "TIMESTAMP"
        else name
    ),
    "times as text without a zone": lambda table, name, kind: (
        f"strftime({name}, '%Y-%m-%d %H:%M:%S') AS {name}" if kind == "TIMESTAMP" else name
    ),
    "no extra": lambda table, name, kind: None if name == "extra" else name,
    "further columns": lambda table, name, kind: f"{name}, 1 AS {name}_too",
}


@pytest.fixture(scope="module")
def declared() -> dict[str, list[Any]]:
    """The rows as models read them where every column is as its contract says."""
    return bound(loaded(**WORLD))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
@pytest.mark.parametrize("change", CHANGES)
def test_other_spellings_of_the_same_rows_are_read_the_same(
    change: str, zone: str, declared: dict[str, list[Any]]
) -> None:
    """Other names, widths, zones and texts for the same data, in any time zone of the session."""
    backend = relanded(CHANGES[change])
    backend.raw_sql(f"SET TimeZone = '{zone}'")
    assert bound(backend) == declared


def test_other_spellings_of_the_same_rows_build_the_same_marts() -> None:
    """Other names and texts for times, in the time zone of the session."""

    def change(table: str, name: str, kind: str) -> str:
        later = f"strftime({name} + INTERVAL 9 HOUR, '%Y-%m-%dT%H:%M:%S.%f+09:00')"
        return f'{later if kind == "TIMESTAMP" else name} AS "{camel(name)}"'

    backend = relanded(change)
    backend.raw_sql("SET TimeZone = 'Asia/Tokyo'")
    assert marts(backend) == marts(loaded(**WORLD))


@pytest.mark.parametrize("table", sorted(RAW_TABLES.keys() - REQUIRED))
def test_a_missing_optional_table_is_empty(table: str, declared: dict[str, list[Any]]) -> None:
    """Models need no comments, links, rejects or extractions."""
    backend = loaded(**WORLD)
    backend.raw_sql(f"DROP TABLE main_raw.{table}")
    assert bound(backend) == declared | {RAW_TABLES[table].__name__: []}


def test_without_any_optional_table_the_marts_are_as_if_these_were_empty() -> None:
    """A build needs repositories, pull requests, commits and reviews."""
    optional = RAW_TABLES.keys() - REQUIRED
    backend = loaded(**WORLD)
    for table in optional:
        backend.raw_sql(f"DROP TABLE main_raw.{table}")
    assert marts(backend) == marts(loaded(**WORLD | {table: [] for table in optional}))


@pytest.mark.parametrize("table", sorted(REQUIRED))
def test_a_missing_required_table_is_an_error(table: str) -> None:
    """It names the table, and nothing is built."""
    backend = loaded(**WORLD)
    backend.raw_sql(f"DROP TABLE main_raw.{table}")
    with pytest.raises(RawError, match=f"missing in schema main_raw: {table}"):
        build_all(backend)
    query = "SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'main_staging'"
    assert backend.raw_sql(query).fetchone() == (0,)


def test_missing_optional_columns_are_null() -> None:
    """A build needs only the required columns."""
    required = {
        name: {snake_case(column) for column, type_ in _columns(contract) if not type_.nullable}
        for name, contract in RAW_TABLES.items()
    }
    backend = relanded(lambda table, name, kind: name if name in required[table] else None)
    assert marts(backend)["mart_velocity"] == []  # when they were merged is not required
    assert len(rows_of(backend, "main_staging.stg_pull_requests")) == 3


@pytest.mark.parametrize(
    ("table", "column"),
    [("commits", "commit_hash"), ("pull_requests", "created_at"), ("reviews", "pr_number")],
)
def test_a_missing_required_column_is_an_error(table: str, column: str) -> None:
    """It names the table and the column, before any model runs."""
    backend = relanded(lambda table, name, kind: None if name == column else name, [table])
    with pytest.raises(RawError, match=rf"{table}\.{column}: missing"):
        build_all(backend)


def test_a_column_of_another_type_is_an_error() -> None:
    """For example, a merge time as a number."""
    backend = relanded(
        lambda table, name, kind: f"1 AS {name}" if name == "merged_at" else name, ["pull_requests"]
    )
    with pytest.raises(RawError, match=r"pull_requests\.merged_at: is int32, which does not"):
        build_all(backend)


@pytest.mark.parametrize(
    "name", ["commitHash", "COMMIT_HASH", "commit_hash", "CommitHash", "Commit_Hash"]
)
def test_snake_case(name: str) -> None:
    """Every common spelling is one column."""
    assert snake_case(name) == "commit_hash"


def test_snake_case_of_abbreviations() -> None:
    """`nonAiLinesAdded` and `isAPIKey` are split into words."""
    assert snake_case("nonAiLinesAdded") == "non_ai_lines_added"
    assert snake_case("isAPIKey") == "is_api_key"
    assert snake_case("commitTs") == "commit_ts"


def _columns(contract: Any) -> list[tuple[str, ibis.DataType]]:
    from cursor_marts.contracts import schema_of

    return list(schema_of(contract).items())


@pytest.mark.parametrize("text", ["", "0000-00-00", "soon"])
def test_a_text_that_is_no_time_is_unknown(text: str) -> None:
    """A time as text that another tool loaded does not stop a build."""
    backend = loaded(**WORLD)
    column = "main_raw.pull_requests ALTER first_commit_at TYPE VARCHAR"
    backend.raw_sql(f"ALTER TABLE {column}")
    backend.raw_sql(f"UPDATE main_raw.pull_requests SET first_commit_at = '{text}'")
    build_all(backend, select="stg_repos stg_pull_requests")
    rows = rows_of(backend, "main_staging.stg_pull_requests")
    assert {row["first_commit_at"] for row in rows} == {None}
