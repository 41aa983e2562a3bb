"""The texts by which a pull request says that it reverts another pull request or a commit."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.models.definitions import matches

#: The words before a reverted pull request, and before the hash of a reverted commit.
REVERTS = "Reverts "
REVERTS_COMMIT = "This reverts commit "
#: After REVERTS: a pull request, with or without its repository, to the end of the line.
NUMBER = "[0-9]{1,18}"
PULL_REQUEST_LINE = f"^([^ #\n]*)#({NUMBER})[ \t\r]*(\n|$)"
#: After REVERTS_COMMIT: the full or abbreviated hash of a commit.
HASH = "^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)"
REVERT_BRANCH = f"^revert-({NUMBER})-"
TITLE_START = 'Revert "'
REVERT_TITLE = f'^[ \t]*{TITLE_START}(.+)"( [(]#[0-9]+[)])?[ \t]*$'


def revert_text(text: ir.Column) -> ir.Column:
    """Return a body or a message that contains the words of a revert, else NULL."""
    says = text.contains(REVERTS) | text.contains(REVERTS_COMMIT)
    return ibis.ifelse(says, text, None)


def without_number(title: ir.Column) -> ir.Column:
    """Return a title or subject without the ` (#n)` that GitHub appends."""
    title = title.strip()
    return ibis.ifelse(title.endswith(")"), title.re_replace(" [(]#[0-9]+[)]$", ""), title)


def reverted_title(title: ir.Column) -> ir.Column:
    """Return T without its number for a title `Revert "T"`, NULL for any other title."""
    return without_number(title.re_extract(REVERT_TITLE, 1)).nullif("")


def reverted_number(branch: ir.Column) -> ir.Column:
    """Return the n of a branch `revert-n-…`, NULL for any other branch."""
    return branch.re_extract(REVERT_BRANCH, 1).nullif("").cast("int64")


def declares_revert(title: ir.Column, branch: ir.Column, text: ir.Column) -> ir.Column:
    """Return whether a title, a branch or a text says that it reverts something; never NULL."""
    line = f"(^|\n){REVERTS}{PULL_REQUEST_LINE.removeprefix('^')}"
    commit = f"{REVERTS_COMMIT}{HASH.removeprefix('^')}"
    by_name = matches(title, REVERT_TITLE) | matches(branch, REVERT_BRANCH)
    return by_name | matches(text, line) | matches(text, commit)
