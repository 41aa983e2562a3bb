"""GitHub as a source of `build`: its variables and options, and the tables built from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.server import serve
from support.github.world import (
    World,
    at,
    comment,
    commit,
    pull_request,
    repository,
    review,
    with_comments,
)

import cursor_marts
from cursor_marts.commands.github import AppFile
from cursor_marts.commands.settings import Settings
from cursor_marts.commands.sources import sources_of
from cursor_marts.errors import IncompleteExtraction, UsageError
from cursor_marts.sources.progress import Silent
from cursor_marts.sources.secret import Secret

pytestmark = pytest.mark.slow

RAW = ("pull_requests", "pull_request_commits", "reviews", "review_comments", "commits", "rejects")
TOKEN = {"GITHUB_TOKEN": "ghp_valid"}


def world() -> World:
    merged = pull_request(1, at(2), createdAt=at(4), state="MERGED", mergedAt=at(2), closedAt=at(2))
    merged["_reviews"] = [review("bob", at(3))]
    merged["_commits"] = [commit("a" * 40, at(5))]
    return World([repository("acme/web", [merged, pull_request(2, at(1))])])


def settings(environ: dict[str, str], **options: Any) -> Settings:
    return Settings.read(environ=environ, **options)


def test_github_alone_gives_marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a Cursor key: delivery metrics with an unknown AI share, and a note."""
    with serve(Emulator(world())) as rest:
        monkeypatch.setenv("GITHUB_API_URL", rest)
        monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
        outcome = cursor_marts.build(github="acme", start_date="2025-12-02", data_dir=tmp_path)
    assert outcome.manifest is not None
    assert outcome.manifest.source == rest
    assert not outcome.invented
    with cursor_marts.connect(tmp_path) as db:
        (row,) = db.mart_velocity.to_pyarrow().to_pylist()
    assert (row["repo_name"], row["total_prs"], row["ai_coverage"]) == ("acme/web", 1, 0.0)


def test_the_command_line_reads_github(tmp_path: Path) -> None:
    options = ["--github", "acme/web", "--start-date", "2025-12-02", "--data-dir"]
    with serve(Emulator(world())) as rest:
        built = subprocess.run(
            [sys.executable, "-m", "cursor_marts", "build", *options, str(tmp_path)],
            env=os.environ | TOKEN | {"GITHUB_API_URL": rest},
            capture_output=True,
            text=True,
            check=False,
        )
    assert built.returncode == 0, built.stdout + built.stderr
    assert "INVENTED" not in built.stdout + built.stderr
    assert "mart_velocity" in built.stdout
    assert "ghp_valid" not in built.stdout + built.stderr


def test_skip_unreadable_publishes_without_unreadable_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default nothing is published; the record names what is missing."""
    github = Emulator(world())
    secret = repository("acme/secret", [pull_request(1, at(1))])
    github.world.repositories.append(secret)
    github.denied[secret["id"] + "/pulls"] = Denied("FORBIDDEN", "Resource not accessible")
    options: dict[str, Any] = {"start_date": "2025-12-02", "data_dir": tmp_path, "github": "acme"}
    with serve(github) as rest:
        monkeypatch.setenv("GITHUB_API_URL", rest)
        monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
        with pytest.raises(IncompleteExtraction, match="acme/secret"):
            cursor_marts.build(**options)
        assert not (tmp_path / "analytics.duckdb").exists()
        outcome = cursor_marts.build(**options, skip_unreadable=True)
    assert outcome.manifest is not None
    assert [each.name for each in outcome.manifest.unreadable] == ["acme/secret"]
    with cursor_marts.connect(tmp_path) as db:
        assert db.mart_velocity.count().execute() == 1


def talkative() -> World:
    """Return a world whose texts matter: reverts of each kind, fixes, reviews and replies."""

    def merged(number: int, **fields: Any) -> Any:
        days = 20.0 - number
        times = {"createdAt": at(days + 0.2), "mergedAt": at(days), "closedAt": at(days)}
        pull = pull_request(number, at(days), state="MERGED", **times, **fields)
        said = commit(f"{number:040x}", at(days + 1), message=f"{fields['title']}\n\nIn secret.")
        pull["_commits"] = [said]
        text = comment("bob", at(days + 0.1), body="A secret remark")
        pull["_reviews"] = [
            with_comments(review("bob", at(days + 0.1), "COMMENTED", body=""), text),
            review("eve", at(days + 0.05), "CHANGES_REQUESTED", body="A secret request"),
        ]
        return pull

    return World(
        [
            repository(
                "acme/web",
                [
                    merged(1, title="Add a secret cache"),
                    merged(2, title="fix(cache): secret size"),
                    merged(3, title='Revert "Add a secret cache" (#1)'),
                    merged(4, title='Revert "Revert "Add a secret cache""'),
                    merged(5, title="Secret undoing", body="Secret.\nReverts #2\nSecret."),
                    merged(6, title="Undo", body=f"This reverts commit {5:040x}, secretly."),
                ],
            )
        ]
    )


def test_marts_without_texts_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --no-bodies no file contains texts, and all numbers are equal."""
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
    monkeypatch.setenv("CURSOR_MARTS_PRIVACY_KEY", "a long random text")
    marts = {}
    for no_bodies in (False, True):
        folder = tmp_path / str(no_bodies)
        with serve(Emulator(talkative())) as rest:
            monkeypatch.setenv("GITHUB_API_URL", rest)
            cursor_marts.build(
                github="acme", start_date="2025-12-02", data_dir=folder, no_bodies=no_bodies
            )
        with cursor_marts.connect(folder) as db:
            names = [entry.name for entry in cursor_marts.ls(layer="marts")]
            marts[no_bodies] = {
                name: [
                    row | {"title": None, "known_until": None}
                    for row in db[name].to_pyarrow().to_pylist()
                ]
                for name in names
            }
            raw = [str(db[name].to_pyarrow().to_pylist()) for name in RAW]
        assert ("ecret" in "".join(raw)) is not no_bodies
        assert ("ada@example.org" in "".join(raw)) is not no_bodies
    for name, rows in marts[True].items():
        assert sorted(rows, key=str) == sorted(marts[False][name], key=str), name
    assert any(row["reverted_prs"] for row in marts[True]["mart_quality"])
    assert any(row["bug_fix_prs"] for row in marts[True]["mart_quality"])


