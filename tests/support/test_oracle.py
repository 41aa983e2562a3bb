"""The reference by examples to be checked in the head."""

from __future__ import annotations

import math
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from cursor_marts.simulator import World
from support import oracle as reference

Record = dict[str, Any]

WEEK = date(2026, 9, 7)
MONDAY = "2026-09-07T08:00:00Z"
TUESDAY = "2026-09-08T08:00:00Z"


# --- short records --------------------------------------------------------------------------------


def pull(number: int = 1, **fields: Any) -> Record:
    """Return a pull request opened on Monday at eight and merged a day later."""
    return {
        "id": 100 + number,
        "number": number,
        "repo_name": "acme/web",
        "state": "merged",
        "author_email": "ann@example.com",
        "additions": 60,
        "deletions": 40,
        "created_at": MONDAY,
        "merged_at": TUESDAY,
        "updated_at": TUESDAY,
    } | fields


def commit(commit_hash: str = "c1", **fields: Any) -> Record:
    return {
        "commitHash": commit_hash,
        "repoName": "acme/web",
        "tabLinesAdded": 3,
        "composerLinesAdded": 2,
        "nonAiLinesAdded": 5,
        "commitTs": "2026-09-07T06:00:00Z",
        "createdAt": "2026-09-07T06:00:00Z",
    } | fields


def review(review_id: int = 1, **fields: Any) -> Record:
    """Return an approval of pull request 1, on Monday at eleven."""
    return {
        "id": review_id,
        "pr_id": 101,
        "reviewer": "bo@example.com",
        "state": "approved",
        "submitted_at": "2026-09-07T11:00:00Z",
    } | fields


def one(world: World) -> Record:
    """Return the enriched row of a world's only pull request."""
    (row,) = reference.enriched(world)
    return row


def of_pull(**fields: Any) -> Record:
    return one(World(pulls=[pull(**fields)]))


def with_commits(*commits: Record, **fields: Any) -> Record:
    return one(World(commits=list(commits), pulls=[pull(**fields)]))


def with_reviews(*reviews: Record, **fields: Any) -> Record:
    return one(World(pulls=[pull(**fields)], reviews=list(reviews)))


def mart(name: str, *pulls: Record, **others: Any) -> Record:
    """Return the only row of a mart."""
    (row,) = reference.marts(World(pulls=list(pulls), **others))[name]
    return row


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-07T08:00:00Z", datetime(2026, 9, 7, 8)),
        ("2026-09-07T08:00:00.5Z", datetime(2026, 9, 7, 8, 0, 0, 500_000)),
        ("2026-09-07T08:00:00.123456999Z", datetime(2026, 9, 7, 8, 0, 0, 123_456)),
        ("2026-09-07T01:00:00+02:00", datetime(2026, 9, 6, 23)),
        ("2026-09-07T20:30:00-05:30", datetime(2026, 9, 8, 2)),
    ],
)
def test_a_time_is_utc_cut_to_microseconds(text: str, expected: datetime) -> None:
    """An offset is converted, and digits after the sixth are cut off, not rounded."""
    assert reference.instant(text) == expected


@pytest.mark.parametrize("text", ["2026-09-07", "2026-09-07T08:00:00", "yesterday", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    """A text that is not RFC 3339 is an error, not a missing time."""
    with pytest.raises(ValueError, match="RFC 3339"):
        reference.instant(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 9, 7), date(2026, 9, 7)),
        (datetime(2026, 9, 9, 12), date(2026, 9, 7)),
        (datetime(2026, 9, 13, 23, 59, 59, 999_999), date(2026, 9, 7)),
        (datetime(2026, 9, 14), date(2026, 9, 14)),
    ],
)
def test_a_week_begins_on_monday(moment: datetime, expected: date) -> None:
    """The week of a moment is the Monday on or before it."""
    assert reference.monday(moment) == expected


