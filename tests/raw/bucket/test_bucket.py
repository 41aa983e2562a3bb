"""Sets in a bucket: complete or absent, unchanged, and with the same tables as a local landing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import pyarrow.parquet as pq
import pytest
from support.bucket_server import BUCKET, emulator, names, place, watched
from support.in_process import client_of
from support.killed_runs import content as sum_of_rows

from cursor_marts.commands.pipeline import run_build, run_extract, run_load, run_transform
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import LandingError, LandingLocked
from cursor_marts.raw import RAW_TABLES
from cursor_marts.raw.bucket import place as places
from cursor_marts.raw.bucket.addresses import Endpoints
from cursor_marts.raw.bucket.credentials import has_google_identity
from cursor_marts.raw.bucket.fetch import fetch
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.bucket.upload import upload
from cursor_marts.raw.files import each
from cursor_marts.raw.manifest import Manifest
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World, generate, serve
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.progress import Silent
from cursor_marts.sources.simulator import simulator as source_of

END = Window.parse().end
SMALL, LARGE = generate(1, end=END, days=10, developers=3), generate(2, end=END, days=20)
RESOURCES = sorted(set(RAW_TABLES) - {"extractions"})
AT_ONCE = timedelta(0)


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with emulator() as url:
        yield url


@pytest.fixture
def there(store: str, request: pytest.FixtureRequest) -> Place:
    """A prefix of the bucket for this test alone."""
    return place(store, request.node.name)


def landed(world: World, folder: Path) -> Path:
    """Extract a world; return the landing."""
    with client_of(Simulator(world, rate_limit=None)) as client:
        extract([source_of(client)], Window.parse(), folder / "raw")
    return folder / "raw"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return landed(SMALL, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return landed(LARGE, tmp_path_factory.mktemp("large"))


def content(landing: Path) -> dict[str, bytes]:
    files = landing.rglob("*.parquet")
    return {str(path.relative_to(landing)): path.read_bytes() for path in files}


def file_of(manifest: Manifest, resource: str) -> str:
    """Return the name of the first file of a resource."""
    return manifest.files[resource].files[0].name


def named_in(*manifests: Manifest) -> set[str]:
    return {file.name for manifest in manifests for _, file in each(manifest.files)}


def read(there: Place, folder: Path) -> dict[str, bytes]:
    """Return the bytes of the current set, each file verified with the manifest."""
    folder.mkdir(exist_ok=True)
    fetch(there, folder)
    return content(folder)


def test_a_set_has_a_folder_for_each_resource_and_a_manifest(there: Place, small: Path) -> None:
    """A file name has the resource, the month and the sum; the manifest has its size as well."""
    upload(small, there)
    files = set(content(small))
    assert names(there) == files | {"manifest.json"}
    with there.filesystem.open_input_stream(there.path("manifest.json")) as stream:
        manifest = json.loads(stream.read())
    listed = [file for stored in manifest["files"].values() for file in stored["files"]]
    assert {file["name"] for file in listed} == files
    for file in listed:
        pattern = r"(\w+)/(\d{4}-\d{2}|all|none)-[0-9a-f]{16}\.parquet"
        named = re.fullmatch(pattern, file["name"])
        assert named
        assert named[1] in RESOURCES
        assert named[2] != "all" or named[1] in ("repos", "rejects")
        assert file["size"] == (small / file["name"]).stat().st_size
        assert file["sha256"] == sha256((small / file["name"]).read_bytes()).hexdigest()
    assert manifest["run_id"] == Manifest.read(small).run_id


def test_a_fetched_set_equals_the_uploaded_one(there: Place, small: Path, tmp_path: Path) -> None:
    """Every byte of every file, and the record of the extraction."""
    manifest = upload(small, there)
    assert read(there, tmp_path) == content(small) != {}
    assert Manifest.read(tmp_path) == manifest


def test_a_file_is_deleted_two_sets_after_the_last_that_names_it(
    there: Place, small: Path, large: Path, tmp_path: Path
) -> None:
    """A file that a manifest names is never written again."""
    first = upload(small, there)
    kept = content(small)
    second = upload(large, there, kept=AT_ONCE)
    assert read(there, tmp_path) == content(large)
    for name in named_in(first):
        with there.filesystem.open_input_stream(there.path(name)) as stream:
            assert stream.read() == kept[name]
    third = upload(small, there, kept=AT_ONCE)
    assert read(there, tmp_path) == content(small)
    assert names(there) == named_in(second, third) | {"manifest.json"}


def test_only_files_of_changed_months_are_uploaded(
    store: str, there: Place, small: Path, tmp_path: Path
) -> None:
    """The second upload of the same set sends the manifest alone."""
    first: list[int] = []
    second: list[int] = []
    for sent in (first, second):
        with watched(store, sent.append) as url:
            upload(small, Place.at(there.address, Endpoints(gs=url)))
    assert len(second) < len(first) - len(content(small))
    assert read(there, tmp_path) == content(small)


def test_recent_files_are_not_deleted(there: Place, small: Path) -> None:
    """They may belong to an upload in progress."""
    stream = there.filesystem.open_output_stream(there.path("repos/repos_other.parquet"))
    stream.close()
    upload(small, there)
    assert "repos/repos_other.parquet" in names(there)
    upload(small, there, kept=AT_ONCE)
    assert "repos/repos_other.parquet" not in names(there)


def test_a_folder_has_the_same_layout_as_a_bucket(small: Path, large: Path, tmp_path: Path) -> None:
    """The same rules hold for a mounted disk."""
    there = Place.at(str(tmp_path / "share"), Endpoints())
    for landing in (small, large, small):
        upload(landing, there, kept=AT_ONCE)
        assert read(there, tmp_path / "read") == content(landing)
    assert names(there) >= set(content(small)) | set(content(large)) | {"manifest.json"}
    nobody = Place.at(str(tmp_path / "empty"), Endpoints())
    assert f"no complete extraction in {tmp_path}/empty/raw" in refused(nobody, tmp_path / "none")


def sweep_at(moment: int, there: Place, store: str, landing: Path) -> int:
    """Upload while another program deletes a leftover file; return the number of requests."""
    leftover = there.path("repos/repos_other.parquet")
    there.filesystem.open_output_stream(leftover).close()
    seen = []

    def meanwhile(number: int) -> None:
        seen.append(number)
        if number == moment:
            there.filesystem.delete_file(leftover)

    with watched(store, meanwhile) as url:
        upload(landing, Place.at(there.address, Endpoints(gs=url)), kept=AT_ONCE)
    assert "repos/repos_other.parquet" not in names(there)
    return len(seen)


def test_a_file_that_another_upload_deletes_is_no_error(
    store: str, there: Place, small: Path
) -> None:
    """It disappears between the listing and the deletion."""
    requests = sweep_at(-1, place(store, "sweep-alone"), store, small)
    assert sweep_at(requests - 3, there, store, small) > requests - 3


# ------------------------------------------------------------------------------ the whole path


#: Columns that follow from the time of the extraction.
AGES = "COLUMNS(lambda name: name NOT IN ('age_hours', 'waiting_hours', 'known_until'))"


def marts(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        shown = connection.sql("SHOW ALL TABLES").fetchall()
        tables = [name for _, schema, name, *_ in shown if schema == "main_mart"]
        query = f"SELECT {AGES} FROM main_mart.{{}} ORDER BY ALL"
        return {name: connection.sql(query.format(name)).fetchall() for name in tables}


def close_to(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(pytest.approx(value) if isinstance(value, float) else value for value in row)


def test_marts_from_a_bucket_equal_those_from_a_disk(store: str, tmp_path: Path) -> None:
    """Extract over HTTP into a bucket, load from it elsewhere, build: all values are equal."""
    address = f"gs://{BUCKET}/whole-path"
    environ = {"STORAGE_EMULATOR_HOST": store}
    with serve(Simulator(LARGE, rate_limit=None)) as url:
        run_build(Settings.read(source=url, data_dir=tmp_path / "disk", environ={}))
        run_extract(
            Settings.read(source=url, data_dir=tmp_path / "a", output=address, environ=environ)
        )
        run_build(
            Settings.read(source=url, data_dir=tmp_path / "b", output=address, environ=environ)
        )
    elsewhere = Settings.read(data_dir=tmp_path / "elsewhere", input=address, environ=environ)
    run_load(elsewhere)
    run_transform(elsewhere)
    expected = marts(tmp_path / "disk" / "analytics.duckdb")
    assert len(expected) == 7
    for folder in ("b", "elsewhere"):
        found = marts(tmp_path / folder / "analytics.duckdb")
        for name, rows in expected.items():
            assert found[name] == [close_to(row) for row in rows] != []
    assert {path.name for path in elsewhere.data_dir.iterdir()} == {
        "analytics.duckdb",
        "run_results.json",
    }


def cursor_marts(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cursor_marts", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


def test_the_command_line_prints_the_address_of_the_set_and_the_next_command(
    store: str, tmp_path: Path
) -> None:
    """The next command loads the set, and the usual variable names the store."""
    address = f"gs://{BUCKET}/command-line"
    environ = {"STORAGE_EMULATOR_HOST": store.removeprefix("http://")}
    with serve(Simulator(SMALL, rate_limit=None)) as url:
        arguments = ["--source", url, "--data-dir", str(tmp_path / "x"), "--output", address]
        run = cursor_marts("extract", *arguments, **environ)
    assert (run.returncode, run.stderr) == (0, "")
    place_line, next_line = run.stdout.splitlines()[-2:]
    assert place_line == f"Parquet set: {address}"
    words = next_line.partition(" -m cursor_marts ")[2].split()
    assert words == ["load", "--data-dir", str(tmp_path / "x"), "--input", address]
    run = cursor_marts(*words, "--data-dir", str(tmp_path / "y"), **environ)
    assert (run.returncode, run.stderr) == (0, "")


# ------------------------------------------------------------------------------ cut off

UPLOAD = """
import sys
from pathlib import Path
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.bucket.upload import upload
from cursor_marts.raw.bucket.addresses import Endpoints
upload(Path(sys.argv[1]), Place.at(sys.argv[2], Endpoints(gs=sys.argv[3])))
"""


class Killer:
    """Kills a process at the n-th event; the request in flight is lost."""

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self.victim: subprocess.Popen[bytes] | None = None
        self.events = 0

    def __call__(self, number: int) -> None:
        self.events = max(self.events, number)
        if number == self.moment and self.victim is not None:
            self.victim.send_signal(signal.SIGKILL)
            self.victim.wait()
            raise ConnectionError


@pytest.mark.parametrize("moment", [0, 5, 12, 21, 30, 36, 38, 39, 40, 41, 42, 43, 44, 45])
def test_an_upload_killed_at_any_request_leaves_a_complete_set(
    moment: int, store: str, there: Place, small: Path, large: Path, tmp_path: Path
) -> None:
    """SIGKILL before and after a request; the next upload is complete and deletes leftovers."""
    upload(small, there)
    killer = Killer(moment)
    with watched(store, killer) as url:
        killer.victim = subprocess.Popen(
            [sys.executable, "-c", UPLOAD, str(large), there.address, url]
        )
        code = killer.victim.wait(timeout=60)
    assert code == -signal.SIGKILL
    found = read(there, tmp_path)
    assert found in (content(small), content(large))
    assert moment > 40 or found == content(small)
    before = read_names(there)
    manifest = upload(large, there, kept=AT_ONCE)
    assert read(there, tmp_path) == content(large)
    assert names(there) == named_in(manifest) | before | {"manifest.json"}


def read_names(there: Place) -> set[str]:
    """Return the file names in the current manifest."""
    with there.filesystem.open_input_stream(there.path("manifest.json")) as stream:
        return named_in(Manifest.parse(stream.read(), "manifest.json"))


@pytest.mark.parametrize("moment", [3, 11, 18, 24])
def test_of_two_simultaneous_uploads_the_second_is_refused(
    moment: int, store: str, there: Place, small: Path, large: Path, tmp_path: Path
) -> None:
    """A whole upload runs in the middle of another one: its set stays, whole."""
    upload(small, there)
    (again,) = [landed(SMALL, tmp_path / "again")]

    def meanwhile(number: int) -> None:
        if number == moment:
            upload(large, there)

    with watched(store, meanwhile) as url:
        slow = Place.at(there.address, Endpoints(gs=url))
        with pytest.raises(LandingLocked, match="another extraction has replaced the set"):
            upload(again, slow)
    assert read(there, tmp_path / "read") == content(large)


def test_a_load_whose_set_is_deleted_reads_the_new_set(
    store: str, there: Place, small: Path, large: Path, tmp_path: Path
) -> None:
    """Two uploads during a load delete the files that it was about to read."""
    upload(small, there)

    def meanwhile(number: int) -> None:
        if number == 8:
            upload(large, there, kept=AT_ONCE)
            upload(large, there, kept=AT_ONCE)

    with watched(store, meanwhile) as url:
        found = read(Place.at(there.address, Endpoints(gs=url)), tmp_path)
    assert found == content(large)


# ------------------------------------------------------------------------------ bad input


def put(there: Place, name: str, text: bytes) -> None:
    with there.filesystem.open_output_stream(there.path(name)) as stream:
        stream.write(text)


def refused(there: Place, folder: Path) -> str:
    """Return the error of a load; it leaves no manifest that a later load would accept."""
    with pytest.raises(LandingError) as error:
        fetch(there, folder)
    assert "→" in str(error.value)
    assert not (folder / "manifest.json").exists()
    return str(error.value)


def test_a_file_of_the_wrong_size_is_an_error_with_its_name(
    there: Place, small: Path, tmp_path: Path
) -> None:
    """It is shorter or longer than in the manifest."""
    name = file_of(upload(small, there), "reviews")
    put(there, name, b"PAR1 no more")
    said = refused(there, tmp_path)
    assert f"{there.address}/raw/{name} has 12 bytes, the manifest says" in said
    assert f"extract(output='{there.address}')" in said


def test_a_changed_file_of_the_same_size_is_an_error_with_its_name(
    there: Place, small: Path, tmp_path: Path
) -> None:
    """Its sum differs."""
    name = file_of(upload(small, there), "repos")
    damaged = bytearray((small / name).read_bytes())
    damaged[100] ^= 1
    put(there, name, bytes(damaged))
    assert f"{name} is not what the manifest's sum says" in refused(there, tmp_path)


def test_a_missing_file_is_an_error_with_its_name(
    there: Place, small: Path, tmp_path: Path
) -> None:
    """The manifest names it, but it does not exist."""
    name = file_of(upload(small, there), "commits")
    there.filesystem.delete_file(there.path(name))
    assert f"{name} is missing" in refused(there, tmp_path)


def test_a_refused_set_leaves_the_tables_unchanged(
    store: str, there: Place, small: Path, tmp_path: Path
) -> None:
    """No file of the set is loaded."""
    manifest = upload(small, there)
    settings = Settings.read(
        data_dir=tmp_path, input=there.address, environ={"STORAGE_EMULATOR_HOST": store}
    )
    run_load(settings)
    rows = pq.read_table(small / "commits").num_rows
    put(there, file_of(manifest, "reviews"), b"")
    with pytest.raises(LandingError, match="has 0 bytes"):
        run_load(settings)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM main_raw.commits").fetchone() == (rows,)
    assert [path.name for path in tmp_path.iterdir()] == ["analytics.duckdb"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there is no complete extraction in"),
        (b"{", "cannot read"),
        (b"[]", "cannot read"),
        (b"{}", "cannot read"),
    ],
)
def test_a_set_without_a_valid_manifest_is_an_error(
    text: bytes | None, says: str, store: str, tmp_path: Path
) -> None:
    """The manifest is absent, truncated, or another file."""
    there = place(store, f"manifest-{text!r}".replace("'", ""))
    if text is not None:
        put(there, "manifest.json", text)
    said = refused(there, tmp_path)
    assert says in said
    assert there.address in said


@pytest.mark.parametrize(
    ("resource", "name"), [("../../escaped", "repos/x"), ("repos", "../../x"), ("", "repos/x")]
)
def test_a_manifest_cannot_name_files_outside_of_its_prefix(
    resource: str, name: str, there: Place, small: Path, tmp_path: Path
) -> None:
    """No other file is read or written."""
    manifest = json.loads((small / "manifest.json").read_text())
    manifest["files"] = {resource: {"name": name, "size": 0, "sha256": ""}}
    put(there, "manifest.json", json.dumps(manifest).encode())
    assert "cannot read" in refused(there, tmp_path)


def test_a_manifest_without_its_files_is_an_error(
    there: Place, small: Path, tmp_path: Path
) -> None:
    """It is the manifest of a landing, copied by hand."""
    put(there, "manifest.json", (small / "manifest.json").read_bytes())
    assert ".parquet is missing: nothing was loaded" in refused(there, tmp_path)


def test_a_missing_bucket_is_an_error_and_is_not_created(
    store: str, small: Path, tmp_path: Path
) -> None:
    """Neither a load nor an upload creates it."""
    there = Place.at("gs://nowhere/prefix", Endpoints(gs=store))
    assert "there is no bucket 'nowhere' to read" in refused(there, tmp_path)
    with pytest.raises(LandingError, match="there is no bucket 'nowhere' to write to"):
        upload(small, there)
    assert there.is_missing()


class Refusing(BaseHTTPRequestHandler):
    """A store that refuses every request."""

    status = 403

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(params=[403, 401])
def refusing(request: pytest.FixtureRequest) -> Iterator[tuple[int, str]]:
    handler = type("Handler", (Refusing,), {"status": request.param})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield request.param, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_without_an_identity_at_google_nothing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key file, nobody signed in, no machine of Google's: the client would try for 30 s."""
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("GCE_METADATA_HOST", "127.0.0.1:9")
    assert not has_google_identity()
    said = refused(Place.at("gs://a-bucket/prefix", Endpoints()), tmp_path / "set")
    assert "no valid credentials" in said
    (tmp_path / "application_default_credentials.json").write_text("{}")
    assert has_google_identity()


