"""The answers of a run that is under way, kept on disk until it has ended well.

A run is a function of the answers it gets. Started again, it is given those that it already had,
in the order it had them, and asks the source from there on.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict, deque
from pathlib import Path
from threading import Lock
from zlib import crc32


class Journal:
    """An append-only file of answers by request; safe between threads.

    Its first line says of which run. Then, for each answer, `<target> <bytes> <crc32>\\n<body>\\n`.
    What a crash has cut off or garbled at the end is dropped.
    """

    def __init__(self, path: Path, about: dict[str, str]) -> None:
        """Open the journal of the run that `about` describes; one of another run is cleared."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = Lock()
        self._past: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
        self._file = path.open("a+b")
        self._file.seek(0)
        self._title = json.dumps(about).encode() + b"\n"
        if self._file.readline() == self._title:
            self._file.truncate(self._index())
        else:
            self.clear()

    def __len__(self) -> int:
        """How many answers are left to be taken from it."""
        return sum(map(len, self._past.values()))

    def keeps_answers(self) -> bool:
        """Return whether the next run would find anything in it."""
        return os.fstat(self._file.fileno()).st_size > len(self._title)

    def take(self, target: str) -> bytes | None:
        """Return the next answer that this request had before, None if there is none."""
        with self._lock:
            return self._read(*self._past[target].popleft()) if self._past.get(target) else None

    def first(self, target: str) -> bytes | None:
        """Return the first answer that is left of a request without taking it."""
        with self._lock:
            return self._read(*self._past[target][0]) if self._past.get(target) else None

    def add(self, target: str, body: bytes) -> None:
        """Keep an answer. It survives this process at once, a power cut as the disk sees fit."""
        with self._lock:
            if not self._file.closed:  # a run that was stopped leaves threads behind
                self._file.write(f"{target} {len(body)} {crc32(body)}\n".encode() + body + b"\n")
                self._file.flush()

    def clear(self) -> None:
        """Forget everything: the source is not what it was."""
        with self._lock:
            self._past.clear()
            self._file.truncate(0)
            self._file.write(self._title)
            self._file.flush()

    def close(self) -> None:
        """Close the file; it stays for the next run if that would find anything in it."""
        with self._lock:
            if not self.keeps_answers():
                self._path.unlink(missing_ok=True)
            self._file.close()

    def _read(self, offset: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, offset)

    def _index(self) -> int:
        """Note where each whole answer lies; return where the last of them ends."""
        end = self._file.tell()
        while header := self._file.readline().decode("utf-8", "replace"):
            target, *sizes = header.removesuffix("\n").rsplit(" ", 2)
            if len(sizes) != 2 or not all(size.isdigit() for size in sizes):
                break
            start, size = self._file.tell(), int(sizes[0])
            body = self._file.read(size)
            if crc32(body) != int(sizes[1]) or self._file.read(1) != b"\n":
                break
            self._past[target].append((start, size))
            end = start + size + 1
        return end
