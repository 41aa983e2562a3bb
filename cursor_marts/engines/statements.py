"""The SQL that a build sends, each statement made by a function of models and tables alone.

Compiling costs more than running does on a small team's data, so that a text, once made, is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import ibis
import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge

from cursor_marts.contracts import Contract, declared, schema_of
from cursor_marts.engines.dialect import ENGINES, VISIBLE, Engine, Tree
from cursor_marts.graph import kept
from cursor_marts.graph.checks import Check, asked_of, summary
from cursor_marts.graph.definition import Model, Tables

Inputs = tuple[tuple[type[Contract], ops.Node], ...]


def inputs(tables: Tables, contracts: Iterable[type[Contract]]) -> Inputs:
    """Return the tables of some contracts in a form that can be looked up and compared."""
    return tuple((contract, tables[contract].op()) for contract in contracts)


def _named(
    thing: Model | type[Contract], engine: Engine, inputs: Inputs, *more: object
) -> str | None:
    """Say in words what a statement is of, as far as the code does not say it."""
    places = [thing.address if isinstance(thing, Model) else kept.address(thing)]
    for contract, node in inputs:
        plain = isinstance(node, ops.UnboundTable)
        table = f"{node.namespace.database}.{node.name}: {dict(node.schema)}" if plain else None
        places += [kept.address(contract), table]
    if None in places:
        return None
    return "; ".join(map(str, [engine.dialect, dict(engine.schemas), *more, *places]))


@kept.kept(_named)
def create(
    model: Model, engine: Engine, inputs: Inputs, columns: tuple[str, ...] | None = None
) -> str:
    """Return the statement that makes a model's view, table or temporary table.

    `columns` are those that it gets, where it does not get all of them.
    """
    query = _rows_of(model, engine.dialect, inputs, kept.in_variant()).copy()
    if columns is not None:
        query.set("expressions", [each for each in query.expressions if each.alias in columns])
    kind = VISIBLE.get(model.layer, "TABLE") if engine.keeps(model.layer) else "TABLE"
    return _created(kind, model.layer, model.name, query, engine)


@lru_cache(maxsize=512)
def _rows_of(model: Model, dialect: str, inputs: Inputs, variant: str) -> Tree:
    """Return a model's query: a view's and that of the table which is tested for it are one."""
    engine = ENGINES[dialect]
    tables = {contract: node.to_expr() for contract, node in inputs}
    return typed(engine.query(model.over(tables)), model.contract, engine)


def copy(layer: str, name: str, source: Engine, target: Engine) -> str:
    """Return the statement that makes a table of the rows that another place has by its name."""
    query = sg.select("*").from_(source.name(layer, name))
    return _created("TABLE", layer, name, query, target)


@kept.kept(_named)
def count_failures(contract: type[Contract], engine: Engine, inputs: Inputs, with_key: bool) -> str:
    """Return the query that gives a table's row count and the failures of each check asked."""
    tables = {contract: node.to_expr() for contract, node in inputs}
    return engine.text(
        engine.query(summary(asked_of(contract, with_key), tables[contract], tables))
    )


def count_exactly(contract: type[Contract], check: Check, engine: Engine, inputs: Inputs) -> str:
    """Return the query that counts what fails a check whose screen has found something."""
    tables = {contract: node.to_expr() for contract, node in inputs}
    return engine.text(engine.query(check.failing_rows(tables[contract], tables).count()))


def failing_rows(
    contract: type[Contract], check: Check, engine: Engine, inputs: Inputs
) -> tuple[str, tuple[str, ...]]:
    """Return the query of the rows that fail a check, and the columns of them worth showing."""
    tables = {contract: node.to_expr() for contract, node in inputs}
    failing = check.failing_rows(tables[contract], tables)
    used = check.columns(ibis.table(schema_of(contract))) or failing.columns[:6]
    key = [name for name in declared(contract).unique or [] if name in failing.columns]
    return engine.text(engine.query(failing)), tuple(dict.fromkeys([*key, *used]))


def create_table(layer: str, name: str, query: str, engine: Engine) -> str:
    """Return the statement that keeps a query's rows as a table."""
    return _created("TABLE", layer, name, sg.parse_one(query, read=engine.dialect), engine)


def first_rows(layer: str, name: str, columns: tuple[str, ...], count: int, engine: Engine) -> str:
    """Return the query of some columns of a table's first few rows."""
    wanted = [sg.column(column) for column in columns]
    return engine.text(sg.select(*wanted).from_(engine.name(layer, name)).limit(count))


def export(layer: str, name: str, file: Path, engine: Engine) -> str:
    """Return the statement that writes a table to a Parquet file (DuckDB)."""
    path = sge.Literal.string(str(file)).sql(dialect=engine.dialect)
    return f"COPY {engine.text(engine.name(layer, name))} TO {path} (FORMAT parquet)"


def import_(layer: str, name: str, file: Path, engine: Engine) -> str:
    """Return the statement that makes a table of a Parquet file (DuckDB)."""
    path = sge.Literal.string(str(file)).sql(dialect=engine.dialect)
    table = engine.text(engine.name(layer, name))
    return f"CREATE TABLE {table} AS SELECT * FROM read_parquet({path})"


def create_schema(name: str, engine: Engine) -> str:
    """Return the statement that makes a schema unless it is there."""
    return engine.text(sge.Create(this=sg.to_identifier(name), kind="SCHEMA", exists=True))


def drop(layer: str, name: str, kind: str, engine: Engine) -> str:
    """Return the statement that drops a 'VIEW' or a 'TABLE' of a layer if it is there."""
    return engine.text(sge.Drop(this=engine.name(layer, name), kind=kind, exists=True))


def _created(kind: str, layer: str, name: str, query: Tree, engine: Engine) -> str:
    temporary = sge.Properties(expressions=[sge.TemporaryProperty()])
    statement = sge.Create(
        this=engine.name(layer, name),
        kind=kind,
        replace=True,
        expression=query,
        properties=None if engine.keeps(layer) else temporary,
    )
    return engine.text(statement)


def typed(query: Tree, contract: type[Contract], engine: Engine) -> Tree:
    """Return the query with every column cast to the type of the contract.

    Engines widen on their own: a DuckDB sum of BIGINT is a HUGEINT, which Ibis does not see.
    """
    type_of = engine.compiler.type_mapper.from_ibis
    columns = [
        sge.Cast(this=sg.column(name), to=type_of(type_)).as_(name)
        for name, type_ in schema_of(contract).items()
    ]
    return sg.select(*columns).from_(query.subquery("built"))
