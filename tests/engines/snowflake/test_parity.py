"""Every column of every mart and view is the same on Snowflake and on DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.in_memory import landed
from support.raw_rows import at, pr, review, rows_of
from support.row_comparison import assert_same, sorted_rows
from support.snowflake_server import rows_in, snowflake, written
from support.worlds import parts_of, renamed, worlds

from cursor_marts.building.run import build_all
from cursor_marts.commands.new_project import init
from cursor_marts.commands.options.by_command import LsOptions
from cursor_marts.commands.reference import files_of
from cursor_marts.contracts import columns_of
from cursor_marts.engines.duckdb.loading import load as into_duckdb
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.engines.names import DUCKDB, SNOWFLAKE
from cursor_marts.engines.publisher import VISIBLE
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load as into_snowflake
from cursor_marts.graph import Model
from cursor_marts.models import all_models
from cursor_marts.simulator import World, generate


def together(parts: Iterable[World]) -> World:
    """Return several worlds as one, each with repositories of its own."""
    moved = [
        [renamed(records, f"w{n}-") for records in parts_of(part)] for n, part in enumerate(parts)
    ]
    return World(*(list(chain(*records)) for records in zip(*moved, strict=True)))


def compare(world: World, address: str) -> None:
    """Extract a world once, and compare the tables that both engines build from it."""
    with TemporaryDirectory() as folder:
        landing = Path(folder) / "raw"
        landed(world, landing)
        compare_set(landing, address)


def sorted_by_key(model: Model) -> list[str]:
    """Return the columns of a model, its key first."""
    key = model.contract.to_schema().unique
    return [*key, *(column for column in columns_of(model.contract) if column not in key)]


def compare_set(landing: Path, address: str) -> None:
    """Load and build a set on both engines; compare all visible tables."""
    duckdb = ibis.duckdb.connect()
    into_duckdb(landing, DuckDBSession(duckdb))
    with snowflake(address) as backend:
        into_snowflake(landing, session_of(backend))
        ours, theirs = build_all(duckdb), build_all(backend)
        found = [[(test.name, test.failures) for test in report.tests] for report in (ours, theirs)]
        assert found[0] == found[1]
        for model in all_models():
            if model.layer in VISIBLE:
                here = rows_of(duckdb, f"{DUCKDB.schema(model.layer)}.{model.name}")
                there = rows_in(backend, f"{SNOWFLAKE.schema(model.layer)}.{model.name}")
                columns = sorted_by_key(model)
                assert_same(sorted_rows(there, columns), sorted_rows(here, columns), model.name)


@settings(max_examples=3, derandomize=True, database=None, phases=[Phase.generate])
@given(st.tuples(*(worlds(first_ids=(n * 10_000_000,)) for n in range(300, 303))))
def test_any_worlds(address: str, parts: tuple[World, ...]) -> None:
    """Several generated worlds at a time, because a build on the emulator is slow."""
    compare(together(parts), address)


def test_the_embedded_world(address: str, tmp_path: Path) -> None:
    """The whole invented company of the embedded source, with the mart and seed of a project."""
    init(tmp_path)
    with files_of(LsOptions(project=tmp_path)):
        assert "mart_sizes" in {model.name for model in all_models()}
        compare(generate(11, end=date(2026, 11, 20), days=60, developers=7), address)


def test_empty_tables(address: str) -> None:
    """Empty tables are as empty there."""
    compare(World(), address)


SUNDAY = at(24 * 7 - 1 / 3_600_000_000)
TRAPS: dict[str, list[dict[str, Any]]] = {
    "the week begins on Monday": [pr(1, merged_at=SUNDAY), pr(2, merged_at=at(24 * 7))],
    "whole numbers do not divide to whole ones": [pr(1, additions=1, deletions=0), pr(2)],
    "nothing is divided by nothing": [pr(1, additions=0, deletions=0, tab_lines=0)],
    "what is unknown does not order": [pr(1), pr(2, merged_at=None), pr(3, merged_at=at(99))],
    "a list that is unknown has no length": [pr(1, reviewers=None), pr(2, reviewers=["a", "b"])],
    "an empty list has none either": [pr(1, reviewers=[])],
    "quotes are letters": [pr(1, title='it\'s \\ "so"; --', author_email="O'Neil@EXAMPLE.com")],
    "times are to the microsecond": [pr(1, created_at=at(10.0000000003), merged_at=at(10.5))],
    "a time that is unknown is not 1970": [pr(1, closed_at=None, merged_at=None, state="open")],
}


def test_values_that_engines_treat_differently(address: str, tmp_path: Path) -> None:
    """Each in its own repository."""
    rows = [
        row | {"repo_name": f"acme/{n}"} for n, rows in enumerate(TRAPS.values()) for row in rows
    ]
    repos = [{"full_name": f"acme/{n}", "default_branch": "select"} for n in range(len(TRAPS))]
    compare_set(written(tmp_path, pull_requests=rows, repos=repos, reviews=[review()]), address)


def test_nanoseconds_are_truncated(address: str, tmp_path: Path) -> None:
    """Files with nanoseconds, as other tools write them, give the same tables."""
    landing = written(tmp_path, pull_requests=[pr(1, merged_at=at(20.000123))])
    file = landing / "pull_requests.parquet"
    fine = pa.timestamp("ns")
    table = pq.read_table(file)
    kinds = [
        pa.field(f.name, fine if pa.types.is_timestamp(f.type) else f.type) for f in table.schema
    ]
    pq.write_table(table.cast(pa.schema(kinds)), file)
    compare_set(landing, address)
