"""A few of the mutants: `diff` sees each in the rows and columns in which the tables differ."""

from __future__ import annotations

import types
from dataclasses import replace
from typing import Any

import pytest
from mutation.differing import END, watched
from mutation.mutants import MODELS, Mutant, mutants
from support.in_memory import built_world

from cursor_marts.building.comparing import Comparer
from cursor_marts.building.diff import diff_all
from cursor_marts.graph.definition import Model
from cursor_marts.models import all_models
from cursor_marts.simulator import generate

pytestmark = pytest.mark.slow

FILE = MODELS / "marts" / "mart_quality.py"
OF_QUALITY = [mutant for mutant in mutants() if mutant.file == FILE]


@pytest.fixture(scope="module")
def backend() -> Any:
    return built_world(generate(11, end=END, days=30, developers=4))


def mutated(mutant: Mutant) -> tuple[Model, ...]:
    """Return all models, the mart by its changed file but with its own contract."""
    (mart,) = (model for model in all_models() if model.name == FILE.stem)
    lines = FILE.read_text().splitlines()
    lines[mutant.line - 1] = mutant.after
    module = types.ModuleType(mart.function.__module__)
    exec(compile("\n".join(lines), str(FILE), "exec"), module.__dict__)
    changed = replace(mart, function=module.__dict__[FILE.stem].function)
    return tuple(changed if model is mart else model for model in all_models())


@pytest.mark.parametrize("mutant", OF_QUALITY[1::7], ids=lambda mutant: mutant.after.strip())
def test_a_mutant_of_one_column_is_seen_in_this_column(
    mutant: Mutant, backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in no other one; in as many rows as a comparison in Python finds."""
    monkeypatch.setattr(Comparer, "compare", Comparer.compare)
    disagree = watched()
    (table,) = diff_all(backend, mutated(mutant)).tables
    assert disagree == []
    (column,) = table.differing
    assert (table.table, column.column) == (FILE.stem, mutant.after.strip().partition("=")[0])
