"""What the page says of weeks, cards, repositories, lists and unknown numbers, on a few rows."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from support.pull_requests import LAST, SIX_WEEKS, pull, pulls_of, snapshot

from cursor_marts.errors import UsageError
from cursor_marts.reporting.weekly import as_markdown, render
from cursor_marts.reporting.weekly import content as content_of
from cursor_marts.reporting.weekly.adoption import machines, users
from cursor_marts.reporting.weekly.cards import Card
from cursor_marts.reporting.weekly.charts import Spark, nice
from cursor_marts.reporting.weekly.content import Content
from cursor_marts.reporting.weekly.differences import difference
from cursor_marts.reporting.weekly.pulls import PullRequest
from cursor_marts.reporting.weekly.snapshot import first_day
from cursor_marts.reporting.weekly.weeks import Weeks, whole_weeks
from cursor_marts.reporting.weekly.words import duration, percent, span

WEEK = timedelta(days=7)
COUNTS = {"pr_commits": 0, "linked_commits": 0, "tracked_commits": 0}


def page(*pulls: PullRequest, **fields: Any) -> Content:
    return content_of(snapshot(list(pulls), **fields))


def card(content: Content, label: str) -> Card:
    (found,) = [each for each in content.cards if each.label == label]
    return found


def run(start: date, end: date, read: datetime) -> dict[str, Any]:
    return {
        "window_start": str(start),
        "window_end": str(end),
        "started_at": read,
        "finished_at": read,
        "source": "https://api.example",
        "invented": False,
    }


def test_only_weeks_that_are_over_and_covered_whole_are_shown() -> None:
    """Not the one that runs, none ahead, none that begins before the window."""
    monday = date(2026, 11, 16)
    assert whole_weeks(date(2026, 11, 3), monday + timedelta(days=6)).shown == (monday - WEEK,)
    assert whole_weeks(date(2026, 11, 3), monday + WEEK).shown == (monday - WEEK, monday)
    assert whole_weeks(date(2026, 11, 2), monday).shown == (monday - 2 * WEEK, monday - WEEK)
    assert whole_weeks(monday, monday + timedelta(days=5)).shown == ()
    assert len(whole_weeks(date(2020, 1, 1), monday, 5).shown) == 5


def test_a_future_merge_is_on_no_part_of_the_page() -> None:
    """The week is neither whole nor the last."""
    found = page(pull(1), pull(2, week=LAST + WEEK), pull(3, week=LAST + 9 * WEEK))
    assert card(found, "Merged").value == "1"
    assert "Whole weeks only" in found.left_out


def test_a_card_has_value_change_and_what_is_better() -> None:
    """Against the mean of the four weeks before; a count has no better."""
    pulls = [pull(n, week=week) for week in SIX_WEEKS.shown for n in range(10)]
    pulls += [pull(90 + n, is_reverted=n == 0, total_cycle_time_hours=40.0) for n in range(10)]
    found = page(*pulls)
    merged, speed = card(found, "Merged"), card(found, "Time to merge")
    assert (merged.value, merged.before, merged.trend.arrow) == ("20", "10", "▲\u00a0+100%")
    assert (merged.meaning, merged.trend.judgement) == ("", "")
    assert (speed.value, speed.before) == (duration(25), duration(10))
    assert (speed.meaning, speed.trend.judgement) == ("lower is better", "worse")
    assert card(found, "People who used AI").meaning == ""
    assert card(found, "Reverted").of == "1 of 20 so far"


def test_better_and_worse_are_said_only_of_more_than_chance() -> None:
    """Else the card says that it may be chance, or that too few were merged."""
    few = page(pull(1), pull(2, week=LAST - WEEK, total_cycle_time_hours=20.0))
    assert card(few, "Time to merge").trend.judgement == "too few to judge"
    hours = (4.0, 10.0, 30.0, 55.0, 9.0, 12.0)
    then = [pull(n, week=LAST - WEEK, total_cycle_time_hours=h) for n, h in enumerate(hours)]
    now = [pull(10 + n, total_cycle_time_hours=h * 1.2) for n, h in enumerate(hours)]
    assert card(page(*then, *now), "Time to merge").trend.judgement == "may be chance"


def test_a_change_is_not_called_clear_where_repositories_went_the_other_way() -> None:
    """Each is faster, but more are merged where a merge takes long: the median is higher."""
    pulls = [
        pull(n, repo_name=repo, week=week, total_cycle_time_hours=hours * (1 + n % 4 / 20))
        for week in SIX_WEEKS.shown
        for repo, hours, count in (
            ("a/long", 80.0 if week == LAST else 100.0, 20 if week == LAST else 6),
            ("a/short", 8.0 if week == LAST else 10.0, 6 if week == LAST else 20),
        )
        for n in range(count)
    ]
    found = page(*pulls)
    speed = card(found, "Time to merge").trend
    assert (speed.direction, speed.judgement) == (1, "mix changed")
    (said,) = [each.text for each in found.sentences if each.topic == "Speed"]
    assert "the change is the other way" in said
    assert "the mix of repositories changed" in said


def test_a_clear_difference_by_ai_use_is_said_on_top() -> None:
    """Also one that is not of the time to merge; the intervals allow for all comparisons."""
    bands = {"high": 0.9, "low": 0.1}
    pulls = [
        pull(
            n,
            ai_usage_band=band,
            final_ai_ratio=ratio,
            total_cycle_time_hours=10.0 + n % 5,
            has_hotfix_followup=band == "high" and n % 2 == 0,
        )
        for band, ratio in bands.items()
        for n in range(40)
    ]
    found = page(*pulls)
    (said,) = [each.text for each in found.sentences if each.topic == "AI"]
    assert "More than chance with high use: more often a bug fix within 48 h (+50 points)." in said
    assert "no clear difference" in said
    (wide,) = [row.difference for row in found.comparison.rows if row.name == "Bug fix within 48 h"]
    assert wide is not None
    chances = [float(each.has_hotfix_followup) for each in pulls]
    strata = [(chances[:40], chances[40:])]
    alone = difference(strata)
    assert alone is not None
    assert wide.high - wide.low > 1.1 * (alone.high - alone.low)


def test_what_the_source_does_not_tell_is_a_dash_with_its_reason() -> None:
    """Never 0: reviews, reverts, AI shares, and parts of the cycle time."""
    found = page(*(pull(n, review_count=0) for n in range(9)))
    assert card(found, "Without a review").value == "–"
    assert "no review by a person of any of 9" in card(found, "Without a review").reason
    assert card(found, "Reverted").value == "–"
    assert "the source may not tell" in card(found, "Reverted").reason
    assert card(found, "People who used AI").value == "–"
    assert card(found, "Wait for a review").reason == (
        "no first review is known of any of 9 merged pull requests"
    )
    empty = {look.heading: look.empty for look in found.look_at}
    assert empty["Largest merged without a review"].startswith("– the data has no review")
    assert empty["Longest waiting for a first review"].startswith("– the data has no review")
    assert empty["Reverted"].startswith("– none is known")
    (row,) = found.repositories
    assert (row.unreviewed, row.reverted) == ("–", "–")


def test_a_part_that_is_clamped_for_most_is_unknown() -> None:
    """With how many of how many; a few clamped ones are no reason."""
    clamped = [pull(n, coding_lead_time_hours=0.0, pickup_time_hours=2.0) for n in range(8)]
    known = [pull(20 + n, coding_lead_time_hours=3.0, pickup_time_hours=0.0) for n in range(2)]
    coding, waiting, _ = page(*clamped, *known).parts
    assert coding.card.value == "–"
    assert coding.card.reason == (
        "the first commit is dated after the opening in 8 of 10 pull requests"
    )
    assert (waiting.card.value, waiting.card.reason) == (duration(2.0), "")
    assert waiting.counted == "10 of 10"


def test_pull_requests_to_look_at() -> None:
    """The slowest, the longest open, the largest without a review, the reverted ones."""
    found = page(
        pull(1, total_cycle_time_hours=90.0),
        pull(2, review_count=0, total_loc=900),
        pull(3, review_count=0, total_loc=50, author_kind="bot"),
        pull(4, week=LAST - WEEK, is_reverted=True, reverted_by=1),
        pull(5, week=LAST - 2 * WEEK, is_reverted=True, reverted_by=6),
        pull(7, state="open", week=None, waiting_hours=100.0, review_count=0),
        pull(8, state="open", week=None, waiting_hours=200.0),
        pull(11, state="open", week=None, waiting_hours=28 * 24.0, review_count=0),
        pull(12, state="open", week=None, waiting_hours=28 * 24.1, review_count=0),
        pull(13, state="open", week=None, waiting_hours=28 * 24.1),
        pull(9, state="open", week=None, waiting_hours=5.0),
        pull(14, state="open", week=None, waiting_hours=600.0, review_count=0, is_draft=True),
        pull(10, state="open", week=None, waiting_hours=900.0, author_kind="bot"),
    )
    numbers = {look.heading: [i.pull.pr_number for i in look.items] for look in found.look_at}
    assert numbers == {
        "Slowest merged": [1, 2],
        "Longest waiting for a first review": [11, 7],
        "Largest merged without a review": [2],
        "Reverted": [4],
    }
    says = [item.says for look in found.look_at for item in look.items]
    assert duration(100) in says
    assert "by #1" in says
    note = (
        "Also open: 1 reviewed, which may wait for its author, 2 without a review for four "
        "weeks and 1 draft."
    )
    assert [look.note for look in found.look_at if look.note] == [note]
    assert note in render(found)
    assert note in as_markdown(found)


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://git.example/a/1", True), ("javascript:alert(1)", False), (None, False)],
)
def test_each_is_a_link_if_the_source_sends_an_address(url: str | None, linked: bool) -> None:
    """Of the web; another one is not."""
    found = page(pull(1, url=url))
    assert (f'href="{url}"' in render(found)) == linked
    assert (f"]({url})" in as_markdown(found)) == linked


@pytest.mark.parametrize(
    ("low", "says"),
    [
        ([], "of the merged pull requests 2 have high use and none have low use."),
        (["acme/api"], "2 have high use and 1 has low use, and too few of both are in the same"),
    ],
)
def test_bands_that_cannot_be_compared(low: list[str], says: str) -> None:
    """One sentence says why: a band is empty, or the two are nowhere side by side."""
    high = [pull(n, ai_usage_band="high", final_ai_ratio=0.9) for n in (1, 2)]
    others = [pull(3, repo_name=repo, ai_usage_band="low", final_ai_ratio=0.1) for repo in low]
    found = page(*high, *others)
    assert not found.comparison.rows
    assert says in render(found)


def test_repositories_are_sorted_by_change() -> None:
    """Clear changes first, then by size; those with too few merges last."""
    factors = {"a/same": 1.0, "a/slower": 3.0, "a/quick": 0.1, "a/few": 9.0}
    pulls = [
        pull(
            n,
            repo_name=repo,
            week=week,
            total_cycle_time_hours=(factor if week == LAST else 1.0) * (10 + n % 3),
        )
        for repo, factor in factors.items()
        for week in SIX_WEEKS.shown
        for n in range(2 if repo == "a/few" and week == LAST else 8)
    ]
    content = page(*pulls)
    found = content.repositories
    assert [row.name for row in found] == ["quick", "slower", "same", "few"]
    assert [row.change for row in found] == ["−90%", "+200%", "0%", "–"]
    assert [each.text for each in content.sentences if each.topic == "Where"] == [
        "Of the 3 repositories with at least 5 merges, 1 became slower by more than chance: slower "
        f"(+200%, to {duration(33)}); 1 became faster by more than chance: quick (−90%, to "
        f"{duration(1.1)})."
    ]
    assert [row.verdict for row in found] == ["faster", "slower", "may be chance", "too few"]


def test_people_are_in_the_band_of_all_their_lines() -> None:
    """A large pull request counts more; agents and bots are no people."""
    found = users(
        [
            pull(1, author="ann", final_ai_ratio=0.0, total_loc=10),
            pull(2, author="ann", final_ai_ratio=0.9, total_loc=990),
            pull(3, author="bo", final_ai_ratio=0.0),
            pull(4, author="cy"),
            pull(5, author="devin", author_kind="agent", final_ai_ratio=1.0),
            pull(6, author=None, final_ai_ratio=1.0),
        ]
    )
    assert dict(found.by_band) == {"high": 1, "none": 1, "unknown": 1}
    assert (found.using, found.active, found.share) == (1, 3, 0.5)


def test_shares_of_agents_and_bots() -> None:
    """Of all merged pull requests, and of the reviews of all but bots'."""
    pulls = [
        pull(1, review_count=3, bot_review_count=1),
        pull(2, author_kind="agent", review_count=0),
        pull(3, author_kind="bot", bot_review_count=9),
        pull(4, author_kind="bot"),
    ]
    found = machines(pulls, LAST)
    assert (found.agents, found.bots, found.reviews) == (0.25, 0.5, 0.25)
    assert machines(pulls, LAST - WEEK).bots is None


