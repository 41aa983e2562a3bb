"""The intermediate models on rows that a reader can check by hand."""

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


def test_submitted_reviews_by_other_people_qualify() -> None:
    """An approval and a review by an unknown person qualify; a pending and the author's do not."""
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


def test_without_reviews_the_requested_reviewers_are_counted() -> None:
    """Two requested reviewers and no review: two reviewers, no iteration."""
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


def test_first_commit_and_review_are_derived_where_the_source_omits_them() -> None:
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
    """A bug fix in another repository does not count."""
    fix = pr(2, repo_name="other/repo", is_bug_fix=True, created_at=at(21), merged_at=at(22))
    rows = enriched(pull_requests=[pr(), fix])
    assert not any(row["has_hotfix_followup"] for row in rows)


def test_each_review_takes_15_minutes_and_5_per_100_lines() -> None:
    """Three reviews of 100 lines: 3 × 20 minutes are one hour."""
    row = the_one(pull_requests=[pr()], reviews=[review(1), review(2), review(3)])
    assert row["review_hours_estimate"] == 1.0


def test_density_over_no_lines_is_unknown() -> None:
    """A density over 0 lines is NULL."""
    row = the_one(pull_requests=[pr(additions=0, deletions=0)], reviews=[review(body="hm")])
    assert row["review_density"] is None


def numbered(rows: list[dict[str, Any]], column: str) -> dict[int, Any]:
    return {row["pr_number"]: row[column] for row in rows}


# --- commits ---------------------------------------------------------------------------------


def rewritten(**columns: Any) -> dict[str, Any]:
    """Return a link to a commit of 8:00 by the subject `Add it` under a hash of its own."""
    return link("new", **{"authored_at": at(8), "message": "Add it\n\nWhy.", **columns})


@pytest.mark.parametrize(
    ("commits", "links", "found"),
    [
        ([commit(message="Add it")], [rewritten()], (1, 1)),
        ([commit(message="Add it", commit_ts=at(8.0001))], [rewritten()], (1, 1)),
        ([commit(message="Add it", commit_ts=at(8.001))], [rewritten()], (0, 0)),
        ([commit(message="Add more")], [rewritten()], (0, 0)),
        ([commit(message=" ")], [rewritten(message="")], (0, 0)),
        ([commit(message="Add it", repo_name=None)], [rewritten()], (0, 0)),
        ([commit(message="Add it", repo_name="other/repo")], [rewritten()], (0, 0)),
        ([commit(message="Add it", repo_name="ann/web")], [rewritten()], (1, 1)),
        ([commit(message="Add it")], [rewritten(), link("c1")], (1, 0)),
        (
            [commit(message="Add it")],
            [rewritten(), rewritten() | {"commit_hash": "newer"}],
            (1, 1),
        ),
        ([commit("a", message="Add it"), commit("b", message="Add it")], [rewritten()], (1, 1)),
    ],
)
def test_a_rewritten_commit_is_known_by_author_date_and_subject(
    commits: Any, links: Any, found: Any
) -> None:
    """In the repository or its fork, to the second, one row once, and none that is linked."""
    row = the_one(
        pull_requests=[pr(head_repo_name="Ann/Web")], commits=commits, pull_request_commits=links
    )
    assert (row["linked_commit_count"], row["rewritten_commit_count"]) == found


@pytest.mark.parametrize("latest", ["a", "b"])
def test_of_several_commits_that_fit_the_latest_is_linked(latest: str) -> None:
    """By the time of the record, whatever the hashes are."""
    commits = [
        commit(name, message="Add it", created_at=created_at, tab_lines_added=lines)
        for name in ("a", "b")
        for created_at, lines in [(at(12), 50) if name == latest else (at(9), 0)]
    ]
    row = the_one(pull_requests=[pr()], commits=commits, pull_request_commits=[rewritten()])
    assert (row["rewritten_commit_count"], row["linked_ai_lines"]) == (1, 70)


def test_the_first_commit_is_the_earliest_author_date() -> None:
    """Not when a rebase has committed it anew."""
    row = the_one(
        pull_requests=[pr()],
        commits=[commit(commit_ts=at(9))],
        pull_request_commits=[link(authored_at=at(7)), link("c2", authored_at=at(8))],
    )
    assert (row["first_commit_at"], row["listed_commit_count"]) == (at(7), 2)