def test_an_error_of_access_names_the_role_to_grant(
    refusing: tuple[int, str], small: Path, tmp_path: Path
) -> None:
    """For a known account without the right, and for an unknown one."""
    status, url = refusing
    there = Place.at("gs://closed/prefix", Endpoints(gs=url))
    says = {403: "not allowed to {} gs://closed/prefix/raw", 401: "no valid credentials"}[status]
    step = {403: "roles/storage.objectUser", 401: "gcloud auth application-default login"}[status]
    said = refused(there, tmp_path)
    assert says.format("read") in said
    assert step in said
    with pytest.raises(LandingError) as error:
        upload(small, there)
    assert step in str(error.value)


def test_a_store_that_does_not_answer_is_an_error_soon(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wrong port is a one-line error, without the client's text about its retries."""
    monkeypatch.setattr(places, "PATIENCE", timedelta(seconds=0.1))
    there = Place.at("gs://landing/prefix", Endpoints(gs="http://127.0.0.1:9"))
    said = refused(there, tmp_path)
    assert "cannot read gs://landing/prefix/raw: " in said
    assert re.search(r"Could(n't| not) connect to server\n", said)


def test_requests_to_s3_go_to_the_given_endpoint(
    refusing: tuple[int, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The errors are the same as for the other store."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "hush-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush-key")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    said = refused(Place.at("s3://closed/prefix", Endpoints(s3=refusing[1])), tmp_path)
    assert "not allowed to read s3://closed/prefix/raw" in said
    assert "hush" not in said


def test_a_folder_that_cannot_be_written_is_an_error_with_its_name(
    small: Path, tmp_path: Path
) -> None:
    """A file has the name of the folder."""
    (tmp_path / "share").write_text("x")
    there = Place.at(str(tmp_path / "share"), Endpoints())
    with pytest.raises(LandingError, match=f"cannot (list|read|write to) {tmp_path}/share/raw"):
        upload(small, there)


# ------------------------------------------------------------------------------ history


def extracting(source: str, folder: Path, there: Place, store: str, start: str) -> Settings:
    return Settings.read(
        source=source,
        data_dir=folder,
        output=there.address,
        start_date=start,
        environ={"STORAGE_EMULATOR_HOST": store},
    )


def test_a_machine_with_an_empty_disk_adds_to_the_set_of_the_bucket(
    store: str, there: Place, tmp_path: Path
) -> None:
    """The job of each day starts from nothing, and the history grows all the same."""
    world = generate(5, end=END, days=60, developers=3)
    with serve(Simulator(world, rate_limit=None)) as source:
        first = run_extract(extracting(source, tmp_path / "one", there, store, "60d")).manifest
        second = run_extract(extracting(source, tmp_path / "two", there, store, "3d")).manifest
    assert first
    assert second
    assert second.resources["pull_requests"].rows < len(world.pulls)
    assert second.files["pull_requests"].rows == len(world.pulls)
    assert read(there, tmp_path / "read") == content(tmp_path / "two" / "raw")
    unchanged = named_in(first) & named_in(second)
    assert len(unchanged) >= len(named_in(first)) - 1


def test_of_two_jobs_at_once_the_second_stops_and_nothing_is_lost(
    store: str, there: Place, tmp_path: Path
) -> None:
    """Another job replaces the set while this one extracts; the next run adds to its set."""
    world = generate(5, end=END, days=60, developers=3)
    with serve(Simulator(world, rate_limit=None)) as source:
        run_extract(extracting(source, tmp_path / "one", there, store, "20d"))
        slow = extracting(source, tmp_path / "slow", there, store, "5d")

        class Overtaken(Silent):
            def step(self, *_: object) -> None:
                if not (tmp_path / "fast").exists():
                    run_extract(extracting(source, tmp_path / "fast", there, store, "60d"))

        with pytest.raises(LandingLocked, match="another extraction has replaced the set") as error:
            run_extract(slow, Overtaken())
        assert error.value.exit_code == 75
        manifest = run_extract(slow).manifest
    assert manifest
    assert manifest.files["pull_requests"].rows == len(world.pulls)


class Job:
    """Extracts into a bucket from a process with an empty disk, which may be killed."""

    def __init__(self, source: str, store: str, home: Path) -> None:
        self.source, self.store, self.home = source, store, home

    def run(self, there: Place, start: str, moment: int = -1) -> tuple[int, int]:
        """Return the exit code, and how many events its requests to the bucket were."""
        killer = Killer(moment)
        folder = tempfile.mkdtemp(dir=self.home)
        arguments = ["--source", self.source, "--data-dir", folder, "--start-date", start]
        command = [sys.executable, "-m", "cursor_marts", "extract", "--output", there.address]
        with watched(self.store, killer) as url:
            killer.victim = subprocess.Popen(
                [*command, *arguments],
                env=os.environ | {"STORAGE_EMULATOR_HOST": url},
                stdout=subprocess.DEVNULL,
            )
            return killer.victim.wait(timeout=60), killer.events

    def rows(self, there: Place) -> str:
        """Return a sum of all rows of the set."""
        folder = Path(tempfile.mkdtemp(dir=self.home))
        fetch(there, folder)
        return sum_of_rows(folder)


def test_a_job_killed_at_any_request_leaves_one_of_two_sets(store: str, tmp_path: Path) -> None:
    """The next job, with an empty disk as well, adds all that is missing."""
    world = generate(5, end=END, days=40, developers=2)
    with serve(Simulator(world, rate_limit=None)) as source:
        job, trial = Job(source, store, tmp_path), place(store, "killed-jobs")
        assert job.run(trial, "20d")[0] == 0
        old = job.rows(trial)
        code, events = job.run(trial, "60d")
        new = job.rows(trial)
        assert code == 0
        seen = []
        for moment in (events // 3, events - 3):
            there = place(store, f"killed-jobs-{moment}")
            assert job.run(there, "20d")[0] == 0
            assert job.run(there, "60d", moment)[0] == -signal.SIGKILL
            seen.append(job.rows(there))
            assert job.run(there, "60d")[0] == 0
            assert job.rows(there) == new
    assert old != new
    assert seen[0] == old
    assert seen[1] in (old, new)


def test_two_histories_are_not_mixed(store: str, there: Place, tmp_path: Path) -> None:
    """A data folder that has grown by itself is not replaced by a bucket's set, nor replaces it."""
    with serve(Simulator(SMALL, rate_limit=None)) as source:
        mine = extracting(source, tmp_path / "mine", there, store, "60d")
        run_extract(extracting(source, tmp_path / "job", there, store, "3d"))
        run_extract(replace(mine, output=None))
        before = content(tmp_path / "mine" / "raw")
        with pytest.raises(LandingError, match="have different histories"):
            run_extract(mine)
    assert content(tmp_path / "mine" / "raw") == before
    assert read(there, tmp_path / "read") == content(tmp_path / "job" / "raw")
