"""One row per repository."""

from __future__ import annotations

from cursor_marts.contracts import Contract, Field, Table
from cursor_marts.graph import model
from cursor_marts.models.definitions import key_known
from cursor_marts.raw import RawRepos


class StgRepos(Contract):
    """One row per repository that the source knows."""

    repo_name: str = Field("Owner and name, as in `acme/web-app`.")
    default_branch: str = Field("The branch that work is merged into.", nullable=True)

    class Config:
        unique = ["repo_name"]


@model
def stg_repos(repos: Table[RawRepos]) -> Table[StgRepos]:
    """Repositories by the name that the other tables use."""
    known = key_known(repos, "full_name")
    return known.select(repo_name="full_name", default_branch="default_branch").distinct()
