"""Errors: what they say, which of them may pass, and that copies are whole."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import cursor_marts
from cursor_marts import errors
from cursor_marts.building.results import BuildReport
from cursor_marts.engines.duckdb.engine import DuckDBFile
from cursor_marts.errors import (
    CursorMartsError,
    DataTestsFailed,
    NextCommand,
    Terminal,
    Transient,
    UsageError,
    did_you_mean,
)

COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    lambda error: pickle.loads(pickle.dumps(error)),
]


#: It defines no error, and cannot be imported without its extra.
OF_AN_EXTRA = "reporting.openlineage"


def below(kind: type[CursorMartsError]) -> Iterator[type[CursorMartsError]]:
    yield kind
    for further in kind.__subclasses__():
        yield from below(further)


def every_error() -> list[type[CursorMartsError]]:
    """Return every error of the package, wherever it is defined."""
    for module in pkgutil.walk_packages(cursor_marts.__path__, "cursor_marts."):
        if not module.name.endswith(("__main__", OF_AN_EXTRA)):
            importlib.import_module(module.name)
    return sorted(set(below(CursorMartsError)), key=lambda kind: kind.__qualname__)


def example(kind: type[CursorMartsError]) -> CursorMartsError:
    if kind is DataTestsFailed:
        failed = DataTestsFailed(BuildReport((), 1.5, "http://a"))
        failed.engine = DuckDBFile(Path("analytics.duckdb"))
        return failed
    command = NextCommand("load", options={"input": "gs://b"})
    return kind("what", hint="how", next_command=command)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_a_copy_of_an_error_is_whole(
    kind: type[CursorMartsError], copied: Callable[[Any], Any]
) -> None:
    """Type, text and every attribute: an error may cross processes and threads."""
    error = example(kind)
    twin = copied(error)
    assert type(twin) is kind
    assert (str(twin), twin.args) == (str(error), error.args)
    assert twin.__dict__ == error.__dict__ != {}


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_an_error_is_transient_or_terminal_and_exits_accordingly(
    kind: type[CursorMartsError],
) -> None:
    """75 tells a scheduler to try again later, 1 that it would not help, 2 that the call is wrong.

    An error without a mark, such as any LandingError, counts as one that lasts.
    """
    assert not (issubclass(kind, Transient) and issubclass(kind, Terminal))
    expected = 75 if issubclass(kind, Transient) else 2 if issubclass(kind, UsageError) else 1
    assert kind.exit_code == expected


def test_which_errors_may_pass() -> None:
    """A source or a service that does not answer, and what another process is using."""
    transient = {kind.__name__ for kind in every_error() if issubclass(kind, Transient)}
    assert transient == {
        "Transient",
        "SourceUnreachable",
        "LandingLocked",
        "DatabaseLocked",
        "DatabaseUnreachable",
    }


def test_the_tree_in_the_documentation_has_every_error() -> None:
    """The module's text lists each class once."""
    for kind in every_error():
        if kind.__module__ == errors.__name__:
            assert (errors.__doc__ or "").count(kind.__name__) >= 1, kind


def test_an_error_shows_the_next_command_as_a_python_call() -> None:
    """The message, the words of the hint, the call; each part may be missing."""
    command = NextCommand("show", ("mart_quality",), {"limit": 3})
    call = "cursor_marts.show('mart_quality', limit=3)"
    assert str(command) == call
    assert str(UsageError("no", hint="look", next_command=command)) == f"no\n  → look: {call}"
    assert str(UsageError("no", next_command=command)) == f"no\n  → {call}"
    assert str(UsageError("no", hint="look")) == "no\n  → look"
    assert str(UsageError("no")) == "no"
    shown = UsageError("no", hint="look", next_command=command).text(lambda c: f"$ {c.name}")
    assert shown == "no\n  → look: $ show"


def test_the_most_similar_name_is_suggested() -> None:
    """Or none, where no name is similar."""
    assert did_you_mean("mart_qualty", ["mart_quality", "mart_velocity"]).endswith("mart_quality?")
    assert did_you_mean("xyzzy", ["mart_quality"]) == ""
