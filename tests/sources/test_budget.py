"""How many requests an extraction takes, against those that nobody can do without."""

from pathlib import Path

import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, floor, team

from cursor_marts.simulator import Simulator
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("rate_limit", [None, 100])
def test_a_team_of_forty_stays_near_the_floor(
    rate_limit: int | None, seed: int, tmp_path: Path
) -> None:
    """90 days, 6,000 pull requests, 9,700 reviews: half as many again as full pages would take."""
    world, hurry = team(pulls=6000, reviews=9700, commits=6000, seed=seed), Hurry()
    simulator = Simulator(world, rate_limit=rate_limit, seed=seed, clock=hurry.now)
    with client_of(simulator, pacer=hurry.pacer()) as client:
        manifest = extract([source_of(client)], WINDOW, tmp_path / "raw")
        assert client.requests <= 1.5 * floor(world)
        assert client.retries <= 15
        assert sum(tally.requests for tally in manifest.resources.values()) == client.requests
    assert manifest.resources["pull_requests"].rows == 6000
    assert manifest.resources["reviews"].rows == 9700
    assert manifest.resources["commits"].rows == 6000


def test_few_pull_requests_are_asked_for_their_reviews_one_by_one(tmp_path: Path) -> None:
    """Where a source has many reviews and the window few pull requests, bulk would cost more."""
    world = team(pulls=600, reviews=3000, commits=0)
    with client_of(Simulator(world, rate_limit=None)) as client:
        days = type(WINDOW).parse("2026-11-20", "2026-11-20")
        manifest = extract([source_of(client)], days, tmp_path / "raw")
        opened = manifest.resources["pull_requests"].rows
        assert 0 < opened < 30
        assert manifest.resources["reviews"].requests == opened + 1  # one page in bulk, to know
        assert client.requests < opened + 15
