"""Each sentence on top of the page is true in the data, and absent where it would not be.

The numbers are read out of the sentence and compared with sums, medians and regressions that are
computed here in another way.
"""

import math
import re
from collections import defaultdict
from itertools import pairwise
from statistics import fmean, median

import pytest
from hypothesis import given, settings
from support.least_squares import regressed
from support.pull_requests import LAST, SIX_WEEKS, pull, pulls_of

from cursor_marts.reporting.weekly.comparison import compare_bands, size_class
from cursor_marts.reporting.weekly.pulls import PullRequest
from cursor_marts.reporting.weekly.sentences import sentences
from cursor_marts.reporting.weekly.unknown import reasons
from cursor_marts.reporting.weekly.weeks import Weeks
from cursor_marts.reporting.weekly.words import duration, signed

WEEKS = SIX_WEEKS
BEFORE = WEEKS.shown[-5:-1]
FEW = 5
worlds = given(pulls_of())
some = settings(max_examples=60)


def said(pulls: list[PullRequest], weeks: Weeks = WEEKS) -> dict[str, str]:
    """Return topic → sentence."""
    counted = [p for p in pulls if p.week and p.author_kind != "bot"]
    unknown = reasons(counted)
    found = sentences(pulls, weeks, unknown, compare_bands(counted, unknown))
    return {each.topic: each.text for each in found}


def counted_in(pulls: list[PullRequest], *weeks: object) -> list[PullRequest]:
    return [p for p in pulls if p.week in weeks and p.week and p.author_kind != "bot"]


def percents(text: str) -> list[float]:
    """Return the percentages of a text with their signs."""
    found = re.findall(r"([+−]?)([\d,.]+)%", text)
    return [float(n.replace(",", "")) * (-1 if sign == "−" else 1) for sign, n in found]


def logs(pulls: list[PullRequest]) -> list[float]:
    hours = [p.total_cycle_time_hours for p in pulls]
    return [math.log(max(h, 1 / 60)) for h in hours if h is not None]


@some
@worlds
def test_merged(pulls: list[PullRequest]) -> None:
    """The count, its mean before, the change in per cent, and whether it is unusual."""
    text = said(pulls)["Merged"]
    counts = [len(counted_in(pulls, week)) for week in WEEKS.shown]
    *earlier, now = counts
    mean = fmean(counts[-5:-1])
    assert re.match(rf"{now:,} pull requests? (was|were) merged, ", text)
    if mean == 0:
        assert "none in the weeks before" in text or "after none in the weeks before" in text
    elif abs(now / mean - 1) < 0.005:
        assert "as many as the mean" in text
    else:
        assert ("more than the mean" in text) == (now > mean)
        assert ("fewer than the mean" in text) == (now < mean)
        assert percents(text)[0] == pytest.approx(abs(now / mean - 1) * 100, abs=0.51)
    assert ("more than in any of the 5 weeks before" in text) == (
        any(earlier) and now > max(earlier)
    )
    assert ("fewer than in any of the 5 weeks before" in text) == (
        any(earlier) and now < min(earlier)
    )
    usual = any(earlier) and min(earlier) <= now <= max(earlier)
    assert (f"show ({min(earlier)} to {max(earlier)})" in text) == usual


@some
@worlds
def test_speed(pulls: list[PullRequest]) -> None:
    """The median, the medians before, and what a regression with the repositories says."""
    last, before = counted_in(pulls, LAST), counted_in(pulls, *BEFORE)
    text = said(pulls).get("Speed")
    now = median([p.total_cycle_time_hours or 0 for p in last]) if last else 0
    enough = min(len(last), len(before)) >= FEW
    assert (text is not None) == bool(enough and now > 0)
    if text is None:
        return
    medians = [
        median([p.total_cycle_time_hours or 0 for p in counted_in(pulls, week)])
        for week in BEFORE
        if counted_in(pulls, week)
    ]
    mean = fmean(medians)
    assert f"Half were merged within {duration(now)}" in text
    relative = now / mean - 1 if mean else 0
    assert (", as in the four weeks before" in text) == (mean > 0 and abs(relative) < 0.005)
    assert ("more than in the four weeks before" in text) == (relative >= 0.005)
    assert ("less than in the four weeks before" in text) == (relative <= -0.005)
    strata = [
        (
            logs([p for p in last if p.repo_name == repo]),
            logs([p for p in before if p.repo_name == repo]),
        )
        for repo in {p.repo_name for p in pulls}
    ]
    check_interval(text, [pair for pair in strata if all(pair)], "may be chance")


