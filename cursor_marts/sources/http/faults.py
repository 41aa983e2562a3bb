"""What goes wrong with a request: faults that may pass, and refusals that do not."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime

import httpx

from cursor_marts.errors import SourceError, SourceNotUnderstood, SourceRefused
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.secret import Secret

#: Answers to try again, beside those of servers in trouble.
TRANSIENT = frozenset({408, 425, 429})
#: Answers of servers that say the same the next time.
LASTING = frozenset({501, 505, 506, 508, 510, 511})
#: The status of a request whose address is too long.
TOO_LONG = 414
#: The first second that can be meant as a time, and not as a number of seconds to wait.
EPOCH = 1_000_000_000
CHECK_ADDRESS = "check --source: it should be the API's address, like http://localhost:8080"
RUN_AGAIN = "see whether the source is well; then run again"
MORE_TIME = "the time limit is over: give more with --time-limit"


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
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.wait = 1.0 if is_refusal and wait is None else wait
        self.is_refusal = is_refusal
        self.hint = hint

    def as_error(self, attempts: int) -> SourceError:
        """Return the error after so many attempts."""
        tried = f", {attempts} times in a row" if attempts > 1 else ""
        hint = self.hint or (CHECK_ADDRESS if attempts == 1 else RUN_AGAIN)
        return self.kind(f"{self._asking()}{tried}", hint=hint)

    def too_late(self, left: float) -> SourceError:
        """Return the error where the next try would come after the end of the run."""
        if self.wait is not None and left > 0:
            hint = (
                f"{left:,.0f} s are left of the time limit: give more with --time-limit, "
                "or run again later"
            )
            return self.kind(self._asking(), hint=hint)
        return self.kind(self._asking(), hint=MORE_TIME)

    def _asking(self) -> str:
        return f"{self} and asks to wait {self.wait:,.0f} s" if self.wait else str(self)


def is_rate_limit(response: httpx.Response) -> bool:
    """Return whether an answer says that there were too many requests: some say it by 403."""
    status, headers = response.status_code, response.headers
    if status == httpx.codes.FORBIDDEN:
        return "Retry-After" in headers or headers.get("X-RateLimit-Remaining", "").strip() == "0"
    return status == httpx.codes.TOO_MANY_REQUESTS


def is_transient(response: httpx.Response) -> bool:
    """Return whether the same request may be answered later."""
    status = response.status_code
    return (
        status in TRANSIENT or (status >= 500 and status not in LASTING) or is_rate_limit(response)
    )


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
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        return Refusal(
            f"the proxy on the way to {source} asks for a name and a password (407)",
            hint="write them into the proxy's address: http://name:password@proxy:3128",
        )
    if status == httpx.codes.NOT_FOUND:
        return NotOffered(f"the source answers 404 to {path}: {said}", hint=CHECK_ADDRESS)
    if response.is_redirect:
        return Redirected(
            f"{source} redirects {path} to {response.headers.get('Location')}", hint=CHECK_ADDRESS
        )
    return Refusal(f"the source answers {status} to {path}: {said}", hint=CHECK_ADDRESS)


def seconds_to_wait(response: httpx.Response) -> float | None:
    """Return the seconds that an answer asks to wait; None if it does not say."""
    asked = retry_after(response)
    if asked is None and is_rate_limit(response):
        asked = _seconds(response.headers.get("X-RateLimit-Reset", ""))
    return asked


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds of the header Retry-After, given as a number or as a date."""
    return _seconds(response.headers.get("Retry-After", ""))


def _seconds(text: str) -> float | None:
    """Read a number of seconds, or a time as a date or as seconds since 1970."""
    if re.fullmatch(r"[0-9]{1,15}(\.[0-9]+)?", text.strip()):
        seconds = float(text)
        return max(0.0, seconds - time.time()) if seconds >= EPOCH else seconds
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
