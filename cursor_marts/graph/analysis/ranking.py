"""Ranking only the rows whose key repeats, in models that keep one row of each key.

To sort a million rows by all of their columns costs more than all else that a staging model does,
and of most sources hardly any key repeats. A build of many rows first stores the hashes of the keys
that repeat; all other rows need no rank. The result is the same for any rows: keys with the same
hash are ranked, too, each by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis import _
from ibis.common.graph import Graph

#: The one column of the table of hashes.
HASH = "key_hash"
#: The joins that do not compare rows of their first input with each other.
PASSING = {"inner", "left", "cross"}


@ibis.udf.scalar.builtin(name="hash", signature=((None,), "uint64"))
def _hash(key):  # type: ignore[no-untyped-def]
    """Return a number that equal keys share, and few others."""


@dataclass(frozen=True)
class Ranking:
    """An expression that keeps the first row of each key; `ranked` is the filter which does so.

    `source` is a relation below it from which the `key` comes unchanged: the earlier rows are told
    apart, the fewer of them are cleaned twice.
    """

    expression: ir.Table
    ranked: ops.Filter
    source: ops.Relation
    key: tuple[str, ...]

    @property
    def repeated(self) -> ir.Table:
        """Return the hashes of the keys that repeat."""
        counted = self._hashed().group_by(HASH).agg(times=_.count())
        return counted.filter(_.times > 1).select(HASH)

    def over(self, repeated: ir.Table) -> ir.Table:
        """Return the expression that ranks only rows whose key is among the `repeated` ones."""
        once = self._rows(self._hashed().anti_join(repeated, HASH))
        again = self._rows(self._hashed().semi_join(repeated, HASH))
        first = self.ranked.replace({self.ranked.parent: again.op()}).to_expr()
        return self.expression.op().replace({self.ranked: once.union(first).op()}).to_expr()

    def _hashed(self) -> ir.Table:
        rows = self.source.to_expr()
        return rows.mutate({HASH: _hash(ibis.struct({name: rows[name] for name in self.key}))})

    def _rows(self, some: ir.Table) -> ir.Table:
        """Return the rows to rank, of some rows of the source."""
        return self.ranked.parent.replace({self.source: some.drop(HASH).op()}).to_expr()


def ranking_of(expression: ir.Table) -> Ranking | None:
    """Return how an expression keeps one row of each key; None if it does not, or several times."""
    filters = expression.op().find(ops.Filter)
    found = [(node, key) for node in filters if (key := _key(node))]
    if len(found) != 1:
        return None
    ((ranked, key),) = found
    return Ranking(expression, ranked, *_source(ranked.parent, key))


def _key(node: ops.Filter) -> tuple[str, ...]:
    """Return the columns of the key by which a filter keeps the first row of each group, or ()."""
    match node.predicates:
        case (ops.Equals(ops.WindowFunction(ops.RowNumber()) as numbered, ops.Literal(0)),):
            return tuple(each.name for each in numbered.group_by if isinstance(each, ops.Field))
    return ()


def _source(rows: ops.Relation, key: tuple[str, ...]) -> tuple[ops.Relation, tuple[str, ...]]:
    """Return the lowest relation that passes all columns of a key on, and their names in it.

    Nothing else may read what lies between: it would lose rows.
    """
    readers = Graph.from_bfs(rows).invert()
    source = rows
    while found := _below(source, key):
        if len([each for each in readers[found[0]] if not isinstance(each, ops.Field)]) != 1:
            break
        source, key = found
    return source, key


def _below(
    relation: ops.Relation, key: tuple[str, ...]
) -> tuple[ops.Relation, tuple[str, ...]] | None:
    """Return the input whose rows a relation passes on, each by itself, and the key in it."""
    if any(value.find(ops.WindowFunction, filter=ops.Value) for value in _values(relation)):
        return None  # a window looks at other rows
    match relation:
        case ops.Reference() | ops.Filter() | ops.DropColumns():
            return relation.parent, key
        case ops.Project():
            source = relation.parent
        case ops.JoinChain() if {link.how for link in relation.rest} <= PASSING:
            source = relation.first
        case _:
            return None
    values = [relation.values[name] for name in key]
    if all(isinstance(value, ops.Field) and value.rel == source for value in values):
        return source, tuple(value.name for value in values)
    return None


def _values(relation: ops.Relation) -> tuple[ops.Value, ...]:
    """Return what a relation computes: its columns, or the conditions of a filter."""
    if isinstance(relation, ops.Filter):
        return tuple(relation.predicates)
    return tuple(relation.values.values()) if isinstance(relation, ops.Project) else ()