def test_old_data_says_so_in_the_head() -> None:
    """Data that ended more than a week before the page was made."""
    end, fields = LAST + timedelta(days=6), {"read_at": datetime(2026, 12, 1, 9)}
    old = page(
        pull(1), extraction=(run(SIX_WEEKS.shown[0], end, datetime(2026, 11, 30)),), **fields
    )
    days = (date(2026, 12, 1) - LAST - WEEK).days
    (alarm,) = old.alarms
    assert alarm.startswith(f"The data is {days} days old: it ends on {end.day} {end:%B %Y}")
    assert alarm in render(old)
    a_week_later = datetime.combine(LAST + WEEK, datetime.min.time())
    fresh_run = run(SIX_WEEKS.shown[0], LAST + 2 * WEEK, a_week_later)
    fresh = page(pull(1), extraction=(fresh_run,), read_at=a_week_later + WEEK)
    assert fresh.alarms == []


def test_repositories_and_teams_are_chosen() -> None:
    """A repository in any case and without its owner; a wrong name is an error that knows more."""
    pulls = [
        pull(1, repo_name="acme/web", team="core"),
        pull(2, repo_name="acme/api", team="apps"),
        pull(3, repo_name="acme/api"),
    ]
    every = snapshot(pulls)
    merged = [
        (content_of(every, repo, team).title, len(content_of(every, repo, team).counted))
        for repo, team in (("API", ()), ("acme/web,acme/api", ()), ((), "core"), ("api", "apps"))
    ]
    week = span(LAST)
    assert merged == [
        (f"Delivery of acme/api: {week}", 2),
        (f"Delivery of acme/web and acme/api: {week}", 3),
        (f"Delivery of team core: {week}", 1),
        (f"Delivery of team apps in acme/api: {week}", 1),
    ]
    with pytest.raises(UsageError, match="repository 'wep'") as caught:
        content_of(every, "wep")
    assert "there is acme/api, acme/web" in str(caught.value)
    with pytest.raises(UsageError, match=r"teams\.csv says who is in which"):
        content_of(snapshot([pull(1)]), (), "core")


