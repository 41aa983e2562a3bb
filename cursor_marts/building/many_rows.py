"""The statements that create a staging table from many rows: only repeated keys are ranked."""

from __future__ import annotations

from collections.abc import Collection

import ibis.expr.types as ir

from cursor_marts.building.compiled import repeated_keys_of
from cursor_marts.engines.dialect import Dialect, Tree
from cursor_marts.graph.analysis.ranking import ranking_of
from cursor_marts.graph.definition import Model


def statements_of_many(
    model: Model, rows: ir.Table, dialect: Dialect, used: Collection[str]
) -> dict[str, str]:
    """Return the two queries of a `CompiledTable` for many rows; none if the model ranks none.

    `rows` is the model's expression over raw tables, `used` are the columns that the table has.
    """
    ranking = ranking_of(rows)
    if ranking is None:
        return {}
    repeated = ranking.repeated
    keys = dialect.unbound(repeated.schema(), model.layer, repeated_keys_of(model.name))
    query = dialect.created(ranking.over(keys), model.contract)
    return {
        "repeated_keys": dialect.text(dialect.query(repeated)),
        "query_of_many": dialect.text(narrowed(query, used)),
    }


def narrowed(query: Tree, columns: Collection[str]) -> Tree:
    """Return a query with some of its columns."""
    query.set("expressions", [each for each in query.expressions if each.alias in columns])
    return query
