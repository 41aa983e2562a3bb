"""Ibis expressions as the SQL of an engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler, SnowflakeCompiler
from ibis.backends.sql.compilers.base import SQLGlotCompiler

from cursor_marts.contracts import Contract, schema_of
from cursor_marts.engines import names
from cursor_marts.engines.duckdb.compiler import CompilerOfMany
from cursor_marts.engines.names import Names
from cursor_marts.graph.definition import Model
from cursor_marts.raw.tables import RAW_TABLES

#: A statement as sqlglot represents it, whose base class has another name in each release.
Tree: TypeAlias = Any

#: A text, a quoted name, or the type that each account of Snowflake may set the meaning of.
PARTS = re.compile(
    r"""(?P<text>'(?:[^'\\]|\\.|'')*')|"(?P<name>(?:[^"]|"")*)"|\bTIMESTAMP\b""", re.S
)


@dataclass(frozen=True, eq=False)
class Dialect:
    """A compiler of Ibis expressions, and the names of the tables that they read.

    `converts_zones` says whether times with a zone, or as text, can be read as UTC,
    `shown_type` how the engine shows a type, whichever of its names it was declared with,
    `of_many` compiles the statements that read many rows, on an engine where such statements pay:
    that spare the rows with a unique key a rank, for example.
    """

    names: Names
    compiler: SQLGlotCompiler
    converts_zones: bool = False
    shown_type: Callable[[str], str] = str
    of_many: SQLGlotCompiler | None = None

    @property
    def name(self) -> str:
        """Return 'duckdb' or 'snowflake'."""
        return self.names.dialect

    def with_names(self, others: Names) -> Dialect:
        """Return the same dialect for tables in other schemas."""
        return replace(self, names=others)

    def for_many_rows(self) -> Dialect:
        """Return the same dialect for statements that read many rows."""
        return replace(self, compiler=self.of_many or self.compiler)

    def unqualified(self) -> Dialect:
        """Return the same dialect with schemas alone, for SQL that people read."""
        paths = {layer: path and path[-1:] for layer, path in self.names.paths.items()}
        return self.with_names(replace(self.names, paths=paths))

    def table(
        self, contract: type[Contract], layer: str, name: str, columns: Iterable[str] | None = None
    ) -> ir.Table:
        """Return the table of a layer by its name, with the columns of its contract.

        `columns` are those that it has, where it does not have all of them.
        """
        schema = schema_of(contract)
        present = schema if columns is None else {column: schema[column] for column in columns}
        return self.unbound(present, layer, name)

    def unbound(self, schema: Any, layer: str, name: str) -> ir.Table:
        """Return a table of a layer with the given columns."""
        *catalog, database = self.names.paths[layer] or (None,)
        return ibis.table(
            schema,
            name=self.names.stored(layer, name),
            catalog=catalog[0] if catalog else None,
            database=database,
        )

    def tables(self, models: Iterable[Model]) -> dict[type[Contract], ir.Table]:
        """Return every raw table and every model's table, by contract."""
        raw = {c: self.table(c, "raw", name) for name, c in RAW_TABLES.items()}
        return raw | self.tables_of(models)

    def tables_of(self, models: Iterable[Model]) -> dict[type[Contract], ir.Table]:
        """Return every model's table, by contract."""
        return {m.contract: self.table(m.contract, m.layer, m.name) for m in models}

    def type_text(self, type_: Any) -> str:
        """Return a type as the engine shows it."""
        return self.shown_type(str(self.compiler.type_mapper.to_string(type_)))

    def query(self, expression: ir.Expr) -> Tree:
        """Return the expression's SELECT in this dialect."""
        return self.compiler.to_sqlglot(expression)

    def text(self, tree: Tree, *, pretty: bool = False) -> str:
        """Return a statement as SQL text, every name quoted and spelled the engine's way."""
        text = str(tree.sql(dialect=self.name, pretty=pretty, identify=True))
        return PARTS.sub(self._spelled, text) if self.names.upper_case else text

    def _spelled(self, part: re.Match[str]) -> str:
        if name := part["name"]:
            return f'"{self.names.spelled(name)}"'
        return part["text"] or "TIMESTAMPNTZ"

    def typed(self, query: Tree, contract: type[Contract]) -> Tree:
        """Return the query with every column cast to the type of the contract.

        Engines widen types on their own: a DuckDB sum of BIGINT is a HUGEINT, unknown to Ibis.
        """
        type_of = self.compiler.type_mapper.from_ibis
        columns = [
            sge.Cast(this=sg.column(name), to=type_of(type_)).as_(name)
            for name, type_ in schema_of(contract).items()
        ]
        return sg.select(*columns, copy=False).from_(query.subquery("built"), copy=False)

    def created(self, rows: ir.Table, contract: type[Contract]) -> Tree:
        """Return the SELECT of a model's expression, its columns typed by the contract.

        A run and the fingerprint of a staging model have the same one: it is compiled once.
        """
        return self.typed(_compiled(self.compiler, rows.op()), contract)

    def select(self, model: Model, tables: Any, *, pretty: bool = False) -> str:
        """Return the SELECT of a model over some tables as text."""
        return self.text(self.created(model.over(tables), model.contract), pretty=pretty)


@lru_cache(maxsize=64)
def _compiled(compiler: SQLGlotCompiler, rows: ops.Relation) -> Tree:
    return compiler.to_sqlglot(rows.to_expr())


def _as_duckdb_shows(type_: str) -> str:
    import duckdb

    return str(duckdb.sqltype(type_))


DUCKDB = Dialect(names.DUCKDB, DuckDBCompiler(), True, _as_duckdb_shows, CompilerOfMany())
SNOWFLAKE = Dialect(names.SNOWFLAKE, SnowflakeCompiler())
DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, SNOWFLAKE)}
