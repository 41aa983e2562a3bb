"""The enriched pull request on rows that can be checked in the head."""

from datetime import timedelta
from typing import Any

import pytest
from support.raw_rows import at, comment, commit, computed, link, pr, review


def enriched(**tables: Any) -> list[dict[str, Any]]:
    """Return int_pr_with_commits."""
    return computed("int_pr_with_commits", **tables)


def the_one(**tables: Any) -> dict[str, Any]:
    (row,) = enriched(**tables)
    return row


def test_commits_are_linked_by_hash_and_by_number_and_count_once() -> None:
    """c1 by hash, c2 by number, c3 both ways, c4 not at all: three commits of 100 lines."""
    commits = [
        commit("c1"),
        commit("c2", pull_request_number=1),
        commit("c3", pull_request_number=1),
        commit("c4"),
    ]
    row = the_one(
        pull_requests=[pr()], commits=commits, pull_request_commits=[link("c1"), link("c3")]
    )
    assert row["linked_commit_count"] == 3
    assert row["linked_ai_lines"] == 90
    assert row["linked_total_lines"] == 300


def test_a_hash_links_a_commit_of_no_named_repository_but_not_of_another() -> None:
    """Neither the pull request's repository nor its fork: a commit of the same hash is another."""
    commits = [commit("c1", repo_name=None), commit("c2", repo_name="other/repo")]
    row = the_one(
        pull_requests=[pr()], commits=commits, pull_request_commits=[link("c1"), link("c2")]
    )
    assert row["linked_commit_count"] == 1


def test_a_number_links_only_within_the_repository() -> None:
    """Number 1 of another repository, or of none, is not this number 1."""
    commits = [
        commit("c1", repo_name="other/repo", pull_request_number=1),
        commit("c2", repo_name=None, pull_request_number=1),
    ]
    assert the_one(pull_requests=[pr()], commits=commits)["linked_commit_count"] == 0


def test_reviews_qualify_if_submitted_by_somebody_else() -> None:
    """Of an approval, a pending one, one's own and one by nobody known, two qualify."""
    reviews = [
        review(1),
        review(2, state="pending"),
        review(3, author_id=" ANN@example.com"),
        review(4, author_id=None, state="changes_requested"),
    ]
    row = the_one(pull_requests=[pr()], reviews=reviews)
    assert (row["review_count"], row["approval_count"], row["change_request_count"]) == (2, 1, 1)
    assert row["distinct_reviewers"] == 1
    assert row["iterations"] == 2


def test_without_reviews_the_asked_reviewers_count() -> None:
    """Two were asked, nobody came: two reviewers, no iteration."""
    row = the_one(pull_requests=[pr(reviewers=["a", "b"])])
    assert (row["distinct_reviewers"], row["iterations"], row["review_count"]) == (2, 0, 0)


def test_comments_are_by_others_and_a_text_counts_as_one() -> None:
    """Bob's comment and the text of his review; not Ann's answer, not an empty text."""
    row = the_one(
        pull_requests=[pr()],
        reviews=[review(1, body="LGTM"), review(2, body=" \n")],
        review_comments=[comment(1), comment(2, author_id="Ann@example.com")],
    )
    assert row["review_comment_count"] == 2
    assert row["review_density"] == 0.02


def test_first_commit_and_review_are_looked_up_where_the_source_is_silent() -> None:
    """Commit at 8:00, opened 10:00, reviewed 12:00, merged 20:00: 2 + 2 + 8 = 12 hours."""
    row = the_one(
        pull_requests=[pr()],
        commits=[commit("c1"), commit("c2", commit_ts=at(9))],
        pull_request_commits=[link("c1"), link("c2")],
        reviews=[review(1, created_at=at(13)), review(2, created_at=at(12))],
    )
    names = ("coding_lead_time", "pickup_time", "review_lead_time", "total_cycle_time")
    assert [row[f"{name}_hours"] for name in names] == [2.0, 2.0, 8.0, 12.0]
    assert row["review_cycle_time_hours"] == 10.0


@pytest.mark.parametrize(
    ("ratio", "band"),
    [(0.0, "low"), (0.2999, "low"), (0.3, "medium"), (0.6, "medium"), (0.6001, "high")],
)
def test_bands_have_their_bounds_in_the_middle(ratio: float, band: str) -> None:
    """Exactly 0.3 and 0.6 are medium."""
    assert the_one(pull_requests=[pr(ai_ratio=ratio)])["ai_usage_band"] == band


def test_the_ratio_is_the_sources_else_the_commits_else_unknown() -> None:
    """30 AI lines of 100 in the commits make 0.3; nothing known is unknown, not 0."""
    linked = {"commits": [commit()], "pull_request_commits": [link()]}
    assert the_one(pull_requests=[pr(ai_ratio=0.9)], **linked)["final_ai_ratio"] == 0.9
    assert the_one(pull_requests=[pr()], **linked)["final_ai_ratio"] == 0.3
    row = the_one(pull_requests=[pr()])
    assert (row["final_ai_ratio"], row["ai_usage_band"]) == (None, "unknown")


@pytest.mark.parametrize(
    ("after", "follows"),
    [
        (timedelta(0), False),
        (timedelta(microseconds=1), True),
        (timedelta(hours=48), True),
        (timedelta(hours=48, microseconds=1), False),
    ],
)
def test_a_hotfix_is_opened_within_48_hours_after_the_merge(
    after: timedelta, follows: bool
) -> None:
    """After it, not with it; at 48 hours, not later."""
    fix = pr(2, is_bug_fix=True, created_at=at(20) + after, merged_at=None, state="open")
    first, _ = sorted(enriched(pull_requests=[pr(), fix]), key=lambda row: row["pr_number"])
    assert first["has_hotfix_followup"] is follows


def test_a_bug_fix_elsewhere_is_no_hotfix() -> None:
    """Another repository's bug fix says nothing of this one."""
    fix = pr(2, repo_name="other/repo", is_bug_fix=True, created_at=at(21), merged_at=at(22))
    rows = enriched(pull_requests=[pr(), fix])
    assert not any(row["has_hotfix_followup"] for row in rows)


def test_each_review_takes_15_minutes_and_5_per_100_lines() -> None:
    """Three reviews of 100 lines: 3 × 20 minutes are one hour."""
    row = the_one(pull_requests=[pr()], reviews=[review(1), review(2), review(3)])
    assert row["review_hours_estimate"] == 1.0


def test_density_over_no_lines_is_unknown() -> None:
    """Nothing is divided by 0."""
    row = the_one(pull_requests=[pr(additions=0, deletions=0)], reviews=[review(body="hm")])
    assert row["review_density"] is None
