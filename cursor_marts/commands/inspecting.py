"""Reading tables: their list, rows, SQL, lineage and descriptions."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cursor_marts.commands.database import connected
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import (
    ArtifactsOptions,
    DescribeOptions,
    LineageOptions,
    LsOptions,
    ShowOptions,
    SqlOptions,
)
from cursor_marts.commands.project import target_of
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.schemas import schemas_of
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.dialect import DIALECTS, Dialect
from cursor_marts.engines.names import names_of
from cursor_marts.errors import NextCommand, UsageError
from cursor_marts.graph.catalog import Catalog, Entry, catalog
from cursor_marts.graph.column_lineage import place_of
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.selection import entry_of, selected, unknown
from cursor_marts.graph.words import depends_on_state, selectors
from cursor_marts.models import all_models
from cursor_marts.reporting.column_lineage import ColumnLineage
from cursor_marts.reporting.database import rows
from cursor_marts.reporting.describing import Description, described
from cursor_marts.reporting.lineage import Lineage
from cursor_marts.reporting.published import published_rows


@accepts(LsOptions)
def ls(options: LsOptions) -> tuple[Entry, ...]:
    """List tables in build order: raw ones and models, each with what it reads.

    `state:modified` is what was published by other SQL in the database of the target. Raises
    UsageError for a name that fits nothing, and where nothing is left.
    """
    layer = options.layer
    if layer is not None and layer not in LAYERS:
        raise unknown(f"layer {layer!r}", layer, LAYERS)
    with files_of(options):
        modified = _modified(options)
        if modified == ():
            return ()
        found = selected(catalog(all_models()), options.select, options.exclude, modified)
    in_layer = tuple(entry for entry in found if layer in (None, entry.layer))
    if not in_layer:
        raise UsageError(f"nothing is selected in layer {layer}", hint="leave out --layer")
    return in_layer


def _modified(options: LsOptions) -> tuple[str, ...] | None:
    """Return what `state:modified` selects; None where that is not selected."""
    if not depends_on_state(options.select, options.exclude):
        return None
    from cursor_marts.building.request import Request

    with Settings.of(options).engine.reading() as session:
        return Request.of("build", None, options.select, options.exclude).resolved(session).modified


@accepts(ShowOptions)
def show(options: ShowOptions) -> pa.Table:
    """Return rows of a table as it is published, as an Arrow table; `limit=None` for all.

    `show("mart_velocity", where="total_prs > 9", order_by="week DESC").to_pandas()`: `where` and
    `order_by` are SQL over its columns, `columns` the ones to return ("week,total_prs", or a list).
    Unless ordered otherwise, the newest rows come first.
    The database of the target is opened for reading, and closed at once. Raises UsageError for an
    expression that cannot be evaluated, an unknown column or a table that is not stored,
    DatabaseError and DatabaseLocked.
    """
    chosen: dict[str, Any] = {
        name: getattr(options, name) for name in ("columns", "where", "order_by", "limit")
    }
    if target_of(options).type != "duckdb":
        with files_of(options), Settings.of(options).engine.reading() as session:
            return published_rows(session, options.model, **chosen)
    with files_of(options), connected(options) as database:
        return rows(database, options.model, **chosen)


@accepts(SqlOptions)
def sql(options: SqlOptions) -> str:
    """Return the SELECT behind a model as an engine runs it, on built tables.

    `dialect` is `duckdb` or `snowflake`, else that of the target. Of several models, each is
    headed by its name. A table that is not stored after a build is written out within. Raises
    UsageError for a name that no table has, a raw table, or another dialect.
    """
    spoken = dialect_of(options)
    if spoken not in DIALECTS:
        raise UsageError(
            f"there is no dialect {spoken!r}", hint=f"use one of: {', '.join(DIALECTS)}"
        )
    dialect = DIALECTS[spoken].with_names(names_of(spoken, schemas_of(options))).unqualified()
    named = (options.model, options.select)
    with files_of(options):
        entries = catalog(all_models())
        chosen = selected(
            entries, [word for each in named for word in selectors(each)], options.exclude
        )
        models = [entry.model for entry in chosen if entry.model]
        if not models:
            raise UsageError(
                f"{chosen[0].name} is a raw table: it is loaded, and no SQL makes it",
                hint="name a model; list all of them",
                next_command=NextCommand("ls"),
            )
        tables = written_out(entries, dialect)
        texts = {made.name: dialect.select(made, tables, pretty=True) for made in models}
    if len(texts) == 1:
        return texts[models[0].name] + "\n"
    return "\n".join(f"-- {name}\n{text};\n" for name, text in texts.items())


def dialect_of(options: SqlOptions | ArtifactsOptions) -> str:
    """Return the dialect that options name, else that of their target."""
    return options.dialect or target_of(options).type


def written_out(entries: Catalog, dialect: Dialect) -> Tables:
    """Return every table by contract; one that is not stored is its own expression."""
    models: tuple[Model, ...] = tuple(entry.model for entry in entries.values() if entry.model)
    tables = dialect.tables(models)
    for made in models:
        if dialect.names.paths[made.layer] is None:
            tables[made.contract] = made.over(tables)
    return tables


@accepts(LineageOptions)
def lineage(options: LineageOptions) -> Lineage | ColumnLineage:
    """Return the tables and which reads which: `print(lineage("+mart_quality").text())`.

    With `column="mart_quality.revert_rate"`, return the raw columns that one column comes from,
    step by step; with `downstream`, what reads it. `text()` is a tree, `mermaid()` a flowchart.
    Raises UsageError for a name that fits nothing.
    """
    with files_of(options):
        entries = catalog(all_models())
        if options.column is None:
            return Lineage(selected(entries, options.select, options.exclude))
        return ColumnLineage(entries, place_of(entries, options.column), options.downstream)


@accepts(DescribeOptions)
def describe(options: DescribeOptions) -> Description:
    """Return what a table means: grain, columns with types and units, tests, up- and downstream.

    Raises UsageError for a name that is none.
    """
    with files_of(options):
        entries = catalog(all_models())
        return described(entries, entry_of(entries, options.model), schemas_of(options))
