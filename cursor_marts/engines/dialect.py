"""The engines that tables are built on: their schemas, and their habits of spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import ibis
import ibis.expr.types as ir
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler, SnowflakeCompiler
from ibis.backends.sql.compilers.base import SQLGlotCompiler

from cursor_marts.contracts import Contract, schema_of
from cursor_marts.errors import UsageError
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.graph.layers import schemas_of
from cursor_marts.raw.tables import RAW_TABLES

#: What a layer is built as; the layers not named here are gone after the build.
VISIBLE = {"staging": "VIEW", "marts": "TABLE"}
#: Where DuckDB keeps a session's own tables.
TEMPORARY = "temp"
#: A statement as sqlglot keeps it, whose base class has another name in each of its releases.
Tree: TypeAlias = Any


@dataclass(frozen=True, eq=False)
class Engine:
    """A SQL dialect, the schema of each layer in it, and whether names are upper case there."""

    dialect: str
    compiler: SQLGlotCompiler
    schemas: Mapping[str, str | None]
    upper_case: bool = False

    def table(
        self, contract: type[Contract], layer: str, name: str, columns: Iterable[str] | None = None
    ) -> ir.Table:
        """Return the table that a layer keeps under `name`, as its contract spells it.

        `columns` are those that it has, where it does not have all of them.
        """
        schema = schema_of(contract)
        kept = schema if columns is None else {column: schema[column] for column in columns}
        return ibis.table(kept, name=name, database=self.schemas[layer])

    def tables(self, models: tuple[Model, ...]) -> dict[type[Contract], ir.Table]:
        """Return every raw table and every model's table, by contract."""
        raw = {c: self.table(c, "raw", name) for name, c in RAW_TABLES.items()}
        return raw | {m.contract: self.table(m.contract, m.layer, m.name) for m in models}

    def query(self, expression: ir.Expr) -> Tree:
        """Return the expression's SELECT in this dialect."""
        return self.compiler.to_sqlglot(expression)

    def text(self, tree: Tree, *, pretty: bool = False) -> str:
        """Return a statement as SQL text, every name quoted and spelled the engine's way."""
        if self.upper_case:
            # Parsed anew, since a compiled tree has corners that a walk does not reach.
            tree = sg.parse_one(tree.sql(dialect=self.dialect), read=self.dialect)
            for name in tree.find_all(sge.Identifier):
                name.set("this", self.spelled(name.name))
            # What TIMESTAMP means by itself, each account may set for itself.
            for type_ in tree.find_all(sge.DataType):
                if type_.is_type("timestamp"):
                    type_.set("this", sge.DataType.Type.TIMESTAMPNTZ)
        return str(tree.sql(dialect=self.dialect, pretty=pretty, identify=True))

    def spelled(self, name: str) -> str:
        """Return one of our own names the way that the engine stores it."""
        return name.upper() if self.upper_case and name.islower() else name

    def schema(self, layer: str) -> str:
        """Return the schema of a layer that has one."""
        return str(self.schemas[layer])

    def keeps(self, layer: str) -> bool:
        """Return whether a layer's tables outlive the session that makes them."""
        return self.schemas[layer] not in (None, TEMPORARY)

    def name(self, layer: str, table: str) -> sge.Table:
        """Return the qualified name of a layer's table."""
        return sge.table_(table, db=self.schemas[layer])


DUCKDB = Engine(
    "duckdb",
    DuckDBCompiler(),
    schemas_of("duckdb"),
)
SNOWFLAKE = Engine(
    "snowflake",
    SnowflakeCompiler(),
    schemas_of("snowflake"),
    upper_case=True,
)
ENGINES = {engine.dialect: engine for engine in (DUCKDB, SNOWFLAKE)}


def engine_of(backend: Any) -> Engine:
    """Return the engine of an Ibis backend. Raises UsageError for one that cannot be built on."""
    name = getattr(backend, "name", type(backend).__name__)
    if name not in ENGINES:
        raise UsageError(
            f"cannot build on {name}",
            hint="pass an Ibis backend of DuckDB or Snowflake, as ibis.duckdb.connect() gives it",
        )
    return ENGINES[name]


def sql(model: Model, tables: Tables, engine: Engine) -> str:
    """Return the SELECT behind a model in an engine's dialect, laid out for people."""
    return engine.text(engine.query(model.over(tables)), pretty=True)
