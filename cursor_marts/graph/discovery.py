"""Finds the models of a package, or of a folder of files."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from inspect import isclass, isfunction
from pathlib import Path
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
    return in_build_order(models_of([_imported(file.name) for file in files]))


def models_of(modules: Iterable[ModuleType]) -> tuple[Model, ...]:
    """Return the models that files define or import. Raises ContractError for a lacking `@model`.

    The order is that of the files.
    """
    modules = tuple(modules)
    values = (value for module in modules for value in vars(module).values())
    found = tuple(value for value in values if isinstance(value, Model))
    _refuse_unmarked(modules, {each.contract for each in found})
    return found


def imported_from(folder: Path, package: str) -> tuple[ModuleType, ...]:
    """Import all files of a folder as modules of a package of the given name.

    The folder does not become a place for imports of others, and no compiled files are written.
    Raises ContractError, naming file and line, for a file that cannot be imported.
    """
    root = ModuleType(package)
    root.__path__ = [str(folder)]
    sys.modules[package] = root
    importlib.invalidate_caches()  # a file may be younger than what is known of its folder
    with _no_bytecode():
        return tuple(_imported(_module_name(file, folder, package)) for file in files_in(folder))


def files_in(folder: Path) -> list[Path]:
    """Return the Python files of a folder and its subfolders, in order."""
    return sorted(file for file in folder.rglob("*.py") if file.name != "__init__.py")


def _module_name(file: Path, folder: Path, package: str) -> str:
    parts = file.relative_to(folder).with_suffix("").parts
    if not all(part.isidentifier() for part in parts):
        raise ContractError(
            f"{file}: a file of models has a name like mart_authors.py",
            hint="rename it: letters, digits and underscores",
        )
    return ".".join([package, *parts])


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """Write no compiled files: one of the same second and size would be taken for current."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


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
