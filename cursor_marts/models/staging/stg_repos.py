"""One row per repository."""

from __future__ import annotations

from ibis import _

from cursor_marts.contracts import Contract, Field, Table, Timestamp, columns_of
from cursor_marts.graph import model
from cursor_marts.models.staging.cleaning import key_known, latest_of, spelled_as_in
from cursor_marts.raw import RawExtractions, RawRepos
from cursor_marts.raw.times import loaded_run_began


class StgRepos(Contract):
    """One row per repository that the source knows."""

    repo_name: str = Field("Owner and name, as in `acme/web-app`.")
    default_branch: str = Field("The branch that work is merged into.", nullable=True)
    known_until: Timestamp = Field(
        "When the last extraction began that read it; later changes are not known.", nullable=True
    )

    class Config:
        unique = ["repo_name"]


@model
def stg_repos(repos: Table[RawRepos], extractions: Table[RawExtractions]) -> Table[StgRepos]:
    """Repositories by the name that the other tables use."""
    known = spelled_as_in(repos, key_known(repos, "full_name"), "full_name")
    latest = latest_of(known, ["full_name"], at="default_branch", columns=columns_of(RawRepos))
    return latest.cross_join(loaded_run_began(extractions)).select(
        repo_name=_.full_name,
        default_branch=_.default_branch,
        known_until=_.known_until.fill_null(_.began_at),
    )
