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

#: Input tables, each with the columns of a unique key.
Keys = Mapping[ops.Node, Collection[str]]


@cache
def guaranteed(model: Model, keyed: frozenset[type[Contract]]) -> bool:
    """Return whether the key of a model is unique, if the keys of the `keyed` tables are."""
    key = declared(model.contract).unique
    tables, expression = symbolic(model)
    keys = {tables[c].op(): declared(c).unique for c in keyed}
    return bool(key) and is_unique_by(expression.op(), key, keys)


def is_unique_by(relation: ops.Node, columns: Iterable[str], keys: Keys) -> bool:
    """Return whether the `columns` of a relation are provably unique."""
    columns, known = set(columns), False
    match relation:
        case ops.PhysicalTable():
            known = relation in keys and columns >= set(keys[relation])
        case ops.Reference() | ops.Sort() | ops.Limit():
            known = is_unique_by(relation.parent, columns, keys)
        case ops.Project():
            values = relation.values.values()
            multiplied = any(value.find(ops.Unnest, filter=ops.Value) for value in values)
            same = _passed_on(relation, columns, relation.parent)
            known = not multiplied and is_unique_by(relation.parent, same, keys)
        case ops.Filter():
            one_each = any(_takes_one(each, columns) for each in relation.predicates)
            known = one_each or is_unique_by(relation.parent, columns, keys)
        case ops.Aggregate():
            known = columns >= set(relation.groups)
        case ops.Distinct():
            known = columns >= set(relation.schema) or is_unique_by(relation.parent, columns, keys)
        case ops.JoinChain():
            first = _passed_on(relation, columns, relation.first)
            at_most_one = all(finds_at_most_one(link, keys) for link in relation.rest)
            known = at_most_one and is_unique_by(relation.first, first, keys)
    return known


def _passed_on(
    relation: ops.Project | ops.JoinChain, columns: set[str], source: ops.Node
) -> set[str]:
    """Return the columns of an input that some columns of a relation pass on unchanged."""
    values = (relation.values[column] for column in columns)
    return {value.name for value in values if isinstance(value, ops.Field) and value.rel == source}


def _takes_one(predicate: ops.Node, columns: set[str]) -> bool:
    """Return whether a filter keeps the first row of each group by some of the columns."""
    match predicate:
        case ops.Equals(ops.WindowFunction(ops.RowNumber()) as numbered, ops.Literal(0)):
            by = numbered.group_by
            return all(isinstance(each, ops.Field) and each.name in columns for each in by)
    return False


def finds_at_most_one(link: ops.JoinLink, keys: Keys) -> bool:
    """Return whether a join finds at most one row for each row on its left."""
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
    return link.how in ("inner", "left", "cross") and is_unique_by(link.table, equal, keys)
