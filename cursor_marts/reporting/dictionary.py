"""The generated pages of documentation: the data dictionary and the lineage.

`python -m cursor_marts.reporting.dictionary docs` writes them into a folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from cursor_marts.graph.catalog import Catalog, catalog
from cursor_marts.graph.layers import LAYERS
from cursor_marts.models import all_models
from cursor_marts.reporting.describing import described
from cursor_marts.reporting.descriptions import DescribedColumn, Description
from cursor_marts.reporting.lineage import Lineage

GENERATED = "<!-- Written from the contracts by `make docs`: change those, not this page. -->"


def pages() -> dict[str, str]:
    """Return file name → text of every generated page."""
    entries = catalog(all_models())
    return {
        "dictionary.md": "\n".join(_dictionary(entries)) + "\n",
        "lineage.md": "\n".join(_lineage(entries)) + "\n",
    }


def write(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


def _dictionary(entries: Catalog) -> Iterator[str]:
    yield "# Data dictionary"
    yield f"\n{GENERATED}\n"
    yield "Every table and every column: type, unit, meaning, data tests. Times are in UTC,"
    yield "without zone. A mean, a share or a duration that is unknown is NULL, never 0. Tests"
    yield "marked *warn* are counted and shown; all others stop a build from being published."
    for layer in reversed(list(LAYERS)):
        yield f"\n## {layer}\n\n{LAYERS[layer].meaning}\n"
        names = [entry.name for entry in entries.values() if entry.layer == layer]
        yield from (f"- [{name}](#{name}): {entries[name].meaning}" for name in names)
        for name in names:
            yield from _table(described(entries, entries[name]))


def _table(table: Description) -> Iterator[str]:
    yield f"\n### {table.name}\n\n{f'{table.meaning} {table.made}'.strip()}\n"
    yield f"- Where: {_where(table)}"
    raw = table.layer == "raw"
    keyless = "see above; the source may send duplicates" if raw else "no key is declared"
    yield f"- One row per: {_names(table.grain) or keyless}"
    if table.upstream:
        yield f"- Reads: {_links(table.upstream)}"
    yield f"- Read by: {_links(table.downstream) or 'people'}\n"
    yield "| column | DuckDB | Snowflake | unit | meaning | tests |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(column) for column in table.columns)
    if table.tests:
        yield "\n| test | means |\n|---|---|"
        for test in table.tests:
            mark = " *warn*" if test.severity == "warn" else ""
            yield f"| `{test.name}`{mark} | {_cell(test.description)} |"


def _where(table: Description) -> str:
    duckdb, snowflake = table.schemas["duckdb"], table.schemas["snowflake"]
    if duckdb is None or snowflake is None:
        return "not stored"
    in_snowflake = f"{snowflake}.{table.name}".upper()
    return f"`{duckdb}.{table.name}` (DuckDB), `{in_snowflake}` (Snowflake)"


def _row(column: DescribedColumn) -> str:
    rules = [test.description.removeprefix(f"{column.name} is ") for test in column.tests]
    warn = " *warn*" if any(test.severity == "warn" for test in column.tests) else ""
    cells = (
        f"`{column.name}`",
        column.types["duckdb"],
        column.types["snowflake"],
        column.unit,
        column.description,
        "; ".join(rule.removesuffix(".") for rule in rules) + warn,
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _links(names: tuple[str, ...]) -> str:
    return ", ".join(f"[{name}](#{name})" for name in names)


def _lineage(entries: Catalog) -> Iterator[str]:
    yield "# Lineage"
    yield f"\n{GENERATED}\n"
    yield "An arrow goes from a table to a table that reads it, according to the signatures of the"
    yield "models. The [data dictionary](dictionary.md) describes each table."
    yield f"\n```mermaid\n{Lineage(tuple(entries.values())).mermaid()}```"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
