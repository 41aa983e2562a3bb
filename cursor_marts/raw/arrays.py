"""The values of one field of many records as an Arrow array.

Values that all have the type of the column are read at once. Others are read one by one, which says
of a value that does not fit why: both ways accept the same values, and read the same in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from types import NoneType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.raw.records import (
    LARGEST_COUNT,
    as_bool,
    as_count,
    as_float,
    as_int,
    as_moment,
    as_text,
    as_texts,
)

Values = Sequence[Any]
#: Times of years whose nanoseconds fit 64 bits, and are positive in every zone.
TIME = re.compile(
    r"(?:197[1-9]|19[89][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


def as_array(values: Values, type_: pa.DataType, read: Callable[[Any], Any]) -> pa.Array:
    """Return values as a column of a type, each as `read` reads it. Raises Unfit."""
    kind, read_all = AT_ONCE[read]
    if set(map(type, values)) <= {kind, NoneType}:
        try:
            return read_all(values)
        except (ValueError, OverflowError):  # one of them does not fit
            pass
    return pa.array([None if value is None else read(value) for value in values], type_)


def _ints(values: Values) -> pa.Array:
    return pa.array(values, pa.int64())


def _counts(values: Values) -> pa.Array:
    found = _ints(values)
    least, most = pc.min_max(found).values()
    if found.null_count < len(found) and max(-least.as_py(), most.as_py()) > LARGEST_COUNT:
        raise ValueError("too large")
    return found


def _floats(values: Values) -> pa.Array:
    found = pa.array(values, pa.float64())
    if pc.all(pc.is_finite(found)).as_py() is False:
        raise ValueError("not finite")
    return found


def _bools(values: Values) -> pa.Array:
    return pa.array(values, pa.bool_())


def _texts(values: Values) -> pa.Array:
    return pa.array(values, pa.string())


def _lists(values: Values) -> pa.Array:
    inside = chain.from_iterable(value for value in values if value is not None)
    if not set(map(type, inside)) <= {str}:
        raise ValueError("not texts alone")
    return pa.array(values, pa.list_(pa.string()))


def _moments(values: Values) -> pa.Array:
    if not all(TIME.fullmatch(value) for value in values if value is not None):
        raise ValueError("not spelled like most times")
    # As text: pyarrow ignores the zones of datetimes where some other library has told it to.
    exact = _texts(values).cast(pa.timestamp("ns", "UTC"))
    return exact.cast(pa.timestamp("us"), safe=False)  # digits after the sixth are dropped


#: By the function that reads one value: the type of values that need no reading, and what takes
#: many of these at once, or raises ValueError or OverflowError.
AT_ONCE: dict[Callable[[Any], Any], tuple[type, Callable[[Values], pa.Array]]] = {
    as_int: (int, _ints),
    as_count: (int, _counts),
    as_float: (float, _floats),
    as_bool: (bool, _bools),
    as_text: (str, _texts),
    as_texts: (list, _lists),
    as_moment: (str, _moments),
}
