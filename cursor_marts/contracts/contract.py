"""The vocabulary of a table: Contract, its columns, Table, and data tests.

A contract is a pandera schema: every column with its type, nullability, range and meaning, the
key in `Config.unique`, row rules as `@row_rule`. Data tests that look at other tables are written
as `@data_test` methods, whose signature names those tables as a model's does.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar, get_args, get_type_hints, overload

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandera.ibis as pa
from pandera.api.ibis.container import DataFrameSchema
from pandera.api.ibis.types import IbisData
from pandera.dtypes import immutable
from pandera.engines import ibis_engine
from typing_extensions import TypeAliasType

from cursor_marts.errors import ContractError

__all__ = [
    "Column",
    "Contract",
    "Count",
    "DataTest",
    "Date",
    "Field",
    "Hours",
    "Mean",
    "Ratio",
    "Rows",
    "Severity",
    "Table",
    "TextList",
    "Timestamp",
    "Truth",
    "columns_of",
    "contracts_in",
    "data_test",
    "data_tests_of",
    "declared",
    "described_columns",
    "place_of",
    "row_rule",
    "schema_of",
    "shown_path",
]

Severity = Literal["error", "warn"]


@ibis_engine.Engine.register_dtype
@immutable
class Timestamp(ibis_engine.DataType):
    """A column of times in UTC, microseconds, without zone."""

    type = dt.Timestamp(scale=6)


@ibis_engine.Engine.register_dtype
@immutable
class TextList(ibis_engine.DataType):
    """A column of lists of text."""

    type = dt.Array(dt.string)


#: What limits a column's values, besides `nullable`: at least, more than, at most, less than, in.
LIMITS = ("ge", "gt", "le", "lt", "isin")


def Field(
    description: str, *, unit: str = "", aliases: tuple[str, ...] = (), **constraints: Any
) -> Any:
    """Describe one column; `constraints` are `nullable` and, as limits, what `LIMITS` names.

    With `raise_warning` what breaks a limit is counted and shown, and stops nothing. `aliases` are
    other names that a source uses for the same column (raw tables only). Raises ContractError for
    any other constraint.
    """
    unknown = sorted(constraints.keys() - {*LIMITS, "nullable", "raise_warning"})
    if unknown:
        raise ContractError(
            f"a Field has no {', '.join(unknown)}",
            hint=f"its limits are {', '.join(LIMITS)}; a key stands in Config.unique, "
            "and any other rule is a @row_rule() method",
        )
    metadata = {"unit": unit, "aliases": aliases}
    return pa.Field(description=description, metadata=metadata, **constraints)


def Count(description: str, **constraints: Any) -> Any:
    """Describe a count: never negative, never NULL unless said so."""
    return Field(description, **{"ge": 0} | constraints)


def Hours(description: str) -> Any:
    """Describe a duration in hours: never negative; NULL where it cannot be known."""
    return Field(description, unit="hours", ge=0, nullable=True)


def Ratio(description: str, *, nullable: bool = True) -> Any:
    """Describe a share between 0.0 and 1.0; NULL where there is nothing to divide by."""
    return Field(description, unit="ratio 0–1", ge=0, le=1, nullable=nullable)


def Mean(description: str, *, unit: str = "", nullable: bool = True) -> Any:
    """Describe an average of counts: never negative, NULL over no rows."""
    return Field(description, unit=unit, ge=0, nullable=nullable)


class Contract(pa.DataFrameModel):
    """What a table promises: its columns in order, its key, and its data tests."""

    class Config:
        """Extra columns break the promise."""

        strict = True


C = TypeVar("C", bound=Contract)
F = TypeVar("F", bound=Callable[..., ir.Table])
Rule: TypeAlias = Callable[[Any, ir.Table], Any]

#: Rows of any table, and a column of true and false: what tests are written in.
Rows: TypeAlias = ir.Table
Truth: TypeAlias = ir.BooleanValue

#: `Table[StgReviews]` in a signature says where rows come from, and what they are.
Table = TypeAliasType("Table", ir.Table, type_params=(C,))


def shown_path(file: str) -> str:
    """Return the path of a file as a checkout has it where it is of the package, else as it is."""
    package = Path(__file__).parents[1]
    inside = Path(file).is_relative_to(package)
    return Path(file).relative_to(package.parent).as_posix() if inside else file


def place_of(function: Callable[..., object]) -> str:
    """Return the file and the line of a function, to be read by people."""
    code = function.__code__
    return f"{shown_path(code.co_filename)}, line {code.co_firstlineno}"


@cache
def contracts_in(function: Callable[..., Any]) -> Mapping[str, type[Contract]]:
    """Return parameter name → contract (and 'return') of a function's `Table[…]` annotations.

    Raises ContractError where an annotation is of a name that its file does not know.
    """
    try:
        hints = get_type_hints(function)
    except NameError as error:
        hint = "import it in the model's file, or mend how it is spelled"
        raise ContractError(
            f"{function.__qualname__}: there is no {error.name}", hint=hint
        ) from None
    return {
        name: get_args(hints[name])[0]
        for name in [*inspect.signature(function).parameters, "return"]
        if get_args(hints.get(name))
    }


@cache
def declared(contract: type[Contract]) -> DataFrameSchema:
    """Return what a contract declares, as pandera reads it.

    Raises ContractError that names the contract and what is not understood: a setting, the type of
    a column, a column without a Field, a method that is no test.
    """
    for setting in contract.__extras__ or {}:
        raise _refused(contract, setting, "there is no such setting", "a key is `unique = […]`")
    try:
        schema = contract.to_schema()
    except Exception as error:  # whatever pandera raises
        raise _not_read(contract, error) from None
    for name, problem, hint in _lost(contract, schema):
        raise _refused(contract, name, problem, hint)
    return schema


def _lost(contract: type[Contract], schema: DataFrameSchema) -> Iterator[tuple[str, str, str]]:
    """Give what pandera takes, and what would be lost on us: its name, what is wrong, a hint."""
    for name, column in schema.columns.items():
        if not column.metadata:
            yield name, "nothing says what it means", f'write {name}: … = Field("…")'
        if not column.required:
            hint = "leave out None, and give nullable=True to its Field"
            yield name, "its type does not say whether it can be NULL", hint
    for name, method in vars(contract).items():
        if inspect.isfunction(method) and not hasattr(method, "__data_test__"):
            hint = "put @row_rule() or @data_test() over it, or move it out of the contract"
            yield name, "is not marked as a test", hint


def _not_read(contract: type[Contract], error: Exception) -> ContractError:
    """Say why a contract has no schema; of a type that is none of a column, which column's."""
    hints = get_type_hints(contract) if isinstance(error, TypeError) else {}
    for name in hints.keys() - get_type_hints(Contract).keys():
        try:
            ibis_engine.Engine.dtype(hints[name])
        except TypeError:
            type_ = getattr(hints[name], "__name__", hints[name])
            hint = "use str, int, float, bool, Date, Timestamp or TextList"
            return _refused(contract, name, f"{type_} is no type of a column", hint)
    return ContractError(f"{contract.__name__}: {type(error).__name__}: {error}")


