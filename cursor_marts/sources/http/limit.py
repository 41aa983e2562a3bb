"""A limit to the time of one request that holds whatever the other side sends.

Time limits of sockets are for a single read: a byte now and then keeps them from ever ending.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from threading import Condition, Thread
from time import monotonic
from typing import Any

#: The ends of the events of httpx's `trace` that come with a connected socket.
CONNECTED = ("connect_tcp.complete", "start_tls.complete")


@dataclass(eq=False)
class Limit:
    """Shuts the sockets of one request down when its time is over."""

    ends_at: float
    is_over: bool = False
    _sockets: list[socket.socket] = field(default_factory=list)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Note the sockets of a request, as its extension `trace`."""
        if event.endswith(CONNECTED):
            connected = info["return_value"].get_extra_info("socket")
            if isinstance(connected, socket.socket):
                self._sockets.append(connected)

    def end(self) -> None:
        """End the request."""
        self.is_over = True
        for connected in self._sockets:
            with suppress(OSError):
                # Not the method of a TLS socket, which would pull its state from under a read.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)


class Watch:
    """Ends the requests whose time is over.

    One thread does so for all of them: to start one for each costs as much as the request.
    """

    def __init__(self) -> None:
        self._limits: set[Limit] = set()
        self._changed = Condition()
        self._looks_at: float | None = None  #: when the thread looks again; None if there is none

    @contextmanager
    def limited(self, seconds: float) -> Iterator[Limit]:
        """Let the time of a request run meanwhile."""
        limit = Limit(monotonic() + seconds)
        with self._changed:
            self._limits.add(limit)
            if self._looks_at is None:
                self._looks_at = -inf
                Thread(target=self._look, daemon=True).start()
            elif limit.ends_at < self._looks_at:
                self._changed.notify()
        try:
            yield limit
        finally:
            with self._changed:
                self._limits.discard(limit)

    def close(self) -> None:
        """Let the thread end, once no request is running."""
        with self._changed:
            self._changed.notify()

    def _look(self) -> None:
        with self._changed:
            while self._limits:
                now = monotonic()
                for limit in [each for each in self._limits if each.ends_at <= now]:
                    self._limits.discard(limit)
                    limit.end()
                self._looks_at = min((each.ends_at for each in self._limits), default=now)
                self._changed.wait(self._looks_at - now)
            self._looks_at = None
