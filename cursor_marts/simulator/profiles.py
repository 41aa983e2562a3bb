"""The teams and repositories of the invented company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
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


PROFILES = (
    Profile("acme-demo/web-app", "web", 0.30, 110, 0.35, 0.30, 3, 9, 0.35, 0.95),
    Profile("acme-demo/mobile-app", "web", 0.18, 90, 0.25, 0.20, 5, 14, 0.15, 0.92),
    Profile("acme-demo/payments", "core", 0.20, 60, 0.10, 0.10, 9, 30, -0.10, 0.99),
    Profile("acme-demo/ledger", "core", 0.12, 50, 0.05, 0.25, 8, 22, 0.05, 0.98),
    Profile("acme-demo/data-pipeline", "data", 0.20, 160, 0.45, 0.35, 2, 6, 0.10, 0.75),
)
TEAMS = ("web", "core", "data")
FIRST_NAMES = (
    "Ada", "Bela", "Chidi", "Dana", "Emre", "Freya", "Goran", "Hana", "Ines", "Jomo",
    "Kaya", "Lior", "Mina", "Noor", "Olga", "Pavel", "Qiu", "Rosa", "Sami", "Tove",
)  # fmt: skip


@dataclass(frozen=True)
class Developer:
    """An invented person: how much they work, and how much they use AI."""

    id: str
    name: str
    email: str
    team: str
    pace: float
    fondness: float
