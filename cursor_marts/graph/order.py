"""The build order of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from cursor_marts.contracts import Contract, data_tests_of
from cursor_marts.errors import ContractError
from cursor_marts.graph.definition import Model
from cursor_marts.graph.layers import LAYERS
from cursor_marts.raw.tables import RAW_TABLES


def in_build_order(models: Iterable[Model]) -> tuple[Model, ...]:
    """Return the models so that each comes after those that it reads, else by layer and name.

    Raises ContractError where two models have the same name or return the same contract, where no
    model returns a contract that is read, and where models read each other in a circle.
    """
    by_contract: dict[type[Contract], Model] = {}
    places = dict.fromkeys(RAW_TABLES, "the raw table")
    for each in sorted(dict.fromkeys(models), key=lambda m: (list(LAYERS).index(m.layer), m.name)):
        if other := by_contract.get(each.contract):
            raise _returned_twice(each.contract, other, each)
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
            hint="a model, or a test of its contract, reads only tables that are built before it",
        ) from None


def _returned_twice(contract: type[Contract], *models: Model) -> ContractError:
    strangers = [each for each in models if each.function.__module__ != contract.__module__]
    places = " or ".join(f"{each.name} ({each.place})" for each in strangers or models)
    return ContractError(
        f"{contract.__name__} is returned by {' and '.join(each.name for each in models)}",
        hint=f"each model returns its own contract: correct the return's Table[…] of {places}",
    )


def _upstream(model: Model, by_contract: Mapping[type[Contract], Model]) -> list[Model]:
    tests = data_tests_of(model.contract)
    readers = {model.name: model.reads} | {f"{model.name}.{t.name}": t.reads for t in tests}
    for reader, reads in readers.items():
        there = {*by_contract, *RAW_TABLES.values()}
        unknown = [contract.__name__ for contract in reads.values() if contract not in there]
        if unknown:
            raise ContractError(
                f"model {reader} reads {', '.join(unknown)}, which no model returns",
                hint="pass the model that returns it along with this one",
            )
    tested_with = [c for test in tests for c in test.reads.values() if c is not model.contract]
    needed = [*model.reads.values(), *tested_with]
    return [by_contract[contract] for contract in needed if contract in by_contract]
