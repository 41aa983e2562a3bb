"""A join that only tells whether a key is among others becomes a look-up with the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pytest
from ibis import _

from cursor_marts.graph.analysis.lookups import looked_up

KEYS = ["a", "a", "b", None]
Join = Callable[[ir.Table, ir.Table], ir.Table]


def told(rows: ir.Table, others: ir.Table) -> ir.Table:
    """Join rows with the distinct keys of others."""
    there = others.select("key").distinct().mutate(is_there=True, number=7)
    return rows.left_join(there, "key")


LEFT_ALONE: dict[str, Join] = {
    "an inner join": lambda rows, others: rows.join(
        others.select("key").distinct().mutate(is_there=True), "key"
    ),
    "keys that may repeat": lambda rows, others: rows.left_join(
        others.select("key").mutate(is_there=True), "key"
    ),
    "distinct rows of two columns": lambda rows, others: rows.left_join(
        others.select("key", "n").distinct().mutate(is_there=True), "key"
    ),
    "something else than constants": lambda rows, others: rows.left_join(
        others.select("key").distinct().mutate(length=_.key.length()), "key"
    ),
    "another condition": lambda rows, others: rows.left_join(
        later := others.select(later="key").distinct().mutate(is_there=True),
        rows.key < later.later,
    ),
}


@pytest.fixture(scope="module")
def tables() -> tuple[Any, ir.Table, ir.Table]:
    """A backend with rows and others: keys that repeat, that only one of them has, and NULL."""
    backend = ibis.duckdb.connect()
    for name, keys in {"rows": [*KEYS, "c"], "others": [*KEYS, "d"]}.items():
        values = [{"key": key, "n": n} for n, key in enumerate(keys)]
        backend.create_table(name, ibis.memtable(values, schema={"key": "string", "n": "int64"}))
    return backend, backend.table("rows"), backend.table("others")


def rows_of(backend: Any, expression: ir.Table) -> list[tuple[Any, ...]]:
    return sorted(backend.raw_sql(backend.compile(expression)).fetchall(), key=repr)


@pytest.mark.parametrize(
    "used",
    [
        lambda joined: joined,
        lambda joined: joined.select("n", "is_there"),
        lambda joined: joined.group_by("key").agg(known=_.is_there.notnull().sum()),
        lambda joined: joined.filter(_.is_there).select("n", "number", "key_right"),
    ],
    ids=["all columns", "one of them", "a sum", "a filter"],
)
def test_a_key_is_looked_up(tables: Any, used: Callable[[ir.Table], ir.Table]) -> None:
    """Keys that repeat, that one side lacks, and NULL give the rows of the join."""
    backend, rows, others = tables
    joined = used(told(rows, others))
    found = looked_up(joined)
    assert not found.op().find(ops.JoinChain)
    assert not found.op().find(ops.Distinct)
    assert found.columns == joined.columns
    assert rows_of(backend, found) == rows_of(backend, joined)


@pytest.mark.parametrize("join", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_a_join_that_tells_more_stays(tables: Any, join: Join) -> None:
    """It is returned as it was."""
    _backend, rows, others = tables
    joined = join(rows, others)
    assert looked_up(joined).equals(joined)
