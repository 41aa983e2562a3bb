"""The simulator without a network: an httpx transport that calls it in this process."""

from __future__ import annotations

import httpx

from cursor_marts.simulator.app import Simulator


class SimulatorTransport(httpx.BaseTransport):
    """Answers each request from a simulator: without a port and without a thread."""

    def __init__(self, simulator: Simulator) -> None:
        """Answer from `simulator`, whatever the host of a request."""
        self._simulator = simulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the simulator's response."""
        target = request.url.raw_path.decode("ascii")
        response = self._simulator.respond(request.method, target, request.headers)
        return httpx.Response(response.status, headers=response.headers, content=response.body)
