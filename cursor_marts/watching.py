"""Progress on stderr: bars on a terminal, a plain line now and then where there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from cursor_marts.extract import Progress as Watcher
from cursor_marts.extract import Silent

EVERY = 10.0  # seconds between plain lines


@contextmanager
def watched(quiet: bool) -> Iterator[Watcher]:
    """Give what a run is to be told of; quiet runs are told of to nobody."""
    console = Console(stderr=True)
    if quiet:
        yield Silent()
    elif console.is_terminal:
        columns = (
            TextColumn("{task.description:<14}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} / {task.fields[expected]}  {task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
        )
        with Progress(*columns, console=console, transient=True) as bars:
            yield Bars(bars)
    else:
        yield Lines()


class Bars:
    """A bar per resource: done, expected, rate, and how long the source makes us wait."""

    def __init__(self, bars: Progress) -> None:
        """Draw into rich's live display."""
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._began: dict[str, float] = {}
        self._last: TaskID | None = None

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """Move a resource's bar."""
        if resource not in self._tasks:
            self._began[resource] = time.monotonic()
            self._tasks[resource] = self._bars.add_task(resource, expected="?", rate="", note="")
        self._last = self._tasks[resource]
        seconds = max(0.1, time.monotonic() - self._began[resource])
        self._bars.update(
            self._last,
            completed=done,
            total=expected,
            expected="?" if expected is None else f"{expected:,}",
            rate=f"{done / seconds:,.0f}/s",
            note="",
        )

    def waiting(self, seconds: float) -> None:
        """Say so beside the bar that has to wait."""
        if self._last is not None:
            self._bars.update(self._last, note=f"waiting {seconds:.0f} s for the source's limit")

    def say(self, line: str) -> None:
        """Print above the bars."""
        self._bars.console.print(line, markup=False)


class Lines:
    """Plain lines, not more than one in ten seconds, for logs."""

    def __init__(self) -> None:
        """Begin to count the seconds."""
        self._last = time.monotonic()
        self._waited = 0.0

    def step(self, resource: str, done: int, expected: int | None) -> None:
        """Print where a resource is, if it is time for a line."""
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            of = "" if expected is None else f" of {expected:,}"
            waited = f", waited {self._waited:.0f} s for the source's limit" if self._waited else ""
            self.say(f"{resource}: {done:,}{of}{waited}")

    def waiting(self, seconds: float) -> None:
        """Add up; the next line says how much."""
        self._waited += seconds

    def say(self, line: str) -> None:
        """Print a line."""
        print(line, file=sys.stderr, flush=True)
