"""The settings of a DuckDB connection during a build, and their effect on the file."""

from math import ceil
from pathlib import Path

import ibis
import pytest
from support.raw_rows import loaded, pr

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.session import CHANGED, SETTINGS, DuckDBSession, writing
from cursor_marts.errors import DatabaseError, DataTestsFailed

pytestmark = pytest.mark.slow

ROW_GROUP = 122_880  #: DuckDB's own size of one


def settings_of(backend: ibis.BaseBackend) -> dict[str, str]:
    found = {n: backend.raw_sql(f"SELECT current_setting('{n}')").fetchone()[0] for n in CHANGED}
    return {name: str(value).lower() for name, value in found.items()}


def test_a_build_restores_the_settings_of_the_connection() -> None:
    """Even if it fails: a notebook decides on the order of its rows."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("SET threads = 3")
    before = settings_of(backend)
    build_all(backend)
    assert settings_of(backend) == before
    backend.raw_sql("UPDATE main_raw.pull_requests SET merged_at = created_at - INTERVAL 1 HOUR")
    with pytest.raises(DataTestsFailed):
        build_all(backend)
    assert settings_of(backend) == before
    assert all(before[name] != value for name, value in SETTINGS.items())


def test_a_connection_with_locked_settings_is_built_on_as_it_is() -> None:
    """No result depends on them."""
    backend = loaded(pull_requests=[pr()])
    before = settings_of(backend)
    backend.raw_sql("SET lock_configuration = true")
    assert build_all(backend).rows("mart_pull_requests") == 1
    assert settings_of(backend) == before


def test_a_macro_that_replaces_a_function_is_refused() -> None:
    """Every model that calls the function would be wrong; other macros do not matter."""
    backend = loaded(pull_requests=[pr()])
    backend.raw_sql("CREATE MACRO mine(a) AS a")
    build_all(backend)
    backend.raw_sql("CREATE MACRO lower(a) AS 'x'")
    with pytest.raises(DatabaseError, match="replace functions of DuckDB: lower"):
        build_all(backend)


def test_a_loaded_table_has_full_row_groups(tmp_path: Path) -> None:
    """The next writer would merge half-full ones, which takes seconds each time."""
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
