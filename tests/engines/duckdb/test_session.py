"""How a DuckDB connection is set while it is written with, and what that leaves in the file."""

from math import ceil
from pathlib import Path

import ibis
import pytest
from support.raw_rows import loaded, pr

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.session import SETTINGS, DuckDBSession, writing
from cursor_marts.errors import DataTestsFailed

ROW_GROUP = 122_880  #: DuckDB's own size of one


def settings_of(backend: ibis.BaseBackend) -> dict[str, str]:
    found = {n: backend.raw_sql(f"SELECT current_setting('{n}')").fetchone()[0] for n in SETTINGS}
    return {name: str(value).lower() for name, value in found.items()}


def test_a_build_leaves_the_connection_as_it_was() -> None:
    """Whatever comes of the build: the order of a notebook's rows is the notebook's matter."""
    backend = loaded(pull_requests=[pr()])
    before = settings_of(backend)
    build_all(backend)
    assert settings_of(backend) == before
    backend.raw_sql("UPDATE main_raw.pull_requests SET merged_at = created_at - INTERVAL 1 HOUR")
    with pytest.raises(DataTestsFailed):
        build_all(backend)
    assert settings_of(backend) == before
    assert before.keys() == SETTINGS.keys()
    assert before != SETTINGS


def test_a_loaded_table_has_no_row_groups_half_full(tmp_path: Path) -> None:
    """Half full, they would be merged by the next one to write, for seconds, each time."""
    file = tmp_path / "rows.parquet"
    backend = ibis.duckdb.connect(tmp_path / "a.duckdb")
    backend.raw_sql(
        f"COPY (SELECT range AS id, md5(range::VARCHAR) AS text FROM range(1_000_000)) TO '{file}' "
        "(FORMAT parquet, ROW_GROUP_SIZE 125_000)"
    )
    with writing(DuckDBSession(backend)):
        backend.raw_sql(f"CREATE TABLE t AS FROM '{file}'")
    (groups,) = backend.raw_sql(
        "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('t')"
    ).fetchone()
    threads = backend.raw_sql("SELECT current_setting('threads')").fetchone()[0]
    assert groups <= ceil(1_000_000 / ROW_GROUP) + threads