@pytest.mark.parametrize(
    ("columns", "ratio", "lines"),
    [
        ({"additions": 200}, 0.15, 30),
        ({"additions": 50}, 0.3, 30),
        ({"additions": 200, "ai_ratio": 0.9}, 0.9, 30),
        ({"additions": 200, "tab_lines": 1, "composer_lines": 2}, 0.15, 3),
        ({"additions": 200, "author_id": "cursor[bot]"}, 1.0, 200),
    ],
)
def test_lines_that_the_ai_source_does_not_know_were_not_made_with_it(
    columns: Any, ratio: float, lines: int
) -> None:
    """30 AI lines of 100 in the linked commit; what an agent opened is AI's."""
    row = the_one(pull_requests=[pr(**columns)], commits=[commit()], pull_request_commits=[link()])
    assert (row["final_ai_ratio"], row["ai_lines"]) == (pytest.approx(ratio), lines)


def test_ai_lines_are_null_where_nothing_is_known() -> None:
    """They are NULL, not 0."""
    assert the_one(pull_requests=[pr()])["ai_lines"] is None


# --- reviews ---------------------------------------------------------------------------------


def test_reviews_by_bots_are_counted_separately() -> None:
    """They add no rounds and no reviewers, and none is the first review."""
    reviews = [
        review(1, author_id="coderabbitai[bot]", created_at=at(11), body="Looks risky"),
        review(2, author_id="cursor", created_at=at(11)),
        review(3, created_at=at(12)),
    ]
    comments = [comment(1, author_id="CodeRabbitAI"), comment(2, review_id=3)]
    row = the_one(pull_requests=[pr()], reviews=reviews, review_comments=comments)
    assert (row["review_count"], row["bot_review_count"], row["distinct_reviewers"]) == (1, 2, 1)
    assert (row["first_review_at"], row["review_comment_count"]) == (at(12), 1)


@pytest.mark.parametrize(
    ("state", "body", "replies", "count"),
    [
        ("COMMENTED", None, [7], 0),
        ("commented", " \n", [7, 8], 0),
        ("commented", "", [7, None], 1),
        ("commented", "And so?", [7], 1),
        ("approved", "", [7], 1),
        ("commented", "", [], 1),
    ],
)
def test_a_mere_reply_is_not_a_review(state: str, body: Any, replies: Any, count: int) -> None:
    """A review without a text whose comments are all replies; the comments count as comments."""
    comments = [comment(n, in_reply_to_id=to) for n, to in enumerate(replies)]
    row = the_one(
        pull_requests=[pr()], reviews=[review(state=state, body=body)], review_comments=comments
    )
    assert row["review_count"] == count
    assert row["review_comment_count"] == len(replies) + (body == "And so?")


def test_the_author_of_a_review_is_compared_by_email_and_by_login() -> None:
    """A review by a deleted account is not the author's."""
    reviews = [review(1, author_id="ANN"), review(2, author_id=None)]
    row = the_one(pull_requests=[pr(author_id="Ann")], reviews=reviews)
    assert (row["review_count"], row["distinct_reviewers"]) == (1, 0)


def test_a_fix_by_a_bot_is_no_hotfix() -> None:
    """An update of a dependency does not fix the pull requests that were merged before."""
    fix = pr(2, is_bug_fix=True, created_at=at(21), author_id="dependabot", author_email=None)
    assert not numbered(enriched(pull_requests=[pr(), fix]), "has_hotfix_followup")[1]


# --- reverts ---------------------------------------------------------------------------------

MERGE = "aabbccdd00112233445566778899aabbccddeeff"


def bold(**columns: Any) -> dict[str, Any]:
    return pr(1, title="Be bold", merge_commit_hash=MERGE, **columns)


def undo(number: int = 2, **columns: Any) -> dict[str, Any]:
    """Return a pull request that is opened an hour after number 1 is merged, and merged."""
    return pr(number, created_at=at(19 + number), merged_at=at(19.5 + number), **columns)


