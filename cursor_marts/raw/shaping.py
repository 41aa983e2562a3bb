"""The records of one resource as rows of its contract: a column at a time where all of them fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa

from cursor_marts.contracts import Contract, columns_as_written
from cursor_marts.raw.arrays import as_array
from cursor_marts.raw.columns import BOOKKEEPING, KNOWN_UNTIL, snake_case
from cursor_marts.raw.records import Row, Unfit, as_strict_json, reader_of, shown, spelled
from cursor_marts.raw.schemas import arrow_schema

#: By column, what is known of each of some records beside itself: it fills a field that is missing.
Known = Mapping[str, Sequence[Any]]


@dataclass
class Shaper:
    """Converts the records of one resource, and collects fields that the contract does not know."""

    contract: type[Contract]
    elsewhere: frozenset[str] = frozenset()  #: fields that go to tables of their own
    unknown: dict[str, Any] = field(default_factory=dict)  #: field → an example
    fields: set[str] = field(default_factory=set)  #: every field that any record had

    def __post_init__(self) -> None:
        self.schema = schema_in_file(self.contract)
        columns = columns_as_written(self.contract)
        self._readers = {column.name: reader_of(column.kind, column.unit) for column in columns}
        self._names = {
            spelling: column.name
            for column in columns
            if column.name not in ("extra", KNOWN_UNTIL, *BOOKKEEPING)
            for spelling in (column.name, *column.aliases)
        }
        self._required = [column.name for column in columns if not column.nullable]
        self._column_of = cache(lambda name: self._names.get(snake_case(name)))

    def table(self, records: Sequence[Any], known: Known) -> pa.Table:
        """Return records as rows, a column at a time. Raises Unfit if one has to be seen alone.

        That is one that breaks the contract, or has two fields of the same column.
        """
        names = _names_in(records)
        fields = self._fields_of(names)
        values = dict(known)
        for column, name in fields.items():
            found = [record.get(name) for record in records]
            values[column] = _filled(found, known[column]) if column in known else found
        columns = {column: self._array(column, found) for column, found in values.items()}
        self._refuse_missing(column for column, found in columns.items() if not found.null_count)
        if unknown := names - self.elsewhere - set(fields.values()):
            columns["extra"] = self._extra(unknown, records)
        self.fields.update(map(spelled, names))
        return self._in_order(columns, len(records))

    def row(self, record: Any, known: Mapping[str, Any]) -> Row:
        """Return a record as a row; `known` are values of missing fields.

        Raises Unfit if it breaks the contract.
        """
        if not isinstance(record, dict):
            raise Unfit(f"{shown(record)} is not an object")
        self.fields.update(map(spelled, record))
        row: Row = dict.fromkeys(self.schema.names)
        extra: Row = {}
        for name, value in record.items():
            column = self._column_of(name)
            if column is not None and row[column] is None:
                row[column] = self._read(column, value)
            elif name not in self.elsewhere:
                extra[name] = value
        row |= {name: value for name, value in known.items() if row[name] is None}
        self._refuse_missing(name for name, value in row.items() if value is not None)
        row["extra"] = _as_extra(extra)
        self._note_unknown([extra])
        return row

    def _fields_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the field of each column. Raises Unfit if there are several of one."""
        fields: dict[str, str] = {}
        for name in names:
            column = self._column_of(name)
            if column in fields:
                raise Unfit(f"{fields[column]} and {name} are both {column}")
            if column is not None:
                fields[column] = name
        return fields

    def _array(self, column: str, values: Sequence[Any]) -> pa.Array:
        return as_array(values, self.schema.field(column).type, self._readers[column])

    def _read(self, column: str, value: Any) -> Any:
        try:
            return None if value is None else self._readers[column](value)
        except Unfit as unfit:
            raise Unfit(f"{column}: {unfit}") from None

    def _extra(self, unknown: Collection[str], records: Sequence[Row]) -> pa.Array:
        """Return the fields that the contract does not know, as JSON, and note them."""
        extras = [{name: record[name] for name in unknown if name in record} for record in records]
        found = pa.array(list(map(_as_extra, extras)), pa.string())
        self._note_unknown(extras)
        return found

    def _refuse_missing(self, present: Iterable[str]) -> None:
        found = set(present)
        if missing := [name for name in self._required if name not in found]:
            raise Unfit(f"{', '.join(missing)} missing")

    def _note_unknown(self, extras: Iterable[Row]) -> None:
        for extra in extras:
            for name in extra.keys() - self.unknown.keys():
                self.unknown[spelled(name)] = extra[name]

    def _in_order(self, columns: Mapping[str, pa.Array], rows: int) -> pa.Table:
        """Return columns as a table of the contract; those that are not there are empty."""
        arrays = [
            columns[column.name] if column.name in columns else pa.nulls(rows, column.type)
            for column in self.schema
        ]
        return pa.Table.from_arrays(arrays, schema=self.schema)


def schema_in_file(contract: type[Contract]) -> pa.Schema:
    """Return the schema of the Parquet files of a contract, in which every column may be NULL."""
    return pa.schema([column.with_nullable(True) for column in arrow_schema(contract)])


def _names_in(records: Sequence[Any]) -> set[str]:
    """Return the fields of all records. Raises Unfit if one of them is no object."""
    if set(map(type, records)) - {dict}:
        raise Unfit("not all are objects")
    return set[str]().union(*records)


def _filled(values: Sequence[Any], known: Sequence[Any]) -> list[Any]:
    """Return values, and where there is none, what is known."""
    both = zip(values, known, strict=True)
    return [other if value is None else value for value, other in both]


def _as_extra(fields: Row) -> str | None:
    return as_strict_json(fields) if fields else None
