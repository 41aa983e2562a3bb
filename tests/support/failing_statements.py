"""Makes each statement fail that a command sends to Snowflake, as `support.failing_writes` does.

Files and streams do not fail here. Three small models stand in for those of the package, because an
emulator of Snowflake is slow.
"""

from __future__ import annotations

import os
from typing import Any

from ibis import _
from snowflake.connector.errors import OperationalError

from cursor_marts import models
from cursor_marts.contracts import Contract, Count, Field, Table
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.engines.snowflake.connection import connected
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.graph import model
from cursor_marts.models.staging.stg_repos import StgRepos, stg_repos
from support import failing_writes

#: The first and the last words of a statement tell one place from another.
FIRST, LAST = 6, 3


class Branches(Contract):
    """One row per branch that is the default of a repository."""

    default_branch: str = Field("Its name.", nullable=True)
    repos: int = Count("Repositories.", unit="repositories")

    class Config:
        unique = ["default_branch"]


class SameBranches(Branches):
    """One row per branch that is the default of a repository, again."""


@model
def mart_first(repos: Table[StgRepos]) -> Table[Branches]:
    """A mart that is published before another one."""
    return repos.group_by("default_branch").agg(repos=_.count())


@model
def mart_second(repos: Table[StgRepos]) -> Table[SameBranches]:
    """A mart that is published after another one."""
    return repos.group_by("default_branch").agg(repos=_.count())


def watch_snowflake() -> None:
    """Note each statement that is sent to Snowflake, by its first and last words."""
    send = SnowflakeSession.execute

    def sending(self: Any, statement: str, table: str = "", **options: Any) -> Any:
        words = statement.split()
        what = " ".join([*words[:FIRST], *words[-LAST:]])
        failing_writes.writes.reach(what, OperationalError(msg="no answer", errno=250001))
        return send(self, statement, table, **options)

    SnowflakeSession.execute = sending  # type: ignore[method-assign]


def main() -> None:
    """Let each place fail once; `STATE` and `CHANGE` know `query`."""
    connection = connected(Account.read(os.environ))

    def query(*statements: str) -> list[Any]:
        return [connection.cursor().execute(each).fetchall() for each in statements]

    vars(models)["all_models"] = lambda: (stg_repos, mart_first, mart_second)
    watch_snowflake()
    failing_writes.main(kinds="[A-Z]+ ", query=query)


if __name__ == "__main__":
    main()
