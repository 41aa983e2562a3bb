"""From GitHub's nodes to raw records."""

from typing import Any

import pytest
from support.github.world import (
    at,
    comment,
    commit,
    event,
    person,
    pull_request,
    repository,
    review,
    thread,
    with_comments,
)

from cursor_marts.sources.github import records

READY, DRAFTED = "ReadyForReviewEvent", "ConvertToDraftEvent"


def whole(**lists: Any) -> dict[str, Any]:
    """Return a pull request as a reader gives it: every list under its name."""
    fields = {name: value for name, value in lists.items() if not isinstance(value, list)}
    node = pull_request(7, at(1), **fields)
    repository("acme/web", [node])
    for name in ("labels", "reviews", "commits", "timelineItems", "reviewThreads"):
        node[name] = {"nodes": lists.get(name, [])}
    for holder in (*node["reviews"]["nodes"], *node["reviewThreads"]["nodes"]):
        holder["comments"] = {"nodes": holder["_comments"]}
    return node


def test_a_pull_request_has_the_names_of_the_raw_table() -> None:
    node = whole(
        labels=[{"id": "L", "name": "bug"}],
        commits=[commit("a1", at(2)), commit("b2", at(3))],
        mergeCommit={"oid": "f00"},
        mergedAt=at(0.5),
        state="MERGED",
        title="Fix\0 it",
    )
    found = records.pull_request(node, "acme/web")
    assert found["id"] == int(node["fullDatabaseId"]) > 2**31
    assert (found["repo_name"], found["number"], found["state"]) == ("acme/web", 7, "MERGED")
    assert (found["author_id"], found["author_type"]) == ("ada", "User")
    assert (found["merge_commit_hash"], found["merged_at"]) == ("f00", at(0.5))
    assert (found["commit_count"], found["labels"]) == (2, ["bug"])
    assert (found["head_repo_name"], found["head_branch"]) == ("acme/web", "change-7")
    assert found["title"] == "Fix it"
    assert "reviewers" not in found


def test_a_fork_that_is_gone_has_no_name() -> None:
    """Symptom elsewhere: a repository that is deleted or hidden crashed the run."""
    node = whole(headRepository=None, mergeCommit=None)
    found = records.pull_request(node, "acme/web")
    assert found["head_repo_name"] is None
    assert found["merge_commit_hash"] is None


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (None, (None, None)),
        (person("dependabot", "Bot"), ("dependabot", "Bot")),
        (person("dependabot[bot]", "Bot"), ("dependabot", "Bot")),
        (person("copilot-swe-agent", "Bot"), ("copilot-swe-agent", "Bot")),
        (person("talbot"), ("talbot", "User")),
        (person("old", "Mannequin"), ("old", "Mannequin")),
    ],
)
def test_people_are_spelled_in_one_way(actor: Any, expected: tuple[Any, Any]) -> None:
    """Symptoms elsewhere: crashes on deleted accounts; bots without author; `x[bot]` and `x`."""
    found = records.account(actor)
    assert (found["author_id"], found["author_type"]) == expected


@pytest.mark.parametrize(
    ("events", "ready_at"),
    [
        ([], None),
        ([event(READY, at(4))], at(4)),
        ([event(READY, at(4)), event(DRAFTED, at(3)), event(READY, at(2))], at(4)),
        ([event(DRAFTED, at(5)), event(READY, at(4))], None),
        ([event(DRAFTED, at(5))], None),
    ],
)
def test_a_draft_by_birth_is_ready_at_its_first_event(events: list[Any], ready_at: Any) -> None:
    """Symptom elsewhere: drafts inflated cycle times, as the clock started at creation."""
    found = records.pull_request(whole(timelineItems=events), "acme/web")
    assert found["ready_at"] == ready_at


def test_a_dismissed_review_says_what_it_was() -> None:
    dismissed, other = review("bob", at(2), "DISMISSED"), review("eve", at(2))
    dismissal = event(
        "ReviewDismissedEvent",
        at(1),
        previousReviewState="CHANGES_REQUESTED",
        review={"id": dismissed["id"]},
    )
    gone = event("ReviewDismissedEvent", at(1), previousReviewState="APPROVED", review=None)
    node = whole(reviews=[dismissed, other], timelineItems=[dismissal, gone])
    first, second = records.reviews(node, "acme/web")
    assert (first["state"], first["previous_state"]) == ("DISMISSED", "CHANGES_REQUESTED")
    assert second["previous_state"] is None


def test_a_review_counts_from_its_submission() -> None:
    pending = review("bob", None, "PENDING")
    sent = review("bob", at(1), createdAt=at(9))
    node = whole(reviews=[pending, sent])
    assert [each["created_at"] for each in records.reviews(node, "acme/web")] == [None, at(1)]


def test_ids_beyond_32_bits_are_whole() -> None:
    """Symptom elsewhere: integer overflow on review and pull request ids since 2024."""
    node = whole(reviews=[review("bob", at(1), fullDatabaseId="9223372036854775807")])
    assert [each["id"] for each in records.reviews(node, "acme/web")] == [2**63 - 1]


def test_replies_and_comments_without_a_review() -> None:
    """Symptom elsewhere: comments older than reviews have no review id, and were rejected."""
    first = comment("bob", at(2))
    answer = comment("ada", at(1), replyTo=first)
    old = comment("eve", at(3))
    holder = with_comments(review("bob", at(2)), first, answer)
    node = whole(reviews=[holder], reviewThreads=[thread(first, answer), thread(old)])
    found = list(records.review_comments(node, "acme/web"))
    assert [each["review_id"] for each in found] == [int(holder["fullDatabaseId"])] * 2 + [None]
    assert [each["in_reply_to_id"] for each in found] == [None, int(first["fullDatabaseId"]), None]


def test_a_commit_without_an_account_has_its_email() -> None:
    """Symptom elsewhere: NoneType on commits, as the author has no account."""
    nobody = {"name": "Eve", "email": "eve@example.org", "user": None}
    node = whole(commits=[commit("a1", at(9), author=nobody, committedDate=at(1))])
    (found,) = records.commits(node, "acme/web")
    assert (found["author_id"], found["author_email"]) == (None, "eve@example.org")
    assert (found["authored_at"], found["committed_at"]) == (at(9), at(1))
    bare = whole(commits=[commit("a1", at(9), author=None)])
    assert [each["author_email"] for each in records.commits(bare, "acme/web")] == [None]
