"""The answers of a run that is under way, kept on disk until it has ended well.

A run is a function of the answers it gets. Started again, it is given those that it already had,
in the order it had them, and asks the source from there on. An answer says when it came: one that
is too old is no part of a run of today.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict, deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from zlib import crc32

#: How long an answer may be used again by default.
MAX_AGE_SECONDS = 24 * 3600.0
#: How far clocks of machines that share a folder may differ, in seconds.
CLOCKS_DIFFER = 300.0


class Kept(NamedTuple):
    """Where an answer lies in the file, and when it came, in seconds since 1970."""

    offset: int
    size: int
    came_at: float


class Journal:
    """An append-only file of answers by request; safe between threads.

    Its first line says of which run: which source, with which key, over which days. Then, for each
    answer, `<target> <seconds since 1970> <bytes> <crc32>\\n<body>\\n`.
    What a crash has cut off or garbled at the end is dropped.
    """

    def __init__(
        self,
        path: Path,
        about: dict[str, str],
        max_age_seconds: float = MAX_AGE_SECONDS,
        wall_clock: Callable[[], float] | None = None,
    ) -> None:
        """Open the journal of the run that `about` describes; one of another run is cleared.

        So is one whose oldest answer came more than `max_age_seconds` ago, or after now: its
        answers belong together.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.oldest: float | None = None  #: when the oldest answer came that this run was given
        self._path = path
        self._lock = Lock()
        self._wall_clock = wall_clock or time.time
        self._past: dict[str, deque[Kept]] = defaultdict(deque)
        self._file = path.open("a+b")
        self._file.seek(0)
        self._title = json.dumps(about).encode() + b"\n"
        if self._file.readline() == self._title:
            self._file.truncate(self._index())
            if not self._is_recent(max_age_seconds):
                self.clear()
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
            if not self._past.get(target):
                return None
            kept = self._past[target].popleft()
            self.oldest = kept.came_at if self.oldest is None else min(self.oldest, kept.came_at)
            return self._read(kept)

    def first(self, target: str) -> bytes | None:
        """Return the first answer that is left of a request without taking it."""
        with self._lock:
            return self._read(self._past[target][0]) if self._past.get(target) else None

    def add(self, target: str, body: bytes) -> None:
        """Keep an answer. It survives this process at once, a power cut as the disk sees fit."""
        with self._lock:
            if not self._file.closed:  # a run that was stopped leaves threads behind
                about = f"{target} {self._wall_clock():.0f}"
                header = f"{about} {len(body)} {checksum(about, body)}\n"
                self._file.write(header.encode() + body + b"\n")
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

    def _read(self, kept: Kept) -> bytes:
        return os.pread(self._file.fileno(), kept.size, kept.offset)

    def _is_recent(self, max_age_seconds: float) -> bool:
        now = self._wall_clock()
        times = [kept.came_at for answers in self._past.values() for kept in answers]
        return not times or (
            now - min(times) <= max_age_seconds and max(times) - now <= CLOCKS_DIFFER
        )

    def _index(self) -> int:
        """Note where each whole answer lies; return where the last of them ends."""
        end = self._file.tell()
        while header := self._file.readline().decode("utf-8", "replace"):
            target, *numbers = header.removesuffix("\n").rsplit(" ", 3)
            if len(numbers) != 3 or not all(map(is_number, numbers)):
                break
            came_at, size, checked = map(int, numbers)
            start = self._file.tell()
            body = self._file.read(size)
            if checksum(f"{target} {came_at}", body) != checked or self._file.read(1) != b"\n":
                break
            self._past[target].append(Kept(start, size, came_at))
            end = start + size + 1
        return end


def checksum(about: str, body: bytes) -> int:
    """Return the sum by which an answer is known to be whole, and of its request."""
    return crc32(body, crc32(about.encode()))


def is_number(text: str) -> bool:
    """Return whether a text is a whole number of a length that is in use."""
    return text.isascii() and text.isdigit() and len(text) <= 15
