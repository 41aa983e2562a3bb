"""Half a year of an invented company, the same on every day and machine."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cursor_marts import Settings, Window
from cursor_marts.commands.pipeline import run_build
from cursor_marts.simulator import Simulator, generate, serve

LAST_DAY = date(2026, 11, 22)  # a Sunday, so that all weeks are whole
DAYS = 26 * 7
DEVELOPERS = 24


def build(data_dir: Path) -> None:
    """Build the marts of the invented company in a folder."""
    world = generate(end=LAST_DAY, days=DAYS, developers=DEVELOPERS)
    window = Window(LAST_DAY - timedelta(DAYS - 1), LAST_DAY)
    with serve(Simulator(world, rate_limit=None)) as url:
        run_build(Settings(source=url, invented=True, window=window, data_dir=data_dir))
