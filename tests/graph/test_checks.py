"""Every data test of every contract fails on a table that breaks it, and only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis
import pytest
from support.raw_rows import at, comment, commit, link, loaded, pr, review

from cursor_marts.building.run import build_all
from cursor_marts.contracts import Contract, Field, Table, schema_of
from cursor_marts.engines.dialect import DUCKDB as QUALIFIED
from cursor_marts.errors import DataTestsFailed
from cursor_marts.graph import checks
from cursor_marts.graph import definition as graph
from cursor_marts.graph.checks import Check, checks_of, summary
from cursor_marts.models import all_models
from cursor_marts.models.marts.mart_velocity import MartVelocity
from cursor_marts.raw import RAW_TABLES, RawRepos

pytestmark = pytest.mark.slow

#: Names without the database, since these tests have one.
DUCKDB = QUALIFIED.unqualified()
#: Two repositories, two weeks, every table with rows: no test finds anything in it.
SOUND: dict[str, Any] = {
    "repos": [{"full_name": "acme/core"}, {"full_name": "acme/web"}],
    "pull_requests": [
        pr(1, ai_ratio=0.9, first_commit_at=at(9), first_review_at=at(12), title="Bold"),
        pr(2, created_at=at(26), merged_at=at(30), title="fix: it", url="https://x/2"),
        pr(4, created_at=at(27), merged_at=at(31), title='Revert "Bold"', author_id="cursor[bot]"),
        pr(1, repo_name="acme/core", created_at=at(200), merged_at=at(210), additions=900),
        pr(3, merged_at=None, state="open"),
    ],
    "commits": [commit("c1"), commit("c2", commit_ts=at(25), message="Try it")],
    "pull_request_commits": [link("c1", 1), link("c2", 2, authored_at=at(25), message="Try it")],
    "reviews": [review(1, body="hm"), review(2, 2, created_at=at(27))],
    "review_comments": [comment(1)],
    "rejects": [{"resource": "reviews", "reason": "odd", "record": "{}"}],
    "extractions": [
        dict.fromkeys(("expected", "received", "outside_window", "rejected"), 0)
        | {"duplicates": 0, "requests": 0, "retries": 0, "resource": "reviews", "source": "here"}
        | {"invented": False, "window_start": "2026-09-01", "window_end": "2026-09-30"}
        | {"started_at": at(400), "finished_at": at(401)}
        | {"run_id": "one", "waited_seconds": 0.0, "bytes": 0}
    ],
}

TABLES: dict[str, type[Contract]] = RAW_TABLES | {m.name: m.contract for m in all_models()}
LAYER = dict.fromkeys(RAW_TABLES, "raw") | {m.name: m.layer for m in all_models()}


@dataclass
class Breaker:
    """A change of a valid table, as SQL over `{t}`, and the number of rows that then fail."""

    sql: str
    failures: int = 1


def changing(column: str, value: str) -> Breaker:
    """Return SQL that changes one column of the first row."""
    return Breaker(f"UPDATE {{t}} SET {column} = {value} WHERE rowid = 0")


#: Rules and tests across tables say nothing of themselves: how each is broken is written here.
BREAKERS: dict[str, Breaker] = {
    "pull_requests.state_is_known": changing("state", "'draft'"),
    "stg_commits.ai_lines_within_total": changing("ai_lines_added", "101"),
    "stg_commits.repository_exists": changing("repo_name", "'no/such'"),
    "stg_pull_requests.merged_after_opening": changing("opened_at", "'2026-12-01'"),
    "stg_pull_requests.merged_has_its_time": Breaker(
        "UPDATE {t} SET state = 'merged' WHERE merged_at IS NULL"
    ),
    "stg_pull_requests.first_commit_not_after_opening": changing("first_commit_at", "'2026-12-01'"),
    "stg_pull_requests.first_review_not_before_opening": changing(
        "first_review_at", "'2026-01-01'"
    ),
    "stg_pull_requests.first_review_not_after_merge": changing("first_review_at", "'2026-12-01'"),
    "stg_pull_requests.repository_exists": changing("repo_name", "'no/such'"),
    "stg_pull_request_commits.pull_request_exists": changing("pr_number", "99"),
    "stg_reviews.state_is_known": changing("state", "'odd'"),
    "stg_reviews.pull_request_exists": changing("pr_number", "99"),
    "stg_review_comments.review_exists": changing("review_id", "99"),
    "int_pr_with_commits.merged_after_opening": changing("opened_at", "'2026-12-01'"),
    "int_pr_with_commits.band_is_known": changing("ai_usage_band", "'nonsense'"),
    "int_pr_with_commits.first_commit_not_after_opening": changing(
        "first_commit_at", "'2026-12-01'"
    ),
    "int_pr_with_commits.first_review_not_before_opening": changing(
        "first_review_at", "'2026-01-01'"
    ),
    "int_pr_with_commits.first_review_not_after_merge": changing("first_review_at", "'2026-12-01'"),
    "int_pr_with_commits.every_pull_request_is_here": Breaker("DELETE FROM {t} WHERE rowid = 0"),
    "mart_velocity.parts_within_total": Breaker(
        "UPDATE {t} SET coding_lead_time = total_cycle_time + 1 WHERE coding_lead_time > 0"
    ),
    "mart_velocity.median_within_p90": changing("p50_cycle_time", "p90_cycle_time + 1"),
    "mart_velocity.total_lines_reconcile": changing("total_lines", "total_lines + 1"),
    "mart_velocity.agents_within_total": changing("agent_prs", "total_prs + 1"),
    "mart_coverage.parts_within_total": changing("ai_known_prs", "total_prs + 1"),
    "mart_pull_requests.every_pull_request_is_here": Breaker("DELETE FROM {t} WHERE rowid = 0"),
    "mart_quality.parts_within_total": changing("unreviewed_prs", "total_prs + 1"),
    "mart_quality.reverted_prs_reconcile": Breaker(
        "UPDATE {t} SET reverted_prs = 0, ai_ratio_high_reverts = 0 WHERE reverted_prs > 0"
    ),
    "mart_quality.bug_fix_prs_reconcile": Breaker(
        "UPDATE {t} SET bug_fix_prs = 0 WHERE bug_fix_prs > 0"
    ),
    "mart_review_costs.large_within_total": changing("large_prs", "total_prs + 1"),
    "mart_review_costs.total_reviews_reconcile": changing("total_reviews", "total_reviews + 1"),
}
for _mart in ("mart_velocity", "mart_quality", "mart_review_costs", "mart_coverage"):
    BREAKERS[f"{_mart}.total_prs_reconcile"] = changing("total_prs", "total_prs + 1")
    BREAKERS[f"{_mart}.counts_every_merge"] = Breaker(
        "UPDATE {t} SET total_prs = 4 - total_prs", failures=2
    )
for _table in ("stg_pull_requests", "int_pr_with_commits"):
    BREAKERS[f"{_table}.parts_add_up"] = Breaker(
        "UPDATE {t} SET total_cycle_time_hours = 11.0000000003 WHERE total_cycle_time_hours = 11"
    )
for _mart in ("mart_ai_impact", "mart_ai_impact_by_repo"):
    BREAKERS[f"{_mart}.pr_count_reconcile"] = changing("pr_count", "pr_count + 1")
    BREAKERS[f"{_mart}.band_is_known"] = changing("ai_usage_band", "'nonsense'")
    BREAKERS[f"{_mart}.counts_every_merge"] = Breaker(
        "UPDATE {t} SET ai_usage_band = 'low' WHERE ai_usage_band = 'unknown'", failures=2
    )
for _raw in ("commits", "pull_requests", "pull_request_commits", "reviews", "review_comments"):
    BREAKERS[f"{_raw}.times_are_possible"] = changing(
        "authored_at" if _raw == "pull_request_commits" else "created_at", "'0001-01-01'"
    )

KINDS: dict[str, Callable[[str], Breaker]] = {
    "not_null_": lambda column: changing(column, "NULL"),
    "accepted_values_": lambda column: changing(column, "'nonsense'"),
    "_at_least_0": lambda column: changing(column, "-1"),
    "_at_most_1": lambda column: changing(column, "1.5"),
    "unique_": lambda key: Breaker("INSERT INTO {t} SELECT * FROM {t} LIMIT 1"),
}


def breaker_of(table: str, check: Check) -> Breaker:
    """Return a change that breaks a check: by its kind, or from the list above."""
    if written := BREAKERS.get(f"{table}.{check.name}"):
        return written
    kind = next(k for k in KINDS if check.name.startswith(k) or check.name.endswith(k))
    return KINDS[kind](check.name.replace(kind, ""))


@pytest.fixture(scope="module")
def sound() -> Any:
    """A database whose tables and views are plain tables with valid rows, the first one known."""
    backend = loaded(**SOUND)
    report = build_all(backend)
    assert [test.name for test in report.tests if test.failures] == []
    backend.raw_sql("CREATE SCHEMA IF NOT EXISTS kept")
    for model in all_models():
        if model.layer == "intermediate":
            query = DUCKDB.text(DUCKDB.query(model.over(DUCKDB.tables(all_models()))))
            backend.raw_sql(f"CREATE TABLE {model.name} AS {query} ORDER BY ALL")
    for model in all_models():
        if model.layer == "staging":
            name = f"main_staging.{model.name}"
            backend.raw_sql(f"CREATE TABLE kept.{model.name} AS SELECT * FROM {name} ORDER BY ALL")
    for model in all_models():
        if model.layer == "staging":
            name = f"main_staging.{model.name}"
            backend.raw_sql(f"DROP VIEW {name}")
            backend.raw_sql(f"CREATE TABLE {name} AS SELECT * FROM kept.{model.name}")
        if model.layer == "marts":
            name = f"main_mart.{model.name}"
            backend.raw_sql(f"CREATE OR REPLACE TABLE {name} AS FROM {name} ORDER BY ALL")
    return backend


def failures_in(backend: Any, table: str) -> dict[str, int]:
    """Return the number of failures of each check of a table, by the query of a build."""
    contract = TABLES[table]
    tables = DUCKDB.tables(all_models())
    checks = checks_of(contract)
    query = DUCKDB.text(DUCKDB.query(summary(checks, tables[contract], tables)))
    _, *counts = backend.raw_sql(query).fetchone()
    return {check.name: int(count) for check, count in zip(checks, counts, strict=True)}


def broken_column(sql: str) -> str:
    """Return the column that a breaker changes, or '' for one that changes whole rows."""
    return sql.split(" SET ")[1].split(" = ", maxsplit=1)[0] if " SET " in sql else ""


CHECKS = [(table, check) for table, contract in TABLES.items() for check in checks_of(contract)]


@pytest.mark.parametrize(
    ("table", "check"), CHECKS, ids=[f"{table}.{check.name}" for table, check in CHECKS]
)
def test_a_check_fails_for_a_row_that_breaks_it(sound: Any, table: str, check: Check) -> None:
    """One broken row fails that check once, and no check of other columns."""
    breaker = breaker_of(table, check)
    name = DUCKDB.names.table(LAYER[table], table)
    sound.raw_sql("BEGIN")
    try:
        sound.raw_sql(breaker.sql.format(t=name))
        found = {key: count for key, count in failures_in(sound, table).items() if count}
    finally:
        sound.raw_sql("ROLLBACK")
    assert found.pop(check.name, 0) == breaker.failures
    column = broken_column(breaker.sql)
    checks = {each.name: each for each in checks_of(TABLES[table])}
    unbound = ibis.table(schema_of(TABLES[table]))
    unmoved = {n for n in found if checks[n].passes and column not in checks[n].columns(unbound)}
    assert not unmoved


def test_the_valid_tables_pass_every_check(sound: Any) -> None:
    """So a failure is the effect of a breaker."""
    for table in TABLES:
        assert set(failures_in(sound, table).values()) == {0}, table


def test_every_breaker_belongs_to_a_check() -> None:
    """The list above names only checks that exist."""
    assert BREAKERS.keys() <= {f"{table}.{check.name}" for table, check in CHECKS}


def test_failing_rows_are_stored_and_shown() -> None:
    """In main_audit, of the last run only; the report shows five, with key and tested columns."""
    rows = [pr(n, first_commit_at=at(11)) for n in range(1, 8)]
    backend = loaded(**SOUND | {"pull_requests": rows, "pull_request_commits": []})
    found = {test.name: test for test in build_all(backend).warned}
    test = found["stg_pull_requests.first_commit_not_after_opening"]
    assert (test.failures, len(test.examples)) == (7, 5)
    assert test.examples[0].keys() == {"repo_name", "pr_number", "first_commit_at", "opened_at"}
    kept = "main_audit.stg_pull_requests__first_commit_not_after_opening"
    assert backend.raw_sql(f"SELECT count(*) FROM {kept}").fetchone() == (7,)
    backend.raw_sql("DELETE FROM main_raw.pull_requests")
    build_all(backend)
    query = "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'stg_pull_requests__%'"
    assert backend.raw_sql(query).fetchone() == (0,)


def test_pandera_agrees_with_us_on_a_mart(sound: Any) -> None:
    """A contract is a normal pandera schema: it accepts the valid mart and refuses broken ones."""
    import warnings

    import pandera.errors

    table = sound.table("mart_velocity", database="main_mart")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert MartVelocity.to_schema().validate(table) is not None
        for broken in (
            table.mutate(total_prs=ibis.literal(-1)),
            table.mutate(ai_coverage=ibis.literal(1.5)),
            table.mutate(p50_cycle_time=table.p90_cycle_time + 1),
            table.union(table),
            table.drop("total_prs"),
        ):
            with pytest.raises((pandera.errors.SchemaError, pandera.errors.SchemaErrors)):
                MartVelocity.to_schema().validate(broken)


class Named(Contract):
    """One row per name."""

    full_name: str = Field("The name.")

    class Config:
        unique = ["full_name"]


def named(repos: Table[RawRepos]) -> Table[Named]:
    """Return all names with their duplicates."""
    return repos.select("full_name")


def test_a_key_that_comes_three_times_fails_once() -> None:
    """The test counts keys, not rows."""
    backend = loaded(repos=[{"full_name": name} for name in ("a", "b", "b", "b", "c", "c")])
    with pytest.raises(DataTestsFailed) as failed:
        build_all(backend, [graph.model(named)])
    assert [test.failures for test in failed.value.report.failed] == [2]


class NamedAnew(Named):
    """One row per name, of which no query is kept yet."""


def named_anew(repos: Table[RawRepos]) -> Table[NamedAnew]:
    """Return all names with their duplicates."""
    return named(repos)


def test_keys_with_the_same_hash_are_not_duplicates(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fast count by hash comes first; the keys themselves decide."""
    monkeypatch.setattr(checks, "_sharing_a_hash", lambda key, table: table.count())
    backend = loaded(repos=[{"full_name": "a"}, {"full_name": "b"}])
    report = build_all(backend, [graph.model(named_anew)])
    assert "named_anew.unique_full_name" in [test.name for test in report.tests]
    assert not report.failed