def test_an_average_ignores_what_is_unknown() -> None:
    """The mean of 1, nothing and 2 is one and a half."""
    assert reference.mean([1, None, 2]) == 1.5


def test_an_average_over_nothing_is_unknown() -> None:
    """No known value has no mean, not the mean 0."""
    assert reference.mean([None]) is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], Fraction(9, 10), 7.0),
        ([2.0, 1.0], Fraction(1, 2), 1.5),
        ([3.0, 1.0, None, 2.0], Fraction(1, 2), 2.0),
        ([0.0, 10.0], Fraction(9, 10), 9.0),
        ([None], Fraction(1, 2), None),
    ],
)
def test_a_percentile_lies_linearly_between_neighbours(
    values: list[float | None], share: Fraction, expected: float | None
) -> None:
    """The rank is the share of the last index, and the value is interpolated."""
    assert reference.percentile(values, share) == expected


# --- staging --------------------------------------------------------------------------------------


def test_a_repository_is_its_full_name() -> None:
    """The full name becomes repo_name, and an identical record counts once."""
    repo = {"full_name": "acme/web", "default_branch": "main", "total_pull_requests_count": 3}
    assert reference.stg_repos(World(repos=[repo, dict(repo)])) == [
        {"repo_name": "acme/web", "default_branch": "main"}
    ]


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_an_amended_commit_is_its_latest(order: slice) -> None:
    """Of a hash sent twice the later createdAt wins, in whatever order they come."""
    later = commit(tabLinesAdded=30, createdAt="2026-09-07T06:00:01Z")
    (row,) = reference.stg_commits(World(commits=[commit(), later][order]))
    assert row["tab_lines_added"] == 30


def test_an_identical_commit_counts_once() -> None:
    """The same record twice is one row."""
    assert len(reference.stg_commits(World(commits=[commit(), commit()]))) == 1


def test_missing_lines_are_none_added() -> None:
    """An absent or null line count is 0, and a missing total is the sum by origin."""
    (row,) = reference.stg_commits(World(commits=[commit(tabLinesAdded=None)]))
    assert (row["tab_lines_added"], row["ai_lines_added"], row["total_lines_added"]) == (0, 2, 7)
    assert (row["non_ai_lines_deleted"], row["total_lines_deleted"]) == (0, 0)


def test_a_total_of_the_source_stands() -> None:
    """A total that the source sends is not summed again."""
    (row,) = reference.stg_commits(World(commits=[commit(totalLinesAdded=11)]))
    assert row["total_lines_added"] == 11


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"state": "Closed"}, "merged"),
        ({"state": None}, "merged"),
        ({"state": "CLOSED", "merged_at": None}, "closed"),
        ({"state": "Open", "merged_at": None}, "open"),
        ({"state": None, "merged_at": None, "closed_at": TUESDAY}, "closed"),
        ({"state": None, "merged_at": None}, "open"),
        ({"state": "draft", "merged_at": None}, "open"),
        ({"state": "abandoned", "merged_at": None, "closed_at": TUESDAY}, "closed"),
    ],
)
def test_state(fields: Record, state: str) -> None:
    """What has merged_at is merged; else a known word in lower case; else by closed_at."""
    assert of_pull(**fields)["state"] == state


@pytest.mark.parametrize(
    ("additions", "deletions", "loc"),
    [(60, 40, 100), (0, 0, 0), (None, 40, None), (60, None, None)],
)
def test_size(additions: int | None, deletions: int | None, loc: int | None) -> None:
    """The size is added plus deleted, and unknown where either is."""
    assert of_pull(additions=additions, deletions=deletions)["total_loc"] == loc


def test_addresses_are_stored_clean() -> None:
    """An address loses its blanks and capitals, so that it can be compared."""
    assert of_pull(author_email=" Ann@Example.com\n")["author_email"] == "ann@example.com"


