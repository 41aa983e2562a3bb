"""Progress on stderr: bars on a terminal, a plain line every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cursor_marts.sources.progress import Progress as Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVERY = 10.0  # seconds between plain lines


@contextmanager
def watched() -> Iterator[Watcher]:
    """Give the object that a run reports its progress to."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} / {task.fields[expected]}  {task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield Bars(bars)


class Bars:
    """A bar per resource: records done and expected, rate, and waiting time."""

    def __init__(self, bars: Progress) -> None:
        """Draw into rich's live display."""
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._began: dict[str, float] = {}
        self._now = time.monotonic()
        self._last: TaskID | None = None
        self._waited = 0.0

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """Move a resource's bar."""
        if resource not in self._tasks:
            self._began[resource] = self._now
            self._tasks[resource] = self._bars.add_task(resource, expected="?", rate="", note="")
        self._last, self._now = self._tasks[resource], time.monotonic()
        self._bars.update(
            self._last,
            completed=done if expected is None else min(done, expected),  # some come twice
            total=expected,
            expected="?" if expected is None else f"{expected:,}",
            rate=f"{done / (self._now - self._began[resource] + 0.001):,.0f}/s",
            note=f"waited {self._waited:.0f} s for the limit" if self._waited >= 1 else "",
        )

    def waiting(self, seconds: float, waited: float) -> None:
        """Show the waiting time beside the current bar."""
        self._waited = waited
        if self._last is not None and seconds >= 2:
            self._bars.update(self._last, note=f"waiting {seconds:.0f} s for the limit")

    def say(self, line: str) -> None:
        """Print above the bars."""
        self._bars.console.print(line, markup=False)


class Lines:
    """Plain lines for logs, at most one in ten seconds."""

    def __init__(self) -> None:
        """Start the clock."""
        self._last = time.monotonic()
        self._waited = 0.0

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """Print the progress of a resource, at most every ten seconds."""
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            of = "" if expected is None else f" of {expected:,}"
            done = done if expected is None else min(done, expected)  # some come twice
            waited = f", waited {self._waited:.0f} s for the source's limit" if self._waited else ""
            self.say(f"{resource}: {done:,}{of}{waited}")

    def waiting(self, seconds: float, waited: float) -> None:
        """Store the waiting time for the next line."""
        self._waited = waited

    def say(self, line: str) -> None:
        """Print a line."""
        print(line, file=sys.stderr, flush=True)
