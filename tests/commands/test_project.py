"""A project: a folder of a team's own models, seeds, reference files and settings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
from support.command_line import cursor_marts, failed
from support.raw_rows import filed, loaded, pr
from typer.testing import CliRunner

import cursor_marts as package
from cursor_marts.cli.next_command import Command
from cursor_marts.cli.options import takes
from cursor_marts.commands.options.by_command import BuildOptions
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import ContractError, ReferenceFilesError, UsageError
from cursor_marts.models import all_models

OWN = ("sizes", "mart_sizes")
MART = "models/mart_sizes.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project."""
    package.init(tmp_path / "own")
    return tmp_path / "own"


def changed(file: Path, before: str, after: str) -> None:
    """Replace a text in a file, which has it once."""
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, after))


@pytest.fixture
def data(project: Path) -> Path:
    """The data folder of the project, whose raw tables hold two merged pull requests."""
    (project / "data").mkdir()
    rows = [pr(1, additions=10, deletions=0), pr(2, additions=300, deletions=0)]
    return filed(loaded(pull_requests=rows), project / "data")


def sizes(data: Path) -> list[tuple[Any, ...]]:
    """Return the published rows of the project's mart."""
    with duckdb.connect(str(data / "analytics.duckdb"), read_only=True) as connection:
        query = "SELECT size, pull_requests FROM main_mart.mart_sizes ORDER BY size"
        return connection.sql(query).fetchall()


