"""What cannot be read: named wherever numbers are shown, and published only by agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.command_line import cursor_marts as run
from support.command_line import failed
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.server import serve as serve_github
from support.github.world import World as GitHubWorld
from support.github.world import at, comment, pull_request, repository, review, with_comments
from support.team_sizes import team

import cursor_marts
from cursor_marts.errors import IncompleteExtraction, LandingError
from cursor_marts.simulator import Response, Simulator, serve

pytestmark = pytest.mark.slow

SECRET = "acme/service-1"
WORLD = team(40, 90, 20, people=4)
(PULL, *_) = (pull for pull in WORLD.pulls if pull["repo_name"] == SECRET)


class Refusing(Simulator):
    """A source without bulk reads that refuses one path."""

    refuses = ""

    def respond(self, method: str, target: str, headers: Any) -> Response:
        if self.refuses in target:
            return Response(403, {}, b'{"message": "no"}')
        return super().respond(method, target, headers)


def of_api(refuses: str) -> Simulator:
    """Return a source that refuses one path."""
    source = Refusing(WORLD, rate_limit=None, bulk=False)
    source.refuses = refuses
    return source


def of_github(refuses: str) -> Emulator:
    """Return a GitHub with two repositories, which refuses an object of one of them."""
    merged = pull_request(1, at(2), createdAt=at(4), state="MERGED", mergedAt=at(2), closedAt=at(2))
    secret = repository(SECRET, [pull_request(n, at(n)) for n in (1, 2)])
    github = Emulator(GitHubWorld([repository("acme/web", [merged]), secret]))
    pull = secret["_pulls"][0]
    hidden = comment("bob", at(1))
    pull["_reviews"].append(with_comments(review("bob", at(1)), hidden))
    refused = secret["id"] + "/pulls" if refuses == "repository" else hidden["id"]
    github.denied[refused] = Denied("FORBIDDEN", "Resource not accessible")
    return github


#: Source, what it refuses, and the name of that.
Case = tuple[Callable[[str], Any], str, str]
GAPS: dict[str, Case] = {
    "GitHub, a repository": (of_github, "repository", SECRET),
    "GitHub, a pull request": (of_github, "pull request", f"{SECRET}#1"),
    "an API, a repository": (of_api, f"/repos/{SECRET}/pulls?", SECRET),
    "an API, a pull request": (
        of_api,
        f"/pulls/{PULL['number']}/reviews",
        f"{SECRET}#{PULL['number']}",
    ),
}


@pytest.fixture(params=GAPS)
def case(request: pytest.FixtureRequest) -> Case:
    """Each of GAPS."""
    return GAPS[request.param]


@pytest.fixture
def options(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """Yield the options of a build from a source that refuses a part."""
    common = {"start_date": "2025-11-01", "data_dir": tmp_path}
    source, refuses, _ = case
    if source is of_github:
        with serve_github(of_github(refuses)) as address:
            monkeypatch.setenv("GITHUB_API_URL", address)
            monkeypatch.setenv("GITHUB_TOKEN", "ghp_valid")
            yield common | {"github": "acme"}
    else:
        with serve(of_api(refuses)) as address:
            yield common | {"source": address, "api_key": "cursor-sim-dev-key"}


@pytest.fixture
def name(case: Case) -> str:
    """The name of the repository or the pull request that cannot be read."""
    return case[2]


def test_a_gap_is_published_only_by_agreement_and_named_everywhere(
    options: dict[str, Any], name: str, tmp_path: Path
) -> None:
    """In the record of extractions, the reports, the page, and the rows that `show` returns."""
    with pytest.raises(IncompleteExtraction, match="nothing is published") as incomplete:
        cursor_marts.build(**options)
    assert not (tmp_path / "analytics.duckdb").exists()
    with pytest.raises(LandingError, match=f"{name}: ") as refused:
        cursor_marts.load(data_dir=tmp_path)
    assert str(refused.value.next_command) == "cursor_marts.load(skip_unreadable=True)"
    assert not (tmp_path / "analytics.duckdb").exists()

    loaded = cursor_marts.load(data_dir=tmp_path, skip_unreadable=True).manifest
    assert loaded is not None
    (gap,) = loaded.unreadable
    assert gap.name == name
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
    assert f"{name}: {gap.resource} cannot be read: {gap.status}" in page


@pytest.mark.parametrize("case", ["GitHub, a pull request", "an API, a repository"], indirect=True)
def test_the_command_line_names_a_gap(options: dict[str, Any], name: str, tmp_path: Path) -> None:
    """The error names the command that loads all the same; then each summary names the gap."""
    with pytest.raises(IncompleteExtraction):
        cursor_marts.extract(**options)
    folder = ("--data-dir", str(tmp_path))
    said = " ".join(failed(run("load", *folder), 1).split())
    assert f"{name}: " in said
    assert "cursor_marts load --data-dir" in said
    assert "--skip-unreadable" in said.partition("cursor_marts load")[2]
    assert "True" not in said
    loaded = run("load", *folder, "--skip-unreadable")
    built = run("transform", *folder)
    for each in (loaded, built):
        assert each.returncode == 0, each.stderr
        assert f"left out: {name}: " in each.stdout
    assert f"Left out: {name}: " in run("show", "mart_velocity", *folder).stderr


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
