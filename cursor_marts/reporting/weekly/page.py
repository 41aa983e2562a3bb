"""Renders the weekly page as HTML and writes it to a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from cursor_marts.building.results import replaced
from cursor_marts.errors import UsageError
from cursor_marts.models.reference import UNKNOWN_BAND
from cursor_marts.reporting.files import write_whole
from cursor_marts.reporting.weekly import words
from cursor_marts.reporting.weekly.adoption import NONE, bands_of_use, machines, users_by_week
from cursor_marts.reporting.weekly.charts import OverWeeks, Series, Whisker
from cursor_marts.reporting.weekly.content import Content
from cursor_marts.reporting.weekly.glossary import glossary
from cursor_marts.reporting.weekly.repositories import NOTE, SHOWN
from cursor_marts.reporting.weekly.words import number, percent


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


def render(content: Content) -> str:
    """Return the page as HTML; all text from the data is escaped."""
    return _template().render(
        content=content,
        snapshot=content.snapshot,
        weeks=content.weeks,
        adoption=_adoption(content),
        machines=_machines(content),
        whisker=lambda found: Whisker(found.low, found.estimate, found.high),
        known=list(_known(content)),
        glossary=glossary(),
        shown=SHOWN,
        repositories_note=NOTE,
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


def _style(i: int, band: str) -> str:
    return {NONE: "s0", UNKNOWN_BAND: "sx"}.get(band, f"s{min(i + 1, 4)}")


def _adoption(content: Content) -> OverWeeks:
    """Return the people of each week by band of AI use, the most use at the bottom."""
    weeks = users_by_week(content.counted, content.weeks)
    series = [
        Series(band, [float(users.by_band[band]) for users in weeks], _style(i, band))
        for i, band in enumerate(bands_of_use())
        if any(users.by_band[band] for users in weeks)
    ]
    return OverWeeks(content.weeks.shown, series, number, form="stacked")


def _machines(content: Content) -> OverWeeks:
    """Return the shares of agents and bots by week."""
    found = [machines(content.snapshot.pulls, week) for week in content.weeks.shown]
    series = [
        Series("pull requests by agents", [each.agents for each in found], "s1"),
        Series("pull requests by bots", [each.bots for each in found], "s2"),
        Series("reviews by agents and bots", [each.reviews for each in found], "s3"),
    ]
    return OverWeeks(content.weeks.shown, series, percent)


def _known(content: Content) -> Iterator[str]:
    """Say how far the numbers can be believed, with counts."""
    merged = content.counted
    if merged:
        known = sum(pull.final_ai_ratio is not None for pull in merged)
        of = f"{len(merged):,} merged pull requests ({percent(known / len(merged))})"
        yield f"The AI share is known for {known:,} of {of}."
    commits = sum(row["pr_commits"] for row in content.snapshot.coverage)
    linked = sum(row["linked_commits"] for row in content.snapshot.coverage)
    if commits:
        yield (
            f"The AI source knows {linked:,} of their {commits:,} commits "
            f"({percent(min(1.0, linked / commits))})."
        )
    tracked = [row["tracked_commits"] for row in content.snapshot.coverage]
    if tracked and not any(tracked):
        yield "There are no AI-tracked commits: name the AI code tracking API with --source."
