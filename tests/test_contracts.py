"""Contracts as somebody new to them writes them: what is understood, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from ibis import _

from cursor_marts.checks import checks_of
from cursor_marts.contracts import Contract, Field, Rows, Table, Truth, data_test, row_rule
from cursor_marts.errors import ContractError
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
