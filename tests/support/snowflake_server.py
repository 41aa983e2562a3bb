"""The Snowflake emulator for tests: a server process, and databases of their own in it."""

from __future__ import annotations

import itertools
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import ibis
import pyarrow.parquet as pq

from cursor_marts.engines.snowflake.account import Account
from cursor_marts.engines.snowflake.connection import opened
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.manifest import Manifest, Tally
from cursor_marts.raw.window import Window
from support.raw_rows import REPO, as_arrow

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".fakesnow" / "bin" / "python"
MOMENT = datetime(2026, 9, 8, 1)
numbers = itertools.count(1)


@contextmanager
def emulator(latency: float = 0.0) -> Iterator[str]:
    """Start the server on a free port, give its address, and stop it in the end.

    Each statement waits for the seconds of the latency, as on its way to the service.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = str(Path(__file__).with_name("snowflake_emulator.py"))
    command = [str(PYTHON), script, str(port), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}", server)
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as the server answers."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(f"{url}/seen")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the emulator does not answer: make .fakesnow/stamp")


def variables(address: str, database: str | None = None) -> dict[str, str]:
    """Return the environment of somebody who works on a database; a new one if none is named."""
    host, _, port = address.partition(":")
    return {
        "SNOWFLAKE_ACCOUNT": "acme-eu",
        "SNOWFLAKE_USER": "loader",
        "SNOWFLAKE_PASSWORD": "hush-hush",
        "SNOWFLAKE_HOST": host,
        "SNOWFLAKE_PORT": port,
        "SNOWFLAKE_PROTOCOL": "http",
        "SNOWFLAKE_DATABASE": database or f"TEST_{next(numbers)}",
    }


@contextmanager
def snowflake(address: str, environ: dict[str, str] | None = None) -> Iterator[Any]:
    """Give an Ibis backend on an empty database, or on that of an environment."""
    with opened(Account.read(environ or variables(address))) as connection:
        yield ibis.snowflake.from_connection(connection, create_object_udfs=False)


def rows_in(backend: Any, table: str) -> list[dict[str, Any]]:
    """Return a table's rows under lower-case names.

    Times come as text: the emulator sends an unknown one as the first moment of 1970.
    """
    kinds = backend.raw_sql(f"DESCRIBE TABLE {table}").fetchall()
    columns = [f"CAST({n} AS VARCHAR)" if "TIMESTAMP" in t else n for n, t, *_ in kinds]
    found = backend.raw_sql(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
    return [
        {
            name.lower(): datetime.fromisoformat(value) if value and "TIMESTAMP" in kind else value
            for (name, kind, *_), value in zip(kinds, row, strict=True)
        }
        for row in found
    ]


def sent(address: str) -> list[dict[str, Any]]:
    """Return every sign-in and statement that the emulator has got."""
    return httpx.get(f"http://{address}/seen").json()


def written(folder: Path, run_id: str = "run-1", **tables: list[dict[str, Any]]) -> Path:
    """Write a Parquet set as an extraction does; tables that are not given are empty."""
    place = folder / "raw"
    place.mkdir(parents=True, exist_ok=True)
    tables = {"repos": [{"full_name": REPO, "default_branch": "main"}], **tables}
    for name, contract in RAW_TABLES.items():
        if name != "extractions":
            rows = as_arrow(contract, tables.get(name, []))
            pq.write_table(rows, place / f"{name}.parquet")
    tallies = {
        name: Tally(
            received=len(rows),
            started_at=str(MOMENT),
            finished_at=str(MOMENT),
            source="http://api",
        )
        for name, rows in tables.items()
    }
    window = Window.parse("2026-09-01", "2026-09-30")
    Manifest(run_id, "http://api", window, MOMENT, MOMENT, tallies).write(place)
    return place
