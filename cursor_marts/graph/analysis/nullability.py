"""Which columns of an expression can be NULL for all that Ibis knows.

Ibis calls the outcome of nearly every operation nullable. A column that comes through unchanged is
another matter: there the contract of the table that it comes from has said whether it can be NULL.
"""

from __future__ import annotations

import ibis.expr.operations as ops
import ibis.expr.types as ir


def passed_through_nullable(expression: ir.Table, column: str) -> bool:
    """Return whether a column is, unchanged, one that an input calls nullable."""
    source = plain_source(expression, column)
    return source is not None and source.dtype.nullable


def plain_source(expression: ir.Table, column: str) -> ops.Field | None:
    """Return the input's column that a column is, unchanged; None where it is made or cut.

    Joins, and filters that look at the column, may leave out its NULLs: it counts as cut there.
    """
    value: ops.Node = ops.Field(expression.op(), column)
    while isinstance(value, ops.Field):
        relation = value.rel
        if isinstance(relation, ops.PhysicalTable):
            return value
        if isinstance(relation, ops.Reference):
            value = ops.Field(relation.parent, value.name)
        elif isinstance(relation, ops.Project | ops.Aggregate):
            value = relation.values[value.name]
        elif isinstance(relation, ops.Sort | ops.Limit | ops.Distinct) or _lets_pass(value):
            value = ops.Field(relation.parent, value.name)
        else:
            return None
    return None


def _lets_pass(column: ops.Field) -> bool:
    """Return whether a column stands on a filter that does not look at it."""
    relation = column.rel
    return isinstance(relation, ops.Filter) and not any(
        looked_at.name == column.name
        for predicate in relation.predicates
        for looked_at in predicate.find(ops.Field, filter=ops.Value)
    )
