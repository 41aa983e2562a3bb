"""Odd behaviour of libraries and engines that the code works around, one test for each.

A failure here is often good news: the library has fixed it, and the workaround can go.
"""

from __future__ import annotations

import re
import warnings
from importlib.metadata import requires
from typing import Any

import duckdb
import ibis
import pandera.errors
import pandera.ibis as pa
import pytest
from ibis import _
from support.raw_rows import loaded, pr

from cursor_marts.building.run import build_all
from cursor_marts.models.definitions import week_of
from cursor_marts.models.durations import cycle_times

TABLE = ibis.table(
    {"at": "timestamp(6)", "then": "timestamp(6)", "n": "int64", "x": "float64", "s": "string"},
    name="t",
)


def validates(schema: Any, table: ibis.Table) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            schema.validate(table).execute()
        except (pandera.errors.SchemaError, pandera.errors.SchemaErrors):
            return False
    return True


def query(text: str) -> ibis.Table:
    return ibis.duckdb.connect().sql(text)


def snowflake(expression: Any) -> str:
    return re.sub(r"\s+", " ", ibis.to_sql(expression, dialect="snowflake"))


class Unique(pa.DataFrameModel):
    a: int = pa.Field(unique=True)


class Key(pa.DataFrameModel):
    a: int

    class Config:
        unique = ["a"]


class Positive(pa.DataFrameModel):
    a: int = pa.Field(gt=0)


class Defaulted(pa.DataFrameModel):
    a: int = pa.Field(default=7, nullable=True, coerce=True)


class MayBeAbsent(pa.DataFrameModel):
    a: int
    b: int | None


def test_pandera_accepts_duplicates_in_a_unique_field() -> None:
    """So keys are declared in Config.unique, which finds them."""
    twice = query("SELECT 1::BIGINT AS a UNION ALL SELECT 1")
    assert validates(Unique, twice)
    assert not validates(Key, twice)


def test_pandera_fails_an_empty_table() -> None:
    """So our own query decides; pandera's validation is only for tables with rows."""
    assert validates(Positive, query("SELECT 1::BIGINT AS a"))
    assert not validates(Positive, query("SELECT 1::BIGINT AS a WHERE false"))


def test_pandera_ignores_coerce_and_default() -> None:
    """So the build casts types itself."""
    assert not validates(Defaulted, query("SELECT 1::INTEGER AS a"))
    table = Defaulted.validate(query("SELECT NULL::BIGINT AS a"))
    assert table.to_pyarrow().to_pylist() == [{"a": None}]


def test_an_optional_annotation_means_absent_and_not_null() -> None:
    """So contracts use `nullable=True`, never `int | None`."""
    assert validates(MayBeAbsent, query("SELECT 1::BIGINT AS a"))
    assert not validates(MayBeAbsent, query("SELECT 1::BIGINT AS a, NULL::BIGINT AS b"))


def test_a_timestamp_is_not_a_timestamp_of_six_digits() -> None:
    """So our own Timestamp declares six digits."""
    assert ibis.dtype("timestamp") != ibis.dtype("timestamp(6)")


def test_division_by_zero_is_infinite_on_duckdb() -> None:
    """So every division uses `ratio`, which returns NULL for it."""
    assert duckdb.sql("SELECT 1.0::DOUBLE / 0").fetchone() == (float("inf"),)
    assert "NULLIF" not in snowflake(TABLE.x / TABLE.n)


def test_a_delta_in_hours_counts_boundaries() -> None:
    """So durations are microseconds, divided: one minute past the hour is not an hour."""
    late = query("SELECT TIMESTAMP '2026-09-07 10:59' AS a, TIMESTAMP '2026-09-07 11:01' AS b")
    assert late.b.delta(late.a, unit="hour").as_table().to_pyarrow()[0][0].as_py() == 1
    row = pr(first_commit_at=None, created_at=_at("10:59"), merged_at=_at("11:01"))
    backend = loaded(pull_requests=[row])
    build_all(backend)
    found = backend.raw_sql("SELECT avg_total_cycle_time FROM main_mart.mart_velocity").fetchone()
    assert found == (pytest.approx(2 / 60),)


def _at(clock: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(f"2026-09-07T{clock}:00")


def test_operations_that_do_not_compile_for_snowflake() -> None:
    """So models do not subtract times, request several quantiles at once, or use digests."""
    for expression in (
        TABLE.at - TABLE.then,
        TABLE.x.quantile([0.5, 0.9]),
        TABLE.s.hexdigest("md5"),
    ):
        with pytest.raises(Exception, match=r"(?i)not|unsupported|no translation"):
            snowflake(expression)


def test_a_try_cast_is_a_cast_on_snowflake() -> None:
    """So raw tables have real types, and models cast nothing."""
    assert "TRY_CAST" not in snowflake(TABLE.s.try_cast("int64"))


def test_an_unbound_table_compiles_to_every_column() -> None:
    """So a raw table is bound with all columns that it really has."""
    assert "*" in snowflake(TABLE.filter(_.n > 1))


def test_greatest_skips_null_on_duckdb_and_not_on_snowflake() -> None:
    """So models use `clip`, which handles NULL on both."""
    assert duckdb.sql("SELECT greatest(NULL, 0)").fetchone() == (0,)
    assert "IS NULL" in snowflake(TABLE.n.clip(lower=0))


def test_a_sum_of_bigint_is_a_hugeint_on_duckdb() -> None:
    """So the build casts every column to the type in its contract."""
    assert str(duckdb.sql("SELECT sum(1::BIGINT) AS s").types[0]) == "HUGEINT"


def test_a_second_begin_breaks_the_first_transaction() -> None:
    """So the code queries whether there is a transaction, and does not try."""
    connection = duckdb.connect()
    connection.begin()
    with pytest.raises(duckdb.TransactionException):
        connection.execute("BEGIN")
    with pytest.raises(duckdb.TransactionException, match="aborted"):
        connection.execute("SELECT 1")


def test_ibis_cannot_turn_a_view_into_a_table() -> None:
    """So we send our own statements: CREATE OR REPLACE, after a DROP of the other kind."""
    backend = ibis.duckdb.connect()
    backend.raw_sql("CREATE VIEW v AS SELECT 1 AS a")
    with pytest.raises(Exception, match=r"(?i)view|type"):
        backend.create_table("v", backend.sql("SELECT 2 AS a"), overwrite=True)


def test_the_week_does_not_depend_on_the_session() -> None:
    """DATE_TRUNC('week') and DAYOFWEEK follow WEEK_START on Snowflake; counted days do not."""
    text = snowflake(week_of(TABLE.at)).upper()
    assert "WEEK" not in text.replace('AS "DATESUB', "").split(" AS ")[0]
    assert "DATEDIFF(DAY" in text


def test_no_cycle_time_divides_whole_numbers() -> None:
    """Snowflake keeps six digits of a quotient of integers, so each is cast to float first."""
    columns = cycle_times(TABLE.at, TABLE.then, TABLE.then, TABLE.at)
    for column in columns.values():
        assert "AS DOUBLE) / 3600000000" in snowflake(column)


def test_the_versions_that_break_ibis_are_excluded() -> None:
    """Ibis 12 breaks with duckdb 2 and sqlglot 30.16, but allows them."""
    declared = {re.split(r"[<>=\[]", line)[0]: line for line in requires("cursor-marts") or []}
    assert "<2" in declared["duckdb"]
    assert "<30.16" in declared["sqlglot"]
