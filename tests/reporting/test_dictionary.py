"""The generated pages describe the contracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.raw_rows import loaded, pr

from cursor_marts.building.run import build_all
from cursor_marts.contracts import columns_of, described_columns
from cursor_marts.engines.names import DUCKDB
from cursor_marts.graph.catalog import Entry, catalog
from cursor_marts.graph.selection import selected
from cursor_marts.models import all_models
from cursor_marts.reporting.describing import described
from cursor_marts.reporting.dictionary import pages, write
from cursor_marts.reporting.lineage import Lineage

DOCS = Path(__file__).parents[2] / "docs"
ALL = catalog(all_models())
NAME_OF = {entry.contract: entry.name for entry in ALL.values()}
#: Numbers that count nothing: they say which one.
NAMES = ("id", "number", "line", "by")


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_pages_are_current(name: str, tmp_path: Path) -> None:
    """Run `make docs` after a change of a contract."""
    write(tmp_path)
    assert (DOCS / name).read_text("utf-8") == (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize("entry", ALL.values(), ids=lambda entry: entry.name)
def test_every_column_is_described(entry: Entry) -> None:
    """Each column and table has a sentence, each quantity a unit."""
    assert entry.meaning.endswith(".")
    for column in described_columns(entry.contract):
        assert column.description.endswith("."), column.name
        is_name = column.name.split("_")[-1] in NAMES
        assert bool(column.unit) == (column.type.is_numeric() and not is_name), column.name


@pytest.mark.parametrize("entry", ALL.values(), ids=lambda entry: entry.name)
def test_every_table_and_column_is_in_the_dictionary(entry: Entry) -> None:
    """With each data test in words."""
    page = pages()["dictionary.md"]
    section = page.partition(f"\n### {entry.name}\n")[2].partition("\n### ")[0]
    for column in columns_of(entry.contract):
        assert f"| `{column}` |" in section
    table = described(ALL, entry)
    assert all(f"`{test.name}`" in section for test in table.tests)
    (grain,) = [line for line in section.splitlines() if line.startswith("- One row per:")]
    assert all(f"`{column}`" in grain for column in table.grain)


def test_types_are_as_the_database_shows_them() -> None:
    """They equal the types in DESCRIBE of a built table."""
    backend = loaded(pull_requests=[pr()])
    build_all(backend)
    for entry in ALL.values():
        if entry.kind == "ephemeral":
            continue
        table = f"{DUCKDB.schema(entry.layer)}.{entry.name}"
        shown = {row[0]: row[1] for row in backend.raw_sql(f"DESCRIBE {table}").fetchall()}
        columns = described(ALL, entry).columns
        assert {column.name: column.types["duckdb"] for column in columns} == shown


def test_the_tests_of_a_column_are_shown_with_it() -> None:
    """Tests of several columns are below the table."""
    quality = described(ALL, ALL["mart_quality"])
    rate = next(column for column in quality.columns if column.name == "revert_rate")
    assert [test.description for test in rate.tests] == [
        "revert_rate is always known.",
        "revert_rate is at least 0.",
        "revert_rate is at most 1.",
    ]
    columns = described(ALL, ALL["stg_pull_requests"]).columns
    state = next(column for column in columns if column.name == "state")
    assert state.tests[-1].description == "state is one of: open, closed, merged."
    assert "parts_within_total" in {test.name for test in quality.tests}
    assert "week" not in {test.column for test in quality.tests}


def test_every_test_that_a_build_runs_is_described() -> None:
    for table in build_all(loaded(pull_requests=[pr()])).models:
        found = described(ALL, ALL[table.model])
        known = (*found.tests, *(test for column in found.columns for test in column.tests))
        assert {test.test for test in table.tests} <= {test.name for test in known}


def test_the_lineage_follows_from_the_signatures() -> None:
    """One edge for each table that a model reads, and no other."""
    edges = {
        (NAME_OF[contract], model.name)
        for model in all_models()
        for contract in model.reads.values()
    }
    assert set(Lineage(tuple(ALL.values())).edges) == edges


def test_a_part_of_the_lineage_as_text_and_as_mermaid() -> None:
    """The selected tables and the edges between them; a subtree is printed once."""
    names = "stg_commits +stg_reviews int_pr_with_commits mart_quality mart_velocity"
    assert Lineage(selected(ALL, names)).text().splitlines() == [
        "stg_commits",
        "├── repos",
        "└── extractions",
        "mart_quality",
        "└── int_pr_with_commits",
        "    └── stg_reviews",
        "        ├── reviews",
        "        ├── repos",
        "        └── extractions",
        "mart_velocity",
        "└── int_pr_with_commits …",
    ]
    assert Lineage(selected(ALL, "+stg_repos")).mermaid().splitlines() == [
        "flowchart LR",
        "  subgraph raw",
        "    repos",
        "    extractions",
        "  end",
        "  subgraph staging",
        "    stg_repos",
        "  end",
        "  repos --> stg_repos",
        "  extractions --> stg_repos",
    ]
