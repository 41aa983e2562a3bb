"""GitHub as a function from a request to an answer: sign-in, limits, faults, then execution."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from graphql import GraphQLError, execute

from support.github.clock import MovedClock, as_text
from support.github.execution import document, schema
from support.github.faults import (
    Dropped,
    ErrorIn200,
    Fault,
    Plan,
    Stalled,
    Status,
    Truncated,
    no_faults,
)
from support.github.pricing import MOST_NODES, price
from support.github.world import World

HOUR = 3600.0
#: Fields that a token may read only with a scope.
SCOPES = {"organizationVerifiedDomainEmails": "read:org", "externalIdentities": "admin:org"}


class ConnectionDropped(Exception):
    """The connection broke: there is no answer."""


class AnswerStalled(Exception):
    """No answer came in time."""


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Emulator:
    """One GitHub. Times are those of its clock, which moves by `latency` with each request.

    `limit` are the points of an hour, None for a server without limits. A request of more than
    `capacity` nodes is cut off with 502; one that touches a `hard` pull request together with its
    lists always is. `changes` are made to the world before the request of that number.
    """

    world: World
    clock: MovedClock = field(default_factory=MovedClock)
    tokens: set[str] = field(default_factory=lambda: {"ghp_valid"})
    scopes: set[str] = field(default_factory=set)
    limit: int | None = 5_000
    used: int = 0
    capacity: int = MOST_NODES
    latency: float = 2.0
    hard: set[str] = field(default_factory=set)
    denied: dict[str, GraphQLError] = field(default_factory=dict)
    miscounted: dict[str, int] = field(default_factory=dict)  #: holder of a list → surplus
    plan: Plan = no_faults
    changes: dict[int, Callable[[World, str], None]] = field(default_factory=dict)
    apps: dict[str, int] = field(default_factory=dict)  #: owner → installation
    requests: int = 0
    points: int = 0  #: spent in all hours
    operations: Counter[str] = field(default_factory=Counter)
    answers: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _hour_began: float = 0.0
    _cost: int = 0
    _nodes: int = 0
    _expiry: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._hour_began = self.clock.now()

    def respond(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer one request. Raises ConnectionDropped or AnswerStalled for none."""
        self.requests += 1
        self.clock.pass_by(self.latency)
        if self.clock.now() - self._hour_began >= HOUR:
            self._hour_began, self.used = self.clock.now(), 0
        if change := self.changes.get(self.requests):
            change(self.world, as_text(self.clock.now()))
        path = urlsplit(url).path
        if not path.endswith("/graphql"):
            return self._rest(method, path, headers)
        asked = json.loads(body)
        self.operations[asked["operationName"]] += 1
        self.answers.append((asked["operationName"], asked["variables"]))
        fault = self.plan(self.requests, asked["operationName"])
        return self._faulty(fault, self._graphql(headers, asked))

    def rate_limit(self) -> dict[str, Any] | None:
        """Return the field `rateLimit`, which is null where limits are off."""
        if self.limit is None:
            return None
        return {
            "cost": self._cost,
            "limit": self.limit,
            "nodeCount": self._nodes,
            "remaining": max(0, self.limit - self.used),
            "resetAt": as_text(self._hour_began + HOUR),
            "used": self.used,
        }

    def _faulty(self, fault: Fault | None, reply: Reply) -> Reply:
        match fault:
            case None:
                return reply
            case Dropped():
                raise ConnectionDropped
            case Stalled():
                raise AnswerStalled
            case Truncated():
                return Reply(reply.status, reply.headers, reply.body[: len(reply.body) // 2])
            case Status(code, message, headers):
                text = json.dumps({"message": message}).encode()
                return Reply(code, self._headers() | dict(headers), text)
            case ErrorIn200(message, type, partial, headers):
                error: dict[str, Any] = {"message": message} | ({"type": type} if type else {})
                data = json.loads(reply.body).get("data") if partial else None
                return self._answer({"data": _halved(data), "errors": [error]}, dict(headers))

    def _graphql(self, headers: Mapping[str, str], asked: dict[str, Any]) -> Reply:
        refused = self._refuse(headers, asked["query"])
        if refused is not None:
            return refused
        parsed, _ = document(asked["query"])
        priced = price(parsed, asked["variables"])
        if priced.nodes > MOST_NODES:
            return self._error("MAX_NODE_LIMIT_EXCEEDED", f"requests up to {priced.nodes} nodes")
        self._cost, self._nodes = priced.points, priced.nodes
        self.used += priced.points
        self.points += priced.points
        if priced.nodes > self.capacity or self._is_hard(asked):
            return self._answer({"message": "Bad gateway"}, status=502)
        return self._execute(parsed, asked["variables"])

    def _refuse(self, headers: Mapping[str, str], query: str) -> Reply | None:
        token = _bearer(headers)
        if token not in self.tokens or self.clock.now() > self._expiry.get(token, float("inf")):
            return self._answer({"message": "Bad credentials"}, status=401)
        if self.limit is not None and self.used >= self.limit:
            return self._error("RATE_LIMITED", "API rate limit exceeded for user ID 1.")
        _, mistakes = document(query)
        if mistakes:
            return self._answer({"errors": [{"message": each.message} for each in mistakes]})
        for name, scope in SCOPES.items():
            if name in query and scope not in self.scopes:
                said = f"Your token has not been granted the required scopes: ['{scope}']."
                return self._error("INSUFFICIENT_SCOPES", said)
        return None

    def _is_hard(self, asked: dict[str, Any]) -> bool:
        return bool(self.hard & set(asked["variables"].get("ids", ())))

    def _execute(self, parsed: Any, variables: dict[str, Any]) -> Reply:
        result = execute(schema(), parsed, context_value=self, variable_values=variables)
        answer: dict[str, Any] = {"data": result.data}  # type: ignore[union-attr]
        if result.errors:  # type: ignore[union-attr]
            answer["errors"] = [_as_github(each) for each in result.errors]  # type: ignore[union-attr]
        return self._answer(answer)

    def _error(self, type: str, message: str) -> Reply:
        return self._answer({"data": None, "errors": [{"type": type, "message": message}]})

    def _answer(
        self, content: dict[str, Any], headers: Mapping[str, str] | None = None, status: int = 200
    ) -> Reply:
        body = json.dumps(content).encode()
        return Reply(status, self._headers() | dict(headers or {}), body)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Date": self.clock.date()}
        if self.limit is None:
            return headers
        return headers | {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(max(0, self.limit - self.used)),
            "x-ratelimit-reset": str(int(self._hour_began + HOUR)),
            "x-ratelimit-resource": "graphql",
        }

    def _rest(self, method: str, path: str, headers: Mapping[str, str]) -> Reply:
        """Answer what an app needs: its installation at an owner, and a token of an hour."""
        if _bearer(headers).count(".") != 2:
            return self._answer({"message": "A JSON web token could not be decoded"}, status=401)
        match path.strip("/").removeprefix("api/v3/").split("/"):
            case ["orgs", owner, "installation"] if owner in self.apps:
                return self._answer({"id": self.apps[owner]})
            case ["app", "installations", number, "access_tokens"] if method == "POST":
                token = f"ghs_{number}_{'x' * 200}_{len(self._expiry)}"
                self.tokens.add(token)
                self._expiry[token] = self.clock.now() + HOUR
                expires_at = as_text(self._expiry[token])
                return self._answer({"token": token, "expires_at": expires_at}, status=201)
        return self._answer({"message": "Not Found"}, status=404)


def _bearer(headers: Mapping[str, str]) -> str:
    lower = {name.lower(): value for name, value in headers.items()}
    return lower.get("authorization", "").removeprefix("Bearer ")


def _as_github(error: GraphQLError) -> dict[str, Any]:
    """Spell an error as GitHub does: the type is beside the message."""
    extensions = dict(error.extensions or {})
    type_ = extensions.pop("type", None)
    return {
        **({"type": type_} if type_ else {}),
        "path": error.path,
        **({"extensions": extensions} if extensions else {}),
        "message": error.message,
    }


def _halved(data: Any) -> Any:
    """Drop records from an answer, as GitHub does when it runs out of resources."""
    if isinstance(data, dict):
        return {name: _halved(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_halved(value) for value in data[: len(data) // 2]]
    return data
