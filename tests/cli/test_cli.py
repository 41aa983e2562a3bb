"""The command line as a process: its output and its exit code."""

import itertools
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support.command_line import PARSERS, cursor_marts, failed
from support.lock_holder import held, wait_until_held
from support.raw_rows import at, commit, filed, loaded, pr, review
from typer.testing import CliRunner

import cursor_marts as package
from cursor_marts import connect, report, transform
from cursor_marts.cli.app import app
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

pytestmark = pytest.mark.slow

STOPS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
WARNING = {"stg_pull_requests", "stg_reviews", "int_pr_with_commits"}
WORLD = generate(5, end=Window.parse().end, days=20, developers=4)


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    with serve(Simulator(WORLD, rate_limit=None)) as url:
        yield url


@pytest.fixture(scope="module")
def built(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a build has filled."""
    folder = tmp_path_factory.mktemp("built")
    run = cursor_marts("build", "--source", source, "--data-dir", str(folder))
    assert run.returncode == 0, run.stderr
    return folder


def test_build_prints_its_results_and_the_next_command(source: str, tmp_path: Path) -> None:
    """On stdout; nothing on stderr."""
    run = cursor_marts("build", "--source", source, "--data-dir", str(tmp_path))
    assert run.returncode == 0
    assert run.stderr == ""
    assert f"from {source}" in run.stdout
    assert "INVENTED" not in run.stdout
    lines = [line.split() for line in run.stdout.splitlines()]
    assert next(x for x in lines if x[:1] == ["repos"])[:3] == ["repos", "5", "5"]
    assert any(x[:1] == ["mart_velocity"] for x in lines)
    assert str(tmp_path / "analytics.duckdb") in run.stdout
    following = f"-m cursor_marts report --data-dir {tmp_path} --out report.html"
    assert run.stdout.splitlines()[-1].endswith(following)


def test_the_next_command_of_build_works(built: Path, tmp_path: Path) -> None:
    """The last line can be typed as it is, in the same folder and shell."""
    run = cursor_marts("transform", "--data-dir", str(built))
    command = run.stdout.splitlines()[-1].removeprefix("Next: ")
    page = tmp_path / "report.html"
    subprocess.run(
        ["sh", "-c", command.replace("report.html", str(page))], capture_output=True, check=True
    )
    assert "Delivery" in page.read_text()


def test_invented_data_does_not_replace_real_data(built: Path) -> None:
    """Without a source, a folder with an extraction of the user stays unchanged."""
    before = (built / "raw" / "manifest.json").read_text()
    for step in ("build", "extract"):
        said = failed(cursor_marts(step, "--data-dir", str(built)), 2)
        assert f"{built} holds an extraction from http://127.0.0.1" in said
        assert "--source embedded" in said
    assert (built / "raw" / "manifest.json").read_text() == before


def test_a_key_without_a_source_builds_no_invented_data(tmp_path: Path) -> None:
    """A key means real data: a schedule that lacks the source must fail."""
    for step in ("build", "extract"):
        command = (step, "--data-dir", str(tmp_path / "new"))
        for run in (
            cursor_marts(*command, "--api-key", "mine"),
            cursor_marts(*command, CURSOR_API_KEY="mine"),
        ):
            said = failed(run, 2)
            assert "an API key is given, and no source" in said
            assert "--source" in said
    assert not (tmp_path / "new").exists()


def test_the_single_steps_build_the_same_marts(source: str, built: Path, tmp_path: Path) -> None:
    """extract, load, transform, test; the settings may come from the environment."""
    environ = {"CURSOR_SIM_URL": source, "CURSOR_MARTS_DATA_DIR": str(tmp_path)}
    for step in ("extract", "load", "transform", "test"):
        run = cursor_marts(step, **environ)
        assert run.returncode == 0, run.stderr
        assert run.stderr == ""
    # The order in which threads add up floats shows in their last digit.
    query = "FROM main_mart.mart_velocity ORDER BY week, repo_name"
    with (
        duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as ours,
        duckdb.connect(str(built / "analytics.duckdb"), read_only=True) as theirs,
    ):
        rows = ours.sql(query).fetchall()
        assert rows == [pytest.approx(row) for row in theirs.sql(query).fetchall()] != []


def test_invented_data_is_marked_everywhere(tmp_path: Path) -> None:
    """In the first and the last line, the manifest and the raw tables."""
    run = cursor_marts("build", "--data-dir", str(tmp_path), "--start-date", "14d")
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0].startswith("INVENTED DATA")
    assert lines[-1].startswith("INVENTED DATA")
    assert json.loads((tmp_path / "raw" / "manifest.json").read_text())["invented"] is True
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        query = "SELECT DISTINCT source, invented FROM main_raw.extractions"
        assert connection.sql(query).fetchall() == [("the embedded simulator", True)]
    again = cursor_marts("transform", "--data-dir", str(tmp_path))
    assert again.stdout.splitlines()[-1].startswith("INVENTED DATA")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build", "--source", "localhost:8080"], "not an HTTP address"),
        (["build", "--start-date", "yesterday"], "--start-date 'yesterday' is not a date"),
        (["build", "--end-date", "2020-01-01"], "ends (2020-01-01) before it starts"),
        (["build", "--target", "mars"], "--target 'mars' is unknown"),
        (["transform", "--select", "mart_qualty"], "did you mean mart_quality?"),
        (["test", "--exclude", "stg_review"], "did you mean stg_reviews?"),
        (["build", "--sauce", "x"], "No such option"),
        (["bild"], "No such command"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], says: str) -> None:
    """One clear message, before anything runs."""
    assert says in failed(cursor_marts(*arguments), 2)


def test_the_version_is_that_of_the_package() -> None:
    """On the command line and in Python, without a command."""
    run = cursor_marts("--version")
    assert (run.returncode, run.stdout) == (0, f"cursor_marts {package.__version__}\n")
    assert re.fullmatch(r"\d+\.\d+.*", package.__version__)


def test_a_source_that_does_not_answer(tmp_path: Path) -> None:
    """The address, and the setting to check; no file remains."""
    for folder in (tmp_path, tmp_path / "new" / "data"):
        run = cursor_marts("build", "--source", "http://127.0.0.1:9", "--data-dir", str(folder))
        said = failed(run, 75)
        assert "nobody answers at http://127.0.0.1:9" in said
        assert "→ check --source" in said
        assert list(tmp_path.iterdir()) == []


def test_a_wrong_key(source: str, tmp_path: Path) -> None:
    """The option to set, without the key that was given; no file remains."""
    arguments = ["build", "--source", source, "--data-dir", str(tmp_path), "--api-key", "hush"]
    said = failed(cursor_marts(*arguments), 1)
    assert "does not accept the API key (401)" in said
    assert "--api-key" in said
    assert "hush" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["transform", "test"])
def test_a_step_without_a_database(step: str, tmp_path: Path) -> None:
    """What is missing and how to create it; no database is created."""
    said = failed(cursor_marts(step, "--data-dir", str(tmp_path)), 1)
    assert "there is no database at" in said
    assert "python -m cursor_marts build" in said
    assert list(tmp_path.iterdir()) == []


def test_a_load_of_nothing_creates_nothing(tmp_path: Path) -> None:
    """No folder, and no file that looks like a database."""
    failed(cursor_marts("load", "--data-dir", str(tmp_path / "new")), 1)
    assert list(tmp_path.iterdir()) == []


def test_load_without_an_extraction(tmp_path: Path) -> None:
    """There is no landing: extract first; no empty database remains."""
    said = failed(cursor_marts("load", "--data-dir", str(tmp_path)), 1)
    assert "there is no complete extraction" in said
    assert not (tmp_path / "analytics.duckdb").exists()


def test_a_data_folder_that_cannot_be_created(source: str, tmp_path: Path) -> None:
    """A file has its name: the error names the folder and the option."""
    (tmp_path / "file").write_text("x")
    folder = str(tmp_path / "file" / "data")
    for command in (["build", "--source", source], ["load"]):
        said = failed(cursor_marts(*command, "--data-dir", folder), 1)
        assert "file/data" in said
        assert "→" in said
        assert "make room" not in said


def test_a_locked_database_names_the_process(built: Path) -> None:
    """Another process has the file open."""
    with held(built / "analytics.duckdb") as holder:
        said = failed(
            cursor_marts("transform", "--data-dir", str(built), "--lock-timeout", "0.5"), 75
        )
    assert f"(process {holder.pid})" in said
    assert "analytics.duckdb is in use by" in said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It stays unchanged."""
    (tmp_path / "analytics.duckdb").write_text("not a database, but long enough to be read as one")
    said = failed(cursor_marts("transform", "--data-dir", str(tmp_path)), 1)
    assert "cannot open" in said
    assert (tmp_path / "analytics.duckdb").read_text().startswith("not a database")


def test_a_damaged_landing_leaves_the_loaded_tables(source: str, tmp_path: Path) -> None:
    """One damaged file: none of the others is loaded either."""
    assert cursor_marts("build", "--source", source, "--data-dir", str(tmp_path)).returncode == 0
    file = next((tmp_path / "raw" / "reviews").iterdir())
    file.unlink()  # the landing before may have the same file
    file.write_bytes(b"PAR1 no more")
    said = failed(cursor_marts("load", "--full-refresh", "--data-dir", str(tmp_path)), 1)
    assert f"reviews/{file.name}" in said
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) > 0 FROM main_raw.commits").fetchone() == (True,)


