"""AI-tracked commits in the manner of the real Cursor API: by windows, in no order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial

from cursor_marts.raw.scope import Committed
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.endpoints import COMMITS
from cursor_marts.sources.http.pages import page_of
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.progress import Progress
from cursor_marts.sources.proof import Proof, read_whole
from cursor_marts.sources.writer import ResourceWriter

PATH = COMMITS.at()
DAY = timedelta(days=1)
#: The longest window that clients of others request.
LONGEST = timedelta(days=30)
#: How many days before the window commits are read: those of a pull request are older than it.
LOOKBACK_DAYS = 30
#: Requests at once: the limit of 20 a minute is shared with the team's other tools.
WORKERS = 2

PROOF = "in each part of the window as many rows arrived as the API claims"

#: The last days that every run reads again.
READ_AGAIN = timedelta(days=7)

Part = dict[str, str]


@dataclass(frozen=True)
class Covered:
    """The time whose commits earlier runs have read."""

    start: datetime
    until: datetime

    @classmethod
    def parse(cls, state: dict[str, str]) -> Covered | None:
        """Return what a run has noted as `text`; None if it has noted nothing."""
        if not state:
            return None
        return cls(*(datetime.fromisoformat(state[name]) for name in ("from", "until")))

    def text(self) -> dict[str, str]:
        """Return it as JSON knows it."""
        return {"from": self.start.isoformat(), "until": self.until.isoformat()}


@dataclass
class TrackedCommits:
    """The commits of a window and of the days before it, every version of each.

    Of what an earlier run has read, only the last days are read again: commits arrive hours late.

    The API promises no order, repeats hashes, and does not say which time its filter goes by. So
    each part of the window overlaps the next one by a day, and is whole when as many rows have
    arrived as the API claims; different commits are counted apart.
    """

    resource = "commits"
    after = frozenset({"commits"})

    client: Client
    writer: ResourceWriter
    progress: Progress
    window: Window
    lookback_days: int = LOOKBACK_DAYS
    covered: Covered | None = None  #: what earlier runs have read
    _claims: dict[str, int | None] = field(default_factory=dict)
    _commits: Proof = field(default_factory=Proof)

    @property
    def costs(self) -> Costs:
        """What reading them has cost."""
        return self.client.costs

    def read(self) -> None:
        """Read all parts of the window. Raises IncompleteExtraction."""
        for part in self.parts():
            self._read_part(part)
        claims = list(self._claims.values())
        if None not in claims:
            self.writer.tally.expected = self.writer.proof.distinct
            self.writer.tally.proof = PROOF
        claimed = sum(claim or 0 for claim in claims)
        stretches = [(naive(start), naive(end)) for start, end in self._stretches()]
        self.writer.scope = Committed(stretches, by_both=True)
        self.writer.is_incremental = self.covered is not None
        self.writer.remarks[:] = [
            f"commits: {claimed:,} rows are claimed in {len(claims)} parts that overlap by a day; "
            f"{self._commits.distinct:,} different hashes arrived"
        ]

    def has_settled(self) -> bool:
        """Return whether each part still has as many rows as it had when it was read."""
        return all(
            self._claims.get(part["startDate"]) in (None, self._claimed_now(part))
            for part in self.parts()
        )

    def is_as_before(self) -> bool:
        """Return whether the first part has the commits that an earlier run was given."""
        first = _first_page(next(self.parts()))
        earlier = self.client.past(PATH, **first)
        if earlier is None:
            return True
        answers = (earlier, self.client.ask_anew(PATH, **first))
        was, is_ = (
            sorted(self.writer.identify(page_of(answer, PATH).records)) for answer in answers
        )
        return was == is_

    def parts(self) -> Iterator[Part]:
        """Yield the bounds of each part, which overlaps the next one by a day."""
        for start, end in self._stretches():
            first, last = start, min(start + LONGEST, end)
            yield {"startDate": _as_text(first), "endDate": _as_text(last)}
            while last < end:
                first, last = last - DAY, min(last - DAY + LONGEST, end)
                yield {"startDate": _as_text(first), "endDate": _as_text(last)}

    def covers(self, began_at: datetime) -> Covered:
        """Return what is covered after this run, which began at a time."""
        start, end = self._bounds()
        until = min(end, began_at.replace(tzinfo=UTC))
        if self.covered is None:
            return Covered(start, until)
        return Covered(min(start, self.covered.start), max(until, self.covered.until))

    def _bounds(self) -> tuple[datetime, datetime]:
        """Return the ends of what is wanted. One more day finds what was stored late."""
        start = datetime.combine(self.window.start, time(), UTC) - self.lookback_days * DAY
        return start, datetime.combine(self.window.end, time(), UTC) + 2 * DAY

    def _stretches(self) -> list[tuple[datetime, datetime]]:
        """Return what is to be read: all, or what lies before and after the covered days."""
        start, end = self._bounds()
        if self.covered is None:
            return [(start, end)]
        again = self.covered.until - READ_AGAIN
        before = [(start, self.covered.start + DAY)] if start < self.covered.start else []
        after = [(again, end)] if again < end else []
        if before and after and again <= before[0][1]:
            return [(start, end)]
        return before + after

    def _read_part(self, part: Part) -> None:
        claimed: int | None = None
        read = partial(pages, self.client, COMMITS, PATH, part, workers=WORKERS)
        what = f"commits from {part['startDate']} to {part['endDate']}"
        for page, hashes in read_whole(read, what, self.writer.identify, in_order=True):
            self.writer.count(hashes)
            self._commits.add([hash(commit_hash_of(record)) for record in page.records])
            self.writer.add(page.records)
            claimed = page.total if page.total is None else max(page.total, claimed or 0)
            self.progress.step("commits", self.writer.proof.seen, None)
        self._claims[part["startDate"]] = claimed

    def _claimed_now(self, part: Part) -> int | None:
        return page_of(self.client.ask_anew(PATH, **_first_page(part)), PATH).total


def commit_hash_of(record: object) -> str:
    """Return the hash of a commit as the source spells it; nothing of what is no record."""
    return str(record.get("commitHash")) if isinstance(record, dict) else ""


def _first_page(part: Part) -> dict[str, str | int]:
    return {**part, **COMMITS.page_params(1)}


def naive(moment: datetime) -> datetime:
    """Return a time as the raw tables have it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _as_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
