"""Whether `diff` sees what the mutants change: the same rows and columns as a comparison in Python.

    make mutants-diff

Each mutant of `mutants.py` is compared with the models as they are, over tables that these have
published: of an invented company, of generated worlds, and of the rows of the models' tests. Of
every table that `diff` compares, all rows of both sides are read and compared here, too. Where
neither finds a difference, the mutant changes no number of these tables.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

# Imported once: every mutant's process is a fork of this one.
import duckdb  # noqa: F401
import ibis
import pandera.ibis  # noqa: F401
import pyarrow.parquet  # noqa: F401

sys.path.insert(0, str(Path(__file__).parents[1]))
from mutation.mutants import Mutant, mutants

if TYPE_CHECKING:
    from cursor_marts.building.comparing import Comparer
    from cursor_marts.building.comparison import Side
    from cursor_marts.building.differences import TableDifference

END = date(2026, 11, 20)
TINY = 1e-9
UNEXPLAINED = "and nobody has said why"
WORLDS = 200
#: Files that change no table of the package.
OF_A_PROJECT = ("own.py", "seeds.py")
#: Of changed lines that change no number of any tables: words of the line, and why.
REASONS = {
    "_.merged.fill_null(0) != _.claimed": "part of a data test",
    "fill_null(0).name(": "part of a data test",
    "_.mart_total != _.other_total": "part of a data test",
    ".agg(**{name: _[name].sum()": "a count is 0 in one of the two parts that are added up",
    '.startswith("revert-")': "the number is read from a branch that begins so",
    "revert_words.HASH, 1).lower()": "no hash begins as an empty one does",
    "evidence=ibis.cases": "no stored table has the evidence",
    "points=(~_.is_reply).sum()": "it is only compared with 0",
    '(name.find(".") < slash)': "two characters are not at one place",
    ".agg(listed_count=_.count(), subject": "it counts where there is one commit",
    ".agg(listed_count=_.commit_hash.nunique())": "a pull request lists a commit once",
    ".distinct()  →": "what is named twice is claimed once",
}
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


def publish(folder: Path) -> None:
    """Publish the tables of a source by the models as they are.

    It is an invented company with many small sources in which goes wrong what goes wrong in real
    ones, and with the rows of the models' tests.
    """
    from mutation.rows_of_tests import add_rows_of_tests
    from support.in_memory import loaded_world
    from support.merged_worlds import merged, some_worlds
    from support.raw_rows import filed

    from cursor_marts.building.run import build_all
    from cursor_marts.simulator import generate

    company = generate(11, end=END, days=60, developers=7)
    backend = loaded_world(merged([company, *some_worlds(WORLDS)]))
    add_rows_of_tests(backend)
    without_data_tests()
    build_all(backend)
    filed(backend, folder)


def verdict(mutant: Mutant, folder: Path) -> str:
    """Return what becomes of a mutant, which is put in place in this process."""
    from mutation.in_place import put_in_place

    from cursor_marts.building.diff import diff_all
    from cursor_marts.errors import CursorMartsError

    disagree = watched()
    without_data_tests()
    try:
        put_in_place(mutant)
        found = diff_all(_connected(folder))
    except CursorMartsError as error:
        return f"REFUSED  {str(error).splitlines()[1].strip()}"
    except Exception:  # of the changed line, as a rule
        return f"REFUSED  {traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()}"
    if disagree:
        return f"WRONG    {'; '.join(disagree)}"
    if not found.differs:
        why = (reason for words, reason in REASONS.items() if words in str(mutant))
        return f"STAYS    {next(why, UNEXPLAINED)}"
    columns = sum(len(table.differing) for table in found.tables)
    return f"SEEN     in {len(found.tables)} tables, {columns} columns"


def without_data_tests() -> None:
    """Let `diff` run no data test from now on: to compile them takes longer than all else."""
    from cursor_marts.building import compiling

    compiling.checks_of = lambda contract: ()  # type: ignore[assignment, attr-defined]


def raw_columns(folder: Path) -> str:
    """Return the columns of the raw tables of a file, as JSON."""
    from cursor_marts.engines.inspection import columns_in
    from cursor_marts.engines.registry import session_of

    return json.dumps(columns_in(session_of(_connected(folder)), "raw"))


def remember_fingerprints(raw: dict[str, dict[str, str]]) -> None:
    """Compile all models once, for the forks of this process; no database is opened in it."""
    from cursor_marts.building.request import _fingerprints, _frozen
    from cursor_marts.models import all_models

    _fingerprints(all_models(), _frozen(raw), "duckdb", "")


def _connected(folder: Path) -> Any:
    return ibis.duckdb.connect(folder / "analytics.duckdb")


def in_fork(work: Callable[[], object], out: Path) -> None:
    """Write what some work returns as text; it is done in a fork of this process."""

    def run() -> None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        out.write_text(str(work()))

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()


def main() -> int:
    """Try the mutants in a random order, as many as fit into the minutes of the first argument."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    until, counts = time.monotonic() + minutes * 60, Counter[str]()
    unexplained = 0
    chosen = [mutant for mutant in mutants() if mutant.file.name not in OF_A_PROJECT]
    Random(20).shuffle(chosen)
    with tempfile.TemporaryDirectory() as parent:
        folder, out = Path(parent), Path(parent) / "out"
        in_fork(partial(publish, folder), out)
        in_fork(partial(raw_columns, folder), out)
        remember_fingerprints(json.loads(out.read_text()))
        for mutant in chosen:
            if time.monotonic() > until:
                break
            out.unlink()
            in_fork(partial(verdict, mutant, folder), out)
            found = out.read_text() if out.exists() else "REFUSED  it cannot be imported"
            counts[found.partition("  ")[0]] += 1
            unexplained += UNEXPLAINED in found
            print(f"{counts.total():>4}  {found:<40}  {mutant}", flush=True)
    print(f"{counts.total()} of {len(chosen)} mutants: {dict(counts)}")
    return 1 if counts["WRONG"] or unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
