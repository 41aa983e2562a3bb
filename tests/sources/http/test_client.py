"""Retries and refusals of the client, over real HTTP."""

import gc
import time
from typing import Any

import httpx
import pytest
from support.fast_clock import Hurry
from support.faulty_network import (
    Continued,
    FalseGzip,
    Fault,
    Html,
    Reset,
    Slow,
    Status,
    Trickled,
    Truncated,
    faulty,
)
from support.in_process import client_of

from cursor_marts.errors import SourceNotUnderstood, SourceRefused, SourceUnreachable
from cursor_marts.simulator import Response, Simulator, World, serve
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.faults import retry_after, seconds_to_wait
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret

SIMULATOR = Simulator(World(repos=[{"full_name": "a/b"}]), rate_limit=None)
KEY = Secret("cursor-sim-dev-key")
HASTY = Patience(attempts=4, answer=0.3)

PASSING = [
    Status(429, "7"),
    Status(429),
    Status(500),
    Status(502, body=b"<html>"),
    Status(503, "Wed, 21 Oct 2015 07:28:00 GMT"),
    Status(503, "soon"),
    Status(504),
    Reset(),
    Reset(in_body=True),
    Truncated(),
    Html(),
    Slow(0.6),
    FalseGzip(),
    *(Status(code) for code in (408, 425, 520, 521, 522, 523, 524, 529)),
]


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_a_fault_that_passes_is_tried_again(fault: Fault) -> None:
    """Twice the fault, then the answer: three requests, two of them retries."""
    with (
        faulty(SIMULATOR, lambda n, target: fault if n in (1, 2) else None) as source,
        Client(source.url, KEY, HASTY, Hurry().pacer()) as client,
    ):
        client.get("/repos")
        assert client.get("/repos")[0]["full_name"] == "a/b"
        assert (client.requests, client.retries) == (4, 2)
        assert len(source.requests) == 4


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_a_lasting_fault_is_an_error(fault: Fault) -> None:
    """It names the path or the source, and the number of attempts."""
    with (
        faulty(SIMULATOR, lambda n, target: fault if n else None) as source,
        Client(source.url, KEY, HASTY, Hurry().pacer()) as client,
    ):
        client.get("/repos")
        with pytest.raises((SourceUnreachable, SourceNotUnderstood), match="times in a row"):
            client.get("/repos")
        assert client.retries == HASTY.attempts - 1


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Status(400, body=b'{"error": "invalid startDate"}'), "400 to /repos: .*invalid startDate"),
        (Status(401), "does not accept the API key"),
        (Status(403), "does not accept the API key"),
        (Status(404), "404 to /repos"),
    ],
)
def test_a_refusal_is_final(fault: Fault, says: str) -> None:
    """A request that the source refuses is not sent again."""
    with (
        faulty(SIMULATOR, lambda n, target: fault) as source,
        Client(source.url, Secret("my own"), pacer=Hurry().pacer()) as client,
    ):
        with pytest.raises(SourceRefused, match=says):
            client.get("/repos")
        assert len(source.requests) == 1


def test_a_missing_key_is_not_called_wrong() -> None:
    """Without one, the client sends the key of the simulator."""
    with (
        serve(Simulator(World(), api_key="another", rate_limit=None)) as url,
        Client(url, KEY) as client,
        pytest.raises(SourceRefused, match="the simulator's key, and no other is given"),
    ):
        client.get("/repos")


def test_html_as_the_first_answer_is_a_wrong_address() -> None:
    """It is not retried."""
    with (
        faulty(SIMULATOR, lambda n, target: Html()) as source,
        Client(source.url, KEY, pacer=Hurry().pacer()) as client,
    ):
        with pytest.raises(SourceNotUnderstood, match=r"not JSON \(text/html\)") as error:
            client.get("/repos")
        assert "check --source" in str(error.value)
        assert len(source.requests) == 1


