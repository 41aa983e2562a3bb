"""Every column of every mart against the definitions in plain Python, on whole worlds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis.strategies import booleans
from support import oracle as reference
from support.in_memory import built_world
from support.raw_rows import rows_of
from support.row_comparison import assert_same, sorted_rows
from support.worlds import worlds

from cursor_marts.engines.duckdb import session
from cursor_marts.simulator import World, generate

pytestmark = pytest.mark.slow

#: What follows from when the extraction ended, or is only a help for another model.
NOT_OF_THE_WORLD = {
    "extraction_ended_at",
    "age_hours",
    "waiting_hours",
    "revert_text",
    "known_until",
    "week_is_over",
}
KEY = ("week", "repo_name", "ai_usage_band", "pr_number")


def compare(world: World, *, many: bool) -> None:
    """Build a world, with the statements for many rows or for few, and compare all columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "MANY", 1 if many else 50_000)
        backend = built_world(world)
    for schema, tables in (
        ("main_staging", reference.staging(world)),
        ("main_mart", reference.marts(world)),
    ):
        for table, expected in tables.items():
            ours = rows_of(backend, f"{schema}.{table}")
            columns = sorted(set(ours[0]) - NOT_OF_THE_WORLD, key=place_of) if ours else []
            assert len(ours) == len(expected), table
            assert_same(sorted_rows(ours, columns), sorted_rows(expected, columns), table)


def place_of(column: str) -> tuple[bool, str]:
    """Return what columns are sorted by: those of the keys first, since floats differ a little."""
    return column not in KEY, column


@settings(max_examples=30)
@given(worlds(), booleans())
@example(World(), True)
def test_any_world(world: World, many: bool) -> None:
    """From the API's JSON to every column of every staging view and mart."""
    compare(world, many=many)


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_the_embedded_worlds(many: bool) -> None:
    """The invented company of the embedded source, whole."""
    compare(generate(11, end=date(2026, 11, 20), days=60, developers=7), many=many)