def test_flags_that_are_not_sent_are_false() -> None:
    """An absent or null flag is False, and null reviewers are none."""
    row = of_pull(was_reverted=None, reviewers=None)
    assert (row["is_reverted"], row["is_bug_fix"], row["reviewer_count"]) == (False, False, 0)


def test_a_pull_request_sent_twice_is_its_latest() -> None:
    """Of a number sent twice the later updated_at wins, with its own commits."""
    early = pull(title="a", commit_ids=["c1"], updated_at=MONDAY)
    late = pull(title="b", commit_ids=["c2"])
    world = World(pulls=[late, early])
    assert [row["title"] for row in reference.stg_pull_requests(world)] == ["b"]
    assert [row["commit_hash"] for row in reference.stg_pull_request_commits(world)] == ["c2"]


def test_a_commit_listed_twice_is_one_row() -> None:
    """A hash that commit_ids names twice is one pair of pull request and commit."""
    assert reference.stg_pull_request_commits(World(pulls=[pull(commit_ids=["c1", "c1"])])) == [
        {"repo_name": "acme/web", "pr_number": 1, "commit_hash": "c1"}
        | dict.fromkeys(("authored_at", "subject", "message"))
    ]


def test_records_without_a_key_are_left_out() -> None:
    """A commit, pull request, review or comment without its key is in no table."""
    world = World(
        commits=[commit(commitHash=None)],
        pulls=[pull(), pull(number=2, id=7) | {"number": None}],
        reviews=[review() | {"id": None}, review(2, comments=[{"body": "no id"}])],
    )
    sizes = {name: len(rows) for name, rows in reference.staging(world).items()}
    assert (sizes["stg_commits"], sizes["stg_pull_requests"]) == (0, 1)
    assert (sizes["stg_reviews"], sizes["stg_review_comments"]) == (1, 0)


def test_a_comment_without_a_place_has_its_reviews() -> None:
    """A nested comment belongs to the pull request of its review where it names none."""
    nested = {"id": 9, "author_id": "bo@example.com", "pr_number": None}
    (row,) = reference.stg_review_comments(
        World(pulls=[pull()], reviews=[review(3, comments=[nested])])
    )
    assert (row["repo_name"], row["pr_number"], row["review_id"]) == ("acme/web", 1, 3)


# --- cycle times ----------------------------------------------------------------------------------

CYCLE = (
    "coding_lead_time_hours",
    "pickup_time_hours",
    "review_lead_time_hours",
    "total_cycle_time_hours",
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (None, None, None, 24.0)),
        ({"first_commit_at": "2026-09-07T06:00:00Z"}, (2.0, None, None, 26.0)),
        ({"first_commit_at": "2026-09-07T09:00:00Z"}, (0.0, None, None, 24.0)),
        ({"first_review_at": "2026-09-07T11:00:00Z"}, (None, 3.0, 21.0, 24.0)),
        ({"first_review_at": "2026-09-07T07:00:00Z"}, (None, 0.0, 24.0, 24.0)),
        ({"first_review_at": TUESDAY}, (None, 24.0, 0.0, 24.0)),
        ({"first_review_at": "2026-09-08T08:00:00.000001Z"}, (None, None, None, 24.0)),
        (
            {"first_review_at": "2026-09-07T11:00:00Z", "merged_at": None},
            (None, 3.0, None, None),
        ),
    ],
)
def test_cycle_times(fields: Record, expected: tuple[float | None, ...]) -> None:
    """Each part is clamped at 0, and a review after the merge does not count."""
    row = of_pull(**fields)
    assert tuple(row[name] for name in CYCLE) == expected


def test_the_parts_make_the_total() -> None:
    """Two hours of coding, three of waiting and 21 of review are a cycle of 26."""
    row = with_reviews(review(), first_commit_at="2026-09-07T06:00:00Z")
    assert tuple(row[name] for name in CYCLE) == (2.0, 3.0, 21.0, 26.0)
    assert row["review_cycle_time_hours"] == 24.0


