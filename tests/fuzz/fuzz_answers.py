"""Random damage to a source's answers: a set is landed, or the run ends with one of our errors.

`make fuzz` runs this; FUZZ_EXAMPLES says how many extractions it tries.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, team

from cursor_marts.errors import CursorMartsError
from cursor_marts.simulator import Response, Simulator
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.http.patience import Patience
from cursor_marts.sources.simulator import simulator as source_of

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "500"))
WORLD = team(25, 40, 25, people=3)
VALUES = ["null", "NaN", "1e999", '"\\ud800"', "[]", "{}", "-1", "true", '""', "9" * 5000, "[[[["]
HEADERS = [
    {"Retry-After": "-1"},
    {"Retry-After": "soon"},
    {"Content-Encoding": "gzip"},
    {"X-RateLimit-Remaining": "0"},
    {"Content-Type": "text/html"},
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


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.sampled_from([0.01, 0.1, 0.5]), st.booleans(), st.booleans())
def test_damaged_answers_end_in_a_landed_set_or_in_a_message(
    seed: int, rate: float, bulk: bool, skip: bool
) -> None:
    """Any error but one of ours is a failure, and so is a run that does not end."""
    simulator = Damaged(WORLD, rate_limit=None, bulk=bulk, page_cap=10, seed=seed)
    simulator.random, simulator.rate = Random(seed), rate
    patience = Patience(attempts=4, time_limit_seconds=3600)
    with (
        TemporaryDirectory() as folder,
        client_of(simulator, patience=patience, pacer=Hurry().pacer()) as client,
    ):
        raw = Path(folder) / "raw"
        try:
            extract([source_of(client)], WINDOW, raw, rejects_allowed=0.5, skip_unreadable=skip)
        except CursorMartsError:
            return
        reviews = pq.read_table(raw / "reviews.parquet").num_rows
        assert reviews <= pq.read_table(raw / "rejects.parquet").num_rows + 2 * len(WORLD.reviews)
