"""Every column of every mart against the definitions in plain Python, on whole worlds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from support import oracle as reference
from support.in_memory import built_world
from support.raw_rows import rows_of
from support.row_comparison import assert_same, sorted_rows
from support.worlds import worlds

from cursor_marts.simulator import World, generate

pytestmark = pytest.mark.slow


def compare(world: World) -> None:
    backend = built_world(world)
    for mart, expected in reference.marts(world).items():
        key = "ai_usage_band" if mart == "mart_ai_impact" else "repo_name"
        ours = rows_of(backend, f"main_mart.{mart}")
        ours.sort(key=lambda row: (row["week"], row[key]))
        assert_same(ours, expected, mart)
    for view, expected in reference.staging(world).items():
        ours = rows_of(backend, f"main_staging.{view}")
        columns = sorted(ours[0]) if ours else []
        assert len(ours) == len(expected), view
        assert_same(sorted_rows(ours, columns), sorted_rows(expected, columns), view)


@settings(max_examples=60)
@given(worlds())
@example(World())
def test_any_world(world: World) -> None:
    """From the API's JSON to every column of every staging view and mart."""
    compare(world)


def test_the_embedded_worlds() -> None:
    """The invented company of the embedded source, whole."""
    compare(generate(11, end=date(2026, 11, 20), days=60, developers=7))
