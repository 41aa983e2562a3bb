"""Which columns can be NULL, as far as expressions tell."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir
import pytest
from ibis import _

from cursor_marts.contracts import Contract, Field, Table
from cursor_marts.errors import ContractError
from cursor_marts.graph import model
from cursor_marts.graph.analysis.nullability import passed_through_nullable
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

PULLS = ibis.table({"repo": "!string", "title": "string", "n": "int64"}, name="pulls")
REPOS = ibis.table({"repo": "!string", "owner": "string"}, name="repos")


@pytest.mark.parametrize(
    "through",
    [
        lambda t: t,
        lambda t: t.select("repo", title="title").order_by("repo").limit(3).distinct(),
        lambda t: t.select("repo", "title").group_by("title").agg(repo=_.repo.max()),
        lambda t: t.mutate(n=_.title.length()).filter(_.n > 3),
        lambda t: t.select(headline="title", n="n").view().select(title="headline"),
    ],
)
def test_a_column_that_is_passed_on_is_as_nullable_as_its_input(
    through: Callable[[ir.Table], ir.Table],
) -> None:
    """Renamed, sorted, grouped, or filtered by another column."""
    assert passed_through_nullable(through(PULLS), "title")


@pytest.mark.parametrize(
    "through",
    [
        lambda t: t.filter(_.title.notnull()),
        lambda t: t.filter(_.title.length() > 2).select("title"),
        lambda t: t.mutate(title=_.title.fill_null("")),
        lambda t: t.agg(title=_.title.max()),
        lambda t: t.drop_null("title"),
        lambda t: t.select("title").union(t.select("title")),
        lambda t: t.left_join(REPOS, "repo").select(title="owner"),
        lambda t: t.select(title="repo"),
    ],
)
def test_a_column_that_may_have_lost_its_nulls_is_no_error(
    through: Callable[[ir.Table], ir.Table],
) -> None:
    """Filtered, filled, computed, joined, or never NULL."""
    assert not passed_through_nullable(through(PULLS), "title")


class MartTitles(Contract):
    """Titles that may be NULL, against the contract."""

    title: str = Field("A title.")


@model
def mart_titles(pull_requests: Table[StgPullRequests]) -> Table[MartTitles]:
    return pull_requests.select("title")


def test_a_nullable_column_that_the_contract_forbids_is_an_error() -> None:
    """Before anything runs, with the name of the column."""
    with pytest.raises(ContractError, match=r"mart_titles\.title: can be NULL as its input says"):
        check_contracts([mart_titles])
