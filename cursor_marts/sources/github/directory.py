"""Emails that an organisation itself gives to its members: by its sign-in, or a verified domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cursor_marts.errors import SourceRefused
from cursor_marts.sources.github.answers import Answer
from cursor_marts.sources.github.connections import Node, NotWhole, read_list
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.responses import TooLarge

SIGN_IN = "the organisation's sign-in"
VERIFIED = "a verified domain of the organisation"


@dataclass
class Directory:
    """Account and evidence of each email, in lower case, and what the token may not read."""

    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def read(self, requests: Requests, owner: str) -> None:
        """Add what an organisation says of its members, as far as the token may read it.

        Raises SourceError where GitHub does not answer.
        """
        for operation, evidence, emails in (
            ("Members", VERIFIED, _verified),
            ("SamlIdentities", SIGN_IN, _by_sign_in),
        ):
            try:
                nodes = _nodes(requests, operation, owner)
            except (SourceRefused, NotWhole) as refused:
                self.remarks.append(f"{owner}: {evidence}: cannot be read ({refused})")
                continue
            except TooLarge as reason:
                raise reason.as_error(operation) from None
            for login, email in (pair for node in nodes for pair in emails(node)):
                self.accounts[email.strip().lower()] = (login.lower(), evidence)


def _nodes(requests: Requests, operation: str, owner: str) -> list[Node]:
    def page(cursor: str | None) -> Node | None:
        answer = requests.page(operation, owner=owner, after=cursor)
        return _connection(answer, operation)

    return read_list(operation, None, page)


def _connection(answer: Answer, operation: str) -> Node | None:
    """Return a page; an organisation without a sign-in of its own has an empty one."""
    problem = next((each for each in answer.problems if not each.is_harmless), None)
    if problem is not None:
        raise SourceRefused(problem.message)
    organization: Any = answer.data.get("organization") or {}
    if operation == "Members":
        found: Node | None = organization.get("membersWithRole")
        return found or _EMPTY
    provider = organization.get("samlIdentityProvider") or {}
    identities: Node | None = provider.get("externalIdentities")
    return identities or _EMPTY


_EMPTY: Node = {"totalCount": 0, "pageInfo": {"hasNextPage": False}, "nodes": []}


def _verified(member: Node) -> Iterator[tuple[str, str]]:
    for email in member["organizationVerifiedDomainEmails"]:
        yield member["login"], email


def _by_sign_in(identity: Node) -> Iterator[tuple[str, str]]:
    names = (
        (identity["samlIdentity"] or {}).get("nameId"),
        (identity["scimIdentity"] or {}).get("username"),
    )
    for name in names:
        if identity["user"] and name and "@" in name:
            yield identity["user"]["login"], name
