"""What a run creates and publishes."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.graph.definition import Model


@dataclass(frozen=True)
class Publication:
    """The models of a run, and those that it creates.

    `whole` says that no table was selected: tables that no model defines are dropped.
    """

    models: tuple[Model, ...]
    made: tuple[Model, ...]
    whole: bool

    @property
    def publishes(self) -> bool:
        """Whether a table that lasts is created."""
        return any(model.layer != "intermediate" for model in self.made)
