"""Sort any number of rows in constant memory.

A file that is too large to be sorted at once is divided by its key into smaller ones, repeatedly if
necessary, and the small ones are sorted one after the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

#: Bytes of rows that are sorted at once.
FITS = 8 * 2**20
#: The share of these bytes that is divided at once: small batches cost more than their rows.
DIVIDED = 4
#: Files that one is divided among, at most.
FANOUT = 16
#: Keys that are looked at to divide a file evenly, about.
SAMPLE = 4096

#: The rank of a NULL: only whole numbers may be NULL in a key.
LOWEST = -(2**63)

Key = tuple[str, ...]


def writer(file: Path, schema: pa.Schema) -> pa.ipc.RecordBatchStreamWriter:
    """Open a file for rows that will be read once, in the order of writing."""
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    return pa.ipc.new_stream(str(file), schema, options=options)


def parts_in_order(file: Path, key: Key) -> Iterator[pa.Table]:
    """Yield the rows of a file in parts by ranges of a key, the lowest first; a key is in one part.

    The rows of a part are not sorted. NULL in the key comes before every number. The file is
    removed when its rows have been divided or read.
    """
    borders = _borders(file, key)
    if borders:
        for part in _divide(file, key, borders):
            yield from parts_in_order(part, key)
    else:
        with reader(file) as batches:
            rows = batches.read_all()
        file.unlink()
        yield rows


def _borders(file: Path, key: Key) -> list[Any]:
    """Return the keys at which to divide a file: none if it is small, or has a single key."""
    size, step, sample = 0, 1, list[Any]()
    with reader(file) as batches:
        for batch in batches:
            size += batch.nbytes
            places = pa.array(range(0, batch.num_rows, step), pa.int64())
            sample += _keys(batch.select(list(key)).take(places), key)
            if len(sample) > SAMPLE:
                sample, step = sample[::2], step * 2
    if size <= FITS:
        return []
    sample.sort()
    parts = min(FANOUT, 1 + size * 3 // (FITS * 2))  # so many that even uneven ones fit
    return sorted({sample[len(sample) * n // parts] for n in range(1, parts)} - {sample[0]})


def _divide(file: Path, key: Key, borders: list[Any]) -> list[Path]:
    parts = [file.with_name(f"{file.name}.{n}") for n in range(len(borders) + 1)]
    with reader(file) as batches, ExitStack() as open_files:
        writers = [open_files.enter_context(writer(part, batches.schema)) for part in parts]
        for rows in _pieces(batches):
            where = pa.array([bisect_right(borders, each) for each in _keys(rows, key)])
            order = pc.array_sort_indices(where)
            ordered, places = rows.take(order), where.take(order).to_pylist()
            for n, into in enumerate(writers):
                start, end = bisect_left(places, n), bisect_right(places, n)
                if start < end:
                    into.write_table(ordered.slice(start, end - start))
    file.unlink()
    return parts


def _pieces(batches: pa.RecordBatchStreamReader) -> Iterator[pa.Table]:
    """Yield the rows of a file, as many at once as are divided at once."""
    waiting, size = list[pa.RecordBatch](), 0
    for batch in batches:
        waiting.append(batch)
        size += batch.nbytes
        if size >= FITS // DIVIDED:
            rows, size = pa.Table.from_batches(waiting).combine_chunks(), 0
            waiting.clear()
            yield rows
    if waiting:
        yield pa.Table.from_batches(waiting).combine_chunks()


@contextmanager
def reader(file: Path) -> Iterator[pa.ipc.RecordBatchStreamReader]:
    """Open a file of `writer` to read it.

    It is read, and not mapped: what has been read of a mapped file counts as memory.
    """
    options = pa.ipc.IpcReadOptions(use_threads=False)
    with pa.OSFile(str(file)) as source, pa.ipc.open_stream(source, options=options) as batches:
        yield batches


def _keys(rows: pa.RecordBatch | pa.Table, key: Key) -> list[Any]:
    """Return the key of each row as a tuple that compares with every other key."""
    columns = (rows[name].to_pylist() for name in key)
    known = ([LOWEST if value is None else value for value in column] for column in columns)
    return list(zip(*known, strict=True))
