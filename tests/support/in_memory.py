"""From a world to its marts, in an in-memory database."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import ibis

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of
from support.in_process import client_of

WINDOW = Window.parse("2026-07-01", "2027-03-31")


def landed(world: World, landing: Path, **options: Any) -> None:
    """Extract all records of a world into a landing."""
    simulator = Simulator(world, rate_limit=None)
    with client_of(simulator) as client:
        extract([source_of(client)], WINDOW, landing, rejects_allowed=0.0, **options)


def loaded_world(world: World) -> Any:
    """Return a backend whose raw tables hold a world."""
    backend = ibis.duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        landed(world, Path(folder) / "raw")
        load(Path(folder) / "raw", DuckDBSession(backend))
    return backend


def built_world(world: World) -> Any:
    """Return a backend with the marts of a world."""
    backend = loaded_world(world)
    build_all(backend)
    return backend
