"""A client of a simulator in this process: no port, no thread, no network."""

from __future__ import annotations

from typing import Any

from cursor_marts.simulator import Simulator
from cursor_marts.simulator.transport import SimulatorTransport
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.secret import Secret

ADDRESS = "http://simulator"


def client_of(simulator: Simulator, key: str | None = None, **options: Any) -> Client:
    """Return a client of a simulator, by default with the simulator's key."""
    secret = Secret(simulator.api_key if key is None else key)
    return Client(ADDRESS, secret, transport=SimulatorTransport(simulator), **options)
