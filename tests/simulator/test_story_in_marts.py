"""The marts show every kind of work of the invented company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import mean

import ibis
import pytest
from support.in_memory import built_world, landed
from support.merges import kind_of_author
from support.raw_rows import Row, rows_of

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.raw.privacy import Redaction
from cursor_marts.simulator import generate

pytestmark = pytest.mark.slow

WORLD = generate(end=date(2026, 11, 20))
PULLS = "mart_pull_requests"
TEXTS_OR_AGES = {"title", "author", "age_hours", "waiting_hours"}
Marts = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def marts() -> Marts:
    """The rows of a table of a build of the demo's world."""
    backend = built_world(WORLD)
    return lambda table: rows_of(backend, f"main_mart.{table}")


def test_the_marts_tell_people_agents_and_bots_apart(marts: Marts) -> None:
    """Agents' work is AI's; bots' is in no mart but those that show it apart."""
    pulls = marts(PULLS)
    for kind in ("human", "agent", "bot"):
        found = {(p["repo_name"], p["pr_number"]) for p in pulls if p["author_kind"] == kind}
        pulls_of_kind = [p for p in WORLD.pulls if kind_of_author(p) == kind]
        assert found == {(p["repo_name"], p["number"]) for p in pulls_of_kind}
    assert {p["final_ai_ratio"] for p in pulls if p["author_kind"] == "agent"} == {1.0}
    merged = sum(p["merged_at"] is not None and p["author_kind"] != "bot" for p in pulls)
    assert sum(row["total_prs"] for row in marts("mart_velocity")) == merged
    assert sum(row["agent_prs"] for row in marts("mart_velocity")) > 0
    assert sum(row["bot_prs"] for row in marts("mart_coverage")) > 0
    assert sum(row["total_bot_reviews"] for row in marts("mart_review_costs")) > 0


def test_the_marts_count_a_draft_from_when_it_was_ready(marts: Marts) -> None:
    """And mere replies as no reviews."""
    pulls = {(p["repo_name"], p["pr_number"]): p for p in marts(PULLS)}
    for pull in (p for p in WORLD.pulls if "ready_at" in p):
        opened = pulls[pull["repo_name"], pull["number"]]["opened_at"]
        assert f"{opened:%Y-%m-%dT%H:%M:%S}" == pull["ready_at"][:19]
    by_people = [r for r in WORLD.reviews if "author_type" not in r and r["state"] != "pending"]
    assert 0 < sum(p["review_count"] for p in pulls.values()) < len(by_people)


def test_the_marts_show_reverts_and_what_stands_again(marts: Marts) -> None:
    """By the source's word, or by the pull request that reverts; about one in twenty-five."""
    pulls = {(p["repo_name"], p["pr_number"]): p for p in marts(PULLS)}
    merged = [p for p in pulls.values() if p["merged_at"] and p["author_kind"] != "bot"]
    assert 0.02 < mean(p["is_reverted"] for p in merged) < 0.07
    assert any(p["is_reverted"] and p["reverted_by"] for p in merged)
    assert any(p["is_reverted"] and not p["reverted_by"] for p in merged)
    for pull in (p for p in WORLD.pulls if p["body"].startswith("Reverts ")):
        repo, number = pull["body"].removeprefix("Reverts ").split("#")
        undone, by = pulls[repo, int(number)], pulls[repo, pull["number"]]
        assert undone["is_reverted"] == (not by["is_reverted"] and by["merged_at"] is not None)


def test_the_marts_show_bug_fixes_by_every_rule(marts: Marts) -> None:
    """And by the source's word, which needs no rule."""
    fixes = [p for p in marts(PULLS) if p["is_bug_fix"]]
    assert {p["bug_fix_rule"] for p in fixes} == {"label", "title", "branch", None}


def test_the_numbers_are_the_same_without_texts(marts: Marts, tmp_path: Path) -> None:
    """With digests the words of reverts, types of titles and subjects of commits still count."""
    landed(WORLD, tmp_path / "raw", redaction=Redaction("a key of the team's"))
    backend = ibis.duckdb.connect()
    load(tmp_path / "raw", DuckDBSession(backend))
    build_all(backend)
    hidden = {(p["repo_name"], p["pr_number"]): p for p in rows_of(backend, f"main_mart.{PULLS}")}
    for pull in marts(PULLS):
        other = hidden[pull["repo_name"], pull["pr_number"]]
        assert {name for name in pull if pull[name] != other[name]} <= TEXTS_OR_AGES


def test_coverage_is_below_all_and_differs_between_repositories(marts: Marts) -> None:
    """Rewritten commits are linked; one repository is covered less than the others."""
    rows = marts("mart_coverage")
    total = {name: sum(r[name] for r in rows) for name in rows[0] if type(rows[0][name]) is int}
    assert 0.7 < total["linked_commits"] / total["pr_commits"] < 0.95
    assert 0.8 < total["ai_known_prs"] / total["total_prs"] < 0.97
    assert total["rewritten_commits"] > 0
    assert total["tracked_commits_in_prs"] < total["tracked_commits"]
    shares = {
        repo: sum(r["linked_commits"] for r in rows if r["repo_name"] == repo)
        / sum(r["pr_commits"] for r in rows if r["repo_name"] == repo)
        for repo in {r["repo_name"] for r in rows} - {"(unknown)"}
    }
    assert min(shares.values()) < 0.5
    assert max(shares.values()) > 0.85
    assert "unknown" in {row["ai_usage_band"] for row in marts("mart_ai_impact")}
