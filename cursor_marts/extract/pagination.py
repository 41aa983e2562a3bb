"""Answers of every shape in use, and the pages that they come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cursor_marts.errors import IncompleteExtraction, SourceNotUnderstood
from cursor_marts.extract.client import Client
from cursor_marts.extract.endpoints import Endpoint
from cursor_marts.extract.records import Unfit, as_moment, identity

#: Passes in a row without a new record before a list counts as not to be had in full. A page in
#: random order shows a given record with a chance of a third at the least.
FRUITLESS_PASSES = 8

Record = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """The records of one answer, and what it says of the rest: None where it says nothing."""

    records: list[Record]
    total: int | None = None
    more: bool | None = None


def pages(client: Client, endpoint: Endpoint, path: str, **params: Any) -> Iterator[Page]:
    """Yield the pages of a list from the first to the last, a request each.

    Raises SourceNotUnderstood for an answer of another shape.
    """
    if not endpoint.page:
        yield page_of(client.get(path, **params), path)
        return
    number, seen, full = 1, 0, 0
    while True:
        page = page_of(client.get(path, **params, **endpoint.page_params(number)), path)
        yield page
        number, seen = number + 1, seen + len(page.records)
        # A source may silently cap the size: a page is full if it is as long as the first.
        full = full or len(page.records)
        if page.more is not None:
            if not page.more:
                return
        elif page.total is not None:
            if seen >= page.total or not page.records:
                return
        elif not page.records or len(page.records) < full:
            return


def page_of(answer: Any, path: str) -> Page:
    """Read a raw array, `{"items": …, "totalCount": n}` or `{"data": …, "pagination": …}`."""
    if isinstance(answer, list):
        return Page(_records(answer, path))
    if isinstance(answer, dict) and "items" in answer:
        return Page(_records(answer["items"], path), total=count_of(answer.get("totalCount"), path))
    if isinstance(answer, dict) and isinstance(answer.get("pagination"), dict):
        said = answer["pagination"]
        return Page(
            _records(answer.get("data"), path),
            total=count_of(said.get("total", said.get("totalCount")), path),
            more=said.get("hasNextPage"),
        )
    shape = (
        f"an object of {', '.join(sorted(answer)) or 'nothing'}"
        if isinstance(answer, dict)
        else type(answer).__name__
    )
    raise not_a_list(path, shape)


def not_a_list(path: str, shape: str) -> SourceNotUnderstood:
    """Return the error for an answer that is no list of records in any shape in use."""
    return SourceNotUnderstood(
        f"the source answers {path} with {shape}, where a list of records was expected",
        hint="check that --source is the API's address; if it is, the API has changed",
    )


def _records(found: Any, path: str) -> list[Record]:
    if found is None:
        return []
    if not isinstance(found, list):
        raise not_a_list(path, f"{type(found).__name__} for its records")
    return found


def count_of(found: Any, path: str) -> int | None:
    """Read a count that may be left out. Raises SourceNotUnderstood for anything else."""
    if found is None or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
        return found
    raise not_a_list(path, f"{found!r} for its total")


@dataclass
class Found:
    """The distinct records of a list by identity, and what it took to be sure of them."""

    records: dict[str, Record] = field(default_factory=dict)
    expected: int | None = None
    duplicates: int = 0

    def take(self, page: Page, key: tuple[str, ...], newest: str | None) -> list[str]:
        """Add a page's records; of two with one identity the one with the later `newest` stays."""
        ids = [identity(record, key) for record in page.records]
        for id_, record in zip(ids, page.records, strict=True):
            if id_ not in self.records:
                self.records[id_] = record
                continue
            self.duplicates += 1
            if newest and not _older(record, self.records[id_], newest):
                self.records[id_] = record
        return ids


def every_record(
    read: Callable[[], Iterable[Page]],
    what: str,
    key: tuple[str, ...] = (),
    newest: str | None = None,
    expected: int | None = None,
) -> Found:
    """Read a list, in as many passes as it takes, until it is proven complete.

    The proof: as many distinct records as the source claims, by `expected` or on its pages; or
    two passes that gave as many records as claimed, the same ones equally often, so that it is
    the source that repeats itself. Where it claims nothing, one pass has to do.
    Raises IncompleteExtraction, naming `what`.
    """
    found = Found(expected=expected)
    fruitless = 0
    previous: Counter[str] | None = None
    while len(found.records) != expected and fruitless < FRUITLESS_PASSES:
        known = len(found.records)
        seen: Counter[str] = Counter()
        for page in read():
            seen.update(found.take(page, key, newest))
            found.expected = expected if page.total is None else page.total
            if expected is not None and len(found.records) >= expected:
                break
        if found.expected is None or len(found.records) >= found.expected:
            return found
        if seen == previous and seen.total() == found.expected:
            return found
        previous = seen
        fruitless = 0 if len(found.records) > known else fruitless + 1
    if len(found.records) == expected:
        return found
    raise IncompleteExtraction(
        f"{what}: the source claims {found.expected:,} records, and {len(found.records):,} "
        f"different ones arrived, none of them new in the last {FRUITLESS_PASSES} passes",
        hint="the previous extraction stands; run again, or ask the source's owner",
    )


def _older(record: Record, other: Record, by: str) -> bool:
    try:
        return as_moment(record.get(by)) < as_moment(other.get(by))
    except Unfit:
        return False
