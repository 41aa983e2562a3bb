"""Two invented sources, the numbers that each publishes, and a query that reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from cursor_marts.commands.pipeline import run_build
from cursor_marts.commands.settings import Settings
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, generate, serve
from support.merges import counted_merges

END = Window.parse().end
#: Two sources that differ in the row count of every table.
SMALL = generate(1, end=END, days=20, developers=3)
LARGE = generate(2, end=END, days=40, developers=6)
BROKEN = World(
    LARGE.repos, LARGE.commits, [p | {"additions": -5} for p in LARGE.pulls], LARGE.reviews
)
EARLY = World(
    LARGE.repos,
    LARGE.commits,
    [p | {"first_review_at": "2020-01-01T00:00:00Z"} for p in LARGE.pulls],
    LARGE.reviews,
)

STATE = """
SELECT (SELECT count(*) FROM main_raw.pull_requests WHERE merged_at IS NOT NULL),
       (SELECT count(*) FROM main_raw.commits),
       (SELECT count(*) FROM main_staging.stg_pull_requests WHERE merged_at IS NOT NULL),
       (SELECT sum(total_prs)::INT FROM main_mart.mart_velocity),
       (SELECT sum(pr_count)::INT FROM main_mart.mart_ai_impact),
       (SELECT sum(total_prs)::INT FROM main_mart.mart_quality),
       (SELECT sum(total_prs)::INT FROM main_mart.mart_review_costs)
"""


def whole(world: World) -> tuple[int, ...]:
    """Return the result of STATE for a database that holds exactly one world."""
    merged, counted = sum("merged_at" in pull for pull in world.pulls), len(counted_merges(world))
    commits = len({json.dumps(commit, sort_keys=True) for commit in world.commits})
    return (merged, commits, merged, *[counted] * 4)


def state(database: Path) -> tuple[int, ...]:
    with duckdb.connect(str(database), read_only=True) as connection:
        (counts,) = connection.sql(STATE).fetchall()
        return tuple(counts)


@contextmanager
def source(world: World) -> Iterator[str]:
    with serve(Simulator(world, rate_limit=None)) as url:
        yield url


def build(world: World, folder: Path, **options: Any) -> Any:
    with source(world) as url:
        return run_build(Settings.read(source=url, data_dir=folder, environ={}, **options))
