"""The statements that compare two tables within an engine: no row is compared in Python.

Both are joined by their key, NULL equal to NULL. The rows that differ are stored for the run, and
counted and sampled from there. Where a key repeats, its rows are numbered in the order of all
columns. A table without a key is compared by all of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cursor_marts.engines.quoting import identifier

EXAMPLES = 5
#: Differences of less than this share of the value are tiny.
TINY = "1e-9"
#: Types whose differences are numbers, as both engines show them.
NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|REAL|(DECIMAL|NUMBER)\b.*")
#: Types that are compared as they are; all others are compared as text.
PLAIN = re.compile(rf"{NUMBERS.pattern}|VARCHAR|TEXT|BOOLEAN|DATE|TIMESTAMP.*")
#: The value of `side` in a row that differs.
BOTH, HERE, THERE = 0, 1, 2
#: The number of a row among those with its key; NULL where a side does not have it.
NUMBER = "cursor_marts_row"


@dataclass(frozen=True)
class Side:
    """One of two tables: its name as SQL, and its columns with their types as the engine has."""

    name: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Comparison:
    """Two tables with the columns that identify a row; `stored` is where differing rows go.

    `nullable` are the columns of the key that may be NULL. Where a key `repeats`, several rows have
    it.
    """

    here: Side
    there: Side
    key: tuple[str, ...]
    stored: str
    nullable: frozenset[str] = frozenset()
    repeats: bool = False

    @cached_property
    def common(self) -> tuple[str, ...]:
        """The columns that both sides have, but for the key."""
        names = (name for name in self.here.columns if name in self.there.columns)
        return tuple(name for name in names if name not in self.key)

    def is_number(self, column: str) -> bool:
        """Return whether a column holds numbers on both sides."""
        return all(NUMBERS.fullmatch(type_) for type_ in self._types(column))

    def counts(self) -> str:
        """Return the query of the rows and of the distinct keys, here and then there."""
        keys = ", ".join(map(identifier, self.key))
        return "SELECT " + ", ".join(
            f"(SELECT COUNT(*) FROM {side.name}), "
            f"(SELECT COUNT(*) FROM (SELECT DISTINCT {keys} FROM {side.name}) AS keys)"
            for side in (self.here, self.there)
        )

    def differing(self) -> str:
        """Return the query of the rows that differ: `side`, keys `k0`, values `h0` and `t0`."""
        absent = [f"{side}.{NUMBER} IS NULL" for side in "ht"]
        side = f"CASE WHEN {absent[1]} THEN {HERE} WHEN {absent[0]} THEN {THERE} ELSE {BOTH} END"
        keys, values = [*self._pairs(self.key)], [*self._pairs(self.common)]
        selected = (
            f"{side} AS side",
            *(f"COALESCE({here}, {there}) AS k{n}" for n, here, there in keys),
            *(f"{here} AS h{n}, {there} AS t{n}" for n, here, there in values),
        )
        unequal = (f"{here} IS DISTINCT FROM {there}" for _, here, there in values)
        return (
            f"SELECT {', '.join(selected)} FROM ({self._rows(self.here)}) AS h "
            f"FULL OUTER JOIN ({self._rows(self.there)}) AS t ON {self._same_key()} "
            f"WHERE {' OR '.join([*absent, *unequal])}"
        )

    def summary(self) -> str:
        """Return the query of the rows that only here and only there has, then of each column.

        Of a column there are seven: rows that differ, tiny ones, known only here, known only
        there, the lowest and the highest difference, and the median distance.
        """
        counts = [_count(f"side = {side}") for side in (HERE, THERE)]
        for number, column in enumerate(self.common):
            counts += self._summary_of(number, column)
        return f"SELECT {', '.join(counts)} FROM {self.stored}"

    def examples(self, columns: Iterable[int]) -> str:
        """Return the query of a few rows of each side alone, and of some columns by number.

        Each row begins with what it is an example of: a column's number, -1 here, -2 there.
        """
        samples = [self._sample(-side, f"side = {side}") for side in (HERE, THERE)]
        for number in columns:
            is_number = self.is_number(self.common[number])
            first = f"ABS({_difference(number)}) DESC NULLS LAST, " if is_number else ""
            samples.append(self._sample(number, _differs(number), first))
        return " UNION ALL ".join(samples)

    def _sample(self, number: int, condition: str, first: str = "") -> str:
        keys = ", ".join(f"k{n}" for n in range(len(self.key)))
        order = f"ORDER BY {first}{keys} LIMIT {EXAMPLES}"
        few = f"SELECT * FROM {self.stored} WHERE {condition} {order}"
        return f"SELECT {number} AS example_of, few.* FROM ({few}) AS few"

    def _summary_of(self, number: int, column: str) -> list[str]:
        differs, difference = _differs(number), _difference(number)
        here, there = f"h{number} IS NULL", f"t{number} IS NULL"
        alone = [
            _count(f"{differs} AND {there}"),
            _count(f"{differs} AND {here}"),
        ]
        if not self.is_number(column):
            return [_count(differs), "0", *alone, "NULL", "NULL", "NULL"]
        value = f"GREATEST(ABS(CAST(h{number} AS DOUBLE)), ABS(CAST(t{number} AS DOUBLE)))"
        tiny = _count(f"{differs} AND ABS({difference}) <= {TINY} * {value}")
        found = f"CASE WHEN {differs} THEN {difference} END"
        numbers = (f"MIN({found})", f"MAX({found})", f"MEDIAN(ABS({found}))")
        return [_count(differs), tiny, *alone, *numbers]

    def _rows(self, side: Side) -> str:
        number = "1"
        if self.repeats:
            plain = [name for name, type_ in side.columns.items() if PLAIN.fullmatch(type_)]
            keys, order = (", ".join(map(identifier, names)) for names in (self.key, plain))
            number = f"ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY {order})"
        return f"SELECT {number} AS {NUMBER}, rows_of.* FROM {side.name} AS rows_of"

    def _same_key(self) -> str:
        pairs = zip(self.key, self._pairs(self.key), strict=True)
        equal = (
            f"{here} {'IS NOT DISTINCT FROM' if name in self.nullable else '='} {there}"
            for name, (_, here, there) in pairs
        )
        return " AND ".join([*equal, f"h.{NUMBER} = t.{NUMBER}"])

    def _pairs(self, columns: Iterable[str]) -> Iterator[tuple[int, str, str]]:
        """Yield number, value here and value there of columns, of types that can be compared."""
        for number, column in enumerate(columns):
            here, there = self._types(column)
            plain = self.is_number(column) or (here == there and PLAIN.fullmatch(here))
            values = (f"{side}.{identifier(column)}" for side in "ht")
            first, second = (v if plain else f"CAST({v} AS VARCHAR)" for v in values)
            yield number, first, second

    def _types(self, column: str) -> tuple[str, str]:
        return self.here.columns[column], self.there.columns[column]


def _count(condition: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def _differs(number: int) -> str:
    return f"side = {BOTH} AND h{number} IS DISTINCT FROM t{number}"


def _difference(number: int) -> str:
    return f"(CAST(h{number} AS DOUBLE) - CAST(t{number} AS DOUBLE))"