@settings(max_examples=25)
@given(pulls_of())
def test_every_page_can_be_written(pulls: list[PullRequest]) -> None:
    """As HTML and as Markdown of less than 40 lines that has the same sentences."""
    found = content_of(snapshot(pulls))
    html, markdown = render(found), as_markdown(found)
    assert len(markdown.splitlines()) < 40
    for each in found.sentences:
        assert each.topic in markdown
        assert " ".join(each.text.split()) in markdown.replace("\\", "")
        assert not found.counted or each.text.replace("'", "&#39;") in html
    assert "None" not in html.replace("None of", "")
    assert "nan" not in html


def test_markdown_shows_text_of_the_data_as_it_is() -> None:
    """A title has no effect on the rest of the line."""
    found = as_markdown(page(pull(1, title="a | [b](javascript:x) *c*\n# d `e`")))
    assert r"a \| \[b\](javascript:x) \*c\* # d \`e\` (10 h)" in found.replace("\u00a0", " ")


def test_weeks_without_a_merge() -> None:
    """A whole week without one is the last week all the same."""
    found = page(pull(1, week=LAST - WEEK))
    assert found.sentences[0].text.startswith("0 pull requests were merged")
    assert card(found, "Time to merge").value == "–"
    nothing = content_of(snapshot([]))
    assert "No pull request of people or agents was merged in these 6 weeks." in render(nothing)
    no_week = content_of(snapshot([], Weeks((), LAST)))
    assert "does not cover a whole week yet" in render(no_week)


