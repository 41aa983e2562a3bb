"""A model over a few given rows, for a test of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from cursor_marts.commands.options.by_command import LsOptions
from cursor_marts.commands.reference import files_of
from cursor_marts.contracts import Contract, schema_of
from cursor_marts.errors import UsageError, did_you_mean
from cursor_marts.graph.catalog import Catalog, catalog
from cursor_marts.graph.selection import entry_of
from cursor_marts.models import all_models
from cursor_marts.models.seeds import Seed

#: The rows of a table, each column → value.
Given = Iterable[Mapping[str, Any]]


def run_model(
    name: str, rows: Mapping[str, Given] | None = None, *, project: str | Path | None = None
) -> pa.Table:
    """Return what a model makes of a few rows, by name of the table that it reads.

    `run_model("mart_authors", {"int_pr_with_commits": [{"merged_at": …}]})`: a column that is not
    given is NULL, a table that is not given has no rows, and a seed has those of its file. Raises
    UsageError for a table that the model does not read, and for a column that it does not have.
    """
    with files_of(LsOptions(project=project)):
        entries = catalog(all_models())
        model = entry_of(entries, name).model
        if model is None:
            raise UsageError(f"{name} is a raw table: no model makes it", hint="name a model")
        given = dict(rows or {})
        tables = {
            contract: _table(entries, table, contract, given)
            for table, contract in zip(entries[model.name].reads, model.reads.values(), strict=True)
        }
        if given:
            hint = f"it reads {', '.join(entries[model.name].reads) or 'no table'}"
            raise UsageError(f"{model.name} does not read {', '.join(given)}", hint=hint)
        made = model.over(tables).cast(schema_of(model.contract))
        return ibis.duckdb.connect().to_pyarrow(made)


def _table(
    entries: Catalog, name: str, contract: type[Contract], given: dict[str, Given]
) -> ir.Table:
    """Return a table of the given rows, which it takes out of them."""
    model = entries[name].model
    if isinstance(model, Seed) and name not in given:
        return model()
    rows = [dict(row) for row in given.pop(name, ())]
    schema = schema_of(contract)
    for column in {column for row in rows for column in row if column not in schema}:
        meant = did_you_mean(column, schema)
        raise UsageError(f"{name} has no column {column!r}", hint=meant or "leave it out")
    types = ibis.schema({name: type_.copy(nullable=True) for name, type_ in schema.items()})
    return ibis.memtable(pa.Table.from_pylist(rows, schema=types.to_pyarrow()), schema=types)
