"""One extraction: every resource of a window, proven complete, landed whole or not at all."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from cursor_marts.errors import (
    IncompleteExtraction,
    LandingError,
    SourceError,
    SourceNotUnderstood,
)
from cursor_marts.raw.deduplicate import finish, reasons
from cursor_marts.raw.landing import Work, replacing
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.window import Window
from cursor_marts.sources.cursor.commits import Commits
from cursor_marts.sources.github_style.pull_requests import LINKS, Pulls
from cursor_marts.sources.github_style.repositories import Repos
from cursor_marts.sources.github_style.reviews import COMMENTS, Reviews
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.progress import Progress, Silent
from cursor_marts.sources.resource import Shelf, now

#: The share of a resource's records that may be rejected before the API counts as changed.
REJECTS_ALLOWED = 0.01
#: How often what has changed meanwhile is read again before the rest is left to the next run.
ROUNDS = 3
GOES_ON = "what was read is kept: the same command goes on where this run stopped"


def extract(
    client: Client,
    window: Window,
    folder: Path,
    *,
    source: str = "",
    invented: bool = False,
    fresh: bool = False,
    rejects_allowed: float = REJECTS_ALLOWED,
    progress: Progress | None = None,
) -> Manifest:
    """Extract all resources into the landing `folder`, which is replaced whole or not at all.

    Commits are those of the window; pull requests those opened in it, with all their reviews. A
    run that was cut off goes on where it stopped, unless `fresh`. `source` is its name in the
    records, else its address; `invented` marks data that is made up, as does a source that says so.
    Raises SourceError and its kin, IncompleteExtraction where the source keeps back records that it
    claims to have, and LandingError.
    """
    started, source = now(), source or client.source
    with replacing(folder, fresh=fresh) as work:
        run = _Extraction(client, window, work, progress or Silent())
        about = {"source": source, "window": str(window)}
        with closing(Journal(work.journal, about)) as client.journal:
            try:
                run.everything()
                notes = run.land(rejects_allowed, _fields_before(folder, source))
            except (IncompleteExtraction, SourceNotUnderstood):
                client.journal.clear()  # given the same answers again, it would end the same way
                raise
            except SourceError as error:
                if client.journal.keeps_answers():
                    error.hint = f"{error.hint}; {GOES_ON}"
                raise
        manifest = Manifest(
            run_id=str(uuid4()),
            source=source,
            window=window,
            started_at=started,
            finished_at=now(),
            resources={shelf.resource: shelf.tally for shelf in run.shelves},
            invented=invented or client.invented,
            notes=notes,
        )
        manifest.write(work.landed)
    return manifest


def _fields_before(folder: Path, source: str) -> dict[str, frozenset[str]]:
    try:
        before = Manifest.read(folder)
    except LandingError:
        return {}
    same = before.source == source
    return {n: frozenset(tally.fields) for n, tally in before.resources.items()} if same else {}


class _Part(Protocol):
    """A resource's reader."""

    after: frozenset[str]  #: resources that, when they have changed, make it read again
    shelf: Shelf
    known: int | None  #: how many records the source claimed when they were read

    def take(self) -> None: ...

    def claimed_now(self) -> int | None: ...