@pytest.mark.slow
def test_a_new_project_works(project: Path, data: Path, tmp_path: Path) -> None:
    """Its mart is checked, built and shown from within the folder; a change is built anew."""
    words = {"cwd": str(project), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*arguments: str) -> str:
        environ = {"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": words["XDG_CACHE_HOME"]}
        done = subprocess.run(
            [sys.executable, "-m", "cursor_marts", *arguments],
            cwd=words["cwd"],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    count = len(all_models()) + len(OWN)
    assert run("check") == f"{count} models match their contracts\n"
    assert "Database: data/analytics.duckdb" in run("transform")
    assert sizes(data) == [("medium", 1), ("small", 1)]
    (project / "reference" / "sizes.csv").write_text("size,from_lines,below_lines\nany,0,\n")
    (project / "reference" / "teams.csv").write_text("person,team\nann@example.com,web\n")
    run("transform", "--select", "sizes+")
    assert sizes(data) == [("any", 2)]
    assert "any" in run("show", "sizes", "--format", "csv")
    changed(project / MART, "pull_requests=_.count()", "pull_requests=_.count() * 10")
    (project / "models" / "deeper").mkdir()
    words["cwd"] = str(project / "models" / "deeper")
    run("transform", "--select", "mart_sizes")
    assert sizes(data) == [("any", 20)]
    assert not list(project.rglob("*.pyc"))


@pytest.mark.slow
def test_the_test_of_a_new_project_passes(project: Path) -> None:
    """As pytest runs it there."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    run = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    assert "1 passed" in run.stdout, run.stdout + run.stderr


def test_every_function_knows_the_models_of_a_project(project: Path) -> None:
    """By its option, for as long as the call takes."""
    assert {*OWN} <= {*package.check(project=project)}
    found = {entry.name: entry for entry in package.ls("+mart_sizes", project=project)}
    assert found["sizes"].layer == "staging"
    assert found["mart_sizes"].reads == ("int_pr_with_commits", "sizes")
    assert "sizes" in package.lineage("+mart_sizes", project=project).text()
    described = json.dumps(package.describe("mart_sizes", project=project).data())
    assert "A size of sizes.csv" in described
    assert not {*OWN} & {model.name for model in all_models()}
    with pytest.raises(UsageError, match="there is no table 'mart_sizes'"):
        package.describe("mart_sizes")


@pytest.mark.parametrize("dialect", ["duckdb", "snowflake"])
def test_a_seed_is_a_query_of_its_rows_on_each_engine(project: Path, dialect: str) -> None:
    """Typed by its contract."""
    text = package.sql("sizes", dialect=dialect, project=project)
    rows = duckdb.sql(text).fetchall()
    assert rows == [("small", 0, 100), ("medium", 100, 500), ("large", 500, None)]
    assert [str(type_) for type_ in duckdb.sql(text).types] == ["VARCHAR", "BIGINT", "BIGINT"]


def test_a_seed_keeps_every_text(project: Path) -> None:
    """Quotes and backslashes; no rows are no rows."""
    (project / "reference" / "sizes.csv").write_text(
        'size,from_lines,below_lines\n"it\'s, a \\n""b",0,\n'
    )
    for dialect in ("duckdb", "snowflake"):
        text = package.sql("sizes", dialect=dialect, project=project).replace("\\'", "''")
        assert duckdb.sql(text).fetchall() == [("it's, a \\n\"b", 0, None)]
    (project / "reference" / "sizes.csv").write_text("size,from_lines,below_lines\n")
    assert duckdb.sql(package.sql("sizes", project=project)).fetchall() == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("small,few,", "line 2: its from_lines is 'few', not a whole number"),
        (",1,", "line 2: its size is empty, and the contract says never NULL"),
        ("small,1", "line 2: its columns are not size, from_lines, below_lines"),
        ("small,1,2\nsmall,2,3", "line 3: has the key of line 2"),
    ],
)
def test_a_wrong_line_of_a_seed_is_named(project: Path, line: str, says: str) -> None:
    """By file and line."""
    file = project / "reference" / "sizes.csv"
    file.write_text(f"size,from_lines,below_lines\n{line}\n")
    with pytest.raises(ReferenceFilesError) as raised:
        package.check(project=project)
    assert raised.value.message == f"{file}, {says}"


def test_a_file_that_no_contract_declares_is_refused(project: Path) -> None:
    """It may be a misspelled reference file."""
    (project / "reference" / "team.csv").write_text("person,team\n")
    with pytest.raises(ReferenceFilesError, match=r"did you mean teams\.csv\?"):
        package.check(project=project)
    (project / "reference" / "team.csv").unlink()
    (project / "reference" / "sizes.csv").unlink()
    with pytest.raises(ReferenceFilesError, match=r"Sizes declares it: .* size,from_lines"):
        package.check(project=project)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("from ibis import _", "from ibis import no", r"mart_sizes\.py, line 5: ImportError"),
        ("def mart_sizes(", "def mart_sizes(:", r"mart_sizes\.py, line \d+: SyntaxError"),
        (
            "def mart_sizes(",
            "def mart_quality(",
            r"called mart_quality: .* and .*mart_sizes\.py",
        ),
        ("@model\n", "", "mart_sizes is not marked with @model"),
    ],
)
def test_a_mistake_in_a_model_is_named(project: Path, before: str, after: str, says: str) -> None:
    """By file and line."""
    changed(project / MART, before, after)
    with pytest.raises(ContractError, match=says):
        package.check(project=project)


@pytest.mark.parametrize(
    "read", ['ibis.memtable({"size": ["small"]})', 'ibis.read_csv("reference/sizes.csv")']
)
def test_rows_from_elsewhere_are_refused_with_a_hint(
    project: Path, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a model of a project they belong into a seed."""
    monkeypatch.chdir(project)
    file = project / MART
    changed(file, "from ibis import _", "import ibis\nfrom ibis import _")
    changed(file, ".join(sizes, fits)", f'.join({read}.select("size"), [])')
    with pytest.raises(ContractError, match=r"keep such rows as a seed: a CSV in reference/"):
        package.check()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('targt = "dev"', "cursor_marts.toml: targt is unknown\n  → did you mean target?"),
        ("strict = 1", "cursor_marts.toml: strict is 1, not true or false"),
        ("github = [1]", "cursor_marts.toml: github is [1], not a text, or a list of texts"),
        (
            'target = "test"',
            "toml: target 'test' is unknown\n  → known: dev, prod",
        ),
        ("attempts = 0", "cursor_marts.toml: attempts 0 is out of range"),
        ('start_date = "soon"', "cursor_marts.toml: start_date"),
        ('api_key = "x"', "api_key does not belong into the file\n  → set CURSOR_API_KEY"),
        ("[sources", "cursor_marts.toml: "),
    ],
)
def test_a_mistake_in_the_file_is_named(project: Path, line: str, says: str) -> None:
    """By file and key."""
    (project / "cursor_marts.toml").write_text(f"{line}\n")
    with pytest.raises(UsageError) as raised:
        Settings.read(project=project, environ={})
    assert says in str(raised.value)


