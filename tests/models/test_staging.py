"""The staging models on rows that a reader can check by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from support.raw_rows import MONDAY, REPO, at, comment, commit, computed, link, pr, review


def staged(table: str, **tables: Any) -> list[dict[str, Any]]:
    return computed(table, **tables)


def test_a_repository_is_known_by_its_full_name() -> None:
    """`full_name` is `repo_name` from staging on."""
    (row,) = staged("stg_repos")
    assert row == {"repo_name": REPO, "default_branch": "main", "known_until": None}


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
    """A row with a NULL in its key is dropped."""
    assert staged("stg_commits", commits=[commit(None)]) == []
    assert staged("stg_pull_requests", pull_requests=[pr(None)]) == []
    assert staged("stg_reviews", pull_requests=[pr()], reviews=[review(None)]) == []


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"state": "closed"}, "merged"),
        ({"state": None}, "merged"),
        ({"state": " Closed ", "merged_at": None}, "closed"),
        ({"state": " OPEN", "merged_at": None}, "open"),
        ({"state": "draft", "merged_at": None}, "open"),
        ({"state": None, "merged_at": None, "closed_at": at(11)}, "closed"),
    ],
)
def test_a_pull_request_with_a_merge_time_is_merged(columns: dict[str, Any], state: str) -> None:
    """GitHub calls a merged pull request closed; an unknown state is open until it is closed."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr(**columns)])
    assert row["state"] == state


def test_the_author_is_a_clean_email() -> None:
    """Case and blanks do not make another person."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr(author_email=" Ann@Example.com\t")])
    assert row["author_email"] == "ann@example.com"


def test_omitted_fields_are_false_0_or_null() -> None:
    """No rule makes a bug fix of it, an omitted list has no members, a revert is not known."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr()])
    assert (row["is_reverted"], row["is_bug_fix"], row["reviewer_count"]) == (None, False, 0)
    (row,) = staged("stg_pull_requests", pull_requests=[pr(reviewers=["a", "b"])])
    assert row["reviewer_count"] == 2


def test_size_is_known_only_if_both_parts_are() -> None:
    """80 + 20 lines; with one part unknown, the size is NULL."""
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
        (" approved ", (True, True, False)),
        ("changes_requested", (True, False, True)),
        ("pending", (False, False, False)),
        (None, (True, False, False)),
    ],
)
def test_the_state_of_a_review(state: str | None, flags: Any) -> None:
    """Submitted unless pending; an approval, a request for changes, or neither."""
    (row,) = staged("stg_reviews", pull_requests=[pr()], reviews=[review(state=state)])
    assert (row["is_submitted"], row["is_approval"], row["is_change_request"]) == flags


def test_a_comment_keeps_its_review() -> None:
    """A comment is known by its review and its own id."""
    (row,) = staged("stg_review_comments", review_comments=[comment(5)])
    assert (row["comment_id"], row["review_id"], row["reviewer"]) == (5, 1, "bob@example.com")
    assert row["commented_at"] == at(12, MONDAY)


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"author_id": "Copilot-SWE-Agent[bot]"}, "agent"),
        ({"author_id": " cursor "}, "agent"),
        ({"author_id": "dependabot", "author_type": "User"}, "bot"),
        ({"author_id": "acme-deployer", "author_type": " Bot "}, "bot"),
        ({"author_id": "abbott", "author_type": "User"}, "human"),
        ({"author_id": "old-name", "author_type": "Mannequin"}, "human"),
        ({"author_id": None, "author_type": None}, "human"),
    ],
)
def test_an_author_is_a_person_an_agent_or_a_bot(columns: dict[str, Any], kind: str) -> None:
    """The known accounts decide, then the type: never a part of the name."""
    (row,) = staged("stg_pull_requests", pull_requests=[pr(author_email=None, **columns)])
    assert row["author_kind"] == kind
    found = review(author_id=columns["author_id"], author_type=columns.get("author_type"))
    (row,) = staged("stg_reviews", pull_requests=[pr()], reviews=[found])
    assert row["reviewer_kind"] == kind


def test_the_author_is_the_email_else_the_login() -> None:
    """A blank email or login counts as NULL."""
    rows = [
        pr(1, author_id="Ann"),
        pr(2, author_email=None, author_id="Ann[bot]"),
        pr(3, author_email=" ", author_id=None),
    ]
    found = {row["pr_number"]: row["author"] for row in staged_pulls(rows)}
    assert found == {1: "ann@example.com", 2: "ann", 3: None}


