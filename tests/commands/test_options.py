"""Each option is defined once, and checked where it enters."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cursor_marts
from cursor_marts.commands.options.by_command import (
    BuildOptions,
    EveryOption,
)
from cursor_marts.commands.options.definition import (
    described,
    spelled,
)
from cursor_marts.errors import UsageError

PACKAGE = Path(cursor_marts.__file__).parent
USED = """
import inspect, cursor_marts
from cursor_marts.commands.settings import Settings
print(inspect.signature(cursor_marts.build).parameters["politeness"])
print(Settings(politeness=5).politeness, Settings.read().politeness)
for wrong in ({"politeness": 0}, {"politeness": ""}):
    try:
        cursor_marts.extract("embedded", **wrong)
    except cursor_marts.CursorMartsError as error:
        print(error.message)
"""


def test_an_option_that_is_added_in_one_place_exists_everywhere(tmp_path: Path) -> None:
    """In the functions, the command line and the settings, with its default, help and range."""
    copied = tmp_path / "cursor_marts"
    shutil.copytree(PACKAGE, copied, ignore=shutil.ignore_patterns("__pycache__"))
    place = copied / "commands" / "options" / "groups.py"
    line = 'politeness: Annotated[int, Option("How polite to be.", min=1)] = 4'
    before = "    fresh: Annotated[bool, Option("
    text = place.read_text()
    assert text.count(before) == 1
    place.write_text(text.replace(before, f"    {line}\n{before}"))
    environ = os.environ | {"PYTHONPATH": str(tmp_path), "COLUMNS": "200"}

    def said(*arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    assert said("-c", USED).splitlines() == [
        "politeness: int = 4",
        "5 4",
        "--politeness 0 is out of range",
        "--politeness is empty",
    ]
    for command in ("build", "extract"):
        shown = said("-m", "cursor_marts", command, "--help")
        (line,) = [line for line in shown.splitlines() if "--politeness" in line]
        assert "x>=1" in line
        assert "How polite to be. [default: 4]" in line


def given(name: str, value: object) -> dict[str, Any]:
    """Return an option as keyword arguments, of a type that only the running code checks."""
    return {name: value}


@pytest.mark.parametrize("name", ["data_dir", "output", "input", "source", "api_key", "stage"])
@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_option_is_an_error(name: str, text: str) -> None:
    """An unset shell variable gives an empty text; the error names the option."""
    with pytest.raises(UsageError, match=f"{spelled(name)} is empty"):
        EveryOption(**given(name, text))


@pytest.mark.parametrize("empty", ["", ",", " ", [""], ["", ""]])
def test_an_empty_selection_is_an_error(empty: str | list[str]) -> None:
    """So is an empty exclusion."""
    for name in ("select", "exclude"):
        with pytest.raises(UsageError, match=f"--{name} is empty"):
            cursor_marts.ls(**given(name, empty))
    assert len(cursor_marts.ls(())) == len(cursor_marts.ls()) > 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("attempts", 0, "give a number of at least 1"),
        ("lock_timeout", -1.0, "give a number of at least 0"),
        ("lock_timeout", float("nan"), "give a number of at least 0"),
        ("time_limit", float("inf"), "give a number of at least 0"),
        ("max_rejects", 1.5, "give a number from 0 to 1"),
        ("target", "mars", "known: dev, prod; a project names others"),
        ("raw", "index", "use one of: table, view"),
    ],
)
def test_a_value_out_of_range_is_an_error(name: str, value: object, says: str) -> None:
    """From Python and from the command line."""
    with pytest.raises(UsageError, match=f"{spelled(name)} .*{value}.*\n.*{says}"):
        cursor_marts.build("embedded", **given(name, value))


def test_every_option_has_help_and_a_range_if_it_is_a_number() -> None:
    """So --help explains each option, and each number is checked."""
    types = inspect.get_annotations(BuildOptions) | inspect.get_annotations(EveryOption)
    for name, option in described(EveryOption).items():
        assert option.help.endswith("."), name
        number = types.get(name) in (int, float)
        assert not number or option.min is not None, name
