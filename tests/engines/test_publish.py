"""Readers see a complete state at any time, or wait for the lock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest
from support.lock_holder import held
from support.published_states import (
    BROKEN,
    EARLY,
    LARGE,
    SMALL,
    build,
    source,
    state,
    whole,
)

from cursor_marts.commands.pipeline import run_load, run_test, run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.duckdb.connection import opened
from cursor_marts.errors import DatabaseLocked, DataTestsFailed

pytestmark = pytest.mark.slow


def process(*arguments: str) -> subprocess.Popen[str]:
    """Start a process of the command line."""
    return subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_refused_extraction_stays_in_the_landing_and_out_of_the_tables(tmp_path: Path) -> None:
    """Raw, staging and marts are unchanged; the failing rows are stored elsewhere."""
    build(SMALL, tmp_path)
    with pytest.raises(DataTestsFailed):
        build(BROKEN, tmp_path)
    assert state(tmp_path / "analytics.duckdb") == whole(SMALL)
    manifest = json.loads((tmp_path / "raw" / "manifest.json").read_text())
    assert manifest["resources"]["pull_requests"]["received"] == len(BROKEN.pulls)
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        kept = "SELECT count(*) FROM main_audit.stg_pull_requests__additions_at_least_0"
        assert connection.sql(kept).fetchone() == (len(BROKEN.pulls),)
    build(LARGE, tmp_path)
    assert state(tmp_path / "analytics.duckdb") == whole(LARGE)


def test_the_report_of_a_run_is_stored_as_a_file(tmp_path: Path) -> None:
    """run_results.json in dbt's format, also for a failed run."""
    build(SMALL, tmp_path)
    report = json.loads((tmp_path / "run_results.json").read_text())
    results = {entry["unique_id"]: entry for entry in report["results"]}
    velocity = results["model.cursor_marts.mart_velocity"]
    assert velocity["status"] == "success"
    assert velocity["adapter_response"]["rows_affected"] > 0
    assert velocity["execution_time"] > 0
    test = results["test.cursor_marts.mart_velocity.unique_week_repo_name"]
    assert (test["status"], test["failures"]) == ("pass", 0)
    assert test["message"] == "guaranteed by the model's expression"
    assert report["metadata"]["dbt_schema_version"].endswith("run-results/v6.json")
    assert 0 < sum(e["execution_time"] for e in report["results"]) <= report["elapsed_time"]
    with pytest.raises(DataTestsFailed):
        build(BROKEN, tmp_path)
    report = json.loads((tmp_path / "run_results.json").read_text())
    (failed,) = [
        entry
        for entry in report["results"]
        if entry["unique_id"].endswith("stg_pull_requests.additions_at_least_0")
    ]
    assert (failed["status"], failed["failures"]) == ("fail", len(BROKEN.pulls))


def test_strict_turns_warnings_into_errors(tmp_path: Path) -> None:
    """A warning blocks, and the previous tables are unchanged."""
    build(SMALL, tmp_path)
    with pytest.raises(DataTestsFailed, match="first_review_not_before_opening"):
        build(EARLY, tmp_path, strict=True)
    assert state(tmp_path / "analytics.duckdb") == whole(SMALL)
    settings = Settings.read(data_dir=tmp_path, environ={})
    run_load(settings)
    transformed, tested = run_transform(settings).report, run_test(settings).report
    assert transformed is not None
    assert transformed.warned
    assert tested is not None
    assert tested.failed == ()


def test_a_build_killed_at_any_moment_leaves_a_complete_state(tmp_path: Path) -> None:
    """SIGKILL at random moments; a reader only sees complete states."""
    build(SMALL, tmp_path)
    database = tmp_path / "analytics.duckdb"
    random = Random(5)
    allowed = {whole(SMALL), whole(LARGE)}
    seen = []
    with source(SMALL) as small, source(LARGE) as large:
        for n in range(12):
            victim = process(
                *["-m", "cursor_marts", "build", "--data-dir", str(tmp_path)],
                *["--source", large if n % 2 else small],
            )
            end = time.monotonic() + random.uniform(0.9, 2.6)
            while time.monotonic() < end and victim.poll() is None:
                try:
                    seen.append(state(database))
                except duckdb.IOException:  # the build has it open
                    time.sleep(0.01)
            victim.send_signal(signal.SIGKILL)
            victim.communicate()
            seen.append(state(database))
    assert set(seen) <= allowed
    build(LARGE, tmp_path)
    assert state(database) == whole(LARGE)


def test_a_build_killed_between_load_and_commit_changes_nothing(tmp_path: Path) -> None:
    """The state with new raw tables and old marts is never on disk."""
    build(SMALL, tmp_path)
    script = """
import os, signal, sys
import cursor_marts.commands.pipeline as pipeline
from cursor_marts import Settings
real = pipeline.build_all
def killed(session, **options):
    if sys.argv[3] == "after":
        real(session, **options)
    os.kill(os.getpid(), signal.SIGKILL)
pipeline.build_all = killed
pipeline.run_build(Settings.read(source=sys.argv[1], data_dir=sys.argv[2], environ={}))
"""
    for moment in ("before", "after"):
        with source(LARGE) as url:
            victim = process("-c", script, url, str(tmp_path), moment)
            _, said = victim.communicate(timeout=60)
        assert victim.returncode == -signal.SIGKILL, said
        assert state(tmp_path / "analytics.duckdb") == whole(SMALL)


def test_a_build_waits_for_a_locked_file(tmp_path: Path) -> None:
    """It names the process, and continues as soon as the file is closed."""
    build(SMALL, tmp_path)
    with held(tmp_path / "analytics.duckdb") as holder:
        waiting = process("-m", "cursor_marts", "test", "--data-dir", str(tmp_path))
        assert waiting.stderr is not None
        assert holder.stdin is not None
        told = waiting.stderr.readline()
        assert f"process {holder.pid}): waiting up to 30 s" in told
        assert waiting.poll() is None
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait()
        _, said = waiting.communicate(timeout=60)
        assert waiting.returncode == 0, said


def test_waiting_for_a_locked_file_times_out(tmp_path: Path) -> None:
    """After the lock timeout the error names the process."""
    build(SMALL, tmp_path)
    with (
        held(tmp_path / "analytics.duckdb") as holder,
        pytest.raises(DatabaseLocked, match=rf"process {holder.pid}"),
        opened(tmp_path / "analytics.duckdb", lock_timeout=0.3),
    ):
        pass


def test_a_dashboard_may_read_between_builds(tmp_path: Path) -> None:
    """A build leaves no connection open that would lock out another process."""
    build(SMALL, tmp_path)
    script = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).sql(sys.argv[2]).fetchone())"
    reader = process("-c", script, str(tmp_path / "analytics.duckdb"), "SELECT 1")
    out, said = reader.communicate(timeout=60)
    assert out == "(1,)\n", said
    assert os.path.getsize(tmp_path / "analytics.duckdb") > 0