def staged_pulls(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return staged("stg_pull_requests", pull_requests=rows)


@pytest.mark.parametrize(
    ("ready", "opened"),
    [
        (None, at(10)),
        (at(12), at(12)),
        (at(20), at(20)),
        (at(21), at(10)),
        (at(9), at(10)),
    ],
)
def test_a_draft_is_opened_when_it_is_ready(ready: Any, opened: Any) -> None:
    """Created at 10:00 and merged at 20:00: a time outside of these does not count."""
    (row,) = staged_pulls([pr(ready_at=ready, is_draft=False)])
    assert row["opened_at"] == opened
    assert (row["created_at"], row["total_cycle_time_hours"]) == (at(10), 20 - opened.hour)


LABELS = (
    *("bug", "bugfix", "bug fix", "bug-fix", "hotfix", "regression", "t-bug", "c-bug"),
    *("kind/bug", "kind: bug", "kind:bug", "type/bug", "type: bug", "type:bug", "type - bug"),
)


def test_the_labels_titles_and_branches_of_bug_fixes() -> None:
    """Each one that teams are known to use."""
    types = ("fix", "bugfix", "hotfix")
    signs: list[dict[str, Any]] = [
        *({"labels": [label.upper()]} for label in LABELS),
        *({"title": f"{type}: crash"} for type in types),
        *({"head_branch": f"{type}/crash"} for type in types),
    ]
    rows = staged(
        "stg_pull_requests",
        pull_requests=[pr(number, **sign) for number, sign in enumerate(signs, start=1)],
    )
    found = {row["pr_number"]: row["bug_fix_rule"] for row in rows}
    kinds = ["label"] * len(LABELS) + ["title"] * len(types) + ["branch"] * len(types)
    assert found == dict(enumerate(kinds, start=1))


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"labels": ["later", "Type: Bug"]}, "label"),
        ({"labels": ["bug"], "title": "fix: crash", "is_bug_fix": None}, "label"),
        ({"title": "Fix(search)!: crash"}, "title"),
        ({"title": " hotfix: crash"}, "title"),
        ({"head_branch": "BugFix/crash"}, "branch"),
        ({"head_branch": " fix/crash"}, "branch"),
        ({"title": "fix typo", "labels": ["debug"], "head_branch": "a/fix/b"}, None),
        ({"title": "prefix: a", "labels": []}, None),
        ({"title": "fix: a", "head_branch": "revert-7-fix"}, None),
        ({"labels": ["bug"], "body": "Reverts #7"}, None),
        ({"labels": ["bug"], "title": 'Revert "fix: a"'}, None),
        ({"labels": ["bug"], "body": "x\nThis reverts commit abcdef1."}, None),
    ],
)
def test_a_bug_fix_is_found_by_the_first_rule_that_fits(
    columns: dict[str, Any], rule: str | None
) -> None:
    """A label, a title's type, a branch's beginning; what reverts another is none."""
    (row,) = staged_pulls([pr(**columns)])
    assert (row["is_bug_fix"], row["bug_fix_rule"]) == (rule is not None, rule)


@pytest.mark.parametrize("sent", [True, False])
def test_the_source_takes_precedence_on_a_bug_fix(sent: bool) -> None:
    """The rules are then ignored."""
    (row,) = staged_pulls([pr(title="fix: a", is_bug_fix=sent)])
    assert (row["is_bug_fix"], row["bug_fix_rule"]) == (sent, None)


def test_a_dismissed_request_for_changes_was_one() -> None:
    """A dismissed approval is not an approval."""
    reviews = [
        review(1, state="DISMISSED", previous_state=" CHANGES_REQUESTED "),
        review(2, state="dismissed", previous_state="approved"),
    ]
    rows = staged("stg_reviews", pull_requests=[pr()], reviews=reviews)
    flags = {row["review_id"]: (row["is_approval"], row["is_change_request"]) for row in rows}
    assert flags == {1: (False, True), 2: (False, False)}