def test_an_option_wins_over_a_variable_and_that_over_the_file(project: Path) -> None:
    """Paths of the file are relative to it; without a key there is the package's default."""
    (project / "cursor_marts.toml").write_text(
        'source = "http://localhost:1"\nattempts = 3\nstart_date = "2026-01-01"\ndata_dir = "d"\n'
    )
    read = Settings.read(project=project, environ={})
    assert (read.source, read.attempts, read.data_dir) == ("http://localhost:1", 3, project / "d")
    assert read.reference == project / "reference"
    environ = {"CURSOR_SIM_URL": "http://localhost:2", "CURSOR_MARTS_PROJECT": str(project)}
    read = Settings.read(environ=environ, attempts=8)
    assert (read.source, read.attempts) == ("http://localhost:2", 8)
    read = Settings.read(source="http://localhost:3", environ=environ)
    assert read.source == "http://localhost:3"
    assert Settings.read(environ={}).data_dir == Path("data")


def test_the_command_line_gives_only_what_was_typed(project: Path) -> None:
    """A default of an option does not hide the file's value."""
    (project / "cursor_marts.toml").write_text('target = "prod"\n')
    where = ("--project", str(project))
    said = failed(cursor_marts("transform", *where), 2)
    assert "--target prod needs SNOWFLAKE_ACCOUNT" in said
    run = cursor_marts("transform", *where, "--target", "dev")
    assert "build" in failed(run, 1)


@pytest.mark.parametrize(
    ("flag", "off"), [("strict", "--no-strict"), ("forks", "--no-forks"), ("no_bodies", "--bodies")]
)
def test_a_flag_of_the_file_can_be_switched_off(project: Path, flag: str, off: str) -> None:
    """On the command line, by its opposite."""
    (project / "cursor_marts.toml").write_text(f"{flag} = true\n")
    seen: dict[str, Any] = {}

    @takes(BuildOptions)
    def probe(**options: Any) -> None:
        seen.update(options)

    program = typer.Typer()
    program.command(cls=Command)(probe)
    for given, value in (([], None), ([off], False)):
        seen.clear()
        assert CliRunner().invoke(program, given).exit_code == 0
        assert seen.get(flag) is value
    read = Settings.read(project=project, environ={"CURSOR_MARTS_PRIVACY_KEY": "k"}, **seen)
    assert getattr(read, flag, False) is False


def test_nothing_is_overwritten(project: Path) -> None:
    """A second init names what is there; a folder without the file is no project."""
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    (project / MART).unlink()
    with pytest.raises(UsageError, match=r"cursor_marts\.toml.* already, and nothing is overwrit"):
        package.init(project)
    assert not (project / MART).exists()
    assert all(file.read_bytes() == text for file, text in before.items() if file.exists())
    with pytest.raises(UsageError, match=r"no project in .*models: it has no cursor_marts\.toml"):
        package.check(project=project / "models")


def test_a_model_runs_on_given_rows_only(project: Path) -> None:
    """A table or a column that it does not have is named."""
    with pytest.raises(UsageError, match="mart_sizes does not read repos"):
        package.run_model("mart_sizes", {"repos": []}, project=project)
    rows = [{"total_lok": 1}]
    with pytest.raises(UsageError, match="int_pr_with_commits has no column 'total_lok'"):
        package.run_model("mart_sizes", {"int_pr_with_commits": rows}, project=project)
    assert package.run_model("mart_sizes", project=project).num_rows == 0
