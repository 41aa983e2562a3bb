"""The description of a table as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cursor_marts.contracts import Severity


@dataclass(frozen=True)
class DescribedTest:
    """One data test: whether it blocks ('error') or is counted ('warn'), and its description."""

    name: str
    severity: Severity
    description: str
    column: str = ""


@dataclass(frozen=True)
class DescribedColumn:
    """One column; `types` maps dialect → type, `comes_from` are the raw columns of its values."""

    name: str
    types: dict[str, str]
    nullable: bool
    unit: str
    description: str
    tests: tuple[DescribedTest, ...]
    comes_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Description:
    """One table: `schemas` maps dialect → schema (None: not stored), `grain` is its key.

    `meaning` says what a row is, `made` how it is built; `tests` are not about a single column.
    """

    name: str
    layer: str
    kind: str
    schemas: dict[str, str | None]
    grain: tuple[str, ...]
    meaning: str
    made: str
    columns: tuple[DescribedColumn, ...]
    tests: tuple[DescribedTest, ...]
    upstream: tuple[str, ...]
    downstream: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """Return it as JSON-compatible data."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Description:
        """Return the description that `data` gives, also after its way through JSON."""
        columns = tuple(_column_of(column) for column in data["columns"])
        lists = {name: tuple(data[name]) for name in ("grain", "upstream", "downstream")}
        return cls(**data | lists | {"columns": columns, "tests": _tests_of(data["tests"])})


def _column_of(data: dict[str, Any]) -> DescribedColumn:
    tests, sources = _tests_of(data["tests"]), tuple(data["comes_from"])
    return DescribedColumn(**data | {"tests": tests, "comes_from": sources})


def _tests_of(data: Iterable[dict[str, Any]]) -> tuple[DescribedTest, ...]:
    return tuple(DescribedTest(**test) for test in data)
