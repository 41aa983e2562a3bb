"""JSON as sources really send it: a value that is out of order is that of one record.

JSON knows no NaN, no infinity, and no half of a surrogate pair, and Python limits the digits of a
number. All of them are read, so that the record that holds one can be rejected by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

strict_decode: Callable[[bytes], Any] | None
try:
    from msgspec.json import decode as strict_decode
except ImportError:  # the extra `fast` is not installed
    strict_decode = None


class NotJson(ValueError):
    """A body that is not JSON."""


def read_json(body: bytes) -> Any:
    """Return the value of a body. Raises NotJson."""
    try:
        return decoded(body)
    except (json.JSONDecodeError, RecursionError):
        raise NotJson from None
    except ValueError:  # bytes that are no UTF-8, or more digits than Python reads
        return _read_text(body.decode("utf-8", "surrogateescape"))


def decoded(body: bytes, **options: Any) -> Any:
    """Return what `json.loads` does. Raises its errors.

    msgspec takes half the time for strict JSON, to which the options make no difference: it reads
    the same values, integers of any size included. Whatever it refuses is for `json.loads`.
    """
    if strict_decode is not None:
        with suppress(Exception):  # those of msgspec 0.19 are no ValueError
            return strict_decode(body)
    return json.loads(body, **options)


def _read_text(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_number)
    except (ValueError, RecursionError):
        raise NotJson from None


def _number(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return float(digits)
