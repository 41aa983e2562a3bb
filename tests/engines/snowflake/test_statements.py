"""Hand-written statements for Snowflake equal their snapshot, and a parser accepts them."""

from __future__ import annotations

import re
from pathlib import Path

import ibis
import pytest
import sqlglot
import sqlglot.expressions as sge
from ibis import _
from support.snowflake_server import MOMENT, snowflake

from cursor_marts import setup_sql
from cursor_marts.engines import loaded_files
from cursor_marts.engines.ddl import create_table
from cursor_marts.engines.dialect import SNOWFLAKE as DIALECT
from cursor_marts.engines.names import SNOWFLAKE
from cursor_marts.engines.snowflake import publishing as sql
from cursor_marts.engines.snowflake import statements as copying
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.engines.snowflake.setup import Names, script, statements
from cursor_marts.errors import UsageError
from cursor_marts.raw import RAW_TABLES, RawPullRequests
from cursor_marts.raw.files import File, Stored

KEPT = Path(__file__).parent / "snapshots" / "snowflake_sent.txt"
SET_UP = Names(user="LOADER", bucket="gs://acme-landing/cursor")
#: What sqlglot has no words for, and keeps as it is.
UNPARSED = re.compile(r"PUT |CREATE (WAREHOUSE|ROLE|STORAGE INTEGRATION) |GRANT ")


def sent() -> list[str]:
    """Return one statement of each kind."""
    stage = copying.stage_of(SNOWFLAKE, "run-1")
    return [
        copying.create_schema(SNOWFLAKE),
        *(copying.create_raw(SNOWFLAKE, name, contract) for name, contract in RAW_TABLES.items()),
        *list(copying.add_columns(SNOWFLAKE, "pull_requests", RawPullRequests, set()))[:2],
        copying.create_stage(SNOWFLAKE),
        copying.put(Path("/data/it's here"), f"{stage}/"),
        copying.delete(SNOWFLAKE, "reviews"),
        copying.delete(SNOWFLAKE, "extractions", copying.of_run("it's")),
        copying.outdate_extractions(SNOWFLAKE),
        copying.insert(
            SNOWFLAKE, "extractions", [{"run_id": "it's", "started_at": MOMENT, "expected": None}]
        ),
        *copying.copy_into(SNOWFLAKE, "reviews", f"{stage}/", ["reviews__2026-09-1f.parquet"]),
        *copying.copy_into(
            SNOWFLAKE, "reviews", "@LAKE.RAW.BUCKET/a/raw/", ["reviews/2026-08.parquet", "b"]
        ),
        *loaded_files.replace(
            SnowflakeSession(None), {"reviews": Stored("", (File("a/2026-09-1f", 1, "1f"),))}
        ),
        create_table(SNOWFLAKE, "marts", "mart_velocity", "SELECT 1 AS A", "it's"),
        sql.create_schema("build_1"),
        sql.drop_schema("build_1"),
        sql.schemas(),
        sql.clone(SNOWFLAKE, "marts", "mart_velocity"),
        sql.comment(SNOWFLAKE, "marts", "mart_velocity", "TABLE", r"it's C:\new"),
        sql.create_view(SNOWFLAKE, "staging", "stg_repos", "it's", 'SELECT 1 AS "A"'),
        sql.note(SNOWFLAKE, "it's"),
        sql.read_note(SNOWFLAKE),
        sql.drop_note(SNOWFLAKE),
        *statements(SET_UP),
    ]


def test_the_statements_equal_their_snapshot(request: pytest.FixtureRequest) -> None:
    """Run pytest --update-snapshots after an intended change."""
    text = "".join(f"{statement};\n" for statement in sent())
    if request.config.getoption("--update-snapshots"):
        KEPT.write_text(text)
    assert text == KEPT.read_text()


@pytest.mark.parametrize("statement", sent(), ids=lambda text: text[:60])
def test_a_parser_accepts_the_statements(statement: str) -> None:
    """In Snowflake's dialect; every quoted name is in upper case."""
    tree = sqlglot.parse_one(statement, read="snowflake")
    assert not isinstance(tree, sge.Command) or UNPARSED.match(statement)
    quoted = re.findall(r'"(\w+)"', statement)
    assert quoted == [name.upper() for name in quoted]


def test_names_are_spelled_as_stored_and_texts_stay_as_they_are() -> None:
    """A text may hold quotes, backslashes, names and types."""
    said = r"""it's a \ in "week" of TIMESTAMP"""
    rows = ibis.table({"week": "timestamp", "Mixed": "string"}, name="weeks")
    query = rows.select(_.Mixed, said=ibis.literal(said), at=_.week.cast("timestamp(6)"))
    assert DIALECT.text(DIALECT.query(query)) == (
        r"""SELECT "T0"."Mixed", 'it\'s a \\ in "week" of TIMESTAMP' AS "SAID", """
        """CAST("T0"."WEEK" AS TIMESTAMPNTZ(6)) AS "AT" FROM "WEEKS" AS "T0\""""
    )


def test_the_setup_script_can_be_repeated(address: str) -> None:
    """Twice on the emulator; it contains only IF NOT EXISTS and GRANT."""
    assert script(SET_UP).count(";\n") == len(list(statements(SET_UP)))
    with snowflake(address) as backend:
        for statement in [*statements(SET_UP), *statements(SET_UP)]:
            assert statement.startswith("GRANT ") or " IF NOT EXISTS " in statement
            backend.raw_sql(statement)


def test_the_setup_script_without_a_bucket_creates_no_stage() -> None:
    """It grants the role only to the named user."""
    text = setup_sql()
    assert "INTEGRATION" not in text
    assert "TO USER" not in text


def test_a_target_without_setup_is_an_error() -> None:
    """A DuckDB file is created on demand."""
    with pytest.raises(UsageError, match="--target dev needs no setting up"):
        setup_sql("dev")


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"role": "a; DROP DATABASE X"}, "is not a plain name"),
        ({"user": "it's"}, "is not a plain name"),
        ({"bucket": "my-bucket"}, "gs://bucket/prefix"),
        ({"bucket": "gs://b/it's"}, "a prefix is of letters"),
    ],
)
def test_an_invalid_name_is_refused(names: dict[str, str], says: str) -> None:
    """The script may not contain other statements."""
    with pytest.raises(UsageError, match=says):
        Names(**names)
