"""What cannot be read: named wherever numbers are shown, and published only by agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.command_line import cursor_marts as run
from support.command_line import failed
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.server import serve as serve_github
from support.github.world import World as GitHubWorld
from support.github.world import at, pull_request, repository
from support.team_sizes import team

import cursor_marts
from cursor_marts.errors import IncompleteExtraction, LandingError
from cursor_marts.simulator import Response, Simulator, serve

pytestmark = pytest.mark.slow

SECRET = "acme/service-1"


class Refusing(Simulator):
    """A source without bulk reads that refuses the pull requests of one repository."""

    def respond(self, method: str, target: str, headers: Any) -> Response:
        if f"/repos/{SECRET}/pulls?" in target:
            return Response(403, {}, b'{"message": "no"}')
        return super().respond(method, target, headers)


def of_github() -> Emulator:
    """Return a GitHub that refuses the pull requests of one of two repositories."""
    merged = pull_request(1, at(2), createdAt=at(4), state="MERGED", mergedAt=at(2), closedAt=at(2))
    secret = repository(SECRET, [pull_request(1, at(1))])
    github = Emulator(GitHubWorld([repository("acme/web", [merged]), secret]))
    github.denied[secret["id"] + "/pulls"] = Denied("FORBIDDEN", "Resource not accessible")
    return github


@pytest.fixture(params=["github", "rest"])
def options(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """Yield the options of a build from a source that refuses one repository."""
    common = {"start_date": "2025-11-01", "data_dir": tmp_path}
    if request.param == "github":
        with serve_github(of_github()) as address:
            monkeypatch.setenv("GITHUB_API_URL", address)
            monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
            yield common | {"github": "acme"}
    else:
        world = team(40, 90, 20, people=4)
        with serve(Refusing(world, rate_limit=None, bulk=False)) as address:
            yield common | {"source": address, "api_key": "cursor-sim-dev-key"}


def test_a_gap_is_published_only_by_agreement_and_named_everywhere(
    options: dict[str, Any], tmp_path: Path
) -> None:
    """In the record of extractions, the reports, the page, and the rows that `show` returns."""
    with pytest.raises(IncompleteExtraction, match="nothing is published") as incomplete:
        cursor_marts.build(**options)
    assert not (tmp_path / "analytics.duckdb").exists()
    with pytest.raises(LandingError, match=f"{SECRET}: ") as refused:
        cursor_marts.load(data_dir=tmp_path)
    assert str(refused.value.next_command) == "cursor_marts.load(skip_unreadable=True)"
    assert not (tmp_path / "analytics.duckdb").exists()

    loaded = cursor_marts.load(data_dir=tmp_path, skip_unreadable=True).manifest
    assert loaded is not None
    (gap,) = loaded.unreadable
    assert gap.status in str(gap)
    assert gap.hint in str(gap)
    for error in (incomplete.value, refused.value):
        assert f"\n    {gap}" in error.message
    with cursor_marts.connect(tmp_path) as db:
        runs = db.extractions.to_pyarrow().to_pylist()
    noted = {row["resource"]: row["unreadable"] for row in runs if row["unreadable"]}
    assert noted == {gap.resource: str(gap)}

    report = cursor_marts.transform(data_dir=tmp_path).report
    assert report is not None
    assert report.unreadable == (str(gap),)
    assert report.data()["unreadable"] == [str(gap)]
    shown = cursor_marts.show("mart_velocity", data_dir=tmp_path)
    assert shown.schema.metadata[b"unreadable"].decode() == str(gap)
    page = cursor_marts.report(data_dir=tmp_path, out=tmp_path / "page.html").read_text("utf-8")
    assert "These numbers lack 1 part of the data" in page
    assert f"{SECRET}: {gap.resource} cannot be read: {gap.status}" in page


def test_the_command_line_names_a_gap(options: dict[str, Any], tmp_path: Path) -> None:
    """The error names the command that loads all the same; then each summary names the gap."""
    with pytest.raises(IncompleteExtraction):
        cursor_marts.extract(**options)
    folder = ("--data-dir", str(tmp_path))
    said = " ".join(failed(run("load", *folder), 1).split())
    assert SECRET in said
    assert "cursor_marts load --data-dir" in said
    assert "--skip-unreadable" in said.partition("cursor_marts load")[2]
    assert "True" not in said
    loaded = run("load", *folder, "--skip-unreadable")
    built = run("transform", *folder)
    for each in (loaded, built):
        assert each.returncode == 0, each.stderr
        assert f"left out: {SECRET}: " in each.stdout
    assert f"Left out: {SECRET}: " in run("show", "mart_velocity", *folder).stderr


def test_a_whole_extraction_says_nothing_of_gaps(tmp_path: Path) -> None:
    """And a database whose record of extractions lacks the columns of today builds as well."""
    options: dict[str, Any] = {"data_dir": tmp_path, "source": "embedded", "start_date": "30d"}
    cursor_marts.build(**options)
    with_columns_of_before(tmp_path)
    report = cursor_marts.transform(data_dir=tmp_path).report
    assert report is not None
    assert report.unreadable == ()
    page = cursor_marts.report(data_dir=tmp_path, out=tmp_path / "page.html").read_text("utf-8")
    assert "could not be read" not in page
    assert "is not on record" not in page
    cursor_marts.load(data_dir=tmp_path)
    with cursor_marts.connect(tmp_path) as db:
        assert {"unreadable", "is_current"} <= set(db.extractions.columns)


def with_columns_of_before(folder: Path) -> None:
    import duckdb

    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        for column in ("unreadable", "is_current"):
            connection.execute(f"ALTER TABLE main_raw.extractions DROP COLUMN {column}")
