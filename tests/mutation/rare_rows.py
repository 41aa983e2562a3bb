"""Rows whose texts, times or numbers real sources hold, and hardly any generated world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from support.raw_rows import REPO as USUAL
from support.raw_rows import Row, at, comment, commit, link, pr, review

REPO = "acme/rare"
#: After the end of the extraction that is loaded, by the source's clock.
SOON = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=6)


def later(number: int, **columns: Any) -> Row:
    """Return a pull request that is opened after all others are merged."""
    return pr(number, **{"created_at": at(30), "merged_at": at(40), **columns})


def in_turn(number: int, **columns: Any) -> Row:
    """Return a pull request that is opened after the one before it is merged."""
    return pr(number, created_at=at(30 * number), merged_at=at(30 * number + 10), **columns)


SPELLINGS = [
    pr(1, state=" Closed ", merged_at=None),
    pr(2, head_branch=" Bugfix/it"),
    pr(3, author_type=" Bot ", author_id="helper", author_email=None),
    pr(4, author_id=" ", author_email=None),
    pr(5, title=" Bold ", merge_commit_hash=" ABCDEF1234 "),
    later(6, title='Revert "Bold"'),
    later(7, body="This reverts commit abcdef1234."),
    pr(8),
    later(9, body="This reverts commit fedcba9876."),
    pr(10, repo_name=" acme/rare "),
    pr(24, title=" Brave "),
    later(25, title='Revert "Brave"'),
]
#: A hash begins like another one and is contained in it; times are equal; a text names another
#: repository, or a hash before the words.
NEARLY = [
    pr(11, merge_commit_hash="abcdef1abcdef12"),
    pr(12),
    later(13, body="This reverts commit abcdef12."),
    pr(14, title="Same", merge_commit_hash="aaaaaaa111"),
    later(15, created_at=at(20), title='Revert "Same"'),
    later(16, created_at=at(20), body="This reverts commit aaaaaaa111."),
    later(17, body="Reverts other/place#14"),
    pr(18, merge_commit_hash="bbbbbbb222"),
    later(19, body="bbbbbbb222 was bad. This reverts commit ccccccc333."),
    later(20, title='Revert "Same"', body="Reverts #18"),
    later(21, body="Reverts #31"),
    later(22, body="Reverts #31"),
    later(23, head_branch="revert-me"),
    *(pr(n, author_id="dependabot[bot]", author_email=None) for n in (28, 29)),
    pr(30, title=""),
    pr(38, state="open", merged_at=None, created_at=SOON),
    later(37, title='Not a Revert "of" it'),
    pr(26),
    later(27, body="This reverts commit ddddddd444. This reverts commit ddddddd4."),
]
CHAIN = [
    in_turn(100, title="First"),
    *(in_turn(n, body=f"Reverts #{n - 1}") for n in range(101, 107)),
]
MANY = [
    *(pr(n) for n in range(200, 221)),
    later(221, body="\n".join(f"Reverts #{n}" for n in range(200, 221))),
]
OF_COMMITS = [
    *(pr(n) for n in (31, 32, 33, 36)),
    pr(34, first_commit_at=None),
    pr(35, additions=10, deletions=0),
]
ROWS: dict[str, list[Row]] = {
    "repos": [{"full_name": name, "known_until": at(60)} for name in ("acme/Rare", REPO)],
    "pull_requests": [*SPELLINGS, *NEARLY, *CHAIN, *MANY, *OF_COMMITS],
    "commits": [
        commit("r31", message="\nsame words", commit_ts=at(3), tab_lines_added=90),
        commit("r32", message="twice", commit_ts=at(4), created_at=at(5), tab_lines_added=1),
        commit("r33", message="twice", commit_ts=at(4), created_at=at(6), tab_lines_added=90),
        commit("r35", tab_lines_added=900, total_lines_added=900),
        commit("r36", commit_source=" IDE "),
    ],
    "pull_request_commits": [
        link("FEDCBA9876", 8),
        link("ddddddd444", 26),
        link("abcdef1abcdef12", 12),
        link("x31", 31, message="same words", authored_at=at(3)),
        link("x32", 32, message="twice", authored_at=at(4)),
        link("r35", 35),
        link("r36", 36),
        *(link(f"x34{hour}", 34, committed_at=at(hour)) for hour in (2, 9)),
    ],
    "reviews": [
        review(1, 1, state=" APPROVED "),
        review(2, 2, state="dismissed", previous_state=" Changes_Requested "),
        review(3, 3, state="commented"),
        review(4, 4, created_at=datetime(2026, 9, 6)),
    ],
    "review_comments": [
        comment(number, review_id=3, pr_number=3, body=f"{number}?") for number in (70, 71)
    ],
}


def rare_rows() -> dict[str, list[Row]]:
    """Return the rows by raw table, all of one repository."""
    return {name: [_placed(row) for row in rows] for name, rows in ROWS.items()}


def _placed(row: Row) -> Row:
    return {**row, "repo_name": REPO} if row.get("repo_name") == USUAL else row