def test_a_missing_raw_table_is_an_error(source: str, tmp_path: Path) -> None:
    """It names the table, and how to get it back."""
    assert cursor_marts("build", "--source", source, "--data-dir", str(tmp_path)).returncode == 0
    with duckdb.connect(str(tmp_path / "analytics.duckdb")) as connection:
        connection.execute("DROP TABLE main_raw.reviews")
    said = failed(cursor_marts("transform", "--data-dir", str(tmp_path)), 1)
    assert "raw tables are missing in schema main_raw: reviews" in said
    assert "python -m cursor_marts load" in said


def test_failed_data_tests_are_shown_and_block(source: str, tmp_path: Path) -> None:
    """Findings on stdout, the error on stderr, exit code 1; the marts are unchanged."""
    assert cursor_marts("build", "--source", source, "--data-dir", str(tmp_path)).returncode == 0
    with duckdb.connect(str(tmp_path / "analytics.duckdb")) as connection:
        before = connection.sql("FROM main_mart.mart_quality ORDER BY ALL").fetchall()
        connection.execute("UPDATE main_raw.pull_requests SET additions = -1000")
    run = cursor_marts("transform", "--data-dir", str(tmp_path))
    said = failed(run, 1)
    assert "data tests failed, nothing was published" in said
    assert "stg_pull_requests.additions_at_least_0" in said
    assert "FAILED" in run.stdout
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        assert connection.sql("FROM main_mart.mart_quality ORDER BY ALL").fetchall() == before


