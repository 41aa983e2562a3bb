"""Two small models, a view and a mart that reads it, which compile fast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis.expr.types as ir
from ibis import _

from cursor_marts.contracts import Contract, Count, Field, Mean, Table
from cursor_marts.graph import model
from cursor_marts.graph.definition import Model
from cursor_marts.raw.tables import RawPullRequests
from support.raw_rows import Row, pr

Change = Callable[[ir.Table], ir.Table]


class Changes(Contract):
    """One row per pull request."""

    repo_name: str = Field("Its repository.")
    number: int = Field("Its number.")
    lines: int = Field("Lines that it adds.", nullable=True)

    class Config:
        unique = ["repo_name", "number"]


class Sizes(Contract):
    """One row per repository."""

    repo_name: str = Field("The repository.")
    pulls: int = Count("Its pull requests.")
    mean_lines: float = Mean("Lines of one of them.")
    title: str = Field("The title of one.", nullable=True)

    class Config:
        unique = ["repo_name"]


@model
def stg_changes(pull_requests: Table[RawPullRequests]) -> Table[Changes]:
    return pull_requests.select("repo_name", "number", lines=_.additions)


@model
def mart_sizes(changes: Table[Changes]) -> Table[Sizes]:
    return changes.group_by("repo_name").agg(
        pulls=_.count(), mean_lines=_.lines.mean(), title=_.lines.max().cast(str).nullif("900")
    )


VIEW = replace(stg_changes, layer="staging")
MODELS = (VIEW, mart_sizes)


def pulls() -> list[Row]:
    """Return one pull request of repository a, two of b, three of c, each of its own size."""
    numbers = [(repo, n) for repo in ("a", "b", "c") for n in range("abc".index(repo) + 1)]
    return [pr(n, repo_name=repo, additions=100 * (n + 7)) for repo, n in numbers]


def with_changes(change: Change, of: Model = mart_sizes) -> tuple[Model, ...]:
    """Return the models, one of which has its expression changed."""
    changed = replace(of, function=lambda *tables, **named: change(of.function(*tables, **named)))
    return tuple(changed if each is of else each for each in MODELS)
