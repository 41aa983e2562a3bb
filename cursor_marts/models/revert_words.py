"""How a pull request says in its own words that it reverts another, or a commit."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.models.definitions import matches

#: What a line of a body begins with that names a pull request, and what names a commit.
REVERTS = "Reverts "
REVERTS_COMMIT = "This reverts commit "
#: What follows: a pull request, with or without its repository, to the end of the line …
NUMBER = "[0-9]{1,18}"
PULL_REQUEST_LINE = f"^([^ #\n]*)#({NUMBER})[ \t\r]*(\n|$)"
#: … or a commit's hash, whole or shortened.
HASH = "^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)"
REVERT_BRANCH = f"^revert-({NUMBER})-"
TITLE_START = 'Revert "'
REVERT_TITLE = f'^[ \t]*{TITLE_START}(.+)"( [(]#[0-9]+[)])?[ \t]*$'


def words_of_revert(text: ir.Column) -> ir.Column:
    """Return a body or a message that may say that it reverts something, else NULL."""
    says = text.contains(REVERTS) | text.contains(REVERTS_COMMIT)
    return ibis.ifelse(says, text, None)


def without_number(title: ir.Column) -> ir.Column:
    """Return a title or subject without the ` (#n)` that GitHub puts at its end."""
    title = title.strip()
    return ibis.ifelse(title.endswith(")"), title.re_replace(" [(]#[0-9]+[)]$", ""), title)


def reverted_title(title: ir.Column) -> ir.Column:
    """Return the title in `Revert "…"` without its number, NULL where it is not of this form."""
    return without_number(title.re_extract(REVERT_TITLE, 1)).nullif("")


def reverted_number(branch: ir.Column) -> ir.Column:
    """Return the n of a branch `revert-n-…`, NULL for any other branch."""
    return branch.re_extract(REVERT_BRANCH, 1).nullif("").cast("int64")


def says_that_it_reverts(title: ir.Column, branch: ir.Column, words: ir.Column) -> ir.Column:
    """Return whether title, branch or body (by `words_of_revert`) say so; never NULL."""
    line = f"(^|\n){REVERTS}{PULL_REQUEST_LINE.removeprefix('^')}"
    commit = f"{REVERTS_COMMIT}{HASH.removeprefix('^')}"
    by_name = matches(title, REVERT_TITLE) | matches(branch, REVERT_BRANCH)
    return by_name | matches(words, line) | matches(words, commit)
