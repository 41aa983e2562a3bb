"""Compare tables: those that the models make now with those that are published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cursor_marts.building.comparison import HERE, THERE, Comparison, Side
from cursor_marts.building.differences import ColumnDifference, Example, Key, TableDifference
from cursor_marts.contracts import Contract, declared
from cursor_marts.engines import ddl
from cursor_marts.engines.inspection import plain
from cursor_marts.engines.names import Names
from cursor_marts.engines.session import Session

#: The values of a column in the summary of a comparison.
OF_COLUMN = 7


def stored_name(table: str) -> str:
    """Return the name of the table that holds the rows of a table that differ."""
    return f"{table}__differing"


@dataclass(frozen=True)
class Tables:
    """Where the tables of one side are: their names, and layer → table → columns with types."""

    names: Names
    columns: Mapping[str, Mapping[str, dict[str, str]]]

    def side(self, layer: str, name: str) -> Side | None:
        """Return a table as a side of a comparison, None where it does not exist."""
        stored = self.names.spelled(self.names.stored(layer, name))
        columns = self.columns[layer].get(stored)
        return Side(self.names.table(layer, name), columns) if columns else None


@dataclass(frozen=True)
class Comparer:
    """Compares tables of one name here and there, in a session that has a scratch schema."""

    session: Session
    here: Tables
    there: Tables
    contracts: Mapping[str, type[Contract]] = field(default_factory=dict)

    def compare(self, layer: str, name: str) -> TableDifference:
        """Return how a table differs; a table that only one side has is `new` or `gone`."""
        here, there = self.here.side(layer, name), self.there.side(layer, name)
        rows_here, rows_there = self._rows(here), self._rows(there)
        found = TableDifference(name, layer, rows_here=rows_here, rows_there=rows_there)
        if here is None or there is None:
            return replace(found, change="new" if here else "gone")
        columns = self._columns(here, there)
        comparison = self._comparison(name, here, there)
        if comparison is None:
            return replace(found, **columns)
        return replace(found, **columns, **self._values(name, comparison))

    def _rows(self, side: Side | None) -> int:
        if side is None:
            return 0
        (count,) = self.session.execute(f"SELECT COUNT(*) FROM {side.name}").fetchone()
        return int(count)

    def _columns(self, here: Side, there: Side) -> dict[str, Any]:
        """Return the columns that only one side has, and those of another type."""
        both = [name for name in here.columns if name in there.columns]
        types = {name: (there.columns[name], here.columns[name]) for name in both}
        return {
            "columns_added": self._missing_in(there, here),
            "columns_gone": self._missing_in(here, there),
            "types": {self._plain(n): pair for n, pair in types.items() if pair[0] != pair[1]},
        }

    def _missing_in(self, one: Side, other: Side) -> dict[str, str]:
        return {self._plain(n): type_ for n, type_ in other.columns.items() if n not in one.columns}

    def _comparison(self, name: str, here: Side, there: Side) -> Comparison | None:
        """Return the comparison of two tables; None where one side lacks a part of the key."""
        declared = self._key(name)
        both = tuple(column for column in here.columns if column in there.columns)
        key = tuple(map(self.session.names.spelled, declared)) or both
        if not set(key) <= set(both):
            return None
        stored = self.session.scratch.table("marts", stored_name(name))
        comparison = Comparison(here, there, key, stored, frozenset(self._nullable(name, key)))
        rows, keys, rows_there, keys_there = self.session.execute(comparison.counts()).fetchone()
        return replace(comparison, repeats=rows != keys or rows_there != keys_there)

    def _key(self, name: str) -> Sequence[str]:
        contract = self.contracts.get(name)
        return (declared(contract).unique or ()) if contract else ()

    def _nullable(self, name: str, key: Iterable[str]) -> Iterable[str]:
        """Return the columns of a key that may be NULL: all where no contract says so."""
        contract = self.contracts.get(name)
        known = declared(contract).columns if contract and self._key(name) else {}
        return (n for n in key if n.lower() not in known or known[n.lower()].nullable)

    def _values(self, name: str, comparison: Comparison) -> dict[str, Any]:
        """Return the rows that only one side has, and the columns whose values differ."""
        create = ddl.create_table(
            self.session.scratch, "marts", stored_name(name), comparison.differing()
        )
        self.session.execute(create, name)
        only_here, only_there, *counts = self.session.execute(comparison.summary(), name).fetchone()
        of_columns = [counts[at : at + OF_COLUMN] for at in range(0, len(counts), OF_COLUMN)]
        differing = [number for number, (rows, *_) in enumerate(of_columns) if rows]
        rows = self._examples(comparison, differing) if only_here + only_there or differing else {}
        columns = [
            self._column(comparison, number, of_columns[number], rows.get(number, ()))
            for number in differing
        ]
        return {
            "key": tuple(map(self._plain, comparison.key)),
            "only_here": int(only_here),
            "only_there": int(only_there),
            "keys_only_here": tuple(self._key_of(comparison, row) for row in rows.get(-HERE, ())),
            "keys_only_there": tuple(self._key_of(comparison, row) for row in rows.get(-THERE, ())),
            "columns": tuple(sorted(columns, key=lambda column: column.rank)),
        }

    def _examples(self, comparison: Comparison, columns: Iterable[int]) -> dict[int, list[Any]]:
        """Return the rows of examples, by what they are examples of."""
        found: dict[int, list[Any]] = {}
        for example_of, *row in self.session.execute(comparison.examples(columns)).fetchall():
            found.setdefault(int(example_of), []).append(row)
        return found

    def _column(
        self, comparison: Comparison, number: int, counts: Sequence[Any], rows: Iterable[Any]
    ) -> ColumnDifference:
        differing, tiny, known, unknown, lowest, highest, typical = counts
        # The row: side, the key, then the values of each column here and there.
        here = 1 + len(comparison.key) + 2 * number
        return ColumnDifference(
            column=self._plain(comparison.common[number]),
            rows=int(differing),
            tiny=int(tiny),
            known=int(known),
            unknown=int(unknown),
            largest=max((lowest, highest), key=abs) if lowest is not None else None,
            typical=typical,
            examples=tuple(
                Example(self._key_of(comparison, row), row[here], row[here + 1]) for row in rows
            ),
        )

    def _key_of(self, comparison: Comparison, row: Sequence[Any]) -> Key:
        return dict(zip(map(self._plain, comparison.key), row[1:], strict=False))

    def _plain(self, name: str) -> str:
        return plain(self.session, name)