def test_a_comment_may_have_no_review_and_may_be_a_reply() -> None:
    """Old comments have none; ids do not fit 32 bits."""
    rows = staged(
        "stg_review_comments",
        review_comments=[
            comment(4_318_905_657, review_id=None),
            comment(2, in_reply_to_id=4_318_905_657),
        ],
    )
    found = {row["comment_id"]: (row["review_id"], row["is_reply"]) for row in rows}
    assert found == {4_318_905_657: (None, False), 2: (1, True)}


@pytest.mark.parametrize("name", ["ACME/Web", "github.com/acme/web", " GitHub.com/Acme/WEB "])
def test_a_repository_is_named_as_the_repositories_spell_it(name: str) -> None:
    """Case and a leading host do not tell repositories apart."""
    repos = [{"full_name": "Acme/web"}]
    rows = [pr(1, repo_name=name), pr(1, repo_name="acme/web", updated_at=at(1), title="last")]
    (row,) = staged("stg_pull_requests", repos=repos, pull_requests=rows)
    assert (row["repo_name"], row["title"]) == ("Acme/web", "last")
    (row,) = staged("stg_commits", repos=repos, commits=[commit(repo_name=name)])
    assert row["repo_name"] == "Acme/web"


def test_a_repository_that_is_not_listed_is_named_in_lower_case() -> None:
    """Two spellings of it are then the same repository."""
    (row,) = staged("stg_commits", commits=[commit(repo_name="else.example/Other/Repo")])
    assert row["repo_name"] == "other/repo"


def test_of_two_spellings_of_a_listed_repository_the_last_in_order_is_chosen() -> None:
    """Whichever of them arrived first."""
    names = ["Acme/Web", "acme/Web"]
    for listed in (names, names[::-1]):
        repos = [{"full_name": name} for name in listed]
        (row,) = staged("stg_commits", repos=repos, commits=[commit(repo_name="ACME/web")])
        assert row["repo_name"] == "acme/Web"


def test_of_versions_with_one_time_the_values_decide() -> None:
    """Column by column in the contract's order, the greatest first: not the order of arrival."""
    first = commit(user_id="b", message="one")
    second = commit(user_id="a", message="two")
    for versions in ([first, second], [second, first]):
        (row,) = staged("stg_commits", commits=versions)
        assert (row["user_id"], row["subject"]) == ("b", "one")


def test_the_source_of_a_commit_has_one_spelling() -> None:
    """Case and blanks do not make another one."""
    (row,) = staged("stg_commits", commits=[commit(commit_source=" IDE ")])
    assert row["commit_source"] == "ide"


def test_the_subject_is_the_first_line() -> None:
    """Without blanks around it."""
    messages = {"a": " Add it \r\n\nWhy.", "b": "x", "c": None, "d": "\nWhy."}
    rows = [commit(name, message=message) for name, message in messages.items()]
    found = {row["commit_hash"]: row["subject"] for row in staged("stg_commits", commits=rows)}
    assert found == {"a": "Add it", "b": "x", "c": None, "d": ""}


EXTRACTION = {
    "run_id": "one",
    "resource": "pull_requests",
    "finished_at": at(100),
    "is_current": True,
}


@pytest.mark.parametrize(
    ("time", "stays"),
    [
        (datetime(1, 1, 1), False),
        (datetime(1989, 12, 31, 23, 59, 59), False),
        (datetime(1990, 1, 1), True),
        (at(124), True),
        (at(124) + timedelta(microseconds=1), False),
    ],
)
def test_a_time_that_cannot_be_right_is_unknown(time: datetime, stays: bool) -> None:
    """Before 1990, or more than a day after the end of the extraction that was loaded."""
    later = EXTRACTION | {"run_id": "two", "finished_at": at(900), "is_current": False}
    (row,) = staged(
        "stg_pull_requests",
        extractions=[EXTRACTION, later],
        pull_requests=[pr(first_commit_at=time)],
    )
    assert row["first_commit_at"] == (time if stays else None)
    assert row["extraction_ended_at"] == at(100)


def test_a_merge_time_in_the_future_is_null() -> None:
    """The merge is not counted; the state remains merged, as the source says."""
    (row,) = staged(
        "stg_pull_requests", extractions=[EXTRACTION], pull_requests=[pr(merged_at=at(999))]
    )
    assert (row["state"], row["merged_at"], row["total_cycle_time_hours"]) == ("merged", None, None)
