"""Worlds: repositories and all that is in them, as plain nodes with GraphQL's field names.

Lists that a client has to page are under names with an underscore: `_pulls`, `_reviews` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from support.github.clock import NOON, as_text

Node = dict[str, Any]
HOUR, DAY = 3600.0, 86_400.0
#: Ids are beyond 32 bits, as GitHub's are since 2024.
_ids = count(4_300_000_000)


def at(days_before: float) -> str:
    """Return the time so many days before the runs begin."""
    return as_text(NOON - days_before * DAY)


def person(login: str | None, kind: str = "User") -> Node | None:
    """Return an account; None for one that is gone."""
    if login is None:
        return None
    return {
        "__typename": kind,
        "id": f"{kind[0]}_{login}",
        "login": login,
        "url": f"https://github.com/{login}",
    }


def member(login: str, *emails: str) -> Node:
    """Return a member of an organisation, with emails of its verified domains."""
    return {
        "__typename": "User",
        **_new_id("U"),
        "login": login,
        "name": login.title(),
        "organizationVerifiedDomainEmails": list(emails),
    }


def identity(name: str, login: str | None) -> Node:
    """Return an identity of the organisation's sign-in, and the account that is linked to it."""
    user = person(login)
    return {**_new_id("EI"), "samlIdentity": {"nameId": name}, "scimIdentity": None, "user": user}


def _new_id(prefix: str) -> dict[str, Any]:
    number = next(_ids)
    return {"id": f"{prefix}_{number}", "fullDatabaseId": str(number), "_order": number}


def repository(name: str, pulls: Iterable[Node] = (), **fields: Any) -> Node:
    """Return a repository with pull requests."""
    number = next(_ids) - 4_000_000_000
    node = {
        "__typename": "Repository",
        "id": f"R_{number}",
        "databaseId": number,
        "nameWithOwner": name,
        "isFork": False,
        "isArchived": False,
        "isDisabled": False,
        "isEmpty": False,
        "isPrivate": True,
        "url": f"https://github.com/{name}",
        "defaultBranchRef": {"id": f"REF_{number}", "name": "main"},
        "_pulls": list(pulls),
        **fields,
    }
    for pull in node["_pulls"]:
        pull.setdefault("headRepository", {"id": node["id"], "nameWithOwner": name})
        pull["url"] = f"https://github.com/{name}/pull/{pull['number']}"
    return node


def pull_request(number: int, updated_at: str, **fields: Any) -> Node:
    """Return a pull request."""
    author = fields.pop("author", "ada")
    node = {
        "__typename": "PullRequest",
        **_new_id("PR"),
        "number": number,
        "title": f"Change {number}",
        "body": "",
        "state": "OPEN",
        "isDraft": False,
        "createdAt": updated_at,
        "updatedAt": updated_at,
        "mergedAt": None,
        "closedAt": None,
        "additions": 10,
        "deletions": 2,
        "changedFiles": 1,
        "author": person(author) if isinstance(author, str) else author,
        "baseRefName": "main",
        "headRefName": f"change-{number}",
        "headRefOid": f"{number:040x}",
        "isCrossRepository": False,
        "mergeCommit": None,
        "_labels": [],
        "_reviews": [],
        "_commits": [],
        "_timeline": [],
        "_threads": [],
    }
    labels = fields.pop("labels", ())
    node["_labels"] = [{"id": f"L_{number}_{name}", "name": name} for name in labels]
    return node | fields


def review(author: Any, submitted_at: str | None, state: str = "APPROVED", **fields: Any) -> Node:
    """Return a review; one without a time is pending."""
    return {
        "__typename": "PullRequestReview",
        **_new_id("PRR"),
        "author": person(author) if isinstance(author, str) else author,
        "state": state,
        "body": "",
        "submittedAt": submitted_at,
        "createdAt": submitted_at or at(1),
        "updatedAt": submitted_at or at(1),
        "_comments": [],
    } | fields


def comment(author: Any, created_at: str, **fields: Any) -> Node:
    """Return a comment on a line."""
    return {
        "__typename": "PullRequestReviewComment",
        **_new_id("PRRC"),
        "author": person(author) if isinstance(author, str) else author,
        "body": "Why?",
        "path": "src/app.py",
        "line": 7,
        "originalLine": 7,
        "createdAt": created_at,
        "state": "SUBMITTED",
        "replyTo": None,
        "pullRequestReview": None,
    } | fields


def with_comments(node: Node, *comments: Node) -> Node:
    """Add comments to a review."""
    for each in comments:
        each["pullRequestReview"] = node
        node["_comments"].append(each)
    return node


def thread(*comments: Node) -> Node:
    """Return a thread of comments that belong to no review, as those before 2016 do."""
    return {"__typename": "PullRequestReviewThread", **_new_id("PRT"), "_comments": list(comments)}


def commit(oid: str, authored_at: str, **fields: Any) -> Node:
    """Return a commit of a pull request."""
    author = {"name": "Ada", "email": "ada@example.org", "user": person("ada")}
    content = {
        "id": f"C_{oid}",
        "oid": oid,
        "authoredDate": authored_at,
        "committedDate": authored_at,
        "message": f"Commit {oid[:7]}",
        "author": author,
    } | fields
    return {"__typename": "PullRequestCommit", "id": f"PRC_{oid}", "commit": content}


def event(kind: str, created_at: str, **fields: Any) -> Node:
    """Return an event of a timeline, such as ReadyForReviewEvent."""
    return {"__typename": kind, **_new_id("EV"), "createdAt": created_at, "actor": None} | fields


@dataclass
class World:
    """What the emulated GitHub holds. Old names of repositories lead to their ids."""

    repositories: list[Node] = field(default_factory=list)
    members: list[Node] = field(default_factory=list)
    identities: list[Node] | None = None  #: by the organisation's sign-in; None without one
    old_names: dict[str, str] = field(default_factory=dict)

    def owner(self, login: str) -> list[Node]:
        """Return an owner's repositories."""
        return [
            each
            for each in self.repositories
            if each["nameWithOwner"].partition("/")[0].casefold() == login.casefold()
        ]

    def named(self, name: str) -> Node | None:
        """Return a repository by its name of today, or by an earlier one."""
        by_name = {each["nameWithOwner"].casefold(): each for each in self.repositories}
        by_id = {each["id"]: each for each in self.repositories}
        found = by_name.get(name.casefold())
        return found or by_id.get(self.old_names.get(name.casefold(), ""))

    def node(self, id: str) -> Node | None:
        """Return any node by id."""
        return next((each for each in self._nodes() if each["id"] == id), None)

    def _nodes(self) -> Iterable[Node]:
        for repo in self.repositories:
            yield repo
            for pull in repo["_pulls"]:
                yield pull
                yield from pull["_reviews"]
                yield from pull["_threads"]

    def rename(self, old: str, new: str) -> None:
        """Give a repository another name; the old one goes on to lead to it."""
        found = self.named(old)
        assert found is not None
        found["nameWithOwner"] = new
        self.old_names[old.casefold()] = found["id"]
