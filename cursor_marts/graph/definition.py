"""Models and how they depend on each other: read from their signatures."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from inspect import isclass, isfunction, signature
from traceback import extract_tb
from types import ModuleType

import ibis
import ibis.expr.types as ir

from cursor_marts.contracts import (
    Contract,
    contracts_in,
    data_tests_of,
    place_of,
    schema_of,
    shown_path,
)
from cursor_marts.errors import ContractError, CursorMartsError
from cursor_marts.graph import kept
from cursor_marts.graph.layers import LAYERS, LayerName
from cursor_marts.raw.tables import RAW_TABLES

Tables = Mapping[type[Contract], ir.Table]


@dataclass(frozen=True, eq=False)
class Model:
    """A table: its name, its contract, the contracts it reads, and its expression."""

    name: str
    layer: LayerName
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
        return place_of(self.function)

    def over(self, tables: Tables) -> ir.Table:
        """Return the expression over the tables of the contracts that it reads."""
        return self(**{name: tables[contract] for name, contract in self.reads.items()})


def unbound(contracts: Iterable[type[Contract]]) -> Tables:
    """Return a table of each contract's columns, to look at an expression without a database."""
    return {
        contract: ibis.table(schema_of(contract), name=contract.__name__) for contract in contracts
    }


def model(function: Callable[..., ir.Table]) -> Model:
    """Make a table of a function from `Table[…]` to `Table[…]`.

    Its folder under `models` says the layer; a model defined anywhere else is a mart.
    Raises ContractError where the signature does not name every contract.
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
    folder = function.__module__.removeprefix("cursor_marts.models.").partition(".")[0]
    layer: LayerName = next((layer for layer in LAYERS if layer == folder), "marts")
    return Model(function.__name__, layer, function, contract, reads)


@cache
def all_models() -> tuple[Model, ...]:
    """Return all models of the package in build order."""
    package = importlib.import_module("cursor_marts.models")
    files = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [_imported(file.name) for file in files]
    found = [
        value for module in modules for value in vars(module).values() if isinstance(value, Model)
    ]
    _refuse_unmarked(modules, {each.contract for each in found})
    return in_build_order(found)


def _imported(name: str) -> ModuleType:
    """Import a file of models. Raises ContractError with the line, where the file cannot be."""
    try:
        return importlib.import_module(name)
    except CursorMartsError as error:
        raise ContractError(f"{_place(error)}: {error.message}", hint=error.hint) from None
    except Exception as error:  # whatever a slip in somebody's own file raises
        raise ContractError(
            f"{_place(error)}: {type(error).__name__}: {error}",
            hint="mend that line; docs/add-a-model.md says how a model is written",
        ) from None


def _place(error: Exception) -> str:
    """Return the file that was being imported when an error came up, and the line of it."""
    if isinstance(error, SyntaxError):
        return f"{shown_path(str(error.filename))}, line {error.lineno}"
    frames = extract_tb(error.__traceback__)
    bodies = [frame.filename for frame in frames if frame.name == "<module>"]
    file = (bodies or [frames[-1].filename])[-1]
    line = [frame.lineno for frame in frames if frame.filename == file][-1]
    return f"{shown_path(file)}, line {line}"


def _refuse_unmarked(modules: Iterable[ModuleType], made: Container[type[Contract]]) -> None:
    """Raise ContractError for a function that was meant as a model: nobody would miss its table.

    It returns what no model makes, or has the name of its file, and the file a contract.
    """
    for module in modules:
        own = [value for value in vars(module).values() if _is_of(value, module)]
        with_contract = any(isclass(value) and issubclass(value, Contract) for value in own)
        for function in filter(isfunction, own):
            returns = contracts_in(function).get("return") if _returns_rows(function) else None
            named = module.__name__.endswith(f".{function.__name__}") and with_contract
            if named or (returns and returns not in made):
                raise ContractError(
                    f"{place_of(function)}: {function.__name__} is not marked with @model",
                    hint="put @model over it; what only helps other models returns Rows",
                )


def _is_of(thing: object, module: ModuleType) -> bool:
    return getattr(thing, "__module__", None) == module.__name__


def _returns_rows(function: Callable[..., object]) -> bool:
    return "Table[" in str(function.__annotations__.get("return"))


def in_build_order(models: Iterable[Model]) -> tuple[Model, ...]:
    """Return the models so that each comes after those it reads, else by layer and name.

    Raises ContractError where two have one name or make one contract, where nobody makes one that
    is read, and where models read each other in a circle.
    """
    by_contract: dict[type[Contract], Model] = {}
    places = dict.fromkeys(RAW_TABLES, "the raw table")
    for each in sorted(dict.fromkeys(models), key=lambda m: (list(LAYERS).index(m.layer), m.name)):
        if other := by_contract.get(each.contract):
            raise _made_twice(each.contract, other, each)
        if each.name in places:
            raise ContractError(
                f"two tables are called {each.name}: {places[each.name]} and {each.place}",
                hint="rename the model",
            )
        by_contract[each.contract] = each
        places[each.name] = each.place
    upstream = {each: _upstream(each, by_contract) for each in by_contract.values()}
    try:
        return tuple(TopologicalSorter(upstream).static_order())
    except CycleError as error:
        names = " → ".join(each.name for each in error.args[1])
        raise ContractError(
            f"models read each other in a circle: {names}",
            hint="a model, or a test of its contract, reads only what is made before it",
        ) from None


def _made_twice(contract: type[Contract], *makers: Model) -> ContractError:
    strangers = [each for each in makers if each.function.__module__ != contract.__module__]
    places = " or ".join(f"{each.name} ({each.place})" for each in strangers or makers)
    return ContractError(
        f"{contract.__name__} is made by {' and '.join(each.name for each in makers)}",
        hint=f"a model returns a contract of its own: mend the return's Table[…] of {places}",
    )


def _upstream(model: Model, by_contract: Mapping[type[Contract], Model]) -> list[Model]:
    tests = data_tests_of(model.contract)
    readers = {model.name: model.reads} | {f"{model.name}.{t.name}": t.reads for t in tests}
    for reader, reads in readers.items():
        there = {*by_contract, *RAW_TABLES.values()}
        unknown = [contract.__name__ for contract in reads.values() if contract not in there]
        if unknown:
            raise ContractError(
                f"model {reader} reads {', '.join(unknown)}, which no model makes",
                hint="pass the model that returns it along with this one",
            )
    tested_with = [c for test in tests for c in test.reads.values() if c is not model.contract]
    needed = [*model.reads.values(), *tested_with]
    return [by_contract[contract] for contract in needed if contract in by_contract]