def test_numbers_are_written_as_people_write_them() -> None:
    """Durations in their unit, per cents, days of a week."""
    hours = (0.5, 3.14, 17.4, 50, 700, None)
    assert [duration(h).replace("\u00a0", " ") for h in hours] == [
        *("30 min", "3.1 h", "17 h", "2.1 days", "29 days", "–")
    ]
    assert [percent(v) for v in (0, 0.036, 0.28, 1, None)] == ["0%", "3.6%", "28%", "100%", "–"]
    assert span(date(2026, 9, 28)) == "28 September – 4 October 2026"


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (0.7, 0.8), (1, 1), (11, 12), (204, 240), (999, 1000)]
)
def test_axes_end_at_round_numbers(value: float, end: float) -> None:
    """At the first one that is not below the highest value."""
    assert nice(value) == pytest.approx(end)


def test_a_small_line_is_interrupted_where_a_value_is_unknown() -> None:
    """And has no dot if the last one is."""
    assert Spark((1.0, 2.0, None, 1.0, 2.0)).path.count("M") == 2
    assert Spark((1.0, 2.0, None)).end is None
    assert Spark((None, 1.0)).path == ""


def test_the_weeks_begin_with_the_history_and_not_with_the_window_of_the_last_run() -> None:
    """A later run reads only what has changed; what was pruned is no week without merges."""
    monday = date(2026, 11, 16)
    read = datetime(2026, 11, 23)
    loaded = [run(monday, monday + timedelta(days=6), read)]
    earlier = run(monday - 9 * WEEK, monday, read)
    other = run(monday - 20 * WEEK, monday, read) | {"source": "https://another.example"}
    assert first_day(loaded, loaded, monday) == monday
    assert first_day([*loaded, other], loaded, monday - 20 * WEEK) == monday
    assert first_day([*loaded, earlier], loaded, monday - 9 * WEEK) == monday - 9 * WEEK
    assert first_day([*loaded, earlier], loaded, monday - 3 * WEEK) == monday - 3 * WEEK
    assert first_day([*loaded, earlier], loaded, monday - 30 * WEEK) == monday - 9 * WEEK


def test_a_repository_that_was_not_read_any_more_is_named() -> None:
    """With the day until which it is known."""
    read = datetime(2026, 11, 23, 8)
    known = {"acme/web": read, "acme/api": read - timedelta(days=9), "(unknown)": None}
    coverage = [
        {"repo_name": repo, "week": LAST, "known_until": until, **COUNTS}
        for repo, until in known.items()
    ]
    extraction = (run(LAST - 9 * WEEK, LAST + WEEK, read),)
    found = page(pull(1), extraction=extraction, coverage=tuple(coverage))
    (said,) = [each for each in found.alarms if "known until" in each]
    assert said.endswith("is known until 14 Nov only: no run since has read it.")
    assert "api" in said
    assert "web" not in said
    now = [row | {"known_until": read} for row in coverage]
    assert not page(pull(1), extraction=extraction, coverage=tuple(now)).left_behind
