"""What a run tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of every step; says nothing back."""

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """So many records of a resource have come, of so many; None where nobody knows."""

    def waiting(self, seconds: float, waited: float) -> None:
        """A request waits for its turn; `waited` seconds of the run went by in that way so far."""

    def say(self, line: str) -> None:
        """Something else that a person may want to know."""


class Silent:
    """Nobody watches."""

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """Say nothing."""

    def waiting(self, seconds: float, waited: float) -> None:
        """Say nothing."""

    def say(self, line: str) -> None:
        """Say nothing."""
