"""Connections whose running statement can be interrupted when the process is told to end."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from weakref import WeakSet

_connections: WeakSet[Any] = WeakSet()


def interruptible(connection: Any) -> None:
    """Let `interrupt_all` interrupt what this connection executes, for as long as it lives."""
    _connections.add(connection)


def interrupt_all() -> None:
    """Interrupt the statement of every connection; one may close meanwhile."""
    with suppress(Exception):
        for connection in list(_connections):
            connection.interrupt()
