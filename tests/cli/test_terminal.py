"""Output of every command as a process: to pipes, terminals and shells."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pexpect
import pyarrow.parquet as pq
import pytest
from ibis import _
from support.command_line import PARSERS, cursor_marts, failed
from support.raw_rows import at, filed, loaded, pr, review
from typer.testing import CliRunner

from cursor_marts import transform
from cursor_marts.building.run import build_all
from cursor_marts.cli.app import COMMANDS, app, function_of
from cursor_marts.cli.listing import print_description
from cursor_marts.cli.printing import print_outcome
from cursor_marts.commands.pipeline import Outcome
from cursor_marts.commands.settings import Settings
from cursor_marts.contracts import Contract, Field, Rows, Table, Truth, data_test, row_rule
from cursor_marts.graph import model
from cursor_marts.graph.catalog import catalog
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.models.staging.stg_reviews import StgReviews
from cursor_marts.raw.manifest import Manifest, Tally
from cursor_marts.raw.window import Window
from cursor_marts.reporting.describing import described

pytestmark = pytest.mark.slow

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7])(?:;\d+)*m")
ANY_STYLE = re.compile(r"\x1b\[[\d;?]*[a-zA-Z]")
MODULE = (sys.executable, "-m", "cursor_marts")
SCRIPT = Path(sys.executable).with_name("cursor-marts")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with control characters in a title: a bell and a colour."""
    backend = loaded(
        pull_requests=[
            pr(title="Mend\nthe \x1b[31mbell\x07", reviewers=["ann", "bob"], first_commit_at=None),
            pr(2, first_review_at=at(0)),
        ],
        reviews=[review(body=None)],
    )
    build_all(backend)
    return str(filed(backend, tmp_path_factory.mktemp("terminal")))


def on_terminal(*arguments: str, columns: int = 80, **environ: str) -> str:
    """Return the output of a command on a terminal, with its standard error."""
    hidden = ("CURSOR_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PY_COLORS", "TTY_")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cursor_marts", *arguments],
        dimensions=(50, columns),
        env=clean | {"TERM": "xterm-256color"} | environ,
        timeout=120,
        encoding="utf-8",
    )
    said = child.read()
    child.close()
    return said.replace("\r\n", "\n")


@pytest.mark.parametrize("size", ["0", "1", "²", "9" * 20])
def test_an_impossible_size_of_the_terminal_is_ignored(size: str) -> None:
    """Some programs set COLUMNS to 0; help and errors would be blank."""
    for words, said in ((["--nothing"], "No such option"), (["test", "--help"], "data test")):
        run = CliRunner().invoke(app, words, env={"COLUMNS": size, "LINES": size})
        assert said in run.output, run.exception


def test_only_terminals_get_colour(folder: str) -> None:
    """With NO_COLOR, or into a pipe, there is none."""
    command = ["describe", "mart_velocity"]
    assert COLOUR.search(on_terminal(*command))
    assert not COLOUR.search(on_terminal(*command, NO_COLOR="1"))
    assert not ANY_STYLE.search(cursor_marts(*command).stdout)
    assert not COLOUR.search(on_terminal("describe", "--help", NO_COLOR="1"))


def test_a_wide_table_becomes_records_on_a_narrow_terminal(folder: str) -> None:
    """At 80 columns one column a line; at 400 a table; into a pipe always a table."""
    command = ["show", "mart_velocity", "--data-dir", folder]
    narrow = ANY_STYLE.sub("", on_terminal(*command))
    assert max(map(len, narrow.splitlines())) <= 80
    assert re.search(r"^  active_developers +1 *$", narrow, re.M)
    for wide in (on_terminal(*command, columns=400), cursor_marts(*command).stdout):
        header, row, *rest = ANY_STYLE.sub("", wide).splitlines()
        assert header.split()[:3] == ["week", "repo_name", "active_developers"]
        assert row.split()[:3] == ["2026-09-07", "acme/web", "1"]
        assert rest in ([], [""])


