"""The client: limits in every spelling, faults that pass, errors that do not."""

import json
from typing import Any

import httpx
import pytest
from support.github.clients import ADDRESS, client_of
from support.github.clock import NOON, MovedClock
from support.github.emulator import Emulator
from support.github.faults import (
    PASSING,
    TIMEOUT_TEXT,
    Dropped,
    ErrorIn200,
    Fault,
    Status,
    Truncated,
    once,
)
from support.github.server import serve
from support.github.world import World, at, pull_request, repository

from cursor_marts.errors import SourceRefused, SourceUnreachable
from cursor_marts.sources.github.client import GitHubClient
from cursor_marts.sources.github.responses import Again, TooLarge, as_json
from cursor_marts.sources.github.tokens import PersonalToken
from cursor_marts.sources.http.clock import Clock
from cursor_marts.sources.http.pacing import Pacer
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.secret import Secret


def world() -> World:
    return World([repository("acme/web", [pull_request(1, at(1))])])


TOO_LARGE = [
    Status(502),
    Status(504),
    ErrorIn200(TIMEOUT_TEXT),
    ErrorIn200("Resource limits exceeded", "RESOURCE_LIMITS_EXCEEDED", partial=True),
    ErrorIn200("Something unheard of", partial=True),
]
NO_JSON = [b"", b"<html>", b'{"data": {', b'{"data": NaN}', b'{"data": -Infinity}']
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes."


@pytest.mark.parametrize("fault", TOO_LARGE, ids=repr)
def test_a_request_that_is_too_large_raises_for_the_reader_to_shrink_it(fault: Fault) -> None:
    """Symptom elsewhere: only 502 and 504 made pages smaller, an error in a 200 did not."""
    with client_of(Emulator(world(), plan=once(1, fault))) as client, pytest.raises(TooLarge):
        client.send("Alive")


@pytest.mark.parametrize("body", NO_JSON)
def test_what_is_no_json_is_requested_again(body: bytes) -> None:
    """GitHub sends no NaN: it is a sign of something in between."""
    with pytest.raises(Again):
        as_json("Alive", body)


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Status(403, SECONDARY, (("Retry-After", "90"),)), 90),
        (Status(403, SECONDARY), 60),
        (Status(429, SECONDARY), 60),
        (ErrorIn200(SECONDARY), 60),
        (ErrorIn200("Slow down", "RATE_LIMIT"), 60),
        (ErrorIn200("Slow down", "RATE_LIMITED"), 60),
        (ErrorIn200("Slow down", "RATE_LIMITED", headers=(("Retry-After", "7"),)), 7),
        (Status(403, "API rate limit exceeded", (("x-ratelimit-remaining", "0"),)), 3600),
        (ErrorIn200("No", "RATE_LIMIT", headers=(("x-ratelimit-remaining", "0"),)), 3600),
    ],
    ids=repr,
)
def test_each_spelling_of_a_limit_is_waited_for(fault: Fault, waits: float) -> None:
    """Symptom elsewhere: limits in a 200, or of type RATE_LIMIT, were not recognised."""
    emulator = Emulator(world(), plan=once(1, fault))
    with client_of(emulator) as client:
        assert client.send("RepositoryByName", owner="acme", name="web").data["repository"]
    assert waits - 10 <= emulator.clock.slept <= waits + 10
    assert emulator.requests == 2


def test_waits_for_a_secondary_limit_grow_and_end() -> None:
    """Symptom elsewhere: a secondary limit killed the run, or was retried without end."""
    emulator = Emulator(world(), plan=lambda number, operation: Status(403, SECONDARY))
    with (
        client_of(emulator, patience=Patience(attempts=4)) as client,
        pytest.raises(SourceUnreachable, match=r"rate limit.*4 times in a row"),
    ):
        client.send("Alive")
    assert emulator.clock.slept == 60 + 120 + 240


def test_an_hour_without_points_is_waited_for() -> None:
    emulator = Emulator(world(), used=5_000)
    with client_of(emulator) as client:
        assert client.send("Alive").data["rateLimit"]["remaining"] == 4_999
    assert 3500 < emulator.clock.slept < 3700


def test_a_reserve_of_points_is_left_to_others() -> None:
    """Symptom elsewhere: one run consumed the hourly quota of all users of the token."""
    emulator = Emulator(world(), used=4_000)
    with client_of(emulator, reserve=900) as client:
        for _ in range(150):
            client.send("Alive")
            assert emulator.limit is not None
            assert emulator.limit - emulator.used >= 900
    assert 3000 < emulator.clock.slept < 3700


def test_a_reserve_above_the_limit_does_not_stop_the_run() -> None:
    emulator = Emulator(world(), limit=1_000)
    with client_of(emulator, reserve=4_000) as client:
        for _ in range(20):
            client.send("Alive")
    assert emulator.clock.slept == 0


def test_a_server_without_limits_is_not_waited_for() -> None:
    """Symptom elsewhere: limits that are off read as 0 of 0 points, and the run waited for ever."""
    emulator = Emulator(world(), limit=None)
    with client_of(emulator) as client:
        for _ in range(20):
            assert client.send("Alive").data == {"rateLimit": None}
    assert emulator.clock.slept == 0


