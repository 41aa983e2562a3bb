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
    """One layer: its schema on each engine (None: its tables exist only during a build).

    The one of Snowflake is the plain name, which follows a prefix on each engine.
    """

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


@dataclass(frozen=True)
class Schemas:
    """Schemas of one's own: their `prefix`, and the schema of raw tables that somebody else loads.

    An empty text stands for the schemas that `LAYERS` lists.
    """

    prefix: str = ""
    raw: str = ""

    def of(self, dialect: str) -> dict[str, str | None]:
        """Return layer → schema in a dialect, including the layers without models."""
        own = self._own(dialect)
        return own | {"raw": self.raw} if self.raw else own

    def load_elsewhere(self, dialect: str) -> bool:
        """Return whether the raw tables are in a schema that is not under the prefix."""
        return self.of(dialect)["raw"] != self._own(dialect)["raw"]

    def _own(self, dialect: str) -> dict[str, str | None]:
        layers: list[tuple[str, Layer]] = [*LAYERS.items(), ("audit", AUDIT), ("build", BUILD)]
        return {name: self._prefixed(layer, dialect) for name, layer in layers}

    def _prefixed(self, layer: Layer, dialect: str) -> str | None:
        plain = layer.schemas["snowflake"]
        return f"{self.prefix}_{plain}" if self.prefix and plain else layer.schemas[dialect]


def is_schema_of(layer: LayerName, schema: str) -> bool:
    """Return whether a schema may be that of a layer, on any engine and with any prefix."""
    plain = LAYERS[layer].schemas["snowflake"]
    return plain is not None and f"_{schema}".endswith(f"_{plain}")
