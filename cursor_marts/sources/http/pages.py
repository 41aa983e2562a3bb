"""Answers of every shape in use, as pages of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cursor_marts.errors import IncompleteExtraction, SourceNotUnderstood
from cursor_marts.raw.records import Record, shown


@dataclass(frozen=True)
class Page:
    """The records of one answer, and what it says of the rest: None where it says nothing."""

    records: list[Record]
    total: int | None = None
    more: bool | None = None


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
        more = said.get("hasNextPage")
        return Page(
            _records(answer.get("data"), path),
            total=count_of(said.get("total", said.get("totalCount")), path),
            more=more if isinstance(more, bool) else None,
        )
    shape = (
        f"an object of {', '.join(sorted(answer)) or 'nothing'}"
        if isinstance(answer, dict)
        else type(answer).__name__
    )
    raise not_a_list(path, shape)


def not_a_list(path: str, shape: str) -> SourceNotUnderstood:
    """Return the error for an answer that is no list of records in any shape in use."""
    shape = shape if len(shape) <= 200 else f"{shape[:199]}…"
    return SourceNotUnderstood(
        f"the source answers {path} with {shape}, where a list of records was expected",
        hint="check that --source is the API's address; if it is, the API has changed",
    )


def never_ends(what: str) -> IncompleteExtraction:
    """Return the error for a list whose further pages bring nothing new."""
    return IncompleteExtraction(
        f"{what}: the source says that there are more pages, and they bring no new records",
        hint="the source seems to ignore the number of the page; ask its owner",
    )


def _records(found: Any, path: str) -> list[Record]:
    if found is None:
        return []
    if not isinstance(found, list):
        raise not_a_list(path, f"{type(found).__name__} for its records")
    return found


def count_of(found: Any, path: str) -> int | None:
    """Read a count that may be left out. Raises SourceNotUnderstood for anything else."""
    if found is None or is_count(found):
        return None if found is None else int(found)
    raise not_a_list(path, f"{shown(found)} for its total")


def is_count(found: Any) -> bool:
    """Return whether a value is a whole number that can count records."""
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**53
