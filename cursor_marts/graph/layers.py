"""The layers of tables: where each engine stores them, and what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

LayerName = Literal["raw", "staging", "intermediate", "marts"]
Kind = Literal["table", "view", "ephemeral"]


@dataclass(frozen=True)
class Layer:
    """One layer: its schema on each engine (None: its tables last only as long as a build)."""

    kind: Kind
    schemas: Mapping[str, str | None]
    meaning: str


def _layer(kind: Kind, meaning: str, *, duckdb: str | None, snowflake: str | None) -> Layer:
    return Layer(kind, MappingProxyType({"duckdb": duckdb, "snowflake": snowflake}), meaning)


#: The layers of raw tables and models, in build order.
LAYERS: Mapping[LayerName, Layer] = {
    "raw": _layer(
        "table",
        "What the source said, typed. A table each, loaded from the Parquet set.",
        duckdb="main_raw",
        snowflake="raw",
    ),
    "staging": _layer(
        "view",
        "Cleaned, one row a thing. Views.",
        duckdb="main_staging",
        snowflake="staging",
    ),
    "intermediate": _layer(
        "ephemeral",
        "Joined. Computed for the length of a build, and not visible after it.",
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
#: Where the rows that failed a data test of the last run are.
AUDIT = _layer("table", "Rows that failed a data test.", duckdb="main_audit", snowflake="audit")
#: Where a run on Snowflake notes that it is the writer.
BUILD = _layer("table", "Which run is the writer.", duckdb=None, snowflake="build")


def schemas_of(dialect: str) -> dict[str, str | None]:
    """Return layer → schema in a dialect, with the schemas that no model is in."""
    layers: list[tuple[str, Layer]] = [*LAYERS.items(), ("audit", AUDIT), ("build", BUILD)]
    return {name: layer.schemas[dialect] for name, layer in layers}
