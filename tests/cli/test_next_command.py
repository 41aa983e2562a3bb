"""The next commands in hints and reports can be typed as they are."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from support.raw_rows import filed, loaded, pr, review
from typer.testing import CliRunner

from cursor_marts.building.run import build_all
from cursor_marts.cli.app import app
from cursor_marts.cli.next_command import Command
from cursor_marts.cli.options import takes
from cursor_marts.commands.options.by_command import (
    ExtractOptions,
    LoadOptions,
)
from cursor_marts.errors import LandingError, NextCommand

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a blank in its name, and a built database."""
    backend = loaded(pull_requests=[pr()], reviews=[review()])
    build_all(backend)
    home = tmp_path_factory.mktemp("following") / "the data"
    home.mkdir()
    return filed(backend, home)


def hint(*arguments: str, program: typer.Typer = app) -> str:
    """Return the next command of a failing command."""
    run = CliRunner().invoke(program, arguments)
    assert run.stderr.startswith("error: "), run.output
    return run.stderr.partition("→ ")[2].strip()


@pytest.mark.parametrize(
    ("command", "following"),
    [
        ("transform", "build --data-dir '{}'"),
        ("test --target dev", "build --data-dir '{}' --target dev"),
        ("show mart_velocity", "build --data-dir '{}'"),
        ("report", "build --data-dir '{}'"),
        ("load", "extract --data-dir '{}'"),
    ],
)
def test_a_hint_repeats_the_data_folder(command: str, following: str, tmp_path: Path) -> None:
    """The folder of the call is in the next command."""
    nowhere = tmp_path / "no where"
    said = hint(*command.split(), "--data-dir", str(nowhere))
    assert said.endswith(f"-m cursor_marts {following.format(nowhere)}")


def test_a_hint_repeats_only_given_options_of_the_next_command(tmp_path: Path) -> None:
    """No folder if none was given, or if the command has no such option."""
    assert hint("show", "mart_quality", "--format", "x") == "use one of: table, csv, json, parquet"
    said = hint("transform", "--project", str(tmp_path), "--data-dir", str(tmp_path))
    assert said.endswith(f"-m cursor_marts init {tmp_path}")


def failing(following: NextCommand) -> typer.Typer:
    """Return a program whose commands fail with a next command."""
    program = typer.Typer()

    @program.command(cls=Command)
    @takes(ExtractOptions)
    def extract(**options: object) -> None:
        raise LandingError("no", hint="read it again", next_command=following)

    @program.command(cls=Command)
    @takes(LoadOptions)
    def load(**options: object) -> None:
        raise LandingError("no", next_command=following)

    return program


def test_a_hint_repeats_the_source_and_no_secret() -> None:
    """The key is a blank, and no option is given twice."""
    given = ["--source", "http://a", "--api-key", "hush", "--data-dir", "x"]
    again = failing(NextCommand("extract"))
    said = hint("extract", *given, program=again)
    assert said.startswith("read it again: ")
    assert said.endswith("extract --source http://a --api-key … --data-dir x")
    after = failing(NextCommand("load", options={"input": "a b"}))
    assert hint("extract", *given, program=after).endswith("load --data-dir x --input 'a b'")
    other = failing(NextCommand("extract", options={"source": "…"}))
    assert hint("load", "--data-dir", "x", program=other).endswith(
        "extract --data-dir x --source …"
    )
    own = failing(NextCommand("load", options={"data_dir": "y"}))
    assert hint("load", "--data-dir", "x", program=own).endswith("load --data-dir y")


def test_a_hint_has_no_options_of_an_earlier_call() -> None:
    """Of two calls in one process, the second had no options, nor has its hint."""
    again = failing(NextCommand("load"))
    assert hint("load", "--data-dir", "x", program=again).endswith("load --data-dir x")
    assert hint("load", program=again).endswith("-m cursor_marts load")


@pytest.mark.parametrize(
    ("command", "following"),
    [
        ("transform", "report {} --out report.html"),
        ("test", "report {} --out report.html"),
        ("transform --select stg_repos", "show stg_repos {}"),
        ("transform --select mart_quality", "show mart_quality {}"),
        ("test --select marts --exclude mart_quality", "show mart_velocity {}"),
    ],
)
def test_the_next_command_depends_on_the_run(
    command: str, following: str, folder: Path, tmp_path: Path
) -> None:
    """The page if all marts are new; else a table that was built or tested."""
    run = CliRunner().invoke(app, [*command.split(), "--data-dir", str(folder)])
    assert run.exit_code == 0, run.output
    (typed,) = [x[6:] for x in run.output.splitlines() if x.startswith("Next: ")]
    assert typed.endswith("cursor_marts " + following.format(f"--data-dir '{folder}'"))
    done = subprocess.run(
        [sys.executable, *shlex.split(typed)[1:]], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout


def test_what_is_extracted_is_loaded_next(tmp_path: Path) -> None:
    """Also where there is a database already."""
    (tmp_path / "analytics.duckdb").touch()
    words = ["extract", "--source", "embedded", "--start-date", "2d", "--data-dir", str(tmp_path)]
    run = CliRunner().invoke(app, words)
    assert run.exit_code == 0, run.output
    assert re.search(rf"^Next: .* load --data-dir {tmp_path}$", run.output, re.M)


def test_a_test_of_an_intermediate_table_has_no_next_command(folder: Path) -> None:
    """The table no longer exists."""
    command = ["test", "--select", "int_pr_with_commits", "--data-dir", str(folder)]
    assert "Next: " not in CliRunner().invoke(app, command).output
