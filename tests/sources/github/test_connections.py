"""Lists read to their end: whole, or refused with the reason."""

from typing import Any

import pytest

from cursor_marts.sources.github.connections import NotWhole, read_list


def page(*ids: str, total: int | None, cursor: str | None = None) -> dict[str, Any]:
    return {
        "totalCount": total,
        "pageInfo": {"hasNextPage": cursor is not None, "endCursor": cursor},
        "nodes": [{"id": each} for each in ids],
    }


def read(*pages: dict[str, Any] | None) -> list[str]:
    further = iter(pages[1:])
    nodes = read_list("reviews", pages[0], lambda cursor: next(further))
    return [node["id"] for node in nodes]


def test_all_pages_of_a_list_are_read() -> None:
    """Symptom elsewhere: the first 100 reviews, commits or files passed for all."""
    assert read(page("a", "b", total=3, cursor="1"), page("c", total=3)) == ["a", "b", "c"]


def test_a_list_whose_total_is_not_told_ends_where_github_says() -> None:
    assert read(page("a", total=None, cursor="1"), page(total=None)) == ["a"]


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ([page("a", total=2)], "claims 2, and 1 arrived"),
        ([page("a", total=2, cursor="1"), page("b", total=3)], "changed from 2 to 3"),
        ([page("a", total=2, cursor="1"), page("a", total=2)], "a comes twice"),
        ([page("a", total=3, cursor="1"), page("b", total=3, cursor="1")], "does not move"),
        ([page("a", total=2, cursor="1"), None], "null for the list"),
        ([page("a", total=1) | {"nodes": [None]}], "null for a record"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(pages: list[Any], says: str) -> None:
    """Symptom elsewhere: a check passed although commit 251 and later ones were never read.

    Totals that change between pages, records that come twice, and cursors that do not move show
    that a list was not read whole.
    """
    with pytest.raises(NotWhole, match=says):
        read(*pages)


def test_commits_are_told_apart_by_their_hashes() -> None:
    repeated = page(total=2) | {
        "nodes": [{"id": "1", "commit": {"oid": "a"}}, {"id": "2", "commit": {"oid": "a"}}]
    }
    with pytest.raises(NotWhole, match="a comes twice"):
        read(repeated)
