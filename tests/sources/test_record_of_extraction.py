"""The record of an extraction: counts, changes of the source, and no secrets."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from support.fast_clock import Hurry
from support.faulty_network import Status, faulty
from support.in_process import client_of

from cursor_marts.commands.pipeline import run_extract, run_load
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import CursorMartsError, IncompleteExtraction
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, serve
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.simulator import simulator as source_of

KEY = "hush-hush-0123456789"
WINDOW = Window.parse("2026-09-01", "2026-09-30")
PULL = {
    "id": 1,
    "number": 1,
    "repo_name": "acme/web",
    "state": "open",
    "created_at": "2026-09-07T10:00:00Z",
    "mood": "good",
}
REVIEW = {"id": 5, "pr_id": 1, "reviewer": "b@example.com", "state": "approved"}


def world(pulls: list[Any], reviews: list[Any] | None = None) -> World:
    repos = [{"full_name": "acme/web", "default_branch": "main"}]
    return World(repos, [], pulls, reviews or [])


def take(simulator: Simulator, folder: Path, **options: Any) -> Manifest:
    with client_of(simulator, pacer=Hurry().pacer()) as client:
        return extract([source_of(client, "the same")], WINDOW, folder, **options)


def extracted(settings: Settings) -> Manifest:
    manifest = run_extract(settings).manifest
    assert manifest is not None
    return manifest


def simulator(*pulls: Any, reviews: list[Any] | None = None) -> Simulator:
    return Simulator(world(list(pulls), reviews), api_key=KEY, rate_limit=None)


def notes(manifest: Manifest, about: str) -> list[str]:
    return [note for note in manifest.notes if about in note]


def test_an_unknown_field_is_reported_once(tmp_path: Path) -> None:
    """By the first extraction that meets it; each one stores it."""
    assert len(notes(take(simulator(PULL), tmp_path / "raw"), "mood")) == 1
    assert notes(take(simulator(PULL), tmp_path / "raw"), "mood") == []
    (extra,) = pq.read_table(tmp_path / "raw" / "pull_requests")["extra"].to_pylist()
    assert "mood" in extra


def test_a_field_that_disappeared_is_reported(tmp_path: Path) -> None:
    """The previous extraction of the same source had it."""
    take(simulator(PULL), tmp_path / "raw")
    bare = {name: value for name, value in PULL.items() if name != "mood"}
    manifest = take(simulator(bare), tmp_path / "raw")
    assert notes(manifest, "mood") == [
        "pull_requests.mood has disappeared: the extraction before had it"
    ]
    assert not notes(take(simulator(bare), tmp_path / "raw"), "mood")


def test_a_changed_type_is_reported_once_with_an_example(tmp_path: Path) -> None:
    """One line for all pages, with the number of records and one value."""
    pulls = [PULL | {"number": n, "id": n} for n in range(1, 30)]
    broken = [pull | {"merged_at": {"at": "noon"}} for pull in pulls[:3]]
    manifest = take(simulator(*broken, *pulls[3:]), tmp_path / "raw", rejects_allowed=0.5)
    assert notes(manifest, "merged_at") == [
        'pull_requests: 3 records rejected, e.g. merged_at: {"at": "noon"} is not an RFC 3339 time'
    ]
    assert manifest.resources["pull_requests"].rejected == 3


def test_the_allowed_share_of_rejects_is_a_setting(tmp_path: Path) -> None:
    """The same source: refused by default, landed if half of the records may be rejected."""
    broken = PULL | {"number": 2, "id": 2, "merged_at": "noon"}
    with serve(simulator(PULL, broken)) as url:
        settings = Settings.read(
            source=url, api_key=KEY, start_date="2026-09-01", data_dir=tmp_path, environ={}
        )
        with pytest.raises(IncompleteExtraction, match=r"1 of 2 records .* merged_at"):
            run_extract(settings)
        lenient = Settings.read(
            source=url,
            api_key=KEY,
            start_date="2026-09-01",
            data_dir=tmp_path,
            max_rejects=0.5,
            environ={},
        )
        assert extracted(lenient).resources["pull_requests"].rows == 1


@pytest.mark.parametrize("pull", ["one", None, 1.5])
def test_a_review_without_a_pull_request_is_rejected(pull: Any, tmp_path: Path) -> None:
    """In bulk, the id in the review names its pull request."""
    pulls = [PULL | {"number": n, "id": n} for n in range(1, 9)]
    reviews = [REVIEW, REVIEW | {"id": 6, "pr_id": pull}]
    manifest = take(simulator(*pulls, reviews=reviews), tmp_path / "raw", rejects_allowed=0.5)
    tally = manifest.resources["reviews"]
    assert (tally.expected, tally.received, tally.rejected, tally.rows) == (2, 2, 1, 1)
    assert notes(manifest, "pr_id: ")


def test_every_run_has_a_row_for_each_resource(tmp_path: Path) -> None:
    """In the raw tables as in the manifest; loading twice changes nothing, a new run adds rows."""
    settings: dict[str, Any] = {"api_key": KEY, "start_date": "2026-09-01", "data_dir": tmp_path}
    runs = []
    for _ in range(2):
        with serve(simulator(PULL, reviews=[REVIEW])) as url:
            settings["source"] = url
            runs.append(extracted(Settings.read(**settings, environ={})))
        for _ in range(2):
            run_load(Settings.read(**settings, environ={}))
    with duckdb.connect(str(tmp_path / "analytics.duckdb"), read_only=True) as connection:
        rows = connection.sql("FROM main_raw.extractions ORDER BY started_at").fetchall()
        names = connection.sql("DESCRIBE main_raw.extractions").fetchall()
    found = [dict(zip((name[0] for name in names), row, strict=True)) for row in rows]
    assert len(found) == 12
    assert {row["run_id"] for row in found} == {run.run_id for run in runs}
    (reviews,) = (
        row for row in found if row["resource"] == "reviews" and row["run_id"] == runs[1].run_id
    )
    tally = runs[1].resources["reviews"]
    assert reviews["source"] == runs[1].source
    assert reviews["requests"] == tally.requests > 1
    assert reviews["bytes"] == tally.bytes > 100
    assert reviews["started_at"] <= reviews["finished_at"]
    for name in ("expected", "received", "rejected", "duplicates", "retries", "waited_seconds"):
        assert reviews[name] == getattr(tally, name)


def test_waits_and_retries_are_counted_for_their_resource(tmp_path: Path) -> None:
    """The resource that met the fault has it in its row."""

    def plan(number: int, target: str) -> Status | None:
        return Status(503, "20") if "prs" in target and number == 3 else None

    hurry = Hurry()
    with (
        faulty(simulator(PULL), plan) as source,
        Client(source.url, Secret(KEY), pacer=hurry.pacer()) as client,
    ):
        tallies = extract([source_of(client)], WINDOW, tmp_path / "raw").resources
    assert {name: tally.retries for name, tally in tallies.items() if tally.retries} == {
        "pull_requests": 1
    }
    assert 19 < tallies["pull_requests"].waited_seconds < 60


@pytest.mark.parametrize("fault", [None, Status(401), Status(500), Status(429, "9999")], ids=repr)
def test_the_key_is_in_no_output(
    fault: Status | None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in files, messages, errors, or any `repr`."""
    said = ""
    client = Client("", Secret(KEY))
    pacer = Pacer(clock=Hurry().clock)
    with faulty(simulator(PULL), lambda n, target: fault if n > 2 else None) as source:
        client = Client(source.url, Secret(KEY), Patience(attempts=2), pacer)
        try:
            with client:
                manifest = extract([source_of(client)], WINDOW, tmp_path / "raw")
                said = repr(manifest)
        except CursorMartsError as error:
            said = f"{error}{error!r}{error.__cause__!r}"
        assert not any(KEY in target for target in source.requests)
    settings = Settings.read(source="http://localhost:1", api_key=KEY, environ={})
    printed = "".join(capfd.readouterr())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for text in (said, printed, repr(client), repr(settings), json.dumps(str(settings))):
        assert KEY not in text
    for path in files:
        assert KEY.encode() not in path.read_bytes()