@pytest.mark.parametrize(
    ("columns", "is_reverted"),
    [
        ({"body": "Reverts #1"}, True),
        ({"body": "So.\r\n\r\nReverts Acme/Web#1 \r\nYes."}, True),
        ({"body": "Reverts other/repo#1"}, False),
        ({"body": "Reverts #1 in part"}, False),
        ({"body": "It reverts #1"}, False),
        ({"body": "Reverts #4211934690"}, False),
        ({"body": "Reverts #3\nReverts #1"}, True),
        ({"head_branch": "revert-1-bold"}, True),
        ({"head_branch": "revert-11-bold"}, False),
        ({"head_branch": "revert-bold-1"}, False),
        ({"body": f"This reverts commit {MERGE}."}, True),
        ({"body": "This reverts commit AABBCCD"}, True),
        ({"body": "This reverts commit aabbcc."}, False),
        ({"title": 'Revert "Be bold"'}, True),
        ({"title": 'Revert "Be bold" (#2)'}, True),
        ({"title": 'Revert "Be bold (#1)"'}, True),
        ({"title": 'Revert "bold"'}, False),
        ({"title": 'Revert "Be bold" in part'}, False),
        ({"body": "Reverts #1", "merged_at": None, "state": "closed"}, False),
        ({"body": "Reverts #1", "created_at": at(19)}, False),
        ({"body": "Reverts #1", "repo_name": "other/repo"}, False),
    ],
)
def test_a_later_merge_reverts_by_its_own_words(columns: Any, is_reverted: bool) -> None:
    """A line, a branch, a commit, a title: exact, merged, later, of the same repository."""
    first = bold() | {"title": " Be bold ", "merge_commit_hash": f" {MERGE.upper()}"}
    rows = enriched(pull_requests=[first, undo(2) | columns])
    (row,) = [r for r in rows if r["pr_number"] == 1]
    assert (row["is_reverted"], row["reverted_by"]) == (is_reverted, 2 if is_reverted else None)


def test_a_hash_names_a_commit_by_its_beginning() -> None:
    """Not by what comes later in it."""
    first = bold() | {"merge_commit_hash": "aabbccd1aabbccd2"}
    rows = enriched(pull_requests=[first, undo(body="This reverts commit aabbccd2.")])
    assert not numbered(rows, "is_reverted")[1]


def test_a_title_that_reverts_nothing_is_not_one_without_words() -> None:
    """What does not fit the form is no revert of a pull request without a title."""
    later = undo(title='Revert "Be bold" in part')
    rows = enriched(pull_requests=[bold() | {"title": ""}, later])
    assert not numbered(rows, "is_reverted")[1]


@pytest.mark.parametrize(
    "columns",
    [
        {"body": "Reverts #1"},
        {"head_branch": "revert-1-bold"},
        {"body": f"This reverts commit {MERGE}."},
        {"title": 'Revert "Be bold"'},
    ],
    ids=["line", "branch", "commit", "title"],
)
def test_what_is_opened_at_the_moment_of_the_merge_is_not_later(columns: Any) -> None:
    """It was merged before the other one was opened, or it is not reverted."""
    for opened, is_reverted in ((at(20), False), (at(20.01), True)):
        later = undo(**columns) | {"created_at": opened}
        rows = enriched(pull_requests=[bold(), later])
        assert numbered(rows, "is_reverted")[1] is is_reverted


@pytest.mark.parametrize(
    ("named", "is_reverted"),
    [
        (["aaaaaaa1c", "bbbbbbb2"], True),
        (["AAAAAAA1C", "BBBBBBB2"], True),
        (["aaaaaaa1c"], False),
        (["aaaaaaa1", "aaaaaaa1c"], False),
        (["aaaaaaa", "bbbbbbb"], True),
        (["aaaaaaaaaaaaaa", "bbbbbbb2"], False),
    ],
)
def test_every_commit_has_to_be_reverted(named: list[str], is_reverted: bool) -> None:
    """One commit of several undone is no revert; the messages of commits count as words."""
    links = [link("aaaaaaa1caaaaaaaaaaaaaa"), link("BBBBBBB2")]
    links += [
        link(f"d{n}", 2, message=f"Undo\n\nThis reverts commit {each}.")
        for n, each in enumerate(named)
    ]
    rows = enriched(pull_requests=[bold(), undo()], pull_request_commits=links)
    assert numbered(rows, "is_reverted")[1] is is_reverted


@pytest.mark.parametrize("body", ["{}", "{0}, see above.\nThis reverts commit 1234567."])
def test_only_a_hash_after_the_words_is_reverted(body: str) -> None:
    """A text may begin with another hash."""
    rows = enriched(pull_requests=[bold(), undo(body=body.format(MERGE))])
    assert not numbered(rows, "is_reverted")[1]


@pytest.mark.parametrize(("before", "is_reverted"), [(19, True), (20, False)])
def test_the_first_twenty_that_a_text_names_count(before: int, is_reverted: bool) -> None:
    """A text of thousands of them would take the time of all others."""
    body = "\n".join(["Reverts #9"] * before + ["Reverts #1"])
    rows = enriched(pull_requests=[bold(), undo(body=body)])
    assert numbered(rows, "is_reverted")[1] is is_reverted


