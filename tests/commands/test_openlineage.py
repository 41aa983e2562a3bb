"""Events of OpenLineage: received by a server, written to a file, or a warning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from support.raw_rows import filed, loaded, pr, review

import cursor_marts
from cursor_marts.errors import DataTestsFailed

pytest.importorskip("openlineage.client", reason="install the openlineage extra")
pytestmark = pytest.mark.slow

Event = dict[str, Any]


@pytest.fixture
def server() -> Iterator[tuple[str, list[Event]]]:
    """The address of a server on this machine, and the events that it has received."""
    received: list[Event] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/api/v1/lineage"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(json.loads(body))
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", received
    running.shutdown()
    running.server_close()


def of_table(received: list[Event], name: str) -> tuple[Event, ...]:
    job = f"cursor_marts.{name}"
    return tuple(event for event in received if event["job"]["name"] == job)


def test_a_server_receives_each_table_with_its_columns(
    server: tuple[str, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, received = server
    monkeypatch.setenv("OPENLINEAGE_URL", address)
    filed(loaded(pull_requests=[pr()], reviews=[review()]), tmp_path)
    outcome = cursor_marts.transform(data_dir=tmp_path)
    assert outcome.warnings == ()
    start, end = of_table(received, "mart_quality")
    assert (start["eventType"], end["eventType"]) == ("START", "COMPLETE")
    assert start["run"]["runId"] == end["run"]["runId"]
    assert outcome.report is not None
    parent = end["run"]["facets"]["parent"]["run"]["runId"]
    assert parent == outcome.report.invocation_id
    (read,), (made,) = end["inputs"], end["outputs"]
    assert read["name"] == "intermediate.int_pr_with_commits"
    assert made["namespace"] == f"duckdb://{tmp_path / 'analytics.duckdb'}"
    assert made["name"] == "main_mart.mart_quality"
    assert made["outputFacets"]["outputStatistics"]["rowCount"] == 1
    columns = made["facets"]["columnLineage"]
    (only,) = columns["fields"]["unreviewed_prs"]["inputFields"]
    assert (only["field"], only["transformations"][0]["type"]) == ("review_count", "DIRECT")
    rows = {(f["field"], f["transformations"][0]["subtype"]) for f in columns["dataset"]}
    assert ("author_kind", "FILTER") in rows
    assert ("repo_name", "GROUP_BY") in rows
    types = {field["name"]: field["type"] for field in made["facets"]["schema"]["fields"]}
    assert types["week"] == "DATE"


def test_a_failed_test_is_a_failed_run(
    server: tuple[str, list[Event]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, received = server
    monkeypatch.setenv("OPENLINEAGE_URL", address)
    filed(loaded(pull_requests=[pr(additions=-1)]), tmp_path)
    with pytest.raises(DataTestsFailed):
        cursor_marts.transform(data_dir=tmp_path)
    _start, end = of_table(received, "stg_pull_requests.test")
    assert end["eventType"] == "FAIL"
    facet = end["inputs"][0]["inputFacets"]["dataQualityAssertions"]
    failed = [each["assertion"] for each in facet["assertions"] if not each["success"]]
    assert "additions_at_least_0" in failed


def test_a_file_has_a_line_for_each_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "events.jsonl"
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "file")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__LOG_FILE_PATH", str(file))
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__APPEND", "true")
    filed(loaded(pull_requests=[pr()]), tmp_path)
    assert cursor_marts.transform(data_dir=tmp_path).warnings == ()
    written = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(of_table(written, "mart_velocity")) == 2


def test_what_cannot_be_sent_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are published."""
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "nothing")
    filed(loaded(pull_requests=[pr()]), tmp_path)
    (warning,) = cursor_marts.transform(data_dir=tmp_path).warnings
    assert warning.startswith("cannot send OpenLineage events: ")
    assert cursor_marts.show("mart_quality", data_dir=tmp_path).num_rows == 1
