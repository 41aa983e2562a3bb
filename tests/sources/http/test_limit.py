"""The time of each request is watched, by one thread for all of them."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from cursor_marts.sources.http.limit import Limit, Watch


@contextmanager
def watch() -> Iterator[Watch]:
    watching = Watch()
    try:
        yield watching
    finally:
        watching.close()


def is_over(limit: Limit, within: float = 5.0) -> bool:
    """Return whether a limit is over within so many seconds."""
    until = time.monotonic() + within
    while not limit.is_over and time.monotonic() < until:
        time.sleep(0.005)
    return limit.is_over


def test_a_request_ends_in_its_time_while_another_has_more() -> None:
    """Also one that begins later, and one that begins when all others have ended."""
    with watch() as watching, watching.limited(60) as long:
        for _ in range(2):
            with watching.limited(0.02) as short:
                assert is_over(short)
        assert not long.is_over


def test_the_sockets_of_a_request_are_shut_down() -> None:
    """A read that waits for the other side ends at once."""
    ours, theirs = socket.socketpair()
    with watch() as watching, ours, theirs, watching.limited(0.02) as limit:
        stream = type("Stream", (), {"get_extra_info": lambda self, name: ours})()
        limit.trace("connection.connect_tcp.complete", {"return_value": stream})
        assert ours.recv(1) == b""


def test_one_thread_watches_many_requests_and_ends_with_them() -> None:
    """A thread for each request took as much time as the request itself."""
    before = set(threading.enumerate())
    with watch() as watching:
        for _ in range(5):
            with watching.limited(60), watching.limited(60):
                (thread,) = set(threading.enumerate()) - before
    thread.join(5)
    assert not thread.is_alive()
