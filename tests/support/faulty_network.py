"""A faulty network in front of a real simulator: each request may meet a fault, over real HTTP."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from cursor_marts.simulator import Response, Simulator


@dataclass(frozen=True)
class Status:
    """A response with an error status."""

    code: int
    retry_after: str | None = None
    body: bytes = b'{"error": "not now"}'


@dataclass(frozen=True)
class Reset:
    """The connection breaks before the first byte or in the middle of the body."""

    in_body: bool = False


@dataclass(frozen=True)
class Truncated:
    """A valid HTTP response with the first half of the JSON."""


@dataclass(frozen=True)
class Html:
    """An HTML page instead of JSON, with status 200."""


@dataclass(frozen=True)
class Slow:
    """The right response after a delay."""

    seconds: float


@dataclass(frozen=True)
class Repeated:
    """The right response with every record twice."""


@dataclass(frozen=True)
class Stuttered:
    """The right response twice on the same connection: a violation of HTTP."""


@dataclass(frozen=True)
class Trickled:
    """The right answer, a byte at a time; its header as well, or nothing but a header."""

    pause: float
    in_header: bool = False


@dataclass(frozen=True)
class Continued:
    """One interim response after the other, as fast as they can be sent."""


@dataclass(frozen=True)
class FalseGzip:
    """The right answer with a header that says that it is compressed, which it is not."""


Fault = (
    Status
    | Reset
    | Truncated
    | Html
    | Slow
    | Repeated
    | Stuttered
    | Trickled
    | Continued
    | FalseGzip
)
Plan = Callable[[int, str], Fault | None]


@dataclass
class Source:
    """The address of a faulty source, and the targets that were requested from it."""

    url: str = ""
    requests: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, target: str) -> int:
        """Count a request; return its number, from 0."""
        with self.lock:
            self.requests.append(target)
            return len(self.requests) - 1


def twice(body: bytes) -> bytes:
    """Return a JSON response with its list of records repeated."""
    answer = json.loads(body)
    if isinstance(answer, list):
        return json.dumps(answer * 2).encode()
    name = next((name for name in ("items", "data") if name in answer), None)
    return json.dumps(answer | {name: answer[name] * 2}).encode() if name else body


@contextmanager
def faulty(simulator: Simulator, plan: Plan) -> Iterator[Source]:
    """Serve a simulator; `plan` returns the fault of a request by its number and target."""
    source = Source()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            fault = plan(source.note(self.path), self.path)
            answer = simulator.respond("GET", self.path, dict(self.headers))
            match fault:
                case Reset(in_body=False):
                    self._reset()
                case Reset(in_body=True):
                    self._send(answer.status, answer.headers, answer.body, sent=0.5)
                    self._reset()
                case Status(code, retry_after, body):
                    wait = {"Retry-After": retry_after} if retry_after is not None else {}
                    self._send(code, answer.headers | wait, body)
                case Truncated():
                    half = answer.body[: len(answer.body) // 2] or b"["
                    self._send(answer.status, answer.headers, half)
                case Html():
                    page = b"<html><body>Bad gateway</body></html>"
                    self._send(200, {"Content-Type": "text/html"}, page)
                case Slow(seconds):
                    time.sleep(seconds)
                    self._send(answer.status, answer.headers, answer.body)
                case Repeated():
                    self._send(answer.status, answer.headers, twice(answer.body))
                case Stuttered():
                    self._send(answer.status, answer.headers, answer.body)
                    self._send(answer.status, answer.headers, answer.body)
                case None:
                    self._send(answer.status, answer.headers, answer.body)
                case _:
                    self._send_oddly(fault, answer)

        def _send(
            self, status: int, headers: dict[str, str], body: bytes, sent: float = 1.0
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: int(len(body) * sent)])
            self.wfile.flush()

        def _send_oddly(self, fault: Fault, answer: Response) -> None:
            match fault:
                case FalseGzip():
                    headers = answer.headers | {"Content-Encoding": "gzip"}
                    self._send(answer.status, headers, answer.body)
                case Continued():
                    while True:
                        self.wfile.write(b"HTTP/1.1 102 Processing\r\n\r\n")
                case Trickled(pause, in_header):
                    self._trickle(answer.body, pause, in_header)

        def _trickle(self, body: bytes, pause: float, in_header: bool) -> None:
            header = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            if not in_header:
                self.wfile.write(header)
                header = b""
            for byte in header + body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(pause)

        def _reset(self) -> None:
            linger = struct.pack("ii", 1, 0)  # close by RST
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()

        def finish(self) -> None:
            try:
                super().finish()
            except OSError:
                self.rfile.close()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    source.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
