"""The data tests of a contract on a built table: all of them in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis import Deferred, _
from pandera.api.ibis.types import IbisData

from cursor_marts.contracts import Contract, Severity, data_tests_of, declared
from cursor_marts.errors import ContractError
from cursor_marts.graph.definition import Tables
from cursor_marts.raw.tables import RAW_TABLES


def _is_one_of(column: ir.Column, allowed_values: Iterable[Any]) -> Any:
    for value in allowed_values:
        column == value  # noqa: B015 - raises for a value of another type, which isin accepts
    return column.isin(allowed_values)


#: The expressions of pandera's built-in column checks, by name.
PREDICATES: dict[str, Callable[..., Any]] = {
    "greater_than_or_equal_to": lambda column, min_value: column >= min_value,
    "greater_than": lambda column, min_value: column > min_value,
    "less_than_or_equal_to": lambda column, max_value: column <= max_value,
    "less_than": lambda column, max_value: column < max_value,
    "isin": _is_one_of,
}
LABELS = {
    "greater_than_or_equal_to": "{column}_at_least_{min_value}",
    "greater_than": "{column}_above_{min_value}",
    "less_than_or_equal_to": "{column}_at_most_{max_value}",
    "less_than": "{column}_below_{max_value}",
    "isin": "accepted_values_{column}",
}
SAYS = {
    "greater_than_or_equal_to": "{column} is at least {min_value}.",
    "greater_than": "{column} is more than {min_value}.",
    "less_than_or_equal_to": "{column} is at most {max_value}.",
    "less_than": "{column} is less than {max_value}.",
    "isin": "{column} is one of: {allowed_values}.",
}


@dataclass(frozen=True)
class Check:
    """One data test of a table: `passes` tests each row by itself, `failing` returns failing rows.

    `column` is the column that the test was declared with, if any. `screen` is a cheaper count,
    which is 0 only if nothing fails; any other count has to be replaced by an exact one.
    """

    name: str
    severity: Severity
    description: str
    reads: tuple[type[Contract], ...] = ()
    passes: Callable[[ir.Table], Any] | None = None
    failing: Callable[[ir.Table, Tables], ir.Table] | None = None
    screen: Callable[[ir.Table], Any] | None = None
    column: str = ""

    @property
    def on_key(self) -> bool:
        """Whether it tests the table's key."""
        return self.screen is not None

    def failing_rows(self, table: ir.Table, others: Tables) -> ir.Table:
        """Return the failing rows, or the failing keys."""
        if self.passes is not None:
            return table.filter(~self.passes(table))
        assert self.failing is not None
        return self.failing(table, others)

    def columns(self, table: ir.Table) -> tuple[str, ...]:
        """Return the columns that the check uses, if it tests each row by itself."""
        if self.passes is None:
            return ()
        return tuple(dict.fromkeys(node.name for node in self.passes(table).op().find(ops.Field)))

    def count(self, table: ir.Table, others: Tables) -> ir.Value:
        """Return the number of failures, or the screen's count, as an aggregate of the table."""
        if self.screen is not None:
            return self.screen(table)
        if self.passes is not None:
            return table.count(where=~self.passes(table))
        return self.failing_rows(table.view(), others).count().as_scalar()


@cache
def checks_of(contract: type[Contract]) -> tuple[Check, ...]:
    """Return every data test that a contract declares, keys first.

    All tests of a raw table only warn: its rows are as the source sent them, and staging drops the
    rows that it cannot use.
    """
    found = [*_key(contract), *_columns(contract), *_rules(contract), *_across(contract)]
    if contract in RAW_TABLES.values():
        return tuple(replace(check, severity="warn") for check in found)
    return tuple(found)


def tested_by(contract: type[Contract]) -> tuple[type[Contract], ...]:
    """Return the contracts of the tables that a contract's data tests read, its own first."""
    reads = (read for check in checks_of(contract) for read in check.reads)
    return tuple(dict.fromkeys([contract, *reads]))


def summary(checks: tuple[Check, ...], table: ir.Table, others: Tables) -> ir.Table:
    """Return one row: the table's row count, then each check's count of failures, in order."""
    counts = {f"test_{i}": check.count(table, others) for i, check in enumerate(checks)}
    return table.aggregate(row_count=_.count(), **counts)


def _key(contract: type[Contract]) -> Iterator[Check]:
    key = declared(contract).unique
    if key:
        yield Check(
            f"unique_{'_'.join(key)}",
            "error",
            f"One row per {', '.join(key)}.",
            failing=partial(_repeated, key),
            screen=partial(_sharing_a_hash, key),
        )


def _repeated(key: list[str], table: ir.Table, others: Tables) -> ir.Table:
    return table.group_by(key).agg(times=_.count()).filter(_.times > 1)


def _sharing_a_hash(key: list[str], table: ir.Table) -> ir.Value:
    """Return the number of rows minus the number of distinct hashes of their keys.

    Equal keys have the same hash, and few other keys do. Counting distinct 64-bit numbers takes
    half the time of counting distinct keys, some of which are long texts.
    """
    whole = table[key[0]] if len(key) == 1 else ibis.struct({name: table[name] for name in key})
    return table.count() - whole.hash().nunique()


def _columns(contract: type[Contract]) -> Iterator[Check]:
    for name, column in declared(contract).columns.items():
        if not column.nullable:
            yield Check(
                f"not_null_{name}",
                "error",
                f"{name} is always known.",
                passes=partial(_is_known, name),
                column=name,
            )
        for check in column.checks:
            yield _column_check(name, check)


def _column_check(column: str, check: Any) -> Check:
    if check.name not in PREDICATES:
        raise ContractError(
            f"column {column}: the check {check.name!r} is not supported",
            hint=f"use one of: {', '.join(sorted(PREDICATES))}, or write a row_rule",
        )
    predicate, limits = PREDICATES[check.name], check.statistics
    return Check(
        LABELS[check.name].format(column=column, **limits),
        "warn" if check.raise_warning else "error",
        SAYS[check.name].format(column=column, **{k: _text(v) for k, v in limits.items()}),
        passes=lambda table: predicate(table[column], **limits),
        column=column,
    )


def _text(limit: Any) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, list | tuple | set) else str(limit)


def _is_known(column: str, table: ir.Table) -> Any:
    return table[column].notnull()


def _obeys(rule: Any, table: ir.Table) -> Any:
    holds = rule._check_fn(IbisData(table, "*"))
    return holds.resolve(table) if isinstance(holds, Deferred) else holds


def _rules(contract: type[Contract]) -> Iterator[Check]:
    for rule in declared(contract).checks:
        yield Check(
            rule.name,
            "warn" if rule.raise_warning else "error",
            (rule.description or "").strip().partition("\n")[0],
            passes=partial(_obeys, rule),
        )


def _across(contract: type[Contract]) -> Iterator[Check]:
    for test in data_tests_of(contract):
        yield Check(
            test.name,
            test.severity,
            test.description,
            reads=tuple(test.reads.values()),
            failing=test.failing,
        )