def test_a_redirect_is_not_followed_with_the_key() -> None:
    """The error names the new address, which does not get the key."""
    answer = SIMULATOR.respond("GET", "/nowhere", {})

    class Moved(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            return type(answer)(302, {"Location": "https://elsewhere.example/"}, b"")

    with (
        faulty(Moved(World()), lambda n, target: None) as source,
        Client(source.url, KEY, pacer=Hurry().pacer()) as client,
        pytest.raises(SourceNotUnderstood, match="redirects /repos to https://elsewhere"),
    ):
        client.get("/repos")


@pytest.mark.parametrize("asked", ["3600", "1000000000000", "9" * 15])
def test_a_wait_beyond_the_time_limit_is_an_error(asked: str) -> None:
    """It names the requested wait, the time left, and the option to raise it."""
    with (
        faulty(SIMULATOR, lambda n, target: Status(503, asked) if n else None) as source,
        Client(source.url, KEY, Patience(time_limit_seconds=1800), Hurry().pacer()) as client,
    ):
        client.get("/repos")
        with pytest.raises(SourceUnreachable, match="asks to wait") as over:
            client.get("/repos")
        assert len(source.requests) == 2
    assert "1,800 s are left of the time limit" in over.value.hint
    assert "--time-limit" in over.value.hint
    assert "--source" not in over.value.hint


def test_a_wait_of_an_hour_within_the_time_limit_is_waited_out() -> None:
    """A source may count its requests by the hour."""
    hurry = Hurry()
    with (
        faulty(SIMULATOR, lambda n, target: Status(429, "3600") if n == 1 else None) as source,
        Client(source.url, KEY, pacer=hurry.pacer()) as client,
    ):
        client.get("/repos")
        assert client.get("/repos")
    assert client.costs.waited > 3599


def test_a_run_beyond_the_time_limit_names_the_limit() -> None:
    """Not a wrong address."""
    patience = Patience(time_limit_seconds=5)
    with (
        faulty(SIMULATOR, lambda n, target: Status(429, "7")) as source,
        Client(source.url, KEY, patience, pacer=Hurry().pacer()) as client,
        pytest.raises(SourceUnreachable, match=r"left of the time limit.*--time-limit"),
    ):
        client.get("/repos")


def test_the_time_limit_is_checked_before_each_request() -> None:
    """Also for a source without faults."""
    hurry = Hurry()
    client = client_of(SIMULATOR, patience=Patience(time_limit_seconds=60), pacer=hurry.pacer())
    with client:
        client.get("/repos")
        hurry.sleep(61)
        with pytest.raises(SourceUnreachable, match="no time is left to request /repos") as over:
            client.get("/repos")
        assert client.requests == 1
    assert "--time-limit" in over.value.hint


ENDLESS = [Trickled(0.02), Trickled(0.02, in_header=True), Continued()]


@pytest.mark.parametrize("fault", ENDLESS, ids=repr)
def test_an_answer_that_never_ends_is_given_up(fault: Fault) -> None:
    """Each byte comes in time: it is the whole answer that does not."""
    patience = Patience(attempts=2, whole_answer=0.5)
    slow = Simulator(World(repos=[{"full_name": "a/b", "x": "y" * 2000}]), rate_limit=None)
    with (
        faulty(slow, lambda n, target: fault if n else None) as source,
        Client(source.url, KEY, patience, Hurry().pacer()) as client,
    ):
        client.get("/repos")
        began = time.monotonic()
        with pytest.raises(SourceUnreachable, match="no complete answer within 0 s, 2 times"):
            client.get("/repos")
        assert time.monotonic() - began < 5


def test_an_answer_is_cut_off_at_the_end_of_the_run() -> None:
    """Even where a single answer may take longer."""
    patience = Patience(time_limit_seconds=1)
    slow = Simulator(World(repos=[{"full_name": "a/b", "x": "y" * 2000}]), rate_limit=None)
    with (
        faulty(slow, lambda n, target: Trickled(0.02)) as source,
        Client(source.url, KEY, patience) as client,
        pytest.raises(SourceUnreachable, match="no complete answer"),
    ):
        client.get("/repos")


@pytest.mark.parametrize("headers", [{"Retry-After": "7"}, {"X-RateLimit-Remaining": "0"}])
def test_a_403_that_speaks_of_a_limit_is_a_rate_limit(headers: dict[str, str]) -> None:
    """The key is right: it has used up what it is granted."""

    class Limited(Simulator):
        asked = 0

        def respond(self, method: str, target: str, given: Any) -> Response:
            self.asked += 1
            if self.asked == 1:
                return Response(403, dict(headers), b'{"message": "API rate limit exceeded"}')
            return super().respond(method, target, given)

    with client_of(Limited(World(), rate_limit=None), pacer=Hurry().pacer()) as client:
        assert client.get("/repos") == []
        assert (client.requests, client.retries) == (2, 1)
        assert client.costs.waited > (6.9 if "Retry-After" in headers else 0.9)


@pytest.mark.parametrize("in_seconds", [True, False])
def test_the_end_of_a_limit_is_read_as_a_time_or_as_seconds(in_seconds: bool) -> None:
    """Both are in use."""
    reset = "90" if in_seconds else f"{time.time() + 90:.0f}"
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    wait = seconds_to_wait(httpx.Response(403, headers=headers))
    assert wait is not None
    assert 85 < wait <= 91


@pytest.mark.parametrize("text", ["²", "-1", "soon", "", "1e9999", "Mon, 99 Foo", "9" * 400])
def test_a_wait_that_cannot_be_read_is_none(text: str) -> None:
    """Then the wait is this client's own."""
    assert retry_after(httpx.Response(503, headers=[(b"Retry-After", text.encode())])) is None


def test_the_key_is_never_printed() -> None:
    """Not in the repr of the client, nor in an error."""
    with faulty(SIMULATOR, lambda n, target: Status(401)) as source:
        client = Client(source.url, Secret("hush-hush"))
        assert "hush-hush" not in repr(client)
        with client, pytest.raises(SourceRefused) as error:
            client.get("/repos")
        assert "hush-hush" not in f"{error.value}{error.value!r}"


def test_an_answer_is_freed_when_it_has_been_read() -> None:
    """Its bytes do not wait for the collector of circles: a large run would grow by them."""
    gc.collect()
    before = {id(each) for each in gc.get_objects() if isinstance(each, httpx.Response)}
    gc.disable()
    try:
        with serve(Simulator(World(), rate_limit=None)) as url, Client(url, KEY) as client:
            client.get("/repos")
            left = [
                each
                for each in gc.get_objects()
                if isinstance(each, httpx.Response) and id(each) not in before
            ]
    finally:
        gc.enable()
    assert not left
