"""The marts on rows that a reader can check by hand."""

from datetime import date, datetime, timedelta
from typing import Any

import ibis
import pytest
from support.raw_rows import MONDAY, REPO, at, built, commit, computed, link, one, pr, review

from cursor_marts.models.definitions import week_of
from cursor_marts.models.marts.merged import miscounted, unreconciled

#: The first pull request lists the commit c1.
LINKED = {"pull_request_commits": [link("c1")]}


def velocity(**tables: Any) -> dict[str, Any]:
    return one("main_mart.mart_velocity", **tables)


def test_only_merged_pull_requests_are_counted() -> None:
    """An open and a closed pull request are in no mart by week."""
    rows = [pr(1), pr(2, merged_at=None, state="open"), pr(3, merged_at=None, state="closed")]
    assert velocity(pull_requests=rows)["total_prs"] == 1


@pytest.mark.parametrize(
    ("merged", "week"),
    [
        (MONDAY, date(2026, 9, 7)),
        (MONDAY - timedelta(microseconds=1), date(2026, 8, 31)),
        (at(6 * 24 + 23), date(2026, 9, 7)),
    ],
)
def test_a_week_begins_on_monday_at_midnight(merged: datetime, week: date) -> None:
    """Sunday belongs to the Monday before it."""
    row = pr(created_at=merged - timedelta(hours=1), merged_at=merged)
    assert velocity(pull_requests=[row])["week"] == week


def test_a_week_before_1970_begins_on_monday_too() -> None:
    """Days are counted from a Monday of 1970, backwards as well."""
    sunday = ibis.literal(datetime(1969, 12, 28, 12))
    assert ibis.duckdb.connect().execute(week_of(sunday)).date() == date(1969, 12, 22)


def test_developers_are_counted_once() -> None:
    """Ann twice in two spellings and Bob are two developers."""
    rows = [pr(1), pr(2, author_email="ANN@example.com"), pr(3, author_email="bob@example.com")]
    assert velocity(pull_requests=rows)["active_developers"] == 2


def test_velocity_averages() -> None:
    """Sizes 100 and 300, files 2 and 4, cycle times 10 and 20 hours."""
    big = pr(2, additions=280, changed_files=4, merged_at=at(30))
    row = velocity(pull_requests=[pr(1), big])
    assert (row["avg_pr_size"], row["avg_files_changed"]) == (200.0, 3.0)
    assert row["avg_total_cycle_time"] == 15.0
    assert row["p50_cycle_time"] == 15.0
    assert row["p90_cycle_time"] == pytest.approx(19.0)
    assert (row["coding_lead_time"], row["pickup_time"], row["total_cycle_time"]) == (
        None,
        None,
        None,
    )


def test_total_cycle_time_adds_what_is_known() -> None:
    """A coding time of 2 hours and no review: 2 hours in all."""
    row = velocity(pull_requests=[pr(first_commit_at=at(8))])
    assert (row["coding_lead_time"], row["pickup_time"]) == (2.0, None)
    assert row["total_cycle_time"] == 2.0
    assert row["avg_total_cycle_time"] == 12.0


def test_ai_shares() -> None:
    """Ratios 0.2 and 0.6 and one unknown; 30 of 240 added lines by AI."""
    rows = [
        pr(1, ai_ratio=0.2, tab_lines=10, composer_lines=5),
        pr(2, ai_ratio=0.6, tab_lines=10, composer_lines=5),
        pr(3),
    ]
    row = velocity(pull_requests=rows)
    assert row["avg_ai_ratio"] == pytest.approx(0.4)
    assert row["ai_coverage"] == pytest.approx(2 / 3)
    assert (row["total_ai_lines"], row["total_lines"]) == (30, 240)
    assert row["ai_line_share"] == 0.125


