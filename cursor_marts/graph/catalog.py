"""The catalog of tables, raw tables and models: which tables each reads and tests."""

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
    """One table: it `reads` upstream tables, and its data tests `compare` it with others."""

    name: str
    layer: LayerName
    contract: type[Contract]
    model: Model | None = None
    reads: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """'table', 'view', or 'ephemeral', which exists only during a build."""
        return LAYERS[self.layer].kind

    @property
    def meaning(self) -> str:
        """The first sentence of its contract; '' without one."""
        return inspect.cleandoc(self.contract.__doc__ or "").partition("\n\n")[0].replace("\n", " ")

    @property
    def inputs(self) -> tuple[str, ...]:
        """All tables that building and testing it needs."""
        return (*self.reads, *self.compares)

    def data(self) -> dict[str, Any]:
        """Return it as JSON-compatible data."""
        return {
            "name": self.name,
            "layer": self.layer,
            "kind": self.kind,
            "reads": list(self.reads),
            "meaning": self.meaning,
        }


Catalog = dict[str, Entry]


def catalog(models: Iterable[Model]) -> Catalog:
    """Return name → table: the raw tables, then the models in build order.

    Raises ContractError, as `in_build_order` does.
    """
    entries: Catalog = {name: Entry(name, "raw", contract) for name, contract in RAW_TABLES.items()}
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