INTERRUPTING = """
import os, runpy, signal, sys
module, stop = sys.argv.pop(1), int(sys.argv.pop(1))
class Interrupting:
    def find_spec(self, name, *_):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), stop)
sys.meta_path.insert(0, Interrupting())
runpy.run_module("cursor_marts", run_name="__main__", alter_sys=True)
"""


def test_a_warning_is_shown_once_and_does_not_block(tmp_path: Path) -> None:
    """Rows of the first table that has it; for later tables only the count."""
    late = [pr(n, first_commit_at=at(11)) for n in range(1, 4)]
    filed(loaded(pull_requests=late), tmp_path)
    run = cursor_marts("transform", "--data-dir", str(tmp_path))
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("3 rows of ") == 2
    assert run.stdout.count("first_commit_at=") == 3
    kept = "main_audit.int_pr_with_commits__first_commit_not_after_opening"
    assert f"… all in {kept}\n" in run.stdout
    assert "Warnings do not block; with --strict they do.\n" in run.stdout


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("transform --select stg_commits", set()),
        ("transform --select stg_pull_requests", {"stg_pull_requests"}),
        ("transform --select mart_quality", WARNING),
        ("test --select stg_reviews", {"stg_reviews"}),
        ("test --select int_pr_with_commits", {"int_pr_with_commits"}),
        ("test --select stg_* --exclude stg_reviews", {"stg_pull_requests"}),
        ("test --select mart_quality", set()),
    ],
)
def test_a_selected_run_warns_of_what_ran_alone(
    chosen: str, expected: set[str], tmp_path: Path
) -> None:
    """Not of what an earlier run found in other tables: printed, kept, and in the report.

    The views that a selected mart reads are tested with it: one line counts their warnings.
    """
    late = [pr(first_commit_at=at(11))]
    filed(loaded(pull_requests=late, reviews=[review(state="pondering")]), tmp_path)
    whole = transform(data_dir=tmp_path).report
    assert whole is not None
    assert {test.model for test in whole.warned} == WARNING
    run = CliRunner().invoke(app, [*chosen.split(), "--data-dir", str(tmp_path)])
    shown = set() if chosen == "transform --select mart_quality" else expected
    assert set(re.findall(r"warning: \d+ rows? of (\w+)", run.stdout)) == shown
    assert ("Warnings do not block" in run.stdout) == bool(shown)
    assert ("3 warnings there: test shows all" in run.stdout) == (shown != expected)
    results = json.loads((tmp_path / "run_results.json").read_text())["results"]
    warned = [entry["unique_id"] for entry in results if entry["status"] == "warn"]
    assert {unique_id.split(".")[2] for unique_id in warned} == expected
    with connect(tmp_path) as database:
        kept = [name for name in database.tables if "__" in name]
    assert {name.split("__")[0] for name in kept} == expected