def test_hiding_texts_needs_a_key() -> None:
    with pytest.raises(UsageError, match="--no-bodies needs a key") as refused:
        settings(TOKEN, github="acme", no_bodies=True)
    assert "CURSOR_MARTS_PRIVACY_KEY" in refused.value.hint


@pytest.mark.parametrize(
    ("environ", "sign_in"),
    [
        ({"GITHUB_TOKEN": "a"}, Secret("a")),
        ({"GH_TOKEN": "b"}, Secret("b")),
        ({"GITHUB_TOKEN": " ", "GH_TOKEN": "b"}, Secret("b")),
        ({"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, Secret("a")),
        (
            {"GITHUB_TOKEN": "a", "GITHUB_APP_ID": "7", "GITHUB_APP_PRIVATE_KEY_PATH": "k.pem"},
            AppFile("7", Path("k.pem")),
        ),
    ],
)
def test_the_credentials_in_use(environ: dict[str, str], sign_in: Secret | AppFile) -> None:
    found = settings(environ, github="acme").github
    assert found is not None
    assert found.sign_in == sign_in


@pytest.mark.parametrize(
    ("environ", "options", "says"),
    [
        ({}, {"github": "acme"}, "needs a token"),
        ({"GITHUB_APP_ID": "7"}, {"github": "acme"}, "GITHUB_APP_PRIVATE_KEY_PATH is not set"),
        ({"GITHUB_APP_PRIVATE_KEY_PATH": "k"}, {"github": "acme"}, "GITHUB_APP_ID is not set"),
        (TOKEN, {"github": "a/b/c"}, "neither an owner nor a repository"),
        (TOKEN, {"github": ""}, "--github is empty"),
        (TOKEN, {"github": "acme", "source": "embedded"}, "invented data"),
        (TOKEN | {"GITHUB_API_URL": "http://git.acme.org"}, {"github": "acme"}, "unencrypted"),
        (TOKEN, {"github": "acme", "github_reserve": -1}, "--github-reserve"),
    ],
)
def test_conflicting_options_are_an_error(
    environ: dict[str, str], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        settings(environ, **options)


def test_options_reach_the_source() -> None:
    found = settings(
        TOKEN | {"GITHUB_API_URL": "https://git.acme.org/api/v3"},
        github=["acme", "initech/web"],
        exclude_repo="infra-*, docs",
        forks=True,
        skip_archived=True,
        github_reserve=100,
    ).github
    assert found is not None
    assert [str(target) for target in found.targets] == ["acme", "initech/web"]
    assert found.choice.exclude == ("infra-*", "docs")
    assert (found.choice.forks, found.choice.archived, found.reserve) == (True, False, 100)
    assert found.addresses.graphql == "https://git.acme.org/api/graphql"


def test_with_github_the_source_is_the_cursor_api() -> None:
    alone = settings(TOKEN, github="acme")
    both = settings(TOKEN, github="acme", source="https://api.cursor.com", api_key="key_x")
    assert [source.kind for source in sources_of(alone, Silent())] == ["github"]
    assert [source.kind for source in sources_of(both, Silent())] == ["github", "cursor"]


def test_a_token_is_never_printed() -> None:
    assert "ghp_valid" not in repr(settings(TOKEN, github="acme"))
