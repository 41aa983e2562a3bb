"""Which Cursor email belongs to which GitHub account."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.github.emulator import Emulator
from support.github.server import serve
from support.github.world import World, identity, repository

import cursor_marts
from cursor_marts.errors import DatabaseError
from cursor_marts.reporting.identities import COMMIT_EMAIL, NOREPLY_ADDRESS, SAME_COMMIT
from cursor_marts.sources.github.directory import SIGN_IN

COMMITS = [
    ("c1", "Ada@example.org"),
    ("c2", "ada@example.org"),
    ("c2", "ada@example.org"),
    ("c3", "bob@work.example"),
    ("c4", "7+eve@users.noreply.github.com"),
    ("c5", "nobody@example.org"),
    ("c6", None),
    ("c7", "rebased@example.org"),
]
IN_PULLS = [
    ("c1", "other@example.org", "ada"),
    ("x1", "bob@work.example", "bob"),
    ("x2", "bob@work.example", "bob"),
    ("x3", "bob@work.example", "bob-at-home"),
    ("c2", "ada@example.org", None),
    ("x4", "nobody@example.org", None),
]
PULLS = [("ada", "User"), ("dependabot", "Bot"), ("Zoe", "User"), (None, None)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "analytics.duckdb")) as con:
        con.execute("CREATE SCHEMA main_raw")
        con.execute("CREATE TABLE main_raw.commits (commit_hash TEXT, user_email TEXT)")
        con.executemany("INSERT INTO main_raw.commits VALUES (?, ?)", COMMITS)
        con.execute(
            "CREATE TABLE main_raw.pull_request_commits "
            "(commit_hash TEXT, author_email TEXT, author_id TEXT)"
        )
        con.executemany("INSERT INTO main_raw.pull_request_commits VALUES (?, ?, ?)", IN_PULLS)
        con.execute("CREATE TABLE main_raw.pull_requests (author_id TEXT, author_type TEXT)")
        con.executemany("INSERT INTO main_raw.pull_requests VALUES (?, ?)", PULLS)
    return tmp_path


def found(folder: Path, **options: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in cursor_marts.people(folder, **options).to_pylist()]


def test_each_email_has_the_account_of_the_best_evidence(folder: Path) -> None:
    """A commit that both name wins over an email; of several accounts the one of most commits."""
    assert found(folder) == [
        ("7+eve@users.noreply.github.com", "eve", NOREPLY_ADDRESS, 1),
        ("ada@example.org", "ada", SAME_COMMIT, 2),
        ("bob@work.example", "bob", COMMIT_EMAIL, 1),
        ("nobody@example.org", None, None, 1),
        ("rebased@example.org", None, None, 1),
        (None, "zoe", None, None),
    ]


def test_no_email_is_shown_on_request(folder: Path) -> None:
    rows = found(folder, anonymous=True)
    assert "@" not in str(rows)
    assert [row[0] for row in rows][:2] == ["person 1", "person 2"]


def test_raw_tables_that_lack_columns_or_are_missing_match_nobody(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "analytics.duckdb")) as con:
        con.execute("CREATE SCHEMA main_raw")
        con.execute("CREATE TABLE main_raw.commits AS SELECT 'c' AS commit_hash, 'e@x' user_email")
        con.execute("CREATE TABLE main_raw.pull_requests AS SELECT 1 AS number")
    assert found(tmp_path) == [("e@x", None, None, 1)]


def test_the_organisation_wins_over_commits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sign-in names an account; what the token may not read is said beside the rows."""
    world = World([repository("acme/web")], identities=[identity("nobody@example.org", "Zoe")])
    with serve(Emulator(world, scopes={"admin:org"})) as rest:
        monkeypatch.setenv("GITHUB_API_URL", rest)
        monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
        rows = cursor_marts.people(folder, github="acme")
    assert ("nobody@example.org", "zoe", SIGN_IN, 1) in [
        tuple(row.values()) for row in rows.to_pylist()
    ]
    assert b"read:org" in (rows.schema.metadata or {})[b"remarks"]


def test_a_folder_without_a_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        cursor_marts.people(tmp_path)


@pytest.mark.slow
def test_the_command_prints_it(folder: Path) -> None:
    def said(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cursor_marts", "people", "--data-dir", str(folder)]
        return subprocess.run([*command, *options], capture_output=True, text=True, check=True)

    shown = said()
    assert "ada@example.org" in shown.stdout
    assert "3 of 5 Cursor emails" in shown.stderr
    assert "@" not in said("--anonymous").stdout
    assert json.loads(said("--json").stdout)[1]["login"] == "ada"
