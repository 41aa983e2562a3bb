"""Files that catalogues, lineage viewers and orchestrators read, in dbt's formats."""

from __future__ import annotations

import json
from pathlib import Path

from cursor_marts.commands.options.accepting import accepts
from cursor_marts.commands.options.by_command import ArtifactsOptions
from cursor_marts.commands.queries import dialect_of, written_out
from cursor_marts.commands.reference import files_of
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.dialect import DIALECTS
from cursor_marts.engines.names import names_of
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.models import all_models
from cursor_marts.reporting.artifacts import catalog_file, manifest
from cursor_marts.reporting.files import write_whole


@accepts(ArtifactsOptions)
def artifacts(options: ArtifactsOptions) -> tuple[Path, ...]:
    """Write manifest.json and catalog.json into the data folder; return their paths.

    They are in dbt's formats, as run_results.json is, and need no database. Raises ContractError,
    and OSError if a file cannot be written.
    """
    settings = Settings.of(options)
    spoken = dialect_of(options)
    dialect = DIALECTS[spoken].with_names(names_of(spoken, settings.schemas))
    folder = settings.data_dir
    with files_of(options):
        check_contracts(all_models())
        entries = catalog(all_models())
        tables = written_out(entries, dialect.unqualified())
        found = {
            "manifest.json": manifest(entries, dialect, tables),
            "catalog.json": catalog_file(entries, dialect),
        }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        write_whole(json.dumps(content) + "\n", folder / name)
    return tuple(folder / name for name in found)
