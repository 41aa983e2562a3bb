"""Seeds: CSV files of a project, each a view whose rows are written into its query.

A cell that does not fit its contract raises ReferenceFilesError, which names the file and the line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir

from cursor_marts.contracts import Contract, declared, schema_of, seed_file
from cursor_marts.errors import ContractError, ReferenceFilesError
from cursor_marts.graph.definition import Model
from cursor_marts.models.reference.loading import rows_in

#: More rows than this make statements that take seconds to compile.
MOST_ROWS = 2000
Row = tuple[str | None, ...]


@dataclass(frozen=True, eq=False)
class Seed(Model):
    """The table of a seed, and its file."""

    csv: Path

    @property
    def file(self) -> str:
        """Its file."""
        return str(self.csv)

    @property
    def place(self) -> str:
        """The file as text."""
        return str(self.csv)


def seed_of(contract: type[Contract], folder: Path | None) -> Seed:
    """Return the table of a seed whose file is in a folder. Raises ReferenceFilesError."""
    name = seed_file(contract) or ""
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.csv", name):
        raise ContractError(
            f"{contract.__name__}: its seed {name!r} is not the name of a CSV file",
            hint="write it like holidays.csv: the table is called like the file",
        )
    if folder is None or not (folder / name).exists():
        raise ReferenceFilesError(
            f"there is no {name} in {folder or 'a folder of reference files'}",
            hint=f"{contract.__name__} declares it: create it with the line "
            + ",".join(schema_of(contract)),
        )
    rows = rows_of(contract, folder / name)

    def table() -> ir.Table:
        return _table(contract, rows)

    return Seed(name.removesuffix(".csv"), "staging", table, contract, {}, folder / name)


def rows_of(contract: type[Contract], file: Path) -> list[Row]:
    """Return the rows of a file as text that each engine casts to the type of the column."""
    found = list(_checked_rows(contract, file))
    if len(found) > MOST_ROWS:
        raise ReferenceFilesError(
            f"{file}: has {len(found)} rows, and a seed at most {MOST_ROWS}",
            hint="load larger tables into the database in another way",
        )
    return found


def _checked_rows(contract: type[Contract], file: Path) -> Iterator[Row]:
    schema, key = schema_of(contract), declared(contract).unique or []
    seen: dict[Row, int] = {}
    for line, values in rows_in(file):
        place = f"{file}, line {line}"
        if set(values) != set(schema) or None in values.values():
            raise _wrong(place, f"its columns are not {', '.join(schema)}")
        cells = {name: _cell(values[name], name, type_, place) for name, type_ in schema.items()}
        of_key = tuple(cells[name] for name in key)
        if key and of_key in seen:
            raise _wrong(place, f"has the key of line {seen[of_key]}")
        seen[of_key] = line
        yield tuple(cells.values())


def _cell(text: str, column: str, type_: dt.DataType, place: str) -> str | None:
    """Return a cell as its engine casts it, None for an empty one. Raises ReferenceFilesError."""
    text, kind = text.strip(), KINDS.get(type(type_))
    if kind is None:
        raise ContractError(
            f"{column}: a seed has no column of type {type_}",
            hint="use str, int, float, bool, Date or Timestamp",
        )
    if not text and type_.nullable:
        return None
    if not text:
        raise _wrong(place, f"its {column} is empty, and the contract says never NULL")
    try:
        return kind.written(text)
    except ValueError:
        raise _wrong(place, f"its {column} is {text!r}, not {kind.named}") from None


def _wrong(place: str, what: str) -> ReferenceFilesError:
    return ReferenceFilesError(f"{place}: {what}", hint="correct the line, or the contract")


def _whole(text: str) -> str:
    return str(int(text))


def _number(text: str) -> str:
    if not math.isfinite(float(text)):
        raise ValueError(text)
    return repr(float(text))


def _truth(text: str) -> str:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _moment(text: str) -> str:
    """Return a time in UTC without its zone; one without a zone is in UTC."""
    moment = datetime.fromisoformat(text)
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None).isoformat(" ")


@dataclass(frozen=True)
class _Kind:
    """A type of a column: its name in words, and how a cell of it is written for an engine."""

    named: str
    written: Callable[[str], str]


KINDS: Mapping[type[dt.DataType], _Kind] = {
    dt.String: _Kind("text", str),
    dt.Int64: _Kind("a whole number", _whole),
    dt.Float64: _Kind("a number", _number),
    dt.Boolean: _Kind("true or false", _truth),
    dt.Date: _Kind("a day like 2026-01-31", _day),
    dt.Timestamp: _Kind("a time like 2026-01-31 12:00", _moment),
}


def _table(contract: type[Contract], rows: Iterable[Row]) -> ir.Table:
    """Return the rows as an expression that reads no table."""
    schema = schema_of(contract)
    written = [f"({', '.join(map(_quoted, row))})" for row in rows]
    values = ", ".join(written or [f"({', '.join(['NULL'] * len(schema))})"])
    names = ", ".join(f'"{name}"' for name in schema)
    query = f"SELECT * FROM (VALUES {values}) AS seed({names})"
    nothing = ops.DummyTable({"nothing": ibis.literal(0)})  # Ibis wants one, and does not read it
    as_text = ibis.schema(dict.fromkeys(schema, "string"))
    table = ops.SQLStringView(nothing, query, as_text).to_expr()
    table = table if written else table.filter(False)
    return table.select(**{name: table[name].cast(type_) for name, type_ in schema.items()})


def _quoted(cell: str | None) -> str:
    """Return a text as SQL that every engine reads alike: a backslash is its number."""
    if cell is None:
        return "NULL"
    parts = ("'" + part.replace("'", "''") + "'" for part in cell.split("\\"))
    return " || CHR(92) || ".join(parts)
