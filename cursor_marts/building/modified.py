"""Which published tables were built by other SQL than their models have now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cursor_marts.engines import record
from cursor_marts.engines.inspection import Tables, columns_in, tables_by_layer
from cursor_marts.engines.publisher import VISIBLE
from cursor_marts.engines.record import Record
from cursor_marts.engines.session import Session
from cursor_marts.errors import DatabaseError, NextCommand

if TYPE_CHECKING:
    from cursor_marts.building.request import Request


@dataclass(frozen=True)
class Modified:
    """The tables that differ from their models, in build order, by layer.

    `changed` are built by other SQL, `new` not built yet, `gone` published by a build and defined
    by no model any more; `same` are those that do not differ.
    """

    changed: dict[str, str]
    new: dict[str, str]
    gone: dict[str, str]
    same: dict[str, str]

    @property
    def differing(self) -> dict[str, str]:
        """The models whose tables a build would change, in build order."""
        return {**self.changed, **self.new}


def modified(session: Session, request: Request) -> Modified:
    """Compare the fingerprints of all models with those in the comments of published tables.

    A table that a build before fingerprints has published counts as changed. Raises RawError where
    the raw tables do not fit, and DatabaseError where nothing is published.
    """
    present = tables_by_layer(session, (record.LAYER, *VISIBLE))
    known = record.read(session, present.pop(record.LAYER))
    if not any(table.is_ours for tables in present.values() for table in tables.values()):
        raise DatabaseError(
            "nothing is published to compare with",
            hint="build the tables first, by the models as they were",
            next_command=NextCommand("transform"),
        )
    current = request.fingerprints(columns_in(session, "raw"), session.names.dialect)
    layers = {m.name: m.layer for m in request.every_model if m.layer in VISIBLE}
    there = {name: layer for name, layer in layers.items() if name in present[layer]}
    same = {name for name, at in there.items() if present[at][name].fingerprint == current[name]}
    return Modified(
        changed={name: layer for name, layer in there.items() if name not in same},
        new={name: layer for name, layer in layers.items() if name not in there},
        gone=_gone(present, layers, known),
        same={name: layer for name, layer in there.items() if name in same},
    )


def _gone(
    present: Mapping[str, Tables], layers: Mapping[str, str], known: Record
) -> dict[str, str]:
    return {
        name: layer
        for layer, tables in present.items()
        for name, table in tables.items()
        if table.is_ours and known.has((layer, name)) and layers.get(name) != layer
    }
