"""Every column of every mart against the definitions in plain Python, on whole worlds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import reference
from given import rows_of
from hypothesis import example, given, settings
from pipeline_in_memory import built_world
from worlds import worlds

from cursor_marts.simulator import World, generate


def sorted_rows(rows: list[dict[str, Any]], columns: list[str]) -> list[dict[str, Any]]:
    return sorted(
        ({name: row[name] for name in columns} for row in rows),
        key=lambda row: [(value is not None, str(value)) for value in row.values()],
    )


def assert_same(ours: list[dict[str, Any]], theirs: list[dict[str, Any]], table: str) -> None:
    """Compare every column: exactly for counts, dates and text, to 1e-9 for floats."""
    assert len(ours) == len(theirs), table
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.keys() == other.keys(), table
        for name, value in mine.items():
            expected = other[name]
            if isinstance(value, float) and expected is not None:
                expected = pytest.approx(float(expected), rel=1e-9, abs=1e-9)
            assert value == expected, f"{table}.{name} of {mine}"


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
