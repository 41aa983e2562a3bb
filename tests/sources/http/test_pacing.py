"""The pace of requests with two kinds of limits, on a fast clock."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cursor_marts.simulator.limiter import Bucket
from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.pacing import Pacer


class Time:
    """A clock that only sleeping moves."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Minutes:
    """A limit by whole minutes, as some services have it."""

    per_minute: int
    clock: Callable[[], float]
    minute: int = -1
    taken: int = 0

    def take(self) -> int:
        minute = int(self.clock() // 60)
        if minute != self.minute:
            self.minute, self.taken = minute, 0
        if self.taken >= self.per_minute:
            return int((minute + 1) * 60 - self.clock()) + 1
        self.taken += 1
        return 0


def ask(time: Time, limiter: Bucket | Minutes, requests: int, latency: float) -> Pacer:
    """Send requests to a limited source until a number of answers has arrived."""
    pacer = Pacer(clock=Clock(lambda: time.now, time.sleep))
    for _ in range(requests):
        while True:
            pacer.wait_for_turn()
            time.now += latency
            if not (wait := limiter.take()):
                break
            pacer.refused(wait)
        pacer.answered()
    return pacer


@pytest.mark.parametrize("latency", [0.0, 0.01, 0.3])
@pytest.mark.parametrize(("rate", "requests"), [(100, 90), (100, 250), (100, 1000), (20, 100)])
def test_requests_follow_a_token_bucket(rate: int, requests: int, latency: float) -> None:
    """The burst needs no wait, the rest little more than the refill, and few are refused."""
    time = Time()
    pacer = ask(time, Bucket(rate, lambda: time.now), requests, latency)
    least = max(requests * latency, (requests - rate) * 60 / rate)
    assert time.now <= 1.06 * least + 5
    assert pacer.refusals <= (0 if requests <= rate else 12)


@pytest.mark.parametrize("latency", [0.0, 0.01, 0.3])
@pytest.mark.parametrize("rate", [20, 100])
def test_requests_follow_a_limit_by_the_minute(rate: int, latency: float) -> None:
    """After the first window, requests are spread over each."""
    time = Time()
    pacer = ask(time, Minutes(rate, lambda: time.now), 5 * rate, latency)
    assert time.now <= 1.3 * 4 * 60 + 5
    assert pacer.refusals <= 6


def test_no_request_is_sent_during_a_refusal() -> None:
    """A refusal holds for all threads until it ends."""
    time = Time()
    pacer = Pacer(clock=Clock(lambda: time.now, time.sleep))
    pacer.wait_for_turn()
    pacer.refused(30)
    pacer.wait_for_turn()
    assert time.now == 30
    assert pacer.waited == 30


def test_waits_are_reported() -> None:
    """With their length, and the total so far."""
    time, told = Time(), []
    pacer = Pacer(
        clock=Clock(lambda: time.now, time.sleep),
        on_wait=lambda seconds, waited: told.append((seconds, waited)),
    )
    for _ in range(2):
        pacer.wait_for_turn()
        pacer.refused(30)
    pacer.wait_for_turn()
    assert told == [(30, 0), (30, 30)]
