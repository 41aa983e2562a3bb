"""Pull requests with much and with little AI use, within one repository and size class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cursor_marts.models.reference import UNKNOWN_BAND, band_names
from cursor_marts.reporting.weekly.differences import (
    Difference,
    Pair,
    difference,
    logarithms,
)
from cursor_marts.reporting.weekly.pulls import Measure, PullRequest, Pulls, cycle_time, known
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.words import MINUS, plural, signed

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
    """A measure of the highest band minus the lowest, and how its numbers are written."""

    name: str
    difference: Difference | None
    write: Callable[[float], str]
    lower: str
    higher: str

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
    def of(measure: Measure) -> list[Pair]:
        return [(known(a, measure), known(b, measure)) for a, b in strata]

    hours = [(logarithms(a), logarithms(b)) for a, b in of(cycle_time)]
    speed = difference(hours)
    found = [Compared("Time to merge", speed and speed.as_ratio(), signed, "faster", "slower")]
    if "reviews" not in unknown:
        rounds = difference(of(lambda pull: float(pull.iterations)))
        found.append(Compared("Rounds of review", rounds, _decimals, "fewer", "more"))
    if "reverts" not in unknown:
        reverted = difference(of(lambda pull: float(pull.is_reverted)))
        found.append(Compared("Reverted", reverted, _points, "less often", "more often"))
    hotfixes = difference(of(lambda pull: float(pull.has_hotfix_followup)))
    found.append(Compared("Bug fix within 48 h", hotfixes, _points, "less often", "more often"))
    return found


def _decimals(value: float) -> str:
    sign = "+" if value > 0 else MINUS
    return f"{sign}{abs(value):.2f}" if abs(value) >= 0.005 else "0"


def _points(value: float) -> str:
    sign = "+" if value > 0 else MINUS
    return f"{sign}{abs(value) * 100:.0f}{POINTS}" if abs(value) >= 0.005 else f"0{POINTS}"


def _left_out(strata: list[tuple[Pulls, Pulls]], high: str, low: str, *, is_empty: bool) -> str:
    """Return one sentence on what cannot be compared; '' if all of both bands are."""
    whole = [sum(len(pair[side]) for pair in strata) for side in (0, 1)]
    alone = [sum(len(pair[side]) for pair in strata if not pair[1 - side]) for side in (0, 1)]
    if is_empty:
        return (
            f"{high.capitalize()} and {low} AI use cannot be compared: {whole[0]:,} merged pull "
            f"requests have {high} use and {whole[1]:,} have {low} use, and too few of both are in "
            "the same repository and of the same size."
        )
    if not any(alone):
        return ""
    return (
        f"{plural(sum(alone), 'pull request')} of {sum(whole):,} with {high} or {low} AI use "
        f"{'has' if sum(alone) == 1 else 'have'} no counterpart in the same repository and of the "
        f"same size, and {'is' if sum(alone) == 1 else 'are'} left out."
    )
