"""Whether `diff` sees what the mutants change: the same rows and columns as a comparison in Python.

    make mutants-diff

Each mutant of `mutants.py` is compared with the models as they are, over an invented company whose
tables these have published. Of every table that `diff` compares, all rows of both sides are read
and compared here, too. Where neither finds a difference, the mutant changes no number of that
company.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

# Imported once: every mutant's process is a fork of this one.
import duckdb  # noqa: F401
import ibis  # noqa: F401
import pandera.ibis  # noqa: F401
import pyarrow.parquet  # noqa: F401

sys.path.insert(0, str(Path(__file__).parents[1]))
from mutation.mutants import PACKAGE, ROOT, Mutant, mutants

if TYPE_CHECKING:
    from cursor_marts.building.comparing import Comparer
    from cursor_marts.building.comparison import Side
    from cursor_marts.building.differences import TableDifference

END = date(2026, 11, 20)
TINY = 1e-9
#: Rows only here and only there, and of each column how many rows differ.
Said = tuple[int, int, dict[str, int]]


def said_by_diff(table: TableDifference) -> Said:
    """Return what `diff` says of a table, but for what differs by a rounding."""
    columns = {column.column: column.rows - column.tiny for column in table.differing}
    return table.only_here, table.only_there, columns


def said_by_python(comparer: Comparer, layer: str, name: str) -> Said:
    """Return the same by all rows of both sides."""
    from cursor_marts.contracts import declared

    key = declared(comparer.contracts[name]).unique or []
    sides = [side.side(layer, name) for side in (comparer.here, comparer.there)]
    here, there = (_rows(comparer, side, key) for side in sides)
    common = here.keys() & there.keys()
    columns = Counter(
        column
        for row in common
        for column, value in here[row].items()
        if _differ(value, there[row][column])
    )
    return len(here) - len(common), len(there) - len(common), dict(columns)


def _rows(comparer: Comparer, side: Side | None, key: list[str]) -> dict[Any, dict[str, Any]]:
    """Return the rows by their key; several rows of one key are numbered."""
    assert side is not None
    cursor: Any = comparer.session.execute(f"FROM {side.name} ORDER BY ALL")
    rows = cursor.to_arrow_table().to_pylist()
    seen: Counter[Any] = Counter()
    found = {}
    for row in rows:
        of_key = tuple(row[name] for name in key)
        seen[of_key] += 1
        found[*of_key, seen[of_key]] = row
    return found


def _differ(one: Any, other: Any) -> bool:
    """Return whether two values differ by more than a rounding."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) > TINY * max(abs(one), abs(other))
    return bool(one != other)


def watched() -> list[str]:
    """Compare in Python whatever `diff` compares from now on; return where the two disagree."""
    from cursor_marts.building.comparing import Comparer

    compare, disagree = Comparer.compare, []

    def both(comparer: Comparer, layer: str, name: str) -> TableDifference:
        table = compare(comparer, layer, name)
        mine, its = said_by_python(comparer, layer, name), said_by_diff(table)
        if mine != its:
            disagree.append(f"{name}: diff says {its}, the rows {mine}")
        return table

    Comparer.compare = both  # type: ignore[method-assign, assignment]
    return disagree


def build(folder: Path) -> None:
    """Publish the tables of an invented company by the models as they are."""
    from support.in_memory import built_world
    from support.raw_rows import filed

    from cursor_marts.simulator import generate

    filed(built_world(generate(11, end=END, days=60, developers=7)), folder)


def verdict(folder: Path) -> str:
    """Return what becomes of the mutant that is imported."""
    import cursor_marts
    from cursor_marts.errors import CursorMartsError

    disagree = watched()
    try:
        found = cursor_marts.diff(data_dir=folder)
    except CursorMartsError as error:
        return f"REFUSED  {str(error).splitlines()[0]}"
    if disagree:
        return f"WRONG    {'; '.join(disagree)}"
    if not found.differs:
        return "NUMBERS STAY"
    columns = sum(len(table.differing) for table in found.tables)
    return f"SEEN     in {len(found.tables)} tables, {columns} columns"


def in_process(mutant: Mutant | None, folder: Path) -> str:
    """Return the verdict on a mutant, or build by the package as it is, in a process of its own."""
    with tempfile.TemporaryDirectory() as copied:
        shutil.copytree(ROOT / PACKAGE, Path(copied) / PACKAGE)
        if mutant is not None:
            file = Path(copied) / mutant.file.relative_to(ROOT)
            lines = file.read_text().splitlines()
            lines[mutant.line - 1] = mutant.after
            file.write_text("\n".join(lines) + "\n")
        out = Path(copied) / "verdict"
        run = multiprocessing.get_context("fork").Process(
            target=_run, args=(copied, folder, out, mutant is None)
        )
        run.start()
        run.join()
        return out.read_text() if out.exists() else "REFUSED  it cannot be imported"


def _run(copied: str, folder: Path, out: Path, builds: bool) -> None:
    sys.path.insert(0, copied)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    if builds:
        build(folder)
    else:
        out.write_text(verdict(folder))


def main() -> int:
    """Try the mutants in a random order, as many as fit into the minutes of the first argument."""
    assert PACKAGE not in sys.modules, "the package would be compared as it is"
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    until, counts = time.monotonic() + minutes * 60, Counter[str]()
    chosen = list(mutants())
    Random(20).shuffle(chosen)
    with tempfile.TemporaryDirectory() as folder:
        in_process(None, Path(folder))
        for mutant in chosen:
            if time.monotonic() > until:
                break
            found = in_process(mutant, Path(folder))
            counts[found.partition("  ")[0]] += 1
            print(f"{sum(counts.values()):>4}  {found:<40}  {mutant}", flush=True)
    print(f"{sum(counts.values())} of {len(chosen)} mutants: {dict(counts)}")
    return 1 if counts["WRONG"] else 0


if __name__ == "__main__":
    sys.exit(main())
