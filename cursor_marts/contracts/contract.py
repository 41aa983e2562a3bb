"""Contract, its columns, and `Table[…]`, which names a contract in a signature.

A contract is a pandera schema: every column with its type, nullability, range and meaning, the
key in `Config.unique`, and row rules as `@row_rule` methods. A data test that reads other tables is
a `@data_test` method, whose signature names these tables as the signature of a model does.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, TypeVar, get_args, get_type_hints

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandera.ibis as pa
from pandera.api.ibis.container import DataFrameSchema
from pandera.engines import ibis_engine
from typing_extensions import TypeAliasType

from cursor_marts.contracts.places import shown_path
from cursor_marts.errors import ContractError


class Contract(pa.DataFrameModel):
    """The columns of a table in order, its key, and its data tests."""

    class Config:
        """A column that the contract does not declare is an error."""

        strict = True


C = TypeVar("C", bound=Contract)

#: Rows of any table, and a boolean column: the types in which tests are written.
Rows: TypeAlias = ir.Table
Truth: TypeAlias = ir.BooleanValue

#: `Table[StgReviews]` in a signature names the contract of the rows.
Table = TypeAliasType("Table", ir.Table, type_params=(C,))


@cache
def contracts_in(function: Callable[..., Any]) -> Mapping[str, type[Contract]]:
    """Return parameter name → contract (and 'return') of a function's `Table[…]` annotations.

    Raises ContractError where an annotation uses an undefined name.
    """
    try:
        hints = get_type_hints(function)
    except NameError as error:
        hint = "import it in the model's file, or correct its spelling"
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
    """Return the pandera schema of a contract.

    Raises ContractError, naming the contract, for an unknown setting, an unsupported type of a
    column, a column without a Field, or a method that is not marked as a test.
    """
    for setting in contract.__extras__ or {}:
        raise _refused(contract, setting, "there is no such setting", "a key is `unique = […]`")
    try:
        schema = contract.to_schema()
    except Exception as error:  # pandera raises many types
        raise _no_schema(contract, error) from None
    for name, problem, hint in _unsupported(contract, schema):
        raise _refused(contract, name, problem, hint)
    return schema


def _unsupported(
    contract: type[Contract], schema: DataFrameSchema
) -> Iterator[tuple[str, str, str]]:
    """Yield name, problem and hint of each declaration that only pandera accepts."""
    for name, column in schema.columns.items():
        if not column.metadata:
            yield name, "it has no description", f'write {name}: … = Field("…")'
        if not column.required:
            hint = "leave out None, and give nullable=True to its Field"
            yield name, "its type does not say whether it can be NULL", hint
    for name, method in vars(contract).items():
        if inspect.isfunction(method) and not hasattr(method, "__data_test__"):
            hint = "put @row_rule() or @data_test() over it, or move it out of the contract"
            yield name, "is not marked as a test", hint


def _no_schema(contract: type[Contract], error: Exception) -> ContractError:
    """Return the error for a contract that pandera rejects, naming the column of a wrong type."""
    hints = get_type_hints(contract) if isinstance(error, TypeError) else {}
    for name in hints.keys() - get_type_hints(Contract).keys():
        try:
            ibis_engine.Engine.dtype(hints[name])
        except TypeError:
            type_ = getattr(hints[name], "__name__", hints[name])
            hint = "use str, int, float, bool, Date, Timestamp or TextList"
            return _refused(contract, name, f"{type_} is not a type of a column", hint)
    return ContractError(f"{contract.__name__}: {type(error).__name__}: {error}")


def _refused(contract: type[Contract], name: str, problem: str, hint: str) -> ContractError:
    file = getattr(sys.modules.get(contract.__module__), "__file__", None)
    at = f" ({shown_path(file)})" if file else ""
    return ContractError(f"{contract.__name__}.{name}: {problem}{at}", hint=hint)


@cache
def schema_of(contract: type[Contract]) -> ibis.Schema:
    """Return the Ibis schema of the contract's columns, in order."""
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
