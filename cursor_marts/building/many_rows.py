"""What a run over many rows computes in another way, and stores before it creates a table.

It ranks only rows whose key repeats, if their times do not tell the latest. Where a join only tells
whether a key is among others, it looks the key up.
"""

from __future__ import annotations

import ibis.expr.types as ir
import sqlglot.expressions as sge

from cursor_marts.engines.dialect import Dialect, Tree
from cursor_marts.graph.analysis.lookups import looked_up
from cursor_marts.graph.analysis.ranking import ranking_of
from cursor_marts.graph.definition import Model, Tables

#: The name of a table that is stored first, and its query.
Stored = tuple[str, str]


def of_many(
    model: Model, tables: Tables, raw: Tables, dialect: Dialect
) -> tuple[Tree, tuple[Stored, ...]]:
    """Return a model's query over many rows, and the tables to store first, which it reads."""
    expression = model.over(tables)
    if set(model.reads.values()) <= raw.keys():
        return _ranking_few(model, expression, dialect)
    return dialect.query(looked_up(expression)), ()


def _ranking_few(
    model: Model, expression: ir.Table, dialect: Dialect
) -> tuple[Tree, tuple[Stored, ...]]:
    ranking = ranking_of(expression)
    if ranking is None:
        return dialect.query(expression), ()
    repeated, outdated = f"{model.name}__repeated", f"{model.name}__outdated"
    keys = dialect.unbound(ranking.repeated.schema(), model.layer, repeated)
    times = ranking.outdated(keys)
    known = dialect.unbound(times.schema(), model.layer, outdated)
    query = dialect.query(ranking.over(known))
    for shared in query.find_all(sge.CTE):  # all rows: to keep them takes longer than to read again
        shared.set("materialized", False)
    stored = [(repeated, ranking.repeated), (outdated, times)]
    return query, tuple((name, dialect.text(dialect.query(rows))) for name, rows in stored)
