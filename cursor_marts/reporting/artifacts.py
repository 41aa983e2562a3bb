"""The tables and their tests as dbt's manifest.json and catalog.json, which other tools read."""

from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from cursor_marts.building.dbt import DBT_VERSION, PACKAGE, node_id, test_id
from cursor_marts.building.profiling import tests_of
from cursor_marts.contracts import shown_path
from cursor_marts.engines.dialect import Dialect
from cursor_marts.graph.catalog import Catalog, Entry
from cursor_marts.graph.checks import Check, checks_of
from cursor_marts.graph.definition import Tables
from cursor_marts.graph.layers import LAYERS
from cursor_marts.reporting.describing import described
from cursor_marts.reporting.descriptions import DescribedColumn, Description

Json = dict[str, Any]
#: The kinds of data tests that dbt knows, by how their names begin here.
KINDS = ("not_null", "unique", "accepted_values")


def manifest(entries: Catalog, dialect: Dialect, tables: Tables) -> Json:
    """Return the manifest, version 12; `tables` are what the compiled SQL of models reads."""
    models = {_id(e): _model(entries, e, dialect, tables) for e in entries.values() if e.model}
    sources = {_id(e): _source(entries, e, dialect) for e in entries.values() if not e.model}
    tests = {
        test_id(f"{entry.name}.{check.name}"): _test(entries, entry, check)
        for entry in entries.values()
        for check in (*checks_of(entry.contract), *tests_of(entry))
    }
    nodes = models | tests
    parents = {name: node["depends_on"]["nodes"] for name, node in nodes.items()}
    parents |= {name: [] for name in sources}
    empty: dict[str, Json] = {name: {} for name in NOT_HERE}
    return {
        "metadata": _metadata("manifest/v12", dialect),
        "nodes": nodes,
        "sources": sources,
        "parent_map": parents,
        "child_map": _children(parents),
        **empty,
    }


def catalog_file(entries: Catalog, dialect: Dialect) -> Json:
    """Return the catalog, version 1: each stored table with the types that its engine shows."""
    of_models = {_id(e): e for e in entries.values() if e.model and _schema(e, dialect)}
    of_sources = {_id(e): e for e in entries.values() if not e.model}
    metadata = _metadata("catalog/v1", dialect)
    for name in ("adapter_type", "project_name"):
        del metadata[name]
    return {
        "metadata": metadata,
        "nodes": {name: _table(entries, e, dialect) for name, e in of_models.items()},
        "sources": {name: _table(entries, e, dialect) for name, e in of_sources.items()},
        "errors": None,
    }


#: What dbt has and this library has not.
NOT_HERE = (
    *("macros", "docs", "exposures", "metrics", "groups", "selectors", "disabled", "group_map"),
    *("saved_queries", "semantic_models", "unit_tests", "functions"),
)


def _metadata(schema: str, dialect: Dialect) -> Json:
    return {
        "dbt_schema_version": f"https://schemas.getdbt.com/dbt/{schema}.json",
        "dbt_version": DBT_VERSION,
        "generated_at": datetime.now(UTC).isoformat(),
        "invocation_id": str(uuid4()),
        "env": {},
        "adapter_type": dialect.name,
        "project_name": PACKAGE,
    }


def _model(entries: Catalog, entry: Entry, dialect: Dialect, tables: Tables) -> Json:
    assert entry.model
    table = described(entries, entry)
    code = dialect.select(entry.model, tables, pretty=True)
    kind = {"materialized": entry.kind, "contract": {"enforced": True}}
    return _node(entry, entry.name, dialect) | {
        "resource_type": "model",
        "unique_id": _id(entry),
        "fqn": [PACKAGE, entry.layer, entry.name],
        "alias": entry.name,
        "checksum": {"name": "sha256", "checksum": hashlib.sha256(code.encode()).hexdigest()},
        "config": {"enabled": True, "tags": [entry.layer], **kind},
        "tags": [entry.layer],
        "description": f"{table.meaning} {table.made}".strip(),
        "columns": _columns(table, dialect),
        "relation_name": _relation(entry, dialect),
        "raw_code": inspect.getsource(entry.model.function) if not _is_seed(entry) else "",
        "language": "python",
        "depends_on": {"macros": [], "nodes": [_id(entries[name]) for name in entry.reads]},
        "refs": [
            {"name": name, "package": None, "version": None}
            for name in entry.reads
            if entries[name].model
        ],
        "sources": [["raw", name] for name in entry.reads if not entries[name].model],
        "compiled": True,
        "compiled_code": code,
        "contract": kind["contract"],
        "access": "public" if entry.layer == "marts" else "protected",
        "primary_key": list(table.grain),
        "created_at": time.time(),
    }


