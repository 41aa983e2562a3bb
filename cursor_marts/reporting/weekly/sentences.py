"""The sentences on top of the page: what changed, where, by how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from cursor_marts.reporting.weekly.adoption import users, users_by_week
from cursor_marts.reporting.weekly.attention import Open, unmerged
from cursor_marts.reporting.weekly.comparison import Comparison
from cursor_marts.reporting.weekly.differences import (
    CONFIDENCE,
    FEW,
    Difference,
    logarithms,
    since,
)
from cursor_marts.reporting.weekly.pulls import (
    PullRequest,
    Pulls,
    cycle_time,
    during,
    is_unreviewed,
    known,
    middle,
    short_names,
)
from cursor_marts.reporting.weekly.repositories import Repository, repositories
from cursor_marts.reporting.weekly.unknown import Reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import (
    SAME,
    change,
    duration,
    listed,
    mean_count,
    number,
    percent,
    plural,
    signed,
    size_of,
)

NAMED = 3  # repositories of each verdict


@dataclass(frozen=True)
class Sentence:
    """One statement: `topic` heads it."""

    topic: str
    text: str


def sentences(
    pulls: Pulls, weeks: Weeks, unknown: Reasons, comparison: Comparison
) -> list[Sentence]:
    """Return the statements that the data allows."""
    if weeks.last is None:
        return []
    counted = [pull for pull in pulls if pull.counts]
    found = {
        "Merged": merged(counted, weeks),
        "Speed": speed(counted, weeks),
        "Where": where(repositories(counted, weeks, unknown)),
        "AI": " ".join([*_adoption(counted, weeks), *_effect(comparison)]),
        "Risks": " ".join(_risks(pulls, weeks, unknown)),
    }
    return [Sentence(topic, text) for topic, text in found.items() if text]


def merged(counted: Pulls, weeks: Weeks) -> str:
    """Say how many were merged, beside the weeks before, and whether that is unusual."""
    counts = [len(during(counted, [week])) for week in weeks.shown]
    now, before = counts[-1], counts[-1 - len(weeks.before) : -1]
    says = f"{plural(now, 'pull request')} {'was' if now == 1 else 'were'} merged"
    if not before:
        return f"{says}; there is no whole week before to compare with."
    mean = fmean(before)
    beside = f"the mean of {weeks.compared} ({mean_count(mean)})"
    if len(before) == 1:
        beside = f"in {weeks.compared} ({before[0]:,})"
    return f"{says}, {_more_or_fewer(now, mean, beside)}{_usual(now, counts[:-1])}."


def _more_or_fewer(now: int, mean: float, beside: str) -> str:
    relative = change(now, mean)
    if relative is None:
        return f"{'none' if now == 0 else 'after none'} in the weeks before"
    if abs(relative) < SAME:
        return f"as many as {beside}"
    return f"{size_of(relative)} {'more' if relative > 0 else 'fewer'} than {beside}"


def _usual(now: int, earlier: Sequence[int]) -> str:
    if len(earlier) < 4 or not any(earlier):
        return ""
    weeks = f"the {len(earlier)} weeks before"
    if now > max(earlier):
        return f": more than in any of {weeks}"
    if now < min(earlier):
        return f": fewer than in any of {weeks}"
    return f": within what {weeks} show ({min(earlier):,} to {max(earlier):,})"


def speed(counted: Pulls, weeks: Weeks) -> str:
    """Say how fast half were merged, beside the weeks before; '' with too few merges."""
    last, before = during(counted, [weeks.last]), during(counted, weeks.before)
    now = middle(last, cycle_time)
    if min(len(known(last, cycle_time)), len(known(before, cycle_time))) < FEW or not now:
        return ""
    medians = [middle(during(counted, [week]), cycle_time) for week in weeks.before]
    mean = fmean(median for median in medians if median is not None)
    relative = change(now, mean)
    beside = f"in {weeks.compared} ({duration(mean)})"
    says = f"Half were merged within {duration(now)}{_more_or_less(relative, beside)}"
    found = since(last, before, cycle_time, logarithms)
    return f"{says}. {_how_sure(found and found.as_ratio(), relative or 0.0)}"


def _more_or_less(relative: float | None, beside: str) -> str:
    if relative is None:
        return ""
    if abs(relative) < SAME:
        return f", as {beside}"
    size = size_of(relative)
    return f", {size} {'more' if relative > 0 else 'less'} than {beside}"


def _how_sure(found: Difference | None, relative: float) -> str:
    """Say what the repositories, each beside itself, allow to conclude."""
    if found is None:
        return "Too few are of the same repositories to say how sure that is."
    within = f"{signed(found.low)} to {signed(found.high)} ({CONFIDENCE * 100:.0f}% interval)"
    if not found.is_clear:
        return f"This may be chance: each repository beside itself, the change is from {within}."
    if found.estimate * relative < 0:
        return (
            f"Each repository beside itself, the change is the other way, from {within}: the mix "
            "of repositories changed."
        )
    return f"This is more than chance: each repository beside itself, it is from {within}."


def interval(found: Difference) -> str:
    """Return an interval in words, as in `95% interval −30% to +10%`."""
    return f"{CONFIDENCE * 100:.0f}% interval {signed(found.low)} to {signed(found.high)}"


def where(rows: Sequence[Repository]) -> str:
    """Name the repositories whose speed changed more than chance; '' where none can be judged."""
    judged = [row for row in rows if not row.few]
    if len(judged) < 2:
        return ""
    among = f"of the {len(judged)} repositories with at least {FEW} merges"
    if not any(row.is_clear for row in judged):
        return f"In none {among} did the time to merge change more than chance would explain."
    said = [_changed(judged, verdict) for verdict in ("slower", "faster")]
    return f"{among[0].upper()}{among[1:]}, {'; '.join(filter(None, said))}."


def _changed(rows: Sequence[Repository], verdict: str) -> str:
    """Say which repositories have a verdict, by how much; '' if none has."""
    found = [row for row in rows if row.verdict == verdict]
    named = [f"{row.name} ({row.change}, to {row.median})" for row in found[:NAMED]]
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
    became = f"{len(found)} became {verdict} by more than chance: {listed([*named, *more])}"
    return became if found else ""


def _adoption(counted: Pulls, weeks: Weeks) -> Iterator[str]:
    """Say how many of the people who merged used AI."""
    now = users(during(counted, [weeks.last]))
    if now.share is None:
        return
    known_of = now.active - now.unknown
    says = f"{now.using or 'None'} of {plural(known_of, 'person', 'people')} who merged used AI"
    before = [u.share for u in users_by_week(counted, weeks)[-1 - len(weeks.before) : -1]]
    shares = [share for share in before if share is not None]
    if shares:
        now_is, was = percent(now.share), percent(fmean(shares))
        beside = f"as in {weeks.compared}" if now_is == was else f"{was} in {weeks.compared}"
        says += f" ({now_is}, {beside})"
    if now.unknown:
        says += f"; of {number(now.unknown)} more it is not known"
    yield f"{says}."


def _effect(comparison: Comparison) -> Iterator[str]:
    """Say what goes with high AI use in like pull requests: another speed, and what is clear."""
    speed = comparison.speed
    if speed is not None and speed.difference is not None:
        found = speed.difference
        less = f"{size_of(found.estimate)} {'more' if found.estimate > 0 else 'less'}"
        clear = "more than chance" if found.is_clear else "no clear difference"
        yield (
            f"In the same repository and of the same size, pull requests with {comparison.high} AI "
            f"use took {less} time to merge than those with {comparison.low} use "
            f"({interval(found)}): {clear}."
        )
    also = [
        f"{row.verdict} {row.noun} ({row.written})"
        for row in comparison.rows
        if row is not speed and row.difference and row.difference.is_clear
    ]
    if also:
        yield f"More than chance with {comparison.high} use: {listed(also)}."


def _risks(pulls: Pulls, weeks: Weeks, unknown: Reasons) -> Iterator[str]:
    """Say what was reverted, merged without a review, or is waiting for one."""
    last = [pull for pull in during(pulls, [weeks.last]) if pull.counts]
    said = []
    if last and "reviews" not in unknown:
        said.append(f"{_of(last, is_unreviewed)} merged without a review")
    if last and "reverts" not in unknown:
        said.append(f"{_of(last, lambda pull: pull.is_reverted)} reverted so far")
    if said:
        text = listed(said)
        yield f"{text[0].upper()}{text[1:]}."
    # Where nothing was merged, nothing says whether the source tells of reviews.
    if "reviews" not in unknown and any(pull.counts for pull in pulls):
        yield from _waiting(unmerged(pulls), short_names(p.repo_name for p in pulls))


def _of(last: Pulls, condition: Callable[[PullRequest], bool]) -> str:
    count = sum(map(condition, last))
    return f"{count or 'none'} of {len(last):,} {'was' if count < 2 else 'were'}"


def _waiting(found: Open, names: dict[str, str]) -> Iterator[str]:
    """Say how many wait for a first review, and how many nobody reviews any more."""
    if found.waiting:
        longest = found.waiting[0]
        place = f"{names[longest.repo_name]} #{longest.pr_number}"
        if len(found.waiting) == 1:
            yield f"{place} has waited {duration(longest.waiting_hours)} for a first review."
        else:
            yield (
                f"{len(found.waiting):,} open ones have waited for a first review for more than a "
                f"day, the longest {duration(longest.waiting_hours)} ({place})."
            )
    if given_up := len(found.given_up):
        seems = "seems" if given_up == 1 else "seem"
        yield f"{given_up:,} open without a review for four weeks {seems} given up."
