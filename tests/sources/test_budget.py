"""The number of requests of an extraction, compared with the minimum."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from support.fast_clock import Hurry
from support.in_process import client_of
from support.team_sizes import WINDOW, floor, team

from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, World
from cursor_marts.sources.extraction import extract
from cursor_marts.sources.simulator import simulator as source_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("rate_limit", [None, 100])
def test_a_team_of_forty_needs_few_requests(
    rate_limit: int | None, seed: int, tmp_path: Path
) -> None:
    """90 days, 6,000 pull requests, 9,700 reviews: at most 1.4 times the number of full pages."""
    world, hurry = team(pulls=6000, reviews=9700, commits=6000, seed=seed), Hurry()
    simulator = Simulator(world, rate_limit=rate_limit, seed=seed, clock=hurry.now)
    with client_of(simulator, pacer=hurry.pacer()) as client:
        manifest = extract([source_of(client)], WINDOW, tmp_path / "raw")
        assert client.requests <= 1.4 * floor(world)
        assert client.retries <= 15
        assert sum(tally.requests for tally in manifest.resources.values()) == client.requests
    assert manifest.resources["pull_requests"].rows == 6000
    assert manifest.resources["reviews"].rows == 9700
    assert manifest.resources["commits"].rows == 6000


def test_reviews_of_few_pull_requests_are_requested_one_by_one(tmp_path: Path) -> None:
    """If the source has many reviews and the window few pull requests, bulk would cost more."""
    world = team(pulls=600, reviews=3000, commits=0)
    with client_of(Simulator(world, rate_limit=None)) as client:
        days = type(WINDOW).parse("2026-11-20", "2026-11-20")
        manifest = extract([source_of(client)], days, tmp_path / "raw")
        opened = manifest.resources["pull_requests"].rows
        assert 0 < opened < 30
        assert manifest.resources["reviews"].requests == opened + 1  # one page in bulk, to know
        assert client.requests < opened + 15


LONG = Window.parse("2025-10-17", "2026-11-20")  # 400 days
YEAR = [*range(400)]


def requests_of(world: World, folder: Path) -> int:
    """Return how many requests a long window takes; all its records have arrived, and in bulk."""
    with client_of(Simulator(world, rate_limit=None)) as client:
        manifest = extract([source_of(client)], LONG, folder / "raw")
    assert manifest.resources["pull_requests"].rows == len(world.pulls)
    assert not any("not read in bulk" in note for note in manifest.notes)
    return client.requests


@pytest.mark.parametrize(
    ("days_ago", "by_one"),
    [
        pytest.param(YEAR, 0.0, id="steady"),
        pytest.param(range(80), 0.0, id="80 days of 400"),
        pytest.param(range(150, 230), 0.0, id="80 days within 400"),
        # A day has more pull requests than a page, so that they are requested author by author.
        pytest.param([*range(20), *range(380, 400)], 0.0, id="an empty year"),
        pytest.param(range(100, 107), 0.0, id="one busy week"),
        pytest.param(YEAR + [*range(100, 107)] * 60, 0.0, id="one busy week in a steady year"),
        pytest.param(range(0, 400, 37), 0.0, id="a few days"),
        pytest.param(YEAR + [20, 77, 130, 131, 290] * 60, 0.0, id="a few spikes"),
        pytest.param(YEAR, 0.95, id="nearly all by one author"),
    ],
)
def test_a_long_window_costs_what_its_records_need(
    days_ago: Sequence[int], by_one: float, tmp_path: Path
) -> None:
    """Whatever the shape of the work in it: pages are planned by what samples and totals show."""
    world = team(pulls=5300, reviews=8500, commits=5300, days_ago=days_ago, by_one=by_one)
    assert requests_of(world, tmp_path) <= 1.4 * floor(world)


@pytest.mark.parametrize("seed", range(12))
def test_a_window_of_any_shape_costs_what_its_records_need(seed: int, tmp_path: Path) -> None:
    """Gaps, bursts and growth in any order, by up to forty people, with one busy author or none."""
    random = Random(seed)
    days: list[int] = []
    for start in range(0, 400, 40):
        level = random.choice([0, 0, 1, 2, 8])
        days += [*range(start, start + 40)] * level
    for _ in range(random.randrange(4)):
        days += [*range(start := random.randrange(390), start + random.randrange(1, 8))] * 40
    world = team(
        pulls=random.randrange(3000, 6000),
        reviews=9000,
        commits=5300,
        people=random.randrange(5, 41),
        seed=seed,
        days_ago=days or YEAR,
        by_one=random.choice([0, 0, 0.3]),
    )
    assert requests_of(world, tmp_path) <= 1.4 * floor(world)


def test_authors_of_whom_no_sample_shows_a_record_are_found(tmp_path: Path) -> None:
    """One of a thousand pull requests of a single day is by somebody else."""
    world = team(pulls=1200, reviews=0, commits=0, people=8, days_ago=[3])
    world.pulls[7]["author_email"] = "seldom@example.com"
    with client_of(Simulator(world, rate_limit=None)) as client:
        manifest = extract([source_of(client)], WINDOW, tmp_path / "raw")
    assert manifest.resources["pull_requests"].rows == 1200
