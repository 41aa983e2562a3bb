"""A figure: a finding as its title, a chart, and the numbers of the chart as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cursor_marts.reporting.weekly.charts import Bars, OverWeeks
from cursor_marts.reporting.weekly.words import UNKNOWN

HOTFIX = (
    "Any bug fix counts that a person or an agent opened in the same repository within 48 hours "
    "after the merge, whatever it fixes."
)


@dataclass(frozen=True)
class Column:
    """A heading of a table; `of` is its mart column, as in `mart_quality.revert_rate`.

    `of` is also the anchor of the column's definition.
    """

    heading: str
    of: str = ""

    @property
    def name(self) -> str:
        """The column's own name, without its mart."""
        return self.of.partition(".")[2]


#: A measure of work, not of delay; all sections use this heading.
REVIEWERS_HOURS = Column(
    "Reviewers' hours (estimate)", "mart_review_costs.estimated_total_review_hours"
)


@dataclass(frozen=True)
class Grid:
    """A table as text; the first cell heads its row, `faint` rows have few pull requests."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    faint: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A chart with its table: `title` is the finding, `caption` names the measure and its unit.

    `of` are its mart columns. `warning` is printed above the chart, `note` below it.
    """

    title: str
    caption: str
    of: Sequence[Column]
    chart: OverWeeks | Bars
    grid: Grid
    keys: Sequence[tuple[str, str]] = ()
    warning: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """One number of the last whole week, the number before, and a note."""

    label: Column
    value: str
    before: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A question, a caution for the reader, and the figures that answer it."""

    anchor: str
    heading: str
    caution: str
    figures: list[Figure]


def over_weeks(title: str, caption: str, of: Sequence[Column], chart: OverWeeks) -> Figure:
    """Return a figure of a chart over weeks, whose table has a row for each week."""
    columns = [Column("Week of"), *(Column(series.name) for series in chart.series)]
    rows = [
        [chart.name(i), *(UNKNOWN if v is None else chart.write(v) for v in values)]
        for i, values in enumerate(zip(*(s.values for s in chart.series), strict=True))
    ]
    faint = frozenset(i for i, week in enumerate(chart.weeks) if week in chart.faint)
    several = len(chart.series) > 1
    keys = [(series.style, series.name) for series in chart.series] if several else []
    return Figure(title, caption, of, chart, Grid(columns, rows, faint), keys)
