"""The wire of the real Cursor API: refusals of a key, limits, and answers without a change."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from threading import Lock

import httpx

from cursor_marts.errors import SourceRefused
from cursor_marts.sources.http.faults import is_rate_limit
from cursor_marts.sources.http.network import Network

#: Seconds to wait after a refusal that names none: the limit is counted by the minute.
REFUSED_WAIT = 60
#: Answers that are stored to be compared with the server's; each has a thousand commits at most.
MOST_STORED = 200


class CursorTransport(httpx.BaseTransport):
    """Sends requests to the real API through a network; `transport` replaces it.

    An answer that has not changed (304) is given again as it was: it does not count against the
    limit. A refusal without `Retry-After` (429) asks to wait for a minute. Raises SourceRefused
    where the key is not accepted, with both causes that this has.
    """

    def __init__(
        self, transport: httpx.BaseTransport | None = None, network: Network | None = None
    ) -> None:
        # A client of its own knows proxies, which a bare transport does not.
        self._http = (network or Network()).client(
            transport, limits=httpx.Limits(max_keepalive_connections=0)
        )
        self._stored: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._lock = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, conditionally where its answer is stored."""
        url = str(request.url)
        stored = self._stored.get(url)
        if stored is not None:
            request.headers["If-None-Match"] = stored[0]
        response = self._http.send(request)
        if response.status_code == httpx.codes.NOT_MODIFIED and stored is not None:
            return _answer(200, response.headers, zlib.decompress(stored[1]))
        self._refuse_key(request, response)
        headers = response.headers
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            headers.setdefault("Retry-After", str(REFUSED_WAIT))
        self._store(url, response)
        return _answer(response.status_code, headers, response.content)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _store(self, url: str, response: httpx.Response) -> None:
        tag = response.headers.get("ETag")
        if tag is None or response.status_code != httpx.codes.OK:
            return
        with self._lock:
            self._stored[url] = (tag, zlib.compress(response.content, 1))
            self._stored.move_to_end(url)
            if len(self._stored) > MOST_STORED:
                self._stored.popitem(last=False)

    @staticmethod
    def _refuse_key(request: httpx.Request, response: httpx.Response) -> None:
        refused = response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
        if refused and not is_rate_limit(response):
            raise SourceRefused(
                f"{request.url.scheme}://{request.url.host} does not accept the API key "
                f"({response.status_code}): it is wrong or a key of one user, or the team's plan "
                "has no AI code tracking",
                hint="a team's administrator creates a key of the Enterprise team in Cursor's "
                "dashboard: give it with CURSOR_API_KEY",
            )


def _answer(status: int, headers: httpx.Headers, body: bytes) -> httpx.Response:
    """Return a response whose body is not encoded any more."""
    headers_of_text = [
        (name, value)
        for name, value in headers.multi_items()
        if name.lower() not in ("content-encoding", "content-length", "transfer-encoding")
    ]
    return httpx.Response(status, headers=headers_of_text, content=body)
