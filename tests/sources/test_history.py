"""History: runs that read only what has changed lead to the tables of one that reads everything."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models.test_against_oracle import NOT_OF_THE_WORLD, place_of
from support.cursor_service import CursorService
from support.fast_clock import Hurry
from support.github.clock import NOON, MovedClock, as_text
from support.github.emulator import Emulator
from support.github.faults import Dropped, Fault
from support.github.runs import TABLES, source_of
from support.github.strategies import worlds
from support.github.world import (
    DAY,
    Node,
    World,
    commit,
    pull_request,
    repository,
    review,
)
from support.landed_world import landed_rows
from support.raw_rows import rows_of
from support.row_comparison import assert_same, sorted_rows

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.errors import LandingError, SourceUnreachable
from cursor_marts.raw.columns import BOOKKEEPING, KNOWN_UNTIL
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.privacy import Redaction
from cursor_marts.raw.pruning import prune
from cursor_marts.raw.window import Window
from cursor_marts.sources.cursor.source import cursor, cursor_client
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.progress import Silent
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.source import Source

Rows = dict[str, list[dict[str, Any]]]
#: The columns that the version before this one did not have.
NEW = (*BOOKKEEPING, KNOWN_UNTIL)
TODAY = date(2026, 3, 2)


@dataclass
class Company:
    """A world on GitHub and at Cursor whose clock moves, and what runs of it read."""

    world: World
    commits: list[Node] = field(default_factory=list)
    clock: MovedClock = field(default_factory=lambda: MovedClock(NOON))
    github: Emulator = field(init=False)
    service: CursorService = field(init=False)
    targets: tuple[str, ...] = ("acme",)
    earliest: int = 0  #: the days back from TODAY of the earliest window

    def __post_init__(self) -> None:
        self.github = Emulator(self.world, clock=self.clock, latency=0.01)
        self.service = CursorService(self.commits, now=self.clock.now)

    def run(self, folder: Path, days_back: int, **options: Any) -> Manifest:
        """Extract the days up to now."""
        passed = int((self.clock.now() - NOON) // DAY)
        window = Window(TODAY - timedelta(days=days_back), TODAY + timedelta(days=passed))
        client = cursor_client(
            "https://api.cursor.com", Secret("key_team"), Patience(), Hurry().pacer(), self.service
        )
        self.github.requests = 0
        github = source_of(self.github, *self.targets, patience=Patience(attempts=2))
        sources: list[Source] = [github, cursor(client)]
        return extract(sources, window, folder, wall_clock=self.clock.now, **options)

    def now(self) -> str:
        return as_text(self.clock.now())

    def pulls(self) -> list[Node]:
        return [pull for repo in self.world.repositories for pull in repo["_pulls"]]


Change = Callable[[Company, Random], None]


def _touched(company: Company, random: Random) -> Node | None:
    """Return a pull request that is updated now."""
    pulls = company.pulls()
    if not pulls:
        return None
    pull = random.choice(pulls)
    pull["updatedAt"] = company.now()
    return pull


def review_late(company: Company, random: Random) -> None:
    if pull := _touched(company, random):
        pull["_reviews"].append(review("eve", company.now()))


def drop_a_review(company: Company, random: Random) -> None:
    if pull := _touched(company, random):
        del pull["_reviews"][:1]


def merge(company: Company, random: Random) -> None:
    if pull := _touched(company, random):
        pull |= {"state": "MERGED", "mergedAt": company.now(), "closedAt": company.now()}


def push_by_force(company: Company, random: Random) -> None:
    if pull := _touched(company, random):
        pull["_commits"] = [commit(f"{random.getrandbits(160):040x}", company.now())]


def open_another(company: Company, random: Random) -> None:
    repo = random.choice(company.world.repositories)
    number = 1 + max((pull["number"] for pull in repo["_pulls"]), default=0)
    pull = pull_request(number, company.now(), title=f'Revert "Change {number - 1}"')
    pull["headRepository"] = {"id": repo["id"], "nameWithOwner": repo["nameWithOwner"]}
    pull["url"] = f"https://github.com/{repo['nameWithOwner']}/pull/{number}"
    repo["_pulls"].append(pull)


def rename(company: Company, random: Random) -> None:
    repo = random.choice(company.world.repositories)
    old, new = repo["nameWithOwner"], f"acme/renamed-{random.randrange(10**6)}"
    repo["nameWithOwner"] = new
    for pull in company.pulls():
        pull["url"] = pull["url"].replace(f"/{old}/pull", f"/{new}/pull")
        if (pull["headRepository"] or {}).get("nameWithOwner") == old:
            pull["headRepository"] = pull["headRepository"] | {"nameWithOwner": new}


def add_a_repository(company: Company, random: Random) -> None:
    name = f"acme/new-{random.randrange(10**6)}"
    company.world.repositories.append(repository(name, [pull_request(1, company.now())]))


def track_a_commit(company: Company, random: Random) -> None:
    """Its record arrives hours after it was made."""
    made = company.clock.now() - random.uniform(0, 5) * DAY
    _record(company, f"{random.getrandbits(160):040x}", made)


def amend_a_commit(company: Company, random: Random) -> None:
    """A commit of the last days comes again, with another time of its record."""
    last = company.commits[-1] if company.commits else None
    week_ago = _iso(company.clock.now() - 7 * DAY)
    if last is not None and last["commitTs"] > week_ago:  # later ones no run sees: see the docs
        company.commits.append(last | {"createdAt": _iso(company.clock.now())})


def _record(company: Company, sha: str, made: float) -> None:
    company.commits.append(
        {
            "commitHash": sha,
            "userEmail": "ada@example.com",
            "repoName": "acme/web",
            "totalLinesAdded": 10,
            "commitTs": _iso(made),
            "createdAt": _iso(company.clock.now()),
        }
    )


def _iso(seconds: float) -> str:
    return as_text(seconds).replace("Z", ".000Z")


CHANGES: list[Change] = [
    review_late,
    drop_a_review,
    merge,
    push_by_force,
    open_another,
    rename,
    add_a_repository,
    track_a_commit,
    amend_a_commit,
]
#: Hours that pass, what happens, the days back that the next run reads, and whether it is killed.
STEPS = st.lists(
    st.tuples(
        st.floats(0.01, 60),
        st.lists(st.sampled_from(CHANGES), max_size=4),
        st.integers(0, 120),
        st.integers(0, 12),
    ),
    min_size=1,
    max_size=5,
)


def tables(folder: Path) -> Rows:
    """Return all rows, in order, without what differs by run."""
    names = [*TABLES, "commits"]
    return {name: sorted(landed_rows(folder, name), key=repr) for name in names}


def kill(company: Company, folder: Path, days_back: int, after: int) -> None:
    """Break the connection for good after some requests; what is landed stays as it was."""

    def plan(number: int, operation: str) -> Fault | None:
        return Dropped() if number > after else None

    company.github.plan = plan
    before = tables(folder) if folder.exists() else None
    try:
        company.run(folder, days_back)
    except SourceUnreachable:
        assert (tables(folder) if folder.exists() else None) == before
    finally:
        company.github.plan = lambda number, operation: None


def live(company: Company, steps: Any, random: Random, folder: Path) -> int:
    """Let time pass, changes happen and runs read; return the earliest days back that was read."""
    earliest = 30
    company.run(folder, earliest)
    for hours, changes, days_back, killed_after in steps:
        company.clock.pass_by(hours * 3600)
        for change in changes:
            change(company, random)
        company.clock.pass_by(2)
        if killed_after:
            kill(company, folder, days_back, killed_after)
        company.run(folder, days_back)
        earliest = max(earliest, days_back)
    return earliest


@settings(max_examples=15)
@given(worlds(), STEPS, st.integers(0, 2**32))
def test_many_runs_lead_to_the_tables_of_one(world: World, steps: Any, seed: int) -> None:
    """Whatever happens between runs, whatever they read, and however often they are killed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        company = Company(copy.deepcopy(world))
        earliest = live(company, steps, Random(seed), folder / "many" / "raw")
        company.run(folder / "one" / "raw", earliest)
        many, one = tables(folder / "many" / "raw"), tables(folder / "one" / "raw")
        assert many == one


