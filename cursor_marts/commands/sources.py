"""The sources of an extraction, by its settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cursor_marts.commands.settings import EMBEDDED, EMBEDDED_SOURCE, Settings
from cursor_marts.errors import UsageError
from cursor_marts.sources.secret import Secret

if TYPE_CHECKING:
    from cursor_marts.commands.github import GitHubAccess
    from cursor_marts.sources.github.source import GitHubSource
    from cursor_marts.sources.http.pacing import Pacer
    from cursor_marts.sources.http.patience import Patience
    from cursor_marts.sources.progress import Progress
    from cursor_marts.sources.source import Source

#: The address of the embedded source, which no network ever sees.
EMBEDDED_ADDRESS = "http://embedded"


def sources_of(settings: Settings, progress: Progress) -> list[Source]:
    """Return the sources that the settings name. Raises UsageError where they name none.

    With GitHub, the address is that of the Cursor API, which knows AI-tracked commits alone.
    """
    if settings.github is not None:
        found: list[Source] = [github_source(settings, settings.github, progress)]
        if settings.source is not None:
            found.append(_cursor(settings, settings.source, progress))
        return found
    if settings.source is None:
        raise UsageError(
            "no source is given",
            hint="name one with --source or CURSOR_SIM_URL, or GitHub with --github; 'embedded' "
            "gives invented data",
        )
    return [_simulator(settings, settings.source, progress)]


def _simulator(settings: Settings, address: str, progress: Progress) -> Source:
    from cursor_marts.commands.embedded import embedded_transport
    from cursor_marts.sources.http.client import Client
    from cursor_marts.sources.http.network import Network
    from cursor_marts.sources.registry import source_of_kind

    create = source_of_kind("simulator")
    patience, pacer = _patience(settings), _pacer(progress)
    if address == EMBEDDED:
        transport = embedded_transport(settings.window, settings.api_key)
        client = Client(EMBEDDED_ADDRESS, settings.api_key, patience, pacer, transport)
        return create(client, EMBEDDED_SOURCE, invented=True)
    network = Network.to(address, os.environ)
    client = Client(address, settings.api_key, patience, pacer, network=network)
    return create(client, address, invented=settings.invented)


def _cursor(settings: Settings, address: str, progress: Progress) -> Source:
    from cursor_marts.sources.cursor.source import cursor, cursor_client
    from cursor_marts.sources.http.network import Network

    client = cursor_client(
        address,
        settings.api_key,
        _patience(settings),
        _pacer(progress),
        network=Network.to(address, os.environ),
    )
    return cursor(client, address, invented=settings.invented, lookback_days=settings.tracked_days)


def github_source(settings: Settings, access: GitHubAccess, progress: Progress) -> GitHubSource:
    """Return the source that reads from GitHub. Raises UsageError for an app without a key."""
    from cursor_marts.sources.github.source import GitHubSettings, GitHubSource
    from cursor_marts.sources.github.tokens import App
    from cursor_marts.sources.http.network import Network

    sign_in = access.sign_in
    return GitHubSource(
        GitHubSettings(
            targets=access.targets,
            sign_in=sign_in
            if isinstance(sign_in, Secret)
            else App.with_key_file(sign_in.id, sign_in.private_key),
            addresses=access.addresses,
            choice=access.choice,
            reserve=access.reserve,
            patience=_patience(settings),
            pacer=_pacer(progress),
            network=Network.to(access.addresses.rest, os.environ),
        )
    )


def _patience(settings: Settings) -> Patience:
    from cursor_marts.sources.http.patience import Patience

    return Patience(attempts=settings.attempts, time_limit_seconds=settings.time_limit_seconds)


def _pacer(progress: Progress) -> Pacer:
    from cursor_marts.sources.http.pacing import Pacer

    return Pacer(on_wait=progress.waiting)