def test_linked_commits_replace_counts_that_the_source_omits() -> None:
    """No commit_count, no tab_lines: one linked commit with 30 AI lines."""
    linked = {"commits": [commit()], "pull_request_commits": [link()]}
    row = velocity(pull_requests=[pr(composer_lines=5)], **linked)
    assert (row["total_commits"], row["total_ai_lines"]) == (1, 30)
    row = velocity(pull_requests=[pr(commit_count=4, tab_lines=1, composer_lines=2)], **linked)
    assert (row["total_commits"], row["total_ai_lines"]) == (4, 3)


def test_the_line_share_is_at_most_one_and_unknown_over_no_lines() -> None:
    """More AI lines than lines give a share of 1; without lines the share is NULL."""
    assert velocity(pull_requests=[pr(tab_lines=90, composer_lines=0)])["ai_line_share"] == 1.0
    assert velocity(pull_requests=[pr(additions=0)])["ai_line_share"] is None


def test_ai_impact_has_a_row_per_band() -> None:
    """Two pull requests in the low band, one of them reverted, and a bug fix in the high band."""
    rows = [
        pr(1, ai_ratio=0.1, was_reverted=True),
        pr(2, ai_ratio=0.2),
        pr(3, ai_ratio=0.9, is_bug_fix=True, created_at=at(21), merged_at=at(22)),
    ]
    high, low = built("main_mart.mart_ai_impact", pull_requests=rows, reviews=[review(1, 3)])
    assert (low["ai_usage_band"], low["pr_count"], low["revert_rate"]) == ("low", 2, 0.5)
    assert low["hotfix_rate"] == 1.0
    assert low["avg_ai_ratio"] == pytest.approx(0.15)
    assert (high["ai_usage_band"], high["pr_count"], high["bug_fix_rate"]) == ("high", 1, 1.0)
    assert (high["avg_iterations"], high["avg_reviewers"], high["hotfix_rate"]) == (1.0, 1.0, 0.0)


def test_quality() -> None:
    """Of three, one in the high band is reverted, one is a bug fix, two lack a review."""
    rows = [
        pr(1, ai_ratio=0.9, was_reverted=True, additions=380),
        pr(2, is_bug_fix=True),
        pr(3, additions=180),
    ]
    row = one("main_mart.mart_quality", pull_requests=rows, reviews=[review()])
    assert (row["total_prs"], row["reverted_prs"], row["bug_fix_prs"]) == (3, 1, 1)
    assert row["revert_rate"] == row["bug_fix_rate"] == pytest.approx(1 / 3)
    assert (row["ai_ratio_high_reverts"], row["ai_ratio_low_reverts"]) == (1, 0)
    assert row["unreviewed_prs"] == 2
    assert row["avg_reviews_per_pr"] == row["avg_approvals_per_pr"] == pytest.approx(1 / 3)
    assert (row["avg_reverted_pr_size"], row["avg_successful_pr_size"]) == (400.0, 150.0)


def test_review_costs() -> None:
    """100 lines with two reviews and 600 lines with one: 2 × 20 + 1 × 45 minutes."""
    reviews = [
        review(1),
        review(2, author_id="cleo@example.com", state="changes_requested", body="why?"),
        review(3, pr_number=2),
    ]
    rows = [pr(1), pr(2, additions=580)]
    row = one("main_mart.mart_review_costs", pull_requests=rows, reviews=reviews)
    assert (row["total_prs"], row["total_reviews"], row["total_review_comments"]) == (2, 3, 1)
    assert (row["avg_review_rounds"], row["avg_reviewers_per_pr"]) == (1.5, 1.5)
    assert row["estimated_total_review_hours"] == pytest.approx(85 / 60)
    assert row["estimated_review_hours_per_pr"] == pytest.approx(85 / 120)
    assert (row["large_prs"], row["avg_large_pr_size"], row["avg_pr_size"]) == (1, 600.0, 350.0)
    assert row["avg_review_cycle_time"] == 10.0
    assert row["avg_review_density"] == pytest.approx(0.005)


def test_500_lines_are_not_large() -> None:
    """More than 500 is large."""
    rows = [pr(1, additions=480), pr(2, additions=481)]
    row = one("main_mart.mart_review_costs", pull_requests=rows)
    assert (row["large_prs"], row["avg_large_pr_size"]) == (1, 501.0)


