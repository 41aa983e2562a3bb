"""Each record once, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.raw.identity import IDENTITIES, Identity
from cursor_marts.raw.months import NUMBERS, pull_request_keys
from cursor_marts.raw.sorting import LOWEST, parts_in_order
from cursor_marts.raw.spool import Spool

#: A repository and the number of a pull request in it; None for all of them.
PullRequest = tuple[str, int | None]
#: Between the values of a row that are compared as one text.
SEPARATOR, NOTHING = "\x1f", "\x00"


def once_in_order(spool: Spool) -> Iterator[pa.Table]:
    """Yield the rows of a spool in parts, sorted by their key, each record once.

    The order of the source's answers thus has no effect on files, or on the last digits of a sum
    of floats.
    """
    spool.close()
    identity = IDENTITIES[spool.resource]
    for part in parts_in_order(spool.file, identity.key):
        yield once(part, identity)


def belonging_to(rows: pa.Table, pull_requests: Set[PullRequest]) -> pa.ChunkedArray:
    """Return whether each row is of one of some pull requests, or belongs to it."""
    named = pa.array([f"{repo}#{number}" for repo, number in pull_requests], pa.string())
    whole = pa.array([repo for repo, number in pull_requests if number is None], pa.string())
    return pc.or_(
        pc.is_in(pull_request_keys(rows), value_set=named),
        pc.is_in(rows["repo_name"], value_set=whole),
    )


def without(rows: pa.Table, resource: str, pull_requests: Set[PullRequest]) -> pa.Table:
    """Return rows without those of pull requests that could not be read completely."""
    if resource not in NUMBERS or not pull_requests:
        return rows
    return rows.filter(pc.invert(belonging_to(rows, pull_requests)))


def once(rows: pa.Table, identity: Identity) -> pa.Table:
    """Return one row for each key: the latest, and among equal ones the greatest by all columns."""
    rows = rows.combine_chunks()
    values = pa.table([_comparable(column) for column in rows.columns], rows.column_names)
    for name in identity.key:
        if values[name].null_count:
            at = values.column_names.index(name)
            values = values.set_column(at, name, values[name].fill_null(LOWEST))
    by_key = [(name, "ascending") for name in identity.key]
    order = pc.sort_indices(values, by_key)
    if not pc.all(_is_first(values.select(list(identity.key)).take(order))).as_py():
        order = _each_once(values, identity, by_key)
    return rows.take(order)


def _each_once(values: pa.Table, identity: Identity, by_key: list[tuple[str, str]]) -> pa.Array:
    """Return the places of the rows that stay, in order, where some have the same key."""
    rest = [name for name in values.column_names if name not in identity.key]
    rest.sort(key=lambda name: name != identity.latest)
    order = pc.sort_indices(values, by_key + [(name, "descending") for name in rest])
    same = values.column_names if identity.in_versions else list(identity.key)
    return order.filter(_is_first(values.select(same).take(order)))


def _is_first(in_order: pa.Table) -> pa.Array:
    """Return whether each row differs from the one before it."""
    if not in_order.num_rows:
        return pa.array([], pa.bool_())
    differs = reduce(pc.or_, map(_differs, in_order.combine_chunks().columns))
    return pa.concat_arrays([pa.array([True]), *differs.chunks])


def _differs(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return whether each value differs from the one before it; two that are missing do not."""
    value, before = column.slice(1), column.slice(0, len(column) - 1)
    one_is_missing = pc.not_equal(value.is_null(), before.is_null())
    return pc.or_(one_is_missing, pc.fill_null(pc.not_equal(value, before), False))


def as_one_text(rows: pa.Table, columns: list[str]) -> pa.ChunkedArray:
    """Return some columns of each row as one text, to compare rows by."""
    texts = [_text(rows[name]) for name in columns]
    return pc.binary_join_element_wise(
        *texts, SEPARATOR, null_handling="replace", null_replacement=NOTHING
    )


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    return _comparable(column).cast(pa.string())


def _comparable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join(column, "\n") if pa.types.is_list(column.type) else column
