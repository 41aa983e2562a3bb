"""Columns of an expression that may be NULL.

Ibis calls the result of nearly every operation nullable, which says little. Only for a column that
is passed through unchanged does the contract of its table say whether it may be NULL.
"""

from __future__ import annotations

import ibis.expr.operations as ops
import ibis.expr.types as ir


def passed_through_nullable(expression: ir.Table, column: str) -> bool:
    """Return whether a column is passed through from a nullable column of an input."""
    source = plain_source(expression, column)
    return source is not None and source.dtype.nullable


def plain_source(expression: ir.Table, column: str) -> ops.Field | None:
    """Return the column of an input that is passed through unchanged; None if there is none.

    A join, or a filter on the column, may remove its NULLs and therefore counts as a change.
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
    """Return whether a column comes from a filter that does not use it."""
    relation = column.rel
    return isinstance(relation, ops.Filter) and not any(
        used.name == column.name
        for predicate in relation.predicates
        for used in predicate.find(ops.Field, filter=ops.Value)
    )
