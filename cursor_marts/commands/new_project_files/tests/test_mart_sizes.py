"""Tests of mart_sizes: `python -m pytest tests` in the folder of the project."""

from __future__ import annotations

from datetime import datetime

from cursor_marts import run_model


def pull_request(lines: int, *, is_reverted: bool = False) -> dict[str, object]:
    """Return a merged pull request with this many lines."""
    return {
        "repo_name": "acme/web",
        "merged_at": datetime(2026, 9, 7, 12),
        "total_loc": lines,
        "is_reverted": is_reverted,
    }


def test_a_pull_request_has_the_size_that_holds_its_lines() -> None:
    """A bound belongs to the larger size; one that is not merged counts in none."""
    pull_requests = [
        pull_request(99),
        pull_request(100, is_reverted=True),
        pull_request(499),
        pull_request(500),
        pull_request(500) | {"merged_at": None},
    ]
    rows = run_model("mart_sizes", {"int_pr_with_commits": pull_requests})
    found = rows.select(["size", "pull_requests", "revert_rate"]).to_pylist()
    assert sorted(found, key=lambda row: row["size"]) == [
        {"size": "large", "pull_requests": 1, "revert_rate": 0.0},
        {"size": "medium", "pull_requests": 2, "revert_rate": 0.5},
        {"size": "small", "pull_requests": 1, "revert_rate": 0.0},
    ]
