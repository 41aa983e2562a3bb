"""Commands with --target prod: loads from a stage, builds, failed tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.merges import counted_merges
from support.raw_rows import at, pr
from support.snowflake_server import MOMENT, rows_in, sent, snowflake, variables, written

from cursor_marts import init
from cursor_marts.commands.pipeline import run_load
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.errors import DatabaseError, LandingError
from cursor_marts.raw.bucket.addresses import Endpoints
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.bucket.upload import upload
from cursor_marts.raw.history import History
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.migration import migrated
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve


@pytest.fixture
def env(address: str) -> dict[str, str]:
    """Return the variables of a database for this test alone."""
    return variables(address)


@pytest.fixture
def lake(env: dict[str, str], address: str, tmp_path: Path) -> str:
    """Return a folder that represents a bucket, with an external stage over it."""
    with snowflake(address, env) as backend:
        backend.raw_sql("CREATE SCHEMA raw")
        backend.raw_sql(f"CREATE STAGE raw.bucket URL = '{tmp_path}/lake/'")
    return str(tmp_path / "lake" / "cursor")


def test_a_set_in_a_stage_is_copied_by_its_manifest(
    env: dict[str, str], address: str, lake: str, tmp_path: Path
) -> None:
    """Only the files of the current set, without an upload; a missing file loads nothing."""
    for run, number in (("run-1", 1), ("run-2", 2)):
        landing = by_month(written(tmp_path / run, run, pull_requests=[pr(number)]))
        upload(landing, Place.at(lake, Endpoints()))
    terms: dict[str, Any] = {"input": lake, "target": "prod", "environ": env}
    before = len(sent(address))
    for stage in ("@raw.bucket/cursor", f"@{env['SNOWFLAKE_DATABASE']}.RAW.BUCKET/cursor/"):
        outcome = run_load(Settings.read(stage=stage, data_dir=tmp_path / "none", **terms))
        assert outcome.place == lake
    assert not [r for r in sent(address)[before:] if r.get("sqlText", "").startswith("PUT")]
    assert not (tmp_path / "none").exists()
    with snowflake(address, env) as backend:
        assert [row["number"] for row in rows_in(backend, "raw.pull_requests")] == [2]
        runs = rows_in(backend, "raw.extractions")
        assert {(row["run_id"], row["started_at"]) for row in runs} == {("run-2", MOMENT)}
        # A stage over another prefix has none of these files.
        with pytest.raises(LandingError, match=r"cannot load .* not found.*\n.*--input"):
            run_load(Settings.read(stage="@raw.bucket", full_refresh=True, **terms))
        assert len(rows_in(backend, "raw.pull_requests")) == 1
        with pytest.raises(DatabaseError, match=r"setup-sql"):
            run_load(Settings.read(stage="@raw.nothing", full_refresh=True, **terms))


def by_month(landing: Path) -> Path:
    """Return a landing of an earlier version as one with files by month."""
    folder, scratch = landing / "by-month", landing / "scratch"
    scratch.mkdir()
    history = migrated(History(landing, Manifest.read(landing)), folder, scratch)
    assert history.manifest
    history.manifest.write(folder)
    return folder


def run_with(command: str, env: dict[str, str], **where: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a process; its output never has the password."""
    run = subprocess.run(
        [sys.executable, "-m", "cursor_marts", *command.split()],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        **where,
    )
    assert env["SNOWFLAKE_PASSWORD"] not in run.stdout + run.stderr
    return run


def in_production(
    command: str, env: dict[str, str], data_dir: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command on the target of production."""
    return run_with(f"{command} --target prod", {**env, "CURSOR_MARTS_DATA_DIR": str(data_dir)})


def test_a_failed_data_test_names_the_account_and_the_table(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """The table of failing rows has a name that works there."""
    early = [pr(n, merged_at=at(1)) for n in range(7)]
    with snowflake(address, env) as backend:
        load(written(tmp_path, pull_requests=early), session_of(backend))
        run = in_production("transform", env, tmp_path)
        assert run.returncode == 1
        kept = "AUDIT.STG_PULL_REQUESTS__MERGED_AFTER_OPENING"
        assert f"… all in {kept}\n" in run.stdout
        where = f"{env['SNOWFLAKE_DATABASE']} of acme-eu"
        assert f"Database: {where}\n" in run.stdout
        assert "duckdb" not in run.stdout + run.stderr
        assert len(rows_in(backend, kept)) == 7
    told = json.loads(in_production("transform --json", env, tmp_path).stdout)
    assert told["database"] == where


def test_a_build_in_production_goes_from_the_api_to_the_marts(
    env: dict[str, str], address: str, lake: str, tmp_path: Path
) -> None:
    """As a process; once with uploaded files, and once with a stage."""
    world = generate(4, end=Window.parse().end, days=20, developers=4)
    merged = len(counted_merges(world))
    staged = f"--output {lake} --stage @RAW.BUCKET/cursor --full-refresh --force"
    with serve(Simulator(world, rate_limit=None)) as source, snowflake(address, env) as backend:
        for option in ("", staged):
            before = len(sent(address))
            run = in_production(f"build --source {source} {option}", env, tmp_path / "data")
            assert run.returncode == 0, run.stderr
            assert f"Database: {env['SNOWFLAKE_DATABASE']} of acme-eu\n" in run.stdout
            assert not list(tmp_path.rglob("*.duckdb"))
            counted = rows_in(backend, "mart.mart_velocity")
            assert sum(row["total_prs"] for row in counted) == merged
            put = [r for r in sent(address)[before:] if r.get("sqlText", "").startswith("PUT")]
            assert bool(put) == (option == "")
            backend.raw_sql("DELETE FROM mart.mart_velocity")


ALICE = '\n[targets.alice]\ntype = "snowflake"\nschema_prefix = "alice"\n'


def test_a_project_builds_its_models_and_seeds_in_production(
    env: dict[str, str], address: str, tmp_path: Path
) -> None:
    """At the target that its file names, in schemas of its own; a team is a line in a file."""
    project = tmp_path / "own"
    init(project)
    settings = project / "cursor_marts.toml"
    text = settings.read_text().replace('target = "dev"', 'target = "alice"')
    settings.write_text(f"{text}{ALICE}")
    with (project / "reference" / "teams.csv").open("a") as teams:
        teams.write("ada@example.com,core\n")
    merged = [pr(1, additions=10, author_email="ada@example.com"), pr(2, additions=5000)]
    written(project / "data", pull_requests=merged)
    for command in ("load", "transform", "test --select sizes+"):
        run = run_with(command, env, cwd=project)
        assert run.returncode == 0, run.stderr
        assert env["SNOWFLAKE_DATABASE"] in run.stdout
    with snowflake(address, env) as backend:
        found = rows_in(backend, "alice_mart.mart_sizes")
        assert {row["size"]: row["pull_requests"] for row in found} == {"small": 1, "large": 1}
        seeds = rows_in(backend, "alice_staging.sizes")
        assert {"small", "large"} <= {row["size"] for row in seeds}
        pulls = rows_in(backend, "alice_mart.mart_pull_requests")
        assert {row["pr_number"]: row["team"] for row in pulls} == {1: "core", 2: None}
