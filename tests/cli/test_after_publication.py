"""After publication the exit code is 0 and the last line says so; before it, never.

Each call that writes fails once, at every place of a run (`support.failing_writes`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.raw_rows import commit, filed, link, loaded, pr, review
from support.snowflake_server import variables, written

from cursor_marts import build, extract, load, transform
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

pytestmark = pytest.mark.slow

CHANGED_ROWS = """duckdb.connect(str(folder / "analytics.duckdb")).execute(
    "UPDATE main_raw.pull_requests SET additions = ?", [attempt]).close()"""
NOTHING_LOADED = """duckdb.connect(str(folder / "analytics.duckdb")).execute(
    "DELETE FROM main_raw.loaded_files").close()"""
ANOTHER_RUN = """(folder / "raw" / "manifest.json").write_text(json.dumps(
    json.loads((folder / "raw" / "manifest.json").read_text()) | {"run_id": f"run {attempt}"}))"""
NO_PAGE = """(folder / "page.html").write_text("before")"""
PAGE = """[(folder / "page.html").read_text() != "before"]"""
LOADED_RUN = """duckdb.connect(str(folder / "analytics.duckdb"), read_only=True).execute(
    "SELECT max(run_id) FILTER (is_current) FROM main_raw.extractions").fetchone()"""
PARTLY = re.compile(r"→ (1|2) of 3 tables are published: transform publishes all; ")
MARTS = """query("SELECT * FROM mart.mart_first", "SELECT * FROM mart.mart_second",
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'STAGING'")"""
CHANGED_BRANCH = """query(
    "CREATE SCHEMA IF NOT EXISTS staging",
    "DROP VIEW IF EXISTS staging.stg_repos",
    "DROP TABLE IF EXISTS build.writer",
    "CREATE SCHEMA IF NOT EXISTS mart",
    *(f"CREATE TABLE IF NOT EXISTS mart.mart_{name} (a INT) COMMENT = '[cursor_marts]'"
      for name in ("first", "second")),
    f"UPDATE raw.repos SET default_branch = 'branch {attempt}'")"""
RAW = """query("SELECT COUNT(*) FROM raw.pull_requests")"""
NO_ROWS = """query("DROP TABLE IF EXISTS build.writer", "DELETE FROM raw.loaded_files",
    "DELETE FROM raw.pull_requests")"""
IN_DATABASE = """duckdb.connect(str(folder / "analytics.duckdb"), read_only=True).execute(
    "SELECT max(avg_pr_size) FROM main_mart.mart_velocity").fetchone()"""
ON_DISK = """[json.loads((folder / "raw" / "manifest.json").read_text())["run_id"]]"""


def driven(
    folder: Path,
    command: list[str],
    state: str,
    change: str = "0",
    program: str = "failing_writes",
    **environ: str,
) -> list[dict[str, Any]]:
    """Return what each run of a command came to, of which one call that writes fails.

    `change` is evaluated before each run, and `state` before and after it: whether it published.
    """
    run = subprocess.run(
        (sys.executable, "-m", f"support.{program}", folder, json.dumps(command), state, change),
        env=os.environ
        | {"CURSOR_MARTS_DATA_DIR": str(folder), "PYTHONPATH": str(Path(__file__).parents[1])}
        | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def check(runs: list[dict[str, Any]], done: str, kinds: set[str]) -> None:
    """Check that exit code and last line of each run say whether it published."""
    assert runs[0]["published"]
    assert runs[1]["published"]
    failed = [run for run in runs if run["failed"]]
    assert len(failed) >= len(runs) - 4  # some places are not reached by every run
    assert kinds <= {run["place"].split()[0] for run in failed}
    for run in failed:
        assert run["crash"] == "", run
        assert (run["code"] == 0) == run["published"], run
        assert not run["partly"] or PARTLY.search(run["last"]), run
        # Where the stream fails on which it would be said, the exit code alone can say it.
        assert run["published"] or run["error"] or run["place"].startswith("stream"), run
        if "warning: " in run["last"]:
            assert run["last"].endswith(done), run


DONE = {"load": "; the raw tables are loaded", "transform": "; the tables are published"}
DATABASE = {"CREATE", "INSERT", "BEGIN", "COMMIT"}


def test_each_write_of_a_transform_fails_once(tmp_path: Path) -> None:
    """Published with exit code 0 and a warning, or not published with an error."""
    rows = {"pull_requests": [pr()], "commits": [commit()], "reviews": [review()]}
    folder = filed(loaded(pull_request_commits=[link()], **rows), tmp_path)
    transform(data_dir=folder)
    command = ["transform", "--select", "+mart_velocity"]
    runs = driven(folder, command, IN_DATABASE, CHANGED_ROWS)
    check(runs, "; the tables are published", {"open", "stream", "CREATE", "BEGIN", "COMMIT"})
    assert any("warning: " in run["last"] for run in runs), "no write of the report failed"


def test_each_write_of_an_extraction_fails_once(tmp_path: Path) -> None:
    """The new set has replaced the previous one if, and only if, the exit code is 0."""
    world = generate(3, end=Window.parse().end, days=3, developers=2)
    with serve(Simulator(world, rate_limit=None)) as url:
        command = ["extract", "--source", url, "--start-date", "3d", "--fresh"]
        extract(source=url, start_date="3d", data_dir=tmp_path)
        runs = driven(tmp_path, command, ON_DISK)
    check(runs, "; the extraction is complete", {"open", "os.rename", "stream"})


@pytest.mark.parametrize("command", ["load", "transform"])
def test_each_statement_to_snowflake_fails_once(command: str, address: str, tmp_path: Path) -> None:
    """Published, in part or not: exit code and last line say which."""
    account = variables(address)
    written(tmp_path, pull_requests=[pr()])
    with pytest.MonkeyPatch.context() as patch:
        for name, value in account.items():
            patch.setenv(name, value)
        load(data_dir=tmp_path, target="prod")
    state, change = {"load": (RAW, NO_ROWS), "transform": (MARTS, CHANGED_BRANCH)}[command]
    words = [command, "--target", "prod", "--lock-timeout", "0"]
    environ = account | {"XDG_CACHE_HOME": str(tmp_path)}
    runs = driven(tmp_path, words, state, change, "failing_statements", **environ)
    check(runs, DONE[command], {"CREATE", "DROP", "SELECT"})
    assert any(run["partly"] for run in runs) == (command == "transform")
    said = " ".join(run["last"] for run in runs)
    assert "next run waits for up to two hours" in said
    for line in ("nothing was published; ", "cannot comment"):
        assert (line in said) == (command == "transform")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A data folder with invented data of a few days, and all tables of them."""
    build(source="embedded", start_date="3d", data_dir=tmp_path)
    return tmp_path


def test_each_write_of_a_build_fails_once(built: Path) -> None:
    """Raw tables and marts are those of the new run, or all of the one before."""
    world = generate(3, end=Window.parse().end, days=3, developers=2)
    with serve(Simulator(world, rate_limit=None)) as url:
        command = ["build", "--source", url, "--start-date", "3d", "--fresh"]
        runs = driven(built, command, LOADED_RUN, NOTHING_LOADED)
    check(runs, "; the tables are published", {"open", "os.rename", "stream", *DATABASE})


@pytest.mark.parametrize("raw", ["table", "view"])
def test_each_write_of_a_load_fails_once(built: Path, raw: str) -> None:
    """All raw tables are loaded, or none."""
    runs = driven(built, ["load", "--raw", raw], LOADED_RUN, ANOTHER_RUN)
    check(runs, "; the raw tables are loaded", {"stream", *(DATABASE if raw == "table" else ())})


def test_each_write_of_a_report_fails_once(built: Path) -> None:
    """The page is whole, or the one before."""
    command = ["report", "--out", str(built / "page.html")]
    check(driven(built, command, PAGE, NO_PAGE), "/page.html", {"open", "os.rename", "stream"})
