"""Models and how they depend on each other: read from their signatures."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Literal

import ibis.expr.types as ir

from cursor_marts import kept
from cursor_marts.contracts import Contract, contracts_in, data_tests_of
from cursor_marts.errors import ContractError, CursorMartsError
from cursor_marts.raw import RAW_TABLES

Layer = Literal["raw", "staging", "intermediate", "marts"]
LAYERS: tuple[Layer, ...] = ("raw", "staging", "intermediate", "marts")
Tables = Mapping[type[Contract], ir.Table]


@dataclass(frozen=True, eq=False)
class Model:
    """A table: its name, its contract, the contracts it reads, and its expression."""

    name: str
    layer: Layer
    function: Callable[..., ir.Table]
    contract: type[Contract]
    reads: Mapping[str, type[Contract]]

    def __call__(self, *tables: ir.Table, **named: ir.Table) -> ir.Table:
        """Return the expression over the given tables, as the plain function would."""
        return self.function(*tables, **named)

    @property
    def address(self) -> str | None:
        """Where the code has it; None for one that was made in a function or a notebook."""
        return kept.address(self, self.function)

    @property
    def file(self) -> str:
        """The file of its function, as Python names it."""
        return self.function.__code__.co_filename

    @property
    def place(self) -> str:
        """File and line of its function, to be read by people."""
        return f"{shown_path(self.file)}, line {self.function.__code__.co_firstlineno}"

    def over(self, tables: Tables) -> ir.Table:
        """Return the expression over the tables of the contracts that it reads."""
        return self(**{name: tables[contract] for name, contract in self.reads.items()})


def model(function: Callable[..., ir.Table]) -> Model:
    """Make a table of a function from `Table[…]` to `Table[…]`.

    Its folder under `models` says the layer; a model defined anywhere else is a mart.
    Raises ContractError where the signature does not name every contract.
    """
    reads = dict(contracts_in(function))
    contract = reads.pop("return", None)
    arguments = function.__code__.co_argcount
    if contract is None or len(reads) < arguments:
        raise ContractError(
            f"model {function.__name__} does not say what it reads and returns",
            hint="annotate every parameter and the return with Table[…]",
        )
    folder = function.__module__.removeprefix("cursor_marts.models.").partition(".")[0]
    layer: Layer = next((layer for layer in LAYERS if layer == folder), "marts")
    return Model(function.__name__, layer, function, contract, reads)


def shown_path(file: str) -> str:
    """Return the path of a file as a checkout has it where it is of the package, else as it is."""
    package = Path(__file__).parent
    inside = Path(file).is_relative_to(package)
    return Path(file).relative_to(package.parent).as_posix() if inside else file


@cache
def all_models() -> tuple[Model, ...]:
    """Return all models of the package in build order."""
    package = importlib.import_module("cursor_marts.models")
    files = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    found = [value for file in files for value in vars(_imported(file.name)).values()]
    return in_build_order(value for value in found if isinstance(value, Model))


def _imported(name: str) -> ModuleType:
    """Import a file of models. Raises ContractError with the line, where the file cannot be."""
    try:
        return importlib.import_module(name)
    except CursorMartsError:
        raise
    except Exception as error:  # whatever a slip in somebody's own file raises
        file = f"{name.replace('.', '/')}.py"
        frames = extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename.endswith(file)]
        at = error.lineno if isinstance(error, SyntaxError) else (lines or [0])[-1]
        raise ContractError(
            f"{file}, line {at}: {type(error).__name__}: {error}",
            hint="mend that line; docs/add-a-model.md says how a model is written",
        ) from None


def in_build_order(models: Iterable[Model]) -> tuple[Model, ...]:
    """Return the models so that each comes after those it reads, else by layer and name.

    Raises ContractError where two models make one contract, or where nobody makes one.
    """
    by_contract: dict[type[Contract], Model] = {}
    for each in sorted(models, key=lambda m: (LAYERS.index(m.layer), m.name)):
        if other := by_contract.get(each.contract):
            raise ContractError(f"{each.contract.__name__} is made by {other.name} and {each.name}")
        by_contract[each.contract] = each
    upstream = {each: _upstream(each, by_contract) for each in by_contract.values()}
    try:
        return tuple(TopologicalSorter(upstream).static_order())
    except CycleError as error:
        names = " → ".join(each.name for each in error.args[1])
        raise ContractError(f"models read each other in a circle: {names}") from None


def _upstream(model: Model, by_contract: Mapping[type[Contract], Model]) -> list[Model]:
    raw = set(RAW_TABLES.values())
    unknown = [c.__name__ for c in model.reads.values() if c not in by_contract and c not in raw]
    if unknown:
        raise ContractError(
            f"model {model.name} reads {', '.join(unknown)}, which no model makes",
            hint="pass the model that returns it along with this one",
        )
    tested_with = [c for test in data_tests_of(model.contract) for c in test.reads.values()]
    needed = [*model.reads.values(), *tested_with]
    return [by_contract[c] for c in needed if c in by_contract and c is not model.contract]
