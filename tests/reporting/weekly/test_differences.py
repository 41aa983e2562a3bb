"""The difference of two groups within strata, and its interval, beside a regression."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.least_squares import quantile, regressed

from cursor_marts.reporting.weekly.differences import Pair, difference, student

VALUES = st.lists(st.integers(-50, 50).map(float), max_size=9)
STRATA = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=5)


@settings(max_examples=60)
@given(STRATA, st.sampled_from((0.8, 0.95, 0.99)))
def test_estimate_and_interval_are_those_of_a_regression(
    strata: list[Pair], confidence: float
) -> None:
    """Of `value ~ group + stratum`; a stratum without both groups does not matter."""
    found = difference(strata, confidence)
    both = [pair for pair in strata if all(pair)]
    sizes = [sum(len(pair[side]) for pair in both) for side in (0, 1)]
    if found is None:
        values = [[set(group) for group in pair] for pair in both]
        constant = all(len(group) == 1 for pair in values for group in pair)
        assert min(sizes) < 5 or sum(sizes) - len(both) - 1 < 8 or constant
        return
    assert [found.first, found.second] == sizes
    estimate, low, high = regressed(both, confidence)
    assert found.estimate == pytest.approx(estimate, abs=1e-6)
    reach = found.high - found.estimate
    assert (reach, found.estimate - found.low) == pytest.approx(
        (high - estimate, estimate - low), rel=0.01, abs=1e-6
    )
    assert found.is_clear == (found.low > 0 or found.high < 0)


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99, 1 - 0.05 / 60])
@pytest.mark.parametrize("degrees", [8, 12, 30, 400])
def test_the_quantile_is_students(confidence: float, degrees: int) -> None:
    """To one per cent."""
    assert student(confidence, degrees) == pytest.approx(quantile(confidence, degrees), rel=0.01)


def test_without_a_difference_few_intervals_exclude_it() -> None:
    """About one in twenty, also where the strata differ widely."""
    chance = random.Random(7)
    clear = 0
    for _ in range(400):
        strata = []
        for level in (0, 30, 300):
            draw = [chance.gauss(level, 1) for _ in range(16)]
            strata.append((draw[:6], draw[6:]))
        found = difference(strata)
        assert found is not None
        clear += found.is_clear
    assert 8 <= clear <= 32


def test_like_is_compared_with_like() -> None:
    """Pooled, the first group looks slower; within each stratum it is faster."""
    quick, slow = [1.0, 1.1, 0.9], [9.0, 9.1, 8.9]
    strata = [
        ([q - 0.5 for q in quick], quick * 4),
        ([s - 0.5 for s in slow * 4], slow),
    ]
    found = difference(strata)
    assert found is not None
    assert found.estimate == pytest.approx(-0.5)
    first, second = ([v for pair in strata for v in pair[side]] for side in (0, 1))
    assert sum(first) / len(first) > sum(second) / len(second)


def test_differences_of_logarithms_are_relative_changes() -> None:
    """Twice the time is +100%."""
    halves = [math.log(v) for v in (1, 2, 4, 8, 1, 2, 4, 8)]
    found = difference([([v + math.log(2) for v in halves], halves)])
    assert found is not None
    assert found.as_ratio().estimate == pytest.approx(1.0)
