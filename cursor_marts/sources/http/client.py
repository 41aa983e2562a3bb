"""One source spoken to over HTTP: paced, with patience for its faults, and each reader's costs."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import httpx

from cursor_marts.errors import SourceUnreachable
from cursor_marts.sources.http.connection import Connection
from cursor_marts.sources.http.content import read_json
from cursor_marts.sources.http.costs import Costs
from cursor_marts.sources.http.faults import MORE_TIME, Fault
from cursor_marts.sources.http.journal import Journal
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret


@dataclass
class Client:
    """GET and JSON, authenticated and paced, for any number of threads; its key shows nowhere.

    With a journal, what an earlier run was answered is not asked again. `transport` replaces the
    network: for a simulator in this process, or a test.
    """

    source: str
    api_key: Secret
    patience: Patience = field(default_factory=Patience)
    pacer: Pacer = field(default_factory=Pacer)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    network: Network = field(default_factory=Network)
    journal: Journal | None = None

    def __post_init__(self) -> None:
        self._connection = Connection(
            self.source,
            self.api_key,
            self.patience,
            self.network,
            self.transport,
        )
        self._deadline = self.pacer.clock.now() + self.patience.time_limit_seconds
        self.costs = Costs(self.pacer.clock)
        self._all_costs = [self.costs]

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def for_reader(self) -> Client:
        """Return this client with costs of its own; all else is shared."""
        client = copy.copy(self)
        client.costs = Costs(self.pacer.clock)
        self._all_costs.append(client.costs)
        return client

    @property
    def requests(self) -> int:
        """Requests that were sent for all readers, retries included."""
        return sum(costs.requests for costs in self._all_costs)

    @property
    def retries(self) -> int:
        """Requests that were sent again, for all readers."""
        return sum(costs.retries for costs in self._all_costs)

    @property
    def invented(self) -> bool:
        """Whether any answer has said that it is made up."""
        return self._connection.invented

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON that the source answers.

        Faults that pass (429, 5xx, a broken connection, half an answer) are tried again, after
        as long as the source asks for. Raises SourceRefused, SourceUnreachable or
        SourceNotUnderstood where that does not help.
        """
        request = self._connection.request(path, params)
        target = request.url.raw_path.decode("ascii")
        body = self.journal.take(target) if self.journal else None
        if body is not None:
            return read_json(body)
        answer, body = self._patiently(path, request)
        if self.journal is not None:
            self.journal.add(target, body)
        return answer

    def past(self, path: str, **params: Any) -> Any:
        """Return what an earlier run was answered first, None if it was not; take nothing."""
        request = self._connection.request(path, params)
        body = self.journal and self.journal.first(request.url.raw_path.decode("ascii"))
        return read_json(body) if body else None

    def ask_anew(self, path: str, **params: Any) -> Any:
        """Return what the source answers now, whatever the journal has, and keep it nowhere."""
        return self._patiently(path, self._connection.request(path, params))[0]

    def _patiently(self, path: str, request: httpx.Request) -> tuple[Any, bytes]:
        faults, answers = 0, self.pacer.answers
        while True:
            self.pacer.wait_for_turn(self.costs)
            within = self._seconds_to_answer(path)
            self.costs.add(requests=1)
            try:
                answer, body = self._connection.send(path, request, within)
            except Fault as fault:
                # A refusal is no fault as long as others are answered: it will be our turn.
                if not fault.is_refusal or answers == self.pacer.answers:
                    faults += 1
                answers = self.pacer.answers
                self._put_up_with(fault, faults)
            else:
                self.pacer.answered()
                self.costs.add(bytes=len(body))
                return answer, body

    def _seconds_to_answer(self, path: str) -> float:
        """Return how long an answer may take. Raises SourceUnreachable if no time is left."""
        left = self._deadline - self.pacer.clock.now()
        if left < 0:
            raise SourceUnreachable(f"no time is left to request {path}", hint=MORE_TIME)
        return min(left, self.patience.whole_answer)

    def _put_up_with(self, fault: Fault, faults: int) -> None:
        """Wait before the next try. Raises the fault's error where patience has run out."""
        wait = self.patience.backoff(faults) if fault.wait is None else fault.wait
        left = self._deadline - self.pacer.clock.now()
        if faults >= self.patience.attempts:
            raise fault.as_error(faults) from None
        if wait > left:
            raise fault.too_late(left) from None
        self.costs.add(retries=1)
        if fault.is_refusal:
            self.pacer.refused(wait)
        else:
            self.pacer.pause(wait, self.costs)
