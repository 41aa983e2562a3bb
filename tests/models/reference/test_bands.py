"""The bands of AI use in words: limits as the reference data sets them, wherever they are read."""

from __future__ import annotations

import pytest

from cursor_marts.contracts import described_columns
from cursor_marts.models import all_models
from cursor_marts.models.reference import Band, band_limits, current


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (Band("b", None, False, 0.3, False), "under 30 %"),
        (Band("b", None, False, 0.3, True), "up to 30 %"),
        (Band("b", 0.3, True, 0.6, True), "30 to 60 %"),
        (Band("b", 0.3, False, 0.6, False), "over 30 to under 60 %"),
        (Band("b", 0.07, True, 0.125, False), "7 to under 12.5 %"),
        (Band("b", 0.6, False, None, False), "over 60 %"),
        (Band("b", 0.6, True, None, False), "60 % or more"),
        (Band("b", None, False, None, False), "any"),
    ],
)
def test_limits_of_a_band(band: Band, words: str) -> None:
    """Whether a limit belongs to the band is said; an end that it does not have is not."""
    assert band.limits == words


def test_limits_of_all_bands() -> None:
    """Each band by its name, in order, and what is known of none."""
    said = [f"{band.name}: {band.limits}" for band in current().bands]
    assert band_limits() == ", ".join([*said, "unknown: no share known"])


@pytest.mark.parametrize("name", ["int_pr_with_commits", "mart_ai_impact"])
def test_columns_of_bands_say_their_limits(name: str) -> None:
    """So do the dictionary, `describe` and the weekly page, which show what the contract says."""
    (contract,) = [model.contract for model in all_models() if model.name == name]
    (band,) = [each for each in described_columns(contract) if each.name == "ai_usage_band"]
    assert band_limits() in band.description
