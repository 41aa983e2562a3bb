"""The people of the invented company, and the machines that work beside them."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.simulator.company.chance import Chance

TEAMS = ("web", "core", "data")
FIRST_NAMES = (
    "Ada", "Bela", "Chidi", "Dana", "Emre", "Freya", "Goran", "Hana", "Ines", "Jomo",
    "Kaya", "Lior", "Mina", "Noor", "Olga", "Pavel", "Qiu", "Rosa", "Sami", "Tove",
)  # fmt: skip
#: One of so many people works without the tool whose AI lines are counted.
WITHOUT_THE_TOOL = 16


@dataclass(frozen=True)
class Account:
    """Who opens pull requests and reviews them; the source sends no email of a machine."""

    login: str
    name: str
    type: str = "User"
    email: str | None = None

    @property
    def address(self) -> str:
        """What a review calls them."""
        return self.email or self.login


@dataclass(frozen=True, kw_only=True)
class Developer(Account):
    """An invented person: how much they work, and how much they use AI."""

    id: str
    team: str
    pace: float
    fondness: float
    has_the_tool: bool = True


def _machine(login: str, name: str) -> Account:
    return Account(f"{login}[bot]", name, "Bot")


CURSOR = _machine("cursor", "Cursor Agent")
COPILOT = _machine("copilot-swe-agent", "Copilot")
DEPENDABOT = _machine("dependabot", "Dependabot")
RENOVATE = _machine("renovate", "Renovate")
CODERABBIT = _machine("coderabbitai", "CodeRabbit")


def developers(seed: int, count: int) -> list[Developer]:
    """Return the people of a company of this size."""
    chance = Chance(seed)
    return [_developer(number, chance) for number in range(count)]


def _developer(number: int, chance: Chance) -> Developer:
    suffix = f"{number}" if number >= len(FIRST_NAMES) else ""
    name = FIRST_NAMES[number % len(FIRST_NAMES)]
    return Developer(
        id=f"user_{number + 1:03d}",
        login=f"{name.lower()}{suffix}-acme",
        name=f"{name} {suffix}".strip(),
        email=f"{name.lower()}{suffix}@example.com",
        team=TEAMS[number % len(TEAMS)],
        pace=chance.uniform(0.5, 1.5),
        fondness=chance.uniform(-0.15, 0.15),
        has_the_tool=number % WITHOUT_THE_TOOL != 7,
    )