def test_a_too_wide_table_suggests_columns_that_fit(folder: str) -> None:
    """The suggested command prints a table as wide as the terminal; a pipe gets none."""
    command = ["show", "mart_velocity", "--data-dir", folder]
    for columns in (80, 200):
        said = ANY_STYLE.sub("", on_terminal(*command, columns=columns)).splitlines()
        assert len(said[-1]) <= columns
        option, names = said[-1].removeprefix("→ for a table that fits: ").split()
        table = ANY_STYLE.sub("", on_terminal(*command, option, names, columns=columns))
        header, _ = table.splitlines()
        assert ",".join(header.split()) == names
        assert columns / 3 < len(header) <= columns
    assert cursor_marts(*command).stderr == ""


def test_an_empty_table_says_so(folder: str) -> None:
    """On any width."""
    assert "no rows" in on_terminal("show", "mart_velocity", "--data-dir", folder, "--where", "1=0")


@pytest.mark.parametrize("command", [["describe", "int_pr_with_commits"], ["test"]])
def test_no_line_is_wider_than_the_terminal(command: list[str], folder: str) -> None:
    """Except for a command to copy."""
    where = ["--data-dir", folder] if command == ["test"] else []
    lines = ANY_STYLE.sub("", on_terminal(*command, *where)).splitlines()
    free = [x for x in lines if not x.startswith(("Next: ", "Database: ")) and " show " not in x]
    assert [line for line in free if len(line) > 80] == []


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with rows that warn; one has a state with control characters."""
    late = pr(first_commit_at=at(11), first_review_at=at(-5))
    odd = review(state="pending\x1b[2J :bug:")
    backend = loaded(pull_requests=[late], reviews=[odd])
    folder = filed(backend, tmp_path_factory.mktemp("warned"))
    transform(data_dir=folder)
    return str(folder)


def test_a_failing_row_breaks_only_between_its_values(warned: str) -> None:
    """A name and its value stay on one line; in a pipe the whole row does."""
    command = ["transform", "--data-dir", warned]
    lines = ANY_STYLE.sub("", on_terminal(*command)).splitlines()
    rows = [line for line in lines if line.startswith(" " * 6) and "=" in line]
    assert max(map(len, lines[:-4])) <= 80
    assert "        opened_at=2026-09-07 10:00:00" in rows
    assert all("=" in pair for row in rows for pair in row.strip().split("  "))
    piped = cursor_marts(*command).stdout
    assert re.search(r"^ {6}repo_name=.*  first_commit_at=.*  opened_at=.*$", piped, re.M)


def test_control_characters_in_a_failing_row_are_escaped(warned: str) -> None:
    """Values of a source are neither executed nor rendered as markup."""
    for said in (
        on_terminal("test", "--data-dir", warned),
        cursor_marts("test", "--data-dir", warned).stdout,
    ):
        assert "state=pending\\x1b[2j :bug:" in said
        assert "\x1b[2" not in said


def test_a_description_has_one_line_per_fact_in_a_pipe() -> None:
    """On a terminal, continuation lines are indented."""
    command = ["describe", "int_pr_with_commits"]
    reads = "stg_pull_requests, stg_pull_request_commits, int_linked_commits,"
    rest = "stg_reviews, stg_review_comments, int_reverts"
    assert f"upstream    {reads} {rest}\n" in cursor_marts(*command).stdout
    said = ANY_STYLE.sub("", on_terminal(*command))
    assert f"upstream    {reads}\n            {rest}\n" in said


class MartTerse(Contract):
    repo_name: str = Field("Owner and name.")

    @row_rule("warn")
    def has_an_owner(cls, rows: Rows) -> Truth:
        return rows.repo_name.contains("/")

    @data_test("warn")
    def has_reviews(cls, rows: Rows, reviews: Table[StgReviews]) -> Rows:
        per = reviews.group_by("repo_name").agg(state=_.state.max())
        return rows.left_join(per, "repo_name").select("repo_name", "state")


@model
def mart_terse(pull_requests: Table[StgPullRequests]) -> Table[MartTerse]:
    return pull_requests.select("repo_name").distinct()


def test_a_description_omits_missing_parts(capsys: Any) -> None:
    """No meaning, no key, rules without a description: only their names."""
    entries = catalog([*all_models(), mart_terse])
    print_description(described(entries, entries["mart_terse"]))
    head, *_rest = capsys.readouterr().out.splitlines()
    assert head == "mart_terse (marts, table)"
    assert _rest[0] == "grain       no key is declared"
    of_row = _rest.index("  has_an_owner (warns)")
    assert _rest[of_row + 1] == "  has_reviews (warns)"


def test_a_failing_row_shows_null(capsys: Any) -> None:
    """As SQL writes it."""
    backend = loaded(pull_requests=[pr(repo_name="acme")])
    report = build_all(
        backend, [*all_models(), mart_terse], select="+mart_terse stg_repos stg_reviews"
    )
    print_outcome(Outcome(report=report), Settings.read(environ={}), "")
    said = capsys.readouterr().out
    assert "  warning: 1 row of mart_terse breaks has_an_owner\n      repo_name=acme\n" in said
    assert "breaks has_reviews\n      repo_name=acme  state=NULL\n" in said


@pytest.mark.parametrize("columns", ["40", "80"])
def test_numbers_are_never_truncated(
    columns: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counts of a large extraction are complete at any width."""
    monkeypatch.setenv("COLUMNS", columns)
    tally = Tally(expected=123_456_789, received=123_456_789, requests=12_345, retries=12_345)
    now = datetime(2026, 9, 7)
    resources = {"pull_request_commits": tally}
    manifest = Manifest("1", "http://a", Window.parse("7d"), now, now, resources)
    print_outcome(Outcome(manifest), Settings.read(environ={}), "")
    (row,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("pull_request")]
    numbers = [123_456_789, 123_456_789, 0, 123_456_789, 12_345, 12_345]
    assert row.split()[1:] == [f"{number:,}" for number in numbers]