def test_no_review_has_no_review_cycle_time() -> None:
    """Where pickup or review lead time is unknown, so is their sum."""
    assert of_pull()["review_cycle_time_hours"] is None


# --- commits of a pull request --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "listed", "count"),
    [
        ({}, True, 1),
        ({}, False, 0),
        ({"repoName": None}, True, 1),
        ({"repoName": "acme/api"}, True, 0),
        ({"pullRequestNumber": 1}, False, 1),
        ({"pullRequestNumber": 1}, True, 1),
        ({"pullRequestNumber": 2}, False, 0),
        ({"pullRequestNumber": 1, "repoName": None}, False, 0),
        ({"pullRequestNumber": 1, "repoName": "acme/api"}, False, 0),
    ],
)
def test_linked_commits(sent: Record, listed: bool, count: int) -> None:
    """A commit is reached by hash in its repository or none, by number in its own, once."""
    row = with_commits(commit(**sent), commit_ids=["c1", "unknown"] if listed else [])
    assert row["linked_commit_count"] == count


def test_linked_lines_and_first_commit() -> None:
    """The lines of the linked commits are summed, and the earliest of them is the first."""
    early = commit("c2", commitTs="2026-09-07T05:00:00Z", totalLinesAdded=20)
    row = with_commits(commit(), early, commit_ids=["c1", "c2"])
    assert (row["linked_ai_lines"], row["linked_total_lines"]) == (10, 30)
    assert row["first_commit_at"] == datetime(2026, 9, 7, 5)


def test_the_sources_first_commit_stands() -> None:
    """A first_commit_at that the source sends is kept, even where a commit is earlier."""
    row = with_commits(commit(), commit_ids=["c1"], first_commit_at=MONDAY)
    assert row["coding_lead_time_hours"] == 0.0


@pytest.mark.parametrize(
    ("fields", "commits", "expected"),
    [
        ({"ai_ratio": 0.75, "commit_ids": ["c1"]}, [commit()], 0.75),
        ({"ai_ratio": 0, "commit_ids": ["c1"]}, [commit()], 0.0),
        ({"commit_ids": ["c1"], "additions": 10}, [commit()], 0.5),
        ({"commit_ids": ["c1"], "additions": 20}, [commit()], 0.25),
        ({"commit_ids": ["c1"], "additions": 2}, [commit()], 0.5),
        ({"ai_ratio": None}, [commit()], None),
        ({"commit_ids": ["c1"], "additions": 0}, [{"commitHash": "c1"}], None),
        ({"author_id": "cursor[bot]", "commit_ids": ["c1"]}, [commit()], 1.0),
    ],
)
def test_final_ai_ratio(fields: Record, commits: list[Record], expected: float | None) -> None:
    """The source's, else all of an agent's, else of commits' or added lines, else unknown."""
    assert with_commits(*commits, **fields)["final_ai_ratio"] == expected


@pytest.mark.parametrize(
    ("ai", "band"),
    [
        (None, "unknown"),
        (0.0, "low"),
        (math.nextafter(0.3, 0), "low"),
        (0.3, "medium"),
        (0.6, "medium"),
        (math.nextafter(0.6, 1), "high"),
        (1.0, "high"),
    ],
)
def test_ai_usage_band(ai: float | None, band: str) -> None:
    """Both bounds belong to the middle band."""
    assert of_pull(ai_ratio=ai)["ai_usage_band"] == band


# --- reviews of a pull request --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "count"),
    [
        ({}, 1),
        ({"state": "Pending"}, 0),
        ({"state": None}, 1),
        ({"reviewer": "ann@example.com"}, 0),
        ({"reviewer": " ANN@Example.com\n"}, 0),
        ({"reviewer": None}, 1),
        ({"submitted_at": "2026-09-09T08:00:00Z"}, 1),
    ],
)
def test_qualifying_reviews(sent: Record, count: int) -> None:
    """A review counts when it is submitted and not known to be the author's own, even late."""
    assert with_reviews(review(**sent))["review_count"] == count