@pytest.mark.parametrize("step", ["build", "extract", "load", "transform", "test"])
def test_a_quiet_run_prints_only_failures_and_requested_output(
    step: str, source: str, built: Path, tmp_path: Path
) -> None:
    """No progress, report, note or hint; the same JSON and the same errors."""
    own = ("--source", source) if step in ("build", "extract") else ()
    folder = tmp_path / "data"
    shutil.copytree(built, folder, symlinks=True)
    where = (step, *own, "--data-dir", str(folder), "--quiet")
    run = cursor_marts(*where)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    run = cursor_marts(*where, "--json")
    assert run.stderr == ""
    assert json.loads(run.stdout)["invented"] is False
    nowhere = ("--source", "http://127.0.0.1:9") if own else ()
    run = cursor_marts(step, *nowhere, "--data-dir", str(tmp_path / "new"), "--quiet")
    assert failed(run, 75 if own else 1).startswith("error: ")
    assert run.stdout == ""


def test_a_quiet_run_prints_failing_rows_and_the_profile(tmp_path: Path) -> None:
    """No warnings; the profile if it was requested."""
    late = [pr(first_commit_at=at(11), changed_files=-1)]
    filed(loaded(pull_requests=late), tmp_path)
    run = cursor_marts("transform", "--data-dir", str(tmp_path), "--quiet")
    assert "changed_files_at_least_0" in failed(run, 1)
    assert run.stdout.startswith("  FAILED: 1 row of stg_pull_requests")
    assert "warning" not in run.stdout
    run = cursor_marts("test", "--select", "commits", "--data-dir", str(tmp_path), "--quiet")
    assert (run.stdout, run.stderr) == ("", "")


def test_a_quiet_run_on_invented_data_prints_only_that(tmp_path: Path) -> None:
    """Once, on stderr, for a user who forgot the source."""
    run = cursor_marts("build", "--data-dir", str(tmp_path), "--start-date", "7d", "--quiet")
    assert run.returncode == 0
    assert run.stdout == ""
    (said,) = run.stderr.splitlines()
    assert said.startswith("INVENTED DATA")
    profiled = ("transform", "--data-dir", str(tmp_path), "--quiet", "--profile")
    assert cursor_marts(*profiled).stdout.startswith("slowest first")


@pytest.mark.parametrize(("stop", "code"), STOPS)
@pytest.mark.parametrize(
    ("command", "module"),
    [
        ("transform", "typer"),
        ("transform", "cursor_marts.building.run"),
        ("show mart_quality", "typer"),
        ("show mart_quality", "duckdb"),
        ("show mart_quality", "cursor_marts.reporting.rows"),
    ],
)
def test_a_command_stopped_during_imports(
    module: str, command: str, stop: int, code: int, tmp_path: Path
) -> None:
    """It has the same exit code as later, and prints nothing."""
    where = (*command.split(), "--data-dir", str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTING, module, str(int(stop)), *where],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code
    assert run.stdout + run.stderr == ""


