"""Random damage to a source's answers: the right tables are published, or none, with a message.

`make fuzz` runs this for at most FUZZ_SECONDS. What was landed decides which tables are right.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import ibis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from models.test_against_oracle import NOT_OF_THE_WORLD, place_of
from support import oracle as reference
from support.fast_clock import Hurry
from support.fuzzing import stop_in_time
from support.in_memory import WINDOW
from support.in_process import client_of
from support.landed_world import is_ambiguous, world_of
from support.raw_rows import rows_of
from support.row_comparison import assert_same, sorted_rows

from cursor_marts.building.run import build_all
from cursor_marts.engines.duckdb.loading import load
from cursor_marts.engines.duckdb.session import DuckDBSession
from cursor_marts.errors import CursorMartsError
from cursor_marts.simulator import Response, Simulator, World, generate
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.simulator import simulator as source_of

WORLD = generate(5, end=date(2026, 11, 20), days=20, developers=3)
VALUES = ["null", "NaN", "1e999", '"\\ud800"', "[]", "{}", "-1", "true", '""', "9" * 5000, "[[[["]
HEADERS = [
    {"Retry-After": "-1"},
    {"Retry-After": "soon"},
    {"Content-Encoding": "gzip"},
    {"X-RateLimit-Remaining": "0"},
    {"Content-Type": "text/html"},
    {"Retry-After": "9" * 30},
    {"Retry-After": "Fri, 99 Foo 2026 00:00:00 GMT"},
    {"X-RateLimit-Remaining": "-1", "X-RateLimit-Reset": "never"},
    {"Content-Encoding": "br, gzip"},
    {"Content-Type": "application/json; charset=no-such"},
    {"Content-Length": "1"},
    {"Location": "http://[::1"},
    {"ETag": "no quotes"},
    {"X-Odd": "x" * 100_000},
]
STATUSES = [200, 204, 301, 400, 403, 404, 409, 410, 425, 429, 451, 500, 503, 520, 529]


class Damaged(Simulator):
    """A source that damages a share of its answers at random."""

    random = Random(0)
    rate = 0.0

    def respond(self, method: str, target: str, headers: Any) -> Response:
        answer = super().respond(method, target, headers)
        with self._lock:
            if self.random.random() >= self.rate:
                return answer
            return self._damage(answer)

    def _damage(self, answer: Response) -> Response:
        kind = self.random.choice(["value", "status", "header", "cut", "byte"])
        body, headers, status = answer.body, dict(answer.headers), answer.status
        at = self.random.randrange(len(body) + 1)
        if kind == "value" and b": " in body[at:]:
            start = body.index(b": ", at) + 2
            ends = [e for e in (body.find(b",", start), body.find(b"}", start)) if e > 0]
            value = self.random.choice(VALUES).encode()
            body = body[:start] + value + body[min(ends, default=len(body)) :]
        elif kind == "status":
            status = self.random.choice(STATUSES)
        elif kind == "header":
            headers |= self.random.choice(HEADERS)
        elif kind == "cut":
            body = body[:at]
        elif kind == "byte":
            body = body[:at] + bytes([self.random.randrange(256)]) + body[at + 1 :]
        return Response(status, headers, body)


@settings(max_examples=10**6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 10**9), st.sampled_from([0.003, 0.01, 0.1, 0.5]), st.booleans(), st.booleans()
)
def test_damaged_answers_end_in_the_right_tables_or_in_a_message(
    seed: int, rate: float, bulk: bool, skip: bool
) -> None:
    """Any error but one of ours is a failure, and so are wrong tables, or a run without an end."""
    stop_in_time()
    simulator = Damaged(WORLD, rate_limit=None, bulk=bulk, page_cap=10, seed=seed)
    simulator.random, simulator.rate = Random(seed), rate
    patience = Patience(attempts=4, time_limit_seconds=3600)
    backend = ibis.duckdb.connect()
    with (
        TemporaryDirectory() as folder,
        client_of(simulator, patience=patience, pacer=Hurry().pacer()) as client,
    ):
        raw = Path(folder) / "raw"
        try:
            extract([source_of(client)], WINDOW, raw, rejects_allowed=0.5, skip_unreadable=skip)
            load(raw, DuckDBSession(backend))
            build_all(backend)
        except CursorMartsError:
            assert "main_mart" not in backend.list_databases()
            return
        if not is_ambiguous(raw):
            compare(backend, world_of(raw))


def compare(backend: Any, landed: World) -> None:
    """Compare every mart with the definitions in plain Python."""
    for table, expected in reference.marts(landed).items():
        ours = rows_of(backend, f"main_mart.{table}")
        columns = sorted(set(ours[0]) - NOT_OF_THE_WORLD, key=place_of) if ours else []
        assert len(ours) == len(expected), table
        assert_same(sorted_rows(ours, columns), sorted_rows(expected, columns), table)
