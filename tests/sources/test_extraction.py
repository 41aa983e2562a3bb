"""Extraction: what is proven, stored and refused."""

import errno
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.fast_clock import Hurry
from support.faulty_network import faulty
from support.in_process import client_of

from cursor_marts.errors import (
    IncompleteExtraction,
    LandingError,
    SourceNotUnderstood,
    SourceRefused,
    SourceUnreachable,
)
from cursor_marts.raw.landing import replacing
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, generate, serve
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.secret import Secret
from cursor_marts.sources.simulator import simulator as source_of

KEY = "cursor-sim-dev-key"
WINDOW = Window.parse("2026-08-01", "2026-11-20")
WORLD = generate(3, end=WINDOW.end, days=30, developers=4)


def pull(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "number": number,
        "repo_name": "acme/web",
        "state": "open",
        "created_at": "2026-09-07T10:00:00.123456789Z",
    } | fields


def world(**parts: Any) -> World:
    """Return a world of one repository with the given parts."""
    whole = {"repos": [{"full_name": "acme/web", "default_branch": "main"}]}
    return World(**whole | {"commits": [], "pulls": [], "reviews": []} | parts)


def take(simulator: Simulator, folder: Path, clock: Hurry | None = None) -> Manifest:
    """Extract all records from a simulator in this process."""
    with client_of(simulator, pacer=(clock or Hurry()).pacer()) as client:
        return extract([source_of(client)], WINDOW, folder)


def rows(folder: Path, resource: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / resource).to_pylist()


@contextmanager
def extracted(world: World, folder: Path, **settings: Any) -> Iterator[Manifest]:
    yield take(Simulator(world, rate_limit=None, **settings), folder)


@pytest.mark.parametrize("bulk", [True, False])
def test_every_record_arrives_once_in_random_order(bulk: bool, tmp_path: Path) -> None:
    """Pages overlap and omit rows; passes repeat until the count is proven."""
    pulls = [pull(number) for number in range(1, 351)]  # all of one day, which no page holds
    with extracted(world(pulls=pulls), tmp_path / "raw", bulk=bulk) as manifest:
        found = sorted(row["number"] for row in rows(tmp_path / "raw", "pull_requests"))
        assert found == list(range(1, 351))
        tally = manifest.resources["pull_requests"]
        assert (tally.expected, tally.received) == (350, 350)
        assert tally.requests > 4
        assert tally.duplicates > 0


def test_a_generated_world_arrives_completely(tmp_path: Path) -> None:
    """Repositories, commits, pull requests, links, reviews and comments."""
    with extracted(WORLD, tmp_path / "raw") as manifest:
        folder = tmp_path / "raw"
        assert len(rows(folder, "repos")) == len(WORLD.repos)
        assert len(rows(folder, "commits")) == len({json.dumps(c) for c in WORLD.commits})
        assert len(rows(folder, "pull_requests")) == len(WORLD.pulls)
        assert len(rows(folder, "pull_request_commits")) == sum(
            len(p.get("commit_ids") or []) for p in WORLD.pulls
        )
        assert len(rows(folder, "reviews")) == len(WORLD.reviews)
        assert len(rows(folder, "review_comments")) == sum(
            len(r.get("comments") or []) for r in WORLD.reviews
        )
        assert rows(folder, "rejects") == []
        assert Manifest.read(folder) == manifest


def test_times_are_timestamps_truncated_to_microseconds(tmp_path: Path) -> None:
    """Not texts; 123456789 nanoseconds are 123456 microseconds."""
    with extracted(world(pulls=[pull(1, reviewers=None)]), tmp_path / "raw"):
        table = pq.read_table(tmp_path / "raw" / "pull_requests")
        assert str(table.schema.field("created_at").type) == "timestamp[us]"
        assert str(table.schema.field("reviewers").type).startswith("list<")
        (row,) = table.to_pylist()
        assert row["created_at"].microsecond == 123456
        assert row["merged_at"] is None


def test_versions_of_a_commit_are_landed_and_duplicates_are_not(
    tmp_path: Path,
) -> None:
    """The source repeats records; a second pass shows that none is missing."""
    first = {
        "commitHash": "a",
        "commitTs": "2026-09-07T10:00:00Z",
        "createdAt": "2026-09-07T10:00:00Z",
    }
    amended = first | {"createdAt": "2026-09-07T11:00:00Z"}
    with extracted(world(commits=[first, amended, first]), tmp_path / "raw") as manifest:
        assert len(rows(tmp_path / "raw", "commits")) == 2
        tally = manifest.resources["commits"]
        assert (tally.expected, tally.received, tally.requests) == (3, 2, 3)  # the last: no news


