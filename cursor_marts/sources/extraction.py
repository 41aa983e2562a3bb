"""One extraction: every resource of a window, proven complete, landed whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cursor_marts.errors import (
    IncompleteExtraction,
    LandingError,
    SourceError,
    SourceNotUnderstood,
)
from cursor_marts.raw.deduplicate import PullRequest, finish, reasons
from cursor_marts.raw.landing import replacing
from cursor_marts.raw.manifest import HOW_TO_FILL, Manifest, unreadable_in_words
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.journal import MAX_AGE_SECONDS, Journal
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.progress import Progress, Silent
from cursor_marts.sources.run import Run
from cursor_marts.sources.source import Reader, Source
from cursor_marts.sources.writer import ResourceWriter, now

#: The share of a resource's records that may be rejected before the API counts as changed.
REJECTS_ALLOWED = 0.01
#: How often what has changed meanwhile is read again before the rest is left to the next run.
ROUNDS = 3
GOES_ON = "what was read is kept: the same command goes on where this run stopped"
#: Tables that no reader fills.
BY_THE_RUN = ("rejects", "extractions")


def extract(
    sources: Sequence[Source],
    window: Window,
    folder: Path,
    *,
    fresh: bool = False,
    rejects_allowed: float = REJECTS_ALLOWED,
    skip_unreadable: bool = False,
    resume_within_seconds: float = MAX_AGE_SECONDS,
    redaction: Redaction | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Extract all resources into the landing `folder`, which is replaced whole or not at all.

    Commits are those of the window; pull requests those opened in it, with all their reviews.
    Several sources are read at once, each by a thread of its own. A run that was cut off goes on
    where it stopped, unless `fresh`, or its first answer is older than `resume_within_seconds`; the
    record then says when the oldest answer came. The sources are closed at the end.

    With a `redaction` the set holds no texts, names and emails.

    Repositories and pull requests that cannot be read do not stop the others. All else is landed
    with a manifest that names them; then this raises IncompleteExtraction, unless
    `skip_unreadable`. Raises SourceError and its kin, IncompleteExtraction where a source keeps
    back records that it claims to have, and LandingError.
    """
    started = now()
    with replacing(folder, fresh=fresh) as work, ExitStack() as stack:
        run = Run(window, work, progress or Silent(), redaction)
        journals = [
            stack.enter_context(closing(_journal(source, run, resume_within_seconds)))
            for source in sources
        ]
        for source in sources:
            stack.enter_context(closing(source))
        _read_side_by_side(list(zip(sources, journals, strict=True)), run)
        try:
            notes = land(run, rejects_allowed, _before(folder))
        except IncompleteExtraction:
            for journal in journals:
                journal.clear()
            raise
        manifest = Manifest(
            run_id=str(uuid4()),
            source=" and ".join(dict.fromkeys(source.name for source in sources)),
            window=window,
            started_at=min([started, *filter(None, map(_oldest, journals))]),
            finished_at=now(),
            resources={writer.resource: writer.tally for writer in in_order(run)},
            invented=any(source.invented for source in sources),
            notes=[*notes, *map(str, run.unreadable)],
            unreadable=run.unreadable,
            skips_unreadable=skip_unreadable,
        )
        manifest.write(work.landed)
        work.keeps_answers = bool(run.unreadable) and not skip_unreadable
    if work.keeps_answers:
        raise IncompleteExtraction(
            f"the extraction {unreadable_in_words(manifest.unreadable)}; all else was landed, "
            "and nothing is published",
            hint=f"{HOW_TO_FILL}; {GOES_ON}",
        )
    return manifest


def _journal(source: Source, run: Run, max_age_seconds: float) -> Journal:
    about = {"source": source.name, "identity": source.identity, "window": str(run.window)}
    return Journal(run.work.journal(source.kind), about, max_age_seconds)


def _oldest(journal: Journal) -> datetime | None:
    """Return when the oldest answer came that was used again, as naive UTC."""
    if journal.oldest is None:
        return None
    return datetime.fromtimestamp(journal.oldest, UTC).replace(tzinfo=None)


def _read_side_by_side(sources: list[tuple[Source, Journal]], run: Run) -> None:
    def read(pair: tuple[Source, Journal]) -> None:
        _read(*pair, run)

    for _ in in_parallel(read, sources, len(sources)):
        pass


