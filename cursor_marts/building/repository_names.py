"""Every name of a repository that staging can give a row, and whether a run may number them."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
from ibis import _

from cursor_marts.building.plan import Plan
from cursor_marts.building.repositories import COLUMNS
from cursor_marts.engines.dialect import Dialect
from cursor_marts.graph.definition import Tables
from cursor_marts.models.staging.cleaning import spelled_as_in
from cursor_marts.raw import RawRepos

OF_PACKAGE = "cursor_marts.models."


def names_query(plan: Plan, raw: Tables, dialect: Dialect) -> str:
    """Return the query of every name, '' where a run may not number them."""
    if not dialect.of_many or not may_be_numbered(plan):
        return ""
    return dialect.text(dialect.query(every_name(raw)))


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
