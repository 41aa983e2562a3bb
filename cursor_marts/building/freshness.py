"""Whether each source was read lately enough: data tests of the record of extractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cursor_marts.building.results import CheckResult
from cursor_marts.errors import UsageError
from cursor_marts.graph.words import Names, words

#: The raw table that says when each source was read.
TABLE = "extractions"
LIMIT = re.compile(r"(?:(?P<source>.+)=)?(?P<number>\d{1,6})(?P<unit>[hd])")
UNITS = {"h": "hours", "d": "days"}


@dataclass(frozen=True)
class Limit:
    """How old the data of some sources may be: of all, or of those whose address has a part."""

    text: str
    part: str
    age: timedelta

    def is_of(self, source: str) -> bool:
        """Return whether it limits a source."""
        return self.part in source.lower()


def limits_of(max_age: Names) -> tuple[Limit, ...]:
    """Return the limits in texts like `36h`, `2d` or `github=6h`, those of named sources first.

    Raises UsageError for another text.
    """
    limits = []
    for text in words(max_age):
        match = LIMIT.fullmatch(text)
        if match is None:
            raise UsageError(
                f"--max-age {text!r} is not an age",
                hint="write hours or days, as in 36h or 2d, for one source github=6h",
            )
        age = timedelta(**{UNITS[match["unit"]]: int(match["number"])})
        limits.append(Limit(text, (match["source"] or "").lower(), age))
    return tuple(sorted(limits, key=lambda limit: -len(limit.part)))


def freshness_of(
    read_at: Iterable[tuple[str, datetime]], limits: Sequence[Limit]
) -> list[CheckResult]:
    """Return a test of each source that a limit is of, by when it was read; the longest part wins.

    Where nothing says when a source was read, that fails. Raises UsageError for a limit that no
    source has.
    """
    latest: dict[str, datetime] = {}
    for source, ended in read_at:
        latest[source] = max(ended, latest.get(source, ended))
    if not latest:
        return [CheckResult(TABLE, "fresh", "error", 1, "It is known when a source was read.")]
    for limit in limits:
        if not any(map(limit.is_of, latest)):
            raise UsageError(
                f"--max-age {limit.text}: no source of the loaded data is called so",
                hint=f"the sources are: {', '.join(latest)}",
            )
    chosen = {s: next((each for each in limits if each.is_of(s)), None) for s in latest}
    return [_test(source, latest[source], limit) for source, limit in chosen.items() if limit]


def _test(source: str, ended: datetime, limit: Limit) -> CheckResult:
    allowed = limit.text.rpartition("=")[2]
    is_old = datetime.now(UTC).replace(tzinfo=None) - ended > limit.age
    return CheckResult(
        TABLE,
        f"fresh_{re.sub(r'[^a-z0-9]+', '_', source.lower()).strip('_')}",
        "error",
        int(is_old),
        f"{source} was read within the last {allowed}.",
        ({"source": source, "finished_at": ended},) if is_old else (),
    )
