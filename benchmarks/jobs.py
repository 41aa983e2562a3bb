"""Measured jobs, each in its own process: python jobs.py JOB FOLDER [MEMORY LIMIT].

A job prints the seconds of its parts as JSON, without the start of Python and the imports. The
caller measures the whole process.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RAW = ("repos", "commits", "pull_requests", "pull_request_commits", "reviews", "review_comments")
Seconds = dict[str, float]


def build(folder: Path, memory: str | None) -> Seconds:
    """Build and test everything, compiled before as for a command; publishing is building."""
    from cursor_marts.building.cache import on_disk
    from cursor_marts.building.run import build_all
    from cursor_marts.engines.duckdb.connection import opened

    with opened(folder / "analytics.duckdb") as connection:
        if memory:
            connection.execute(f"SET memory_limit = '{memory}'")
        began = time.perf_counter()
        with on_disk():
            report = build_all(connection)
        whole = time.perf_counter() - began
    tested = sum(result.test_seconds for result in report.models)
    return {"whole": whole, "build": whole - tested, "test": tested}


def by_hand(folder: Path, memory: str | None) -> Seconds:
    """Execute the hand-written SQL, then its tests, and then drop the intermediate tables."""
    connection = _connected(folder, memory)
    making, _, dropping = (HERE / "handwritten.sql").read_text().partition("-- All is made.\n")
    began = time.perf_counter()
    connection.execute(making)
    made = time.perf_counter()
    for query in connection.extract_statements((HERE / "handwritten_tests.sql").read_text()):
        connection.execute(query).fetchall()
    tested = time.perf_counter()
    connection.execute(dropping)
    dropped = time.perf_counter()
    build, test = made - began + dropped - tested, tested - made
    return {"whole": build + test, "build": build, "test": test}


def load(folder: Path, memory: str | None) -> Seconds:
    """Load the landing into raw tables of a new file."""
    from cursor_marts.engines.duckdb.connection import opened
    from cursor_marts.engines.duckdb.loading import load as load_landing
    from cursor_marts.engines.duckdb.publisher import transaction
    from cursor_marts.engines.duckdb.session import DuckDBSession

    (folder / "analytics.duckdb").unlink(missing_ok=True)
    began = time.perf_counter()
    with opened(folder / "analytics.duckdb") as connection:
        session = DuckDBSession(connection)
        with transaction(session):
            load_landing(folder / "raw", session)
    return {"whole": time.perf_counter() - began}


def ctas(folder: Path, memory: str | None) -> Seconds:
    """Load the same files with DuckDB's own CREATE TABLE AS."""
    file = folder / "ctas.duckdb"
    file.unlink(missing_ok=True)
    began = time.perf_counter()
    connection = _connected(folder, memory, file.name)
    for name in RAW:
        path = folder / "raw" / f"{name}.parquet"
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
    connection.close()
    whole = time.perf_counter() - began
    file.unlink()
    return {"whole": whole}


def views(folder: Path, memory: str | None) -> Seconds:
    """Load the landing as views over its files; build and test everything."""
    from cursor_marts.commands.pipeline import run_load, run_transform
    from cursor_marts.commands.settings import Settings

    began = time.perf_counter()
    settings = Settings.read(data_dir=folder, raw="view", environ={})
    run_load(settings)
    run_transform(settings)
    return {"whole": time.perf_counter() - began}


def tables(folder: Path, memory: str | None) -> Seconds:
    """Load the landing as tables; build and test everything."""
    from cursor_marts.commands.pipeline import run_load, run_transform
    from cursor_marts.commands.settings import Settings

    began = time.perf_counter()
    settings = Settings.read(data_dir=folder, environ={})
    run_load(settings)
    run_transform(settings)
    return {"whole": time.perf_counter() - began}


def invent(folder: Path, memory: str | None) -> Seconds:
    """Write the invented landing whose size is the name of the folder."""
    from invented import SIZES
    from invented import invent as write_landing

    began = time.perf_counter()
    write_landing(SIZES[folder.name], folder / "raw")
    return {"whole": time.perf_counter() - began}


def _connected(folder: Path, memory: str | None, name: str = "analytics.duckdb") -> Any:
    import duckdb

    connection = duckdb.connect(str(folder / name))
    connection.execute("SET TimeZone = 'UTC'")
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'")
    return connection


JOBS: dict[str, Callable[[Path, str | None], Seconds]] = {
    "build": build,
    "by_hand": by_hand,
    "load": load,
    "ctas": ctas,
    "views": views,
    "tables": tables,
    "invent": invent,
}

if __name__ == "__main__":
    job, place, *limit = sys.argv[1:]
    print(json.dumps(JOBS[job](Path(place), limit[0] if limit else None)))
