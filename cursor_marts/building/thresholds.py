"""How many failing rows of a data test are a warning or an error, as a project says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from cursor_marts.building.results import CheckResult
from cursor_marts.errors import UsageError, did_you_mean

SHARE = re.compile(r"(\d+(?:\.\d+)?) ?%")
#: Key → its least value.
NUMBERS = {"volume_factor": 1.0, "volume_weeks": 2.0, "end_days": 1.0}


@dataclass(frozen=True)
class Amount:
    """So many rows, or a share of all."""

    rows: float = 0.0
    share: float = 0.0

    def of(self, rows: int) -> float:
        """Return how many of some rows it is."""
        return self.rows + self.share * rows


@dataclass(frozen=True)
class Limit:
    """More failing rows than `warn` are a warning, more than `error` an error.

    `error` is None where it is not given: an error then is whatever is one by the contract.
    """

    warn: Amount = Amount()
    error: Amount | None = None


@dataclass(frozen=True)
class Thresholds:
    """The limits of data tests by pattern, and what the tests of volume and end allow.

    The last whole week may have `volume_factor` times the rows of the largest of `volume_weeks`
    before it, and a part of the smallest; data may end `end_days` before the window does.
    """

    tests: tuple[tuple[str, Limit], ...] = ()
    volume_factor: float = 3.0
    volume_weeks: int = 8
    end_days: int = 7

    def judged(self, found: CheckResult, rows: int) -> CheckResult:
        """Return the result of a test of so many rows, as its limit says; the last match counts."""
        limits = [limit for name, limit in self.tests if fnmatchcase(found.name, name)]
        if not limits:
            return found
        allowed = limits[-1].warn.of(rows)
        error = limits[-1].error.of(rows) if limits[-1].error else None
        if error is None:
            return replace(found, allowed=allowed)
        return replace(
            found, allowed=allowed, severity="error" if found.failures > error else "warn"
        )


#: What counts without a project.
STANDARD = Thresholds()


def read(named: str, value: Any) -> Thresholds:
    """Return the thresholds of a project's file. Raises UsageError that names the key."""
    if not isinstance(value, Mapping):
        raise UsageError(f"{named} is {value!r}, not a table", hint="write it below [thresholds]")
    found: dict[str, Any] = {}
    for key, content in value.items():
        at = f"{named}.{key}"
        if key == "tests" and isinstance(content, Mapping):
            found[key] = tuple((name, _limit(f"{at}.{name}", c)) for name, c in content.items())
        elif key in NUMBERS:
            found[key] = _number(at, content, NUMBERS[key])
        else:
            known = ["tests", *NUMBERS]
            hint = f"{did_you_mean(key, known)} known: {', '.join(known)}".strip()
            raise UsageError(f"{at} is unknown", hint=hint)
    return Thresholds(**found)


def _number(named: str, value: Any, least: float) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value:
        raise UsageError(
            f"{named} is {value!r}, not a number of at least {least:g}", hint="correct it"
        )
    return value


def _limit(named: str, value: Any) -> Limit:
    if not isinstance(value, Mapping) or not value or not value.keys() <= {"warn", "error"}:
        raise UsageError(f"{named} is {value!r}", hint='write it like { warn = 10, error = "5%" }')
    return Limit(**{key: _amount(f"{named}.{key}", each) for key, each in value.items()})


def _amount(named: str, value: Any) -> Amount:
    share = SHARE.fullmatch(value) if isinstance(value, str) else None
    if share:
        return Amount(share=float(share[1]) / 100)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UsageError(
            f"{named} is {value!r}, not a number of rows or a share",
            hint='write how many may fail, like 10 or "5%"',
        )
    return Amount(rows=float(value))
