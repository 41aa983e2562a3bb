"""The difference between two groups where like is compared with like, with its interval.

The groups are compared within strata, such as one repository and size. Each stratum's difference of
means counts by how many there are to compare: n1·n0/(n1+n0). This is the least squares estimate of
`value ~ group + stratum`; the interval is Student's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from cursor_marts.reporting.weekly.pulls import Measure, Pulls, by_repository, known

CONFIDENCE = 0.95
FEW = 5  # below this many in a group, nothing is compared
FEW_DEGREES = 8  # of freedom, below which an interval says nothing
A_MINUTE = 1 / 60

#: The values of two groups within one stratum.
Pair = tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True)
class Difference:
    """First group minus second: the estimate, its interval, and how many were compared."""

    estimate: float
    low: float
    high: float
    first: int
    second: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes no difference."""
        return self.low > 0 or self.high < 0

    def as_ratio(self) -> Difference:
        """Return a difference of logarithms as a relative change."""
        low, estimate, high = (math.expm1(v) for v in (self.low, self.estimate, self.high))
        return Difference(estimate, low, high, self.first, self.second)


def difference(strata: Iterable[Pair], confidence: float = CONFIDENCE) -> Difference | None:
    """Return the difference of two groups; None where there are too few to compare, or no spread.

    A stratum without both groups is left out.
    """
    pairs = [pair for pair in strata if pair[0] and pair[1]]
    first, second = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    degrees = first + second - len(pairs) - 1
    if min(first, second) < FEW or degrees < FEW_DEGREES:
        return None
    weights = [len(a) * len(b) / (len(a) + len(b)) for a, b in pairs]
    differences = [fmean(a) - fmean(b) for a, b in pairs]
    weight = sum(weights)
    estimate = sum(w * d for w, d in zip(weights, differences, strict=True)) / weight
    within = sum(_squares(group) for pair in pairs for group in pair)
    between = sum(w * (d - estimate) ** 2 for w, d in zip(weights, differences, strict=True))
    error = math.sqrt((within + between) / degrees / weight)
    if error <= 1e-12:
        return None
    reach = student(confidence, degrees) * error
    return Difference(estimate, estimate - reach, estimate + reach, first, second)


def _squares(values: Sequence[float]) -> float:
    mean = fmean(values)
    return sum((value - mean) ** 2 for value in values)


def student(confidence: float, degrees: int) -> float:
    """Return the two-sided quantile of Student's t, by its expansion around the normal one."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    terms = (
        z,
        (z**3 + z) / (4 * degrees),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3),
    )
    return sum(terms)


def since(
    last: Pulls,
    before: Pulls,
    measure: Measure,
    values: Callable[[Iterable[float]], list[float]] = list,
) -> Difference | None:
    """Return how the last week differs from the weeks before, each repository beside itself."""
    then = by_repository(before)
    return difference(
        (values(known(pulls, measure)), values(known(then.get(repo, ()), measure)))
        for repo, pulls in by_repository(last).items()
    )


def logarithms(hours: Iterable[float]) -> list[float]:
    """Return the logarithms of durations; none counts as less than a minute."""
    return [math.log(max(each, A_MINUTE)) for each in hours]
