"""One GitHub over HTTP: GraphQL requests one at a time, with patience for faults and limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from cursor_marts.errors import SourceUnreachable
from cursor_marts.sources.github.answers import Answer, Problem
from cursor_marts.sources.github.budget import Budget
from cursor_marts.sources.github.documents import document
from cursor_marts.sources.github.responses import (
    RUN_AGAIN,
    Again,
    Expired,
    TooLarge,
    as_json,
    refuse_problems,
    refuse_status,
)
from cursor_marts.sources.github.tokens import Token
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.faults import retry_after
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience

USER_AGENT = "cursor-marts"
SECONDARY_WAIT = 60.0  #: seconds to wait at least where GitHub names none
LONGEST_SECONDARY_WAIT = 960.0


@dataclass
class GitHubClient:
    """Sends GraphQL operations with one token; `transport` replaces the network in tests."""

    address: str
    token: Token
    reserve: int = 500
    patience: Patience = field(default_factory=Patience)
    pacer: Pacer = field(default_factory=Pacer)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    wall_clock: Callable[[], float] = time.time
    network: Network = field(default_factory=Network)
    sent_at: float | None = None  #: when the server sent its last answer, by its own clock

    def __post_init__(self) -> None:
        self.costs = Costs(self.pacer.clock)  #: of the reader that sends requests now
        self.budget = Budget(self.pacer.clock, self.reserve)
        self._deadline = self.pacer.clock.now() + self.patience.time_limit_seconds
        self._http = self.network.client(
            self.transport,
            timeout=self.patience.answer,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        )

    def __enter__(self) -> GitHubClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, operation: str, **variables: Any) -> Answer:
        """Return the answer to an operation. Errors in it are of single records, and lasting.

        Raises TooLarge where fewer records at once may help, else SourceRefused,
        SourceUnreachable or SourceNotUnderstood.
        """
        attempts, renewed = 0, False
        while True:
            self._wait_for_points()
            try:
                return self._send_once(operation, variables)
            except Expired as expired:
                if renewed or not self.token.renew():
                    raise expired.as_error() from None
                renewed = True
            except Again as again:
                attempts += 1
                self._wait_before_retry(operation, again, attempts)
            self.costs.add(retries=1)

    def pause(self, attempts: int) -> None:
        """Wait before a request is sent again after so many failures."""
        self._pause(self.patience.backoff(attempts))

    def _wait_for_points(self) -> None:
        wait = self.budget.seconds_to_wait()
        if wait:
            self._pause(wait)
            self.budget.renew()
        self._check_time(0)

    def _wait_before_retry(self, operation: str, again: Again, attempts: int) -> None:
        if attempts >= self.patience.attempts:
            raise SourceUnreachable(
                f"{operation}: {again}, {attempts} times in a row", hint=RUN_AGAIN
            )
        self._pause(self._wait_after(again, attempts))
        if again.is_limit:
            self.budget.renew()

    def _wait_after(self, again: Again, attempts: int) -> float:
        if again.wait is not None:
            return again.wait
        if again.is_limit:
            if self.budget.remaining == 0:
                return self.budget.seconds_to_reset()
            return min(LONGEST_SECONDARY_WAIT, SECONDARY_WAIT * 2 ** (attempts - 1))
        return self.patience.backoff(attempts)

    def _pause(self, seconds: float) -> None:
        self._check_time(seconds)
        self.pacer.pause(seconds, self.costs)

    def _check_time(self, seconds: float) -> None:
        if self.pacer.clock.now() + seconds > self._deadline:
            why = f" (the next request has to wait {seconds:,.0f} s)" if seconds else ""
            raise SourceUnreachable(
                f"the time limit of the run is over{why}",
                hint="give more with --time-limit, or run again later",
            )

    def _send_once(self, operation: str, variables: dict[str, Any]) -> Answer:
        self.costs.add(requests=1)
        response, body = self._exchange(operation, variables)
        self.sent_at = self._date(response)
        self.budget.note_headers(response.headers, self.sent_at)
        refuse_status(operation, self.address, response, body)
        content = as_json(operation, body)
        data = content.get("data")
        data = data if isinstance(data, dict) else {}
        self.budget.note_answer(data.get("rateLimit"), self.sent_at)
        problems = [Problem.of(error) for error in content.get("errors") or ()]
        refuse_problems(operation, problems, retry_after(response))
        if not data and not problems:
            raise Again("an answer without data and without errors")
        return Answer(data, problems, self.sent_at)

    def _exchange(self, operation: str, variables: dict[str, Any]) -> tuple[httpx.Response, bytes]:
        """Send one request and read its body within the time for one answer."""
        token = self.token.value().reveal
        request = self._http.build_request(
            "POST",
            self.address,
            json={
                "query": document(operation),
                "operationName": operation,
                "variables": variables,
            },
            headers={"Authorization": f"Bearer {token}"},
        )
        try:
            return self._receive(request)
        except httpx.TimeoutException:
            raise TooLarge(f"no answer within {self.patience.answer:.0f} s") from None
        except httpx.RequestError as error:
            what = str(error) or type(error).__name__
            raise Again(f"the connection to {self.address} broke: {what}") from None

    def _receive(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        until = time.monotonic() + self.patience.answer
        response = self._http.send(request, stream=True)
        try:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the body is not complete")
        finally:
            response.close()
        self.costs.add(bytes=len(body))
        return response, bytes(body)

    def _date(self, response: httpx.Response) -> float:
        try:
            return parsedate_to_datetime(response.headers["Date"]).timestamp()
        except (KeyError, ValueError):
            return self.wall_clock()
