"""A limit to the time of one request that holds whatever the other side sends.

Time limits of sockets are for a single read: a byte now and then keeps them from ever ending.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

#: The ends of the events of httpx's `trace` that come with a connected socket.
CONNECTED = ("connect_tcp.complete", "start_tls.complete")


@dataclass
class Limit:
    """Shuts the sockets of one request down when its time is over."""

    seconds: float
    is_over: bool = False
    _sockets: list[socket.socket] = field(default_factory=list)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Note the sockets of a request, as its extension `trace`."""
        if event.endswith(CONNECTED):
            connected = info["return_value"].get_extra_info("socket")
            if isinstance(connected, socket.socket):
                self._sockets.append(connected)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the time run meanwhile."""
        timer = Timer(self.seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        for connected in self._sockets:
            with suppress(OSError):
                # Not the method of a TLS socket, which would pull its state from under a read.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)
