"""Patience with a source's faults, over real HTTP."""

import gc
from typing import Any

import httpx
import pytest
from support.fast_clock import Hurry
from support.faulty_network import Fault, Html, Reset, Slow, Status, Truncated, faulty

from cursor_marts.errors import SourceNotUnderstood, SourceRefused, SourceUnreachable
from cursor_marts.simulator import Simulator, World, serve
from cursor_marts.sources.http.client import Client
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
]


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_a_fault_that_passes_is_tried_again(fault: Fault) -> None:
    """Twice the fault, then the answer: three requests, two of them again."""
    with (
        faulty(SIMULATOR, lambda n, target: fault if n in (1, 2) else None) as source,
        Client(source.url, KEY, HASTY, Hurry().pacer()) as client,
    ):
        client.get("/repos")
        assert client.get("/repos")[0]["full_name"] == "a/b"
        assert (client.requests, client.retries) == (4, 2)
        assert len(source.requests) == 4


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_a_fault_that_stays_is_an_error_in_the_end(fault: Fault) -> None:
    """Patience ends: the error names the path or the source, and how often it was tried."""
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
    """What the source understood and refused is not asked twice."""
    with (
        faulty(SIMULATOR, lambda n, target: fault) as source,
        Client(source.url, Secret("my own"), pacer=Hurry().pacer()) as client,
    ):
        with pytest.raises(SourceRefused, match=says):
            client.get("/repos")
        assert len(source.requests) == 1


def test_a_key_that_nobody_gave_is_not_called_wrong() -> None:
    """What is sent then is the simulator's."""
    with (
        serve(Simulator(World(), api_key="another", rate_limit=None)) as url,
        Client(url, KEY) as client,
        pytest.raises(SourceRefused, match="the simulator's key, and no other is given"),
    ):
        client.get("/repos")


def test_a_page_for_people_as_the_first_answer_is_a_wrong_address() -> None:
    """Before anything was understood there is nothing to be patient with."""
    with (
        faulty(SIMULATOR, lambda n, target: Html()) as source,
        Client(source.url, KEY, pacer=Hurry().pacer()) as client,
    ):
        with pytest.raises(SourceNotUnderstood, match=r"not JSON \(text/html\)") as error:
            client.get("/repos")
        assert "check --source" in str(error.value)
        assert len(source.requests) == 1


def test_a_redirect_is_not_followed_with_the_key() -> None:
    """The error says where to; the key stays here."""
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


def test_a_wait_longer_than_patience_is_not_begun() -> None:
    """A source that asks for an hour is not waited for: the error says what it asks."""
    with (
        faulty(SIMULATOR, lambda n, target: Status(503, "3600") if n else None) as source,
        Client(source.url, KEY, pacer=Hurry().pacer()) as client,
    ):
        client.get("/repos")
        with pytest.raises(SourceUnreachable, match="asks to wait 3600 s"):
            client.get("/repos")
        assert len(source.requests) == 2


def test_a_run_whose_time_is_over_says_so() -> None:
    """It is the limit that ended it, not the address that is wrong."""
    patience = Patience(time_limit_seconds=5)
    with (
        faulty(SIMULATOR, lambda n, target: Status(429, "7")) as source,
        Client(source.url, KEY, patience, pacer=Hurry().pacer()) as client,
        pytest.raises(SourceUnreachable, match=r"time limit is over.*--time-limit"),
    ):
        client.get("/repos")


def test_json_constants_that_are_no_json_are_faults() -> None:
    """NaN is no number of any API."""

    class NotANumber(Simulator):
        def respond(self, method: str, target: str, headers: Any) -> Any:
            answer = super().respond(method, target, headers)
            return type(answer)(200, answer.headers, b'[{"full_name": NaN}]')

    with (
        faulty(NotANumber(World()), lambda n, target: None) as source,
        Client(source.url, KEY, pacer=Hurry().pacer()) as client,
        pytest.raises(SourceNotUnderstood, match="not JSON"),
    ):
        client.get("/repos")


def test_the_key_shows_nowhere() -> None:
    """Not in the client's repr, nor in an error."""
    with faulty(SIMULATOR, lambda n, target: Status(401)) as source:
        client = Client(source.url, Secret("hush-hush"))
        assert "hush-hush" not in repr(client)
        with client, pytest.raises(SourceRefused) as error:
            client.get("/repos")
        assert "hush-hush" not in f"{error.value}{error.value!r}"


def responses_in_memory() -> set[int]:
    return {id(each) for each in gc.get_objects() if isinstance(each, httpx.Response)}


def test_an_answer_goes_when_it_has_been_read() -> None:
    """It does not wait for the garbage collector: the memory of a large run would grow."""
    gc.collect()
    earlier = responses_in_memory()  # of other tests
    gc.disable()
    try:
        with serve(Simulator(World(), rate_limit=None)) as url, Client(url, KEY) as client:
            client.get("/repos")
            left = responses_in_memory() - earlier
    finally:
        gc.enable()
    assert not left
