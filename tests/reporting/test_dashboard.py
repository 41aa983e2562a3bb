"""A dashboard reads the marts with plain SQL, from another process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.merges import counted_merges

from cursor_marts import connect
from cursor_marts.commands.pipeline import run_build
from cursor_marts.commands.settings import Settings
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

WORLD = generate(5, end=Window.parse().end, days=60, developers=6)
MERGED = counted_merges(WORLD)
REPO = "acme-demo/payments"
#: The columns are written out, as a dashboard would: a renamed one is a break.
QUERIES = {
    "mart_velocity": """
        SELECT week, repo_name, active_developers, total_prs, total_commits, avg_pr_size,
               avg_files_changed, coding_lead_time, pickup_time, review_lead_time,
               total_cycle_time, avg_total_cycle_time, p50_cycle_time, p90_cycle_time,
               avg_ai_ratio, ai_coverage, total_ai_lines, total_lines, ai_line_share,
               p50_coding_lead_time, p50_pickup_time, p50_review_lead_time, agent_prs
        FROM main_mart.mart_velocity
        WHERE repo_name = $repo AND week >= CURRENT_DATE - INTERVAL '90' DAY
        ORDER BY week""",
    "mart_ai_impact": """
        SELECT week, ai_usage_band, pr_count, avg_ai_ratio, avg_coding_lead_time,
               avg_review_cycle_time, avg_total_cycle_time, avg_review_density, avg_iterations,
               avg_reviewers, avg_pr_size, avg_files_changed, revert_rate, bug_fix_rate, hotfix_rate
        FROM main_mart.mart_ai_impact
        WHERE ai_usage_band IN ('low', 'medium', 'high', 'unknown')
          AND week >= CURRENT_DATE - INTERVAL '90' DAY
        ORDER BY week, ai_usage_band""",
    "mart_quality": """
        SELECT week, repo_name, total_prs, reverted_prs, revert_rate, bug_fix_prs, bug_fix_rate,
               ai_ratio_high_reverts, ai_ratio_low_reverts, avg_reviews_per_pr,
               avg_approvals_per_pr, unreviewed_prs, avg_reverted_pr_size, avg_successful_pr_size
        FROM main_mart.mart_quality
        WHERE repo_name = $repo AND week >= CURRENT_DATE - INTERVAL '90' DAY
        ORDER BY week""",
    "mart_review_costs": """
        SELECT week, repo_name, total_prs, avg_review_cycle_time, avg_review_rounds,
               avg_reviewers_per_pr, total_reviews, total_review_comments, avg_review_density,
               estimated_review_hours_per_pr, estimated_total_review_hours, avg_pr_size,
               large_prs, avg_large_pr_size, total_bot_reviews
        FROM main_mart.mart_review_costs
        WHERE repo_name = $repo AND week >= CURRENT_DATE - INTERVAL '90' DAY
        ORDER BY week""",
    "mart_coverage": """
        SELECT week, repo_name, total_prs, bot_prs, ai_known_prs, pr_commits, linked_commits,
               rewritten_commits, linked_commit_share, tracked_commits, tracked_commits_in_prs,
               known_until, week_is_over
        FROM main_mart.mart_coverage
        WHERE repo_name = $repo AND week >= CURRENT_DATE - INTERVAL '90' DAY
        ORDER BY week""",
    "company": """
        SELECT date_trunc('month', week) AS month, count(DISTINCT repo_name) AS repos,
               sum(total_prs) AS prs, sum(total_ai_lines) / sum(total_lines) AS ai_share
        FROM main_mart.mart_velocity GROUP BY month ORDER BY month""",
}
#: The dashboard has DuckDB and nothing of ours.
DASHBOARD = """
import duckdb, json, sys
path, queries, repo = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
answers = {}
with duckdb.connect(path, read_only=True) as connection:
    for name, query in queries.items():
        cursor = connection.execute(query, {"repo": repo} if "$repo" in query else None)
        names = [column[0] for column in cursor.description]
        answers[name] = [dict(zip(names, row)) for row in cursor.fetchall()]
assert not any(name.startswith(("cursor_marts", "ibis")) for name in sys.modules)
print(json.dumps(answers, default=str))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dashboard")
    with serve(Simulator(WORLD, rate_limit=None)) as url:
        settings = Settings(source=url, window=Window.parse("90d"), data_dir=folder)
        run_build(settings)
    return settings.database


@pytest.fixture(scope="module")
def answers(database: Path) -> dict[str, list[dict[str, Any]]]:
    """The results of the dashboard's queries, while another process has the file open."""
    with connect(database.parent):
        run = subprocess.run(
            [sys.executable, "-c", DASHBOARD, str(database), json.dumps(QUERIES), REPO],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("mart", ["mart_velocity", "mart_quality", "mart_review_costs"])
def test_a_chart_of_a_repository(mart: str, answers: dict[str, list[dict[str, Any]]]) -> None:
    """Each week once, with all counted merges of this repository alone."""
    rows = answers[mart]
    assert {row["repo_name"] for row in rows} == {REPO}
    assert len({row["week"] for row in rows}) == len(rows) > 5
    assert sum(row["total_prs"] for row in rows) == sum(p["repo_name"] == REPO for p in MERGED)


def test_a_chart_of_bands(answers: dict[str, list[dict[str, Any]]]) -> None:
    """Each merge is in one of the four bands; one band is unknown."""
    rows = answers["mart_ai_impact"]
    assert sum(row["pr_count"] for row in rows) == len(MERGED)
    assert {row["ai_usage_band"] for row in rows} == {"low", "medium", "high", "unknown"}


def test_marts_add_up_over_months(answers: dict[str, list[dict[str, Any]]]) -> None:
    """Sums of counts and lines over weeks and repositories are those of the company."""
    rows = answers["company"]
    assert sum(row["prs"] for row in rows) == len(MERGED)
    assert max(row["repos"] for row in rows) == len(WORLD.repos)
    assert all(0 < row["ai_share"] < 1 for row in rows)


def test_the_queries_use_every_column_of_every_mart(database: Path) -> None:
    """So no column can be renamed without a failing test."""
    with connect(database.parent) as db:
        for mart in (name for name in QUERIES if name.startswith("mart_")):
            columns = QUERIES[mart].partition("FROM")[0].removeprefix("SELECT").split(",")
            asked = [name.split()[-1] for name in columns]
            assert asked == list(db[mart].columns)
