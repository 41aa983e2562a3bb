"""Mistakes in a model, a contract or its tests are errors before anything runs."""

from __future__ import annotations

from typing import Any

import pytest
from ibis import _

from cursor_marts.contracts import Contract, Count, Field, Rows, Table, data_test, row_rule
from cursor_marts.errors import ContractError
from cursor_marts.graph import model
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.models import all_models
from cursor_marts.models.staging.stg_repos import StgRepos
from cursor_marts.models.staging.stg_reviews import StgReviews

HERE = r"\(.*test_conformance\.py, line \d+\)"


class MartReviewers(Contract):
    """One row per reviewer, with every mistake that a test can have."""

    reviewer: str = Field("Who reviewed.", isin=[1, 2])
    body: str = Field("Words.", ge=0)
    reviews: int = Count("Reviews.")

    @row_rule()
    def misspelt(cls, rows: Rows) -> Any:
        return rows.reviws > 0

    @row_rule()
    def misspelt_as_text(cls, rows: Rows) -> Any:
        return rows["reviws"] > 0

    @row_rule()
    def no_truth(cls, rows: Rows) -> Any:
        return rows.reviews

    @row_rule()
    def nothing(cls, rows: Rows) -> Any:
        rows.reviews > 0  # noqa: B015

    @row_rule()
    def deferred(cls, rows: Rows) -> Any:
        return _.reviews >= 0

    @data_test()
    def misspelt_in_another(cls, mart: Rows, repos: Table[StgRepos]) -> Rows:
        return mart.filter(mart.reviewer.isin(repos.repo_nam))

    @data_test()
    def no_rows(cls, mart: Rows, repos: Table[StgRepos]) -> Any:
        return mart.count() == repos.count()


@model
def mart_reviewers(reviews: Table[StgReviews]) -> Table[MartReviewers]:
    known = reviews.filter(_.reviewer.notnull())
    return known.group_by("reviewer").agg(body=_.state.max(), reviews=_.count())


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ("accepted_values_reviewer", r"reviewer is string, and 1 is int8: they cannot be compared"),
        ("body_at_least_0", r"body is string, and 0 is int8: they cannot be compared"),
        ("misspelt", rf"there is no column reviws; did you mean reviews\? {HERE}"),
        ("misspelt_as_text", rf"there is no column reviws; did you mean reviews\? {HERE}"),
        ("no_truth", "returns int64, not a column of true and false"),
        ("nothing", "returns nothing, not a column of true and false"),
        ("misspelt_in_another", r"there is no column repo_nam; did you mean repo_name\?"),
        ("no_rows", "returns boolean, not the rows that fail"),
    ],
)
def test_a_mistake_in_a_test_is_an_error_with_its_place(test: str, says: str) -> None:
    """It names the model, the test, and the nearest column."""
    with pytest.raises(ContractError, match=rf"mart_reviewers\.{test}: {says}"):
        check_contracts([mart_reviewers])


def test_a_rule_may_use_deferred_columns() -> None:
    """`_` is the table, as in a model."""
    with pytest.raises(ContractError) as found:
        check_contracts([mart_reviewers])
    assert "deferred" not in str(found.value)
    assert str(found.value).count("\n    mart_reviewers.") == 8


def misspelt(reviews: Table[StgReviews]) -> Table[MartReviewers]:
    return reviews.select("state").order_by("sate")


def slipped(reviews: Table[StgReviews]) -> Table[MartReviewers]:
    return reviews.mutate(state=_.state.nonsense())


def without_return(reviews: Table[StgReviews]) -> Table[MartReviewers]:
    reviews.select("state")


def without_agg(reviews: Table[StgReviews]) -> Table[MartReviewers]:
    return reviews.group_by("state")


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (misspelt, rf"there is no column sate; did you mean state\? {HERE}"),
        (slipped, rf"AttributeError: .* no attribute 'nonsense' {HERE}"),
        (without_return, rf"its function returns nothing, not a table {HERE}"),
        (without_agg, rf"its function returns GroupedTable, not a table {HERE}"),
    ],
)
def test_a_mistake_in_an_expression_is_an_error_with_its_line(function: Any, says: str) -> None:
    """Whatever error Ibis raises."""
    with pytest.raises(ContractError, match=rf"{function.__name__}: {says}"):
        check_contracts([model(function)])


def test_the_models_of_the_package_match_their_contracts() -> None:
    """There is no false alarm."""
    check_contracts(all_models())
