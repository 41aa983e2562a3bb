"""The sources of an extraction, by its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cursor_marts.commands.settings import EMBEDDED, EMBEDDED_SOURCE, Settings
from cursor_marts.errors import UsageError

if TYPE_CHECKING:
    from cursor_marts.sources.progress import Progress
    from cursor_marts.sources.source import Source

#: The address of the embedded source, which no network ever sees.
EMBEDDED_ADDRESS = "http://embedded"


def sources_of(settings: Settings, progress: Progress) -> list[Source]:
    """Return the sources that the settings name. Raises UsageError where they name none."""
    from cursor_marts.commands.embedded import embedded_transport
    from cursor_marts.sources.http.client import Client
    from cursor_marts.sources.http.pacing import Pacer
    from cursor_marts.sources.http.patience import Patience
    from cursor_marts.sources.registry import source_of_kind

    if settings.source is None:
        raise UsageError(
            "no source is given",
            hint="name one with --source or CURSOR_SIM_URL; 'embedded' gives invented data",
        )
    patience = Patience(attempts=settings.attempts, time_limit_seconds=settings.time_limit_seconds)
    pacer = Pacer(on_wait=progress.waiting)
    if settings.source == EMBEDDED:
        transport = embedded_transport(settings.window, settings.api_key)
        client = Client(EMBEDDED_ADDRESS, settings.api_key, patience, pacer, transport)
        return [source_of_kind("simulator")(client, EMBEDDED_SOURCE, invented=True)]
    client = Client(settings.source, settings.api_key, patience, pacer)
    return [source_of_kind("simulator")(client, settings.source, invented=settings.invented)]
