"""The values of JSON records as those of columns, and records as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import inf, isfinite
from typing import Any

from cursor_marts.contracts import TextList, Timestamp

Record = dict[str, Any]
Row = dict[str, Any]
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=True)
STRICT = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
#: Signs of what may be no JSON in the text of a value that was encoded as ASCII.
SUSPICIOUS = ("NaN", "Infinity", "\\ud")
NESTED = "nested too deeply"
DEEPEST = 100
INT64 = range(-(2**63), 2**63)
#: No count of lines, files or commits is larger: sums of many such numbers still fit 64 bits.
LARGEST_COUNT = 10**12
RFC_3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})?"
)


class Unfit(ValueError):
    """A record or a value that breaks the contract, with the reason."""


def as_int(value: Any) -> int:
    """Read a whole number. Raises Unfit."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
        raise Unfit(f"{shown(value)} is not a whole number")
    if int(value) not in INT64:
        raise Unfit(f"{shown(value)} does not fit 64 bits")
    return int(value)


def as_count(value: Any) -> int:
    """Read a count of lines, files or commits. Raises Unfit for one beyond all reason, too."""
    count = as_int(value)
    if abs(count) > LARGEST_COUNT:
        raise Unfit(f"{shown(value)} is more than {LARGEST_COUNT:,}")
    return count


def as_float(value: Any) -> float:
    """Read a number. Raises Unfit."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unfit(f"{shown(value)} is not a number")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not isfinite(number):
        raise Unfit(f"{shown(value)} is not a number of 64 bits")
    return number


def as_bool(value: Any) -> bool:
    """Read true or false. Raises Unfit."""
    if not isinstance(value, bool):
        raise Unfit(f"{shown(value)} is not true or false")
    return value


def as_text(value: Any) -> str:
    """Read a text; a whole number is accepted, since some sources use it as an id. Raises Unfit."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Unfit(f"{shown(value)} is not a text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # half a surrogate pair, which JSON can spell and UTF-8 cannot
            raise Unfit(f"{shown(value)} is not Unicode text") from None
    return value


def as_texts(value: Any) -> list[str]:
    """Read a list of texts. Raises Unfit."""
    if not isinstance(value, list):
        raise Unfit(f"{shown(value)} is not a list")
    return [as_text(each) for each in value]


def as_moment(value: Any) -> datetime:
    """Read an RFC 3339 time as naive UTC, truncated to microseconds. Raises Unfit.

    A time without a zone is UTC.
    """
    found = RFC_3339.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Unfit(f"{shown(value)} is not an RFC 3339 time")
    day, clock, fraction, zone = found.groups()
    zone = "+00:00" if zone in (None, "Z", "z") else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}.{(fraction or '0')[:6]:0<6}{zone}")
        return moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Unfit(f"{shown(value)} is not a time that exists") from None


READERS: dict[type, Callable[[Any], Any]] = {
    int: as_int,
    float: as_float,
    bool: as_bool,
    str: as_text,
    TextList: as_texts,
    Timestamp: as_moment,
}


def reader_of(kind: type, unit: str = "") -> Callable[[Any], Any]:
    """Return the function that reads a JSON value as a column's type; a count has a unit."""
    return as_count if kind is int and unit else READERS[kind]


def as_json(value: Any) -> str:
    """Return the canonical JSON text of a value: equal records have equal texts.

    Values outside of JSON, such as NaN, are written as Python reads them.
    """
    try:
        return ENCODER.encode(value)
    except RecursionError:
        return f'"{NESTED}"'


def as_strict_json(fields: Row) -> str:
    """Return fields as JSON that every database can read. Raises Unfit, naming a field."""
    text = as_json(fields)
    if _is_strict(fields, text):
        return text
    name, value = next(
        (name, value)
        for name, value in fields.items()
        if not _is_strict([name, value], as_json([name, value]))
    )
    raise Unfit(f"{spelled(name)}: {shown(value)} cannot be written as JSON")


def _is_strict(value: Any, text: str) -> bool:
    if text == f'"{NESTED}"' or (text.count("[") + text.count("{") > DEEPEST and _is_deep(value)):
        return False
    if not any(sign in text for sign in SUSPICIOUS):
        return True
    try:
        STRICT.encode(value).encode()
    except ValueError:  # a number without end, or half a surrogate pair
        return False
    return True


def _is_deep(value: Any) -> bool:
    """Return whether lists and objects are nested too deeply for databases."""
    inside = [value]
    for _ in range(DEEPEST):
        inside = [each for outer in inside for each in _items(outer)]
    return bool(inside)


def _items(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def cleaned(value: Any) -> Any:
    """Return a value with text in place of everything that JSON cannot represent."""
    if isinstance(value, dict):
        return {cleaned(name): cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def as_reject(record: Any) -> str:
    """Return a rejected record as JSON."""
    text = as_json(record)
    if text == f'"{NESTED}"' or _is_strict(record, text):
        return text
    try:
        return as_json(cleaned(record))
    except RecursionError:
        return f'"{NESTED}"'


def shown(value: Any) -> str:
    """Return a short text of a JSON value, with a mark if it is truncated."""
    text = as_json(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def spelled(name: str) -> str:
    """Return the name of a field as text that every file and terminal can represent."""
    return name if name.isprintable() and len(name) <= 60 else shown(name)
