"""The names of repositories as an ENUM in a run's own tables: numbers, to the engine.

Nearly every join, grouping and test of a build has the name of a repository in its key. The tables
that stay have texts, and so have the rows that fail a test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import ibis
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis import _

from cursor_marts.building.plan import Plan
from cursor_marts.engines.dialect import Tree
from cursor_marts.engines.names import REPOSITORY
from cursor_marts.engines.quoting import identifier
from cursor_marts.graph.definition import Tables
from cursor_marts.models.staging.cleaning import spelled_as_in
from cursor_marts.raw import RawRepos

#: The columns that hold a name as staging spells it.
COLUMNS = ("repo_name", "head_repo_name")
OF_PACKAGE = "cursor_marts.models."


def may_be_numbered(plan: Plan) -> bool:
    """Return whether a run creates all that it reads of staging, by models of the package alone.

    Other models may spell names in their own way, or show their hashes. A diff compares types, too.
    """
    staging = [step for step in plan.steps if step.entry.layer == "staging"]
    own = [m for m in plan.models if not m.function.__module__.startswith(OF_PACKAGE)]
    return all(step.create for step in staging) and not own and not plan.every_column


def every_name(raw: Tables) -> ir.Table:
    """Return each name once, in the order of texts, and '' in any case: no ENUM is empty."""
    sent = ibis.union(ibis.null("string").name("name").as_table(), *_sent(raw)).distinct()
    spelled = spelled_as_in(raw[RawRepos], sent, "name")
    return spelled.select(name=_.name.fill_null("")).distinct().order_by("name")


def _sent(raw: Tables) -> Iterator[ir.Table]:
    for table in raw.values():
        for column in (*COLUMNS, "full_name"):
            if column in table.columns:
                yield table.select(name=table[column].nullif("")).distinct()


def numbered(query: Tree) -> Tree:
    """Return a SELECT of typed columns with names as numbers."""
    name = sge.to_identifier(REPOSITORY, quoted=True)
    for column in query.expressions:
        if column.alias in COLUMNS:
            column.this.set("to", sge.DataType(this=sge.DataType.Type.USERDEFINED, kind=name))
    return query


def as_texts(query: str, tables: Mapping[str, Collection[str]]) -> str:
    """Return a query that has names as texts: `tables` are those with numbers, and the columns."""
    for table, columns in tables.items():
        if names := [name for name in COLUMNS if name in columns]:
            texts = ", ".join(f"CAST({identifier(n)} AS TEXT) AS {identifier(n)}" for n in names)
            query = query.replace(table, f"(SELECT * REPLACE ({texts}) FROM {table})")
    return query
