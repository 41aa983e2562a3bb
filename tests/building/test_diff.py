"""What a diff says of changed models: it builds beside what is published, and leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest
from ibis import _
from support.in_memory import WINDOW, landed
from support.raw_rows import loaded
from support.small_models import (
    MODELS,
    VIEW,
    Change,
    Changes,
    mart_sizes,
    pulls,
    with_changes,
)

from cursor_marts.building.diff import OTHER_DATA, diff_all
from cursor_marts.building.differences import Diff, Example, TableDifference
from cursor_marts.building.run import build_all
from cursor_marts.contracts import Contract, Count, Field, Table
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.errors import DatabaseError
from cursor_marts.graph import model
from cursor_marts.graph.definition import Model
from cursor_marts.simulator import generate


@pytest.fixture(scope="module")
def backend() -> Any:
    """Return a database of three repositories with one, two and three pull requests."""
    backend = loaded(pull_requests=pulls())
    build_all(backend, MODELS)
    return backend


def diffed(backend: Any, change: Change, of: Model = mart_sizes) -> TableDifference:
    """Return how the marts differ after a change."""
    found = diff_all(backend, with_changes(change, of))
    (table,) = (table for table in found.tables if table.table == "mart_sizes")
    return table


def tables_in(backend: Any) -> list[Any]:
    query = "SELECT * FROM information_schema.tables ORDER BY ALL"
    return list(backend.raw_sql(query).fetchall())


def test_models_that_have_not_changed_are_not_built(backend: Any) -> None:
    assert diff_all(backend, MODELS) == Diff(
        "what is published", untouched=("stg_changes", "mart_sizes")
    )


def test_another_way_to_write_the_same_differs_in_nothing(backend: Any) -> None:
    """The SQL differs, so that the table is compared; the rows are equal, NULL to NULL."""
    found = diff_all(backend, with_changes(lambda t: t.order_by("repo_name")))
    assert not found.differs
    assert (found.equal, found.untouched) == (("mart_sizes",), ("stg_changes",))


def test_a_changed_number_is_seen_in_its_column(backend: Any) -> None:
    """How many rows, by how much, which; the largest difference first."""
    (column,) = diffed(backend, lambda t: t.mutate(pulls=_.pulls * _.pulls)).columns
    assert (column.column, column.rows) == ("pulls", 2)
    assert (column.largest, column.typical, column.tiny) == (6, 4, 0)
    assert column.examples == (
        Example({"repo_name": "c"}, here=9, there=3),
        Example({"repo_name": "b"}, here=4, there=2),
    )


def test_a_rounding_is_told_from_a_difference(backend: Any) -> None:
    """Sums in another order differ by one, also by the same SQL."""
    change = with_changes(lambda t: t.mutate(mean_lines=_.mean_lines * (1 + 1e-15)))
    found = diff_all(backend, change)
    assert not found.differs
    (column,) = found.rounded[0].columns
    assert (column.column, column.rows, column.tiny) == ("mean_lines", 3, 3)


def test_values_that_become_known_and_unknown_are_counted(backend: Any) -> None:
    change = _.title.fill_null("known").nullif("700")
    (column,) = diffed(backend, lambda t: t.mutate(title=change)).columns
    assert (column.rows, column.known, column.unknown, column.largest) == (2, 1, 1, None)


def test_rows_that_come_and_go_are_named(backend: Any) -> None:
    def change(table: ir.Table) -> ir.Table:
        return table.mutate(repo_name=_.repo_name.replace("a", "z"))

    table = diffed(backend, change)
    assert (table.rows_here, table.rows_there, table.only_here, table.only_there) == (3, 3, 1, 1)
    assert (table.keys_only_here, table.keys_only_there) == (
        ({"repo_name": "z"},),
        ({"repo_name": "a"},),
    )
    assert table.columns == ()


def test_a_changed_view_is_seen_in_the_marts_that_read_it(backend: Any) -> None:
    """And in the view itself, the mart first; by the column alone that changes."""
    found = diff_all(backend, with_changes(lambda t: t.mutate(lines=_.lines + 5), VIEW))
    assert [(t.table, [c.column for c in t.columns]) for t in found.tables] == [
        ("mart_sizes", ["mean_lines", "title"]),
        ("stg_changes", ["lines"]),
    ]
    assert found.tables[1].columns[0].typical == 5


def test_a_changed_column_of_a_view_that_nothing_reads_is_seen(backend: Any) -> None:
    found = diff_all(backend, with_changes(lambda t: t.mutate(number=_.number + 10), VIEW))
    assert [table.table for table in found.tables] == ["stg_changes"]
    assert found.tables[0].only_here == 6


def test_tests_that_would_fail_are_named(backend: Any) -> None:
    """With rows that fail, which are stored nowhere."""
    table = diffed(backend, lambda t: t.mutate(pulls=-_.pulls))
    (test,) = table.failed
    assert (test.test, test.failures) == ("pulls_at_least_0", 3)
    assert {"repo_name": "c", "pulls": -3} in test.examples


def test_a_key_that_repeats_is_compared_row_by_row(backend: Any) -> None:
    """Each row of a key with the row of the same rank, so that no row counts twice."""
    table = diffed(backend, lambda t: t.union(t))
    assert (table.rows_here, table.only_here, table.columns) == (6, 3, ())
    assert [test.test for test in table.failed] == ["unique_repo_name"]


class Narrower(Contract):
    """One row per repository, with other columns."""

    repo_name: str = Field("The repository.")
    pulls: float = Count("Its pull requests.")
    title: str = Field("The title of one.", nullable=True)
    is_busy: bool = Field("Whether there are several.")

    class Config:
        unique = ["repo_name"]


@model
def narrower(changes: Table[Changes]) -> Table[Narrower]:
    made = mart_sizes.function(changes).drop("mean_lines")
    return made.mutate(pulls=_.pulls.cast(float), is_busy=_.pulls > 1)


def test_columns_and_types_that_change_are_named(backend: Any) -> None:
    """Numbers of two types are compared as numbers."""
    (table,) = diff_all(backend, (VIEW, replace(narrower, name="mart_sizes"))).tables
    assert table.columns_added == {"is_busy": "BOOLEAN"}
    assert table.columns_gone == {"mean_lines": "DOUBLE"}
    assert table.types == {"pulls": ("BIGINT", "DOUBLE")}
    assert table.columns == ()


def test_tables_that_come_and_go_are_named(backend: Any) -> None:
    found = diff_all(backend, (VIEW, narrower))
    assert [(t.table, t.change, t.rows_here, t.rows_there) for t in found.tables] == [
        ("mart_sizes", "gone", 0, 3),
        ("narrower", "new", 3, 0),
    ]


def test_only_what_is_selected_is_compared(backend: Any) -> None:
    """All that it reads is built by the models as they are, selected or not."""
    models = with_changes(lambda t: t.mutate(lines=_.lines + 5), VIEW)
    (table,) = diff_all(backend, models, select="mart_sizes").tables
    assert [column.column for column in table.columns] == ["mean_lines", "title"]


def test_nothing_is_published_and_nothing_stays(backend: Any) -> None:
    """Also where a statement fails."""
    before = tables_in(backend), backend.raw_sql("FROM main_mart.mart_sizes").fetchall()
    diff_all(backend, with_changes(lambda t: t.mutate(pulls=-_.pulls)))
    with pytest.raises(DatabaseError, match="mart_sizes"):
        diff_all(backend, with_changes(lambda t: t.mutate(pulls=_.repo_name.cast(int))))
    assert (tables_in(backend), backend.raw_sql("FROM main_mart.mart_sizes").fetchall()) == before


def test_without_published_tables_there_is_nothing_to_compare() -> None:
    with pytest.raises(DatabaseError, match="nothing is published"):
        diff_all(loaded(), MODELS)


def test_tables_without_a_fingerprint_are_compared(backend: Any) -> None:
    """An earlier version has published them."""
    backend.raw_sql("COMMENT ON TABLE main_mart.mart_sizes IS 'One. [cursor_marts]'")
    try:
        assert diff_all(backend, MODELS).equal == ("mart_sizes",)
    finally:
        build_all(backend, MODELS)


def test_data_that_was_loaded_since_is_told_from_a_change(tmp_path: Path) -> None:
    """A part of what differs comes from it."""
    backend = ibis.duckdb.connect()
    for days in (20, 30):
        landed(generate(1, end=WINDOW.end, days=days, developers=2), tmp_path / "raw")
        load(tmp_path / "raw", DuckDBSession(backend))
        if days == 20:
            build_all(backend, MODELS)
            changed = with_changes(lambda t: t.mutate(pulls=_.pulls + 1))
            assert diff_all(backend, changed).remarks == ()
    found = diff_all(backend, changed)
    assert found.remarks == (OTHER_DATA,)