def test_an_error_wraps_on_a_terminal(folder: str) -> None:
    """A long hint breaks between words; in a pipe it is one line."""
    command = ["show", "mart_velocity", "--data-dir", folder, "--where", "wek = 1"]
    lines = on_terminal(*command).splitlines()
    assert max(map(len, lines)) <= 80
    said = failed(cursor_marts(*command), 2).splitlines()
    assert len(said) == 2
    assert "wek = 1" in said[0]
    assert said[1].startswith("  → write SQL over its columns: week, repo_name")


def test_control_characters_of_a_source_are_escaped(folder: str) -> None:
    """They are shown and not executed."""
    said = on_terminal("show", "stg_pull_requests", "--data-dir", folder)
    assert "Mend\\nthe \\x1b[31mbell\\x07" in said
    assert "\x07" not in said


def test_the_examples_of_each_command_fit_in_80_columns() -> None:
    """They can be copied as they are."""
    for command in COMMANDS:
        examples = re.findall(r"Example: .*", function_of(command).__doc__ or "")
        assert examples, command
        assert all(len(example) <= 78 for example in examples)


def test_rows_as_csv_json_and_parquet(folder: str) -> None:
    """The same rows in each format on stdout; a note on omitted rows goes to stderr."""
    command = ["show", "stg_pull_requests", "--data-dir", folder, "--order-by", "pr_number"]
    as_csv = cursor_marts(*command, "--format", "csv", "--limit", "1")
    assert as_csv.stderr == "1 of 2 rows; --limit 0 shows all\n"
    assert cursor_marts(*command, "--format", "csv", "--limit", "2").stderr == ""
    header, *rest = as_csv.stdout.split("\n", 1)
    assert header.startswith("pr_number,repo_name,title,")
    assert rest[0].startswith('1,acme/web,"Mend\nthe \x1b[31mbell\x07",')
    assert ",ann@example.com," in rest[0]
    assert ",false," in rest[0]
    assert ",2026-09-07T10:00:00," in rest[0]
    as_json = json.loads(cursor_marts(*command, "--json").stdout)
    assert [row["pr_number"] for row in as_json] == [1, 2]
    assert as_json[0]["opened_at"] == "2026-09-07T10:00:00"
    piped = subprocess.run(
        [sys.executable, "-m", "cursor_marts", *command, "--format", "parquet"],
        capture_output=True,
        check=True,
    )
    assert pq.read_table(io.BytesIO(piped.stdout))["title"].to_pylist() == [
        row["title"] for row in as_json
    ]


def test_parquet_is_not_written_to_a_terminal(folder: str) -> None:
    """The error says how to write a file."""
    said = on_terminal("show", "mart_quality", "--data-dir", folder, "--format", "parquet")
    assert "not for a terminal" in said
    assert "> mart_quality.parquet" in " ".join(said.split())


