"""Rows as columns of text, aligned by the cells that a terminal needs for each character."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, repeat

from rich.cells import cell_len

from cursor_marts.cli.text import styled

GAP = 2


def print_table(
    names: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[str] | None = None
) -> None:
    """Print rows under the bold names of their columns.

    The columns `right`, without which these are all but the first one, are aligned to the right.
    """
    to_right = [name in (names[1:] if right is None else right) for name in names]
    lines = aligned([names, *rows], to_right)
    print("\n".join([styled(next(lines), bold=True), *lines]))


def aligned(rows: Sequence[Sequence[str]], to_right: Sequence[bool] = ()) -> Iterator[str]:
    """Yield rows as lines; a row may lack its last cells."""
    widths = widths_of(rows)
    for row in rows:
        cells = (
            _padded(text, width - cell_len(text), right)
            for text, width, right in zip(row, widths, chain(to_right, repeat(False)), strict=False)
        )
        yield (" " * GAP).join(cells).rstrip()


def _padded(text: str, cells: int, to_right: bool) -> str:
    return f"{' ' * cells}{text}" if to_right else f"{text}{' ' * cells}"


def widths_of(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how many cells of a terminal each column needs."""
    columns = range(max(map(len, rows)))
    return [max(cell_len(row[n]) for row in rows if n < len(row)) for n in columns]


def width_of(widths: Iterable[int]) -> int:
    """Return how many cells columns of such widths need beside each other."""
    return sum(width + GAP for width in widths) - GAP
