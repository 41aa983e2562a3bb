"""The section on AI use: the share of lines by AI, and the bands compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cursor_marts.models.reference import band_limits, band_names
from cursor_marts.reporting.weekly.charts import Bar, Bars, OverWeeks, Series
from cursor_marts.reporting.weekly.figures import HOTFIX, Column, Figure, Grid, Section, over_weeks
from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.weeks import FEW, Weeks, during, mean, share, total
from cursor_marts.reporting.weekly.words import hours, number, percent, rounds

CAUTION = (
    "Bands are not randomised: who uses AI, and for what, differs between them, so a difference "
    "goes with AI use and need not come from it."
)
MIXED = (
    "Bands mix repositories and sizes: within one repository, or among pull requests of one size, "
    "the difference can be the other way round."
)
COMPARES_WITHIN = (
    " notebooks/03_ai_impact.ipynb, pointed to your data, compares within repositories and sizes."
)
LINES_OF_ALL = (
    "The share of lines is over all pull requests, also those whose AI share is unknown: their "
    "lines count in full, their lines by AI only where they are known."
)
Write = Callable[[float | None], str]


def ai_use(snapshot: Snapshot, weeks: Weeks) -> Section:
    """Return the section with the AI share of lines by week, and the bands compared."""
    figures = [_share(snapshot, weeks), *_by_band(snapshot, weeks)]
    return Section("ai", "How much is AI's, and what goes with it?", CAUTION, figures)


def _by_band(snapshot: Snapshot, weeks: Weeks) -> list[Figure]:
    """Return a figure for each measure by band; the first one names the notebook with more."""
    rows = during(snapshot.marts["mart_ai_impact"], weeks.counted)
    if not rows:
        return []
    speed = _bands(rows, "avg_total_cycle_time", "to merge", "Mean cycle time in hours", hours)
    hotfix = _bands(rows, "hotfix_rate", "with a hotfix", "Share with a hotfix in 48 h", percent)
    figures = [
        replace(speed, warning=MIXED + COMPARES_WITHIN),
        _bands(rows, "avg_iterations", "rounds of review", "Mean rounds of review", rounds),
        _bands(rows, "revert_rate", "reverted", "Share that was reverted", percent),
        replace(hotfix, note=f"{HOTFIX} {hotfix.note}"),
    ]
    return [replace(figure, caption=f"{figure.caption}, {weeks.period}") for figure in figures]


def _share(snapshot: Snapshot, weeks: Weeks) -> Figure:
    by_week = [during(snapshot.marts["mart_velocity"], [week]) for week in weeks.shown]

    def known(rows: list[Row]) -> float | None:
        return mean(rows, "ai_coverage", "total_prs")

    chart = OverWeeks(
        weeks.shown,
        [
            Series("lines by AI", [_ai_lines(rows) for rows in by_week], "one"),
            Series("AI share known", [known(rows) for rows in by_week], "two"),
        ],
        percent,
        faint=frozenset(set(weeks.shown) - weeks.whole),
        top=1.0,
        running=weeks.running,
    )
    of = (
        Column("share of lines", "mart_velocity.ai_line_share"),
        Column("coverage", "mart_velocity.ai_coverage"),
    )
    caption = "Share of lines by AI, and of pull requests whose AI share is known"
    figure = over_weeks(_movement(snapshot, weeks), caption, of, chart)
    return replace(figure, note=LINES_OF_ALL)


def _ai_lines(rows: list[Row]) -> float | None:
    part = share(total(rows, "total_ai_lines"), total(rows, "total_lines"))
    return None if part is None else min(1.0, part)


def _movement(snapshot: Snapshot, weeks: Weeks) -> str:
    velocity = snapshot.marts["mart_velocity"]
    last = during(velocity, [weeks.last])
    before = during(velocity, weeks.before)
    now, then = _ai_lines(last), _ai_lines(before)
    if now is None:
        return "Lines by AI"
    if total(last, "total_prs") < FEW:
        return "Lines by AI: too few pull requests to say"
    if total(before, "total_prs") < FEW:
        then = None
    says = f"AI wrote {percent(now)} of the merged lines"
    return says if then is None else f"{says}, against {percent(then)} in {weeks.compared}"


def _bands(rows: list[Row], column: str, what: str, caption: str, write: Write) -> Figure:
    found = {band: [row for row in rows if row["ai_usage_band"] == band] for band in band_names()}
    values = {band: mean(of, column, "pr_count") for band, of in found.items() if of}
    counts = {band: total(of, "pr_count") for band, of in found.items()}
    sizes = {band: number(mean(of, "avg_pr_size", "pr_count")) for band, of in found.items()}
    bars = [
        Bar(
            f"{band}: {number(counts[band])} merged, mean {sizes[band]} lines",
            [("one" if band != "unknown" else "three", value)],
            write(value),
            faint=counts[band] < FEW,
        )
        for band, value in values.items()
    ]
    cells = [
        [band, number(counts[band]), sizes[band], write(value)] for band, value in values.items()
    ]
    of = Column(caption, f"mart_ai_impact.{column}")
    heads = [Column("Band", "mart_ai_impact.ai_usage_band")]
    heads += [Column("Merged", "mart_ai_impact.pr_count")]
    heads += [Column("Mean lines", "mart_ai_impact.avg_pr_size"), of]
    chart = Bars(bars, {"one": what, "three": what}, write)
    title = _contrast(values, counts, what, write)
    note = f"Bands are of a pull request's AI share ({band_limits()})."
    grid = Grid(heads, cells)
    return Figure(title, "By band of AI use", [of], chart, grid, warning=MIXED, note=note)


def _contrast(
    values: dict[str, float | None], counts: dict[str, float], what: str, write: Write
) -> str:
    """Return a title that compares the bands, if high and low have enough pull requests."""
    if min(counts["high"], counts["low"]) < FEW:
        return f"Too few pull requests to compare high with low: {what}"
    others = [band for band in ("medium", "low") if counts[band] >= FEW]
    rest = "".join(f"; {band}: {write(values[band])}" for band in others)
    return f"High AI use: {write(values['high'])} {what}{rest}"
