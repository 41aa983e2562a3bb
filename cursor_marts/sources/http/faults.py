"""What goes wrong with a request: faults that may pass, and refusals that do not."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import httpx

from cursor_marts.errors import SourceError, SourceNotUnderstood, SourceRefused
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.secret import Secret

TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})
CHECK_ADDRESS = "check --source: it should be the API's address, like http://localhost:8080"
RUN_AGAIN = "see whether the source is well; then run again"


class Refusal(SourceRefused):
    """The source refused one request, with the `status` and what it `said`."""

    status: int = 0
    said: str = ""


class NotOffered(Refusal):
    """The source has no such endpoint (404)."""


class Redirected(Refusal, SourceNotUnderstood):
    """The source answers with another address, which is not requested with its key."""


class Fault(Exception):
    """Something that may pass, and the error that it is if it does not."""

    def __init__(
        self,
        kind: type[SourceError],
        message: str,
        wait: float | None = None,
        is_refusal: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.wait = 1.0 if is_refusal and wait is None else wait
        self.is_refusal = is_refusal

    def as_error(self, attempts: int, *, over: bool = False) -> SourceError:
        """Return the error after so many attempts; `over` says that the time limit ended them."""
        tried = f", {attempts} times in a row" if attempts > 1 else ""
        asked = f" and asks to wait {self.wait:.0f} s" if self.wait else ""
        hint = CHECK_ADDRESS if attempts == 1 else RUN_AGAIN
        if over:
            hint = "the time limit is over: give more with --time-limit"
        return self.kind(f"{self}{asked}{tried}", hint=hint)


def refusal(response: httpx.Response, source: str, path: str, key: Secret) -> Refusal:
    """Return what an answer other than 200 means to the user."""
    said = " ".join(response.text.split())
    said = said if len(said) <= 200 else f"{said[:199]}…"
    error = _refusal(response, source, path, key, said)
    error.status, error.said = response.status_code, said
    return error


def _refusal(response: httpx.Response, source: str, path: str, key: Secret, said: str) -> Refusal:
    status = response.status_code
    if status in (401, 403):
        none_given = key.reveal == DEVELOPMENT_KEY
        which = "the simulator's key, and no other is given" if none_given else "the API key"
        return Refusal(
            f"{source} does not accept {which} ({status})",
            hint="give the right one with --api-key or CURSOR_API_KEY",
        )
    if status == httpx.codes.NOT_FOUND:
        return NotOffered(f"the source answers 404 to {path}: {said}", hint=CHECK_ADDRESS)
    if response.is_redirect:
        return Redirected(
            f"{source} redirects {path} to {response.headers.get('Location')}", hint=CHECK_ADDRESS
        )
    return Refusal(f"the source answers {status} to {path}: {said}", hint=CHECK_ADDRESS)


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that an answer asks to wait, by number or by date; None if it does not."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
