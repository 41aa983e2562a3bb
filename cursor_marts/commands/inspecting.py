"""Inspecting tables without a database: their list, lineage and descriptions."""

from __future__ import annotations

from cursor_marts.commands.cached import column_lineage, description, tables
from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import DescribeOptions, LineageOptions, LsOptions
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.schemas import schemas_of
from cursor_marts.errors import UsageError
from cursor_marts.graph.catalog import Entry
from cursor_marts.graph.column_lineage import place_of
from cursor_marts.graph.layers import LAYERS
from cursor_marts.graph.selection import selected, unknown
from cursor_marts.graph.words import depends_on_state
from cursor_marts.reporting.column_lineage import ColumnLineage
from cursor_marts.reporting.descriptions import Description
from cursor_marts.reporting.lineage import Lineage


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
        found = selected(tables(), options.select, options.exclude, modified)
    in_layer = tuple(entry for entry in found if layer in (None, entry.layer))
    if not in_layer:
        raise UsageError(f"nothing is selected in layer {layer}", hint="leave out --layer")
    return in_layer


def _modified(options: LsOptions) -> tuple[str, ...] | None:
    """Return what `state:modified` selects; None where that is not selected."""
    if not depends_on_state(options.select, options.exclude):
        return None
    from cursor_marts.building.request import Request
    from cursor_marts.commands.settings import Settings

    with Settings.of(options).engine.reading() as session:
        return Request.of("build", None, options.select, options.exclude).resolved(session).modified


@accepts(LineageOptions)
def lineage(options: LineageOptions) -> Lineage | ColumnLineage:
    """Return the tables and which reads which: `print(lineage("+mart_quality").text())`.

    With `column="mart_quality.revert_rate"`, return the raw columns that one column comes from,
    step by step; with `downstream`, what reads it. `text()` is a tree, `mermaid()` a flowchart.
    Raises UsageError for a name that fits nothing.
    """
    with files_of(options):
        entries = tables()
        if options.column is None:
            return Lineage(selected(entries, options.select, options.exclude))
        place, downstream = place_of(entries, options.column), options.downstream
        return column_lineage(entries, place, downstream=downstream)


@accepts(DescribeOptions)
def describe(options: DescribeOptions) -> Description:
    """Return what a table means: grain, columns with types and units, tests, up- and downstream.

    Raises UsageError for a name that is none.
    """
    with files_of(options):
        return description(options.model, schemas_of(options))
