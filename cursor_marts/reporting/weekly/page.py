"""Renders the weekly page as HTML and writes it to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from cursor_marts.building.results import replaced
from cursor_marts.errors import UsageError
from cursor_marts.graph.catalog import catalog
from cursor_marts.models import all_models
from cursor_marts.reporting.describing import Description, described
from cursor_marts.reporting.files import write_whole
from cursor_marts.reporting.weekly import words
from cursor_marts.reporting.weekly.ai import ai_use
from cursor_marts.reporting.weekly.coverage import coverage
from cursor_marts.reporting.weekly.figures import Column, Grid
from cursor_marts.reporting.weekly.overview import repositories, tiles
from cursor_marts.reporting.weekly.quality import quality, review_effort
from cursor_marts.reporting.weekly.snapshot import MARTS, NOT_SHOWN, Row, Snapshot
from cursor_marts.reporting.weekly.speed import speed
from cursor_marts.reporting.weekly.weeks import FEW, mean, weeks_of

ROWS = 150  # the newest rows of a mart, which the page shows


def write(page: str, out: Path) -> Path:
    """Write the page to a file in one step. Raises UsageError if that is impossible."""
    try:
        write_whole(page, out)
    except OSError as error:
        raise UsageError(
            f"cannot write {out}: {error.strerror or error}",
            hint="give a file in a folder of your own with --out",
        ) from None
    return out


def render(snapshot: Snapshot) -> str:
    """Return the page as HTML; all text from the data is escaped."""
    weeks = weeks_of(snapshot)
    there = [mart for mart in snapshot.own if not mart.missing]
    own = list(zip(there, _described(mart.name for mart in there), strict=True))
    makers = (speed, ai_use, quality, review_effort, coverage) if weeks.shown else ()
    return _template().render(
        snapshot=snapshot,
        weeks=weeks,
        tiles=tiles(snapshot, weeks),
        repositories=repositories(snapshot, weeks),
        sections=[make(snapshot, weeks) for make in makers],
        marts=[(name, _newest(name, snapshot), len(snapshot.marts[name])) for name in MARTS],
        own=[(mart, table, _grid(table, mart.rows)) for mart, table in own],
        definitions=[*_described((*MARTS, *NOT_SHOWN)), *(table for _, table in own)],
        known=mean(snapshot.marts["mart_velocity"], "ai_coverage", "total_prs"),
        few=FEW,
        words=words,
        replaced=replaced,
    )


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("cursor_marts.reporting.weekly", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja")


def _newest(name: str, snapshot: Snapshot) -> Grid:
    (table,) = _described([name])
    return _grid(table, snapshot.marts[name][-ROWS:][::-1])


def _grid(table: Description, rows: list[Row]) -> Grid:
    heads = [Column(column.name, f"{table.name}.{column.name}") for column in table.columns]
    return Grid(heads, [[words.cell(row[head.heading]) for head in heads] for row in rows])


def _described(names: Iterable[str]) -> list[Description]:
    entries = catalog(all_models())
    return [described(entries, entries[name]) for name in names]
