"""Mistakes in contracts, as a new user makes them, are errors that name the mistake."""

from __future__ import annotations

from typing import Any

import pytest
from ibis import _

from cursor_marts.contracts import (
    Contract,
    Count,
    Field,
    Rows,
    Table,
    Truth,
    data_test,
    described_columns,
    row_rule,
    schema_of,
)
from cursor_marts.errors import ContractError
from cursor_marts.graph import model
from cursor_marts.graph.checks import checks_of
from cursor_marts.graph.conformance import check_contracts
from cursor_marts.raw import RawRepos


class Bare(Contract):
    """One row per name."""

    name: str = Field("The name.")

    @row_rule
    def has_a_name(cls, rows: Rows) -> Truth:
        """The name is not empty."""
        return rows.name != ""

    @data_test
    def is_a_repository(cls, rows: Rows, repos: Table[RawRepos]) -> Rows:
        """The source lists it."""
        return rows.anti_join(repos, _.name == repos.full_name)


def test_a_test_may_be_declared_without_parentheses() -> None:
    """It is an error test, as with parentheses."""
    assert {c.name: c.severity for c in checks_of(Bare)} == {
        "not_null_name": "error",
        "has_a_name": "error",
        "is_a_repository": "error",
    }


@pytest.mark.parametrize("decorator", [row_rule, data_test])
def test_an_unknown_severity_is_refused(decorator: Any) -> None:
    """A misspelt warning must not become an error test."""
    with pytest.raises(ContractError, match=r"'warning'.*no such severity\n.*'error'.*'warn'"):
        decorator("warning")


class Undescribed(Contract):
    """A column without a Field."""

    name: str = Field("The name.")
    reviewer: str


class Untyped(Contract):
    """A column whose type is unknown."""

    name: str = Field("The name.")
    reviews: list = Field("Reviews.")  # type: ignore[type-arg]


class Optional(Contract):
    """A nullable column as other tools declare it."""

    name: str | None = Field("The name.")


class Misset(Contract):
    """A misspelt setting."""

    name: str = Field("The name.")

    class Config:
        uniqe = ["name"]


class Unmarked(Contract):
    """A method that looks like a test, without a decorator."""

    name: str = Field("The name.")

    def has_a_name(cls, rows: Rows) -> Truth:
        """The name is not empty."""
        return rows.name != ""


class Unannotated(Contract):
    """A column without a type."""

    name = Field("The name.")


@pytest.mark.parametrize(
    ("contract", "says"),
    [
        (
            Undescribed,
            r"Undescribed\.reviewer: it has no description \(.*test_contracts\.py\)\n",
        ),
        (Untyped, r"Untyped\.reviews: list is not a type of a column .*\n.*use str, int"),
        (Optional, r"Optional\.name: its type does not say .* NULL .*\n.*nullable=True"),
        (Misset, r"Misset\.uniqe: there is no such setting .*\n.*unique"),
        (Unmarked, r"Unmarked\.has_a_name: is not marked as a test .*\n.*@row_rule\(\)"),
        (Unannotated, r"Unannotated: .*missing annotations: \['name'\]"),
    ],
)
def test_a_declaration_without_effect_is_an_error(contract: type[Contract], says: str) -> None:
    """It names the contract and the column, setting or method, at the first use."""
    for look in (checks_of, schema_of, described_columns):
        with pytest.raises(ContractError, match=says):
            look(contract)


def test_check_reports_an_invalid_contract_with_its_model() -> None:
    """Together with all other mistakes."""

    def mart_names(repos: Table[RawRepos]) -> Table[Undescribed]:
        return repos.select(name="full_name", reviewer="full_name")

    with pytest.raises(
        ContractError, match=r"mart_names: Undescribed\.reviewer: it has no description"
    ):
        check_contracts([model(mart_names)])


@pytest.mark.parametrize("constraint", [{"max": 10}, {"unique": True}, {"in_range": (0, 1)}])
def test_an_unknown_limit_is_refused_with_the_known_ones(constraint: Any) -> None:
    """At once, when the column is declared."""
    with pytest.raises(
        ContractError, match=rf"no {next(iter(constraint))}\n.*ge, gt, le, lt, isin"
    ):
        Field("A number.", **constraint)


def test_a_count_may_have_another_lower_limit() -> None:
    """It replaces the default limit."""

    class Many(Contract):
        number: int = Count("Things.", ge=1)

    assert [c.name for c in checks_of(Many)] == ["not_null_number", "number_at_least_1"]
