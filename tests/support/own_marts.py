"""Marts of a user: model files that are added to the package for a while."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ibis

from cursor_marts.contracts import Contract, Count, Field, Table
from cursor_marts.graph import model
from cursor_marts.models import marts, shipped_models
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests


class MartSmall(Contract):
    """One row per repository."""

    repo_name: str = Field("Owner and name.")
    pull_requests: int = Count("Pull requests.")

    class Config:
        unique = ["repo_name"]


@model
def mart_small(pull_requests: Table[StgPullRequests]) -> Table[MartSmall]:
    return pull_requests.group_by("repo_name").agg(pull_requests=ibis._.count())


#: A row per week and author: a date in the key, and a column of each kind that the four lack.
AUTHORS = '''
"""Who has merged what."""

from ibis import _

from cursor_marts.contracts import Contract, Count, Date, Field, Ratio, Table, Timestamp
from cursor_marts.graph import model
from cursor_marts.models.definitions import share, week_of
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits


class MartAuthors(Contract):
    """One row per week and author with at least one merged pull request."""

    author_email: str = Field("Who opened the pull requests.")
    week: Date = Field("Monday of the week of the merge (UTC).")
    pull_requests: int = Count("Merged pull requests.", unit="pull requests")
    revert_rate: float = Ratio("Share that was reverted.", nullable=False)
    last_merge: Timestamp = Field("When the last one was merged.")
    is_busy: bool = Field("Whether there was more than one.")

    class Config:
        unique = ["author_email", "week"]


@model
def mart_authors(pull_requests: Table[IntPrWithCommits]) -> Table[MartAuthors]:
    """What each author has merged."""
    merged = pull_requests.filter(_.merged_at.notnull(), _.author_email.notnull())
    return merged.group_by(author_email="author_email", week=week_of(_.merged_at)).agg(
        pull_requests=_.count(),
        revert_rate=share(_.is_reverted),
        last_merge=_.merged_at.max(),
        is_busy=_.count() > 1,
    )
'''

#: A row per author: no column says when.
TOTALS = '''
"""Who has merged how much."""

from ibis import _

from cursor_marts.contracts import Contract, Count, Field, Table
from cursor_marts.graph import model
from cursor_marts.models.intermediate.int_pr_with_commits import IntPrWithCommits


class MartTotals(Contract):
    """One row per author with at least one merged pull request."""

    pull_requests: int = Count("Merged pull requests.", unit="pull requests")
    author_email: str = Field("Who opened them.")

    class Config:
        unique = ["author_email"]


@model
def mart_totals(pull_requests: Table[IntPrWithCommits]) -> Table[MartTotals]:
    """What each author has merged in all."""
    merged = pull_requests.filter(_.merged_at.notnull(), _.author_email.notnull())
    totals = merged.group_by("author_email").agg(pull_requests=_.count())
    return totals.select("pull_requests", "author_email")
'''


@contextmanager
def added(folder: Path, name: str, text: str) -> Iterator[None]:
    """Write a model file to a folder, and add the folder to the package of the marts."""
    (folder / f"{name}.py").write_text(text)
    marts.__path__.append(str(folder))
    shipped_models.cache_clear()
    try:
        yield
    finally:
        marts.__path__.remove(str(folder))
        sys.modules.pop(f"{marts.__name__}.{name}", None)
        vars(marts).pop(name, None)
        shipped_models.cache_clear()