def check_interval(
    text: str,
    strata: list[tuple[list[float], list[float]]],
    unclear: str,
    confidence: float = 0.95,
    *,
    estimated: bool = False,
) -> None:
    """Compare the interval in a text, and what it concludes, with a regression."""
    found = re.search(r"(?:interval|from) ([+−]?[\d,]+%) to ([+−]?[\d,]+%)", text)
    sizes = [sum(len(pair[side]) for pair in strata) for side in (0, 1)]
    if found is None:
        spread = any(max(group) > min(group) for pair in strata for group in pair)
        assert min(sizes) < FEW or sum(sizes) - len(strata) - 1 < 8 or not spread
        return
    estimate, low, high = (math.expm1(v) for v in regressed(strata, confidence))
    assert percents(found[0]) == pytest.approx([100 * low, 100 * high], rel=0.02, abs=0.6)
    is_clear = low > 0 or high < 0
    if min(abs(low), abs(high)) > 0.01:  # else a rounding decides
        assert (unclear in text) == (not is_clear)
    shown = [abs(each) for each in percents(text)]
    assert not estimated or any(
        each == pytest.approx(abs(estimate) * 100, rel=0.01, abs=0.6) for each in shown
    )


@some
@worlds
def test_where(pulls: list[PullRequest]) -> None:
    """A repository is named only if its own change is more than chance."""
    text = said(pulls).get("Where")
    last, before = counted_in(pulls, LAST), counted_in(pulls, *BEFORE)
    pairs = {
        repo: (
            logs([p for p in last if p.repo_name == repo]),
            logs([p for p in before if p.repo_name == repo]),
        )
        for repo in ("acme/web", "acme/api")
    }
    judged = {
        repo: regressed([pair], 0.975)
        for repo, pair in pairs.items()
        if min(map(len, pair)) >= FEW and any(max(g) > min(g) for g in pair)
    }
    assert (text is not None) == (len(judged) == 2)
    if text is None:
        return
    if any(min(abs(low), abs(high)) < 0.01 for _, low, high in judged.values()):
        return  # a rounding decides
    clear = {}
    for repo, (estimate, low, high) in judged.items():
        now, *then = (
            median([p.total_cycle_time_hours or 0 for p in of])
            for week in (LAST, *BEFORE)
            if (of := [p for p in counted_in(pulls, week) if p.repo_name == repo])
        )
        relative = now / fmean(then) - 1 if fmean(then) else 0
        if (low > 0 or high < 0) and abs(relative) >= 0.02 and estimate * relative > 0:
            clear[repo] = (now, relative)
    assert text.startswith("In none of the 2 ") == (not clear)
    for repo, (now, relative) in clear.items():
        became = "slower" if relative > 0 else "faster"
        name = repo.removeprefix("acme/")
        assert re.search(
            rf"became {became} by more than chance: .*\b{name} "
            rf"\({re.escape(signed(relative))}, to {re.escape(duration(now))}\)",
            text,
        )
    for repo in judged.keys() - clear.keys():
        assert not re.search(rf"\b{repo.removeprefix('acme/')}\b", text)


@some
@worlds
def test_ai(pulls: list[PullRequest]) -> None:
    """Who used AI, and the comparison within repository, kind of author and size."""
    text = said(pulls).get("AI", "")
    shares = defaultdict(list)
    for each in counted_in(pulls, LAST):
        if each.author_kind == "human" and each.author:
            shares[each.author].append(each.final_ai_ratio)
    known = {who: [r for r in ratios if r is not None] for who, ratios in shares.items()}
    using = sum(any(ratios) for ratios in known.values())
    of = sum(bool(ratios) for ratios in known.values())
    people = "person" if of == 1 else "people"
    assert (f"{using or 'None'} of {of} {people} who merged used AI" in text) == (of > 0)
    assert ("who merged used AI" in text) == (of > 0)
    unknown = len(known) - of
    assert (f"of {unknown} more it is not known" in text) == (unknown > 0 and of > 0)
    strata: dict[object, tuple[list[PullRequest], list[PullRequest]]] = {}
    for each in counted_in(pulls, *WEEKS.shown):
        if each.ai_usage_band in ("high", "low"):
            like = (each.repo_name, each.author_kind, size_class(each))
            strata.setdefault(like, ([], []))[each.ai_usage_band == "low"].append(each)
    effect = text[text.find("In the same repository") :] if "In the same" in text else ""
    pairs = [(logs(a), logs(b)) for a, b in strata.values() if a and b]
    every = counted_in(pulls, *WEEKS.shown)
    measures = 2 + any(p.review_count for p in every) + any(p.is_reverted for p in every)
    confidence = 1 - 0.05 / measures
    effect = effect.split("More than chance with")[0]
    check_interval(effect, pairs, "no clear difference", confidence, estimated=True)


