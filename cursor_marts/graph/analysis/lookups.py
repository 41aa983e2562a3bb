"""Left joins that only tell whether a key is among others, as what they are: a look-up of the key.

The join of the distinct keys finds these first: for a million keys, this takes as long as to look
another million up among them. To look up does not need them to be distinct.
"""

from __future__ import annotations

from collections.abc import Collection

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from cursor_marts.graph.analysis.columns import needed


def looked_up(expression: ir.Table) -> ir.Table:
    """Return an expression without such joins, whose rows are the same."""
    needs = needed(expression.op())
    for chain in expression.op().find(ops.JoinChain):
        if found := _looked_up(chain, needs[chain]):
            return looked_up(expression.op().replace({chain: found}).to_expr())
    return expression


def _looked_up(chain: ops.JoinChain, used: Collection[str]) -> ops.Project | None:
    """Return a join as a projection of its first input; None if it tells more, or joins more.

    What is not used is NULL: it would be looked up as well.
    """
    if not (key := _key(chain)) or not all(isinstance(v, ops.Field) for v in chain.values.values()):
        return None
    first, said = chain.first, chain.rest[0].table.parent
    needle = ops.Field(first.parent, key.left.name)
    is_among = ops.InSubquery(said.parent.parent, needle)

    def value(name: str, field: ops.Field) -> ops.Value:
        if field.rel == first:
            return ops.Field(first.parent, field.name)
        there = needle if field.name == key.right.name else said.values[field.name]
        unknown = ibis.null(there.dtype.copy(nullable=True)).op()
        return ops.IfElse(is_among, there, unknown) if name in used else unknown

    values = {name: value(name, field) for name, field in chain.values.items()}
    return ops.Project(first.parent, values)


def _key(chain: ops.JoinChain) -> ops.Equals | None:
    """Return the condition of a left join with distinct keys, and constants beside them."""
    if len(chain.rest) != 1 or chain.rest[0].how != "left" or len(chain.rest[0].predicates) != 1:
        return None
    (link,) = chain.rest
    said, (key,) = link.table.parent, link.predicates
    match said, key:
        case ops.Project(parent=ops.Distinct()), ops.Equals(left=ops.Field(), right=ops.Field()):
            others = [v for name, v in said.values.items() if name != key.right.name]
            is_key = key.left.rel == chain.first and len(said.parent.schema) == 1
            return key if is_key and all(isinstance(v, ops.Literal) for v in others) else None
    return None
