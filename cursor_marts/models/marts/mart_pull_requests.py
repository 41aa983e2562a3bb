"""Every pull request with its measures: the rows behind the numbers of the other marts."""

from __future__ import annotations

import ibis
from ibis import Deferred, _

from cursor_marts.contracts import (
    Contract,
    Count,
    Date,
    Field,
    Hours,
    Ratio,
    Rows,
    Table,
    Timestamp,
    columns_of,
    data_test,
)
from cursor_marts.graph import model
from cursor_marts.models.definitions import hours_between, week_of
from cursor_marts.models.intermediate.hotfixes import HOTFIX
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST
from cursor_marts.models.intermediate.int_pr_with_commits import BAND, ROUNDS, IntPrWithCommits
from cursor_marts.models.intermediate.reviews import QUALIFYING
from cursor_marts.models.marts.merged import unreconciled
from cursor_marts.models.people import KIND_SAYS, team_of
from cursor_marts.models.reference import KINDS, RULES
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests
from cursor_marts.raw import PULL_REQUEST_STATES


class MartPullRequests(Contract):
    """One row per pull request, including open and closed ones and those of bots."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The number, unique in its repository.")
    url: str = Field("Its page at the source.", nullable=True)
    title: str = Field("The title.", nullable=True)
    author: str = Field("The author's email, else the login or id.", nullable=True)
    author_kind: str = Field(f"The author is {KIND_SAYS}.", isin=KINDS)
    team: str = Field("The author's team, by teams.csv.", nullable=True)
    state: str = Field("open, closed or merged.", isin=PULL_REQUEST_STATES)
    opened_at: Timestamp = Field(
        "When it was opened for review: its creation, or when a draft was ready.", nullable=True
    )
    merged_at: Timestamp = Field("When it was merged.", nullable=True)
    week: Date = Field("Monday of the week of the merge (UTC).", nullable=True)
    coding_lead_time_hours: float = Hours("First commit to opening; 0 if it came after.")
    pickup_time_hours: float = Hours("Opening to first review; 0 if that came before.")
    review_lead_time_hours: float = Hours("First review, or opening if later, to merge.")
    total_cycle_time_hours: float = Hours("First commit, or opening if earlier, to merge.")
    age_hours: float = Hours("If open: opening to the end of the extraction.")
    waiting_hours: float = Hours(
        "If open: last qualifying review, or opening if later, to the end of the extraction."
    )
    total_loc: int = Count("Lines added and deleted.", unit="lines", nullable=True)
    changed_files: int = Count("Files changed.", unit="files", nullable=True)
    review_count: int = Count(f"Qualifying reviews: {QUALIFYING}.", unit="reviews")
    bot_review_count: int = Count(
        "Reviews by agents and bots, without mere replies.", unit="reviews"
    )
    iterations: int = Count(f"Rounds of review: {ROUNDS}.", unit="rounds")
    final_ai_ratio: float = Ratio("Share of AI lines; NULL where nothing is known.")
    ai_usage_band: str = Field(BAND)
    ai_lines: int = Count("Lines by AI.", unit="lines", nullable=True)
    is_bug_fix: bool = Field("Whether it fixes a bug: by the source, else by the rules.")
    bug_fix_rule: str = Field(
        "The kind of rule that matches; NULL without one, or where the source decides.",
        nullable=True,
        isin=RULES,
    )
    is_reverted: bool = Field("Whether it was reverted: by the source, else by a later merge.")
    reverted_by: int = Field("The pull request that reverted it.", nullable=True)
    has_hotfix_followup: bool = Field(f"Whether it was {HOTFIX}.")

    @data_test()
    def every_pull_request_is_here(cls, mart: Rows, pull_requests: Table[StgPullRequests]) -> Rows:
        """The number of rows is the number of pull requests in staging."""
        return unreconciled(mart.count(), pull_requests.count())

    class Config:
        unique = PULL_REQUEST


@model
def mart_pull_requests(pull_requests: Table[IntPrWithCommits]) -> Table[MartPullRequests]:
    """Each pull request, with its team, and how long an open one has been waiting."""
    return pull_requests.mutate(
        team=team_of(_.author_email, _.author_id),
        week=week_of(_.merged_at),
        age_hours=_while_open(_.opened_at),
        waiting_hours=_while_open(
            ibis.greatest(_.last_review_at.fill_null(_.opened_at), _.opened_at)
        ),
    ).select(columns_of(MartPullRequests))


def _while_open(since: Deferred) -> Deferred:
    """Return the hours from a time to the end of the extraction; NULL unless the state is open."""
    return ibis.ifelse(_.state == "open", hours_between(_.extraction_ended_at, since), None)
