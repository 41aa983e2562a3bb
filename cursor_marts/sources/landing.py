"""Lands the rows of an extraction and concludes the counts of each resource."""

from __future__ import annotations

from collections import Counter

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.deduplicate import PullRequest
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.scope import Rejected
from cursor_marts.raw.store import Store
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.sources.run import Run
from cursor_marts.sources.writer import ResourceWriter

#: Raw tables that no reader fills.
FILLED_BY_RUN = ("rejects", "extractions")


def in_order(run: Run) -> list[ResourceWriter]:
    """Return the writers in the order of the raw tables."""
    return [run.writers[name] for name in RAW_TABLES if name in run.writers]


def land(run: Run, store: Store, rejects_allowed: float, previous: Manifest | None) -> list[str]:
    """Write the spooled rows to the landing, conclude the counts, and return notes for the user.

    Fields are compared with those of the `previous` extraction. Raises IncompleteExtraction if too
    many records were rejected.
    """
    read, unreadable, notes = in_order(run), _unreadable_pull_requests(run), list[str]()
    whole = {writer.resource for writer in read if not writer.is_incremental}
    store.land(run.rejects.spool, "", Rejected(whole))
    for resource in RAW_TABLES:
        if resource not in run.writers and resource not in FILLED_BY_RUN:
            store.keep(resource)
    for writer in read:
        unfit, source = store.rejected[writer.resource], writer.tally.source
        notes += _of_another_source(run, writer)
        landed = store.land(writer.spool, source, writer.scope, unreadable)
        writer.settle(landed, unfit.total())
        if writer.inside:
            writer.take_times_of(run.writers[writer.inside])
        refuse_too_many(writer, unfit, rejects_allowed)
        drift = writer.drift(_previous_fields(previous, writer))
        notes += [*drift, *rejected_fields(writer.resource, unfit), *writer.remarks]
    return notes


def _of_another_source(run: Run, writer: ResourceWriter) -> list[str]:
    """Return a line if the stored rows of a raw table are dropped: they are of another source."""
    stored = run.history.of(writer.resource)
    if stored is None or not stored.rows or stored.source in ("", writer.tally.source):
        return []
    return [
        f"{writer.resource}: {stored.rows:,} rows of {stored.source} are replaced, since this "
        f"run reads {writer.tally.source}"
    ]


def _unreadable_pull_requests(run: Run) -> set[PullRequest]:
    """Write what could not be read into the tallies; return the unreadable pull requests."""
    run.unreadable.sort(key=lambda each: (each.repo, each.number or 0, each.resource))
    for each in run.unreadable:
        if each.resource in run.writers:
            run.writers[each.resource].tally.unreadable.append(str(each))
    return {(each.repo, each.number) for each in run.unreadable if each.resource != "repos"}


def _previous_fields(previous: Manifest | None, writer: ResourceWriter) -> frozenset[str]:
    """Return the fields of a resource in the previous extraction, if it had the same source."""
    if previous is None or writer.resource not in previous.resources:
        return frozenset()
    tally = previous.resources[writer.resource]
    return frozenset(tally.fields if tally.source == writer.tally.source else ())


def refuse_too_many(writer: ResourceWriter, rejected: Counter[str], allowed: float) -> None:
    """Raise IncompleteExtraction if more than the allowed share of records was rejected."""
    if writer.tally.rejected > allowed * writer.tally.received:
        raise IncompleteExtraction(
            f"{writer.resource}: {writer.tally.rejected:,} of {writer.tally.received:,} records "
            f"break the contract, e.g. {rejected.most_common(1)[0][0]}",
            hint="the API seems to have changed; the previous extraction is unchanged; "
            "allow more with --max-rejects if that is what you want",
        )


def rejected_fields(resource: str, rejected: Counter[str]) -> list[str]:
    """Return a line for each field that caused rejects, with the count and an example."""
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
