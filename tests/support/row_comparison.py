"""Compare the rows of one table from two places, column by column."""

from __future__ import annotations

from typing import Any

import pytest


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