@pytest.mark.parametrize(("stop", "code"), STOPS)
def test_a_command_stopped_while_a_table_is_created(stop: int, code: int, tmp_path: Path) -> None:
    """It has the same exit code as elsewhere, and says that the published tables are unchanged."""
    folder = filed(loaded(pull_requests=[pr()], commits=[commit()]), tmp_path)
    transform(data_dir=folder)
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute("CREATE TABLE main_raw.given AS FROM main_raw.commits")
        connection.execute("DROP TABLE main_raw.commits")
        many = """
            CREATE VIEW main_raw.commits AS SELECT * EXCLUDE (number) REPLACE (
                commit_hash || number AS commit_hash,
                length(md5(repeat('x' || number, 9999))) AS pull_request_number
            ) FROM main_raw.given, range(500_000) AS numbers (number)"""
        connection.execute(many)  # quick to count, and a minute's work to copy
    command = [sys.executable, "-m", "cursor_marts", "transform", "--data-dir", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            wait_until_held(folder / "analytics.duckdb")
            time.sleep(1)
            running.send_signal(stop)
            out, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert (running.returncode, out) == (code, "")
    assert err.startswith("stopped: ")
    assert "Traceback" not in err
    with connect(folder) as database:
        assert database.mart_velocity.count().to_pyarrow().as_py() == 1


def test_the_error_is_printed_after_the_findings(tmp_path: Path) -> None:
    """If both streams go to one place, the last lines are the error and the next step."""
    folder = filed(loaded(pull_requests=[pr(changed_files=-1)]), tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "cursor_marts", "transform", "--data-dir", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert [line[:6] for line in run.stdout.splitlines()[-2:]] == ["error:", "  → th"]


def test_simulate_serves_and_prints_its_address(tmp_path: Path) -> None:
    """Everything built from it is marked as invented."""
    with subprocess.Popen(
        [sys.executable, "-m", "cursor_marts", "simulate", "--port", "0", "--days", "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            url = first.split(" at ")[1].split()[0]
            assert "invented" in first
            assert process.stdout.readline().strip().endswith(f"build --source {url}")
            with pytest.MonkeyPatch.context():
                import httpx

                assert httpx.get(f"{url}/health").json() == {"status": "ok"}
            built = cursor_marts(
                "build", "--source", url, "--data-dir", str(tmp_path), "--start-date", "3d"
            )
            assert built.stdout.splitlines()[-1].startswith("INVENTED DATA"), built.stderr
            assert "embedded" not in built.stdout
            with connect(tmp_path) as database:
                assert database.invented
            page = report(data_dir=tmp_path, out=tmp_path / "report.html").read_text("utf-8")
            assert "INVENTED DATA" in page
            assert "embedded" not in page
        finally:
            process.send_signal(2)
            assert process.wait(10) == 0


def test_simulate_on_a_port_in_use(source: str) -> None:
    """The error names the port and asks for another one."""
    said = failed(cursor_marts("simulate", "--port", source.rpartition(":")[2]), 1)
    assert "cannot listen on" in said
    assert "--port" in said


@pytest.mark.parametrize("command", [*PARSERS, ""])
def test_help(command: str) -> None:
    """Each command has an explanation and an example."""
    run = cursor_marts(*([command] if command else []), "--help")
    assert run.returncode == 0
    assert "Usage" in run.stdout
    assert not command or f"python -m cursor_marts {command}" in run.stdout


def test_the_profile_shows_the_seconds_of_each_table(built: Path) -> None:
    """Raw tables too, with rows, in 80 columns, slowest first."""
    run = cursor_marts("transform", "--data-dir", str(built), "--profile")
    assert run.returncode == 0
    profile = run.stdout.partition("slowest first")[2].partition("all tables")[0].splitlines()[1:]
    tables = {line.split()[0]: line for line in profile}
    assert {"commits", "stg_commits", "int_pr_with_commits", "mart_velocity"} <= tables.keys()
    seconds = [sum(float(part) for part in line.split()[1:3]) for line in profile]
    assert all(a >= b - 0.02 for a, b in itertools.pairwise(seconds))
    assert max(map(len, profile)) <= 80


def test_an_error_names_the_step_that_is_missing(tmp_path: Path) -> None:
    """After an extraction the next step is load, not another extraction."""
    where = ("--data-dir", str(tmp_path))
    assert "build it first" in cursor_marts("transform", *where).stderr
    cursor_marts("extract", "--start-date", "7d", *where)
    assert "python -m cursor_marts load" in cursor_marts("transform", *where).stderr
    loaded = cursor_marts("load", *where).stdout
    assert loaded.startswith("Loaded ")
    assert f"Database: {tmp_path / 'analytics.duckdb'}" in loaded


def test_failed_tests_of_published_tables(tmp_path: Path) -> None:
    """Nothing was built, so the message says that readers see the failing rows."""
    folder = filed(loaded(pull_requests=[pr()]), tmp_path)
    where = ("--data-dir", str(folder))
    assert cursor_marts("transform", *where).returncode == 0
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute("UPDATE main_raw.pull_requests SET additions = -1")
    assert "on what is published" in cursor_marts("test", *where).stderr
    assert "nothing was published" in cursor_marts("transform", *where).stderr