def test_a_repository_name_is_escaped(tmp_path: Path) -> None:
    """Blanks, slashes, question marks and non-ASCII letters reach the right path."""
    name = "odd org/naïve repo?#%/x"
    odd = World(
        repos=[{"full_name": name, "default_branch": "main"}],
        commits=[],
        pulls=[pull(1, repo_name=name)],
        reviews=[{"id": 5, "pr_id": 1, "reviewer": "b@example.com", "state": "approved"}],
    )
    with extracted(odd, tmp_path / "raw"):
        assert rows(tmp_path / "raw", "pull_requests")[0]["repo_name"] == name
        assert rows(tmp_path / "raw", "reviews")[0]["repo_name"] == name


@pytest.mark.parametrize(("bulk", "counts"), [(True, (1, 1, 0, 1)), (False, (2, 2, 1, 1))])
def test_pull_requests_opened_outside_the_window_are_left_out(
    bulk: bool, counts: tuple[int, ...], tmp_path: Path
) -> None:
    """They are counted if the source lists them; those of the window have their reviews."""
    pulls = [pull(1), pull(2, created_at="2026-07-31T23:59:59.999999999Z")]
    reviews = [{"id": n, "pr_id": n, "reviewer": "b@example.com"} for n in (1, 2)]
    whole = world(pulls=pulls, reviews=reviews)
    with extracted(whole, tmp_path / "raw", bulk=bulk) as manifest:
        tally = manifest.resources["pull_requests"]
        assert (tally.expected, tally.received, tally.outside_window, tally.rows) == counts
        assert [row["pr_number"] for row in rows(tmp_path / "raw", "reviews")] == [1]


def test_unknown_fields_are_stored_and_reported(tmp_path: Path) -> None:
    """The record has them in `extra`; the manifest has a line with an example."""
    with extracted(world(pulls=[pull(1, mood="good")]), tmp_path / "raw") as manifest:
        assert json.loads(rows(tmp_path / "raw", "pull_requests")[0]["extra"]) == {"mood": "good"}
        assert any(
            note.startswith("pull_requests.mood") and '"good"' in note for note in manifest.notes
        )


def test_a_long_example_is_truncated_with_a_mark(tmp_path: Path) -> None:
    """So a part does not look like the whole."""
    long = "much to say, " * 9
    with extracted(world(pulls=[pull(1, mood=long)]), tmp_path / "raw") as manifest:
        (note,) = [note for note in manifest.notes if note.startswith("pull_requests.mood")]
    assert re.search(r', e\.g\. "much to say, .{30,}…$', note)


