"""The section on speed: cycle time by repository, by week and by part."""

from __future__ import annotations

from datetime import date

from cursor_marts.reporting.weekly.charts import Bar, Bars, OverWeeks, Series, nice
from cursor_marts.reporting.weekly.figures import Column, Figure, Grid, Section, over_weeks
from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.weeks import FEW, Weeks, during, enough, total
from cursor_marts.reporting.weekly.words import hours, plural

PARTS = {
    "one": ("coding", "p50_coding_lead_time"),
    "two": ("waiting for review", "p50_pickup_time"),
    "three": ("review to merge", "p50_review_lead_time"),
}
MEANS = (
    Column("mean coding", "mart_velocity.coding_lead_time"),
    Column("mean wait", "mart_velocity.pickup_time"),
    Column("mean review", "mart_velocity.review_lead_time"),
    Column("mean cycle time", "mart_velocity.avg_total_cycle_time"),
)
PERCENTILES = (
    Column("median", "mart_velocity.p50_cycle_time"),
    Column("90th percentile", "mart_velocity.p90_cycle_time"),
)
NOT_THE_TOTAL = (
    "Each part is the median of the pull requests that have it (without a known commit there is no "
    "coding, without a review before the merge no wait for one), so the parts together need not be "
    "the median cycle time. The table has the means beside: a few long waits raise them."
)
SHOWN = 8  # repositories with a chart of their own


def speed(snapshot: Snapshot, weeks: Weeks) -> Section:
    """Return the section with the cycle time of each repository, and of its parts."""
    rows = during(snapshot.marts["mart_velocity"], weeks.shown)
    by_repo: dict[str, list[Row]] = {}
    for row in rows:
        by_repo.setdefault(row["repo_name"], []).append(row)
    busiest = sorted(by_repo, key=lambda repo: -total(by_repo[repo], "total_prs"))[:SHOWN]
    top = nice(max((r["p90_cycle_time"] or 0 for n in busiest for r in by_repo[n]), default=0))
    figures = [_of_repository(repo, by_repo[repo], weeks, top) for repo in busiest]
    if last := during(rows, [weeks.last]):
        figures.insert(0, _parts(last))
    left_out = len(by_repo) - len(busiest)
    caution = "From the first commit (or the opening, where no commit is known) to the merge. "
    if left_out:
        verb = "has its" if left_out == 1 else "have their"
        caution += f"{plural(left_out, 'smaller repository', 'smaller repositories')} {verb} "
        caution += "numbers in the table of the mart only."
    return Section("speed", "How fast is work merged?", caution, figures)


def _of_repository(repo: str, rows: list[Row], weeks: Weeks, top: float) -> Figure:
    by_week = {row["week"]: row for row in rows}

    def values(column: str) -> list[float | None]:
        return [by_week.get(week, {}).get(column) for week in weeks.shown]

    few = {week for week, row in by_week.items() if row["total_prs"] < FEW}
    chart = OverWeeks(
        weeks.shown,
        [
            Series("median", values("p50_cycle_time"), "one"),
            Series("90th percentile", values("p90_cycle_time"), "two"),
        ],
        hours,
        faint=frozenset(few | {week for week in weeks.shown if week not in weeks.whole}),
        top=top,
        running=weeks.running,
    )
    title = _trend(repo, by_week, weeks)
    return over_weeks(title, "Cycle time in hours, by week of the merge", PERCENTILES, chart)


def _trend(repo: str, by_week: dict[date, Row], weeks: Weeks) -> str:
    """Return a title that compares the median with the weeks before, if they have enough merges."""
    last = by_week.get(weeks.last) if weeks.last else None
    if last is None:
        return f"{repo}: no merge in the last whole week"
    now = last["p50_cycle_time"]
    if last["total_prs"] < FEW:
        merged = plural(last["total_prs"], "pull request")
        return f"{repo}: only {merged} merged, too few to say"
    rows = enough(by_week[week] for week in weeks.before if week in by_week)
    before = [row["p50_cycle_time"] for row in rows]
    if len(before) < 2:
        return f"{repo}: half were merged within {hours(now)}"
    compared = weeks.compared
    if len(before) < len(weeks.before):
        compared = f"those {len(before)} of {compared} with at least {FEW} merges"
    if now < min(before):
        return f"{repo}: faster than in {compared}, half within {hours(now)}"
    if now > max(before):
        return f"{repo}: slower than in {compared}, half within {hours(now)}"
    return f"{repo}: within its usual range, half within {hours(now)}"


def _parts(rows: list[Row]) -> Figure:
    rows = sorted(rows, key=lambda row: -(row["p50_cycle_time"] or 0))
    bars = [
        Bar(
            label=row["repo_name"],
            parts=[(style, row[column]) for style, (_, column) in PARTS.items()],
            says=hours(row["p50_cycle_time"]),
            faint=row["total_prs"] < FEW,
        )
        for row in rows[:SHOWN]
    ]
    columns = [Column(name, f"mart_velocity.{column}") for name, column in PARTS.values()]
    everything = [*columns, Column("cycle time", "mart_velocity.p50_cycle_time"), *MEANS]
    cells = [[row["repo_name"], *(hours(row[c.name]) for c in everything)] for row in rows]
    return Figure(
        _longest(rows),
        "Median hours of each part, last whole week",
        columns,
        Bars(bars, {style: name for style, (name, _) in PARTS.items()}, hours),
        Grid([Column("Repository"), *everything], cells),
        keys=[(style, name) for style, (name, _) in PARTS.items()],
        note=NOT_THE_TOTAL,
    )


def _longest(rows: list[Row]) -> str:
    """Return a title with the part that is most often the longest, where merges are enough."""
    counted = [row for row in enough(rows) if row["p50_cycle_time"] is not None]
    if not counted:
        return "Too few pull requests to say which part is the longest"
    longest = [
        max(PARTS.values(), key=lambda part: row[part[1]] or 0)[0].capitalize() for row in counted
    ]
    most = max(sorted(set(longest)), key=longest.count)
    if len(rows) == 1:
        return f"{most} is the longest part"
    if len(counted) == 1:
        only = f"{counted[0]['repo_name']}, the only repository with at least {FEW} merges"
        return f"{most} is the longest part in {only}"
    of = f"{len(counted)} repositories"
    if len(counted) < len(rows):
        of = f"the {of} with at least {FEW} merges"
    return f"{most} is the longest part in {longest.count(most)} of {of}"
