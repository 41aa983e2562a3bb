"""Pull requests that a bug fix followed soon after their merge."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Rows
from cursor_marts.models.definitions import MICROSECONDS_PER_HOUR, microseconds_between
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST
from cursor_marts.models.people import BOT

HOTFIX_HOURS = 48
#: The description of a hotfix, which the marts share.
HOTFIX = (
    "followed by a bug fix of a person or an agent, whatever it fixes, opened in the same "
    f"repository within {HOTFIX_HOURS} hours after the merge"
)


def hotfixed(pull_requests: Rows) -> Rows:
    """Return the keys of the merged pull requests that a bug fix followed within HOTFIX_HOURS."""
    merges = pull_requests.filter(_.merged_at.notnull()).select(*PULL_REQUEST, "merged_at")
    fixes = pull_requests.filter(_.is_bug_fix, _.author_kind != BOT).select(
        "repo_name", fix_opened_at="created_at"
    )
    next_fix = merges.asof_join(
        fixes, _.merged_at < fixes.fix_opened_at, "repo_name", rname="fix_{name}"
    )
    delay = microseconds_between(_.fix_opened_at, _.merged_at)
    in_time = next_fix.filter(delay <= HOTFIX_HOURS * MICROSECONDS_PER_HOUR)
    return in_time.select(*PULL_REQUEST, is_hotfixed=True)
