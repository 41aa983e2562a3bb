"""Models, and the tables that each one reads according to its signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, TypeAlias

from cursor_marts.contracts import (
    Contract,
    contracts_in,
    place_of,
    schema_of,
)
from cursor_marts.errors import ContractError
from cursor_marts.graph.layers import LAYERS, LayerName

if TYPE_CHECKING:
    import ibis.expr.types as ir

Tables: TypeAlias = "Mapping[type[Contract], ir.Table]"

#: How the name of the package begins as which the models of a project are imported.
OWN_PACKAGE = "cursor_marts_own_"
#: The packages whose folders are layers.
OF_LAYERS = re.compile(rf"(cursor_marts\.models|{OWN_PACKAGE}\w+)\.")


@dataclass(frozen=True, eq=False)
class Model:
    """A table: its name, its contract, the contracts it reads, and its expression."""

    name: str
    layer: LayerName
    function: Callable[..., ir.Table]
    contract: type[Contract]
    reads: Mapping[str, type[Contract]]

    def __call__(self, *tables: ir.Table, **named: ir.Table) -> ir.Table:
        """Return the expression over the given tables."""
        return self.function(*tables, **named)

    @property
    def file(self) -> str:
        """The file of its function, as Python names it."""
        return self.function.__code__.co_filename

    @property
    def place(self) -> str:
        """The file and the line of its function as text."""
        return place_of(self.function)

    def over(self, tables: Tables) -> ir.Table:
        """Return the expression over tables that are given by their contracts."""
        return self(**{name: tables[contract] for name, contract in self.reads.items()})


def unbound(contracts: Iterable[type[Contract]]) -> Tables:
    """Return an unbound table for each contract, so that no database is needed."""
    import ibis

    return {
        contract: ibis.table(schema_of(contract), name=contract.__name__) for contract in contracts
    }


@cache
def symbolic(model: Model) -> tuple[Tables, ir.Table]:
    """Return unbound tables that a model reads, and its expression over them."""
    tables = unbound(model.reads.values())
    return tables, model.over(tables)


def model(function: Callable[..., ir.Table]) -> Model:
    """Declare a function from `Table[…]` to `Table[…]` as a model.

    Its folder under `models`, the package's or a project's, is its layer; a model that is defined
    elsewhere is a mart.
    Raises ContractError if a parameter or the return value has no `Table[…]`.
    """
    reads = dict(contracts_in(function))
    vague = [
        f"its parameter {name}" for name in signature(function).parameters if name not in reads
    ]
    contract = reads.pop("return", None)
    if contract is None or vague:
        lacking = vague if contract else [*vague, "its return"]
        raise ContractError(
            f"model {function.__name__} does not say what it reads and returns: "
            f"{' and '.join(lacking)} {'have' if lacking[1:] else 'has'} no Table[…]",
            hint="annotate every parameter and the return with Table[…] of a contract",
        )
    folder = OF_LAYERS.sub("", function.__module__, count=1).partition(".")[0]
    layer: LayerName = next((layer for layer in LAYERS if layer == folder), "marts")
    return Model(function.__name__, layer, function, contract, reads)
