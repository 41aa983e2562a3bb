"""Changes of the source that change the marts exactly as they should, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.in_memory import built_world, landed, loaded_world
from support.raw_rows import rows_of
from support.worlds import parts_of, renamed, worlds

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.models.marts.mart_coverage import NO_REPOSITORY
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.manifest import Manifest
from cursor_marts.simulator import World

pytestmark = pytest.mark.slow

BY_REPO = ("mart_velocity", "mart_quality", "mart_review_costs", "mart_ai_impact_by_repo")
MARTS = (*BY_REPO, "mart_ai_impact", "mart_coverage")
RECORDED = set(RAW_TABLES) - {"extractions"}


def marts(backend: Any, names: tuple[str, ...] = MARTS) -> dict[str, list[dict[str, Any]]]:
    """Return marts row by row, floats to the ninth digit, in order of their keys.

    What depends on when an extraction began is left out.
    """
    return {
        name: sorted(
            (
                {
                    k: round(v, 9) if isinstance(v, float) else v
                    for k, v in row.items()
                    if k not in ("known_until", "week_is_over")
                }
                for row in rows_of(backend, f"main_mart.{name}")
            ),
            key=lambda row: list(map(str, list(row.values())[:3])),
        )
        for name in names
    }


@settings(max_examples=7)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(world: World, random: Random) -> None:
    """Shuffled at the source, the marts are the same."""
    shuffled = World(
        *(
            random.sample(part, len(part))
            for part in (world.repos, world.commits, world.pulls, world.reviews)
        )
    )
    assert marts(built_world(shuffled)) == marts(built_world(world))


@settings(max_examples=7)
@given(worlds())
def test_delivered_twice_is_delivered_once(world: World) -> None:
    """Every raw row there twice, as a careless loader leaves it: the marts are the same."""
    backend = loaded_world(world)
    for table in RECORDED:
        backend.raw_sql(f"INSERT INTO main_raw.{table} SELECT * FROM main_raw.{table}")
    build_all(backend)
    assert marts(backend) == marts(built_world(world))


@settings(max_examples=6)
@given(worlds(), st.integers(1, 4))
def test_a_file_split_in_parts_is_one_table(world: World, parts: int) -> None:
    """A folder of Parquet parts, in any cut, loads as the file that it was."""
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder) / "raw"
        landed(world, landing)
        for name in RECORDED:
            split(landing, name, parts)
        backend = ibis.duckdb.connect()
        load(landing, DuckDBSession(backend))
    build_all(backend)
    assert marts(backend) == marts(built_world(world))


def split(landing: Path, name: str, parts: int) -> None:
    """Write a raw table as another tool would: in any parts, which no manifest lists."""
    table = pq.read_table(landing / name, partitioning=None)
    shutil.rmtree(landing / name)
    (landing / name).mkdir()
    size = -(-max(1, table.num_rows) // parts)
    for n in range(parts):
        pq.write_table(table.slice(n * size, size), landing / name / f"{n}.parquet")
    replace(Manifest.read(landing), files={}).write(landing)


@settings(max_examples=7)
@given(worlds(), worlds(first_ids=(10_000_000,)))
def test_an_unrelated_repository_changes_nothing_elsewhere(world: World, other: World) -> None:
    """Another company's repositories beside ours: our rows by repository are the same."""
    pairs = zip(parts_of(world), parts_of(other), strict=True)
    both = World(*(ours + renamed(theirs, "else/") for ours, theirs in pairs))
    ours = {
        name: [row for row in rows if not row["repo_name"].startswith("else/")]
        for name, rows in marts(built_world(both), BY_REPO).items()
    }
    assert ours == marts(built_world(world), BY_REPO)


@settings(max_examples=7)
@given(worlds())
def test_a_renamed_repository_is_renamed_and_nothing_else(world: World) -> None:
    """A prefix on every name: the same rows under the new names."""
    moved = World(*(renamed(part, "new-") for part in parts_of(world)))
    expected = marts(built_world(world))
    for name in (*BY_REPO, "mart_coverage"):
        for row in expected[name]:
            if row["repo_name"] != NO_REPOSITORY:
                row["repo_name"] = f"new-{row['repo_name']}"
    assert marts(built_world(moved)) == expected


@settings(max_examples=7)
@given(worlds(), st.integers(-6, 0))
def test_whole_weeks_earlier_is_whole_weeks_earlier(world: World, weeks: int) -> None:
    """Every time moved by whole weeks into the past: the same numbers, so many weeks before."""
    by = timedelta(weeks=weeks)
    moved = World(*(later(part, by) for part in vars(world).values()))
    expected = marts(built_world(world))
    for rows in expected.values():
        for row in rows:
            row["week"] += by
    assert marts(built_world(moved)) == expected


def later(value: Any, by: timedelta) -> Any:
    """Return JSON with every time in it moved."""
    if isinstance(value, dict):
        return {name: later(each, by) for name, each in value.items()}
    if isinstance(value, list):
        return [later(each, by) for each in value]
    if isinstance(value, str) and value[:3] == "202" and "T" in value:
        moved = datetime.fromisoformat(value[:19]) + by
        return moved.isoformat() + value[19:]
    return value


def test_a_moved_time_keeps_its_fraction_and_zone() -> None:
    """The mover itself: a week on, everything else as it was."""
    assert later("2026-09-07T00:00:00.123456999Z", timedelta(weeks=1)) == (
        "2026-09-14T00:00:00.123456999Z"
    )
    assert later({"a": ["2026-09-07T00:00:00+05:30"]}, timedelta(weeks=-1)) == {
        "a": ["2026-08-31T00:00:00+05:30"]
    }


def test_rows_of_a_part_that_does_not_fit_are_refused(tmp_path: Path) -> None:
    """A part of another type than the rest is a damaged landing, not a cast."""
    from cursor_marts.errors import LandingError

    landing = tmp_path / "raw"
    landed(World(), landing)
    split(landing, "repos", 1)
    odd = pa.table({"full_name": [[1, 2]]})
    pq.write_table(odd, landing / "repos" / "9.parquet")
    with pytest.raises(LandingError, match="cannot load"):
        load(landing, DuckDBSession(ibis.duckdb.connect()))