def test_a_limit_of_zero_is_no_limit() -> None:
    zero = {"cost": 1, "limit": 0, "remaining": 0, "resetAt": "2026-03-02T13:00:00Z"}

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"x-ratelimit-limit": "0", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0"}
        return httpx.Response(200, headers=headers, json={"data": {"rateLimit": zero}})

    clock = MovedClock()
    client = GitHubClient(
        ADDRESS,
        PersonalToken(Secret("x")),
        pacer=Pacer(Clock(clock.now, clock.sleep)),
        transport=httpx.MockTransport(answer),
    )
    with client:
        client.send("Alive")
        client.send("Alive")
    assert clock.slept == 0


@pytest.mark.parametrize("fault", [Status(500), Status(503), Dropped(), Truncated()], ids=repr)
def test_a_transient_fault_is_retried(fault: Fault) -> None:
    emulator = Emulator(world(), plan=once(1, fault))
    with client_of(emulator) as client:
        client.send("Alive")
        assert (client.costs.requests, client.costs.retries) == (2, 1)


def test_a_token_that_is_refused_ends_the_run_at_once() -> None:
    emulator = Emulator(world())
    with (
        client_of(emulator, token="ghp_revoked") as client,
        pytest.raises(SourceRefused, match="does not accept the token") as error,
    ):
        client.send("Alive")
    assert emulator.requests == 1
    assert "ghp_revoked" not in f"{error.value}{error.value!r}{client!r}"


def test_a_missing_scope_is_named() -> None:
    """Symptom elsewhere: "requires one of read:org" refused the whole query."""
    with (
        client_of(Emulator(world())) as client,
        pytest.raises(SourceRefused, match="read:org"),
    ):
        client.send("Members", owner="acme", size=10)


def test_a_token_without_single_sign_on_is_told_where_to_authorise_it() -> None:
    url = "https://github.com/orgs/acme/sso?authorization_request=A1"
    sso = Status(403, "Resource protected", (("x-github-sso", f"required; url={url}"),))
    with (
        client_of(Emulator(world(), plan=once(1, sso))) as client,
        pytest.raises(SourceRefused, match="single sign-on") as error,
    ):
        client.send("Alive")
    assert url in error.value.hint


def test_a_server_that_is_too_old_is_named_at_once() -> None:
    """A field that an Enterprise Server does not know is refused for the whole query."""
    error = {
        "message": "Field 'fullDatabaseId' doesn't exist on type 'PullRequest'",
        "extensions": {"code": "undefinedField", "fieldName": "fullDatabaseId"},
    }
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"errors": [error]}))
    client = GitHubClient(ADDRESS, PersonalToken(Secret("x")), transport=transport)
    with client, pytest.raises(SourceRefused, match="fullDatabaseId") as refused:
        client.send("Alive")
    assert "Enterprise Server" in refused.value.hint
    assert client.costs.requests == 1


def test_a_wait_beyond_the_time_limit_ends_the_run() -> None:
    emulator = Emulator(world(), used=5_000)
    with (
        client_of(emulator, patience=Patience(time_limit_seconds=600)) as client,
        pytest.raises(SourceUnreachable, match="time limit") as error,
    ):
        client.send("Alive")
    assert "--time-limit" in error.value.hint
    assert emulator.clock.slept == 0


def test_the_time_limit_is_checked_before_each_request() -> None:
    emulator = Emulator(world(), latency=100.0)
    with client_of(emulator, patience=Patience(time_limit_seconds=250)) as client:
        for _ in range(3):
            client.send("Alive")
        with pytest.raises(SourceUnreachable, match="time limit"):
            client.send("Alive")


def test_one_answer_without_data_is_never_taken_for_an_empty_one() -> None:
    """Symptom elsewhere: a refused query was taken for "no pull requests", and emptied a table."""
    refused = Status(200, "Something else")
    with (
        client_of(
            Emulator(world(), plan=lambda n, operation: refused), patience=Patience(attempts=3)
        ) as client,
        pytest.raises(SourceUnreachable, match="without data"),
    ):
        client.send("Alive")


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_no_fault_is_mistaken_for_a_response(fault: Fault) -> None:
    emulator = Emulator(world(), plan=once(1, fault))
    with client_of(emulator) as client:
        try:
            answer = client.send("RepositoryByName", owner="acme", name="web")
        except TooLarge:
            return
    assert answer.data["repository"]["nameWithOwner"] == "acme/web"


def test_an_answer_arrives_over_real_http() -> None:
    emulator = Emulator(world(), plan=once(1, Dropped()), clock=MovedClock(NOON), latency=0.0)
    with (
        serve(emulator) as rest,
        GitHubClient(
            rest.replace("/v3", "/graphql"),
            PersonalToken(Secret("ghp_valid")),
            patience=Patience(first_backoff=0.01),
        ) as client,
    ):
        answer = client.send("RepositoryByName", owner="acme", name="web")
        assert answer.data["repository"]["nameWithOwner"] == "acme/web"
        assert answer.sent_at == NOON
        assert client.costs.bytes > 100


def test_a_body_that_arrives_byte_by_byte_times_out() -> None:
    class Slowly(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            import time

            for byte in json.dumps({"data": {"rateLimit": None}}):
                time.sleep(0.05)
                yield byte.encode()

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Slowly()))
    client = GitHubClient(
        ADDRESS, PersonalToken(Secret("x")), patience=Patience(answer=0.2), transport=transport
    )
    with client, pytest.raises(TooLarge, match="no answer within"):
        client.send("Alive")
