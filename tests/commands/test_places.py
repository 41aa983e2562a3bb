"""Paths and values as people give them, in options and in the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cursor_marts
from cursor_marts.commands.places import path_of
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import UsageError

ODD = [
    "run:1",
    ":memory:",
    "md:x",
    "a b",
    "x[1]",
    "a*b",
    "it's",
    "semi;colon",
    "hash#1",
    "100%",
    "ünï",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_a_data_folder_may_have_any_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative, as it would be typed: it is built in, and read from, that folder and no other."""
    monkeypatch.chdir(tmp_path)
    outcome = cursor_marts.build("embedded", start_date="3d", data_dir=name)
    assert outcome.report is not None
    rows = cursor_marts.show("mart_velocity", name, limit=None).num_rows
    assert rows == outcome.report.rows("mart_velocity") > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_tilde_is_the_home_folder_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In options and in variables, of folders and of files."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.read(data_dir="~/d", environ={}).data_dir == tmp_path / "d"
    environ = {"CURSOR_MARTS_DATA_DIR": "~/d"}
    assert Settings.read(environ=environ).data_dir == tmp_path / "d"
    assert Settings.read(output="~/o", environ={}).output == str(tmp_path / "o")
    assert Settings.read(input="~/i", environ={}).input == str(tmp_path / "i")
    assert path_of("~/page.html", "--out") == tmp_path / "page.html"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gs://bucket/data", "it is an address"),
        ("q?mark", "what follows a ?"),
        ("nul\0", "a NUL character"),
        (os.fsdecode(b"bad\xff"), "not valid UTF-8"),
        ("~nobody-of-that-name/x", "names a user without a home folder"),
    ],
)
def test_a_path_that_cannot_be_used_is_refused_with_what_gave_it(text: str, says: str) -> None:
    """The option where it was given, else the variable; before anything is read or written."""
    with pytest.raises(UsageError, match="--data-dir") as refused:
        Settings.read(data_dir=text, environ={})
    assert says in str(refused.value)
    with pytest.raises(UsageError, match="CURSOR_MARTS_DATA_DIR"):
        Settings.read(environ={"CURSOR_MARTS_DATA_DIR": text})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CURSOR_SIM_URL", "localhost:8080"),
        ("CURSOR_SIM_URL", "http://key@host"),
        ("CURSOR_SIM_URL", "http://host/?key=1"),
        ("CURSOR_MARTS_START_DATE", "yesterday"),
    ],
)
def test_a_variable_that_is_wrong_is_named(variable: str, value: str) -> None:
    """Not the option, which nobody has typed."""
    with pytest.raises(UsageError, match=f"^{variable} "):
        Settings.read(environ={variable: value})


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_variable_is_one_that_is_not_set(empty: str) -> None:
    """As shells and schedulers leave it."""
    names = ("CURSOR_SIM_URL", "CURSOR_API_KEY", "CURSOR_MARTS_DATA_DIR", "CURSOR_MARTS_START_DATE")
    settings = Settings.read(environ=dict.fromkeys(names, empty))
    default = Settings.read(environ={})
    assert (settings.source, settings.api_key) == (default.source, default.api_key)
    assert (settings.data_dir, settings.window) == (default.data_dir, default.window)
