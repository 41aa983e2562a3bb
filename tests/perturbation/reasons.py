"""Why some columns that lineage names can never be shown to change a mart column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from support.perturbation import VERSIONS

from cursor_marts.contracts import columns_of
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.column_lineage import related, steps
from cursor_marts.graph.steps import ROWS, Place, followed
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.columns import BOOKKEEPING

ENTRIES = catalog(all_models())


def is_compared_last(mart: Place, raw: Place) -> bool:
    """Of two versions of a record, those that this column tells apart hold the same for the mart.

    They are equal in the columns that are compared before, among which is every one that the mart
    column comes from.
    """
    order = compared(raw.table)
    read = {place.column for place in read_of_versions()[mart] if place.table == raw.table}
    if raw.column not in order or raw.column in read:
        return False
    return order.index(raw.column) > max((order.index(c) for c in read & {*order}), default=-1)


def is_of_the_first_commit(mart: Place, raw: Place) -> bool:
    """A commit that is matched by its message has an author date, which counts before its own."""
    _authored_at, *later = compared("pull_request_commits")
    return raw.table == "pull_request_commits" and raw.column in later and mart in FIRST_COMMIT


def is_of_approvals(mart: Place, raw: Place) -> bool:
    """Only a review that comments can be a mere reply, so that no approval depends on it."""
    is_of_reply = raw.table == "review_comments" or raw in REPLIES
    return is_of_reply and mart == Place("mart_quality", "avg_approvals_per_pr")


def is_of_comments(mart: Place, raw: Place) -> bool:
    """A mere reply has no text that would count, and its comment counts in any case."""
    counts = ("avg_review_density", "total_review_comments")
    return raw == Place("review_comments", "in_reply_to_id") and mart.column in counts


def is_of_keys(mart: Place, raw: Place) -> bool:
    """The end of the extraction says which times are possible, by which versions are compared.

    All versions of a record have its key.
    """
    read = read_of_versions()[mart]
    return raw.table == "extractions" and not any(p.column in compared(p.table) for p in read)


FIRST_COMMIT = {
    *(Place("mart_pull_requests", f"{name}_time_hours") for name in ("coding_lead", "total_cycle")),
    *(Place("mart_velocity", name) for name in ("coding_lead_time", "p50_coding_lead_time")),
    *(
        Place("mart_velocity", f"{name}_cycle_time")
        for name in ("avg_total", "p50", "p90", "total")
    ),
}
#: What of a review decides only whether it is a mere reply, or that it asked for changes.
REPLIES = (Place("reviews", "body"), Place("reviews", "previous_state"))
#: What a reader is told → whether it holds for a mart column and a raw column.
REASONS: Mapping[str, Callable[[Place, Place], bool]] = {
    "versions of a record are compared by it after all columns that are read of them": (
        is_compared_last
    ),
    "only the key of a record is read, which all of its versions have": is_of_keys,
    "a commit that is matched by its message has an author date, which comes first": (
        is_of_the_first_commit
    ),
    "it tells mere replies apart, which never approve": is_of_approvals,
    "it tells mere replies apart, which have no text to count": is_of_comments,
}


def reason_of(mart: Place, raw: Place) -> str:
    """Return why a raw column cannot change a mart column, '' where there is no reason."""
    return next((said for said, holds in REASONS.items() if holds(mart, raw)), "")


@cache
def compared(table: str) -> list[str]:
    """Return the columns by which versions of a record are compared, in order."""
    key, at = VERSIONS.get(table, ((), ""))
    left_out = (*key, at, *BOOKKEEPING)
    rest = [name for name in columns_of(RAW_TABLES[table]) if name not in left_out]
    return [at, *rest] if at else []


@cache
def read_of_versions() -> Mapping[Place, set[Place]]:
    """Return the raw columns from which each mart column comes once the versions are chosen."""
    of_staging: dict[Place, set[Place]] = defaultdict(set)
    staging = [entry.name for entry in ENTRIES.values() if entry.layer == "staging"]
    for reader, read, _how in steps(ENTRIES, staging):
        if ROWS not in (reader.column, read.column):
            of_staging[reader].add(read)
    return {
        mart: set().union(*(of_staging[p] for p in _upstream(mart) if p in of_staging))
        for mart in _marts()
    }


def _upstream(mart: Place) -> Iterable[Place]:
    return followed(related(ENTRIES, mart), mart)


def _marts() -> Iterable[Place]:
    for entry in ENTRIES.values():
        if entry.layer == "marts":
            yield from (Place(entry.name, column) for column in columns_of(entry.contract))
