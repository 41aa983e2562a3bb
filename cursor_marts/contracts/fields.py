"""The columns of a contract: types, `Field`, and short forms of `Field`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cursor_marts.errors import ContractError


class Timestamp:
    """A column of times in UTC with microseconds, without a time zone."""


class TextList:
    """A column of lists of text."""


@dataclass(frozen=True)
class Described:
    """What the `Field` of a column says."""

    description: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    constraints: dict[str, Any] = field(default_factory=dict)


#: The limits of a column's values: at least, more than, at most, less than, one of.
LIMITS = ("ge", "gt", "le", "lt", "isin")


def Field(
    description: str, *, unit: str = "", aliases: tuple[str, ...] = (), **constraints: Any
) -> Any:
    """Describe one column; `constraints` are `nullable` and the limits in `LIMITS`.

    With `raise_warning`, values beyond a limit are counted and shown, and do not stop a build.
    `aliases` are other names of the column at a source (raw tables only). Raises ContractError for
    any other constraint.
    """
    unknown = sorted(constraints.keys() - {*LIMITS, "nullable", "raise_warning"})
    if unknown:
        raise ContractError(
            f"a Field has no {', '.join(unknown)}",
            hint=f"its limits are {', '.join(LIMITS)}; a key belongs in Config.unique, "
            "and any other rule is a @row_rule() method",
        )
    return Described(description, unit, aliases, constraints)


def Count(description: str, **constraints: Any) -> Any:
    """Describe a count: never negative; NULL only with `nullable=True`."""
    return Field(description, **{"ge": 0} | constraints)


def Hours(description: str) -> Any:
    """Describe a duration in hours: never negative; NULL where it is unknown."""
    return Field(description, unit="hours", ge=0, nullable=True)


def Ratio(description: str, *, nullable: bool = True) -> Any:
    """Describe a share between 0.0 and 1.0; NULL where the whole is 0 or unknown."""
    return Field(description, unit="ratio 0–1", ge=0, le=1, nullable=nullable)


def Mean(description: str, *, unit: str = "", nullable: bool = True) -> Any:
    """Describe an average of counts: never negative, NULL over no rows."""
    return Field(description, unit=unit, ge=0, nullable=nullable)