def test_the_title_may_be_that_of_the_only_commit() -> None:
    """Of several pull requests with this title, the latest is reverted."""
    rows = [bold(), pr(5, created_at=at(1), merged_at=at(2), title="Other")]
    links = [link("c5", 5, message="Be bold (#5)\n\nWhy.")]
    both = enriched(
        pull_requests=[*rows, undo(title='Revert "Be bold"')], pull_request_commits=links
    )
    assert numbered(both, "reverted_by") == {1: 2, 2: None, 5: None}
    alone = enriched(
        pull_requests=[rows[1], undo(title='Revert "Be bold"')], pull_request_commits=links
    )
    assert numbered(alone, "reverted_by") == {2: None, 5: 2}


def test_the_first_kind_of_evidence_that_holds_counts() -> None:
    """The body names 3, which does not exist: the branch counts, not the title."""
    rows = [bold(), pr(4, title="Else"), undo(body="Reverts #3", head_branch="revert-4-x")]
    rows[2]["title"] = 'Revert "Be bold"'
    assert numbered(enriched(pull_requests=rows), "is_reverted") == {1: False, 2: False, 4: True}


@pytest.mark.parametrize("reverts", range(1, 7))
def test_a_reverted_revert_has_no_effect(reverts: int) -> None:
    """Chains of up to five reverts are followed; a sixth is not."""
    chain = [undo(n, body=f"Reverts #{n - 1}") for n in range(2, 2 + reverts)]
    rows = enriched(pull_requests=[bold(), *chain])
    assert numbered(rows, "is_reverted")[1] is (min(reverts, 5) % 2 == 1)


def test_of_several_reverts_the_latest_is_named() -> None:
    """Reverted, put back by 3, and reverted again by 4."""
    again = [undo(2, body="Reverts #1"), undo(3, body="Reverts #2"), undo(4, body="Reverts #1")]
    rows = enriched(pull_requests=[bold(), *again])
    assert numbered(rows, "reverted_by") == {1: 4, 2: 3, 3: None, 4: None}
    both = enriched(pull_requests=[bold(), undo(2, body="Reverts #1"), undo(3, body="Reverts #1")])
    assert numbered(both, "reverted_by") == {1: 3, 2: None, 3: None}


@pytest.mark.parametrize("sent", [True, False])
def test_the_source_takes_precedence_on_a_revert(sent: bool) -> None:
    """Evidence in texts is then ignored."""
    rows = enriched(pull_requests=[bold(was_reverted=sent), undo(body="Reverts #1")])
    assert numbered(rows, "is_reverted")[1] is sent
    assert numbered(rows, "reverted_by")[1] is None


def test_a_share_of_linked_lines_is_at_most_one() -> None:
    """The AI source may count more lines by AI than a commit has."""
    commits = [commit(tab_lines_added=500, total_lines_added=10)]
    row = the_one(pull_requests=[pr(additions=10)], commits=commits, pull_request_commits=[link()])
    assert row["final_ai_ratio"] == 1.0


@pytest.mark.parametrize(
    ("columns", "evidence"),
    [
        ({"body": "Reverts #1"}, "body"),
        ({"head_branch": "revert-1-main"}, "branch"),
        ({"body": "This reverts commit abcdef1234."}, "commit"),
        ({"title": 'Revert "Bold"'}, "title"),
        ({"body": "Reverts #1", "title": 'Revert "Bold"'}, "body"),
    ],
)
def test_a_revert_has_the_first_kind_of_evidence(columns: dict[str, Any], evidence: str) -> None:
    """A line of the body, a branch, a commit that is named, or a title: in this order."""
    first = pr(1, title="Bold", merge_commit_hash="abcdef1234567")
    later = pr(2, created_at=at(30), merged_at=at(40), **columns)
    (row,) = computed("int_reverts", pull_requests=[first, later])
    assert (row["pr_number"], row["reverting_pr_number"]) == (1, 2)
    assert row["evidence"] == evidence


def test_a_revert_names_its_repository_in_any_case() -> None:
    """The repository itself is spelled as `repos` spells it."""
    first = pr(1, repo_name="Acme/Web")
    later = pr(
        2, repo_name="Acme/Web", created_at=at(30), merged_at=at(40), body="Reverts acme/WEB#1"
    )
    repos = [{"full_name": "Acme/Web"}]
    (row,) = computed("int_reverts", repos=repos, pull_requests=[first, later])
    assert (row["repo_name"], row["pr_number"]) == ("Acme/Web", 1)