def marts(landing: Path) -> Rows:
    """Return all marts that follow from a landing, without what the clock says."""
    backend = ibis.duckdb.connect()
    load(landing, DuckDBSession(backend))
    report = build_all(backend)
    names = [result.model for result in report.models if result.layer == "marts"]
    rows = {name: rows_of(backend, f"main_mart.{name}") for name in names}
    return {
        name: [{c: v for c, v in row.items() if c not in NOT_OF_THE_WORLD} for row in found]
        for name, found in rows.items()
    }


@pytest.mark.slow
@settings(max_examples=4)
@given(worlds(), STEPS, st.integers(0, 2**32))
def test_many_runs_lead_to_the_marts_of_one(world: World, steps: Any, seed: int) -> None:
    """Late reviews, reverts, force pushes and amended commits included."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        company = Company(copy.deepcopy(world))
        earliest = live(company, steps, Random(seed), folder / "many" / "raw")
        company.run(folder / "one" / "raw", earliest)
        many, one = (marts(folder / each / "raw") for each in ("many", "one"))
        assert many.keys() == one.keys()
        for mart, rows in one.items():
            columns = sorted(rows[0], key=place_of) if rows else []
            assert_same(sorted_rows(many[mart], columns), sorted_rows(rows, columns), mart)


def quiet_company(pulls: int = 60) -> Company:
    """Return a company of one repository, with a pull request for each of the last days."""
    days = [pull_request(n, as_text(NOON - n * DAY / 2 - DAY)) for n in range(1, pulls + 1)]
    company = Company(World([repository("acme/web", days)]))
    for n in range(pulls):
        _record(company, f"{n:040x}", NOON - (n / 2 + 1) * DAY)
    return company


def test_a_second_run_reads_only_what_changed(tmp_path: Path) -> None:
    """One of sixty pull requests has a new review: it alone is requested."""
    company = quiet_company()
    company.run(tmp_path / "raw", 60)
    company.clock.pass_by(DAY)
    review_late(company, Random(1))
    company.clock.pass_by(2)
    company.github.answers.clear()
    manifest = company.run(tmp_path / "raw", 60)
    requested = [
        id
        for operation, variables in company.github.answers
        if operation == "PullRequestsById"
        for id in variables["ids"]
    ]
    assert len(requested) == 1
    pulls, reviews = (manifest.resources[name] for name in ("pull_requests", "reviews"))
    assert (pulls.new, pulls.changed, pulls.unchanged, pulls.gone) == (0, 1, 0, 0)
    assert (reviews.new, reviews.gone) == (1, 0)
    assert manifest.files["pull_requests"].rows == 60


def test_a_run_without_changes_keeps_every_file(tmp_path: Path) -> None:
    """Files are named by content: nothing is written, nothing would be uploaded."""
    company = quiet_company()
    first = company.run(tmp_path / "raw", 60)
    company.clock.pass_by(DAY)
    second = company.run(tmp_path / "raw", 60)
    assert second.files == first.files
    assert second.run_id != first.run_id
    assert not any(t.new or t.changed or t.gone for t in second.resources.values())


def test_a_run_rewrites_only_the_months_that_it_touches(tmp_path: Path) -> None:
    """A review of a pull request of January changes the files of January."""
    company = quiet_company(100)
    first = company.run(tmp_path / "raw", 90)
    company.clock.pass_by(DAY)
    pull = next(p for p in company.pulls() if p["createdAt"].startswith("2026-01"))
    pull |= {"updatedAt": company.now(), "title": "Another title"}
    second = company.run(tmp_path / "raw", 90)
    changed = set(second.files["pull_requests"].files) - set(first.files["pull_requests"].files)
    assert {file.month for file in changed} == {"2026-01"}
    assert len(first.files["pull_requests"].files) >= 2


def test_each_row_knows_which_run_read_it_as_it_is(tmp_path: Path) -> None:
    """`extracted_at` of what did not change stays, also where it was read again."""
    company = quiet_company(4)
    company.run(tmp_path / "raw", 60)
    first = company.clock.now()
    company.clock.pass_by(DAY)
    company.pulls()[0] |= {"updatedAt": company.now(), "title": "Another title"}
    company.run(tmp_path / "raw", 60, full_refresh=True)
    rows = pq.read_table(tmp_path / "raw" / "pull_requests", partitioning=None).to_pylist()
    times = {row["number"]: as_text(row["extracted_at"].timestamp()) for row in rows}
    assert times[1] > as_text(first)
    assert {times[n] for n in (2, 3, 4)} == {min(times.values())}
    assert min(times.values()) < times[1]


def test_a_wider_window_reads_only_the_part_that_is_missing(tmp_path: Path) -> None:
    """Pull requests and commits that earlier runs have read are not requested again."""
    company = quiet_company(100)
    company.run(tmp_path / "raw", 20)
    company.clock.pass_by(DAY)
    company.github.answers.clear()
    company.service.requests.clear()
    manifest = company.run(tmp_path / "raw", 40)
    requested = [
        id
        for operation, variables in company.github.answers
        if operation == "PullRequestsById"
        for id in variables["ids"]
    ]
    assert 35 < len(requested) < 45, "two a day of twenty days"
    assert manifest.resources["pull_requests"].expected == len(requested)
    starts = {request.url.params["startDate"][:10] for request in company.service.requests}
    assert starts == {"2025-12-22", "2026-02-23"}


def test_a_repository_that_is_named_later_is_read_from_the_start(tmp_path: Path) -> None:
    """And one that is not named any more keeps its history, until it is forgotten."""
    company = quiet_company(20)
    old = [pull_request(n, as_text(NOON - n * DAY)) for n in range(1, 21)]
    company.world.repositories.append(repository("acme/api", old))
    company.targets = ("acme/web",)
    company.run(tmp_path / "raw", 60)
    company.clock.pass_by(DAY)
    company.targets = ("acme/api",)
    company.run(tmp_path / "raw", 60)
    pulls = landed_rows(tmp_path / "raw", "pull_requests")
    assert [sum(p["repo_name"] == r for p in pulls) for r in ("acme/web", "acme/api")] == [20, 20]
    manifest = company.run(tmp_path / "raw", 60, forget=["Acme/Web"])
    assert {p["repo_name"] for p in landed_rows(tmp_path / "raw", "pull_requests")} == {"acme/api"}
    assert [r["full_name"] for r in landed_rows(tmp_path / "raw", "repos")] == ["acme/api"]
    assert len(landed_rows(tmp_path / "raw", "commits")) < 20, "the last days are read again"
    names = [r["name"] for r in manifest.states["github"]["repositories"].values()]
    assert names == ["acme/api"]


def test_a_repository_that_cannot_be_read_for_a_day_keeps_its_history(tmp_path: Path) -> None:
    """Its watermark stays as well, so that the next run reads what it has missed."""
    from graphql import GraphQLError

    company = quiet_company(20)
    company.run(tmp_path / "raw", 60)
    repo = company.world.repositories[0]
    company.clock.pass_by(DAY)
    review_late(company, Random(1))
    refusal = GraphQLError("not today", extensions={"type": "FORBIDDEN"})
    company.github.denied[repo["id"]] = refusal
    company.run(tmp_path / "raw", 60, skip_unreadable=True)
    assert len(landed_rows(tmp_path / "raw", "pull_requests")) == 20
    assert not landed_rows(tmp_path / "raw", "reviews")
    company.github.denied.clear()
    company.clock.pass_by(DAY)
    company.run(tmp_path / "raw", 60)
    assert len(landed_rows(tmp_path / "raw", "reviews")) == 1


def test_the_whole_history_is_read_again_on_request(tmp_path: Path) -> None:
    """What changed without a trace at GitHub is found by --full-refresh."""
    company = quiet_company(20)
    company.run(tmp_path / "raw", 60)
    company.clock.pass_by(DAY)
    company.pulls()[3]["title"] = "Changed in secret"
    del company.pulls()[5:6], company.world.repositories[0]["_pulls"][7]
    company.run(tmp_path / "raw", 60)
    assert len(landed_rows(tmp_path / "raw", "pull_requests")) == 20
    manifest = company.run(tmp_path / "raw", 60, full_refresh=True)
    titles = [row["title"] for row in landed_rows(tmp_path / "raw", "pull_requests")]
    assert "Changed in secret" in titles
    assert len(titles) == 19
    assert manifest.resources["pull_requests"].gone == 1


def test_invented_data_never_replaces_real_data(tmp_path: Path) -> None:
    """The demo in the data folder of a team would cost them their history."""
    company = quiet_company(5)
    company.run(tmp_path / "raw", 60)
    client = cursor_client(
        "https://api.cursor.com", Secret("key_team"), Patience(), Hurry().pacer(), company.service
    )
    with pytest.raises(LandingError, match=r"holds real data from .*, which invented data would"):
        extract([cursor(client, invented=True)], Window.parse(), tmp_path / "raw")
    assert len(landed_rows(tmp_path / "raw", "pull_requests")) == 5


def test_what_is_older_is_pruned_and_does_not_come_again(tmp_path: Path) -> None:
    """Closed pull requests of earlier weeks go with all that is theirs; open ones stay."""
    company = quiet_company(40)
    for pull in company.pulls()[::2]:
        pull |= {"state": "MERGED", "mergedAt": pull["updatedAt"], "closedAt": pull["updatedAt"]}
        pull["_reviews"] = [review("eve", pull["updatedAt"])]
    folder = tmp_path / "raw"
    company.run(folder, 60)
    before = tables(folder)
    said = prune(folder, date(2026, 2, 19), dry_run=True)
    assert tables(folder) == before
    assert said == prune(folder, date(2026, 2, 19))
    assert said.before == date(2026, 2, 16), "a Monday: no week loses a part"
    left = tables(folder)["pull_requests"]
    assert {row["state"] for row in left if row["updated_at"].date() < said.before} == {"OPEN"}
    assert said.gone["pull_requests"] == 40 - len(left) == said.gone["reviews"] > 5
    assert {row["pr_number"] for row in tables(folder)["reviews"]} < {r["number"] for r in left}
    company.clock.pass_by(DAY)
    old = next(p for p in company.pulls() if (p["mergedAt"] or "9") < str(said.before))
    old["updatedAt"] = company.now()
    company.run(folder, 10)
    assert tables(folder)["pull_requests"] == left, "a label on an old one brings nothing back"
    company.run(folder, 60)
    assert len(tables(folder)["pull_requests"]) == 40, "a window that begins before it does"


def test_a_repository_that_is_not_read_any_more_says_until_when_it_is_known(tmp_path: Path) -> None:
    """That stays the time of the last run that read it."""
    company = quiet_company(5)
    company.world.repositories.append(repository("acme/api"))
    folder = tmp_path / "raw"
    first = company.run(folder, 60)
    company.targets = ("acme/api",)
    for _ in range(2):
        company.clock.pass_by(DAY)
        company.run(folder, 60)
        known = {row["full_name"]: row["known_until"] for row in landed_rows(folder, "repos")}
        assert known == {"acme/api": None, "acme/web": first.started_at}


def test_texts_and_digests_are_not_mixed(tmp_path: Path) -> None:
    """What was stored with the texts stays unless all is read again without them."""
    company = quiet_company(5)
    company.run(tmp_path / "raw", 60)
    for options in ({}, {"redaction": Redaction("another")}):
        redaction = Redaction("secret")
        with pytest.raises(LandingError, match="without --no-bodies, or with another key"):
            company.run(tmp_path / "raw", 60, redaction=redaction)
        company.run(tmp_path / "raw", 60, redaction=redaction, full_refresh=True)
        titles = {row["title"] for row in landed_rows(tmp_path / "raw", "pull_requests")}
        assert not any("Change" in title for title in titles)
        company.run(tmp_path / "raw", 60, redaction=redaction)
        with pytest.raises(LandingError, match=r"with(out)? (--no-bodies|another key)"):
            company.run(tmp_path / "raw", 60, **options)
        company.run(tmp_path / "raw", 60, full_refresh=True)


def test_a_landing_of_a_later_version_is_not_replaced(tmp_path: Path) -> None:
    """A program that does not know its layout says so, and touches nothing."""
    company = quiet_company(5)
    company.run(tmp_path / "raw", 60)
    manifest = tmp_path / "raw" / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"format": 2', '"format": 3'))
    with pytest.raises(LandingError, match="written by a later version") as error:
        company.run(tmp_path / "raw", 60)
    assert "upgrade" in error.value.hint or "restore" in error.value.hint
    assert len(landed_rows(tmp_path / "raw", "pull_requests")) == 5


def test_the_landing_of_an_earlier_version_is_divided_once(tmp_path: Path) -> None:
    """One file for each raw table, of a window of its own: its rows stay beside the new ones."""
    company = quiet_company(40)
    folder = tmp_path / "raw"
    company.run(folder, 60)
    before = tables(folder)
    as_earlier_version(folder)
    said = Saying()
    company.clock.pass_by(DAY)
    company.run(folder, 3, progress=said)
    assert "the extracted files are divided by month, once" in said.lines
    assert tables(folder) == before
    said.lines.clear()
    company.run(folder, 3, progress=said)
    assert not any("divided" in line for line in said.lines)


def as_earlier_version(folder: Path) -> None:
    """Rewrite a landing as the version before did: single files, and no word of history."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for resource in [*TABLES, "commits", "rejects"]:
        table = pq.read_table(folder / resource, partitioning=None)
        shutil.rmtree(folder / resource)
        earlier = table.drop_columns([name for name in NEW if name in table.column_names])
        pq.write_table(earlier, folder / f"{resource}.parquet")
    for name in ("files", "states"):
        manifest.pop(name)
    for tally in manifest["resources"].values():
        for name in ("new", "changed", "unchanged", "gone"):
            tally.pop(name)
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 1}))


class Saying(Silent):
    """Notes the lines of a run."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


@pytest.mark.parametrize("options", [{}, {"full_refresh": True}])
@pytest.mark.parametrize("moment", [0, 2])
def test_a_renamed_repository_is_not_there_twice(
    tmp_path: Path, options: dict[str, Any], moment: int
) -> None:
    """Renamed before a run or in the middle of it, whether all is read again or not."""
    company = quiet_company(20)
    folder = tmp_path / "raw"
    company.run(folder, 60)
    company.clock.pass_by(DAY)
    review_late(company, Random(1))
    if moment:
        company.github.changes = {moment: lambda world, now: rename(company, Random(1))}
    else:
        rename(company, Random(1))
    for _ in range(2):
        company.clock.pass_by(2)
        company.run(folder, 3, **options)
        company.github.changes = {}
        (name,) = {row["full_name"] for row in landed_rows(folder, "repos")}
        pulls = landed_rows(folder, "pull_requests")
        assert name.startswith("acme/renamed-")
        assert {row["repo_name"] for row in pulls} == {name}
        assert len(pulls) == 20
