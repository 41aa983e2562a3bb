"""One source spoken to over HTTP: who we are, and patience with its faults."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import stamina

from cursor_marts.config import Secret
from cursor_marts.errors import (
    SourceError,
    SourceNotUnderstood,
    SourceRefused,
    SourceUnreachable,
)

TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})
CHECK_ADDRESS = "check --source: it should be the API's address, like http://localhost:8080"


@dataclass(frozen=True)
class Patience:
    """How long to put up with a source. Times are seconds."""

    attempts: int = 8  #: tries of one request
    total: float = 600.0  #: for one request, its waits included
    answer: float = 30.0  #: for one answer
    longest_wait: float = 120.0  #: that a source may ask for by Retry-After


@dataclass
class Client:
    """GET and JSON, authenticated; counts what it sends. Its key shows nowhere."""

    source: str
    api_key: Secret
    patience: Patience = Patience()
    requests: int = 0
    retries: int = 0
    _understood: bool = False

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=self.source,
            auth=(self.api_key.reveal, ""),
            timeout=self.patience.answer,
            headers={"Accept": "application/json", "User-Agent": "cursor-marts"},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON that the source answers.

        Faults that pass (429, 5xx, a broken connection, half an answer) are tried again, after
        as long as the source asks for. Raises SourceRefused, SourceUnreachable or
        SourceNotUnderstood where that does not help.
        """
        attempts = stamina.retry_context(
            on=self._wait_before_retry,
            attempts=self.patience.attempts,
            timeout=self.patience.total,
        )
        tried = 0
        try:
            for attempt in attempts:
                tried = attempt.num
                with attempt:
                    self.retries += tried > 1
                    return self._once(path, params)
        except _Fault as fault:
            raise fault.as_error(tried) from None

    def _once(self, path: str, params: dict[str, Any]) -> Any:
        self.requests += 1
        try:
            response = self._http.get(path, params=params)
        except httpx.ConnectError as error:
            # Before the first answer this is a wrong address; later on, a restart of the source.
            fault = _Fault(SourceUnreachable, f"nobody answers at {self.source} ({error})")
            raise self._unless_new(fault) from None
        except httpx.TransportError as error:
            what = str(error) or type(error).__name__
            raise _Fault(
                SourceUnreachable, f"the connection to {self.source} broke on {path}: {what}"
            ) from None
        except httpx.InvalidURL as error:
            raise SourceUnreachable(
                f"{self.source} is not an address: {error}", hint=CHECK_ADDRESS
            ) from None
        if response.status_code in TRANSIENT:
            raise _Fault(
                SourceUnreachable,
                f"the source answers {response.status_code} to {path}",
                wait=retry_after(response),
            )
        if response.status_code != httpx.codes.OK:
            raise refusal(response, self.source, path)
        return self._understand(response, path)

    def _understand(self, response: httpx.Response, path: str) -> Any:
        try:
            answer = json.loads(response.content, parse_constant=_no_constant)
        except ValueError:
            kind = response.headers.get("Content-Type", "text of no declared type")
            fault = _Fault(
                SourceNotUnderstood,
                f"the source answers {path} with something that is not JSON ({kind})",
            )
            raise self._unless_new(fault) from None
        self._understood = True
        return answer

    def _unless_new(self, fault: _Fault) -> Exception:
        """A source that never made sense is not worth waiting for."""
        return fault if self._understood else fault.as_error(1)

    def _wait_before_retry(self, error: Exception) -> bool | float:
        """Return whether to try again, or the seconds that the source asks to wait."""
        if not isinstance(error, _Fault):
            return False
        if error.wait is None:
            return True
        return error.wait <= self.patience.longest_wait and error.wait


class _Fault(Exception):
    """Something that may pass, and the error that it is if it does not."""

    def __init__(self, kind: type[SourceError], message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.wait = wait

    def as_error(self, attempts: int) -> SourceError:
        tried = f", {attempts} times in a row" if attempts > 1 else ""
        asked = f" and asks to wait {self.wait:.0f} s" if self.wait else ""
        hint = CHECK_ADDRESS if attempts == 1 else "see whether the source is well, then run again"
        return self.kind(f"{self}{asked}{tried}", hint=hint)


def refusal(response: httpx.Response, source: str, path: str) -> SourceError:
    """Return what an answer other than 200 means to the user."""
    status = response.status_code
    said = " ".join(response.text[:200].split())
    if status in (401, 403):
        return SourceRefused(
            f"{source} does not accept the API key ({status})",
            hint="give the right one with --api-key or CURSOR_API_KEY",
        )
    if response.is_redirect:
        return SourceNotUnderstood(
            f"{source} redirects {path} to {response.headers.get('Location')}", hint=CHECK_ADDRESS
        )
    return SourceRefused(f"the source answers {status} to {path}: {said}", hint=CHECK_ADDRESS)


def retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that an answer asks to wait, by number or by date; None if it does not."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
