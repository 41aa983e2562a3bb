"""Matches the emails of Cursor with GitHub accounts, with the evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from cursor_marts.reporting.database import Database

#: An address that GitHub gives to an account: `login@…`, or `number+login@…`.
NOREPLY = re.compile(r"(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com")
SAME_COMMIT = "a commit that both name"
COMMIT_EMAIL = "the email of its commits"
NOREPLY_ADDRESS = "the login in the address"
#: The columns of the report.
SCHEMA = pa.schema(
    {
        "email": pa.string(),
        "login": pa.string(),
        "evidence": pa.string(),
        "commits": pa.int64(),
    }
)

#: Email and login → number of commits with both.
Votes = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Known:
    """The people in the raw tables. Emails and logins are in lower case."""

    tracked: Mapping[str, int]  #: email of Cursor → its commits
    same_commit: Votes  #: commits that Cursor and GitHub both name
    commit_email: Votes  #: commits of an account with the email
    accounts: frozenset[str]  #: accounts of persons that opened or reviewed a pull request


def people(
    database: Database,
    *,
    anonymous: bool = False,
    directory: Mapping[str, tuple[str, str]] | None = None,
) -> pa.Table:
    """Return a row per Cursor email, with its account, and per account without an email.

    `directory` maps emails to account and evidence, and takes precedence over commits.

    `login` is NULL for an email without an account, `email` for an account without an email;
    `commits` are AI-tracked commits. With `anonymous`, emails are numbered: `person 1`.
    """
    rows = matched(_known(database), directory or {})
    if anonymous:
        numbers = {email: number for number, email in enumerate(_emails(rows), 1)}
        rows = [row | {"email": _numbered(numbers, row["email"])} for row in rows]
    return pa.Table.from_pylist(rows, SCHEMA)


def matched(known: Known, directory: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the rows: matched emails, unmatched emails, unmatched accounts."""
    found = {
        email: directory.get(email) or _account(email, known) for email in sorted(known.tracked)
    }
    taken = {login for login, _ in found.values() if login}
    emails = [
        {"email": email, "login": login, "evidence": evidence, "commits": known.tracked[email]}
        for email, (login, evidence) in found.items()
    ]
    emails.sort(key=lambda row: row["login"] is None)
    alone = [
        {"email": None, "login": login, "evidence": None, "commits": None}
        for login in sorted(known.accounts - taken)
    ]
    return [*emails, *alone]


def _account(email: str, known: Known) -> tuple[str | None, str | None]:
    """Return the account of an email and the evidence: the best kind, then the most commits."""
    for votes, evidence in (
        (known.same_commit, SAME_COMMIT),
        (known.commit_email, COMMIT_EMAIL),
    ):
        if login := _most_voted(email, votes):
            return login, evidence
    if address := NOREPLY.fullmatch(email):
        return address[1], NOREPLY_ADDRESS
    return None, None


def _most_voted(email: str, votes: Votes) -> str | None:
    logins: dict[str, int] = defaultdict(int)
    for (voter, login), count in votes.items():
        if voter == email:
            logins[login] += count
    return min(logins, key=lambda login: (-logins[login], login), default=None)


def _known(database: Database) -> Known:
    commits = _columns(database, "commits", "commit_hash", "user_email").distinct()
    in_pulls = _columns(
        database, "pull_request_commits", "commit_hash", "author_email", "author_id"
    )
    both = commits.inner_join(in_pulls, "commit_hash")
    return Known(
        tracked={email: count for (email,), count in _counted(commits, "user_email").items()},
        same_commit=_pairs(both, "user_email", "author_id"),
        commit_email=_pairs(in_pulls, "author_email", "author_id"),
        accounts=_persons(database, "pull_requests") | _persons(database, "reviews"),
    )


def _persons(database: Database, table: str) -> frozenset[str]:
    rows = _columns(database, table, "author_id", "author_type")
    persons = rows.filter(rows.author_type == "User")
    return frozenset(login for (login,) in _counted(persons, "author_id"))


def _pairs(rows: ir.Table, email: str, login: str) -> Votes:
    return {(pair[0], pair[1]): count for pair, count in _counted(rows, email, login).items()}


def _counted(rows: ir.Table, *names: str) -> dict[tuple[str, ...], int]:
    """Return the number of rows of each combination of texts, without NULL and blank texts."""
    texts = rows.select(**{name: rows[name].strip().lower().nullif("") for name in names})
    counts = texts.drop_null(list(names)).group_by(list(names)).agg(rows=lambda each: each.count())
    return {
        tuple(row[name] for name in names): row["rows"] for row in counts.to_pyarrow().to_pylist()
    }


def _columns(database: Database, table: str, *names: str) -> ir.Table:
    """Return columns of a raw table as text; missing columns are NULL."""
    import ibis

    if table not in database.tables:
        empty: ir.Table = ibis.memtable([], schema=dict.fromkeys(names, "string"))
        return empty
    found = database[table]
    null = ibis.null("string")
    return found.select(**{name: found[name] if name in found.columns else null for name in names})


def _emails(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["email"] for row in rows if row["email"] is not None]


def _numbered(numbers: Mapping[str, int], email: str | None) -> str | None:
    return None if email is None else f"person {numbers[email]}"
