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

#: The one column of the table of hashes.
HASH = "key_hash"


@ibis.udf.scalar.builtin(name="hash", signature=((None,), "uint64"))
def _hash(key):  # type: ignore[no-untyped-def]
    """Return a number that equal keys share, and few others."""


@dataclass(frozen=True)
class Ranking:
    """An expression that keeps the first row of each key; `ranked` is the filter which does so."""

    expression: ir.Table
    ranked: ops.Filter
    key: tuple[str, ...]

    @property
    def repeated(self) -> ir.Table:
        """Return the hashes of the keys that repeat."""
        counted = self._hashed().group_by(HASH).agg(times=_.count())
        return counted.filter(_.times > 1).select(HASH)

    def over(self, repeated: ir.Table) -> ir.Table:
        """Return the expression that ranks only rows whose key is among the `repeated` ones."""
        rows = self._hashed()
        again = rows.semi_join(repeated, HASH).drop(HASH)
        once = rows.anti_join(repeated, HASH).drop(HASH)
        first = self.ranked.replace({self.ranked.parent: again.op()}).to_expr()
        return self.expression.op().replace({self.ranked: once.union(first).op()}).to_expr()

    def _hashed(self) -> ir.Table:
        rows = self.ranked.parent.to_expr()
        return rows.mutate({HASH: _hash(ibis.struct({name: rows[name] for name in self.key}))})


def ranking_of(expression: ir.Table) -> Ranking | None:
    """Return how an expression keeps one row of each key; None if it does not, or several times."""
    found = [
        Ranking(expression, node, key)
        for node in expression.op().find(ops.Filter)
        if (key := _key(node))
    ]
    return found[0] if len(found) == 1 else None


def _key(node: ops.Filter) -> tuple[str, ...]:
    """Return the columns of the key by which a filter keeps the first row of each group, or ()."""
    match node.predicates:
        case (ops.Equals(ops.WindowFunction(ops.RowNumber()) as numbered, ops.Literal(0)),):
            return tuple(each.name for each in numbered.group_by if isinstance(each, ops.Field))
    return ()
