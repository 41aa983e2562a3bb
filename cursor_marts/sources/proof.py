"""Completeness: how a run knows that a list has arrived whole."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile

import pyarrow as pa
import pyarrow.compute as pc

from cursor_marts.errors import IncompleteExtraction
from cursor_marts.raw.records import Record
from cursor_marts.sources.http.pages import Page, never_ends

#: Hashes that are held, and counted, at once.
HASHES_IN_MEMORY = 1 << 17
#: Passes in a row without a new record before a list counts as not to be had in full. A page in
#: random order shows a given record with a chance of a third at the least.
FRUITLESS_PASSES = 8
#: Pages in a row that are the same before a list counts as one that never ends.
SAME_PAGES = 3
#: The first page at which it is seen whether pages bring new records; then each time they double.
CHECKED_FROM = 8


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

    def add(self, hashes: Sequence[int]) -> tuple[int, int]:
        """Note records by their hashes; return how many, and a sum that tells which."""
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


class Novelty:
    """Notices that the further pages of a list bring nothing new, so that the list never ends.

    Lists in random order repeat records, but hardly ever a whole page, and never all of them while
    the number of pages doubles. A later pass over a list is as long as the first one, about.
    """

    def __init__(self, what: str, proof: Proof, pages_before: int = 0) -> None:
        """Watch a pass over the list `what`, which had so many pages in the pass before."""
        self.pages = 0
        self._what, self._proof = what, proof
        self._most = 2 * pages_before + CHECKED_FROM if pages_before else 0
        self._page, self._same = (0, 0), 0
        self._distinct, self._next_check = -1, CHECKED_FROM

    def note(self, page: tuple[int, int]) -> None:
        """Note a page as `Proof.add` describes it. Raises IncompleteExtraction."""
        self.pages += 1
        self._same = self._same + 1 if page == self._page and page[0] else 1
        self._page = page
        if self._same == SAME_PAGES or self._is_fruitless():
            raise never_ends(self._what)

    def _is_fruitless(self) -> bool:
        if self._most:
            return self.pages > self._most
        if self.pages < self._next_check:
            return False
        before, self._distinct = self._distinct, self._proof.distinct
        self._next_check *= 2
        return before == self._distinct


def read_whole(
    read: Callable[[], Iterable[Page]],
    what: str,
    identify: Callable[[list[Record]], list[int]],
    claimed: int | None = None,
    *,
    in_order: bool = False,
) -> Iterator[tuple[Page, list[int]]]:
    """Yield the pages of a list, in as many passes as it takes to prove it whole.

    With each page come the hashes that `identify` returns of its records, equal ones of the same.
    The proof: as many different records as the source claims, by `claimed` or on its pages. Of a
    list that comes `in_order`, also two passes that gave as many records as claimed, the same ones
    equally often: then it is the source that repeats itself. Where it claims nothing, one pass has
    to do. Raises IncompleteExtraction, naming `what`.
    """
    proof, known, before, fruitless = Proof(), 0, (-1, 0), 0
    novelty = Novelty(what, proof)
    while claimed != 0 and fruitless < FRUITLESS_PASSES:
        rows = which = 0
        for page in read():
            hashes = identify(page.records)
            yield page, hashes
            count, digest = added = proof.add(hashes)
            novelty.note(added)
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
        known, novelty = distinct, Novelty(what, proof, novelty.pages)
    if claimed:
        raise IncompleteExtraction(
            f"{what}: the source claims {claimed:,} records, and {known:,} different ones "
            f"arrived, none of them new in the last {FRUITLESS_PASSES} passes",
            hint="the previous extraction is unchanged; run again, or ask the source's owner",
        )
