"""Staging models on rows that can be checked in the head."""

from typing import Any

import pytest
from support.raw_rows import MONDAY, REPO, at, comment, commit, computed, link, pr, review


def staged(table: str, **tables: Any) -> list[dict[str, Any]]:
    return computed(table, **tables)


def test_a_repository_is_known_by_its_full_name() -> None:
    """`full_name` is `repo_name` from staging on."""
    assert staged("stg_repos") == [{"repo_name": REPO, "default_branch": "main"}]


def test_of_an_amended_commit_the_last_version_counts() -> None:
    """Two rows of one hash: the one created later stays."""
    first = commit(tab_lines_added=1, created_at=at(8))
    second = commit(tab_lines_added=2, created_at=at(9))
    (row,) = staged("stg_commits", commits=[second, first])
    assert row["tab_lines_added"] == 2


def test_ai_lines_are_tab_and_composer_lines() -> None:
    """10 by Tab and 20 by Composer are 30 by AI; what is not said is 0."""
    (row,) = staged("stg_commits", commits=[commit()])
    assert row["ai_lines_added"] == 30
    assert row["ai_lines_deleted"] == 0


def test_total_lines_are_the_sources_else_the_sum_by_origin() -> None:
    """10 + 20 + 70 where the source has no total; its own word where it has."""
    rows = staged("stg_commits", commits=[commit("a", total_lines_added=None), commit("b")])
    assert [row["total_lines_added"] for row in rows] == [100, 100]
    (row,) = staged("stg_commits", commits=[commit(total_lines_added=7)])
    assert row["total_lines_added"] == 7


def test_rows_without_a_key_are_left_out() -> None:
    """A row whose key is NULL is about nothing."""
    assert staged("stg_commits", commits=[commit(None)]) == []
    assert staged("stg_pull_requests", pull_requests=[pr(None)]) == []
    assert staged("stg_reviews", pull_requests=[pr()], reviews=[review(None)]) == []


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"state": "closed"}, "merged"),
        ({"state": None}, "merged"),
        ({"state": "Closed", "merged_at": None}, "closed"),
        ({"state": " OPEN", "merged_at": None}, "open"),
        ({"state": "draft", "merged_at": None}, "open"),
        ({"state": None, "merged_at": None, "closed_at": at(11)}, "closed"),
    ],
)
def test_whatever_has_a_merge_time_is_merged(columns: dict[str, Any], state: str) -> None:
    """GitHub calls a merged pull request closed; an unknown state is open until it is closed."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr(**columns)])
    assert row["state"] == state


def test_the_author_is_a_clean_email() -> None:
    """Case and blanks do not make another person."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr(author_email=" Ann@Example.com\t")])
    assert row["author_email"] == "ann@example.com"


def test_what_is_left_out_is_false_none_or_unknown() -> None:
    """No rule makes a bug fix of it, an omitted list has no members, a revert is not known."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr()])
    assert (row["is_reverted"], row["is_bug_fix"], row["reviewer_count"]) == (None, False, 0)
    (row,) = staged("stg_pull_requests", pull_requests=[pr(reviewers=["a", "b"])])
    assert row["reviewer_count"] == 2


def test_size_is_known_only_if_both_parts_are() -> None:
    """80 + 20 lines; half a size is none."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr()])
    assert row["total_loc"] == 100
    (row,) = staged("stg_pull_requests", pull_requests=[pr(deletions=None)])
    assert row["total_loc"] is None


@pytest.mark.parametrize(
    ("first", "reviewed", "merged", "hours"),
    [
        (at(8), at(13), at(20), (2.0, 3.0, 7.0, 12.0)),  # in order: 2 + 3 + 7 = 12
        (at(11), at(13), at(20), (0.0, 3.0, 7.0, 10.0)),  # first commit after opening
        (at(8), at(9), at(20), (2.0, 0.0, 10.0, 12.0)),  # review before opening
        (at(8), at(21), at(20), (2.0, None, None, 12.0)),  # review after the merge
        (None, None, at(20), (None, None, None, 10.0)),  # nothing but opening and merge
        (at(8), at(13), None, (2.0, 3.0, None, None)),  # not merged
        (at(8), at(20), at(20), (2.0, 10.0, 0.0, 12.0)),  # reviewed in the moment of the merge
    ],
)
def test_cycle_times(first: Any, reviewed: Any, merged: Any, hours: Any) -> None:
    """Opened at 10:00: coding, pickup, review and total, in hours."""
    row = pr(first_commit_at=first, first_review_at=reviewed, merged_at=merged)
    (row,) = staged("stg_pull_requests", pull_requests=[row])
    names = ("coding_lead_time", "pickup_time", "review_lead_time", "total_cycle_time")
    assert tuple(row[f"{name}_hours"] for name in names) == hours


def test_a_link_sent_twice_is_one() -> None:
    """The same commit of the same pull request counts once."""
    links = [link(), link(), link("c2")]
    assert len(staged("stg_pull_request_commits", pull_request_commits=links)) == 2


@pytest.mark.parametrize(
    ("state", "flags"),
    [
        ("APPROVED", (True, True, False)),
        ("changes_requested", (True, False, True)),
        ("pending", (False, False, False)),
        (None, (True, False, False)),
    ],
)
def test_what_a_review_says(state: str | None, flags: Any) -> None:
    """Submitted unless pending; an approval, a request for changes, or neither."""
    (row,) = staged("stg_reviews", pull_requests=[pr()], reviews=[review(state=state)])
    assert (row["is_submitted"], row["is_approval"], row["is_change_request"]) == flags


def test_a_comment_keeps_its_review() -> None:
    """A comment is known by its review and its own id."""
    (row,) = staged("stg_review_comments", review_comments=[comment(5)])
    assert (row["comment_id"], row["review_id"], row["reviewer"]) == (5, 1, "bob@example.com")
    assert row["commented_at"] == at(12, MONDAY)
