"""Statements at the same time, each by a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from cursor_marts.engines.session import Answer, Statement


def attempts(
    answer: Callable[[Statement], Answer], statements: Iterable[Statement], at_once: int
) -> list[Future[Answer]]:
    """Execute statements, so many at once, until one fails; return how each of them ended."""
    with ThreadPoolExecutor(at_once) as threads:
        running = [threads.submit(answer, each) for each in statements]
        try:
            wait(running, return_when=FIRST_EXCEPTION)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
    return running


def answers(ended: Iterable[Future[Answer]]) -> list[Answer]:
    """Return the answers of statements that have ended; raise the first error of one."""
    ended = list(ended)
    if error := first_error(ended):
        raise error
    return [each.result() for each in ended]


def first_error(ended: Iterable[Future[Answer]]) -> BaseException | None:
    """Return the first error of statements that have ended; those not begun have none."""
    return next(
        (error for each in ended if not each.cancelled() if (error := each.exception())), None
    )


def has_succeeded(ended: Future[Answer]) -> bool:
    """Return whether a statement was executed without an error."""
    return not ended.cancelled() and ended.exception() is None
