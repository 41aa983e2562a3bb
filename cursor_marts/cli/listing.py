"""Prints tables, rows and descriptions for people, as wide as their terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cursor_marts.cli.table import GAP, aligned, print_table, width_of, widths_of
from cursor_marts.cli.text import HANG, laid_out, printable, styled
from cursor_marts.graph.catalog import Entry
from cursor_marts.reporting.column_lineage import by_table
from cursor_marts.reporting.descriptions import DescribedColumn, DescribedTest, Description

if TYPE_CHECKING:
    from cursor_marts.reporting.rows import Found

LONGEST = 60  #: characters of a text that are shown


def print_tables(entries: Iterable[Entry]) -> None:
    """Print a row per table: its name, its layer, and its kind."""
    rows = [(entry.name, entry.layer, entry.kind) for entry in entries]
    print_table(["table", "layer", "kind"], rows, right=())


def print_rows(rows: Found) -> None:
    """Print rows as a table, or each as a record where that is wider than the terminal."""
    names = rows.columns
    cells = [tuple(map(shown, values)) for values in rows.values]
    widths, room = widths_of([names, *cells]), shutil.get_terminal_size().columns
    if sys.stdout.isatty() and width_of(widths) > room:
        _print_records(names, cells)
        _suggest_columns(names, widths, room)
    else:
        print_table(names, cells, rows.numbers)


def _print_records(names: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    if not cells:
        print("no rows")
    (longest,) = widths_of([(name,) for name in names])
    margin = longest + 2 * GAP
    for number, row in enumerate(cells, 1):
        print(styled(f"row {number}", bold=True))
        for line in aligned([(f"  {name}", text) for name, text in zip(names, row, strict=True)]):
            _print_text(line, hang=" " * margin)


def _suggest_columns(names: Sequence[str], widths: Sequence[int], room: int) -> None:
    """Print on stderr the option that selects as many first columns as fit on the terminal."""
    lines = [
        f"→ for a table that fits: --columns {','.join(names[:number])}"
        for number in range(1, len(names) + 1)
        if width_of(widths[:number]) <= room
    ]
    short = [line for line in lines if len(line) <= room]
    if short:
        print(short[-1], file=sys.stderr)


def print_description(table: Description) -> None:
    """Print the description of a table, then each column, then its tests."""
    print(f"{styled(table.name, bold=True)} ({table.layer}, {table.kind})")
    if said := f"{table.meaning} {table.made}".strip():
        _print_text(said, hang="")
    for word, text in _facts(table):
        _print_text(f"{word:<12}{text}", hang=" " * 12)
    for column in table.columns:
        _print_column(column)
    if table.tests:
        print("\ntests")
    for test in table.tests:
        colon = ":" if test.description else ""
        _print_text(f"{test.name}{colon} {_says(test)}".rstrip(), indent="  ")


def _print_text(text: str, *, indent: str = "", hang: str = HANG) -> None:
    print(laid_out(text, sys.stdout, indent=indent, hang=hang))


def _facts(table: Description) -> list[tuple[str, str]]:
    places = [f"{schema}.{table.name} ({name})" for name, schema in table.schemas.items() if schema]
    raw = table.layer == "raw"
    keyless = "none: the source may send duplicates" if raw else "no key is declared"
    return [
        ("grain", ", ".join(table.grain) or keyless),
        ("where", ", ".join(places) or "not stored"),
        ("upstream", ", ".join(table.upstream) or "the source"),
        ("downstream", ", ".join(table.downstream) or "none"),
    ]


def _print_column(column: DescribedColumn) -> None:
    facts = [*dict.fromkeys(column.types.values()), column.unit]
    told = styled(", ".join(fact for fact in facts if fact), colour="cyan")
    print(f"\n{column.name}  {told}")
    tests = "; ".join(_says(test).removeprefix(f"{column.name} is ") for test in column.tests)
    _print_text(column.description, indent="  ", hang="")
    if column.comes_from:
        _print_text(f"from: {by_table(column.comes_from)}", indent="  ", hang="")
    if tests:
        _print_text(f"tests: {tests}", indent="  ", hang="")


def _says(test: DescribedTest) -> str:
    warn = " (warns)" if test.severity == "warn" else ""
    return (test.description.removesuffix(".") + warn).strip()


def shown(value: Any) -> str:
    """Return a value as one cell: one line, without control characters."""
    if value is None:
        return "NULL"
    if isinstance(value, float):
        return f"{value:,.3f}"
    text = printable(str(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
