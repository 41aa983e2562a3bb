"""One extraction: it reads all resources of a window and lands all of them or none."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from cursor_marts.errors import IncompleteExtraction, SourceError, SourceNotUnderstood
from cursor_marts.raw.history import History
from cursor_marts.raw.landing import Work, replacing
from cursor_marts.raw.manifest import HOW_TO_FILL, Manifest, unreadable_in_words
from cursor_marts.raw.migration import migrated
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.store import Store
from cursor_marts.raw.window import Window
from cursor_marts.sources.beginning import PRIVACY, history_of, refuse_invented
from cursor_marts.sources.http.journal import MAX_AGE_SECONDS, Journal
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.landing import in_order, land
from cursor_marts.sources.progress import Progress, Silent
from cursor_marts.sources.run import HOW_TO_RESUME, Run
from cursor_marts.sources.source import Reader, Source
from cursor_marts.sources.writer import as_naive, now

#: The share of a resource's records that may be rejected before the API counts as changed.
REJECTS_ALLOWED = 0.01
#: Rounds of reading, since records change meanwhile; later changes are left to the next run.
ROUNDS = 3


def extract(
    sources: Sequence[Source],
    window: Window,
    folder: Path,
    *,
    fresh: bool = False,
    full_refresh: bool = False,
    forget: Collection[str] = (),
    rejects_allowed: float = REJECTS_ALLOWED,
    skip_unreadable: bool = False,
    resume_within_seconds: float = MAX_AGE_SECONDS,
    redaction: Redaction | None = None,
    progress: Progress | None = None,
    wall_clock: Callable[[], float] = time.time,
) -> Manifest:
    """Extract all resources into the landing `folder`, which is replaced whole or not at all.

    A source that knows what has changed sends only that, unless `full_refresh`; others send the
    commits of the window and the pull requests opened in it, with all their reviews. Rows that
    earlier runs have landed stay where this one has not read them again, but for those of the
    repositories to `forget`. Invented data replaces everything, and never real data.

    Each source is read by its own thread, and closed at the end. An interrupted run is resumed,
    unless `fresh`, or if its first response is older than `resume_within_seconds`; the manifest
    then begins at the oldest response. A `redaction` removes texts, names and emails. `wall_clock`
    replaces the time in tests.

    Repositories and pull requests that cannot be read do not stop the others. All others are landed
    with a manifest that names the unreadable ones; then this raises IncompleteExtraction, unless
    `skip_unreadable`. It also raises IncompleteExtraction if a source sends fewer records than it
    claims to have, and SourceError, its subclasses, and LandingError.
    """
    with replacing(folder, fresh=fresh) as work, ExitStack() as stack:
        mark = redaction.mark if redaction else ""
        found = history_of(folder, mark=mark, full_refresh=full_refresh)
        history = _history(found, sources, work, progress or Silent())
        history.forgotten = frozenset(name.strip().casefold() for name in forget)
        run = Run(
            window,
            work,
            began_at=as_naive(wall_clock()),
            history=history,
            full_refresh=full_refresh,
            progress=progress or Silent(),
            redaction=redaction,
            states=history.respect_pruning(window) | {PRIVACY: mark or None},
        )
        journals = _opened(sources, run, resume_within_seconds, stack)
        _read_in_parallel(list(zip(sources, journals, strict=True)), run)
        refuse_invented(sources, run.history)
        store = Store(work.landed, work.spooled, run.history, run.began_at)
        notes = _landed(run, store, rejects_allowed, journals)
        manifest = _manifest(sources, run, store, journals, notes, skip_unreadable)
        manifest.write(work.landed)
        work.keeps_answers = bool(run.unreadable) and not skip_unreadable
    if work.keeps_answers:
        raise _has_gaps(manifest)
    return manifest


def _history(
    history: History, sources: Sequence[Source], work: Work, progress: Progress
) -> History:
    """Return the history that a run adds to; that of an earlier version is divided by month."""
    refuse_invented(sources, history)
    if history.manifest is None or history.manifest.is_by_month:
        return history
    progress.say("the extracted files are divided by month, once")
    return migrated(history, work.versions / "migrated", work.spooled)


def _opened(
    sources: Sequence[Source], run: Run, max_age_seconds: float, stack: ExitStack
) -> list[Journal]:
    """Return the journal of each source; the stack closes the journals and the sources."""
    journals = [
        stack.enter_context(closing(_journal(source, run, max_age_seconds))) for source in sources
    ]
    for source in sources:
        stack.enter_context(closing(source))
    return journals


def _journal(source: Source, run: Run, max_age_seconds: float) -> Journal:
    about = {"source": source.name, "identity": source.identity, "window": str(run.window)}
    return Journal(run.work.journal(source.kind), about, max_age_seconds)


def _oldest(journal: Journal) -> datetime | None:
    """Return the time of the oldest response that was used again, as naive UTC."""
    if journal.oldest is None:
        return None
    return as_naive(journal.oldest)


def _read_in_parallel(sources: list[tuple[Source, Journal]], run: Run) -> None:
    def read(pair: tuple[Source, Journal]) -> None:
        _read(*pair, run)

    for _ in in_parallel(read, sources, len(sources)):
        pass


def _landed(
    run: Run, store: Store, rejects_allowed: float, journals: Sequence[Journal]
) -> list[str]:
    """Land the run and return its notes; a refused run is not resumed."""
    try:
        return land(run, store, rejects_allowed, run.history.manifest)
    except IncompleteExtraction:
        for journal in journals:
            journal.clear()
        raise


def _manifest(
    sources: Sequence[Source],
    run: Run,
    store: Store,
    journals: Sequence[Journal],
    notes: list[str],
    skip_unreadable: bool,
) -> Manifest:
    before = run.history.manifest
    states = (before.states if before else {}) | run.states
    return Manifest(
        run_id=str(uuid4()),
        source=" and ".join(dict.fromkeys(source.name for source in sources)),
        window=run.window,
        started_at=min([run.began_at, *filter(None, map(_oldest, journals))]),
        finished_at=now(),
        resources={writer.resource: writer.tally for writer in in_order(run)},
        invented=any(source.invented for source in sources),
        notes=[*notes, *map(str, run.unreadable)],
        files=store.in_order(),
        states={kind: state for kind, state in states.items() if state is not None},
        unreadable=run.unreadable,
        skips_unreadable=skip_unreadable,
        ancestors=before.lineage if before else [],
    )


def _has_gaps(manifest: Manifest) -> IncompleteExtraction:
    return IncompleteExtraction(
        "all else was landed, and nothing is published: the extraction lacks "
        f"{unreadable_in_words(manifest.unreadable)}",
        hint=f"{HOW_TO_FILL}; {HOW_TO_RESUME}",
    )


def _read(source: Source, journal: Journal, run: Run) -> None:
    """Read all resources of one source. Raises SourceError."""
    readers = source.open(run, journal)
    try:
        _resume_or_restart(readers, journal, run)
        _read_until_settled(readers, run)
    except (IncompleteExtraction, SourceNotUnderstood):
        journal.clear()  # the same responses would fail again
        raise
    except SourceError as error:
        if journal.keeps_answers():
            error.hint = f"{error.hint}; {HOW_TO_RESUME}"
        raise
    for reader in readers:
        run.writers[reader.resource].end(reader.costs)
    _sign(source, readers, journal, run)


def _resume_or_restart(readers: Sequence[Reader], journal: Journal, run: Run) -> None:
    """Use the responses of an earlier run only if the source begins with the same records."""
    if not journal:
        return
    if all(reader.is_as_before() for reader in readers):
        run.progress.say(f"resuming with {len(journal):,} responses of an interrupted run")
    else:
        run.progress.say(
            "the source has changed since the interrupted run: reading all of it again"
        )
        journal.clear()


def _read_until_settled(readers: Sequence[Reader], run: Run) -> None:
    """Read all resources, then read those again whose count at the source has changed meanwhile."""
    changed = frozenset(reader.resource for reader in readers)
    for _ in range(ROUNDS):
        for reader in readers:
            if reader.after & changed:
                run.writers[reader.resource].begin()
                reader.read()
        changed = frozenset(reader.resource for reader in readers if not reader.has_settled())
        if not changed:
            return
    run.writers[readers[0].resource].remarks.append(
        f"{', '.join(sorted(changed))}: still changing after {ROUNDS} rounds; "
        "the next run reads the later changes"
    )


def _sign(source: Source, readers: Sequence[Reader], journal: Journal, run: Run) -> None:
    """Write the source, and the time of its oldest response, into the tally of its resources."""
    filled, oldest = {reader.resource for reader in readers}, _oldest(journal)
    for writer in run.writers.values():
        if filled & {writer.resource, writer.inside}:
            writer.tally.source, writer.tally.invented = source.name, source.invented
            if oldest is not None and writer.tally.started_at:
                writer.tally.started_at = min(writer.tally.started_at, oldest.isoformat())
