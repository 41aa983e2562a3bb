"""Differences between Snowflake and other engines: one test for each.

The emulator divides by zero and accepts names in any case, so these tests read the statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
import pytest
import sqlglot
import sqlglot.expressions as sge
from support.raw_rows import pr
from support.snowflake_server import rows_in, sent, snowflake, variables, written

from cursor_marts.building.run import build_all
from cursor_marts.contracts import columns_of
from cursor_marts.engines.dialect import SNOWFLAKE
from cursor_marts.engines.publisher import VISIBLE
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.graph import Model
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES

pytestmark = pytest.mark.slow

WORD = "select"
EMPTY = "acme/empty"


@pytest.fixture(scope="module")
def database(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Build on two repositories: one has a reserved word as its name, one has empty changes."""
    rows = [
        pr(1, repo_name=WORD, title="null", author_name="from", head_branch="order by"),
        pr(1, repo_name=EMPTY, additions=0, deletions=0),
    ]
    repos = [{"full_name": name, "default_branch": "table"} for name in (WORD, EMPTY)]
    landing = written(tmp_path_factory.mktemp("traps"), pull_requests=rows, repos=repos)
    with snowflake(address, variables(address)) as backend:
        load(landing, session_of(backend))
        build_all(backend)
        yield backend


def test_reserved_words_are_values_like_others(database: Any) -> None:
    """As the name of a repository, a title, a branch."""
    query = f"SELECT * FROM staging.stg_pull_requests WHERE repo_name = '{WORD}'"
    assert len(database.raw_sql(query).fetchall()) == 1
    (raw,) = [r for r in rows_in(database, "raw.pull_requests") if r["repo_name"] == WORD]
    assert [raw[name] for name in ("title", "author_name", "head_branch")] == [
        "null",
        "from",
        "order by",
    ]
    assert [r["total_prs"] for r in rows_in(database, "mart.mart_velocity")] == [1, 1]


def test_names_need_no_quotes(database: Any, address: str) -> None:
    """Columns are created in upper case, so that lower case without quotes works."""
    tables = {f"raw.{name}": columns_of(contract) for name, contract in RAW_TABLES.items()}
    for model in all_models():
        if model.layer in VISIBLE:
            table = f"{SNOWFLAKE.names.schema(model.layer)}.{model.name}"
            tables[table] = columns_of(model.contract)
    for table, columns in tables.items():
        database.raw_sql(f"SELECT {', '.join(columns)} FROM {table}")
    made = [r["sqlText"] for r in sent(address) if r.get("sqlText", "").startswith("CREATE")]
    tokens = [token for text in made for token in sqlglot.tokenize(text, read="snowflake")]
    names = {t.text for t in tokens if t.token_type.name == "IDENTIFIER"}
    assert {"MART_VELOCITY", "REPO_NAME", "RAW"} <= names
    assert not [name for name in names if name != name.upper()]


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_no_division_can_be_by_zero(model: Model) -> None:
    """Each divisor is a constant or NULLIF(…, 0); otherwise the service fails the query."""
    tree = sqlglot.parse_one(SNOWFLAKE.select(model, SNOWFLAKE.tables(all_models())), "snowflake")
    for division in tree.find_all(sge.Div, sge.Mod):
        divisor = division.expression
        safe = isinstance(divisor, sge.Literal) and float(divisor.name) != 0
        assert safe or isinstance(divisor, sge.Nullif), division.sql("snowflake")


def test_a_share_of_nothing_is_null(database: Any) -> None:
    """It is neither 0 nor an error."""
    rows = {row["repo_name"]: row for row in rows_in(database, "mart.mart_velocity")}
    assert rows[EMPTY]["avg_ai_ratio"] is None


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_times_do_not_depend_on_the_session(model: Model) -> None:
    """No type has a zone, no statement reads the clock, no week follows the account."""
    tree = sqlglot.parse_one(SNOWFLAKE.select(model, SNOWFLAKE.tables(all_models())), "snowflake")
    kinds = {kind.this for kind in tree.find_all(sge.DataType)}
    kind = sge.DataType.Type
    assert not kinds & {kind.TIMESTAMP, kind.TIMESTAMPTZ, kind.TIMESTAMPLTZ}
    assert not list(tree.find_all(sge.CurrentTimestamp, sge.CurrentDate))
    assert {each.args["unit"].name for each in tree.find_all(sge.TimestampTrunc)} <= {"SECOND"}


def test_a_text_becomes_a_time_without_a_zone() -> None:
    """An account may define TIMESTAMP as a type with a zone."""
    text = ibis.table({"said": "string"}, name="t").select(at=ibis._.said.cast("timestamp(6)"))
    made = sqlglot.parse_one(SNOWFLAKE.text(SNOWFLAKE.query(text)), "snowflake")
    assert [k.this for k in made.find_all(sge.DataType)] == [sge.DataType.Type.TIMESTAMPNTZ]
