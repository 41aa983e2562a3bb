"""From which columns of its inputs each column of a model comes, and how.

An input column is read as a value, or it decides which rows there are: as a filter, a join key, a
grouping or an order. A left join that finds at most one row decides no rows, only what its own
columns hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import ibis.expr.operations as ops

from cursor_marts.contracts import Contract, declared
from cursor_marts.graph.analysis.keys import Keys, finds_at_most_one
from cursor_marts.graph.definition import Model, symbolic
from cursor_marts.graph.steps import ROWS, How, through
from cursor_marts.raw.tables import RAW_TABLES


class Origin(NamedTuple):
    """A column of an input, or its ROWS, and how it is read."""

    table: type[Contract]
    column: str
    how: How


@cache
def origins(model: Model) -> Mapping[str, frozenset[Origin]]:
    """Return what each column of a model comes from; under ROWS, what all of them come from."""
    tables, expression = symbolic(model)
    raw = set(RAW_TABLES.values())
    keys = {tables[c].op(): declared(c).unique or () for c in tables if c not in raw}
    walk = _Walk(
        {table.op(): c for c, table in tables.items()}, {k: v for k, v in keys.items() if v}
    )
    rows = walk.rows(expression.op())
    columns = {name: walk.column(expression.op(), name) - rows for name in expression.columns}
    return {ROWS: rows, **columns}


Found = frozenset[Origin]
NONE: Found = frozenset()


class _Walk:
    """A walk over the operations of an expression, from a column or from rows to the `inputs`."""

    def __init__(self, inputs: Mapping[ops.Node, type[Contract]], keys: Keys) -> None:
        self.inputs, self.keys = inputs, keys
        #: What a value is computed from.
        self.value = cache(self._value)
        #: What a column of a relation holds, whatever rows there are.
        self.column = cache(self._column)
        #: What decides which rows a relation has.
        self.rows = cache(self._rows)

    def _value(self, node: ops.Node) -> Found:
        match node:
            case ops.Field():
                return self.column(node.rel, node.name)
            case ops.WindowFunction():
                of_others = self._as("grouping", node.group_by) | self._as("order", node.order_by)
                return self.value(node.func) | of_others
            case ops.Reduction():
                return self._reduction(node)
            case ops.Relation():
                return self.rows(node)
            case ops.Subquery():
                return self._whole(node.__children__, "value")
        return self._as("value", node.__children__)

    def _reduction(self, node: ops.Reduction) -> Found:
        """Return what an aggregate comes from: `where` selects rows, `order_by` sorts them."""
        found = NONE
        for name, argument in zip(node.argnames, node.args, strict=True):
            how = REDUCED_BY.get(name, "value")
            parts = argument if isinstance(argument, tuple) else (argument,)
            found |= self._as(how, (part for part in parts if isinstance(part, ops.Node)))
        return found

    def _column(self, relation: ops.Node, name: str) -> Found:
        if isinstance(relation, ops.PhysicalTable):
            return self._input(relation, name, "value")
        match relation:
            case ops.JoinChain():
                value = relation.values[name]
                found = self.value(value) | self._matched(relation, _tables_in(value))
            case ops.Aggregate():
                rows = NONE if name in relation.groups else self.rows(relation.parent)
                found = self.value(relation.values[name]) | rows
            case ops.Project():
                found = self.value(relation.values[name])
            case ops.Set():
                found = self.column(relation.left, name) | self.column(relation.right, name)
            case _ if isinstance(relation, PASSING):
                found = self.column(relation.parent, name)
            case _:
                found = self._whole(relation.__children__, "value")
        return found

    def _rows(self, relation: ops.Node) -> Found:
        if isinstance(relation, ops.PhysicalTable):
            return self._input(relation, ROWS, "rows")
        match relation:
            case ops.Aggregate():  # without groups it has one row, whatever there is
                rows = self.rows(relation.parent) if relation.groups else NONE
                found = rows | self._as("grouping", relation.groups.values())
            case ops.Project():
                unnested = (v for v in relation.values.values() if _multiplies(v))
                found = self.rows(relation.parent) | self._as("filter", unnested)
            case ops.JoinChain():
                decided = self._matched(relation, self._deciding(relation))
                found = self.rows(relation.first) | decided
            case ops.Set():
                sides = (relation.left, relation.right)
                compared = (self._compared(relation, side) for side in sides)
                found = NONE.union(*map(self.rows, sides), *compared)
            case _ if isinstance(relation, PASSING):
                found = self.rows(relation.parent) | self._kept(relation)
            case _:
                found = self._whole(relation.__children__, "filter")
        return found

    def _kept(self, relation: ops.Node) -> Found:
        """Return what decides which rows of its one input a relation keeps."""
        match relation:
            case ops.Filter():
                return self._as("filter", relation.predicates)
            case ops.Sort():
                return self._as("order", relation.keys)
            case ops.Distinct():
                return self._columns(relation.parent, "grouping")
            case ops.DropNull():
                return self._columns(relation.parent, "filter")
        return NONE

    def _compared(self, relation: ops.Set, side: ops.Node) -> Found:
        """Return what a set operation compares the rows of both sides by."""
        if isinstance(relation, ops.Union):
            return self._columns(side, "grouping") if relation.distinct else NONE
        return self._columns(side, "filter")

    def _deciding(self, chain: ops.JoinChain) -> set[ops.Node]:
        """Return the tables that decide which rows of the first one a join returns."""
        optional = ("left", "asof")
        return {
            link.table
            for link in chain.rest
            if link.how not in optional or not finds_at_most_one(link, self.keys)
        }

    def _matched(self, chain: ops.JoinChain, tables: set[ops.Node]) -> Found:
        """Return what decides which rows of some joined tables are found."""
        found = NONE
        for link in reversed(chain.rest):
            if link.table in tables:
                tables = tables.union(*map(_tables_in, link.predicates))
                found |= self._as("join key", link.predicates) | self.rows(link.table)
        return found

    def _whole(self, nodes: Iterable[ops.Node], how: How) -> Found:
        """Return everything below an operation that may compare whole rows."""
        found = NONE
        for node in nodes:
            if isinstance(node, ops.Relation):
                found |= self._columns(node, how) | self.rows(node)
            else:
                found |= self._as(how, [node])
        return found

    def _columns(self, relation: ops.Node, how: How) -> Found:
        return self._as(how, (ops.Field(relation, name) for name in relation.schema))

    def _as(self, how: How, values: Iterable[ops.Node]) -> Found:
        return frozenset(
            Origin(table, column, through(how, further))
            for value in values
            for table, column, further in self.value(value)
        )

    def _input(self, relation: ops.Node, column: str, how: How) -> Found:
        known = self.inputs.get(relation)
        return NONE if known is None else frozenset([Origin(known, column, how)])


#: Relations that pass the columns of their one input on.
PASSING = (
    *(ops.Reference, ops.Filter, ops.Sort, ops.Limit, ops.Sample, ops.Distinct),
    *(ops.DropColumns, ops.DropNull, ops.FillNull),
)
#: The arguments of an aggregate that are not its value.
REDUCED_BY: Mapping[str, How] = {"where": "filter", "order_by": "order"}


def _tables_in(value: ops.Node) -> set[ops.Node]:
    """Return the relations that a value has columns of."""
    return {field.rel for field in value.find(ops.Field, filter=ops.Value)}


def _multiplies(value: ops.Node) -> bool:
    """Return whether a value makes several rows of one."""
    return bool(value.find(ops.Unnest, filter=ops.Value))
