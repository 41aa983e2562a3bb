"""The same work on many items at once, in a few threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORKERS = 6


def in_parallel(work: Callable[[T], R], items: Iterable[T], workers: int = WORKERS) -> Iterator[R]:
    """Yield the results as they come, in no order; the first error ends it all.

    The threads are daemons and look before each item whether anybody still waits: Ctrl-C does not
    have to wait for them. At most a few results lie ready, so that memory does not fill up.
    """
    todo: Queue[T] = Queue()
    for item in items:
        todo.put(item)
    count, done, stop = todo.qsize(), Queue[tuple[R | None, BaseException | None]](workers), Event()

    def run() -> None:
        while not stop.is_set() and not todo.empty():
            try:
                item = todo.get_nowait()
            except Exception:
                return
            try:
                result: tuple[R | None, BaseException | None] = (work(item), None)
            except BaseException as error:
                result = (None, error)
            while not stop.is_set():
                try:
                    done.put(result, timeout=0.5)
                    break
                except Exception:
                    continue

    for _ in range(min(workers, count)):
        Thread(target=run, daemon=True).start()
    try:
        for _ in range(count):
            value, error = done.get()
            if error is not None:
                raise error
            yield value  # type: ignore[misc]
    finally:
        stop.set()
