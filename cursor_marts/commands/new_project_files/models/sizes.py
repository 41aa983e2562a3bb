"""The sizes of pull requests: a seed, the rows of `reference/sizes.csv`."""

from __future__ import annotations

from cursor_marts.contracts import Contract, Count, Field, seed


@seed("sizes.csv")
class Sizes(Contract):
    """One row per size; a pull request has the one whose bounds hold its lines."""

    size: str = Field("Its name.")
    from_lines: int = Count("The fewest lines added and deleted.", unit="lines")
    below_lines: int = Count("As many lines are too many.", unit="lines", nullable=True)

    class Config:
        unique = ["size"]
