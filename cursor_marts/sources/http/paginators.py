"""Answers of every shape in use, and the pages that they come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cursor_marts.errors import SourceNotUnderstood
from cursor_marts.raw.records import Record
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import Endpoint
from cursor_marts.sources.http.parallel import WORKERS, in_parallel


@dataclass(frozen=True)
class Page:
    """The records of one answer, and what it says of the rest: None where it says nothing."""

    records: list[Record]
    total: int | None = None
    more: bool | None = None


def pages(
    client: Client,
    endpoint: Endpoint,
    path: str,
    params: Mapping[str, str],
    workers: int = WORKERS,
) -> Iterator[Page]:
    """Yield the pages of a list, a request each, to where they end.

    Where the source says how many there are, they are asked for several at once. The end is a page
    that is shorter than the first one, whatever the total says: totals may lag behind, and a
    source may silently cap the size that it was asked for.
    Raises SourceNotUnderstood for an answer of another shape.
    """

    def ask(number: int) -> Page:
        query = {**params, **endpoint.page_params(number)}
        return page_of(client.get(path, **query), path)

    first = page = ask(1)
    yield first
    size, number, last = len(first.records), 1, len(first.records)
    if not size:
        return
    if first.total is not None and first.more is None:
        if first.total <= size < endpoint.largest:
            return
        number = -(-first.total // size)
        for page in in_parallel(ask, range(2, number + 1), workers):
            last = min(last, len(page.records))
            yield page
    while page.more if page.more is not None else last >= size:
        number += 1
        page = ask(number)
        last = len(page.records)
        yield page
        if not last:
            return


def page_of(answer: Any, path: str) -> Page:
    """Read a raw array, `{"items": …, "totalCount": n}` or `{"data": …, "pagination": …}`.

    Raises SourceNotUnderstood for anything else.
    """
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
