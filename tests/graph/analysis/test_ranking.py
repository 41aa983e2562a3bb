"""Of each key the same row is kept, whether all rows are ranked or only the unclear ones."""

from __future__ import annotations

from itertools import product
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest
from ibis import _

from cursor_marts.graph.analysis import ranking
from cursor_marts.models.staging.cleaning import latest_of

SCHEMA = {"key": "string", "part": "int64", "at": "int64", "said": "string"}
#: Up to three rows of a key: older, newer or without a time, and with the same or another value.
VERSIONS = [None, *product([None, 1, 2], ["a", "b"])]
ROWS = [
    {"key": key, "part": number, "at": version[0], "said": version[1]}
    for number, versions in enumerate(product(VERSIONS, repeat=3))
    for key in ("k", "K ")
    for version in versions
    if version
]


def latest(rows: ir.Table) -> ir.Table:
    """Return what a staging model does: it cleans, keeps one row of each key, and goes on."""
    cleaned = rows.filter(_.key.notnull()).mutate(at=_.at.nullif(0), longer=_.said + "!")
    kept = latest_of(cleaned, ["key", "part"], at="at", columns=list(SCHEMA))
    return kept.mutate(name=_.key.strip().lower()).select("name", "part", "at", "said", "longer")


def rows_of(backend: Any, expression: ir.Table) -> list[tuple[Any, ...]]:
    return sorted(backend.raw_sql(backend.compile(expression)).fetchall(), key=repr)


def stored(backend: Any, name: str, expression: ir.Table) -> ir.Table:
    backend.raw_sql(f"CREATE OR REPLACE TABLE {name} AS {backend.compile(expression)}")
    return backend.table(name)


@pytest.mark.parametrize("collide", [False, True], ids=["hashes differ", "one hash"])
def test_the_same_rows_are_kept(collide: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are there once, older and newer versions, equal times, no times, equal rows."""
    if collide:
        monkeypatch.setattr(ranking, "_hash", lambda key: ibis.literal(1, "uint64"))
    backend = ibis.duckdb.connect()
    rows = backend.create_table("rows", ibis.memtable(ROWS, schema=SCHEMA))
    found = ranking.ranking_of(latest(rows))
    assert found
    outdated = stored(backend, "outdated", found.outdated(stored(backend, "keys", found.repeated)))
    expected = rows_of(backend, latest(rows))
    assert len(expected) == 2 * (len(VERSIONS) ** 3 - 1)
    assert rows_of(backend, found.over(outdated)) == expected
