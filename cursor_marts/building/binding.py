"""Raw tables as they were loaded, read as the raw contracts say.

What this package has loaded fits the contracts already. Other tools load camelCase or upper-case
names, other integer widths, times with a zone or as text, and leave out what they do not have.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from cursor_marts.contracts import Contract, described_columns, schema_of
from cursor_marts.engines.dialect import Dialect
from cursor_marts.engines.inspection import Columns
from cursor_marts.errors import NextCommand, RawError
from cursor_marts.raw.columns import snake_case
from cursor_marts.raw.tables import RAW_TABLES, REQUIRED


def bind_raw(present: Columns, dialect: Dialect) -> dict[type[Contract], ir.Table]:
    """Return each raw contract's table, shaped by the contract.

    `present` are the tables of the raw schema. Raises RawError, naming every required table or
    column that is missing or does not fit.
    """
    there = {snake_case(name): name for name in present}
    landed = {name: there[name] for name in RAW_TABLES if name in there}
    missing = sorted(REQUIRED - landed.keys())
    if missing:
        schema = dialect.names.schema("raw")
        raise RawError(
            f"raw tables are missing in schema {schema}: {', '.join(missing)}",
            hint="load the data first",
            next_command=NextCommand("load"),
        )
    problems: list[str] = []
    tables = {name: _table(at, present[at], dialect) for name, at in landed.items()}
    bound = {
        contract: shaped(tables[name], contract, name, problems, dialect)
        if name in tables
        else no_rows(contract, like=tables["repos"])
        for name, contract in RAW_TABLES.items()
    }
    if problems:
        raise RawError(
            "the raw tables do not fit the contract:\n" + "\n".join(f"    {p}" for p in problems),
            hint="land these columns, or extract and load again with this version",
        )
    return bound


def _table(name: str, columns: dict[str, str], dialect: Dialect) -> ir.Table:
    type_of = dialect.compiler.type_mapper.from_string
    schema = {column: type_of(text, nullable=True) for column, text in columns.items()}
    return dialect.unbound(schema, "raw", name)


def no_rows(contract: type[Contract], like: ir.Table) -> ir.Table:
    """Return a table of the contract's columns without rows, selected from any table."""
    nulls = {name: ibis.null(type_) for name, type_ in _nullable(contract).items()}
    return like.limit(0).select(**nulls)


def shaped(
    table: ir.Table, contract: type[Contract], name: str, problems: list[str], dialect: Dialect
) -> ir.Table:
    """Return the contract's columns of a loaded table; add what does not fit to `problems`."""
    wanted = _nullable(contract)
    if dict(table.schema()) == wanted:
        return table
    landed = {snake_case(name): name for name in reversed(table.columns)}
    columns = {}
    for column in described_columns(contract):
        names = [landed[n] for n in (column.name, *column.aliases) if n in landed]
        if names:
            found = converted(table[names[0]], wanted[column.name], dialect)
            if found is None:
                problems.append(
                    f"{name}.{names[0]}: is {table[names[0]].type()}, "
                    f"which does not become {column.type}"
                )
        elif column.nullable:
            found = ibis.null(wanted[column.name])
        else:
            found = None
            problems.append(f"{name}.{column.name}: missing")
        columns[column.name] = ibis.null(wanted[column.name]) if found is None else found
    return table.select(**columns)


def converted(column: ir.Column, wanted: dt.DataType, dialect: Dialect) -> ir.Column | None:
    """Return the column as the wanted type without loss, None where there is no such way."""
    have = column.type()
    if have.copy(nullable=True) == wanted:
        return column
    if wanted.is_timestamp():
        return _as_utc(column, dialect)
    lossless = (
        (have.is_integer() and (wanted.is_integer() or wanted.is_floating()))
        or (have.is_floating() and wanted.is_floating())
        or (have.is_decimal() and have.scale == 0 and wanted.is_integer())
        or (have.is_decimal() and wanted.is_floating())
        or (wanted.is_string() and (have.is_integer() or have.is_uuid() or have.is_json()))
        # Snowflake's lists do not say which type their values have.
        or (wanted.is_array() and (have.is_array() or have.is_json()))
        or have.is_null()
    )
    return column.cast(wanted) if lossless else None


@ibis.udf.scalar.builtin(
    name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp(6)")
)
def _at_zone(zone, moment):  # type: ignore[no-untyped-def]
    """A moment as the clock shows it in a zone, on an engine that converts zones."""


def _as_utc(column: ir.Column, dialect: Dialect) -> ir.Column | None:
    """Return a time in UTC without zone, whatever the reader's session is set to."""
    have = column.type()
    if have.is_timestamp() and have.timezone is None:
        return column.cast("timestamp(6)")
    if not dialect.converts_zones:
        return None
    if have.is_string():
        # A zone is added where the text has none, so that no session's zone is assumed.
        has_zone = column.re_search(r"([Zz]|[+-]\d{2}:?(\d{2})?)$")
        text = ibis.ifelse(has_zone, column, column.concat("Z"))
        # What is no time ('' or '0000-00-00') is NULL, which a data test counts.
        return _at_zone("UTC", text.try_cast("timestamp('UTC')"))
    if have.is_timestamp() and have.timezone is not None:
        return _at_zone("UTC", column)
    return None


def _nullable(contract: type[Contract]) -> dict[str, dt.DataType]:
    return {name: type_.copy(nullable=True) for name, type_ in schema_of(contract).items()}