def test_approvals_change_requests_and_iterations() -> None:
    """Two requests for changes and an approval are three rounds."""
    row = with_reviews(
        review(1, state="CHANGES_REQUESTED"), review(2, state="changes_requested"), review(3)
    )
    assert (row["approval_count"], row["change_request_count"], row["iterations"]) == (1, 2, 3)


def test_no_review_is_no_iteration() -> None:
    """Without a qualifying review there was no round."""
    assert with_reviews(review(state="pending"))["iterations"] == 0


def test_distinct_reviewers() -> None:
    """One person in two spellings is one reviewer, and nobody is none."""
    row = with_reviews(review(1), review(2, reviewer=" BO@example.com"), review(3, reviewer=None))
    assert row["distinct_reviewers"] == 1


def test_asked_reviewers_stand_in() -> None:
    """Without a qualifying review those who were asked are counted."""
    assert of_pull(reviewers=["x", "y"])["distinct_reviewers"] == 2
    assert with_reviews(review(), reviewers=["x", "y"])["distinct_reviewers"] == 1


def test_first_review() -> None:
    """The earliest qualifying review is the first, not one of the author's own."""
    own = review(1, reviewer="ann@example.com", submitted_at="2026-09-07T09:00:00Z")
    row = with_reviews(own, review(2), review(3, submitted_at="2026-09-07T10:00:00Z"))
    assert row["first_review_at"] == datetime(2026, 9, 7, 10)
    assert row["pickup_time_hours"] == 2.0


def test_the_sources_first_review_stands() -> None:
    """A first_review_at that the source sends is kept."""
    assert with_reviews(review(), first_review_at=TUESDAY)["pickup_time_hours"] == 24.0


def test_review_comments() -> None:
    """Comments of others count, and qualifying reviews whose body is not blank."""
    comments = [{"id": 1, "author_id": "bo@example.com"}, {"id": 2, "author_id": "ANN@example.com"}]
    row = with_reviews(
        review(1, body="why?", comments=comments),
        review(2, body=" \t\n"),
        review(3, body="my own", reviewer="ann@example.com"),
    )
    assert row["review_comment_count"] == 2
    assert row["review_density"] == 0.02


@pytest.mark.parametrize(("additions", "deletions"), [(0, 0), (None, 5)])
def test_no_density_without_lines(additions: int | None, deletions: int) -> None:
    """Comments a line are unknown where there is no line, or the size is unknown."""
    row = with_reviews(review(body="why?"), additions=additions, deletions=deletions)
    assert row["review_density"] is None


def test_review_hours_estimate() -> None:
    """Three reviews of 100 lines take three times 20 minutes."""
    row = with_reviews(review(1), review(2), review(3))
    assert row["review_hours_estimate"] == 1.0
    assert of_pull()["review_hours_estimate"] == 0.0
    assert of_pull(additions=None)["review_hours_estimate"] is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"created_at": TUESDAY}, False),
        ({"created_at": "2026-09-08T08:00:00.000001Z"}, True),
        ({"created_at": "2026-09-10T08:00:00Z"}, True),
        ({"created_at": "2026-09-10T08:00:00.000001Z"}, False),
        ({"created_at": "2026-09-09T08:00:00Z", "is_bug_fix": False}, False),
        ({"created_at": "2026-09-09T08:00:00Z", "repo_name": "acme/api"}, False),
    ],
)
def test_has_hotfix_followup(fields: Record, expected: bool) -> None:
    """A bug fix of the repository opened after the merge, at most 48 hours, follows it up."""
    fix = pull(2, merged_at=None, state="open", is_bug_fix=True) | fields
    rows = reference.enriched(World(pulls=[pull(), fix]))
    (found,) = [row["has_hotfix_followup"] for row in rows if row["merged_at"] is not None]
    assert found is expected


