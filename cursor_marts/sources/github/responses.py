"""What a response means that is not simply an answer: ask again, ask for less, or give up."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from cursor_marts.errors import (
    SourceError,
    SourceNotUnderstood,
    SourceRefused,
    SourceUnreachable,
)
from cursor_marts.sources.github.answers import TOO_LARGE, Problem, first_rate_limit
from cursor_marts.sources.http.content import decoded
from cursor_marts.sources.http.faults import retry_after

CUT_OFF = frozenset({502, 504})
TRANSIENT = frozenset({408, 425, 500, 503, *range(520, 525), 529})
LIMITED = frozenset({403, 429})
#: What a server answers to a query that is newer than itself.
UNKNOWN_TO_SERVER = frozenset({"undefinedField", "undefinedType"})
RUN_AGAIN = "see whether GitHub is well (githubstatus.com); then run again"


class TooLarge(Exception):
    """GitHub could not answer a request of this size; a smaller one may succeed."""

    def __init__(self, message: str, kind: type[SourceError] = SourceUnreachable) -> None:
        super().__init__(message)
        self.kind = kind

    def as_error(self, operation: str) -> SourceError:
        """Return the error that it is where no smaller request exists."""
        return self.kind(f"{operation}: {self}", hint=RUN_AGAIN)


class Again(Exception):
    """A fault that may pass. `wait` are the seconds that GitHub asks for."""

    def __init__(self, message: str, wait: float | None = None, *, is_limit: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        self.is_limit = is_limit


class Expired(Exception):
    """GitHub does not accept the token (any more)."""

    def as_error(self) -> SourceError:
        """Return the error that it is where there is no other token."""
        return SourceRefused(
            f"GitHub does not accept the token (401: {self})",
            hint="it has expired, was revoked or is of another GitHub: give a valid one with "
            "GITHUB_TOKEN",
        )


def refuse_status(operation: str, address: str, response: httpx.Response, body: bytes) -> None:
    """Raise for every status but 200: Expired, Again, TooLarge or the error that it is."""
    status = response.status_code
    if status == httpx.codes.OK:
        return
    said = _message(body)
    if status == httpx.codes.UNAUTHORIZED:
        raise Expired(said)
    if status in LIMITED and _is_limit(response, said):
        raise Again(f"GitHub's rate limit ({said})", retry_after(response), is_limit=True)
    if status in CUT_OFF:
        raise TooLarge(f"GitHub answers {status}")
    if status in TRANSIENT:
        raise Again(f"GitHub answers {status}", retry_after(response))
    raise _refusal(operation, address, response, said)


def _is_limit(response: httpx.Response, said: str) -> bool:
    return (
        response.status_code == httpx.codes.TOO_MANY_REQUESTS
        or "Retry-After" in response.headers
        or response.headers.get("x-ratelimit-remaining") == "0"
        or Problem("", said).is_rate_limit
    )


def refuse_problems(operation: str, problems: list[Problem], wait: float | None) -> None:
    """Raise for each error that concerns the whole answer, which is then discarded."""
    if limit := first_rate_limit(problems):
        raise Again(f"GitHub's rate limit ({limit.message})", wait, is_limit=True)
    for problem in problems:
        if problem.type == "INSUFFICIENT_SCOPES":
            raise SourceRefused(
                f"{operation}: the token lacks a right: {problem.message}",
                hint="give the token the scope that the message names; a classic token needs repo",
            )
        if problem.type in UNKNOWN_TO_SERVER:
            raise SourceRefused(
                f"{operation}: this GitHub lacks something of 2024: {problem.message}",
                hint="an Enterprise Server has to be of mid-2024 or later",
            )
        if not problem.is_lasting:
            kind = SourceUnreachable if problem.type in TOO_LARGE else SourceRefused
            said = problem.message or problem.type or "an error without a message"
            raise TooLarge(f"GitHub answers with an error: {said}", kind)


def _refusal(operation: str, address: str, response: httpx.Response, said: str) -> SourceError:
    status, sso = response.status_code, response.headers.get("x-github-sso", "")
    if sso:
        where = re.search(r"url=(\S+)", sso)
        at = f" at {where[1]}" if where else ""
        return SourceRefused(
            f"the token is not authorised for single sign-on ({status}: {said})",
            hint=f"authorise the token{at}; then run again",
        )
    if status == httpx.codes.FORBIDDEN:
        return SourceRefused(
            f"GitHub refuses {operation} (403: {said})",
            hint="grant the token read access to contents, metadata and pull requests",
        )
    return SourceRefused(
        f"{address} answers {status} to {operation}: {said}",
        hint="check GITHUB_API_URL: https://api.github.com, or https://HOST/api/v3 of a server",
    )


def as_json(operation: str, body: bytes) -> dict[str, Any]:
    """Return the object that a body spells. Raises Again or SourceNotUnderstood."""
    try:
        content = decoded(body, parse_constant=_refuse_constant)
    except ValueError:
        raise Again("an answer that is not JSON, or not whole") from None
    if not isinstance(content, dict):
        raise SourceNotUnderstood(
            f"{operation}: GitHub answers with {type(content).__name__}, not with an object",
            hint="check that GITHUB_API_URL is the address of a GitHub",
        )
    return content


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _message(body: bytes) -> str:
    """Return the message of an error's body in one short line."""
    try:
        said = json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        said = body.decode("utf-8", "replace")
    text = " ".join(str(said).split())
    return text if len(text) <= 200 else f"{text[:199]}…"
