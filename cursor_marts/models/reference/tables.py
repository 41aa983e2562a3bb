"""What the reference files hold, as values that a model's expression can use."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NewType, get_args

from cursor_marts.models.reference.bands import Band

Kind = Literal["human", "agent", "bot"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Rule = Literal["label", "title", "branch"]
RULES: tuple[Rule, ...] = get_args(Rule)

#: A login or an email in the one spelling that is compared.
Person = NewType("Person", str)


def same_person(name: str) -> Person:
    """Return a login or an email as it is compared: no blanks around, lower case, no `[bot]`."""
    return Person(name.strip().lower().removesuffix("[bot]"))


@dataclass(frozen=True)
class Account:
    """An account that is known: a person, a coding agent, or a bot, and who offers it."""

    login: Person
    kind: Kind
    vendor: str


@dataclass(frozen=True)
class BugFixRule:
    """One mark of a bug fix, in lower case: a label, a title's type, or a branch's beginning."""

    rule: Rule
    value: str


@dataclass(frozen=True)
class TeamMember:
    """A login or an email, and the team that it belongs to."""

    person: Person
    team: str


@dataclass(frozen=True)
class Reference:
    """All reference data of a build; the order of rules is the order in which they are tried."""

    bands: tuple[Band, ...]
    accounts: tuple[Account, ...]
    bug_fix_rules: tuple[BugFixRule, ...]
    teams: tuple[TeamMember, ...]

    @property
    def fingerprint(self) -> str:
        """A text that differs wherever any value differs."""
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
