"""Pull requests with much and with little AI use, within one repository and size class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cursor_marts.models.reference import UNKNOWN_BAND, band_names
from cursor_marts.reporting.weekly.differences import (
    CONFIDENCE,
    Difference,
    difference,
    logarithms,
)
from cursor_marts.reporting.weekly.pulls import Measure, PullRequest, Pulls, cycle_time, known
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.words import MINUS, number, plural, signed

POINTS = " points"
#: Sizes in lines added and deleted: the largest of each class.
SIZES = (50, 200, 500)


def size_class(pull: PullRequest) -> int:
    """Return the class of a pull request's size; a class of its own where that is unknown."""
    if pull.total_loc is None:
        return -1
    return sum(pull.total_loc > largest for largest in SIZES)


@dataclass(frozen=True)
class Compared:
    """A measure of the highest band minus the lowest, and how its numbers are written.

    `noun` is what a pull request has more or less of.
    """

    name: str
    noun: str
    difference: Difference | None
    write: Callable[[float], str]
    lower: str
    higher: str

    @property
    def written(self) -> str:
        """The difference in words; '' where it is unknown."""
        return self.write(self.difference.estimate) if self.difference else ""

    @property
    def interval(self) -> str:
        """The interval in words, as in `−30% to +10%`."""
        if self.difference is None:
            return ""
        low, high = (self.write(v) for v in (self.difference.low, self.difference.high))
        return f"{low.removesuffix(POINTS)} to {high}"

    @property
    def verdict(self) -> str:
        """What the interval allows to say."""
        if self.difference is None:
            return "too few to say"
        if not self.difference.is_clear:
            return "may be chance"
        return self.higher if self.difference.estimate > 0 else self.lower


@dataclass(frozen=True)
class Comparison:
    """The measures of the highest band against the lowest; `left_out` is one sentence.

    `high` and `low` are the names of the bands, `rows` empty where nothing can be compared.
    """

    high: str
    low: str
    rows: tuple[Compared, ...]
    left_out: str

    @property
    def speed(self) -> Compared | None:
        """The comparison of the time to merge; None where it cannot be made."""
        return self.rows[0] if self.rows and self.rows[0].difference else None


def compare_bands(merged: Pulls, unknown: Reasons) -> Comparison:
    """Compare the highest with the lowest band of AI use within repository and size class."""
    bands = [name for name in band_names() if name != UNKNOWN_BAND]
    low, high = bands[0], bands[-1]
    strata = _strata(merged, high, low)
    rows = tuple(_compared(strata, unknown)) if high != low else ()
    rows = rows if any(row.difference for row in rows) else ()
    return Comparison(high, low, rows, _left_out(strata, high, low, is_empty=not rows))


def _strata(merged: Pulls, high: str, low: str) -> list[tuple[Pulls, Pulls]]:
    found: dict[tuple[str, str, int], tuple[list[PullRequest], list[PullRequest]]] = {}
    for pull in merged:
        if pull.ai_usage_band in (high, low):
            like = (pull.repo_name, pull.author_kind, size_class(pull))
            pair = found.setdefault(like, ([], []))
            pair[pull.ai_usage_band == low].append(pull)
    return list(found.values())


def _compared(strata: list[tuple[Pulls, Pulls]], unknown: Reasons) -> list[Compared]:
    """Compare each known measure; the intervals allow for how many these are."""
    chosen = [each for each in MEASURES if each.needs not in unknown]
    confidence = 1 - (1 - CONFIDENCE) / len(chosen)
    return [_measured(each, strata, confidence) for each in chosen]


def _measured(chosen: _Measure, strata: list[tuple[Pulls, Pulls]], confidence: float) -> Compared:
    as_values = logarithms if chosen.is_ratio else list
    found = difference(
        (
            (as_values(known(a, chosen.measure)), as_values(known(b, chosen.measure)))
            for a, b in strata
        ),
        confidence,
    )
    if found and chosen.is_ratio:
        found = found.as_ratio()
    return Compared(chosen.name, chosen.noun, found, chosen.write, *chosen.verdicts)


def _decimals(value: float) -> str:
    sign = "+" if value > 0 else MINUS
    return f"{sign}{abs(value):.2f}" if abs(value) >= 0.005 else "0"


def _points(value: float) -> str:
    sign = "+" if value > 0 else MINUS
    return f"{sign}{abs(value) * 100:.0f}{POINTS}" if abs(value) >= 0.005 else f"0{POINTS}"


@dataclass(frozen=True)
class _Measure:
    """What is compared; it `needs` something that may be unknown."""

    name: str
    noun: str
    measure: Measure
    write: Callable[[float], str]
    verdicts: tuple[str, str]
    needs: str = ""
    is_ratio: bool = False


OFTEN = ("less often", "more often")
MEASURES = (
    _Measure("Time to merge", "to merge", cycle_time, signed, ("faster", "slower"), is_ratio=True),
    _Measure(
        "Rounds of review",
        "rounds of review",
        lambda pull: float(pull.iterations),
        _decimals,
        ("fewer", "more"),
        "reviews",
    ),
    _Measure(
        "Reverted", "reverted", lambda pull: float(pull.is_reverted), _points, OFTEN, "reverts"
    ),
    _Measure(
        "Bug fix within 48 h",
        "a bug fix within 48 h",
        lambda pull: float(pull.has_hotfix_followup),
        _points,
        OFTEN,
    ),
)


def _left_out(strata: list[tuple[Pulls, Pulls]], high: str, low: str, *, is_empty: bool) -> str:
    """Return one sentence on what cannot be compared; '' if all of both bands are."""
    whole = [sum(len(pair[side]) for pair in strata) for side in (0, 1)]
    alone = [sum(len(pair[side]) for pair in strata if not pair[1 - side]) for side in (0, 1)]
    if is_empty:
        counts = [f"{number(n) if n else 'none'} {'has' if n == 1 else 'have'}" for n in whole]
        why = ", and too few of both are in the same repository and of the same size" * all(whole)
        return (
            f"{high.capitalize()} and {low} AI use cannot be compared: of the merged pull requests "
            f"{counts[0]} {high} use and {counts[1]} {low} use{why}."
        )
    if not any(alone):
        return ""
    return (
        f"{plural(sum(alone), 'pull request')} of {sum(whole):,} with {high} or {low} AI use "
        f"{'has' if sum(alone) == 1 else 'have'} no counterpart in the same repository and of the "
        f"same size, and {'is' if sum(alone) == 1 else 'are'} left out."
    )
