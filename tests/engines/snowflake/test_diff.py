"""What a diff says on Snowflake is what it says on DuckDB, and nothing stays there either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest
from ibis import _
from support.raw_rows import loaded
from support.small_models import MODELS, VIEW, pulls, with_changes
from support.snowflake_server import snowflake, variables, written

from cursor_marts.building.comparing import Comparer
from cursor_marts.building.diff import diff_all
from cursor_marts.building.run import build_all
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load


def change(table: ir.Table) -> ir.Table:
    """Change a number, make one unknown, and replace a row by another one."""
    return table.mutate(
        repo_name=_.repo_name.replace("b", "z"),
        pulls=_.pulls - 3,
        mean_lines=_.mean_lines.nullif(700.0),
    )


def objects_in(backend: Any) -> list[Any]:
    tables = "SELECT table_schema, table_name FROM information_schema.tables ORDER BY 1, 2"
    schemas = "SELECT schema_name FROM information_schema.schemata ORDER BY 1"
    return [row for query in (tables, schemas) for row in backend.raw_sql(query).fetchall()]


def stopped(*_: Any) -> None:
    """Stop as Ctrl-C does, when the tables are built."""
    raise KeyboardInterrupt


def test_both_engines_say_the_same(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a mart and of a view, with the test that would fail; stopped, it leaves nothing either."""
    models = with_changes(change)
    view = with_changes(lambda t: t.mutate(lines=_.lines + 5), VIEW)
    duckdb = loaded(pull_requests=pulls())
    build_all(duckdb, MODELS)
    with snowflake(address, variables(address)) as backend:
        load(written(tmp_path, pull_requests=pulls()), session_of(backend))
        build_all(backend, MODELS)
        before = objects_in(backend)
        for changed in (models, view):
            found, expected = diff_all(backend, changed), diff_all(duckdb, changed)
            assert found == expected
            assert found.differs
        assert found.tables[0].failed == ()
        assert not diff_all(backend, MODELS).differs
        monkeypatch.setattr(Comparer, "compare", stopped)
        with pytest.raises(KeyboardInterrupt):
            diff_all(backend, models)
        assert objects_in(backend) == before
