"""The pull requests that a run has read so far, on disk: what a run that was killed goes on with.

A stored pull request is used only while GitHub still names the same update of it, so that its age
does not matter for what is published.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from cursor_marts.sources.github.connections import Node

#: Seconds after which what an earlier run has read is not used any more.
LONGEST_AGE = 7 * 86_400.0


@dataclass(frozen=True)
class Stored:
    """One whole pull request in the file: which update of it, when it was sent, where it is."""

    repository: str
    updated_at: str
    sent_at: float
    offset: int
    size: int


class Store:
    """An append-only file of pull requests by id; of several of one id the last one counts.

    Its first line says which run wrote it. Then, for each pull request,
    `<header as JSON> <bytes> <crc32>\\n<compressed JSON>\\n`. What a crash has cut off is dropped.
    """

    def __init__(
        self, path: Path, about: dict[str, Any], now: Callable[[], float] = time.time
    ) -> None:
        """Open the store of the run that `about` describes; that of another run is cleared."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._about, self._now = path, about, now
        self._found: dict[str, Stored] = {}
        self._file = path.open("a+b")
        self._file.seek(0)
        if self._continues(self._file.readline()):
            self._file.truncate(self._index())
        else:
            self.clear()
        self.restored = len(self._found)  #: how many an earlier run has left

    def __len__(self) -> int:
        """How many different pull requests are stored."""
        return len(self._found)

    def get(self, id: str) -> Stored | None:
        """Return what is stored of a pull request."""
        return self._found.get(id)

    def ids(self, repository: str) -> list[str]:
        """Return the ids of a repository's pull requests."""
        return [id for id, stored in self._found.items() if stored.repository == repository]

    def nodes(self, ids: list[str]) -> Iterator[Node]:
        """Yield the whole pull requests of these ids."""
        for id in ids:
            stored = self._found[id]
            body = os.pread(self._file.fileno(), stored.size, stored.offset)
            yield json.loads(zlib.decompress(body))

    def put(self, repository: str, node: Node, sent_at: float) -> None:
        """Add a whole pull request. It survives the end of this process at once."""
        body = zlib.compress(json.dumps(node).encode(), 1)
        header = [node["id"], repository, node["updatedAt"], sent_at]
        line = json.dumps(header, separators=(",", ":")).encode()
        self._file.write(line + f" {len(body)} {crc32(line + body)}\n".encode())
        self._file.flush()
        offset = self._file.tell()
        self._file.write(body + b"\n")
        self._file.flush()
        self._note(header, offset, len(body))

    def clear(self) -> None:
        """Forget everything and begin anew."""
        self._found.clear()
        self._file.truncate(0)
        title = {"about": self._about, "started_at": self._now()}
        self._file.write(json.dumps(title).encode() + b"\n")
        self._file.flush()

    def close(self, *, finished: bool = False) -> None:
        """Close the file, and delete it where the run has finished or nothing is in it."""
        if finished or not self._found:
            self._path.unlink(missing_ok=True)
        self._file.close()

    def _continues(self, title: bytes) -> bool:
        try:
            said = json.loads(title)
            age = self._now() - said["started_at"]
        except (ValueError, KeyError, TypeError):
            return False
        is_whole = title.endswith(b"\n")
        return bool(is_whole and said["about"] == self._about and age <= LONGEST_AGE)

    def _index(self) -> int:
        """Note where each whole pull request lies; return where the last of them ends."""
        end = self._file.tell()
        while line := self._file.readline():
            header, size, check = _parts(line)
            offset = self._file.tell()
            body = self._file.read(size)
            if header is None or crc32(header + body) != check or self._file.read(1) != b"\n":
                break
            self._note(json.loads(header), offset, size)
            end = offset + size + 1
        return end

    def _note(self, header: list[Any], offset: int, size: int) -> None:
        id, repository, updated_at, sent_at = header
        self._found[id] = Stored(repository, updated_at, sent_at, offset, size)


def _parts(line: bytes) -> tuple[bytes | None, int, int]:
    header, *numbers = line.removesuffix(b"\n").rsplit(b" ", 2)
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return None, 0, 0
    return header, int(numbers[0]), int(numbers[1])
