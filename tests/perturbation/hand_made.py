"""Rows that a source may send, and that generated worlds hardly ever have."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from support.raw_rows import Row, add, at, comment, commit, link, pr, review

REPO, OTHER_REPO = "hand/made", "hand/art"
#: Weeks in which nothing else is merged.
ALONE = [datetime(2026, 6, day) for day in (1, 8, 15, 22)]
KNOWN = {"merge_commit_hash": "abcdef1234"}
BOT = {"author_id": "helper-bot", "author_type": "Bot"}

PULL_REQUESTS = [
    # Reverted ones whose share follows from a commit: low, then high; by hash, number, date.
    *(pr(number, was_reverted=True) for number in (1, 2, 3, 4, 6)),
    pr(7, created_at=at(10, ALONE[0]), merged_at=at(20, ALONE[0])),
    # The message of a commit reverts a merge.
    pr(8, additions=700, **KNOWN),
    pr(9, created_at=at(30), merged_at=at(40)),
    # Open and merged ones with reviews of people and bots that have no text.
    *(pr(number, state="open", merged_at=None) for number in (10, 11)),
    *(pr(number) for number in (12, 13, 14)),
    pr(15, created_at=at(10, ALONE[2]), merged_at=at(20, ALONE[2])),
    # The first commit is known by its hash alone.
    pr(16, created_at=at(10, ALONE[3]), merged_at=at(20, ALONE[3])),
    # Two versions: by their times the first one counts, without them the second.
    pr(20, id=1, updated_at=at(12), title="a", url="a", author_type="User"),
    pr(
        20,
        **{"id": 2, "updated_at": at(11), "title": "fix: b", "url": "b", "additions": 900},
        **{"author_email": "bob@example.com", "changed_files": 9, **BOT},
    ),
    # Two versions that only the spelling of their head's repository orders.
    pr(21, head_repo_name=REPO, created_at=at(10, ALONE[1]), merged_at=at(20, ALONE[1])),
    pr(21, head_repo_name=OTHER_REPO, created_at=at(10, ALONE[1]), merged_at=None),
]
COMMITS = [
    commit("c1", composer_lines_added=5),
    commit("c2", composer_lines_added=5, pull_request_number=2),
    commit("c3", composer_lines_added=5, message="rewritten low", commit_ts=at(7)),
    commit("c4", tab_lines_added=90),
    commit("c6", message="rewritten high", commit_ts=at(6), tab_lines_added=90),
    commit("c16", commit_ts=at(2, ALONE[3])),
    commit("c7", message="rewritten alone", commit_ts=at(5)),
]
LINKS = [
    link("c1", 1),
    link("x3", 3, message="rewritten low", authored_at=at(7)),
    link("c4", 4),
    link("c16", 16),
    link("x6", 6, message="rewritten high", authored_at=at(6)),
    link("x7", 7, message="rewritten alone", authored_at=at(5)),
    link("x9", 9, message="This reverts commit abcdef1234.", authored_at=at(9)),
]
SILENT = {"state": "commented", "previous_state": "approved", "body": None}
REVIEWS = [
    *(review(number, number, **SILENT) for number in (10, 11, 14)),
    review(15, 15, created_at=at(12, ALONE[2]), **SILENT),
    *(review(number, number, **SILENT, **BOT) for number in (12, 13)),
    review(20, 20, state="changes_requested"),
    review(22, 20, **BOT),
]
COMMENTS = [
    *(comment(number, review_id=number, pr_number=number) for number in (10, 13)),
    *(comment(n, review_id=n, pr_number=n, in_reply_to_id=1) for n in (11, 12, 15)),
    *(comment(5, review_id=number, pr_number=14) for number in (14, 16)),
]
ROWS: dict[str, list[Row]] = {
    "repos": [{"full_name": name, "default_branch": "main"} for name in (REPO, OTHER_REPO)],
    "pull_requests": PULL_REQUESTS,
    "commits": COMMITS,
    "pull_request_commits": LINKS,
    "reviews": REVIEWS,
    "review_comments": COMMENTS,
}


def add_hand_made(backend: Any) -> None:
    """Add the rows to the raw tables of a database, all of one repository."""
    for table, rows in ROWS.items():
        place = {} if table == "repos" else {"repo_name": REPO}
        add(backend, table, [{**row, **place} for row in rows])


def add_earlier_run(backend: Any) -> None:
    """Add the record of a run before the one that is loaded."""
    backend.raw_sql(
        "INSERT INTO main_raw.extractions SELECT * REPLACE (run_id || '-before' AS run_id, "
        "FALSE AS is_current, started_at - INTERVAL 400 DAY AS started_at, "
        "finished_at - INTERVAL 400 DAY AS finished_at) FROM main_raw.extractions"
    )
