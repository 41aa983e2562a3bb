"""What titles, branches, labels and bodies say, in plain Python: bug fixes, and reverts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]

BLANKS = " \t\n\r\f\v"
FIX_LABELS = {
    "bug", "bugfix", "bug fix", "bug-fix", "hotfix", "regression", "kind/bug", "kind: bug",
    "kind:bug", "type/bug", "type: bug", "type:bug", "type - bug", "t-bug", "c-bug",
}  # fmt: skip
FIX_TITLE = re.compile(r"(fix|bugfix|hotfix)(\([^()]*\))?!?:")
FIX_BRANCHES = ("fix/", "bugfix/", "hotfix/")

REVERTED_LINE = re.compile(r"Reverts ([^ #]*)#([0-9]{1,18})[ \t\r]*")
REVERTED_COMMIT = re.compile(r"This reverts commit ([0-9a-fA-F]{7,40})(?![0-9a-zA-Z])")
REVERT_TITLE = re.compile(r'Revert "(.+)"( \(#[0-9]+\))?')
REVERT_BRANCH = re.compile(r"revert-([0-9]{1,18})-")


def bug_fix_rule(title: str | None, branch: str | None, labels: list[str] | None) -> str | None:
    """Return which kind of rule makes a bug fix of a pull request, the first that does."""
    if any(label.lower() in FIX_LABELS for label in labels or []):
        return "label"
    if FIX_TITLE.match((title or "").strip(BLANKS).lower()):
        return "title"
    if (branch or "").strip(BLANKS).lower().startswith(FIX_BRANCHES):
        return "branch"
    return None


def says_that_it_reverts(pull: Row) -> bool:
    """Return whether a record's own title, branch or body says that it reverts something."""
    body = pull.get("body") or ""
    return bool(
        reverted_title(pull.get("title"))
        or reverted_by_branch(pull.get("head_branch"))
        or [*reverted_by_lines(body)]
        or [*reverted_hashes(body)]
    )


def reverted_by_lines(body: str) -> Iterator[tuple[str, int]]:
    """Return the repository, '' where none is named, and the number of each whole line."""
    for line in body.split("\n"):
        if found := REVERTED_LINE.fullmatch(line):
            yield found[1], int(found[2])


def reverted_by_branch(branch: str | None) -> int | None:
    found = REVERT_BRANCH.match(branch or "")
    return int(found[1]) if found else None


def reverted_hashes(text: str) -> Iterator[str]:
    return (found[1].lower() for found in REVERTED_COMMIT.finditer(text))


def reverted_title(title: str | None) -> str | None:
    """Return T of a title `Revert "T"`, without numbers."""
    found = REVERT_TITLE.fullmatch((title or "").strip(" \t"))
    return without_number(found[1]) if found else None


def without_number(title: str) -> str:
    return re.sub(r" \(#[0-9]+\)$", "", title.strip(BLANKS))


def repository(name: str | None, spelled: Iterable[str]) -> str | None:
    """Return a repository as the list of all spells it, in lower case where it does not."""
    if name is None:
        return None
    spelling = {without_host(each).lower(): without_host(each) for each in sorted(spelled)}
    key = without_host(name).lower()
    return spelling.get(key, key)


def without_host(name: str) -> str:
    """Return owner and name; what precedes them is a host if it has a dot."""
    host, _, rest = name.strip(BLANKS).partition("/")
    return rest if "." in host and "/" in rest else name.strip(BLANKS)
