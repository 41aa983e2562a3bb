"""The columns of a contract: types, and what `Field` and its short forms say of each."""

from __future__ import annotations

from typing import Any

import ibis.expr.datatypes as dt
import pandera.ibis as pa
from pandera.dtypes import immutable
from pandera.engines import ibis_engine

from cursor_marts.errors import ContractError


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
