"""Finds the models of a package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Container, Iterable
from inspect import isclass, isfunction
from traceback import extract_tb
from types import ModuleType

from cursor_marts.contracts import Contract, contracts_in, place_of, shown_path
from cursor_marts.errors import ContractError, CursorMartsError
from cursor_marts.graph.definition import Model
from cursor_marts.graph.order import in_build_order


def discover(name: str) -> tuple[Model, ...]:
    """Return all models of the named package in build order.

    Raises ContractError if a file cannot be imported, or if a function lacks `@model`.
    """
    package = importlib.import_module(name)
    files = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [_imported(file.name) for file in files]
    found = [
        value for module in modules for value in vars(module).values() if isinstance(value, Model)
    ]
    _refuse_unmarked(modules, {each.contract for each in found})
    return in_build_order(found)


def _imported(name: str) -> ModuleType:
    """Import a file of models. Raises ContractError, naming the line, if that fails."""
    try:
        return importlib.import_module(name)
    except CursorMartsError as error:
        raise ContractError(f"{_place(error)}: {error.message}", hint=error.hint) from None
    except Exception as error:  # a mistake in a user's file can raise anything
        raise ContractError(
            f"{_place(error)}: {type(error).__name__}: {error}",
            hint="correct that line; docs/add-a-model.md says how to write a model",
        ) from None


def _place(error: Exception) -> str:
    """Return the imported file in which an error occurred, and the line."""
    if isinstance(error, SyntaxError):
        return f"{shown_path(str(error.filename))}, line {error.lineno}"
    frames = extract_tb(error.__traceback__)
    bodies = [frame.filename for frame in frames if frame.name == "<module>"]
    file = (bodies or [frames[-1].filename])[-1]
    line = [frame.lineno for frame in frames if frame.filename == file][-1]
    return f"{shown_path(file)}, line {line}"


def _refuse_unmarked(modules: Iterable[ModuleType], returned: Container[type[Contract]]) -> None:
    """Raise ContractError for a function that lacks `@model`: its table would be missing silently.

    It returns a contract that no model returns, or has the name of its file, which has a contract.
    """
    for module in modules:
        own = [value for value in vars(module).values() if _is_of(value, module)]
        with_contract = any(isclass(value) and issubclass(value, Contract) for value in own)
        for function in filter(isfunction, own):
            returns = contracts_in(function).get("return") if _returns_rows(function) else None
            named = module.__name__.endswith(f".{function.__name__}") and with_contract
            if named or (returns and returns not in returned):
                raise ContractError(
                    f"{place_of(function)}: {function.__name__} is not marked with @model",
                    hint="put @model over it; a helper of other models returns Rows",
                )


def _is_of(thing: object, module: ModuleType) -> bool:
    return getattr(thing, "__module__", None) == module.__name__


def _returns_rows(function: Callable[..., object]) -> bool:
    return "Table[" in str(function.__annotations__.get("return"))
