"""The lines of the reference files as values."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NewType, get_args

from cursor_marts.models.reference.bands import Band

Kind = Literal["human", "agent", "bot"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Rule = Literal["label", "title", "branch"]
RULES: tuple[Rule, ...] = get_args(Rule)

#: A login or an email that `normalized_name` has returned.
Person = NewType("Person", str)


def normalized_name(name: str) -> Person:
    """Return a login or an email trimmed, in lower case and without a trailing `[bot]`."""
    return Person(name.strip().lower().removesuffix("[bot]"))


@dataclass(frozen=True)
class Account:
    """A known account: a person, a coding agent or a bot, and its vendor."""

    login: Person
    kind: Kind
    vendor: str


@dataclass(frozen=True)
class BugFixRule:
    """One rule for bug fixes, in lower case: a label, a title's type, or a branch's prefix."""

    rule: Rule
    value: str


@dataclass(frozen=True)
class TeamMember:
    """A login or an email, and its team."""

    person: Person
    team: str


@dataclass(frozen=True)
class Reference:
    """All reference data of a build; the first rule that matches decides."""

    bands: tuple[Band, ...]
    accounts: tuple[Account, ...]
    bug_fix_rules: tuple[BugFixRule, ...]
    teams: tuple[TeamMember, ...]

    @property
    def fingerprint(self) -> str:
        """A hash of all values."""
        return sha256(repr(self).encode()).hexdigest()[:16]

    def logins(self, kind: Kind) -> list[str]:
        """Return the accounts of a kind."""
        return [account.login for account in self.accounts if account.kind == kind]

    def members(self) -> dict[str, list[str]]:
        """Return team → its members."""
        found: dict[str, list[str]] = {}
        for member in self.teams:
            found.setdefault(member.team, []).append(member.person)
        return found
