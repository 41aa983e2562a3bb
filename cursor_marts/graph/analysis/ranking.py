"""Ranking only the rows that need it, in models that keep the latest row of each key.

To sort a million rows by all of their columns costs more than all else that a staging model does,
and of most sources hardly any key repeats. A build of many rows first stores the hashes of the keys
that repeat, then which times of these are outdated: rows of that time are left out, and the others
need no rank. Only where several rows have the latest time, all rows of the key are ranked. The
result is the same for any rows: keys with the same hash are ranked, too, each by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis import _
from ibis.common.graph import Graph

#: The column of a key's hash, and those that a table of outdated rows has beside it.
HASH, TIME, IS_UNCLEAR = "key_hash", "outdated_at", "is_unclear"
#: The joins that do not compare rows of their first input with each other.
PASSING = {"inner", "left", "cross"}


@ibis.udf.scalar.builtin(name="hash", signature=((None,), "uint64"))
def _hash(key):  # type: ignore[no-untyped-def]
    """Return a number that equal keys share, and few others."""


@dataclass(frozen=True)
class Ranking:
    """An expression that keeps the first row of each key; `ranked` is the filter which does so.

    Rows have the same key in their columns `by`, and the latest by their column `at` comes first.
    `source` is a relation below it from which the key comes unchanged, there as `key`: the earlier
    rows are told apart, the fewer of them are cleaned twice.
    """

    expression: ir.Table
    ranked: ops.Filter
    by: tuple[str, ...]
    at: str
    source: ops.Relation
    key: tuple[str, ...]

    @property
    def repeated(self) -> ir.Table:
        """Return the hashes of the keys that repeat."""
        counted = _hashed(self.source.to_expr(), self.key).group_by(HASH).agg(times=_.count())
        return counted.filter(_.times > 1).select(HASH)

    def outdated(self, repeated: ir.Table) -> ir.Table:
        """Return the times of `repeated` keys that are not the latest, and those that are unclear.

        It is unclear which row comes first if several have the latest time, or two keys one hash.
        """
        rows = self._of(repeated)
        rows = _hashed(rows, self.by).mutate(key=_struct(rows, self.by))
        times = rows.group_by(HASH, **{TIME: self.at}).agg(rows=_.count())
        latest = rows.group_by(HASH).agg(latest=_[self.at].max(), keys=_.key.nunique())
        judged = times.join(latest, HASH).mutate(is_latest=_[TIME].identical_to(_.latest))
        unclear = judged.mutate({IS_UNCLEAR: (_.is_latest & (_.rows > 1)) | (_.keys > 1)})
        return unclear.filter(~_.is_latest | _[IS_UNCLEAR]).select(HASH, TIME, IS_UNCLEAR)

    def over(self, outdated: ir.Table) -> ir.Table:
        """Return the expression that leaves `outdated` rows out, and ranks only unclear ones."""
        every = _hashed(self.ranked.parent.to_expr(), self.by)
        same = [every[HASH] == outdated[HASH], every[self.at].identical_to(outdated[TIME])]
        clear = every.anti_join(outdated, same).drop(HASH)
        unclear = self._of(outdated.filter(_[IS_UNCLEAR]))
        first = self.ranked.replace({self.ranked.parent: unclear.op()}).to_expr()
        return self.expression.op().replace({self.ranked: clear.union(first).op()}).to_expr()

    def _of(self, hashes: ir.Table) -> ir.Table:
        """Return the rows to rank whose key has one of some hashes."""
        some = _hashed(self.source.to_expr(), self.key).semi_join(hashes, HASH).drop(HASH)
        return self.ranked.parent.replace({self.source: some.op()}).to_expr()


def _hashed(rows: ir.Table, key: tuple[str, ...]) -> ir.Table:
    return rows.mutate({HASH: _hash(_struct(rows, key))})


def _struct(rows: ir.Table, key: tuple[str, ...]) -> ir.StructValue:
    return ibis.struct({name: rows[name] for name in key})


def ranking_of(expression: ir.Table) -> Ranking | None:
    """Return how an expression keeps one row of each key; None if it does not, or several times."""
    filters = expression.op().find(ops.Filter)
    found = [(node, *of) for node in filters if (of := _key_and_time(node))]
    if len(found) != 1:
        return None
    ((ranked, by, at),) = found
    return Ranking(expression, ranked, by, at, *_source(ranked.parent, by))


def _key_and_time(node: ops.Filter) -> tuple[tuple[str, ...], str] | None:
    """Return the key of which a filter keeps the first row, and by which column it is the first."""
    match node.predicates:
        case (ops.Equals(ops.WindowFunction(ops.RowNumber()) as numbered, ops.Literal(0)),):
            key = tuple(each.name for each in numbered.group_by if isinstance(each, ops.Field))
            match numbered.order_by:
                case (ops.SortKey(arg=ops.Field(name=at), ascending=False, nulls_first=False), *_):
                    return (key, at) if key else None
    return None


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
