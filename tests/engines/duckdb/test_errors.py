"""What DuckDB says, as errors that name the table, the file or the process, and the next step."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import ibis
import pytest
from support.published_states import LARGE, SMALL, build, state, whole
from support.raw_rows import loaded, pr

from cursor_marts import load
from cursor_marts.building.run import build_all
from cursor_marts.contracts import Contract, Field, Table
from cursor_marts.engines.duckdb.connection import connected, opened
from cursor_marts.engines.duckdb.errors import explanation
from cursor_marts.errors import ContractError, DatabaseError, DatabaseLocked, LandingError
from cursor_marts.graph import model
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_repos import StgRepos

pytestmark = pytest.mark.slow

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "other bytes": lambda content: b"x" * len(content),
    "a block overwritten": lambda content: content[:4096] + b"\x01" * 4096 + content[8192:],
    "truncated": lambda content: content[: len(content) // 3],
    "text": lambda content: b"block by block, locked",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_said_to_be_damaged_at_once(tmp_path: Path, damage: str) -> None:
    """The word 'block' in what DuckDB says is no lock: nothing waits, no process is blamed."""
    path = tmp_path / "locked" / "analytics.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS a FROM range(100000)")
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(DatabaseError, match="cannot open") as failed:
        connected(path, lock_timeout=60).close()
    assert not isinstance(failed.value, DatabaseLocked)
    assert "move it away and build again" in failed.value.hint


def test_a_second_thread_waits_for_the_first(tmp_path: Path) -> None:
    """Two builds in threads of one process: both end well, one after the other."""
    build(SMALL, tmp_path)
    failures: list[BaseException] = []

    def again() -> None:
        try:
            build(LARGE, tmp_path / "other", raw="table")
            with opened(tmp_path / "analytics.duckdb") as connection:
                build_all(connection)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=again) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [error for error in failures if not isinstance(error, LandingError)] == []
    assert state(tmp_path / "analytics.duckdb") == whole(SMALL)


def test_a_thread_that_waits_too_long_is_told_so(tmp_path: Path) -> None:
    """The error may pass, and says that this process itself has the file open."""
    path = tmp_path / "analytics.duckdb"
    with (
        opened(path),
        pytest.raises(DatabaseLocked, match="in use by another thread of this process"),
        opened(path, lock_timeout=0.05),
    ):
        pass


class Number(Contract):
    """One row per repository."""

    number: int = Field("The name of the repository as a number.")


@model
def mart_numbers(repos: Table[StgRepos]) -> Table[Number]:
    return repos.select(number=repos.repo_name.cast("int64"))


def test_a_cast_that_fails_names_the_model_and_the_value() -> None:
    """A model of a team's own that one row breaks: its name, what cannot be cast, no traceback."""
    models = [*all_models(), mart_numbers]
    with pytest.raises(DatabaseError, match=r"mart_numbers: .*'acme/web'") as failed:
        build_all(loaded(pull_requests=[pr()]), models, select="+mart_numbers")
    assert "the expression of the model" in failed.value.hint


def test_an_absurd_number_names_the_table() -> None:
    """Additions at the limit of a 64-bit number, loaded by another tool."""
    backend = loaded(pull_requests=[pr(additions=2**63 - 1, deletions=1)])
    with pytest.raises(DatabaseError, match="stg_pull_requests: a value of some row"):
        build_all(backend)


@pytest.mark.parametrize("said", ["IO Error: No space left on device", "not enough space"])
def test_a_full_disk_is_said_to_be_full(said: str) -> None:
    """The message says what to do, and that what is published is unchanged."""
    if said.startswith("not"):
        said = "IO Error: There is not enough space on the disk"
    error = explanation(duckdb.IOException(said), "mart_velocity")
    assert "mart_velocity: the disk is full" in error.message
    assert "make room" in error.hint


def test_too_little_memory_is_said_with_the_table() -> None:
    """A statement that fits neither in memory nor on the disk."""
    error = explanation(duckdb.OutOfMemoryException("failed to offload data block"), "mart_quality")
    assert "mart_quality: there is not enough memory" in error.message


class Team(Contract):
    """One row per repository."""

    repo_name: str = Field("The repository.")
    team: str = Field("Its team.", nullable=True)


@model
def mart_teams(repos: Table[StgRepos]) -> Table[Team]:
    teams = ibis.memtable({"repo_name": ["acme/web"], "team": ["web"]})
    return repos.left_join(teams, "repo_name").select("repo_name", "team")


def test_rows_from_outside_of_the_parameters_are_refused_before_anything_runs() -> None:
    """A memtable in a model would be known to no database."""
    with pytest.raises(ContractError, match=r"mart_teams: reads rows of a memtable, .* as a seed"):
        build_all(loaded(pull_requests=[pr()]), [*all_models(), mart_teams])


def extraction(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "raw" / "manifest.json").read_text())
    return found


def test_a_folder_name_is_no_pattern(tmp_path: Path) -> None:
    """`data[1]` is the folder of that name, although it matches `data1` as a pattern."""
    build(LARGE, tmp_path / "data1")
    build(SMALL, tmp_path / "data[1]")
    assert state(tmp_path / "data[1]" / "analytics.duckdb") == whole(SMALL)
    build(SMALL, tmp_path / "data[1]", raw="view")
    assert state(tmp_path / "data[1]" / "analytics.duckdb") == whole(SMALL)


def test_a_table_with_other_rows_than_its_manifest_is_refused(tmp_path: Path) -> None:
    """Whatever was read in place of the landed file: nothing is published."""
    build(SMALL, tmp_path)
    manifest = tmp_path / "raw" / "manifest.json"
    text = extraction(tmp_path)
    text["files"]["commits"]["files"][0]["rows"] += 1
    manifest.write_text(json.dumps(text))
    with pytest.raises(LandingError, match=r"commits/.*\.parquet: .* rows; the manifest says"):
        load(tmp_path)


def test_a_connection_in_a_transaction_that_has_failed_is_refused() -> None:
    """With the way out; nothing can be executed on it before."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("BEGIN")
    with pytest.raises(duckdb.Error):
        backend.raw_sql("SELECT error('no')")
    with pytest.raises(DatabaseError, match="a statement failed in the transaction") as refused:
        build_all(backend)
    assert "ROLLBACK" in refused.value.hint
    backend.raw_sql("ROLLBACK")
    assert build_all(backend).rows("mart_pull_requests") == 1
