"""The simulator as an HTTP server."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cursor_marts.simulator.app import Simulator


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that closed the connection; show every other error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(simulator: Simulator) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # head and body leave together, so that nobody waits for an acknowledgement

        def do_GET(self) -> None:
            answer = simulator.respond(self.command, self.path, dict(self.headers))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    return Handler


@contextmanager
def serve(simulator: Simulator, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in the background and yield the address; port 0 chooses a free port.

    Raises OSError if the port is in use.
    """
    server = _Server((host, port), _handler(simulator))
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def serve_forever(
    simulator: Simulator, host: str, port: int, ready: Callable[[str], None] = lambda url: None
) -> None:
    """Serve until Ctrl-C; call `ready` with the address. Raises OSError if the port is in use."""
    with _Server((host, port), _handler(simulator)) as server:
        ready(f"http://{host}:{server.server_port}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
