"""A list of GitHub's (a connection) read to its end, with the checks that prove it whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Node = dict[str, Any]


class NotWhole(Exception):
    """A list that does not come out whole: why."""


def read_list(
    what: str, first: Node | None, next_page: Callable[[str | None], Node | None]
) -> list[Node]:
    """Return all nodes of a list: those of its first page, if that is known, and of the others.

    Raises NotWhole where a node is null, comes twice, where the cursor does not move, the total
    changes from page to page, or is not what has arrived. A list without a total ends where GitHub
    says that there is no further page.
    """
    page = first if first is not None else next_page(None)
    total, cursors = (page or {}).get("totalCount"), set[str]()
    nodes: dict[str, Node] = {}
    while True:
        if page is None:
            raise NotWhole(f"{what}: GitHub answers null for the list")
        _add(what, nodes, page)
        if page.get("totalCount") != total:
            raise NotWhole(f"{what}: the total has changed from {total} to {page['totalCount']}")
        if not page["pageInfo"]["hasNextPage"]:
            break
        page = next_page(_next_cursor(what, page, cursors))
    if total is not None and len(nodes) != total:
        raise NotWhole(f"{what}: GitHub claims {total:,}, and {len(nodes):,} arrived")
    return list(nodes.values())


def _add(what: str, nodes: dict[str, Node], page: Node) -> None:
    for node in page["nodes"] or ():
        if node is None:
            raise NotWhole(f"{what}: GitHub answers null for a record")
        key = (node.get("commit") or {}).get("oid") or node["id"]
        if key in nodes:
            raise NotWhole(f"{what}: {key} comes twice")
        nodes[key] = node


def _next_cursor(what: str, page: Node, cursors: set[str]) -> str:
    cursor = page["pageInfo"]["endCursor"]
    if cursor is None or cursor in cursors:
        raise NotWhole(f"{what}: the cursor does not move")
    cursors.add(cursor)
    return str(cursor)