def test_the_same_number_in_two_repositories_is_two_pull_requests() -> None:
    """A number is unique in its repository only."""
    rows = [pr(1), pr(1, repo_name="other/repo", additions=0)]
    reviews = [review(1)]
    found = built("main_mart.mart_quality", pull_requests=rows, reviews=reviews)
    assert [(row["repo_name"], row["unreviewed_prs"]) for row in found] == [
        (REPO, 0),
        ("other/repo", 1),
    ]


def test_empty_raw_tables_give_empty_marts() -> None:
    """Without pull requests every mart exists and is empty."""
    for mart in ("mart_velocity", "mart_ai_impact", "mart_quality", "mart_review_costs"):
        assert built(f"main_mart.{mart}", repos=[]) == []


@pytest.mark.parametrize(
    ("mart", "staging", "differs"), [("", "7", True), ("7", "", True), ("", "", False)]
)
def test_a_total_without_rows_is_0(mart: str, staging: str, differs: bool) -> None:
    """An empty mart beside merged pull requests is not reconciled, nor is the reverse."""
    backend = ibis.duckdb.connect()

    def total(of: str) -> ibis.Value:
        return backend.sql(f"SELECT {of or 7}::BIGINT AS n WHERE {bool(of)}").n.sum()

    assert unreconciled(total(mart), total(staging)).count().execute() == int(differs)


def test_a_group_that_only_one_table_has_is_miscounted() -> None:
    """A week of the mart without a merge, and a merge in a week that the mart lacks."""
    backend = ibis.duckdb.connect()
    mart = backend.sql("SELECT DATE '2026-09-07' AS week, 'a' AS repo_name, 1 AS total_prs")
    merged = backend.sql(
        "SELECT TIMESTAMP '2026-09-08' AS merged_at, 'b' AS repo_name, 'human' AS author_kind"
    )
    assert miscounted(mart, "total_prs", merged, ["week", "repo_name"]).count().execute() == 2


#: The extraction that the raw rows are of ends on Tuesday at 10:00.
EXTRACTED = [{"run_id": "one", "resource": "pull_requests", "finished_at": at(34)}]


def waits(pull_request: dict[str, Any], **tables: Any) -> tuple[float | None, float | None]:
    """Return the age and the wait of a pull request."""
    tables = {"extractions": EXTRACTED, **tables}
    (row,) = computed("mart_pull_requests", pull_requests=[pull_request], **tables)
    return row["age_hours"], row["waiting_hours"]


def waiting(**columns: Any) -> dict[str, Any]:
    """Return a pull request that was opened on Monday at 10:00 and is open."""
    return pr(merged_at=None, state="open", **columns)


def test_an_open_pull_request_waits_since_its_last_review() -> None:
    """Without a review since it was opened; until the end of the extraction."""
    assert waits(waiting()) == (24.0, 24.0)
    reviews = [review(1, created_at=at(12)), review(2, created_at=at(20))]
    assert waits(waiting(), reviews=reviews) == (24.0, 14.0)


@pytest.mark.parametrize(
    "columns",
    [
        {"author_id": "coderabbitai[bot]", "author_type": "Bot"},
        {"author_id": "ann@example.com"},
        {"state": "pending"},
    ],
)
def test_a_review_that_does_not_qualify_ends_no_wait(columns: dict[str, Any]) -> None:
    """It is by a bot, by the author, or not submitted."""
    assert waits(waiting(), reviews=[review(**columns)]) == (24.0, 24.0)


def test_a_draft_waits_since_it_was_ready() -> None:
    """A review of the draft before that is no reason to wait less."""
    assert waits(waiting(ready_at=at(30))) == (4.0, 4.0)
    assert waits(waiting(ready_at=at(30)), reviews=[review()]) == (4.0, 4.0)


@pytest.mark.parametrize("row", [pr(), pr(merged_at=None, state="closed", closed_at=at(20))])
def test_a_pull_request_that_is_not_open_does_not_wait(row: dict[str, Any]) -> None:
    """Merged or closed."""
    assert waits(row) == (None, None)


