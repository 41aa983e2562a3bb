"""The README agrees with the package."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from support.command_line import PARSERS

import cursor_marts

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
DOCS = "".join(page.read_text() for page in sorted((ROOT / "docs").glob("*.md")))


def test_the_model_shown_is_the_file() -> None:
    """The model in the README equals the file in the package."""
    ((path, text),) = re.findall(r"<!-- model: (\S+) -->\n```python\n(.*?)```", README, re.S)
    assert text == (ROOT / path).read_text()


@pytest.mark.parametrize("line", re.findall(r"python -m cursor_marts ([^`;\n]+)", README + DOCS))
def test_every_command_and_option_shown_exists(line: str) -> None:
    """Each command line of the README and of the pages under docs can be parsed."""
    name, *arguments = shlex.split(line)
    command = PARSERS[name]
    command.make_context(name, [a.replace("…", "x") for a in arguments], resilient_parsing=False)


def test_make_alone_lists_the_targets() -> None:
    """Each target of the Makefile with its purpose, in 80 columns."""
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    run = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["make", goal] for goal in phony.split()]
    assert all(len(line) <= 80 and len(line.split()) > 2 for line in lines)


def test_every_command_is_shown() -> None:
    """The README lists all commands."""
    for name in PARSERS:
        assert re.search(rf"`python -m cursor_marts {name}( [^`]*)?`", README), name


def test_every_function_shown_is_public() -> None:
    """Each can be imported, and a command has the function of its name beside it."""
    for name in re.findall(r"`(?:cursor_marts\.)?(\w+)\(", README):
        assert callable(getattr(cursor_marts, name))
    row = r"`python -m cursor_marts ([\w-]+)[^`]*` \| `(\w+)\("
    for command, function in re.findall(row, README):
        assert command.replace("-", "_") == function


def test_the_public_names_are_exactly_those_listed() -> None:
    """Each name in `__all__` exists; they are sorted; `dir` shows no other."""
    assert cursor_marts.__all__ == sorted(cursor_marts.__all__)
    assert dir(cursor_marts) == cursor_marts.__all__
    for name in cursor_marts.__all__:
        assert getattr(cursor_marts, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cursor_marts.nothing  # noqa: B018
