"""The layers of tables: their schema on each engine, their kind and their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

LayerName = Literal["raw", "staging", "intermediate", "marts"]
Kind = Literal["table", "view", "ephemeral"]


@dataclass(frozen=True)
class Layer:
    """One layer: its schema on each engine (None: its tables exist only during a build)."""

    kind: Kind
    schemas: Mapping[str, str | None]
    meaning: str


def _layer(kind: Kind, meaning: str, *, duckdb: str | None, snowflake: str | None) -> Layer:
    return Layer(kind, MappingProxyType({"duckdb": duckdb, "snowflake": snowflake}), meaning)


#: The layers of raw tables and models, in build order.
LAYERS: Mapping[LayerName, Layer] = {
    "raw": _layer(
        "table",
        "Records of the sources with types. Tables, loaded from the Parquet set.",
        duckdb="main_raw",
        snowflake="raw",
    ),
    "staging": _layer(
        "view",
        "Cleaned records, one row for each key. Views.",
        duckdb="main_staging",
        snowflake="staging",
    ),
    "intermediate": _layer(
        "ephemeral",
        "Joins. A build computes them and does not store them.",
        duckdb=None,
        snowflake=None,
    ),
    "marts": _layer(
        "table",
        "Merged pull requests by the week of the merge, and every pull request. Tables.",
        duckdb="main_mart",
        snowflake="mart",
    ),
}
#: The layer of the rows that failed a data test in the last run.
AUDIT = _layer("table", "Rows that failed a data test.", duckdb="main_audit", snowflake="audit")
#: The layer in which builds record what they have published, and on Snowflake who the writer is.
BUILD = _layer("table", "What is published.", duckdb="main_build", snowflake="build")


def schemas_of(dialect: str) -> dict[str, str | None]:
    """Return layer → schema in a dialect, including the layers without models."""
    layers: list[tuple[str, Layer]] = [*LAYERS.items(), ("audit", AUDIT), ("build", BUILD)]
    return {name: layer.schemas[dialect] for name, layer in layers}
