"""The section on coverage: linked commits, and the shares of agents and bots."""

from __future__ import annotations

from collections import Counter
from datetime import date

from cursor_marts.reporting.weekly.charts import Bar, Bars, OverWeeks, Series
from cursor_marts.reporting.weekly.figures import Column, Figure, Grid, Section, over_weeks
from cursor_marts.reporting.weekly.snapshot import Row, Snapshot
from cursor_marts.reporting.weekly.weeks import FEW, Weeks, during, share, total
from cursor_marts.reporting.weekly.words import number, percent, plural

SHOWN = 8  # repositories with a bar
#: The shares of agents and bots, each with its style.
SERIES = (
    ("pull requests by agents", "one"),
    ("pull requests by bots", "two"),
    ("reviews by agents and bots", "three"),
)
#: With a smaller share of linked commits, AI shares describe only a part of the work.
ENOUGH_LINKED = 0.5
COLUMNS = (
    Column("Repository", "mart_coverage.repo_name"),
    Column("Merged", "mart_coverage.total_prs"),
    Column("of bots", "mart_coverage.bot_prs"),
    Column("AI share known", "mart_coverage.ai_known_prs"),
    Column("Commits", "mart_coverage.pr_commits"),
    Column("linked", "mart_coverage.linked_commits"),
    Column("rewritten", "mart_coverage.rewritten_commits"),
    Column("Tracked commits", "mart_coverage.tracked_commits"),
    Column("in pull requests", "mart_coverage.tracked_commits_in_prs"),
)


def coverage(snapshot: Snapshot, weeks: Weeks) -> Section:
    """Return the section with the share of linked commits, and of agents and bots."""
    last = during(snapshot.marts["mart_coverage"], [weeks.last])
    figures = [_agents_and_bots(snapshot, weeks)]
    if last:
        figures.insert(0, _linked(last))
    caution = f"{next_step(last)} {matched_rules(snapshot)}".strip()
    return Section("coverage", "How far can this be believed?", caution, figures)


def next_step(rows: list[Row]) -> str:
    """Return the next step to more known AI shares, '' if there is none."""
    tracked, linked = total(rows, "tracked_commits"), total(rows, "linked_commits")
    known = share(linked, total(rows, "pr_commits"))
    if not total(rows, "total_prs"):
        return ""
    if not tracked and not linked:
        return "No AI-tracked commits: name the AI code tracking API with --source and its key."
    if known is not None and known < ENOUGH_LINKED:
        return (
            f"Only {percent(known)} of the commits are known to the AI source: commits that were "
            "not made in Cursor, or were squashed or rebased on the server, cannot be linked."
        )
    return ""


def matched_rules(snapshot: Snapshot) -> str:
    """Return the counts of bug fixes by rule, and of reverts that texts declare."""
    fixes = Counter(snapshot.bug_fix_rules)
    named = ", ".join(f"{count:,} by {rule}" for rule, count in fixes.most_common())
    says = [f"Bug fixes by the rules: {named}."] if named else []
    if snapshot.reverts_found:
        found = plural(snapshot.reverts_found, "revert")
        says.append(f"{found} found in the words of later pull requests.")
    return " ".join(says)


def _linked(rows: list[Row]) -> Figure:
    rows = sorted(rows, key=lambda row: -row["total_prs"])
    with_commits = [row for row in rows if row["pr_commits"]]
    bars = [
        Bar(
            row["repo_name"],
            [("one", row["linked_commit_share"])],
            percent(row["linked_commit_share"]),
            faint=row["total_prs"] < FEW,
        )
        for row in with_commits[:SHOWN]
    ]
    cells = [
        [row["repo_name"], *(number(row[column.name]) for column in COLUMNS[1:])] for row in rows
    ]
    known = share(total(rows, "linked_commits"), total(rows, "pr_commits"))
    title = "No commits to link"
    if known is not None:
        title = f"{percent(min(1.0, known))} of the commits are known to the AI source"
    return Figure(
        title,
        "Linked commits of all commits in pull requests, last whole week",
        [Column("linked commits", "mart_coverage.linked_commit_share")],
        Bars(bars, {"one": "linked"}, percent),
        Grid(COLUMNS, cells),
    )


def agent_and_bot_shares(snapshot: Snapshot, week: date | None) -> tuple[float | None, ...]:
    """Return the shares of a week, in the order of `SERIES`; None for a share of 0 rows."""
    velocity, covered, reviews = (
        during(snapshot.marts[name], [week])
        for name in ("mart_velocity", "mart_coverage", "mart_review_costs")
    )
    bots, by_bots = total(covered, "bot_prs"), total(reviews, "total_bot_reviews")
    opened = total(covered, "total_prs") + bots
    return (
        share(total(velocity, "agent_prs"), opened),
        share(bots, opened),
        share(by_bots, by_bots + total(reviews, "total_reviews")),
    )


def _agents_and_bots(snapshot: Snapshot, weeks: Weeks) -> Figure:
    shares = [agent_and_bot_shares(snapshot, week) for week in weeks.shown]
    series = [
        Series(name, [each[place] for each in shares], colour)
        for place, (name, colour) in enumerate(SERIES)
    ]
    chart = OverWeeks(
        weeks.shown,
        series,
        percent,
        faint=frozenset(set(weeks.shown) - weeks.whole),
        running=weeks.running,
    )
    columns = [
        Column("by agents", "mart_velocity.agent_prs"),
        Column("by bots", "mart_coverage.bot_prs"),
        Column("reviews", "mart_review_costs.total_bot_reviews"),
    ]
    last, *_ = agent_and_bot_shares(snapshot, weeks.last)
    title = "Who opens pull requests, and who reviews them"
    if last is not None:
        title = f"Agents opened {percent(last)} of the merged pull requests"
    return over_weeks(title, "Share by week of the merge", columns, chart)
