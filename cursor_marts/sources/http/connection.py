"""One request and its answer: authenticated, timed, and its faults told from refusals."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from cursor_marts.errors import SourceNotUnderstood, SourceUnreachable
from cursor_marts.sources.http.faults import TRANSIENT, Fault, refusal, retry_after
from cursor_marts.sources.http.wire import INVENTED_HEADER
from cursor_marts.sources.secret import Secret


@dataclass
class Connection:
    """Sends single requests to one source; `transport` replaces the network."""

    source: str
    api_key: Secret
    answer_within: float  #: seconds
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    invented: bool = False  #: whether any answer has said that it is made up
    understood: bool = False  #: whether any answer made sense

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=self.source,
            auth=(self.api_key.reveal, ""),
            timeout=self.answer_within,
            transport=self.transport,
            # A connection for each request: what arrives on it can be no other request's answer.
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={
                "Accept": "application/json",
                "Connection": "close",
                "User-Agent": "cursor-marts",
            },
        )

    def close(self) -> None:
        """Close it: every further request fails."""
        self._http.close()

    def request(self, path: str, params: dict[str, Any]) -> httpx.Request:
        """Return the request for a path and a query."""
        return self._http.build_request("GET", path, params=params)

    def send(self, path: str, request: httpx.Request) -> tuple[Any, bytes]:
        """Return an answer as JSON, and its body. Raises Fault for what may pass, SourceError."""
        response = self._response(path, request)
        if response.status_code in TRANSIENT:
            raise Fault(
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

    def _response(self, path: str, request: httpx.Request) -> httpx.Response:
        try:
            response = self._http.send(request)
        except httpx.ConnectError as error:
            # Before the first answer this is a wrong address; later on, a restart of the source.
            fault = Fault(SourceUnreachable, f"nobody answers at {self.source} ({error})")
            raise self._unless_new(fault) from None
        except httpx.TransportError as error:
            what = str(error) or type(error).__name__
            raise Fault(
                SourceUnreachable, f"the connection to {self.source} broke on {path}: {what}"
            ) from None
        # httpx ties an answer to its stream in a circle: untied, its bytes go when it goes, and do
        # not wait for the collector of circles, which comes seldom.
        response.stream = httpx.ByteStream(b"")
        return response

    def _understand(self, response: httpx.Response, path: str) -> Any:
        try:
            answer = json.loads(response.content, parse_constant=_no_constant)
        except ValueError:
            kind = response.headers.get("Content-Type", "text of no declared type")
            fault = Fault(
                SourceNotUnderstood,
                f"the source answers {path} with something that is not JSON ({kind})",
            )
            raise self._unless_new(fault) from None
        self.understood = True
        return answer

    def _unless_new(self, fault: Fault) -> Exception:
        """A source that never made sense is not worth waiting for."""
        return fault if self.understood else fault.as_error(1)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
