"""A mutant put in the place of the lines that it changes, in this process only."""

from __future__ import annotations

import inspect
import re
import shutil
import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from mutation.mutants import MODELS, PACKAGE, ROOT, Mutant

from cursor_marts import models
from cursor_marts.graph.definition import Model
from cursor_marts.models.reference import loading, shipped

IMPORT = re.compile(rf"^from ({PACKAGE}\.models[\w.]*) import", re.M)


def put_in_place(mutant: Mutant) -> None:
    """Change the package of this process as a mutant does. Raises what the changed file raises.

    The models that it may change become others, so that what is remembered of the rest stays.
    """
    is_reference = mutant.file.suffix == ".csv"
    module = loading.__name__ if is_reference else _module_of(mutant.file)
    affected = importing(module)
    if is_reference:
        _put_reference(mutant)
    else:
        _put_module(mutant, module)
    changed = tuple(
        replace(each) if each.function.__module__ in affected else each
        for each in models.shipped_models()
    )
    models.shipped_models = lambda: changed  # type: ignore[assignment]


def importing(module: str) -> set[str]:
    """Return a module of the models and all modules that import it, directly or not."""
    imports = {_module_of(file): IMPORT.findall(file.read_text()) for file in MODELS.rglob("*.py")}
    found = {module}
    while more := {name for name, read in imports.items() if found & set(read)} - found:
        found |= more
    return found


def _module_of(file: Path) -> str:
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _changed(mutant: Mutant) -> str:
    lines = mutant.file.read_text().splitlines()
    lines[mutant.line - 1] = mutant.after
    return "\n".join(lines) + "\n"


def _put_reference(mutant: Mutant) -> None:
    """Read the reference files again, one of them changed."""
    with tempfile.TemporaryDirectory() as parent:
        loading.SHIPPED = Path(parent) / "reference"
        shutil.copytree(mutant.file.parent, loading.SHIPPED)
        (loading.SHIPPED / mutant.file.name).write_text(_changed(mutant))
        shipped.cache_clear()
        shipped()


def _put_module(mutant: Mutant, name: str) -> None:
    """Give each function the code that it has in the changed file, and each constant its value.

    The contracts stay the same objects, since they are what tables are known by.
    """
    old, new = import_module(name), ModuleType(name)
    exec(compile(_changed(mutant), str(mutant.file), "exec"), new.__dict__)
    for each, value in list(vars(new).items()):
        there = vars(old).get(each)
        if isinstance(value, Model):
            assert isinstance(there, Model)
            _put_code(there.function, value.function)
        elif isinstance(value, FunctionType) and isinstance(there, FunctionType):
            _put_code(there, value)
        elif not each.startswith("__") and not inspect.isclass(value) and value is not there:
            _put_value(each, there, value)


def _put_code(old: Any, new: Any) -> None:
    if old.__module__ == new.__module__:
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__


def _put_value(name: str, old: object, new: object) -> None:
    """Give a constant another value wherever it is imported."""
    for module, found in list(sys.modules.items()):
        if module.partition(".")[0] == PACKAGE and vars(found).get(name) is old:
            setattr(found, name, new)
