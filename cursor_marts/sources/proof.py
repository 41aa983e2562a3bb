"""Completeness: how a run knows that a list has arrived whole."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.records import Record
from cursor_marts.sources.http.paginators import Page

#: Hashes that are held, and counted, at once.
HASHES_IN_MEMORY = 1 << 17
#: Passes in a row without a new record before a list counts as not to be had in full. A page in
#: random order shows a given record with a chance of a third at the least.
FRUITLESS_PASSES = 8


class Proof:
    """Counts different records, and tells one pass over a list from another.

    Records are told apart by 64 bits of hash: of ten million, two look the same with a chance of
    one in 300,000, and then the run asks for one more than there is. Hashes beyond the first
    hundred thousand or so lie in a file without a name, and are counted a slice at a time.
    """

    def __init__(self) -> None:
        self.seen = 0  #: records that came, repeated ones included
        self._hashes = SpooledTemporaryFile(max_size=8 * HASHES_IN_MEMORY)  # noqa: SIM115

    def __del__(self) -> None:
        self._hashes.close()

    def add(self, identities: Iterable[str]) -> tuple[int, int]:
        """Note records by their identities; return how many, and a sum that tells which."""
        hashes = [hash(identity) for identity in identities]
        self._hashes.write(array("q", hashes).tobytes())
        self.seen += len(hashes)
        return len(hashes), sum(hashes)

    def clear(self) -> None:
        """Forget what came: it is read again in another way."""
        self._hashes.seek(0)
        self._hashes.truncate()
        self.seen = 0

    @property
    def distinct(self) -> int:
        """Different records that came."""
        slices = 1 << (self.seen // HASHES_IN_MEMORY).bit_length()
        return sum(self._distinct(n, slices) for n in range(slices))

    def _distinct(self, part: int, slices: int) -> int:
        """Count the different hashes whose last bits are those of a slice, one of a power of 2."""
        self._hashes.seek(0)
        found = []
        while piece := self._hashes.read(8 * HASHES_IN_MEMORY):
            hashes = pa.Array.from_buffers(pa.int64(), len(piece) // 8, [None, pa.py_buffer(piece)])
            last_bits = pc.bit_wise_and(hashes, slices - 1)
            found.append(hashes.filter(pc.equal(last_bits, part)))
        in_order = pa.chunked_array(found, pa.int64()).combine_chunks().sort()
        return len(pc.run_end_encode(in_order).values)  # a hash table takes ten times the memory


def read_whole(
    read: Callable[[], Iterable[Page]],
    what: str,
    identify: Callable[[Record], str],
    claimed: int | None = None,
    *,
    in_order: bool = False,
) -> Iterator[Page]:
    """Yield the pages of a list, in as many passes as it takes to prove it whole.

    Records are the same if `identify` returns the same of them.
    The proof: as many different records as the source claims, by `claimed` or on its pages. Of a
    list that comes `in_order`, also two passes that gave as many records as claimed, the same ones
    equally often: then it is the source that repeats itself. Where it claims nothing, one pass has
    to do. Raises IncompleteExtraction, naming `what`.
    """
    proof, known, before, fruitless = Proof(), 0, (-1, 0), 0
    while claimed != 0 and fruitless < FRUITLESS_PASSES:
        rows = which = 0
        for page in read():
            yield page
            count, digest = proof.add(map(identify, page.records))
            rows, which = rows + count, which + digest
            if page.total is not None:
                claimed = max(page.total, claimed or 0)
            elif claimed is not None and proof.distinct >= claimed:
                return
        distinct = proof.distinct
        repeats_itself = in_order and rows == claimed and (rows, which) == before
        if claimed is None or distinct >= claimed or repeats_itself:
            return
        before, fruitless = (rows, which), 0 if distinct > known else fruitless + 1
        known = distinct
    if claimed:
        raise IncompleteExtraction(
            f"{what}: the source claims {claimed:,} records, and {known:,} different ones "
            f"arrived, none of them new in the last {FRUITLESS_PASSES} passes",
            hint="the previous extraction stands; run again, or ask the source's owner",
        )
