"""Accounts: their normalized names, their kind (human, agent or bot) and their team."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from cursor_marts.models.reference import KINDS, current

#: The kind of account whose pull requests the marts by week do not count.
BOT = "bot"
AGENT = "agent"
HUMAN = "human"
BOT_SUFFIX = "[bot]"
KIND_SAYS = "human, agent (a coding agent that opens pull requests) or bot"


def normalized_name(name: ir.Column) -> ir.Column:
    """Return a login or an email trimmed, in lower case and without a trailing `[bot]`."""
    text = name.strip().lower()
    plain = text.substr(0, text.length() - len(BOT_SUFFIX))
    return ibis.ifelse(text.endswith(BOT_SUFFIX), plain, text).nullif("")


def kind_of(account_type: ir.Column, *names: ir.Column) -> ir.Column:
    """Return human, agent or bot: by accounts.csv, else by the type of the account.

    `names` come from `normalized_name`; the first one in accounts.csv decides. A part of a name
    never decides, since the names of people may contain "bot".
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
    """Return the team of an account by the first of its names in teams.csv; NULL without one."""
    members = current().members()
    known = [(name.isin(persons), team) for name in names for team, persons in members.items()]
    unknown = ibis.null("string")
    return ibis.cases(*known, else_=unknown) if known else unknown