def test_a_closed_pipe_ends_the_output(folder: str) -> None:
    """`show … | head -1` prints no error."""
    command = f"{sys.executable} -m cursor_marts show commits --format csv | head -1"
    ran = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CURSOR_MARTS_DATA_DIR": folder},
    )
    assert ran.stdout.startswith("commit_hash,")
    assert ran.stderr == ""


REPORTS: list[tuple[list[str], str]] = [
    (["build", "--source", "embedded", "--start-date", "7d"], "extraction"),
    (["extract", "--source", "embedded", "--start-date", "7d"], "extraction"),
    (["load"], "extraction"),
    (["prune", "--before", "3d", "--dry-run"], "gone"),
    (["transform", "-s", "stg_repos"], "report"),
    (["test", "-s", "raw"], "report"),
    (["retry"], "nothing_failed"),
    (["diff", "-s", "stg_repos"], "there"),
    (["artifacts"], "files"),
    (["check"], "models"),
    (["sql", "mart_quality"], "sql"),
    (["lineage"], "edges"),
    (["lineage", "mart_quality.revert_rate"], "steps"),
    (["describe", "mart_quality"], "grain"),
]


def test_json_gives_every_report_as_data(tmp_path: Path) -> None:
    """stdout has exactly one JSON document; commands run one after the other."""
    environ = {"CURSOR_MARTS_DATA_DIR": str(tmp_path)}
    for command, key in REPORTS:
        run = CliRunner().invoke(app, [*command, "--json"], env=environ)
        assert run.exit_code == 0, run.output
        data = json.loads(run.stdout)
        assert data[key], command
        if command[0] in ("build", "extract"):
            assert data["invented"] is True
            assert run.stderr.startswith("INVENTED DATA")
            assert data["extraction"]["resources"]["repos"]["received"] == 5
    listed = CliRunner().invoke(app, ["ls", "--json"]).stdout
    assert "mart_velocity" in [table["name"] for table in json.loads(listed)]
    offered = {name for name, c in PARSERS.items() if _has_json(c)}
    assert offered == {command[0] for command, _ in REPORTS} | {"ls", "people", "show"}


def _has_json(command: Any) -> bool:
    return any("--json" in option.opts for option in command.params)


def test_json_of_a_run_that_fails_its_tests(tmp_path: Path) -> None:
    """The report is on stdout, the error on stderr, and the exit code is 1."""
    folder = filed(loaded(pull_requests=[pr(changed_files=-1)]), tmp_path)
    run = cursor_marts("transform", "--data-dir", str(folder), "--json")
    assert "data tests failed" in failed(run, 1)
    report = json.loads(run.stdout)["report"]
    assert report["passed"] is False
    failures = [t for m in report["models"] for t in m["tests"] if t["status"] == "fail"]
    assert failures[0]["test"] == "changed_files_at_least_0"


@pytest.mark.parametrize("command", [["bild"], ["load", "--bogus"], ["show", "--help"]])
def test_usage_shows_the_name_of_the_program(command: list[str]) -> None:
    """The script's name, or `python -m`, as it was called."""
    called = {"cursor-marts": [str(SCRIPT)], "python -m cursor_marts": [*MODULE]}
    for name, typed in called.items():
        run = subprocess.run([*typed, *command], capture_output=True, text=True, check=False)
        assert f"Usage: {name} " in run.stdout + run.stderr
        assert "--help" in command or f"Try '{name} " in run.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["de"], {"describe"}),
        (["show", "mart_q"], {"mart_quality"}),
        (["ls", "--select", "+stg_repo"], {"+stg_repos"}),
    ],
)
def test_bash_completes_commands_and_models(typed: list[str], offered: set[str]) -> None:
    """The script that --show-completion prints works in bash."""
    words = " ".join(f"'{word}'" for word in ["cursor-marts", *typed])
    script = f"""
eval "$({SCRIPT} --show-completion bash)"
COMP_WORDS=({words}); COMP_CWORD={len(typed)}
$(complete -p cursor-marts | sed 's/.*-F \\([^ ]*\\) .*/\\1/') {SCRIPT}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == offered, ran.stderr
