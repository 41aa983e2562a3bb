"""People, agents and bots: how an account is compared, and which of the three it is."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.models.reference import KINDS, current

#: The kind of accounts that no mart counts the pull requests of.
BOT = "bot"
AGENT = "agent"
HUMAN = "human"
BOT_SUFFIX = "[bot]"
KIND_SAYS = "human, agent (a coding agent that opens pull requests) or bot"


def same_person(name: ir.Column) -> ir.Column:
    """Return a login or an email as it is compared: no blanks around, lower case, no `[bot]`."""
    text = name.strip().lower()
    plain = text.substr(0, text.length() - len(BOT_SUFFIX))
    return ibis.ifelse(text.endswith(BOT_SUFFIX), plain, text).nullif("")


def kind_of(account_type: ir.Column, *names: ir.Column) -> ir.Column:
    """Return human, agent or bot: by the accounts that are known, else by the account's type.

    `names` are spelled by `same_person`; the first that is known decides. Never a part of a name:
    people have "bot" in theirs.
    """
    known = [
        (name.isin(logins), kind)
        for name in names
        for kind in KINDS
        if (logins := current().logins(kind))
    ]
    is_bot = account_type.strip().lower() == BOT
    return ibis.cases(*known, (is_bot, BOT), else_=HUMAN)


def team_of(*names: ir.Column) -> ir.Column:
    """Return the team that `teams.csv` gives to any of an account's names; NULL if to none."""
    members = current().members()
    known = [(name.isin(persons), team) for name in names for team, persons in members.items()]
    unknown = ibis.null("string")
    return ibis.cases(*known, else_=unknown) if known else unknown
