"""Contracts as pandera and Ibis know them."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from functools import cache
from types import new_class
from typing import Any, get_type_hints

import ibis
import ibis.expr.datatypes as dt
import pandera.ibis as pa
from pandera.api.ibis.container import DataFrameSchema
from pandera.api.ibis.types import IbisData
from pandera.dtypes import immutable
from pandera.engines import ibis_engine

from cursor_marts.contracts import fields
from cursor_marts.contracts.contract import Contract
from cursor_marts.contracts.fields import Described
from cursor_marts.contracts.places import shown_path
from cursor_marts.contracts.rules import RowRule
from cursor_marts.errors import ContractError


@ibis_engine.Engine.register_dtype
@immutable
class Timestamp(ibis_engine.DataType):
    """A column of times in UTC with microseconds, without a time zone."""

    type = dt.Timestamp(scale=6)


@ibis_engine.Engine.register_dtype
@immutable
class TextList(ibis_engine.DataType):
    """A column of lists of text."""

    type = dt.Array(dt.string)


#: The types of columns that only this package has, as pandera knows them.
NATIVE: dict[Any, Any] = {fields.Timestamp: Timestamp, fields.TextList: TextList}
#: What each class has and no declaration is.
OF_CLASSES = ("__dict__", "__weakref__", "__annotations__", "to_schema")


@cache
def declared(contract: type[Contract]) -> DataFrameSchema:
    """Return the pandera schema of a contract. Raises ContractError, as `contracts.declared`."""
    model = _as_pandera(contract)
    for setting in model.__extras__ or {}:
        raise _refused(contract, setting, "there is no such setting", "a key is `unique = […]`")
    try:
        schema: DataFrameSchema = model.to_schema()
    except Exception as error:  # pandera raises many types
        raise _no_schema(contract, error) from None
    for name, problem, hint in _unsupported(contract, schema):
        raise _refused(contract, name, problem, hint)
    return schema


@cache
def _as_pandera(contract: type[Contract]) -> Any:
    """Return the pandera model of a contract: it inherits as the contract does."""
    bases = tuple(_as_pandera(base) for base in contract.__bases__ if issubclass(base, Contract))
    own = {n: _in_pandera(value) for n, value in vars(contract).items() if n not in OF_CLASSES}
    kinds = get_type_hints(contract)
    own["__annotations__"] = {n: _native(kinds[n]) for n in inspect.get_annotations(contract)}
    return new_class(contract.__name__, bases or (pa.DataFrameModel,), {}, lambda n: n.update(own))


def _native(kind: Any) -> Any:
    return NATIVE.get(kind, kind) if isinstance(kind, type) else kind


def _in_pandera(value: Any) -> Any:
    if isinstance(value, Described):
        metadata = {"unit": value.unit, "aliases": value.aliases}
        return pa.Field(description=value.description, metadata=metadata, **value.constraints)
    return _check(value) if isinstance(value, RowRule) else value


def _check(row_rule: RowRule) -> Any:
    function = row_rule.function

    def rule(cls: Any, data: IbisData) -> Any:
        return function(cls, data.table)

    rule.__name__ = function.__name__
    rule.__doc__ = function.__doc__
    warns = row_rule.severity == "warn"
    return pa.dataframe_check(rule, name=function.__name__, raise_warning=warns)


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
    for name, type_ in hints.items():
        try:
            ibis_engine.Engine.dtype(_native(type_))
        except TypeError:
            said = getattr(type_, "__name__", type_)
            hint = "use str, int, float, bool, Date, Timestamp or TextList"
            return _refused(contract, name, f"{said} is not a type of a column", hint)
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


@cache
def type_of(kind: type) -> dt.DataType:
    """Return the Ibis type of the columns that are declared with a Python type."""
    return ibis_engine.Engine.dtype(_native(kind)).type
