"""Every table by its name, raw ones and models: what it reads, and what its tests look at."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cursor_marts.contracts import Contract, data_tests_of
from cursor_marts.graph.definition import Model
from cursor_marts.graph.layers import LAYERS, LayerName
from cursor_marts.graph.order import in_build_order
from cursor_marts.raw.tables import RAW_TABLES


@dataclass(frozen=True, eq=False)
class Entry:
    """One table: `reads` are its upstream by name, `compares` what its data tests look at, too."""

    name: str
    layer: LayerName
    contract: type[Contract]
    model: Model | None = None
    reads: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """'table', 'view', or 'ephemeral': gone after the build."""
        return LAYERS[self.layer].kind

    @property
    def meaning(self) -> str:
        """One sentence: what a row is; '' where its contract does not say."""
        return inspect.cleandoc(self.contract.__doc__ or "").partition("\n\n")[0].replace("\n", " ")

    @property
    def inputs(self) -> tuple[str, ...]:
        """All that has to be there to make and to test it."""
        return (*self.reads, *self.compares)

    def data(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {
            "name": self.name,
            "layer": self.layer,
            "kind": self.kind,
            "reads": list(self.reads),
            "meaning": self.meaning,
        }


Catalog = dict[str, Entry]


def catalog(models: Iterable[Model]) -> Catalog:
    """Return name → table: the raw ones, then the models in build order.

    Raises what `in_build_order` raises.
    """
    entries: Catalog = {name: Entry(name, "raw", made) for name, made in RAW_TABLES.items()}
    names = {contract: name for name, contract in RAW_TABLES.items()}
    for model in in_build_order(models):
        names[model.contract] = model.name
        tests = data_tests_of(model.contract)
        compared = [c for t in tests for c in t.reads.values() if c is not model.contract]
        entries[model.name] = Entry(
            model.name,
            model.layer,
            model.contract,
            model,
            tuple(names[contract] for contract in model.reads.values()),
            tuple(dict.fromkeys(names[contract] for contract in compared)),
        )
    return entries


def readers(entries: Catalog, name: str) -> tuple[str, ...]:
    """Return the names of the models that read a table."""
    return tuple(entry.name for entry in entries.values() if name in entry.reads)
