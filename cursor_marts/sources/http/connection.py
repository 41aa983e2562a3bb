"""One request and its answer: authenticated, timed, and its faults told from refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from cursor_marts.errors import SourceNotUnderstood, SourceUnreachable
from cursor_marts.sources.http.content import NotJson, read_json
from cursor_marts.sources.http.faults import (
    TOO_LONG,
    Fault,
    Refusal,
    is_rate_limit,
    is_transient,
    refusal,
    seconds_to_wait,
)
from cursor_marts.sources.http.limit import Limit, Watch
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.http.wire import INVENTED_HEADER
from cursor_marts.sources.secret import Secret

#: The largest body that is read, in bytes: a list is sent in pages of some megabytes at most.
LARGEST_BODY = 256 * 2**20


@dataclass
class Connection:
    """Sends single requests to one source; `transport` replaces the network."""

    source: str
    api_key: Secret
    patience: Patience
    network: Network = field(default_factory=Network)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    invented: bool = False  #: whether any answer has said that it is made up
    understood: bool = False  #: whether any answer made sense

    def __post_init__(self) -> None:
        self._watch = Watch()
        self._http = self.network.client(
            self.transport,
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

    def close(self) -> None:
        """Close it: every further request fails."""
        self._http.close()
        self._watch.close()

    def request(self, path: str, params: dict[str, Any]) -> httpx.Request:
        """Return the request for a path and a query. Raises Refusal if it can have no address."""
        try:
            return self._http.build_request("GET", path, params=params)
        except (httpx.InvalidURL, UnicodeError) as error:
            refused = Refusal(
                f"no request can be sent for {path[:100]}: {error}",
                hint="look for a name with odd letters, or one of many thousand letters",
            )
            refused.status, refused.said = TOO_LONG, str(error)
            raise refused from None

    def send(self, path: str, request: httpx.Request, within: float) -> tuple[Any, bytes]:
        """Return an answer as JSON, and its body, which has to arrive within so many seconds.

        Raises Fault for what may pass, and SourceError.
        """
        response = self._response(path, request, within)
        if is_transient(response):
            raise Fault(
                SourceUnreachable,
                f"the source answers {response.status_code} to {path}",
                wait=seconds_to_wait(response),
                is_refusal=is_rate_limit(response),
            )
        if response.status_code != httpx.codes.OK:
            raise refusal(response, self.source, path, self.api_key)
        answer = self._understand(response, path)
        if response.headers.get(INVENTED_HEADER) == "true":
            self.invented = True
        return answer, response.content

    def _response(self, path: str, request: httpx.Request, within: float) -> httpx.Response:
        try:
            with self._watch.limited(within) as limit:
                return self._receive(request, limit)
        except httpx.ConnectError as error:
            # Before the first answer this is a wrong address; later on, a restart of the source.
            raise self._unless_new(self._no_connection(error)) from None
        except httpx.RequestError as error:
            what = str(error) or type(error).__name__
            if limit.is_over:
                what = f"no complete answer within {within:,.0f} s"
            raise Fault(
                SourceUnreachable, f"the connection to {self.source} broke on {path}: {what}"
            ) from None

    def _no_connection(self, error: httpx.ConnectError) -> Fault:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Fault(
                SourceUnreachable,
                f"the certificate of {self.source} is not trusted ({error})",
                hint="give the file of its certificate authority with SSL_CERT_FILE",
            )
        proxy = f" through the proxy {self.network.proxy.url.host}" if self.network.proxy else ""
        return Fault(SourceUnreachable, f"nobody answers at {self.source}{proxy} ({error})")

    def _receive(self, request: httpx.Request, limit: Limit) -> httpx.Response:
        """Read an answer piece by piece, so that one that never ends is noticed."""
        request.extensions |= {"trace": limit.trace}
        response = self._http.send(request, stream=True)
        try:
            pieces, size = list[bytes](), 0
            for piece in response.iter_bytes():
                pieces.append(piece)
                size += len(piece)
                if limit.is_over:
                    raise httpx.ReadTimeout("the answer is not complete")
                if size > LARGEST_BODY:
                    raise httpx.ReadError(f"the body is larger than {LARGEST_BODY:,} bytes")
        finally:
            response.close()
            # httpx ties an answer to its stream in a circle: untied, its bytes go when it goes, and
            # do not wait for the collector of circles, which comes seldom.
            response.stream = httpx.ByteStream(b"")
        headers = [(k, v) for k, v in response.headers.raw if k.lower() != b"content-encoding"]
        return httpx.Response(response.status_code, headers=headers, content=b"".join(pieces))

    def _understand(self, response: httpx.Response, path: str) -> Any:
        try:
            answer = read_json(response.content)
        except NotJson:
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
