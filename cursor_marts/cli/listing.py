"""Prints tables, rows and descriptions for people, as wide as their terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cursor_marts.cli.screen import Screen
from cursor_marts.cli.text import HANG, laid_out, printable
from cursor_marts.graph.catalog import Entry
from cursor_marts.reporting.column_lineage import by_table
from cursor_marts.reporting.descriptions import DescribedColumn, DescribedTest, Description

if TYPE_CHECKING:
    from cursor_marts.reporting.rows import Found

LONGEST = 60  #: characters of a text that are shown
GAP = 2


def print_tables(entries: Iterable[Entry]) -> None:
    """Print a row per table: its name, its layer, and its kind."""
    rows = [(entry.name, entry.layer, entry.kind) for entry in entries]
    _console().print(_table(["table", "layer", "kind"], rows, right=()))


def print_rows(rows: Found) -> None:
    """Print rows as a table, or each as a record where that is wider than the terminal."""
    console = _console()
    names = rows.columns
    cells = [tuple(map(shown, values)) for values in rows.values]
    widths = [max(cell_len(text) for text in column) for column in zip(names, *cells, strict=True)]
    width = sum(widths) + GAP * len(widths)
    if console.is_terminal and width > console.width:
        _print_records(console, names, cells)
        _suggest_columns(names, widths, console.width)
        return
    console.width = max(width, console.width)
    console.print(_table(names, cells, rows.numbers))


def _print_records(console: Console, names: list[str], cells: list[tuple[str, ...]]) -> None:
    if not cells:
        console.print("no rows")
    for number, row in enumerate(cells, 1):
        console.print(Text(f"row {number}", style="bold"))
        grid = Table.grid(padding=(0, GAP, 0, 0))
        for name, text in zip(names, row, strict=True):
            grid.add_row(f"  {name}", Text(text))
        console.print(grid)


def _suggest_columns(names: list[str], widths: list[int], room: int) -> None:
    """Print on stderr the option that selects as many first columns as fit on the terminal."""
    lines = [
        f"→ for a table that fits: --columns {','.join(names[:number])}"
        for number in range(1, len(names) + 1)
        if sum(widths[:number]) + GAP * number <= room
    ]
    short = [line for line in lines if len(line) <= room]
    if short:
        _console(stderr=True).print(short[-1])


def print_description(table: Description) -> None:
    """Print the description of a table, then each column, then its tests."""
    console = _console()
    console.print(Text(table.name, style="bold"), Text(f"({table.layer}, {table.kind})"))
    if said := f"{table.meaning} {table.made}".strip():
        _print_text(console, said, hang="")
    for word, text in _facts(table):
        _print_text(console, f"{word:<12}{text}", hang=" " * 12)
    for column in table.columns:
        _print_column(console, column)
    if table.tests:
        console.print("\ntests")
    for test in table.tests:
        colon = ":" if test.description else ""
        _print_text(console, f"{test.name}{colon} {_says(test)}".rstrip(), indent="  ")


def _print_text(console: Console, text: str, *, indent: str = "", hang: str = HANG) -> None:
    console.print(laid_out(text, console.file, indent=indent, hang=hang), soft_wrap=True)


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


def _print_column(console: Console, column: DescribedColumn) -> None:
    facts = [*dict.fromkeys(column.types.values()), column.unit]
    console.print(
        Text.assemble(f"\n{column.name}  ", (", ".join(fact for fact in facts if fact), "cyan"))
    )
    tests = "; ".join(_says(test).removeprefix(f"{column.name} is ") for test in column.tests)
    _print_text(console, column.description, indent="  ", hang="")
    if column.comes_from:
        _print_text(console, f"from: {by_table(column.comes_from)}", indent="  ", hang="")
    if tests:
        _print_text(console, f"tests: {tests}", indent="  ", hang="")


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


def _console(*, stderr: bool = False) -> Console:
    return Screen(stderr=stderr, highlight=False, markup=False, emoji=False)


def _table(names: list[str], rows: Iterable[tuple[str, ...]], right: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, no_wrap=True, justify="right" if name in right else "left")
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    return table
