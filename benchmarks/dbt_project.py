"""A dbt project with our tables and our tests, created from the SQL that we compile.

Both tools send the same SELECTs, so that the comparison shows the cost of the tools. In dbt a
staging model is a view; an intermediate model and a mart are tables (dbt has no table that lasts
only for a build); each test is one query, like dbt's generic tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cursor_marts.engines.dialect import DUCKDB as QUALIFIED
from cursor_marts.graph import Model
from cursor_marts.graph.checks import checks_of
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES

PROJECT = """
name: marts
version: "1.0.0"
profile: marts
models:
  marts:
    staging: {+materialized: view, +schema: staging}
    intermediate: {+materialized: table, +schema: staging}
    marts: {+materialized: table, +schema: mart}
flags:
  send_anonymous_usage_stats: false
"""
PROFILE = """
marts:
  target: dev
  outputs:
    dev: {{type: duckdb, path: {path}, schema: main, threads: 2, settings: {{TimeZone: UTC}}}}
"""
DUCKDB = QUALIFIED.unqualified()
SCHEMAS = {layer: f'"{path[-1]}".' for layer, path in DUCKDB.names.paths.items() if path}


def write(folder: Path, database: Path) -> None:
    """Write the project, and a profile that builds into `database` beside our raw tables."""
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT)
    (folder / "profiles.yml").write_text(PROFILE.format(path=json.dumps(str(database))))
    tables = [{"name": name} for name in RAW_TABLES]
    sources = {"sources": [{"name": "raw", "schema": "main_raw", "tables": tables}]}
    (folder / "models" / "sources.yml").write_text(json.dumps(sources))
    for model in all_models():
        _write_model(folder, model)
    for name, contract in (RAW_TABLES | {m.name: m.contract for m in all_models()}).items():
        _write_tests(folder, name, contract)


def _write_model(folder: Path, model: Model) -> None:
    tables = DUCKDB.tables(all_models())
    file = folder / "models" / model.layer / f"{model.name}.sql"
    file.parent.mkdir(exist_ok=True)
    file.write_text(_referring(DUCKDB.select(model, tables)))


def _write_tests(folder: Path, name: str, contract: type) -> None:
    tables = DUCKDB.tables(all_models())
    for check in checks_of(contract):
        query = DUCKDB.text(DUCKDB.query(check.failing_rows(tables[contract], tables)))
        config = f"{{{{ config(severity='{check.severity}') }}}}\n"
        file = folder / "tests" / f"{name}__{check.name}.sql"
        file.parent.mkdir(exist_ok=True)
        file.write_text(config + _referring(query))


def _referring(query: str) -> str:
    """Replace the names of our tables by dbt's references."""
    for name in RAW_TABLES:
        query = query.replace(f'"main_raw"."{name}"', f"{{{{ source('raw', '{name}') }}}}")
    for model in all_models():
        name = f'{SCHEMAS.get(model.layer, "")}"{model.name}"'
        query = query.replace(name, f"{{{{ ref('{model.name}') }}}}")
    return query


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