def test_a_wait_is_unknown_without_the_end_of_the_extraction() -> None:
    """Raw tables that other tools load may have no record of extractions."""
    assert waits(waiting(), extractions=[]) == (None, None)


def test_a_wait_is_never_negative() -> None:
    """The source's clock may be ahead of the one of the extraction."""
    assert waits(waiting(created_at=at(35))) == (0.0, 0.0)


def test_coverage_counts_pull_requests_and_their_commits() -> None:
    """A person's with 4 commits, 1 of them linked; a bot's; an open one; one without AI lines."""
    rows = [
        pr(1, commit_count=4),
        pr(2, author_id="dependabot[bot]", author_email=None, commit_count=9),
        pr(3, merged_at=None, state="open", commit_count=9),
        pr(4, commit_count=1),
    ]
    (row,) = computed("mart_coverage", pull_requests=rows, commits=[commit("c1")], **LINKED)
    assert (row["total_prs"], row["bot_prs"], row["ai_known_prs"]) == (2, 1, 1)
    assert (row["pr_commits"], row["linked_commits"], row["rewritten_commits"]) == (5, 1, 0)
    assert row["linked_commit_share"] == pytest.approx(1 / 5)


def test_coverage_of_a_week_of_bots_has_no_commits() -> None:
    """They are 0, not unknown; there is nothing of which some could be linked."""
    bot = {"author_id": "dependabot[bot]", "author_email": None, "commit_count": 9}
    (row,) = computed("mart_coverage", pull_requests=[pr(1, **bot), pr(2, **bot)])
    assert (row["total_prs"], row["bot_prs"], row["pr_commits"]) == (0, 2, 0)
    assert (row["linked_commits"], row["rewritten_commits"]) == (0, 0)
    assert row["linked_commit_share"] is None


def test_coverage_counts_tracked_commits_in_the_week_of_the_commit() -> None:
    """One in a pull request that is merged a week later, one in none, one without a repository."""
    commits = [commit("c1"), commit("c2"), commit("c3", repo_name=None)]
    later = pr(1, merged_at=at(7 * 24 + 12))
    rows = {
        (row["week"], row["repo_name"]): (
            row["total_prs"],
            row["tracked_commits"],
            row["tracked_commits_in_prs"],
        )
        for row in computed("mart_coverage", pull_requests=[later], commits=commits, **LINKED)
    }
    assert rows == {
        (date(2026, 9, 7), REPO): (0, 2, 1),
        (date(2026, 9, 7), "(unknown)"): (0, 1, 0),
        (date(2026, 9, 14), REPO): (1, 0, 0),
    }


def test_a_tracked_commit_of_two_pull_requests_is_one() -> None:
    """A branch on another branch has the commits of both."""
    links = [link("c1", 1), link("c1", 2)]
    (row,) = computed(
        "mart_coverage",
        pull_requests=[pr(1), pr(2)],
        commits=[commit("c1")],
        pull_request_commits=links,
    )
    assert (row["total_prs"], row["linked_commits"]) == (2, 2)
    assert (row["tracked_commits"], row["tracked_commits_in_prs"]) == (1, 1)


def test_coverage_says_until_when_a_repository_is_known() -> None:
    """One that the loaded run has read, one that only an earlier run has, one that none lists."""
    run = {"run_id": "one", "resource": "pull_requests", "is_current": True}
    earlier = {"full_name": "acme/api", "known_until": at(24 * 7)}
    rows = computed(
        "mart_coverage",
        repos=[{"full_name": REPO}, earlier],
        pull_requests=[pr(), pr(repo_name="acme/api"), pr(repo_name="acme/x"), pr(2)],
        extractions=[run | {"started_at": at(24 * 6), "finished_at": at(24 * 8)}],
    )
    assert {r["repo_name"]: (r["known_until"], r["week_is_over"]) for r in rows} == {
        REPO: (at(24 * 6), False),
        "acme/api": (at(24 * 7), True),
        "acme/x": (None, None),
    }
