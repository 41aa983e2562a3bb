"""The catalog of tables, raw tables and models: which tables each reads and tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cursor_marts.contracts import columns_of, data_tests_of, key_of
from cursor_marts.graph.layers import LAYERS, LayerName

if TYPE_CHECKING:
    from cursor_marts.contracts import Contract
    from cursor_marts.graph.definition import Model


class Definition(NamedTuple):
    """What a table is defined by: a raw one has no model."""

    contract: type[Contract]
    model: Model | None


@dataclass(frozen=True, eq=False)
class Entry:
    """One table: it `reads` upstream tables, and its data tests `compare` it with others.

    `meaning` is the first sentence of its contract, '' without one; `file` is that of its model, ''
    without one. `definition` gives the objects that all of this follows from, whose import takes
    long.
    """

    name: str
    layer: LayerName
    definition: Callable[[], Definition] = field(repr=False)
    meaning: str = ""
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    file: str = ""
    reads: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()

    @property
    def contract(self) -> type[Contract]:
        """Its contract."""
        return self.definition().contract

    @property
    def model(self) -> Model | None:
        """Its model, None of a raw table."""
        return self.definition().model

    @property
    def kind(self) -> str:
        """'table', 'view', or 'ephemeral', which exists only during a build."""
        return LAYERS[self.layer].kind

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
    from cursor_marts.graph.order import in_build_order
    from cursor_marts.raw.tables import RAW_TABLES

    entries = {name: _entry(name, "raw", contract) for name, contract in RAW_TABLES.items()}
    names = {contract: name for name, contract in RAW_TABLES.items()}
    for model in in_build_order(models):
        names[model.contract] = model.name
        tests = data_tests_of(model.contract)
        compared = [c for t in tests for c in t.reads.values() if c is not model.contract]
        entries[model.name] = _entry(
            model.name,
            model.layer,
            model.contract,
            model,
            reads=tuple(names[contract] for contract in model.reads.values()),
            compares=tuple(dict.fromkeys(names[contract] for contract in compared)),
        )
    return entries


def _entry(
    name: str,
    layer: LayerName,
    contract: type[Contract],
    model: Model | None = None,
    **others: tuple[str, ...],
) -> Entry:
    defined = Definition(contract, model)
    return Entry(
        name,
        layer,
        lambda: defined,
        inspect.cleandoc(contract.__doc__ or "").partition("\n\n")[0].replace("\n", " "),
        columns_of(contract),
        key_of(contract),
        model.file if model else "",
        **others,
    )


def readers(entries: Catalog, name: str) -> tuple[str, ...]:
    """Return the names of the models that read a table."""
    return tuple(entry.name for entry in entries.values() if name in entry.reads)