def test_a_record_that_breaks_the_contract_is_rejected_whole(tmp_path: Path) -> None:
    """One of 200 is in `rejects` with its reason; the others are loaded."""
    pulls = [pull(number) for number in range(1, 200)] + [pull(200, merged_at="soon")]
    with extracted(world(pulls=pulls), tmp_path / "raw") as manifest:
        (reject,) = rows(tmp_path / "raw", "rejects")
        assert (reject["resource"], json.loads(reject["record"])["number"]) == (
            "pull_requests",
            200,
        )
        assert reject["reason"] == 'merged_at: "soon" is not an RFC 3339 time'
        tally = manifest.resources["pull_requests"]
        assert (tally.received, tally.rejected, tally.rows) == (200, 1, 199)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"commit_ids": "abc"}, "is not a list"), ({"number": None}, "number missing")],
)
def test_too_many_rejects_refuse_the_extraction(
    fields: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    """One in two is more than one in a hundred: the API has changed."""
    with (
        pytest.raises(IncompleteExtraction, match=rf"1 of 2 records .*{reason}"),
        extracted(world(pulls=[pull(1), pull(2) | fields]), tmp_path / "raw"),
    ):
        pass
    assert not (tmp_path / "raw").exists()


def test_missing_records_are_an_error(tmp_path: Path) -> None:
    """The source claims more than it sends; the error names numbers, and nothing is landed."""

    class Stingy(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            answer = super().respond(method, target, headers)
            if target.split("?", maxsplit=1)[0].endswith("/pulls"):
                kept = [p for p in json.loads(answer.body) if p["number"] != 3]
                return type(answer)(answer.status, answer.headers, json.dumps(kept).encode())
            return answer

    pulls = [pull(n) for n in (1, 2, 3)]
    simulator = Stingy(world(pulls=pulls), rate_limit=None, bulk=False)
    with pytest.raises(IncompleteExtraction, match=r"acme/web.* 3 records, and 2 different"):
        take(simulator, tmp_path / "raw")
    assert not (tmp_path / "raw").exists()


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_failed_extraction_leaves_the_previous_one(tmp_path: Path) -> None:
    """The landing is replaced completely or not at all, and no part remains."""
    folder = tmp_path / "raw"
    with extracted(world(pulls=[pull(1)]), folder):
        before = content(folder)
    with (
        pytest.raises(IncompleteExtraction),
        extracted(world(pulls=[pull(2, created_at="soon")]), folder),
    ):
        pass
    assert content(folder) == before
    with extracted(world(pulls=[pull(2)]), folder):
        assert [row["number"] for row in rows(folder, "pull_requests")] == [2]
    assert len([path for path in (tmp_path / ".raw").iterdir() if path.is_dir()]) == 1


def test_a_plain_folder_in_place_of_the_landing_is_replaced(tmp_path: Path) -> None:
    """A plain folder where the link goes is replaced."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "old.parquet").write_text("x")
    with extracted(world(), folder):
        assert not (folder / "old.parquet").exists()
        assert (folder / "manifest.json").exists()


def test_a_second_extraction_at_once_is_an_error(tmp_path: Path) -> None:
    """It says to wait; the first one is not disturbed."""

    class Nested(Simulator):
        said = ""

        def respond(self, method: str, target: str, headers: Any) -> Any:
            if target == "/repos" and not self.said:
                Nested.said = "asking"
                with pytest.raises(LandingError, match="another extraction") as refused:
                    take(nested, tmp_path / "raw")
                Nested.said = str(refused.value)
            return super().respond(method, target, headers)

    nested = Nested(world(pulls=[pull(1)]), rate_limit=None)
    take(nested, tmp_path / "raw")
    assert "another extraction is writing" in Nested.said
    assert len(rows(tmp_path / "raw", "pull_requests")) == 1


def test_a_run_waits_for_the_rate_limit(tmp_path: Path) -> None:
    """After 429 with Retry-After the request is sent again."""
    pulls, hurry = [pull(number) for number in range(1, 61)], Hurry()
    simulator = Simulator(world(pulls=pulls), bulk=False, rate_limit=20, clock=hurry.now)
    manifest = take(simulator, tmp_path / "raw", hurry)
    assert manifest.resources["reviews"].requests > 60
    assert manifest.resources["reviews"].retries > 0
    assert manifest.resources["reviews"].waited_seconds > 60


def test_the_envelope_with_a_pagination_object_is_read(tmp_path: Path) -> None:
    """`{"data": …, "pagination": {"hasNextPage": …}}` ends the list."""

    class Wrapped(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            answer = super().respond(method, target, headers)
            if not target.startswith("/analytics/ai-code/commits"):
                return answer
            said = json.loads(answer.body)
            more = said["page"] * said["pageSize"] < said["totalCount"]
            body = {
                "data": said["items"],
                "pagination": {"page": said["page"], "hasNextPage": more},
            }
            return type(answer)(answer.status, answer.headers, json.dumps(body).encode())

    commits = [{"commitHash": f"c{n}", "commitTs": "2026-09-07T10:00:00Z"} for n in range(1001)]
    manifest = take(Wrapped(world(commits=commits), rate_limit=None), tmp_path / "raw")
    assert manifest.resources["commits"].received == 1001
    assert manifest.resources["commits"].expected is None


def test_a_wrong_key_is_an_error_at_once(tmp_path: Path) -> None:
    """401: one request, and the message does not contain the key."""
    with faulty(Simulator(WORLD), lambda n, target: None) as source:
        client = Client(source.url, Secret("not-this-one"))
        with pytest.raises(SourceRefused, match="does not accept the API key") as refused:
            extract([source_of(client)], WINDOW, tmp_path / "raw")
        assert len(source.requests) == 1
    assert "not-this-one" not in str(refused.value)
    assert "--api-key" in str(refused.value)


def test_a_source_that_does_not_answer_is_an_error_at_once(tmp_path: Path) -> None:
    """A wrong port is not retried."""
    with serve(Simulator(WORLD)) as url:
        pass
    with pytest.raises(SourceUnreachable, match=f"nobody answers at {url}"):
        extract([source_of(Client(url, Secret(KEY)))], WINDOW, tmp_path / "raw")


def test_json_of_another_shape_is_an_error_at_once(tmp_path: Path) -> None:
    """It names the path and the shape."""

    class Other(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            answer = super().respond(method, target, headers)
            return type(answer)(200, answer.headers, b'{"status": "ok"}')

    with pytest.raises(SourceNotUnderstood, match="/repos with an object of status"):
        take(Other(WORLD), tmp_path / "raw")


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file has the name of the folder."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(LandingError, match=f"cannot write to {tmp_path}/data"):
        take(Simulator(WORLD, rate_limit=None), tmp_path / "data" / "raw")


def test_a_full_disk_and_a_read_only_disk_have_different_errors(tmp_path: Path) -> None:
    """Only for the first one, freeing space helps."""
    for code, helps in ((errno.ENOSPC, True), (errno.EROFS, False)):
        with pytest.raises(LandingError) as refused, replacing(tmp_path / "raw"):
            raise OSError(code, os.strerror(code))
        assert os.strerror(code) in refused.value.message
        assert ("make room" in refused.value.hint) is helps
