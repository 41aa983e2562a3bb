"""One extraction from several sources: commits from one, pull requests from another."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, team

from cursor_marts.errors import SourceRefused
from cursor_marts.raw.extractions import rows_of_run
from cursor_marts.raw.manifest import Manifest
from cursor_marts.simulator import Response, Simulator, World
from cursor_marts.sources.cursor.source import cursor
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.github.source import GitHubSettings
from cursor_marts.sources.github.targets import Target
from cursor_marts.sources.github_style.source import github_style
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.source import HttpSource
from cursor_marts.sources.registry import SOURCES, source_of_kind
from cursor_marts.sources.secret import Secret

COMMITS = team(0, 0, 50)
PULLS = team(60, 100, 0, people=4)


def client(world: World, kind: type[Simulator] = Simulator, **options: Any) -> Client:
    return client_of(kind(world, rate_limit=None, **options), pacer=Hurry().pacer())


def both(folder: Path, **options: Any) -> Manifest:
    sources = [
        cursor(client(COMMITS), "https://commits.example"),
        github_style(client(PULLS, **options), "https://pulls.example"),
    ]
    return extract(sources, WINDOW, folder)


def test_each_resource_comes_from_its_source(tmp_path: Path) -> None:
    """All records of both are landed, and each row of the record names where it came from."""
    manifest = both(tmp_path / "raw", invented=True)
    assert manifest.source == "https://commits.example and https://pulls.example"
    assert {name: tally.rows for name, tally in manifest.resources.items()} == {
        "repos": 5,
        "commits": 50,
        "pull_requests": 60,
        "pull_request_commits": 0,
        "reviews": 100,
        "review_comments": 0,
    }
    rows = {row["resource"]: row for row in rows_of_run(manifest).to_pylist()}
    assert rows["commits"]["source"] == "https://commits.example"
    assert not rows["commits"]["invented"]
    for name in rows.keys() - {"commits"}:
        assert (rows[name]["source"], rows[name]["invented"]) == ("https://pulls.example", True)
    assert manifest.invented


def test_a_resource_that_no_source_has_is_an_empty_table(tmp_path: Path) -> None:
    """The set has all files; the record has rows for what was read only."""
    manifest = extract([cursor(client(COMMITS))], WINDOW, tmp_path / "raw")
    assert list(manifest.resources) == ["commits"]
    assert pq.read_table(tmp_path / "raw" / "commits").num_rows == 50
    assert pq.read_table(tmp_path / "raw" / "reviews").num_rows == 0


def test_sources_are_read_side_by_side(tmp_path: Path) -> None:
    """Each waits at its first request until the other has sent one as well."""
    meeting = Barrier(2)

    class Meeting(Simulator):
        asked = 0

        def respond(self, method: str, target: str, headers: Any) -> Response:
            self.asked += 1
            if self.asked == 1:
                meeting.wait(timeout=20)
            return super().respond(method, target, headers)

    sources = [cursor(client(COMMITS, Meeting)), github_style(client(PULLS, Meeting))]
    manifest = extract(sources, WINDOW, tmp_path / "raw")
    assert manifest.resources["commits"].rows == 50


def test_a_source_that_fails_ends_the_extraction_and_both_keep_their_answers(
    tmp_path: Path,
) -> None:
    """The next run goes on where each of them stopped."""

    class Failing(Simulator):
        asked = 0

        def respond(self, method: str, target: str, headers: Any) -> Response:
            self.asked += 1
            if self.asked > 20:
                return Response(400, {}, b'{"error": "stopped"}')
            return super().respond(method, target, headers)

    sources: list[HttpSource] = [
        cursor(client(COMMITS), "https://commits.example"),
        github_style(client(PULLS, Failing, page_cap=10), "https://pulls.example"),
    ]
    with pytest.raises(SourceRefused, match="stopped") as refused:
        extract(sources, WINDOW, tmp_path / "raw")
    assert "run the same command again to resume" in refused.value.hint
    assert not (tmp_path / "raw").exists()
    assert both(tmp_path / "raw", page_cap=10).resources["reviews"].rows == 100
    assert not list((tmp_path / ".raw").glob("journal*"))


def test_two_sources_of_one_resource_are_refused(tmp_path: Path) -> None:
    """Nothing would say which of them is right."""
    sources = [cursor(client(COMMITS)), cursor(client(COMMITS))]
    with pytest.raises(ValueError, match="two readers fill commits"):
        extract(sources, WINDOW, tmp_path / "raw")


@pytest.mark.parametrize("kind", SOURCES)
def test_every_kind_in_the_registry_can_be_created(kind: str) -> None:
    """By the name that it calls itself."""
    needs = GitHubSettings((Target("acme"),), Secret("x")) if kind == "github" else client(COMMITS)
    assert source_of_kind(kind)(needs).kind == kind