def _refused(contract: type[Contract], name: str, problem: str, hint: str) -> ContractError:
    file = getattr(sys.modules.get(contract.__module__), "__file__", None)
    at = f" ({shown_path(file)})" if file else ""
    return ContractError(f"{contract.__name__}.{name}: {problem}{at}", hint=hint)


@cache
def schema_of(contract: type[Contract]) -> ibis.Schema:
    """Return the Ibis schema that the contract's columns spell, in order."""
    columns = declared(contract).columns
    return ibis.schema(
        {name: column.dtype.type.copy(nullable=column.nullable) for name, column in columns.items()}
    )


def columns_of(contract: type[Contract]) -> tuple[str, ...]:
    """Return the contract's column names in order."""
    return tuple(declared(contract).columns)


@dataclass(frozen=True)
class Column:
    """One column of a contract, for documentation and for reading a source's records."""

    name: str
    type: dt.DataType
    nullable: bool
    description: str
    unit: str
    aliases: tuple[str, ...]


@cache
def described_columns(contract: type[Contract]) -> tuple[Column, ...]:
    """Return the contract's columns in order, with type, unit and meaning."""
    return tuple(
        Column(
            name=name,
            type=column.dtype.type,
            nullable=column.nullable,
            description=column.description or "",
            unit=column.metadata["unit"],
            aliases=column.metadata["aliases"],
        )
        for name, column in declared(contract).columns.items()
    )


@dataclass(frozen=True)
class DataTest:
    """A test that looks at other tables too: it returns the rows that fail.

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

        Raises ContractError for a parameter that does not say which table it is.
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
    """Declare a contract's method as a data test across tables; it returns the failing rows.

    Without parentheses it is an error test, too. Raises ContractError for another severity.
    """
    if callable(severity):
        return data_test()(severity)
    mark = _checked(severity, "data_test")

    def declare(function: F) -> F:
        # Only a mark: pandera takes anything but a plain method for a column.
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
    """Declare a rule that holds for every row: a method of the table giving a boolean column.

    A row where the rule is NULL passes, as in SQL's own CHECK. Without parentheses it is an error
    test, too. Raises ContractError for another severity.
    """
    if callable(severity):
        return row_rule()(severity)
    warns = _checked(severity, "row_rule") == "warn"

    def declare(function: Rule) -> Any:
        def rule(cls: Any, data: IbisData) -> Any:
            return function(cls, data.table)

        rule.__name__ = function.__name__
        rule.__doc__ = function.__doc__
        return pa.dataframe_check(rule, name=function.__name__, raise_warning=warns)

    return declare
