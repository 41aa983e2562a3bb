"""Rows are sorted and records counted in little memory."""

from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cursor_marts.contracts import schema_of
from cursor_marts.raw import RAW_TABLES, months, sorting
from cursor_marts.raw.history import History
from cursor_marts.raw.identity import IDENTITIES
from cursor_marts.raw.spool import Spool
from cursor_marts.raw.store import Store
from cursor_marts.sources import proof as proof_room
from cursor_marts.sources.proof import Proof

SCHEMA = pa.schema([("name", pa.string()), ("number", pa.int64())])
ROW_BYTES = 4 + len("x") + 8  #: where a text ends, the text, and a number
ROWS = st.lists(st.tuples(st.text("abä", max_size=2), st.integers(0, 9)), max_size=60)


def parts_of(folder: Path, batches: list[list[tuple[str, int]]]) -> list[list[tuple[str, int]]]:
    """Return the parts into which rows are divided that arrive in these batches."""
    with sorting.writer(folder / "rows", SCHEMA) as rows:
        for batch in batches:
            columns = [list(column) for column in zip(*batch, strict=True)] or [[], []]
            rows.write_batch(
                pa.RecordBatch.from_arrays(list(map(pa.array, columns)), schema=SCHEMA)
            )
    parts = list(sorting.parts_in_order(folder / "rows", ("name", "number")))
    assert not list(folder.iterdir()), "the files are used up"
    return [list(zip(*part.to_pydict().values(), strict=True)) for part in parts]


@given(st.lists(ROWS, max_size=5))
def test_rows_are_divided_by_key_until_a_part_fits_into_memory(
    batches: list[list[tuple[str, int]]],
) -> None:
    """No row is lost, parts do not overlap, and only a part with a single key may be larger."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(sorting, "FITS", 100)
        patch.setattr(sorting, "FANOUT", 3)
        patch.setattr(sorting, "SAMPLE", 8)
        parts = parts_of(Path(folder), batches)
    rows = [row for batch in batches for row in batch]
    assert [row for part in parts for row in sorted(part)] == sorted(rows)
    filled = [part for part in parts if part]
    assert all(max(before) < min(after) for before, after in pairwise(filled))


@pytest.mark.parametrize("arriving", ["in order", "backwards", "mixed"])
def test_no_part_is_larger_than_the_sort_memory(
    arriving: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For any number of keys: this one needs several levels of division."""
    monkeypatch.setattr(sorting, "FITS", 1000)
    numbers = [n * 7 % 9973 for n in range(9973)]
    if arriving != "mixed":
        numbers.sort(reverse=arriving == "backwards")
    rows = [("x", number) for number in numbers]
    parts = parts_of(tmp_path, [rows[start : start + 500] for start in range(0, 9973, 500)])
    assert max(map(len, parts)) * ROW_BYTES <= 1000
    assert len(parts) < 4 * 9973 * ROW_BYTES / 1000, "nor are there many more than needed"


@pytest.mark.parametrize("size", [1, 10, 10**9])
def test_the_size_of_parts_does_not_change_the_landing(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every version of a commit is landed once, in the same order."""
    monkeypatch.setattr(sorting, "FITS", size * 1000)
    spool = Spool(tmp_path, "commits")
    rows = [
        {"commit_hash": f"{number * 7 % 500:06d}", "message": f"why {number % 3}"}
        for number in range(3000)
    ]
    spool.put(pa.Table.from_pylist(rows, spool.schema))
    count, found = landed(spool, tmp_path)
    found = found.select(list(rows[0]))
    expected = {tuple(row.values()) for row in rows}
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        version
        for _, versions in groupby(sorted(expected), key=lambda row: row[0])
        for version in sorted(versions, reverse=True)
    ]
    assert count == len(expected)


def test_equal_rows_become_equal_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However they came, and however they were divided: the name of a file holds its sum."""
    monkeypatch.setattr(months, "ROWS_AT_ONCE", 100)
    hashes = [f"{number * 7 % 1000:06d}" for number in range(1000)]
    names = []
    for place, (size, ordered) in enumerate(
        [(1000, hashes), (9000, hashes[::-1]), (10**9, hashes)]
    ):
        monkeypatch.setattr(sorting, "FITS", size)
        folder = tmp_path / str(place)
        folder.mkdir()
        spool = Spool(folder, "commits")
        rows = [{"commit_hash": each, "message": each * 9} for each in ordered]
        spool.put(pa.Table.from_pylist(rows, spool.schema))
        landed(spool, folder)
        names.append([file.name for file in (folder / "landed" / "commits").iterdir()])
    assert names[0] == names[1] == names[2]


def landed(spool: Spool, folder: Path) -> tuple[int, pa.Table]:
    """Land a spool; return the number of rows and the rows."""
    (folder / "landed").mkdir()
    (folder / "scratch").mkdir()
    store = Store(folder / "landed", folder / "scratch", History(folder), datetime(2026, 9, 7))
    count = store.land(spool, "a source").rows
    return count, pq.read_table(folder / "landed" / spool.resource, partitioning=None)


def test_only_whole_numbers_of_a_key_may_be_null() -> None:
    """NULL sorts as the lowest whole number; a text has no such value."""
    for resource, identity in IDENTITIES.items():
        schema = schema_of(RAW_TABLES[resource])
        nullable = [name for name in identity.key if schema[name].nullable]
        assert all(schema[name].is_integer() for name in nullable), resource
        assert identity.latest is None or identity.latest in schema


@pytest.mark.parametrize("size", [1000, 10**9])
def test_comments_without_a_review_are_divided_like_others(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come before the comments of reviews, and each is landed once."""
    monkeypatch.setattr(sorting, "FITS", size)
    place = {"repo_name": "acme/web", "pr_number": 1}
    reviews = [None, 4_318_905_657, None, 7]
    rows = [place | {"review_id": reviews[n % 4], "id": n % 200} for n in range(800)]
    spool = Spool(tmp_path, "review_comments")
    spool.put(pa.Table.from_pylist(rows, spool.schema))
    count, found = landed(spool, tmp_path)
    assert count == 200
    assert found["review_id"].to_pylist() == [None] * 100 + [7] * 50 + [4_318_905_657] * 50


@given(st.lists(st.lists(st.integers(0, 40), max_size=30), max_size=6))
def test_distinct_records_are_counted_in_slices(pages: list[list[int]]) -> None:
    """Counting may continue after a result was read, in memory and from a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof_room, "HASHES_IN_MEMORY", 4)
        proof, records = Proof(), list[int]()
        for page in pages:
            proof.add([hash(str(number)) for number in page])
            records += page
            assert (proof.seen, proof.distinct) == (len(records), len(set(records)))
        proof.clear()
        assert (proof.seen, proof.distinct) == (0, 0)
        proof.add([1, 1])
        assert (proof.seen, proof.distinct) == (2, 1)
