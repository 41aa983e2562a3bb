"""The columns in use: never too few, and for the package's models none too many."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir
import pytest
from ibis import _
from support.raw_rows import commit, loaded

from cursor_marts import build_all
from cursor_marts.building.plan import plan_build
from cursor_marts.contracts import Contract, Field, Table, schema_of
from cursor_marts.graph import model
from cursor_marts.graph.analysis import columns as in_use
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_commits import StgCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

pytestmark = pytest.mark.slow

LEFT = ibis.table({"a": "int64", "b": "int64", "c": "int64", "d": "int64"}, name="t_left")
RIGHT = ibis.table({"a": "int64", "e": "int64"}, name="t_right")

NUMBERED = ibis.row_number().over(group_by="b", order_by=["c", "a"])

ASKED = {
    "what is kept": (LEFT.select("a"), "a"),
    "what is computed with": (LEFT.select(x=_.a + _.b), "ab"),
    "what is computed in vain": (LEFT.mutate(x=_.a + 1).select("b"), "ab"),
    "what comes along": (LEFT.mutate(x=_.a + 1).select("x"), "a"),
    "under another name": (LEFT.rename(x="a").select("x"), "a"),
    "what is looked at": (LEFT.filter(_.c > 1).select("a"), "ac"),
    "what it is ordered by": (LEFT.order_by("d", "a").limit(3).select("a"), "ad"),
    "groups and sums": (LEFT.group_by("a").agg(n=_.b.sum()), "ab"),
    "a window": (LEFT.filter(NUMBERED == 0).select("a"), "abc"),
    "a join": (LEFT.join(RIGHT, "a").select("b", "e"), "ab"),
    "a look-up": (LEFT.anti_join(RIGHT, LEFT.d == RIGHT.e).select("a"), "ad"),
    "the next one": (LEFT.asof_join(RIGHT, LEFT.c < RIGHT.e, "a").select("b"), "abc"),
    "another query": (LEFT.filter(_.a == LEFT.view().b.max()).select("c"), "abc"),
    "among others": (RIGHT.filter(_.a.isin(LEFT.b)).select("e"), "b"),
    "itself once more": (LEFT.join(LEFT.view(), "a").select("b"), "ab"),
    "distinct rows": (LEFT.distinct().select("a"), "abcd"),
    "distinct rows of some": (LEFT.select("a", "b").distinct().select("a"), "ab"),
    "two in one": (LEFT.select("a", "b").union(LEFT.select("a", b="c")).select("a"), "abc"),
    "what is not in the other": (LEFT.select("a", "b").difference(LEFT.select("a", "b")), "ab"),
    "rows without gaps": (LEFT.drop_null().select("a"), "abcd"),
    "an element a row": (LEFT.select("a", x=ibis.array([_.b, _.c]).unnest()).select("a"), "abc"),
}


@pytest.mark.parametrize("name", ASKED)
def test_the_columns_that_an_expression_uses(name: str) -> None:
    """Not those that are only passed on, but those that select rows."""
    expression, columns = ASKED[name]
    assert in_use.needed(expression.op())[LEFT.op()] == set(columns)


@pytest.mark.parametrize("name", ASKED)
def test_the_other_columns_do_not_change_the_result(name: str) -> None:
    """DuckDB returns the same rows with other values in them."""
    expression, columns = ASKED[name]
    backend = ibis.duckdb.connect()
    rows = "SELECT a, b, c, d FROM range(3) x(a), range(2) y(b), range(2) z(c), range(2) w(d)"
    backend.raw_sql(f"CREATE TABLE rows_of_it AS {rows}")
    backend.raw_sql("CREATE TABLE t_right AS SELECT range AS a, range % 2 AS e FROM range(4)")
    found = []
    for kept in (list("abcd"), [c if c in columns else f"9 AS {c}" for c in "abcd"]):
        query = f"SELECT {', '.join(kept)} FROM rows_of_it"
        backend.raw_sql(f"CREATE OR REPLACE TABLE t_left AS {query}")
        rows_found = backend.to_pyarrow(expression).to_pylist()
        found.append(sorted(map(str, rows_found)))
    assert found[0] == found[1]


class Emails(Contract):
    """One row per email."""

    user_email: str = Field("An email.")
    commits: int = Field("How many commits.")

    class Config:
        unique = ["user_email"]


def emails(commits: Table[StgCommits]) -> Table[Emails]:
    """Count the commits of each email."""
    known = commits.filter(_.user_email.notnull())
    return known.group_by("user_email").agg(commits=_.count())


def emails_by_name(commits: Table[StgCommits]) -> Table[Emails]:
    """The same, with an unused column."""
    return emails(commits.select("user_email", "branch_name"))


def emails_of_all(commits: Table[StgCommits]) -> Table[Emails]:
    """The same, with all columns."""
    return emails(commits.select(commits.columns))


def test_all_columns_are_read_where_use_cannot_be_told() -> None:
    """The model would fail if a column were missing."""
    assert in_use.by_model(model(emails)) == [["user_email"]]
    assert in_use.by_model(model(emails_of_all)) == [["user_email"]]
    assert in_use.by_model(model(emails_by_name)) == [list(schema_of(StgCommits))]


@pytest.mark.parametrize("function", [emails, emails_by_name, emails_of_all])
def test_a_model_of_a_user_has_the_columns_that_it_uses(function: Callable[..., ir.Table]) -> None:
    """The package's models do not use a commit's email; this one does."""
    backend = loaded(
        commits=[commit("a", user_email="Ann@x.y "), commit("b", user_email="ann@x.y")]
    )
    models = [*all_models(), model(function)]
    build_all(backend, models, select=f"+{function.__name__} stg_repos")
    mart = backend.table(function.__name__, database="main_mart")
    assert mart.to_pyarrow().to_pylist() == [{"user_email": "ann@x.y", "commits": 2}]


def test_the_columns_that_the_package_does_not_use() -> None:
    """The texts of commits; of pull requests too few to matter."""
    plan = plan_build(all_models())
    commits = set(schema_of(StgCommits)).difference(
        in_use.columns(StgCommits, plan.created, plan.tested)
    )
    assert commits == {"user_id", "user_email", "branch_name", "is_primary_branch", "commit_source"}
    pull_requests = in_use.columns(StgPullRequests, plan.created, plan.tested)
    assert pull_requests == tuple(schema_of(StgPullRequests))


def test_failing_rows_are_stored_with_all_columns() -> None:
    """Also with columns that no model uses, in the order of the view."""
    nowhere = commit(repo_name="acme/gone", branch_name="topic", user_id="7")
    backend = loaded(commits=[nowhere])
    build_all(backend)
    kept = backend.table("stg_commits__repository_exists", database="main_audit")
    assert kept.columns == tuple(schema_of(StgCommits))
    view = backend.table("stg_commits", database="main_staging")
    assert kept.to_pyarrow().to_pylist() == view.to_pyarrow().to_pylist()
