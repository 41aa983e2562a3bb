"""Contract, its columns, and `Table[…]`, which names a contract in a signature.

A contract declares every column with its type, nullability, range and meaning, the key in
`Config.unique`, and row rules as `@row_rule` methods; `to_schema` is all of it as a pandera schema.
A data test that reads other tables is a `@data_test` method, whose signature names these tables as
the signature of a model does. To declare needs neither pandera nor Ibis: an extraction imports
the contracts of raw tables, and should not pay for what compiles and checks expressions.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args, get_type_hints

from typing_extensions import TypeAliasType

from cursor_marts.contracts.fields import Described
from cursor_marts.errors import ContractError

if TYPE_CHECKING:
    import ibis
    import ibis.expr.datatypes as dt
    import ibis.expr.types as ir
    from pandera.api.ibis.container import DataFrameSchema


class ContractType(type):
    """The type of contracts, which are values themselves: keys of caches and of tables."""

    def __hash__(cls) -> int:
        return super().__hash__()

    def __repr__(cls) -> str:
        return cls.__name__


class Contract(metaclass=ContractType):
    """The columns of a table in order, its key, and its data tests."""

    class Config:
        """A column that the contract does not declare is an error."""

        strict = True

    @classmethod
    def to_schema(cls) -> DataFrameSchema:
        """Return the pandera schema of the contract. Raises ContractError as `declared` does."""
        return declared(cls)


C = TypeVar("C", bound=Contract)

if TYPE_CHECKING:
    #: Rows of any table, and a boolean column: the types in which tests are written.
    Rows: TypeAlias = ir.Table
    Truth: TypeAlias = ir.BooleanValue
    #: `Table[StgReviews]` in a signature names the contract of the rows.
    Table = TypeAliasType("Table", ir.Table, type_params=(C,))
else:  # a process that compiles nothing has no Ibis
    Rows = Truth = object
    Table = TypeAliasType("Table", object, type_params=(C,))


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


def declared(contract: type[Contract]) -> DataFrameSchema:
    """Return the pandera schema of a contract.

    Raises ContractError, naming the contract, for an unknown setting, an unsupported type of a
    column, a column without a Field, or a method that is not marked as a test.
    """
    from cursor_marts.contracts import schemas

    return schemas.declared(contract)


def schema_of(contract: type[Contract]) -> ibis.Schema:
    """Return the Ibis schema of the contract's columns, in order. Raises as `declared` does."""
    from cursor_marts.contracts import schemas

    return schemas.schema_of(contract)


def columns_of(contract: type[Contract]) -> tuple[str, ...]:
    """Return the contract's column names in order."""
    return tuple(column.name for column in columns_as_written(contract))


def key_of(contract: type[Contract]) -> tuple[str, ...]:
    """Return the contract's key, () without one; it inherits the settings of its bases."""
    settings = [vars(base)["Config"] for base in contract.__mro__ if "Config" in vars(base)]
    return tuple(next((each.unique for each in settings if hasattr(each, "unique")), ()))


@dataclass(frozen=True)
class Column:
    """One column of a contract, for documentation and for reading a source's records.

    `kind` is the type as the contract is written: str, int, float, bool, Date, Timestamp, TextList.
    """

    name: str
    kind: type
    nullable: bool
    description: str
    unit: str
    aliases: tuple[str, ...]

    @property
    def type(self) -> dt.DataType:
        """Its type in Ibis, which does not say whether it can be NULL."""
        from cursor_marts.contracts import schemas

        return schemas.type_of(self.kind)


def described_columns(contract: type[Contract]) -> tuple[Column, ...]:
    """Return the contract's columns in order, with type, unit and meaning. Raises as `declared`."""
    declared(contract)
    return columns_as_written(contract)


@cache
def columns_as_written(contract: type[Contract]) -> tuple[Column, ...]:
    """Return the columns of a contract that is known to be valid, such as that of a raw table."""
    try:
        kinds = get_type_hints(contract)
    except NameError:
        declared(contract)  # which says in which contract
        raise
    return tuple(
        _column(name, kind, column)
        for name, kind in kinds.items()
        if isinstance(column := getattr(contract, name, None), Described)
    )


def _column(name: str, kind: type, column: Described) -> Column:
    return Column(
        name=name,
        kind=kind,
        nullable=column.constraints.get("nullable", False),
        description=column.description,
        unit=column.unit,
        aliases=column.aliases,
    )