@some
@worlds
def test_risks(pulls: list[PullRequest]) -> None:
    """Counts of the week, and open ones that wait; nothing that the source does not tell."""
    text = said(pulls).get("Risks", "")
    last, every = counted_in(pulls, LAST), counted_in(pulls, *WEEKS.shown)
    unreviewed = sum(p.review_count == 0 for p in last)
    reverted = sum(p.is_reverted for p in last)
    tells_reviews = any(p.review_count for p in every)
    tells_reverts = any(p.is_reverted for p in every)

    def statement(count: int, what: str) -> str:
        return f"{count or 'none'} of {len(last)} {'was' if count < 2 else 'were'} {what}".lower()

    says = text.lower()
    assert (statement(unreviewed, "merged without a review") in says) == bool(
        last and tells_reviews
    )
    assert (statement(reverted, "reverted so far") in says) == bool(last and tells_reverts)
    assert ("merged without a review" in says) == bool(last and tells_reviews)
    still = [
        p
        for p in pulls
        if p.state == "open" and p.author_kind != "bot" and (p.waiting_hours or 0) > 24
        if not p.is_draft
    ]
    given_up = [p for p in still if (p.waiting_hours or 0) > 4 * 7 * 24]
    waits = [p for p in still if p.review_count == 0 and p not in given_up]
    assert ("for a first review" in text) == bool(waits and tells_reviews)
    assert ("without a review for four weeks" in text) == bool(given_up and tells_reviews)
    if given_up and tells_reviews:
        assert re.search(
            rf"\b{len(given_up)} open without a review for four weeks seems? given up", text
        )
    if waits and tells_reviews:
        longest = max(p.waiting_hours or 0 for p in waits)
        assert duration(longest) in text
        numbers = {p.pr_number for p in waits if p.waiting_hours == longest}
        assert int(re.findall(r"#(\d+)", text)[-1]) in numbers
        assert len(waits) == 1 or f"{len(waits)} open ones" in text


@some
@worlds
def test_there_are_at_most_five_and_none_says_nothing(pulls: list[PullRequest]) -> None:
    """No sentence holds a missing value, and the topics have an order."""
    found = said(pulls)
    order = ["Merged", "Speed", "Where", "AI", "Risks"]
    assert list(found) == [topic for topic in order if topic in found]
    for text in found.values():
        assert text.strip()
        assert text.endswith(".")
        assert not re.search(r"\bNone (?!of)|nan|inf%|  |–", text)


def test_the_first_week_has_nothing_to_compare_with() -> None:
    """The count alone, and that it is alone."""
    found = said([pull(n) for n in range(1, 9)], Weeks((LAST,)))
    assert found["Merged"] == (
        "8 pull requests were merged; there is no whole week before to compare with."
    )
    assert "Speed" not in found


def test_a_clear_change_is_called_one() -> None:
    """In one of two repositories, and within the repository."""
    weeks = list(pairwise(WEEKS.shown))
    times = {"acme/web": (10.0, 10.0), "acme/api": (10.0, 40.0)}
    pulls = [
        pull(
            n,
            repo_name=repo,
            week=week,
            total_cycle_time_hours=(now if week == LAST else before) * (1 + n % 5 / 50),
        )
        for repo, (before, now) in times.items()
        for week in (weeks[0][0], *(after for _, after in weeks))
        for n in range(1, 9)
    ]
    found = said(pulls)
    assert found["Where"] == (
        "Of the 2 repositories with at least 5 merges, 1 became slower by more than chance: api "
        f"({signed(3.0)}, to {duration(41.6)})."
    )
    assert "This is more than chance" in found["Speed"]
