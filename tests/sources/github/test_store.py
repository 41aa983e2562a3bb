"""The store: the next run reuses the valid records of a killed run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.github.clock import NOON
from support.github.world import at, pull_request

from cursor_marts.sources.github.store import LONGEST_AGE, Store

ABOUT = {"window": "2026-01-01"}


OPENED: list[Store] = []


@pytest.fixture(autouse=True)
def _files_are_closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop()._file.close()


def store(folder: Path, now: float = NOON, about: dict[str, Any] | None = None) -> Store:
    OPENED.append(Store(folder / "store", about or ABOUT, lambda: now))
    return OPENED[-1]


def put(target: Store, number: int, **fields: Any) -> str:
    node = pull_request(number, at(1), **fields)
    target.put("R_1", node, NOON)
    return str(node["id"])


def test_the_last_version_of_a_pull_request_counts(tmp_path: Path) -> None:
    target = store(tmp_path)
    id = put(target, 1, title="old")
    node = pull_request(1, at(0), id=id, title="new")
    target.put("R_1", node, NOON)
    assert [each["title"] for each in target.nodes([id])] == ["new"]
    assert target.get(id).updated_at == at(0)  # type: ignore[union-attr]


def test_a_killed_run_leaves_its_records(tmp_path: Path) -> None:
    first = store(tmp_path)
    ids = [put(first, number) for number in range(20)]
    again = store(tmp_path)  # nobody has closed the first one
    assert [each["number"] for each in again.nodes(ids)] == list(range(20))
    assert again.restored == 20


def test_a_record_that_a_crash_has_cut_off_is_dropped(tmp_path: Path) -> None:
    whole = store(tmp_path)
    ids = [put(whole, number) for number in range(3)]
    file = tmp_path / "store"
    content = file.read_bytes()
    for size in (*range(60), *range(60, len(content), 17)):
        file.write_bytes(content[:size])
        cut = store(tmp_path)
        assert [each["number"] for each in cut.nodes([id for id in ids if cut.get(id)])] == list(
            range(len(cut))
        )
        put(cut, 9)
        assert len(store(tmp_path)) == len(cut)


def test_a_garbled_record_is_dropped(tmp_path: Path) -> None:
    put(store(tmp_path), 1)
    file = tmp_path / "store"
    content = bytearray(file.read_bytes())
    content[-10] ^= 1
    file.write_bytes(bytes(content))
    assert len(store(tmp_path)) == 0


def test_another_window_starts_again(tmp_path: Path) -> None:
    """Symptom elsewhere: a longer window was requested, and the old records counted as all."""
    put(store(tmp_path), 1)
    assert len(store(tmp_path, about={"window": "2025-01-01"})) == 0


def test_old_records_are_not_used(tmp_path: Path) -> None:
    put(store(tmp_path), 1)
    assert len(store(tmp_path, NOON + LONGEST_AGE)) == 1
    assert len(store(tmp_path, NOON + LONGEST_AGE + 1)) == 0


def test_a_run_that_has_finished_leaves_nothing(tmp_path: Path) -> None:
    target = store(tmp_path)
    put(target, 1)
    target.close(finished=True)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_has_read_nothing_leaves_nothing(tmp_path: Path) -> None:
    store(tmp_path).close()
    assert list(tmp_path.iterdir()) == []
