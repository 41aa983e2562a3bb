"""What is odd in the libraries and engines below: a test each that notices when it moves.

A failure here is good news more often than not: something that we work around has been mended.
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


def test_pandera_passes_duplicates_in_a_unique_field() -> None:
    """Hence keys are declared in Config.unique, which sees them."""
    twice = query("SELECT 1::BIGINT AS a UNION ALL SELECT 1")
    assert validates(Unique, twice)
    assert not validates(Key, twice)


def test_pandera_fails_an_empty_table() -> None:
    """Hence our own query judges, and pandera's validation is for tables with rows."""
    assert validates(Positive, query("SELECT 1::BIGINT AS a"))
    assert not validates(Positive, query("SELECT 1::BIGINT AS a WHERE false"))


def test_pandera_ignores_coerce_and_default() -> None:
    """Hence types are made by the build's own casts."""
    assert not validates(Defaulted, query("SELECT 1::INTEGER AS a"))
    table = Defaulted.validate(query("SELECT NULL::BIGINT AS a"))
    assert table.to_pyarrow().to_pylist() == [{"a": None}]


def test_an_optional_annotation_means_absent_and_not_null() -> None:
    """Hence `nullable=True`, never `int | None`."""
    assert validates(MayBeAbsent, query("SELECT 1::BIGINT AS a"))
    assert not validates(MayBeAbsent, query("SELECT 1::BIGINT AS a, NULL::BIGINT AS b"))


def test_a_timestamp_is_not_a_timestamp_of_six_digits() -> None:
    """Hence one Timestamp of our own, which says six."""
    assert ibis.dtype("timestamp") != ibis.dtype("timestamp(6)")


def test_division_by_zero_is_infinite_on_duckdb() -> None:
    """Hence every division goes through `ratio`, which makes NULL of it."""
    assert duckdb.sql("SELECT 1.0::DOUBLE / 0").fetchone() == (float("inf"),)
    assert "NULLIF" not in snowflake(TABLE.x / TABLE.n)


def test_a_delta_in_hours_counts_boundaries() -> None:
    """Hence microseconds, divided: one minute over the full hour is not an hour."""
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


def test_what_does_not_compile_for_snowflake() -> None:
    """Hence no subtraction of times, no several quantiles at once, no digests in a model."""
    for expression in (
        TABLE.at - TABLE.then,
        TABLE.x.quantile([0.5, 0.9]),
        TABLE.s.hexdigest("md5"),
    ):
        with pytest.raises(Exception, match=r"(?i)not|unsupported|no translation"):
            snowflake(expression)


def test_a_try_cast_is_a_cast_on_snowflake() -> None:
    """Hence types are settled at the door, and models cast nothing."""
    assert "TRY_CAST" not in snowflake(TABLE.s.try_cast("int64"))


def test_an_unbound_table_compiles_to_every_column() -> None:
    """Hence a raw table is known by all the columns that it really has."""
    assert "*" in snowflake(TABLE.filter(_.n > 1))


def test_greatest_skips_null_on_duckdb_and_not_on_snowflake() -> None:
    """Hence `clip`, which guards against NULL on both."""
    assert duckdb.sql("SELECT greatest(NULL, 0)").fetchone() == (0,)
    assert "IS NULL" in snowflake(TABLE.n.clip(lower=0))


def test_a_sum_of_bigint_is_a_hugeint_on_duckdb() -> None:
    """Hence the build casts every column to its contract's type."""
    assert str(duckdb.sql("SELECT sum(1::BIGINT) AS s").types[0]) == "HUGEINT"


def test_a_second_begin_breaks_the_first_transaction() -> None:
    """Hence whether there is one is asked, not tried."""
    connection = duckdb.connect()
    connection.begin()
    with pytest.raises(duckdb.TransactionException):
        connection.execute("BEGIN")
    with pytest.raises(duckdb.TransactionException, match="aborted"):
        connection.execute("SELECT 1")


def test_ibis_cannot_turn_a_view_into_a_table() -> None:
    """Hence statements of our own: CREATE OR REPLACE, after a DROP of the other kind."""
    backend = ibis.duckdb.connect()
    backend.raw_sql("CREATE VIEW v AS SELECT 1 AS a")
    with pytest.raises(Exception, match=r"(?i)view|type"):
        backend.create_table("v", backend.sql("SELECT 2 AS a"), overwrite=True)


def test_the_week_asks_no_session_for_its_first_day() -> None:
    """DATE_TRUNC('week') and DAYOFWEEK follow WEEK_START on Snowflake; counted days do not."""
    text = snowflake(week_of(TABLE.at)).upper()
    assert "WEEK" not in text.replace('AS "DATESUB', "").split(" AS ")[0]
    assert "DATEDIFF(DAY" in text


def test_no_cycle_time_divides_whole_numbers() -> None:
    """Snowflake keeps six digits of a quotient of integers: each is made a float first."""
    columns = cycle_times(TABLE.at, TABLE.then, TABLE.then, TABLE.at)
    for column in columns.values():
        assert "AS DOUBLE) / 3600000000" in snowflake(column)


def test_the_caps_on_what_breaks_ibis_are_declared() -> None:
    """duckdb 2 and sqlglot 30.16 break what Ibis 12 does with them; it does not say so itself."""
    declared = {re.split(r"[<>=\[]", line)[0]: line for line in requires("cursor-marts") or []}
    assert "<2" in declared["duckdb"]
    assert "<30.16" in declared["sqlglot"]
