"""JSON as sources really send it: a value that is out of order is that of one record.

JSON knows no NaN, no infinity, and no half of a surrogate pair, and Python limits the digits of a
number. All of them are read, so that the record that holds one can be rejected by itself.
"""

from __future__ import annotations

import json
from typing import Any


class NotJson(ValueError):
    """A body that is not JSON."""


def read_json(body: bytes) -> Any:
    """Return the value of a body. Raises NotJson."""
    try:
        return json.loads(body)
    except (json.JSONDecodeError, RecursionError):
        raise NotJson from None
    except ValueError:  # bytes that are no UTF-8, or more digits than Python reads
        return _read_text(body.decode("utf-8", "surrogateescape"))


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