class _Extraction:
    """One run: resource by resource, since the later ones ask for what the earlier ones named."""

    def __init__(self, client: Client, window: Window, work: Work, progress: Progress) -> None:
        self.client, self.work, self.progress = client, work, progress
        self.rejects = Spool(work.spooled, "rejects")
        self.links = self._shelf("pull_request_commits")
        self.comments = self._shelf("review_comments")
        self.repos = Repos(client, self._shelf("repos"), progress)
        self.commits = Commits(client, self._shelf("commits"), progress, window)
        pulls = self._shelf("pull_requests", in_window=True)
        self.pulls = Pulls(client, pulls, self.links, progress, window, self.repos)
        reviews = self._shelf("reviews", in_window=True)
        self.reviews = Reviews(client, reviews, self.comments, progress, self.pulls)

    def _shelf(self, resource: str, *, in_window: bool = False) -> Shelf:
        elsewhere = frozenset({LINKS, COMMENTS})
        return Shelf(Spool(self.work.spooled, resource), self.rejects, elsewhere, in_window)

    @property
    def _parts(self) -> tuple[_Part, ...]:
        return (self.repos, self.commits, self.pulls, self.reviews)

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """All resources, in the order in which people think of them."""
        repos, commits, pulls, reviews = (part.shelf for part in self._parts)
        return (repos, commits, pulls, self.links, reviews, self.comments)

    def everything(self) -> None:
        """Read all; then see whether the source still claims the same, and read what is new."""
        self._go_on_or_begin_anew()
        changed = frozenset(part.shelf.resource for part in self._parts)
        for _ in range(ROUNDS):
            for part in self._parts:
                if part.after & changed:
                    with part.shelf.costs(self.client):
                        part.take()
            changed = frozenset(p.shelf.resource for p in self._parts if self._has_changed(p))
            if not changed:
                return
        self.repos.shelf.remarks.append(
            f"{', '.join(sorted(changed))}: still changing after {ROUNDS} rounds; "
            "the next run takes what has come since"
        )

    def _has_changed(self, part: _Part) -> bool:
        """Return whether the source now claims something else than it did."""
        with part.shelf.costs(self.client):
            claimed = part.claimed_now()
        return None not in (claimed, part.known) and claimed != part.known

    def _go_on_or_begin_anew(self) -> None:
        """Use an earlier run's answers only if the source still begins with the same records."""
        journal = self.client.journal
        if not journal:
            return
        with self.repos.shelf.costs(self.client):
            goes_on = self.repos.are_as_before() and self.commits.begin_as_before()
        if goes_on:
            self.progress.say(f"going on with {len(journal):,} answers of a run that was cut off")
        else:
            self.progress.say("the source is not what it was: starting afresh")
            journal.clear()

    def land(self, rejects_allowed: float, before: dict[str, frozenset[str]]) -> list[str]:
        """Write what was spooled to the landing and count it; return what a person should know.

        `before` are the fields of each resource that the extraction before this one has seen.
        Raises IncompleteExtraction where too large a share was rejected.
        """
        finish(self.rejects, self.work.landed)
        rejected, notes = reasons(self.work.landed), list[str]()
        for shelf in self.shelves:
            unfit = rejected[shelf.resource]
            shelf.settle(finish(shelf.spool, self.work.landed), unfit.total())
            refuse_too_many(shelf, unfit, rejects_allowed)
            drift = shelf.drift(before.get(shelf.resource, frozenset()))
            notes += [*drift, *changes_of_type(shelf.resource, unfit), *shelf.remarks]
        self._came_inside(self.links, self.pulls.shelf)
        self._came_inside(self.comments, self.reviews.shelf)
        self.repos.shelf.tally.expected = self.repos.shelf.tally.received
        return notes

    def _came_inside(self, inner: Shelf, outer: Shelf) -> None:
        """What comes inside of other records is complete if these are."""
        inner.tally.expected = inner.tally.received
        inner.tally.started_at = outer.tally.started_at
        inner.tally.finished_at = outer.tally.finished_at


def refuse_too_many(shelf: Shelf, rejected: Counter[str], allowed: float) -> None:
    """Raise IncompleteExtraction where more than the allowed share was rejected."""
    if shelf.tally.rejected > allowed * shelf.tally.received:
        raise IncompleteExtraction(
            f"{shelf.resource}: {shelf.tally.rejected:,} of {shelf.tally.received:,} records "
            f"break the contract, e.g. {rejected.most_common(1)[0][0]}",
            hint="the API seems to have changed; the previous extraction stands; "
            "allow more with --max-rejects if that is what you want",
        )


def changes_of_type(resource: str, rejected: Counter[str]) -> list[str]:
    """Return a line for each field that made records be rejected, with an example."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for reason, count in rejected.items():
        field = reason.partition(":")[0]
        counts[field] += count
        examples.setdefault(field, reason)
    return [
        f"{resource}: {count:,} records rejected, e.g. {examples[field]}"
        for field, count in sorted(counts.items())
    ]
