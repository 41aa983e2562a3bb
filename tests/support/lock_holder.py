"""A database file that another process has open."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


@contextmanager
def held(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Open the file in another process until the context ends."""
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "1\n"
    try:
        yield holder
    finally:
        holder.communicate("\n")


def wait_until_held(database: Path, seconds: float = 30.0) -> None:
    """Wait until another process has the file open. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            duckdb.connect(str(database), read_only=True).close()
        except duckdb.IOException:
            return
        time.sleep(0.05)
    raise TimeoutError(database)
