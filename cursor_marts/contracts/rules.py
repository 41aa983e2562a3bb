"""The data tests of a contract on whole rows and on other tables."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args, overload

from cursor_marts.contracts.contract import Contract, contracts_in
from cursor_marts.contracts.places import place_of
from cursor_marts.errors import ContractError

if TYPE_CHECKING:
    import ibis.expr.types as ir

Severity = Literal["error", "warn"]
F = TypeVar("F", bound="Callable[..., ir.Table]")
Rule: TypeAlias = "Callable[[Any, ir.Table], Any]"


@dataclass(frozen=True)
class RowRule:
    """A rule for every row: its function takes the contract and the rows."""

    function: Rule
    severity: Severity


@dataclass(frozen=True)
class DataTest:
    """A test that may read other tables; it returns the failing rows.

    Its function takes the contract, the tested table, and one `Table[…]` for each other table.
    """

    name: str
    severity: Severity
    function: Callable[..., ir.Table]

    @property
    def description(self) -> str:
        """The first line of the test's docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    @property
    def reads(self) -> Mapping[str, type[Contract]]:
        """Parameter name → contract of the other tables.

        Raises ContractError for a parameter without `Table[…]`.
        """
        contracts = contracts_in(self.function)
        _, _, *others = inspect.signature(self.function).parameters
        for name in others:
            if name not in contracts:
                raise ContractError(
                    f"{self.function.__qualname__}: its parameter {name} has no Table[…] "
                    f"({place_of(self.function)})",
                    hint="annotate each parameter after the tested rows with a contract's Table[…]",
                )
        return {name: contracts[name] for name in others}

    def failing(self, tested: ir.Table, others: Mapping[type[Contract], ir.Table]) -> ir.Table:
        """Return the failing rows as an expression over the bound tables."""
        arguments = {name: others[contract] for name, contract in self.reads.items()}
        return self.function(None, tested, **arguments)


def _checked(severity: Severity, decorator: str) -> Severity:
    if severity not in get_args(Severity):
        raise ContractError(
            f"@{decorator}({severity!r}): there is no such severity",
            hint="write 'error', which stops a build, or 'warn', which is counted and shown",
        )
    return severity


@overload
def data_test(severity: F) -> F: ...
@overload
def data_test(severity: Severity = "error") -> Callable[[F], F]: ...
def data_test(severity: Severity | F = "error") -> Any:
    """Declare a method of a contract as a data test that returns the failing rows.

    Without parentheses, the severity is error. Raises ContractError for an unknown severity.
    """
    if callable(severity):
        return data_test()(severity)
    mark = _checked(severity, "data_test")

    def declare(function: F) -> F:
        # An attribute, since pandera takes anything but a plain method for a column.
        function.__data_test__ = mark  # type: ignore[attr-defined]
        return function

    return declare


def data_tests_of(contract: type[Contract]) -> tuple[DataTest, ...]:
    """Return the contract's `@data_test` methods in the order they are written, inherited first."""
    methods = {name: m for base in reversed(contract.__mro__) for name, m in vars(base).items()}
    return tuple(
        DataTest(name, method.__data_test__, method)
        for name, method in methods.items()
        if hasattr(method, "__data_test__")
    )


@overload
def row_rule(severity: Rule) -> Any: ...
@overload
def row_rule(severity: Severity = "error") -> Callable[[Rule], Any]: ...
def row_rule(severity: Severity | Rule = "error") -> Any:
    """Declare a method of a contract as a rule for every row; it returns a boolean column.

    A row where the rule is NULL passes, as with CHECK in SQL. Without parentheses, the severity is
    error. Raises ContractError for an unknown severity.
    """
    if callable(severity):
        return row_rule()(severity)
    checked = _checked(severity, "row_rule")
    return lambda function: RowRule(function, checked)
