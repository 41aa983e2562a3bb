"""The SQL of models."""

from __future__ import annotations

from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ArtifactsOptions, SqlOptions
from cursor_marts.commands.project import target_of
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.schemas import schemas_of
from cursor_marts.engines.dialect import DIALECTS, Dialect
from cursor_marts.engines.names import names_of
from cursor_marts.errors import NextCommand, UsageError
from cursor_marts.graph.catalog import Catalog, catalog
from cursor_marts.graph.definition import Model, Tables
from cursor_marts.graph.selection import selected
from cursor_marts.graph.words import selectors
from cursor_marts.models import all_models


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
