"""One source spoken to over HTTP: who we are, and patience with its faults."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

import httpx

from cursor_marts.errors import (
    SourceError,
    SourceNotUnderstood,
    SourceRefused,
    SourceUnreachable,
)
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY, INVENTED_HEADER
from cursor_marts.sources.secret import Secret

TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})
CHECK_ADDRESS = "check --source: it should be the API's address, like http://localhost:8080"


@dataclass(frozen=True)
class Patience:
    """How long to put up with a source. Times are seconds."""

    attempts: int = 8  #: tries of one request that meets faults
    total: float = 4 * 3600.0  #: for a whole run
    answer: float = 30.0  #: for one answer
    longest_wait: float = 300.0  #: that a source may ask for by Retry-After
    first_backoff: float = 0.5  #: before the second try; doubled from try to try, with jitter
    longest_backoff: float = 30.0


@dataclass(frozen=True)
class Costs:
    """What requests have cost so far: how many, how many of them again, seconds, bytes."""

    requests: int = 0
    retries: int = 0
    waited: float = 0.0
    bytes: int = 0

    def __sub__(self, other: Costs) -> Costs:
        return Costs(
            self.requests - other.requests,
            self.retries - other.retries,
            self.waited - other.waited,
            self.bytes - other.bytes,
        )


@dataclass
class Client:
    """GET and JSON, authenticated and paced, for any number of threads; its key shows nowhere.

    With a journal, what an earlier run was answered is not asked again.
    """

    source: str
    api_key: Secret
    patience: Patience = Patience()
    pacer: Pacer = field(default_factory=Pacer)
    journal: Journal | None = None
    requests: int = 0
    retries: int = 0
    received: int = 0  #: bytes of the answers' bodies
    invented: bool = False  #: whether any answer has said that it is made up
    _understood: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=self.source,
            auth=(self.api_key.reveal, ""),
            timeout=self.patience.answer,
            # A connection for each request: what arrives on it can be no other request's answer.
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={
                "Accept": "application/json",
                "Connection": "close",
                "User-Agent": "cursor-marts",
            },
        )
        self._deadline = self.pacer.clock.now() + self.patience.total

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def costs(self) -> Costs:
        """Return what all requests have cost until now."""
        return Costs(self.requests, self.retries, self.pacer.waited, self.received)

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON that the source answers.

        Faults that pass (429, 5xx, a broken connection, half an answer) are tried again, after
        as long as the source asks for. Raises SourceRefused, SourceUnreachable or
        SourceNotUnderstood where that does not help.
        """
        request = self._http.build_request("GET", path, params=params)
        target = request.url.raw_path.decode("ascii")
        body = self.journal.take(target) if self.journal else None
        if body is not None:
            return json.loads(body)
        answer, body = self._patiently(path, request)
        if self.journal is not None:
            self.journal.add(target, body)
        return answer

    def past(self, path: str, **params: Any) -> Any:
        """Return what an earlier run was answered first, None if it was not; take nothing."""
        request = self._http.build_request("GET", path, params=params)
        body = self.journal and self.journal.first(request.url.raw_path.decode("ascii"))
        return json.loads(body) if body else None

    def ask_anew(self, path: str, **params: Any) -> Any:
        """Return what the source answers now, whatever the journal has, and keep it nowhere."""
        return self._patiently(path, self._http.build_request("GET", path, params=params))[0]

    def _patiently(self, path: str, request: httpx.Request) -> tuple[Any, bytes]:
        faults, answers = 0, self.pacer.answers
        while True:
            self.pacer.wait_for_turn()
            try:
                answer = self._once(path, request)
            except _Fault as fault:
                # A refusal is no fault as long as others are answered: it will be our turn.
                if not fault.is_refusal or answers == self.pacer.answers:
                    faults += 1
                answers = self.pacer.answers
                self._put_up_with(fault, faults)
            else:
                self.pacer.answered()
                return answer

    def _put_up_with(self, fault: _Fault, faults: int) -> None:
        """Wait before the next try. Raises the fault's error where patience has run out."""
        wait = fault.wait
        if wait is None:
            wait = random.uniform(0.5, 1) * min(
                self.patience.longest_backoff, self.patience.first_backoff * 2 ** max(0, faults - 1)
            )
        over = self.pacer.clock.now() + wait > self._deadline
        if faults >= self.patience.attempts or wait > self.patience.longest_wait or over:
            raise fault.as_error(faults, over=over) from None
        with self._lock:
            self.retries += 1
        if fault.is_refusal:
            self.pacer.refused(wait)
        else:
            self.pacer.pause(wait)

    def _once(self, path: str, request: httpx.Request) -> tuple[Any, bytes]:
        with self._lock:
            self.requests += 1
        try:
            response = self._http.send(request)
        except httpx.ConnectError as error:
            # Before the first answer this is a wrong address; later on, a restart of the source.
            fault = _Fault(SourceUnreachable, f"nobody answers at {self.source} ({error})")
            raise self._unless_new(fault) from None
        except httpx.TransportError as error:
            what = str(error) or type(error).__name__
            raise _Fault(
                SourceUnreachable, f"the connection to {self.source} broke on {path}: {what}"
            ) from None
        # httpx ties an answer to its stream in a circle: untied, its bytes go when it goes, and do
        # not wait for the collector of circles, which comes seldom.
        response.stream = httpx.ByteStream(b"")
        if response.status_code in TRANSIENT:
            raise _Fault(
                SourceUnreachable,
                f"the source answers {response.status_code} to {path}",
                wait=retry_after(response),
                is_refusal=response.status_code == httpx.codes.TOO_MANY_REQUESTS,
            )
        if response.status_code != httpx.codes.OK:
            raise refusal(response, self.source, path, self.api_key)
        answer = self._understand(response, path)
        if response.headers.get(INVENTED_HEADER) == "true":
            self.invented = True
        return answer, response.content

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
        with self._lock:
            self._understood = True
            self.received += len(response.content)
        return answer

    def _unless_new(self, fault: _Fault) -> Exception:
        """A source that never made sense is not worth waiting for."""
        return fault if self._understood else fault.as_error(1)


class NotOffered(SourceRefused):
    """The source has no such endpoint (404)."""


class _Fault(Exception):
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
        tried = f", {attempts} times in a row" if attempts > 1 else ""
        asked = f" and asks to wait {self.wait:.0f} s" if self.wait else ""
        hint = CHECK_ADDRESS if attempts == 1 else "see whether the source is well; then run again"
        if over:
            hint = "the time limit is over: give more with --time-limit"
        return self.kind(f"{self}{asked}{tried}", hint=hint)


def refusal(response: httpx.Response, source: str, path: str, key: Secret) -> SourceError:
    """Return what an answer other than 200 means to the user."""
    status = response.status_code
    said = " ".join(response.text.split())
    said = said if len(said) <= 200 else f"{said[:199]}…"
    if status in (401, 403):
        none_given = key.reveal == DEVELOPMENT_KEY
        which = "the simulator's key, and no other is given" if none_given else "the API key"
        return SourceRefused(
            f"{source} does not accept {which} ({status})",
            hint="give the right one with --api-key or CURSOR_API_KEY",
        )
    if status == httpx.codes.NOT_FOUND:
        return NotOffered(f"the source answers 404 to {path}: {said}", hint=CHECK_ADDRESS)
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
