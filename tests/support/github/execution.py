"""Executes queries: graphql-core over the schema, with GitHub's cursors and errors at paths."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    parse,
    validate,
)

from support.github.world import Node, World

SCHEMA = Path(__file__).parent / "schema.graphql"
Sort = Callable[[Node], list[Any]]


class Context(Protocol):
    """What resolvers need: the world, what is denied, and the limits."""

    world: World
    denied: dict[str, GraphQLError]
    miscounted: dict[str, int]

    def rate_limit(self) -> Node | None: ...


class Denied(GraphQLError):
    """An error of GitHub's at the path of a record."""

    def __init__(self, type: str, message: str, *, is_saml: bool = False) -> None:
        extensions = {"saml_failure": True} if is_saml else {}
        super().__init__(message, extensions={"type": type, **extensions})


@cache
def document(text: str) -> tuple[DocumentNode, list[GraphQLError]]:
    """Return a query's document and what is wrong with it."""
    parsed = parse(text)
    return parsed, validate(schema(), parsed)


@cache
def schema() -> GraphQLSchema:
    """Return the schema, with resolvers for all that is not simply a field of a node."""
    built = build_schema(SCHEMA.read_text("utf-8"))
    for type_name, fields in RESOLVERS.items():
        type_ = built.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        for name, resolve in fields.items():
            type_.fields[name].resolve = resolve
    return built


def _by_id(node: Node) -> list[Any]:
    return [node.get("_order", node["id"])]


def _by_name(node: Node) -> list[Any]:
    return [node["nameWithOwner"].casefold()]


def _by_update(node: Node) -> list[Any]:
    return [node["updatedAt"], node["_order"]]


def _list(name: str, sort: Sort | None = None) -> Callable[..., Node]:
    def resolve(source: Node, info: Any, **arguments: Any) -> Node:
        return connection(info.context, source[name], sort, **arguments)

    return resolve


def connection(
    context: Context,
    nodes: Sequence[Node],
    sort: Sort | None,
    *,
    first: int | None = None,
    after: str | None = None,
    descending: bool = False,
    **_: Any,
) -> Node:
    """Return a page: the first nodes behind the position that the cursor names.

    Lists without a sort value are in the order of the world; their position is a place in it.
    """
    if first is None or not 1 <= first <= 100:
        raise GraphQLError("You must provide a `first` value of 1 to 100 to properly paginate.")
    placed = [(sort(node) if sort else [place], node) for place, node in enumerate(nodes)]
    placed.sort(key=lambda pair: pair[0], reverse=descending)
    if after is not None:
        position = _position(after)
        placed = [
            pair for pair in placed if (pair[0] < position if descending else pair[0] > position)
        ]
    page = placed[:first]
    return {
        "totalCount": len(nodes),
        "filteredCount": len(nodes),
        "pageCount": len(page),
        "updatedAt": "2026-01-01T00:00:00Z",
        "pageInfo": {
            "hasNextPage": len(placed) > first,
            "hasPreviousPage": after is not None,
            "startCursor": _cursor(page[0][0]) if page else None,
            "endCursor": _cursor(page[-1][0]) if page else None,
        },
        "nodes": [context.denied.get(node["id"], node) for _, node in page],
    }


def _cursor(position: list[Any]) -> str:
    return base64.b64encode(b"cursor:v2:" + json.dumps(position).encode()).decode()


def _position(cursor: str) -> list[Any]:
    found: list[Any] = json.loads(base64.b64decode(cursor).removeprefix(b"cursor:v2:"))
    return found


def _pulls(repo: Node, info: Any, orderBy: Node | None = None, **arguments: Any) -> Node:
    if repo["id"] + "/pulls" in info.context.denied:
        raise info.context.denied[repo["id"] + "/pulls"]
    by_update = orderBy is not None and orderBy["field"] == "UPDATED_AT"
    page = connection(
        info.context,
        repo["_pulls"],
        _by_update if by_update else _by_id,
        descending=orderBy is not None and orderBy["direction"] == "DESC",
        **arguments,
    )
    return _miscounted(page, repo, info)


def _miscounted(page: Node, holder: Node, info: Any) -> Node:
    return page | {"totalCount": page["totalCount"] + info.context.miscounted.get(holder["id"], 0)}


def _reviews(pull: Node, info: Any, **arguments: Any) -> Node:
    page = connection(info.context, pull["_reviews"], _by_id, **arguments)
    return _miscounted(page, pull, info)


def _timeline(pull: Node, info: Any, itemTypes: list[str] | None = None, **arguments: Any) -> Node:
    wanted = {name.replace("_", "").lower() for name in itemTypes or ()}
    items = [
        each for each in pull["_timeline"] if not wanted or each["__typename"].lower() in wanted
    ]
    page = connection(info.context, items, None, **arguments)
    return page | {"totalCount": len(pull["_timeline"])}  # it counts the other types as well


def _node(_: Any, info: Any, id: str) -> Node:
    if id in info.context.denied:
        raise info.context.denied[id]
    found: Node | None = info.context.world.node(id)
    if found is None:
        raise Denied("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'")
    return found


def _nodes(_: Any, info: Any, ids: list[str]) -> list[Any]:
    found = []
    for id in ids:
        try:
            found.append(_node(None, info, id))
        except GraphQLError as error:
            found.append(error)  # type: ignore[arg-type]
    return found


def _repository(_: Any, info: Any, owner: str, name: str, **__: Any) -> Node:
    found: Node | None = info.context.world.named(f"{owner}/{name}")
    if found is None:
        raise Denied(
            "NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'."
        )
    if found["id"] in info.context.denied:
        raise info.context.denied[found["id"]]
    return found


def _owner(_: Any, info: Any, login: str) -> Node | None:
    if login in info.context.denied:
        raise info.context.denied[login]
    repos = info.context.world.owner(login)
    if not repos:
        return None
    return {"__typename": "Organization", "id": f"O_{login}", "login": login, "_repos": repos}


def _members(source: Node, info: Any, **arguments: Any) -> Node:
    return connection(info.context, info.context.world.members, _by_id, **arguments)


def _provider(source: Node, info: Any) -> Node | None:
    identities = info.context.world.identities
    return None if identities is None else {"id": "SAML", "_identities": identities}


RESOLVERS: dict[str, dict[str, Callable[..., Any]]] = {
    "Query": {
        "node": _node,
        "nodes": _nodes,
        "repository": _repository,
        "repositoryOwner": _owner,
        "organization": _owner,
        "rateLimit": lambda _, info, **__: info.context.rate_limit(),
    },
    "Organization": {
        "repositories": _list("_repos", _by_name),
        "membersWithRole": _members,
        "samlIdentityProvider": _provider,
    },
    "OrganizationIdentityProvider": {"externalIdentities": _list("_identities", _by_id)},
    "Repository": {"pullRequests": _pulls},
    "PullRequest": {
        "labels": _list("_labels"),
        "reviews": _reviews,
        "commits": _list("_commits"),
        "timelineItems": _timeline,
        "reviewThreads": _list("_threads", _by_id),
    },
    "PullRequestReview": {"comments": _list("_comments", _by_id)},
    "PullRequestReviewThread": {"comments": _list("_comments", _by_id)},
}
