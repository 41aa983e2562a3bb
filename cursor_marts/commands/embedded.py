"""The source within this package: invented data, in the manner of the real API."""

from __future__ import annotations

import httpx

from cursor_marts.raw.window import Window
from cursor_marts.sources.secret import Secret


def embedded_transport(window: Window, api_key: Secret) -> httpx.BaseTransport:
    """Return a transport that answers with invented data until the end of a window."""
    from cursor_marts.simulator import Simulator, generate
    from cursor_marts.simulator.transport import SimulatorTransport

    world = generate(end=window.end)
    return SimulatorTransport(
        Simulator(world, api_key=api_key.reveal, rate_limit=None, invented=True)
    )
