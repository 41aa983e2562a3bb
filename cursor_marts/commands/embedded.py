"""The source within this package: invented data, in the manner of the real API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from cursor_marts.commands.settings import EMBEDDED, Settings


@contextmanager
def answering(settings: Settings) -> Iterator[Settings]:
    """Give settings whose source answers: where it is the embedded one, that is served."""
    if settings.source != EMBEDDED:
        yield settings
        return
    from cursor_marts.simulator import Simulator, generate, serve

    key = settings.api_key.reveal
    world = generate(end=settings.window.end)
    simulator = Simulator(world, api_key=key, rate_limit=None, invented=True)
    with serve(simulator) as url:
        yield replace(settings, source=url, invented=True)
