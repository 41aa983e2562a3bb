"""Which models guarantee by their expression that no two rows share a key, for any loaded data.

Staging keeps one version of each key, and marts group by their key, so that a query of the rows is
not needed: comparing twenty million commit hashes takes seconds. All other keys are data tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import permutations

import ibis.expr.operations as ops

from cursor_marts.contracts import Contract, declared
from cursor_marts.graph.definition import Model, symbolic

#: Input tables, each with columns in which no two rows of it are alike.
Keys = Mapping[ops.Node, Collection[str]]


@cache
def guaranteed(model: Model, keyed: frozenset[type[Contract]]) -> bool:
    """Return whether no two rows of a model can share its key, if none do in the `keyed` tables."""
    key = declared(model.contract).unique
    tables, expression = symbolic(model)
    keys = {tables[c].op(): declared(c).unique for c in keyed}
    return bool(key) and differ(expression.op(), key, keys)


def differ(relation: ops.Node, columns: Iterable[str], keys: Keys) -> bool:
    """Return whether no two rows of a relation are alike in `columns`: false where it may be."""
    columns, known = set(columns), False
    match relation:
        case ops.PhysicalTable():
            known = relation in keys and columns >= set(keys[relation])
        case ops.Reference() | ops.Sort() | ops.Limit():
            known = differ(relation.parent, columns, keys)
        case ops.Project():
            values = relation.values.values()
            multiplied = any(value.find(ops.Unnest, filter=ops.Value) for value in values)
            same = _plain(relation, columns, relation.parent)
            known = not multiplied and differ(relation.parent, same, keys)
        case ops.Filter():
            one_each = any(_takes_one(each, columns) for each in relation.predicates)
            known = one_each or differ(relation.parent, columns, keys)
        case ops.Aggregate():
            known = columns >= set(relation.groups)
        case ops.Distinct():
            known = columns >= set(relation.schema) or differ(relation.parent, columns, keys)
        case ops.JoinChain():
            first = _plain(relation, columns, relation.first)
            at_most_one = all(_finds_at_most_one(link, keys) for link in relation.rest)
            known = at_most_one and differ(relation.first, first, keys)
    return known


def _plain(relation: ops.Project | ops.JoinChain, columns: set[str], of: ops.Node) -> set[str]:
    """Return the columns of a part of a relation that some of its own are, unchanged."""
    values = (relation.values[column] for column in columns)
    return {value.name for value in values if isinstance(value, ops.Field) and value.rel == of}


def _takes_one(predicate: ops.Node, columns: set[str]) -> bool:
    """Return whether a filter takes the first row of each group of rows alike in some columns."""
    match predicate:
        case ops.Equals(ops.WindowFunction(ops.RowNumber()) as numbered, ops.Literal(0)):
            by = numbered.group_by
            return all(isinstance(each, ops.Field) and each.name in columns for each in by)
    return False


def _finds_at_most_one(link: ops.JoinLink, keys: Keys) -> bool:
    """Return whether a join gives each row on its left one row at most."""
    if link.how in ("semi", "anti", "asof"):
        return True
    equal = {
        side.name
        for predicate in link.predicates
        if isinstance(predicate, ops.Equals)
        for side, other in permutations((predicate.left, predicate.right))
        if isinstance(side, ops.Field) and side.rel == link.table
        if link.table not in other.relations
    }
    return link.how in ("inner", "left", "cross") and differ(link.table, equal, keys)
