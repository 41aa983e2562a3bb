"""make bench: the cost of a build beside dbt, hand-written SQL and the engine itself.

    python benchmarks/bench.py [S,M,L] [TIMES]

Programs that are compared run alternately, each in its own process. A ratio is the median of the
ratios of adjacent runs, so that other load slows both sides. Large sizes run fewer times.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from comparing import compare
from invented import SIZES
from measuring import KEPT, PLACE, Run, in_turns, job, ratio, run
from results import Results

HERE = Path(__file__).parent
ROOT = HERE.parent
DBT = ROOT / ".venv" / "dbt" / "bin" / "dbt"
#: How often a thing runs, if nobody says so: once at L takes a quarter of an hour.
TIMES = {"S": 7, "M": 5, "K": 5, "L": 1}


def main() -> None:
    """Measure the requested sizes; print the table, and store the results so far."""
    sizes = (sys.argv[1] if len(sys.argv) > 1 else "S,M,L").split(",")
    results = Results()
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        for size in sizes:
            times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES[size]
            began = time.monotonic()
            folder = PLACE / size
            shutil.rmtree(folder, ignore_errors=True)
            results.add(size, "inventing the landing", [job("invent", folder)])
            job("load", folder)
            for case in CASES[size]:
                print(f"{size}: {case.__doc__}", file=sys.stderr, flush=True)
                case(size, folder, times, results)
                results.minutes[size] = (time.monotonic() - began) / 60
                (HERE / "RESULTS.md").write_text(results.text())
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
        print(results.text())


def start(size: str, folder: Path, times: int, results: Results) -> None:
    """Compare a cold process of ours with the import of its driver and a connection."""

    def python(code: str) -> Callable[[], Run]:
        return partial(run, [sys.executable, "-c", code])

    things: dict[str, Callable[[], Run]] = {
        "cold transform": transform(folder),
        "import duckdb; connect": python("import duckdb; duckdb.connect()"),
        "--help": partial(run, [sys.executable, "-m", "cursor_marts", "--help"]),
    }
    in_turns(1, things)  # compiles what is imported
    found = in_turns(times, things)
    for name, runs in found.items():
        results.add(size, name, runs.runs)
    ours, driver = found["cold transform"], found["import duckdb; connect"]
    over = ours.median() - driver.median()
    results.goal(f"{size}: cold transform over import duckdb; connect, s", over, most=0.35)
    over = ours.median("cpu") - driver.median("cpu")
    results.goal(f"{size}: the same, CPU s", over)
    results.goal(f"{size}: --help, s", found["--help"].median(), most=0.5)


def against_dbt(size: str, folder: Path, times: int, results: Results) -> None:
    """Compare a whole process of ours with `dbt build`, both with every test."""
    project, database = folder / "dbt", folder / "dbt.duckdb"
    shutil.copy(folder / "analytics.duckdb", database)
    run([sys.executable, HERE / "dbt_project.py", project, database])

    def dbt(*words: str) -> Callable[[], Run]:
        where = ("--profiles-dir", project, "--project-dir", project)
        return partial(run, [DBT, "--no-use-colors", *words, *where], project)

    dbt("parse")()  # compiles what is imported, and leaves a parse cache
    things = {"transform, all tests": transform(folder), "dbt build, warm": dbt("build")}
    cold = dbt("build", "--no-partial-parse")
    if size != "L":
        things["dbt build, cold"] = cold
        things["transform, nothing kept"] = partial(afresh, transform(folder))
    elif times > 1:
        results.add(size, "dbt build, cold", [cold()])
    found = in_turns(times, things)
    for name, runs in found.items():
        results.add(size, name, runs.runs)
    compare(folder / "analytics.duckdb", database, "main_mart")
    ours = found["transform, all tests"].seconds()
    over = ratio(found["dbt build, warm"].seconds(), ours)
    results.goal(f"{size}: dbt (warm) / ours, ×", over, least={"S": 12.0, "L": 2.5}.get(size))
    database.unlink()


def against_hand(size: str, folder: Path, times: int, results: Results) -> None:
    """Compare `build_all` with the marts as hand-written SQL."""
    found = in_turns(
        times,
        {"build_all": partial(job, "build", folder), "by hand": partial(job, "by_hand", folder)},
    )
    ours, theirs = found["build_all"], found["by hand"]
    results.add(size, "build_all, all tests", ours.runs, "whole")
    results.add(size, "build_all, transformation", ours.runs, "build")
    results.add(size, "build_all, tests", ours.runs, "test")
    results.add(size, "the marts by hand", theirs.runs, "build")
    results.add(size, "their tests by hand, a query a table", theirs.runs, "test")
    compare(folder / "analytics.duckdb", folder / "analytics.duckdb", "by_hand")
    made, by_hand = ours.seconds("build"), theirs.seconds("build")
    large = size in ("K", "L")
    most = 1.25 if large else None
    results.goal(f"{size}: transformation / by hand, ×", ratio(made, by_hand), most=most)
    whole = ratio(ours.seconds("whole"), theirs.seconds("whole"))
    results.goal(f"{size}: transformation and tests / by hand, ×", whole)
    cpu = ratio(ours.seconds("cpu"), theirs.seconds("cpu"))
    results.goal(f"{size}: CPU of both processes, ×", cpu, most=1.25 if large else None)
    tested = ratio(ours.seconds("test"), made)
    results.goal(f"{size}: tests / transformation, ×", tested, most=0.25 if large else None)


def loading(size: str, folder: Path, times: int, results: Results) -> None:
    """Compare loading with DuckDB's CREATE TABLE AS, and with views over the files."""
    found = in_turns(
        times, {"load": partial(job, "load", folder), "ctas": partial(job, "ctas", folder)}
    )
    for name, runs in found.items():
        results.add(size, f"{name} of the landing", runs.runs, "whole")
    over = ratio(found["load"].seconds("whole"), found["ctas"].seconds("whole"))
    results.goal(f"{size}: load / CREATE TABLE AS, ×", over, most=1.1)
    ends = in_turns(1, {raw: partial(job, raw, folder) for raw in ("tables", "views")})
    for name, runs in ends.items():
        results.add(size, f"load and transform, raw as {name}", runs.runs, "whole")
    faster = ratio(ends["tables"].seconds("whole"), ends["views"].seconds("whole"))
    results.goal(f"{size}: raw as tables / as views, end to end, ×", faster, least=None)


def in_little_memory(size: str, folder: Path, times: int, results: Results) -> None:
    """Run `build_all` with a memory limit: it must finish, if necessary on disk."""
    for limit in ("4GB", "1GB"):
        results.add(size, f"build_all in {limit}", [job("build", folder, limit)], "whole")


def afresh(process: Callable[[], Run]) -> Run:
    """Run a process with an empty cache."""
    shutil.rmtree(KEPT, ignore_errors=True)
    return process()


def transform(folder: Path) -> Callable[[], Run]:
    """Return a function that runs the command `transform` as a user does."""
    command = [sys.executable, "-m", "cursor_marts", "transform", "--data-dir", str(folder)]
    return partial(run, command)


CASES: dict[str, tuple[Callable[[str, Path, int, Results], None], ...]] = {
    "S": (start, against_dbt),
    "M": (against_dbt, against_hand, loading, in_little_memory),
    "K": (against_hand, in_little_memory),
    "L": (against_hand, against_dbt, in_little_memory, loading),
}
assert CASES.keys() == SIZES.keys()

if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
