"""The lineage of a column as text, as Mermaid and as data."""

from __future__ import annotations

import cursor_marts
from cursor_marts.graph.catalog import catalog
from cursor_marts.models import all_models
from cursor_marts.reporting.column_lineage import by_table, value_sources


def test_a_column_as_text() -> None:
    """First the raw columns by how they are read, then each step."""
    assert cursor_marts.lineage(column="stg_repos.default_branch").text().splitlines() == [
        "stg_repos.default_branch",
        "",
        "comes from",
        "  value     raw.repos: default_branch",
        "  filter    raw.repos: full_name",
        "  join key  raw.repos: full_name",
        "  grouping  raw.repos: full_name",
        "  order     raw.repos: default_branch, known_until, extra",
        "",
        "step by step",
        "stg_repos.default_branch",
        "├── value: raw.repos.default_branch",
        "└── rows: stg_repos",
        "    ├── filter: raw.repos.full_name",
        "    ├── join key: raw.repos.full_name",
        "    ├── grouping: raw.repos.full_name",
        "    ├── order: raw.repos.default_branch, extra, known_until",
        "    └── rows: raw.repos",
    ]


def test_what_reads_a_column_as_text() -> None:
    found = cursor_marts.lineage(column="raw.repos.known_until", downstream=True)
    assert found.text().splitlines() == [
        "raw.repos.known_until",
        "",
        "read by",
        "  value     mart_coverage: known_until, week_is_over",
        "  order     mart_coverage: known_until, week_is_over",
        "",
        "step by step",
        "raw.repos.known_until",
        "├── value: stg_repos.known_until",
        "│   └── value: mart_coverage.known_until, week_is_over",
        "└── order: stg_repos",
        "    └── rows: mart_coverage.known_until, week_is_over",
    ]


def test_a_column_at_an_end() -> None:
    """A raw column comes from the source; not every column is read by a mart."""
    assert "comes from\n  the source\n" in cursor_marts.lineage(column="repos.extra").text()
    unread = cursor_marts.lineage(column="rejects.reason", downstream=True)
    assert "read by\n  no mart\n" in unread.text()


def test_a_column_as_mermaid() -> None:
    lines = cursor_marts.lineage(column="stg_repos.default_branch").mermaid().splitlines()
    assert lines[0] == "flowchart LR"
    assert "  subgraph stg_repos" in lines
    assert '    stg_repos__rows["(rows)"]' in lines
    assert "  repos__default_branch --> stg_repos__default_branch" in lines
    assert "  repos__full_name -->|join key| stg_repos__rows" in lines


def test_a_column_as_data() -> None:
    data = cursor_marts.lineage(column="mart_quality.unreviewed_prs").data()
    assert data["column"] == "mart_quality.unreviewed_prs"
    assert data["direction"] == "upstream"
    assert data["columns"]["value"] == ["raw.reviews.author_id", "raw.reviews.author_type"]
    step = {
        "from": "int_pr_with_commits.review_count",
        "to": "mart_quality.unreviewed_prs",
        "how": "value",
    }
    assert step in data["steps"]


def test_the_raw_columns_of_a_value_as_one_line() -> None:
    found = value_sources(catalog(all_models()), "mart_review_costs")["avg_review_density"]
    assert by_table(found) == (
        "raw.pull_requests: additions, deletions; raw.reviews: author_id, author_type, body"
    )


def test_a_description_names_the_raw_columns() -> None:
    columns = {column.name: column for column in cursor_marts.describe("mart_quality").columns}
    assert columns["unreviewed_prs"].comes_from == (
        "raw.reviews.author_id",
        "raw.reviews.author_type",
    )
    assert columns["total_prs"].comes_from == ()
