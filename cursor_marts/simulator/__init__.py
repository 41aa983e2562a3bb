"""An embedded source: invented data that behaves like the real API."""

from cursor_marts.simulator.app import Response, Simulator
from cursor_marts.simulator.company.generate import generate
from cursor_marts.simulator.server import serve, serve_forever
from cursor_marts.simulator.world import World

__all__ = ["Response", "Simulator", "World", "generate", "serve", "serve_forever"]