# --- marts ----------------------------------------------------------------------------------------


def test_marts_hold_merged_pull_requests_by_week_and_repository() -> None:
    """Open ones are left out, and equal numbers of two repositories stay apart."""
    other = pull(1, id=7, repo_name="acme/api")
    late = pull(3, merged_at="2026-09-14T00:00:00Z")
    world = World(pulls=[pull(), pull(2, merged_at=None, state="open"), other, late])
    tables = reference.marts(world)
    keys = [("acme/api", WEEK), ("acme/web", WEEK), ("acme/web", date(2026, 9, 14))]
    for name in ("mart_velocity", "mart_quality", "mart_review_costs"):
        assert sorted((row["repo_name"], row["week"]) for row in tables[name]) == keys
        assert all(row["total_prs"] == 1 for row in tables[name])
    assert [row["pr_count"] for row in tables["mart_ai_impact"]] == [2, 1]


def test_nothing_makes_nothing() -> None:
    """An empty source has empty marts."""
    assert reference.marts(World()) == {
        "mart_velocity": [],
        "mart_ai_impact": [],
        "mart_ai_impact_by_repo": [],
        "mart_quality": [],
        "mart_review_costs": [],
        "mart_coverage": [],
        "mart_pull_requests": [],
    }


def test_velocity_counts_and_sizes() -> None:
    """Two pull requests of 100 and 200 lines by one person in two spellings."""
    row = mart(
        "mart_velocity",
        pull(1, changed_files=2, commit_count=4),
        pull(2, changed_files=None, additions=160, author_email="Ann@example.com "),
        commits=[commit(pullRequestNumber=2)],
    )
    assert (row["active_developers"], row["total_prs"], row["total_commits"]) == (1, 2, 5)
    assert (row["avg_pr_size"], row["avg_files_changed"], row["total_lines"]) == (150.0, 2.0, 220)


def test_velocity_times() -> None:
    """Means ignore unknown parts, and their sum is not the mean cycle."""
    row = mart(
        "mart_velocity",
        pull(1, first_commit_at="2026-09-07T06:00:00Z"),
        pull(2, first_review_at="2026-09-07T12:00:00Z"),
    )
    assert (row["coding_lead_time"], row["pickup_time"]) == (2.0, 4.0)
    assert (row["review_lead_time"], row["total_cycle_time"]) == (20.0, 26.0)
    assert (row["avg_total_cycle_time"], row["p50_cycle_time"]) == (25.0, 25.0)
    assert row["p90_cycle_time"] == 25.8


def test_velocity_without_parts_has_no_sum_of_them() -> None:
    """Where all three means are unknown, so is their sum, but not the cycle."""
    row = mart("mart_velocity", pull())
    assert (row["total_cycle_time"], row["avg_total_cycle_time"]) == (None, 24.0)


def test_velocity_ai() -> None:
    """An unknown ratio lowers the coverage, not the mean; lines come from commits if need be."""
    row = mart(
        "mart_velocity",
        pull(1, ai_ratio=0.5, tab_lines=20, composer_lines=10),
        pull(2, tab_lines=7, composer_lines=None),
        pull(3, ai_ratio=0.25, additions=0, commit_ids=["c1"]),
        commits=[commit()],
    )
    assert (row["avg_ai_ratio"], row["ai_coverage"]) == (0.375, 2 / 3)
    assert (row["total_ai_lines"], row["total_lines"]) == (35, 120)
    assert row["ai_line_share"] == 35 / 120


@pytest.mark.parametrize(("additions", "share"), [(0, None), (None, None), (10, 1.0), (40, 0.75)])
def test_ai_line_share(additions: int | None, share: float | None) -> None:
    """The share is at most 1, and unknown where no line was added."""
    row = mart("mart_velocity", pull(additions=additions, tab_lines=20, composer_lines=10))
    assert row["ai_line_share"] == share