def _before(folder: Path) -> Manifest | None:
    try:
        return Manifest.read(folder)
    except LandingError:
        return None


def _read(source: Source, journal: Journal, run: Run) -> None:
    """Read all resources of one source. Raises SourceError."""
    readers = source.open(run, journal)
    try:
        _go_on_or_begin_anew(readers, journal, run)
        _read_until_settled(readers, run)
    except (IncompleteExtraction, SourceNotUnderstood):
        journal.clear()  # given the same answers again, it would end the same way
        raise
    except SourceError as error:
        if journal.keeps_answers():
            error.hint = f"{error.hint}; {GOES_ON}"
        raise
    for reader in readers:
        run.writers[reader.resource].end(reader.costs)
    _sign(source, readers, journal, run)


def _go_on_or_begin_anew(readers: Sequence[Reader], journal: Journal, run: Run) -> None:
    """Use an earlier run's answers only if the source still begins with the same records."""
    if not journal:
        return
    if all(reader.is_as_before() for reader in readers):
        run.progress.say(f"going on with {len(journal):,} answers of a run that was cut off")
    else:
        run.progress.say("the source is not what it was: starting afresh")
        journal.clear()


def _read_until_settled(readers: Sequence[Reader], run: Run) -> None:
    """Read all; then see whether the source still claims the same, and read what is new."""
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
        "the next run takes what has come since"
    )


def _sign(source: Source, readers: Sequence[Reader], journal: Journal, run: Run) -> None:
    """Note the source, and the time of its oldest answer, in the record of its resources."""
    filled, oldest = {reader.resource for reader in readers}, _oldest(journal)
    for writer in run.writers.values():
        if filled & {writer.resource, writer.inside}:
            writer.tally.source, writer.tally.invented = source.name, source.invented
            if oldest is not None and writer.tally.started_at:
                writer.tally.started_at = min(writer.tally.started_at, oldest.isoformat())


def in_order(run: Run) -> list[ResourceWriter]:
    """Return the writers in the order of the raw tables."""
    return [run.writers[name] for name in RAW_TABLES if name in run.writers]


def land(run: Run, rejects_allowed: float, before: Manifest | None) -> list[str]:
    """Write what was spooled to the landing and count it; return what a person should know.

    `before` is the extraction whose fields are compared. Raises IncompleteExtraction where too
    large a share was rejected.
    """
    read, without = in_order(run), _by_pull_request(run)
    for resource in RAW_TABLES:
        if resource not in run.writers and resource not in BY_THE_RUN:
            finish(run.writer(resource).spool, run.work.landed)
            del run.writers[resource]
    finish(run.rejects.spool, run.work.landed)
    rejected, notes = reasons(run.work.landed), list[str]()
    for writer in read:
        unfit = rejected[writer.resource]
        writer.settle(finish(writer.spool, run.work.landed, without), unfit.total())
        if writer.inside:
            writer.take_times_of(run.writers[writer.inside])
        refuse_too_many(writer, unfit, rejects_allowed)
        drift = writer.drift(_fields_before(before, writer))
        notes += [*drift, *changes_of_type(writer.resource, unfit), *writer.remarks]
    return notes


def _by_pull_request(run: Run) -> set[PullRequest]:
    """Note what could not be read in the counts of its resource; return it."""
    run.unreadable.sort(key=lambda each: (each.repo, each.number or 0, each.resource))
    for each in run.unreadable:
        if each.resource in run.writers:
            run.writers[each.resource].tally.unreadable.append(str(each))
    return {(each.repo, each.number) for each in run.unreadable if each.resource != "repos"}


def _fields_before(before: Manifest | None, writer: ResourceWriter) -> frozenset[str]:
    """Return the fields of a resource that the extraction before saw, if from the same source."""
    if before is None or writer.resource not in before.resources:
        return frozenset()
    tally = before.resources[writer.resource]
    return frozenset(tally.fields if tally.source == writer.tally.source else ())


def refuse_too_many(writer: ResourceWriter, rejected: Counter[str], allowed: float) -> None:
    """Raise IncompleteExtraction where more than the allowed share was rejected."""
    if writer.tally.rejected > allowed * writer.tally.received:
        raise IncompleteExtraction(
            f"{writer.resource}: {writer.tally.rejected:,} of {writer.tally.received:,} records "
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
