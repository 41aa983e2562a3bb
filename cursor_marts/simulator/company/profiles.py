"""The habits of the teams of the invented company, one profile per repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cursor_marts.simulator.company.people import (
    CODERABBIT,
    COPILOT,
    CURSOR,
    DEPENDABOT,
    RENOVATE,
    Account,
)

#: What says that a pull request fixes a bug: the source's own word, which also says that one was
#: reverted, or a mark that the team leaves.
Mark = Literal["word", "label", "title", "branch"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The habits of the team of a repository; shares are 0–1, times are hours."""

    repo: str
    team: str
    weight: float  #: share of the company's pull requests
    lines: float  #: median lines added
    ai_share: float  #: share of AI lines in the first week
    ai_growth: float  #: what the share gains until the last week
    pickup: float  #: median wait for the first review
    review: float  #: median time from there to the merge
    speed_up: float  #: share of both that is gone by the last week
    rigour: float  #: chance of a review at all
    agents: float  #: share of pull requests that a coding agent opens
    ratio_known: float  #: share of pull requests whose AI share the source sends
    tracked: float  #: share of commits that the AI source knows
    marks: Mark
    agent: Account = field(default=CURSOR)
    updater: Account = field(default=DEPENDABOT)
    ai_reviewer: Account | None = None


WEB_APP = Profile(
    repo="acme-demo/web-app", team="web", weight=0.30, lines=110, ai_share=0.35, ai_growth=0.30,
    pickup=3, review=9, speed_up=0.35, rigour=0.95, agents=0.15, ratio_known=0.93, tracked=0.96,
    marks="word", ai_reviewer=CODERABBIT,
)  # fmt: skip
MOBILE_APP = Profile(
    repo="acme-demo/mobile-app", team="web", weight=0.18, lines=90, ai_share=0.25, ai_growth=0.20,
    pickup=5, review=14, speed_up=0.15, rigour=0.92, agents=0.10, ratio_known=0.93, tracked=0.94,
    marks="label", ai_reviewer=CODERABBIT,
)  # fmt: skip
PAYMENTS = Profile(
    repo="acme-demo/payments", team="core", weight=0.20, lines=60, ai_share=0.10, ai_growth=0.10,
    pickup=9, review=30, speed_up=-0.10, rigour=0.99, agents=0.07, ratio_known=0.93, tracked=0.92,
    marks="label", agent=COPILOT,
)  # fmt: skip
LEDGER = Profile(
    repo="acme-demo/ledger", team="core", weight=0.12, lines=50, ai_share=0.05, ai_growth=0.25,
    pickup=8, review=22, speed_up=0.05, rigour=0.98, agents=0.07, ratio_known=0.40, tracked=0.60,
    marks="branch", agent=COPILOT,
)  # fmt: skip
DATA_PIPELINE = Profile(
    repo="acme-demo/data-pipeline", team="data", weight=0.20, lines=160, ai_share=0.45,
    ai_growth=0.35, pickup=2, review=6, speed_up=0.10, rigour=0.75, agents=0.16, ratio_known=0.93,
    tracked=0.96, marks="title", updater=RENOVATE, ai_reviewer=CODERABBIT,
)  # fmt: skip
PROFILES = (WEB_APP, MOBILE_APP, PAYMENTS, LEDGER, DATA_PIPELINE)
