"""Contracts as somebody new to them writes them: what is understood, and what is refused."""

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


def test_a_test_declared_without_parentheses_is_one() -> None:
    """It is an error test, as with them."""
    assert {c.name: c.severity for c in checks_of(Bare)} == {
        "not_null_name": "error",
        "has_a_name": "error",
        "is_a_repository": "error",
    }


@pytest.mark.parametrize("decorator", [row_rule, data_test])
def test_another_severity_is_refused_at_once(decorator: Any) -> None:
    """A rule meant to warn must not stop builds."""
    with pytest.raises(ContractError, match=r"'warning'.*no such severity\n.*'error'.*'warn'"):
        decorator("warning")


class Undescribed(Contract):
    """A column without a Field."""

    name: str = Field("The name.")
    reviewer: str


class Untyped(Contract):
    """A column of a type that no column has."""

    name: str = Field("The name.")
    reviews: list = Field("Reviews.")  # type: ignore[type-arg]


class Optional(Contract):
    """What other tools call a column that can be NULL."""

    name: str | None = Field("The name.")


class Misset(Contract):
    """A slip in a setting."""

    name: str = Field("The name.")

    class Config:
        uniqe = ["name"]


class Unmarked(Contract):
    """A method that somebody takes for a test."""

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
            r"Undescribed\.reviewer: nothing says what it means \(.*test_contracts\.py\)\n",
        ),
        (Untyped, r"Untyped\.reviews: list is no type of a column .*\n.*use str, int"),
        (Optional, r"Optional\.name: its type does not say .* NULL .*\n.*nullable=True"),
        (Misset, r"Misset\.uniqe: there is no such setting .*\n.*unique"),
        (Unmarked, r"Unmarked\.has_a_name: is not marked as a test .*\n.*@row_rule\(\)"),
        (Unannotated, r"Unannotated: .*missing annotations: \['name'\]"),
    ],
)
def test_what_a_contract_says_in_vain_is_named(contract: type[Contract], says: str) -> None:
    """Contract and column, setting or method; by whatever looks at the contract first."""
    for look in (checks_of, schema_of, described_columns):
        with pytest.raises(ContractError, match=says):
            look(contract)


def test_a_contract_that_is_not_understood_is_named_with_its_model() -> None:
    """By `check`, beside all else that is broken."""

    def mart_names(repos: Table[RawRepos]) -> Table[Undescribed]:
        return repos.select(name="full_name", reviewer="full_name")

    with pytest.raises(ContractError, match=r"mart_names: Undescribed\.reviewer: nothing says"):
        check_contracts([model(mart_names)])


@pytest.mark.parametrize("constraint", [{"max": 10}, {"unique": True}, {"in_range": (0, 1)}])
def test_a_limit_that_there_is_not_is_refused_with_those_there_are(constraint: Any) -> None:
    """Not kept for later, and not lost."""
    with pytest.raises(
        ContractError, match=rf"no {next(iter(constraint))}\n.*ge, gt, le, lt, isin"
    ):
        Field("A number.", **constraint)


def test_a_count_may_have_another_lower_limit() -> None:
    """Its own is one that most counts have."""

    class Many(Contract):
        number: int = Count("Things.", ge=1)

    assert [c.name for c in checks_of(Many)] == ["not_null_number", "number_at_least_1"]
