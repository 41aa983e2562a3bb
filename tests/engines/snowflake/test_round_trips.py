"""How many statements a build sends to Snowflake, and how many of them wait for an answer."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from support.raw_rows import comment, commit, link, pr, review
from support.snowflake_server import sent, snowflake, variables, written

from cursor_marts.building.run import build_all
from cursor_marts.commands.pipeline import run_build
from cursor_marts.commands.settings import Settings
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.session import Answer, Statement
from cursor_marts.engines.snowflake import engine
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.engines.snowflake.session import SnowflakeSession
from cursor_marts.errors import UsageError
from cursor_marts.raw.tables import RAW_TABLES
from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve


class Counting(SnowflakeSession):
    """A session that counts how often it waits for answers."""

    waits = 0

    def execute(self, statement: str, table: str = "", *, of: int = 1) -> Any:
        self.waits += 1 if of == 1 else 2  # the connector fetches the first of several answers
        return super().execute(statement, table, of=of)

    def execute_all(self, statements: Iterable[Statement]) -> list[Answer]:
        before, listed = self.waits, list(statements)
        answers = super().execute_all(listed)
        self.waits = before + math.ceil(len(listed) / Account.concurrency)
        return answers

    def attempts(self, statements: Iterable[Statement]) -> Any:
        before, listed = self.waits, list(statements)
        ended = super().attempts(listed)
        self.waits = before + math.ceil(len(listed) / Account.concurrency)
        return ended


Built = tuple[list[dict[str, Any]], int]


@pytest.fixture(scope="module")
def environ(address: str) -> dict[str, str]:
    """The variables of a database."""
    return variables(address)


@pytest.fixture(scope="module")
def built(address: str, environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The statements of a second build, whose tests find rows, and how often it waits."""
    landing = written(
        tmp_path_factory.mktemp("landing"),
        pull_requests=[pr(1), pr(2, ai_ratio=0.4, state="odd")],
        commits=[commit()],
        pull_request_commits=[link()],
        reviews=[review(), review(id=2, pr_number=77)],
        review_comments=[comment()],
    )
    with snowflake(address, environ) as backend:
        load(landing, session_of(backend))
        build_all(backend)
        session = Counting(backend)
        assert len(build_all(session).warned) >= 2
    return of_session(session, address), session.waits


def of_session(session: SnowflakeSession, address: str) -> list[dict[str, Any]]:
    return [r for r in sent(address) if session.run_id in str(r.get("parameters"))]


def test_a_build_whose_tables_exist_sends_few_statements(built: Built) -> None:
    """One for each table, two for each mart and each failed test, and a dozen more."""
    statements, _ = built
    assert len(statements) <= 55


def test_a_build_waits_for_few_answers_in_a_row(built: Built) -> None:
    """What does not depend on each other is sent at the same time, eight statements at most."""
    statements, waits = built
    assert waits <= 20
    staging = [
        s for s in statements if 'TABLE "BUILD_' in s["sqlText"] and '."STG_' in s["sqlText"]
    ]
    assert max(s["received"] for s in staging[:6]) < min(s["answered"] for s in staging[:6])


@pytest.fixture(scope="module")
def rebuilt(
    address: str,
    environ: dict[str, str],
    built: Built,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The requests of a whole build, of which every raw table is new, and how often it waits."""
    world = generate(4, end=Window.parse().end, days=20, developers=4)
    opened: list[Counting] = []

    def counting(*args: Any) -> Counting:
        opened.append(Counting(*args))
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch, serve(Simulator(world, rate_limit=None)) as source:
        patch.setattr(engine, "SnowflakeSession", counting)
        folder = tmp_path_factory.mktemp("data")
        run_build(Settings.read(source=source, target="prod", data_dir=folder, environ=environ))
    (session,) = opened
    return of_session(session, address), session.waits


def test_a_whole_build_sends_few_requests(rebuilt: Built) -> None:
    """Extract, load of all raw tables, transform, tests: the load's transaction is one request.

    Two more drop what failed a test in the build before.
    """
    requests, _ = rebuilt
    transaction = [each["sqlText"] for each in requests if each["sqlText"].startswith("BEGIN;")]
    assert len(transaction) == 1
    assert transaction[0].count("COPY INTO") == len(RAW_TABLES) - 1
    assert transaction[0].endswith("COMMIT")
    assert sum(each["sqlText"].startswith("PUT ") for each in requests) == 1
    assert len(requests) <= 47 + 2


def test_a_whole_build_waits_for_few_answers_in_a_row(rebuilt: Built) -> None:
    """With the sign-in, 20."""
    _, waits = rebuilt
    assert waits <= 19


def test_a_view_is_replaced_only_if_its_query_has_changed(address: str, tmp_path: Path) -> None:
    """Or if somebody else has replaced it."""
    with snowflake(address) as backend:
        load(written(tmp_path, pull_requests=[pr(1)]), session_of(backend))
        build_all(backend)
        theirs = "VIEW staging.stg_repos COMMENT = 'Mine.' AS SELECT 1 AS a"
        backend.raw_sql(f"CREATE OR REPLACE {theirs}")
        session = SnowflakeSession(backend)
        build_all(session)
    texts = [statement["sqlText"] for statement in of_session(session, address)]
    views = [text for text in texts if text.startswith("CREATE OR REPLACE VIEW")]
    assert [text.partition(" COMMENT")[0] for text in views] == [
        'CREATE OR REPLACE VIEW "STAGING"."STG_REPOS"'
    ]


def test_the_number_of_statements_at_a_time_is_a_setting(address: str) -> None:
    """SNOWFLAKE_CONCURRENCY, at least 1."""
    environ = variables(address) | {"SNOWFLAKE_CONCURRENCY": "3"}
    assert Account.read(environ).concurrency == 3
    with pytest.raises(UsageError, match="SNOWFLAKE_CONCURRENCY='0' is not a number of statements"):
        Account.read(environ | {"SNOWFLAKE_CONCURRENCY": "0"})