def _source(entries: Catalog, entry: Entry, dialect: Dialect) -> Json:
    table = described(entries, entry)
    return _node(entry, entry.name, dialect) | {
        "resource_type": "source",
        "unique_id": _id(entry),
        "fqn": [PACKAGE, "raw", entry.name],
        "source_name": "raw",
        "source_description": "Records of the sources with types.",
        "loader": PACKAGE,
        "identifier": dialect.names.spelled(entry.name),
        "description": table.meaning,
        "columns": _columns(table, dialect),
        "relation_name": _relation(entry, dialect),
        "created_at": time.time(),
    }


def _test(entries: Catalog, entry: Entry, check: Check) -> Json:
    name = f"{entry.name}.{check.name}"
    column = {"column_name": check.column} if check.column else {}
    by_contract = {each.contract: _id(each) for each in entries.values()}
    read = [by_contract[contract] for contract in check.reads if contract in by_contract]
    return {
        "database": None,
        "schema": "main_audit",
        "name": check.name,
        "resource_type": "test",
        "package_name": PACKAGE,
        "path": _path(entry.contract),
        "original_file_path": _path(entry.contract),
        "unique_id": test_id(name),
        "fqn": [PACKAGE, entry.layer, check.name],
        "alias": f"{entry.name}__{check.name}",
        "checksum": {"name": "none", "checksum": ""},
        "config": {"enabled": True, "severity": check.severity, "store_failures": True},
        "description": check.description,
        "depends_on": {"macros": [], "nodes": list(dict.fromkeys([_id(entry), *read]))},
        "column_name": check.column or None,
        "attached_node": _id(entry),
        "test_metadata": {"name": _kind(check), "kwargs": column, "namespace": None},
        "created_at": time.time(),
    }


def _kind(check: Check) -> str:
    return next((kind for kind in KINDS if check.name.startswith(f"{kind}_")), check.name)


def _node(entry: Entry, name: str, dialect: Dialect) -> Json:
    path = _path(entry.model.function if entry.model and not _is_seed(entry) else entry.contract)
    return {
        "database": None,
        "schema": _schema(entry, dialect) or entry.layer,
        "name": name,
        "package_name": PACKAGE,
        "path": path,
        "original_file_path": path,
    }


def _is_seed(entry: Entry) -> bool:
    """Return whether a table is a file of a project: its function is not written by anybody."""
    return not entry.reads


def _path(thing: object) -> str:
    return shown_path(inspect.getsourcefile(thing) or "")  # type: ignore[arg-type]


def _schema(entry: Entry, dialect: Dialect) -> str | None:
    """Return the schema of a table; None for one that exists only during a build."""
    return LAYERS[entry.layer].schemas[dialect.name] and dialect.names.schema(entry.layer)


def _relation(entry: Entry, dialect: Dialect) -> str | None:
    stored = _schema(entry, dialect)
    return dialect.names.table(entry.layer, entry.name) if stored else None


def _columns(table: Description, dialect: Dialect) -> Json:
    return {
        column.name: {
            "name": column.name,
            "description": column.description,
            "data_type": column.types[dialect.name],
            "meta": {"unit": column.unit, "comes_from": list(column.comes_from)},
        }
        for column in table.columns
    }


def _table(entries: Catalog, entry: Entry, dialect: Dialect) -> Json:
    table = described(entries, entry)
    spelled = dialect.names.spelled
    return {
        "unique_id": _id(entry),
        "metadata": {
            "type": "VIEW" if entry.kind == "view" else "BASE TABLE",
            "schema": _schema(entry, dialect),
            "name": spelled(entry.name),
            "database": None,
            "comment": table.meaning,
            "owner": None,
        },
        "columns": {
            spelled(column.name): _column(n, column, dialect)
            for n, column in enumerate(table.columns, 1)
        },
        "stats": {},
    }


def _column(index: int, column: DescribedColumn, dialect: Dialect) -> Json:
    return {
        "type": column.types[dialect.name],
        "index": index,
        "name": dialect.names.spelled(column.name),
        "comment": column.description,
    }


def _children(parents: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {name: [child for child, above in parents.items() if name in above] for name in parents}


def _id(entry: Entry) -> str:
    return node_id(entry.layer, entry.name)
