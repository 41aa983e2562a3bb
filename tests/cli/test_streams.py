"""Standard streams that are closed, full, narrow, or not read to the end."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.raw_rows import filed, loaded, pr, review

from cursor_marts import show, transform

pytestmark = pytest.mark.slow

PROGRAM = f"{sys.executable} -m cursor_marts"
LOST = ["> /dev/full", ">&-"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built data folder, with a title that ASCII cannot represent."""
    backend = loaded(pull_requests=[pr(title="Größe → 1"), pr(2)], reviews=[review()])
    folder = filed(backend, tmp_path_factory.mktemp("streams"))
    transform(data_dir=folder)
    return folder


def shell(command: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a shell; `cursor_marts` in it is the program."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command.replace('cursor_marts', PROGRAM)}"],
        env=os.environ | {"CURSOR_MARTS_DATA_DIR": str(folder)} | environ,
        capture_output=True,
        text=True,
        errors="replace",  # a narrow encoding is not UTF-8
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("command", ["transform", "transform --json", "test", "load --input gone"])
def test_a_run_whose_report_cannot_be_printed(command: str, lost: str, folder: Path) -> None:
    """The tables are published: exit code 0, and the last line on stderr says so."""
    run = shell(f"cursor_marts {command} {lost}", folder)
    assert "Traceback" not in run.stderr
    if command.startswith("load"):
        assert run.returncode == 1
        assert "there is no complete extraction" in run.stderr
        return
    assert run.returncode == 0
    done = "the tests have run" if command == "test" else "the tables are published"
    assert run.stderr.splitlines()[-1].startswith("warning: cannot print the report: ")
    assert run.stderr.splitlines()[-1].endswith(f"; {done}")


def test_a_run_without_any_stream(folder: Path) -> None:
    """A job without input, output and error stream succeeds."""
    before = (folder / "run_results.json").read_text()
    assert shell("cursor_marts transform <&- >&- 2>&-", folder).returncode == 0
    assert (folder / "run_results.json").read_text() != before


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("command", ["show mart_velocity", "show mart_quality --format csv", "ls"])
def test_a_result_that_cannot_be_printed_is_an_error(command: str, lost: str, folder: Path) -> None:
    """Printing is the purpose of the command: it fails with one message."""
    run = shell(f"cursor_marts {command} {lost}", folder)
    assert run.returncode == 1
    assert run.stderr.startswith("error: cannot read or write: ")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("words", ["--help", "build --help", "--version"])
def test_help_that_cannot_be_printed_is_an_error(words: str, folder: Path) -> None:
    """Like any other result."""
    run = shell(f"cursor_marts {words} > /dev/full", folder)
    assert (run.returncode, "Traceback" in run.stderr) == (1, False)


@pytest.mark.parametrize("lost", ["2> /dev/full", "2>&-"])
def test_an_error_that_cannot_be_printed_has_its_exit_code(lost: str, folder: Path) -> None:
    """A scheduler reads the exit code."""
    assert shell(f"cursor_marts bild {lost}", folder).returncode == 2
    assert shell(f"cursor_marts show mart_velocty {lost}", folder).returncode == 2
    nobody = f"cursor_marts extract --source http://127.0.0.1:9 {lost}"
    assert shell(nobody, folder).returncode == 75
    run = shell(f"cursor_marts test --json {lost}", folder)
    assert run.returncode == 0
    assert json.loads(run.stdout)["report"]["passed"] is True


def test_a_closed_pipe_does_not_stop_a_build(folder: Path) -> None:
    """It is no error of a run that has published."""
    run = shell("cursor_marts transform | head -1", folder)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_with_a_narrow_encoding(encoding: str, folder: Path) -> None:
    """Other characters are escaped; data for other programs stays UTF-8."""
    narrow = {"PYTHONIOENCODING": encoding}
    where = "--columns title --where pr_number=1"
    table = shell(f"cursor_marts show stg_pull_requests {where}", folder, **narrow)
    assert (table.returncode, table.stderr) == (0, "")
    assert "\\u2192 1" in table.stdout
    for format in ("csv", "json"):
        data = shell(
            f"cursor_marts show stg_pull_requests {where} --format {format}", folder, **narrow
        )
        assert "Größe → 1" in data.stdout
    run = shell("cursor_marts transform --data-dir nowhere", folder, **narrow)
    assert (run.returncode, run.stderr.startswith("error: ")) == (1, True)
    assert shell("cursor_marts describe mart_velocity", folder, **narrow).returncode == 0


#: What CSV has to quote, and what a spreadsheet would execute.
PLAIN = ("a\rb", "a\r\nb\nc", 'say "x"', "a,b", "")
EXECUTED = ("=cmd|'/c calc'!A0", "+1", "-1", "@x", "\tx", "\rx")


def test_csv_can_be_read_back(tmp_path: Path) -> None:
    """One line for each row; a formula for a spreadsheet gets an apostrophe."""
    titles = [*PLAIN, *EXECUTED]
    rows = [pr(number, title=title) for number, title in enumerate(titles, 1)]
    folder = filed(loaded(pull_requests=rows), tmp_path)
    transform(data_dir=folder)
    words = ["show", "pull_requests", "--format", "csv", "--order-by", "number", "--limit", "0"]
    run = subprocess.run(
        [*PROGRAM.split(), *words, "--data-dir", str(folder)], capture_output=True, check=True
    )
    read = csv.DictReader(io.StringIO(run.stdout.decode(), newline=""))
    shown = [*PLAIN, *(f"'{title}" for title in EXECUTED)]
    assert [row["title"] for row in read] == shown
    found = show("pull_requests", folder, order_by="number", limit=None)
    assert found["title"].to_pylist() == titles
