"""What a comparison of tables has found, ordered by what a reader would notice first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from cursor_marts.building.results import CheckResult

#: A key: column → value.
Key = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A row that both sides have with different values of a column."""

    key: Key
    here: Any
    there: Any


@dataclass(frozen=True)
class ColumnDifference:
    """A column whose values differ, in `rows` rows that both sides have.

    Of numbers, `largest` is the difference that is farthest from 0 (here minus there) and
    `typical` the median distance; `tiny` is how many rows differ by less than a billionth of the
    value, as sums in another order do. `known` and `unknown` are the rows in which only one side
    has a value: here, or there.
    """

    column: str
    rows: int
    tiny: int = 0
    known: int = 0
    unknown: int = 0
    largest: float | None = None
    typical: float | None = None
    examples: tuple[Example, ...] = ()

    @property
    def is_tiny(self) -> bool:
        """Whether no difference is more than tiny."""
        return self.tiny == self.rows

    @property
    def rank(self) -> tuple[Any, ...]:
        """What orders columns: those that differ by more than a rounding, in the most rows."""
        return (self.is_tiny, -self.rows, self.column)


@dataclass(frozen=True)
class TableDifference:
    """A table: the rows and the columns that differ. Here is what the models say now.

    There is what is published, or the other database. `change` says whether both sides have the
    table. `types` are column → the type there and here. `failed` are data tests that would fail.
    """

    table: str
    layer: str
    change: Literal["changed", "new", "gone"] = "changed"
    key: tuple[str, ...] = ()
    rows_here: int = 0
    rows_there: int = 0
    only_here: int = 0
    only_there: int = 0
    keys_only_here: tuple[Key, ...] = ()
    keys_only_there: tuple[Key, ...] = ()
    columns_added: Mapping[str, str] = field(default_factory=dict)
    columns_gone: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    columns: tuple[ColumnDifference, ...] = ()
    failed: tuple[CheckResult, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything differs by more than a rounding, or a test would fail."""
        columns = (self.columns_added, self.columns_gone, self.types, self.differing)
        return self.change != "changed" or any((self.rows_differ, self.failed, *columns))

    @property
    def differing(self) -> tuple[ColumnDifference, ...]:
        """The columns that differ by more than a rounding."""
        return tuple(column for column in self.columns if not column.is_tiny)

    @property
    def rounded(self) -> tuple[str, ...]:
        """The columns that differ by a rounding alone."""
        return tuple(column.column for column in self.columns if column.is_tiny)

    @property
    def rows_differ(self) -> int:
        """How many rows only one side has."""
        return self.only_here + self.only_there

    @property
    def affected(self) -> float:
        """The share of rows that the most affected column changes, or that one side lacks."""
        most = max((column.rows for column in self.differing), default=0)
        return max(most, self.rows_differ) / max(self.rows_here, self.rows_there, 1)

    @property
    def rank(self) -> tuple[Any, ...]:
        """What orders tables: marts, what breaks a query, failing tests, the share of rows."""
        breaks = self.change == "gone" or bool(self.columns_gone or self.types)
        return (self.layer != "marts", not breaks, not self.failed, -self.affected, self.table)


@dataclass(frozen=True)
class Diff:
    """What a change of the models does to the tables, or how two databases differ.

    `tables` are those that differ, what a reader would notice first before the others; `rounded`
    those that differ by a rounding alone, as sums in another order do; `equal` those that were
    compared and do not differ; `untouched` those that no change reaches. `remarks` are
    lines on what the comparison cannot tell apart; the data may be `invented`.
    """

    there: str
    tables: tuple[TableDifference, ...] = ()
    rounded: tuple[TableDifference, ...] = ()
    equal: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    invented: bool = False

    @classmethod
    def of(cls, there: str, compared: list[TableDifference], **others: Any) -> Diff:
        """Return the differences of compared tables in order."""
        ordered = sorted(compared, key=lambda table: table.rank)
        same = [table for table in ordered if not table.differs]
        return cls(
            there,
            tables=tuple(table for table in ordered if table.differs),
            rounded=tuple(table for table in same if table.rounded),
            equal=tuple(table.table for table in same if not table.rounded),
            **others,
        )

    @property
    def differs(self) -> bool:
        """Whether anything differs by more than a rounding."""
        return bool(self.tables)

    def data(self) -> dict[str, Any]:
        """Return it as JSON knows it, but for times and dates."""
        return {"differs": self.differs} | asdict(self)