def test_ai_impact() -> None:
    """Of two in a band one is reverted, and one is followed up by the other, a bug fix."""
    fix = pull(2, ai_ratio=0.5, is_bug_fix=True, created_at="2026-09-09T08:00:00Z")
    row = mart(
        "mart_ai_impact",
        pull(1, ai_ratio=0.3, was_reverted=True, reviewers=["x"]),
        fix | {"merged_at": "2026-09-10T08:00:00Z", "additions": 160},
        reviews=[review(body="why?", comments=[{"id": 1, "author_id": None}])],
    )
    assert (row["week"], row["ai_usage_band"], row["pr_count"]) == (WEEK, "medium", 2)
    assert (row["revert_rate"], row["bug_fix_rate"], row["hotfix_rate"]) == (0.5, 0.5, 0.5)
    assert (row["avg_ai_ratio"], row["avg_pr_size"]) == (0.4, 150.0)
    assert (row["avg_review_cycle_time"], row["avg_total_cycle_time"]) == (24.0, 24.0)
    assert (row["avg_review_density"], row["avg_iterations"]) == (0.01, 0.5)
    assert (row["avg_reviewers"], row["avg_coding_lead_time"]) == (0.5, None)


def test_unknown_ratios_are_a_band_of_their_own() -> None:
    """What nothing is known of is counted, without a mean ratio."""
    row = mart("mart_ai_impact", pull())
    assert (row["ai_usage_band"], row["pr_count"], row["avg_ai_ratio"]) == ("unknown", 1, None)


def test_quality() -> None:
    """Four merged, two reverted: one of them high, one low."""
    row = mart(
        "mart_quality",
        pull(1, was_reverted=True, ai_ratio=0.9),
        pull(2, was_reverted=True, ai_ratio=0.1, additions=260),
        pull(3, ai_ratio=0.9, is_bug_fix=True),
        pull(4),
        reviews=[review(1), review(2, state="changes_requested")],
    )
    assert (row["total_prs"], row["reverted_prs"], row["revert_rate"]) == (4, 2, 0.5)
    assert (row["ai_ratio_high_reverts"], row["ai_ratio_low_reverts"]) == (1, 1)
    assert (row["bug_fix_prs"], row["bug_fix_rate"], row["unreviewed_prs"]) == (1, 0.25, 3)
    assert (row["avg_reviews_per_pr"], row["avg_approvals_per_pr"]) == (0.5, 0.25)
    assert (row["avg_reverted_pr_size"], row["avg_successful_pr_size"]) == (200.0, 100.0)


def test_review_costs() -> None:
    """Two reviews of 100 lines are 40 minutes; 501 lines are large, 500 are not."""
    row = mart(
        "mart_review_costs",
        pull(1),
        pull(2, additions=500, deletions=0),
        pull(3, additions=501, deletions=0),
        reviews=[review(1, body="why?"), review(2, state="changes_requested")],
    )
    assert (row["total_reviews"], row["total_review_comments"]) == (2, 1)
    assert (row["avg_review_rounds"], row["avg_reviewers_per_pr"]) == (2 / 3, 1 / 3)
    assert (row["large_prs"], row["avg_large_pr_size"], row["avg_pr_size"]) == (1, 501.0, 367.0)
    assert row["estimated_total_review_hours"] == pytest.approx(40 / 60)
    assert row["estimated_review_hours_per_pr"] == pytest.approx(40 / 60 / 3)


def test_review_costs_of_unknown_size() -> None:
    """Where no size is known there is no estimate, and none is large."""
    row = mart("mart_review_costs", pull(additions=None))
    assert (row["estimated_total_review_hours"], row["large_prs"]) == (None, 0)
    assert (row["avg_pr_size"], row["avg_large_pr_size"]) == (None, None)
