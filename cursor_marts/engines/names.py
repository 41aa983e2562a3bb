"""Where the tables of each layer are, as an engine spells their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cursor_marts.engines.quoting import identifier
from cursor_marts.graph.layers import Schemas

#: Stands for the DuckDB database in compiled statements, which are the same for every file.
CATALOG = "cursor_marts_catalog"
#: Stands for the schema of a run on Snowflake in compiled statements.
SCRATCH = "build_of_this_run"
#: The type that a run on DuckDB gives the names of repositories in a session's own tables.
REPOSITORY = "cursor_marts_repository"
#: Where DuckDB keeps a session's own tables.
TEMPORARY = ("temp", "main")

Path = tuple[str, ...]
#: No schemas of one's own.
DEFAULT = Schemas()


@dataclass(frozen=True)
class Names:
    """The schema of each layer, qualified as far as the engine needs it; None: it has none.

    `prefix` begins the names of tables that last as long as a session; `schemas` are those of the
    user's own.
    """

    dialect: str
    paths: Mapping[str, Path | None]
    upper_case: bool = False
    prefix: str = ""
    schemas: Schemas = DEFAULT

    def path(self, layer: str) -> Path:
        """Return the schema of a layer, after its database where that is needed; empty if none."""
        return self.paths[layer] or ()

    def spelled(self, name: str) -> str:
        """Return one of this package's names the way that the engine stores it."""
        return name.upper() if self.upper_case and name.islower() else name

    def schema(self, layer: str) -> str:
        """Return the name of a layer's schema, as the engine stores it."""
        return self.spelled(self.path(layer)[-1])

    def quoted_schema(self, layer: str) -> str:
        """Return a layer's schema, qualified and quoted."""
        return self._quoted(self.path(layer))

    def table(self, layer: str, name: str) -> str:
        """Return a table's name, qualified and quoted."""
        return self._quoted((*self.path(layer), self.stored(layer, name)))

    def stored(self, layer: str, name: str) -> str:
        """Return the name that a table has in its schema: a session's own tables have a prefix."""
        return name if self.lasts(layer) else f"{self.prefix}{name}"

    def lasts(self, layer: str) -> bool:
        """Return whether the tables of a layer outlive the session that creates them."""
        return self.paths[layer] not in (None, TEMPORARY)

    def in_scratch(self, layers: tuple[str, ...], path: Path) -> Names:
        """Return the same names with some layers in the schema of a run."""
        return replace(self, paths={**self.paths, **dict.fromkeys(layers, path)})

    def in_database(self, database: str) -> Names:
        """Return the same names in another database that is attached."""
        paths = {layer: path and (database, path[-1]) for layer, path in self.paths.items()}
        return replace(self, paths=paths)

    def _quoted(self, path: Path) -> str:
        return ".".join(identifier(self.spelled(part)) for part in path)


def duckdb(schemas: Schemas = DEFAULT) -> Names:
    """Return the names on DuckDB."""
    return Names("duckdb", _paths("duckdb", schemas, CATALOG), schemas=schemas)


def snowflake(schemas: Schemas = DEFAULT) -> Names:
    """Return the names on Snowflake."""
    return Names("snowflake", _paths("snowflake", schemas), upper_case=True, schemas=schemas)


def names_of(dialect: str, schemas: Schemas = DEFAULT) -> Names:
    """Return the names on an engine."""
    return {"duckdb": duckdb, "snowflake": snowflake}[dialect](schemas)


def scratch(names: Names) -> Names:
    """Return the names under which a run creates tables before it publishes them."""
    if names.dialect == "snowflake":
        return names.in_scratch(("staging", "intermediate", "marts"), (SCRATCH,))
    # The prefix keeps a run from replacing a caller's own temporary tables.
    layers = ("staging", "intermediate", "marts", "audit")
    return replace(names.in_scratch(layers, TEMPORARY), prefix="cursor_marts_")


def _paths(dialect: str, schemas: Schemas, *catalog: str) -> dict[str, Path | None]:
    found = schemas.of(dialect).items()
    return {layer: (*catalog, schema) if schema else None for layer, schema in found}


DUCKDB, SNOWFLAKE = duckdb(), snowflake()
