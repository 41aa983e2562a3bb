"""Clients of an emulator that share its clock, so that no wait takes time."""

from __future__ import annotations

from typing import Any

from cursor_marts.sources.github.client import GitHubClient
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.tokens import PersonalToken
from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret
from support.github.emulator import Emulator
from support.github.transport import EmulatorTransport

ADDRESS = "https://api.github.com/graphql"
STUBBORN = Patience(attempts=30, time_limit_seconds=1e9)


def client_of(emulator: Emulator, token: str = "ghp_valid", **fields: Any) -> GitHubClient:
    """Return a client of an emulator."""
    clock = emulator.clock
    fields.setdefault("patience", STUBBORN)
    return GitHubClient(
        ADDRESS,
        fields.pop("signed_by", None) or PersonalToken(Secret(token)),
        pacer=Pacer(Clock(clock.now, clock.sleep)),
        transport=EmulatorTransport(emulator),
        wall_clock=clock.now,
        **fields,
    )


def requests_to(emulator: Emulator, **fields: Any) -> Requests:
    """Return the requests of a client of an emulator."""
    return Requests(client_of(emulator, **fields))
