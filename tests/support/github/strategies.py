"""Worlds of every kind: accounts that are gone, bots, drafts, replies, odd ids, long lists."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from support.github.world import (
    Node,
    World,
    at,
    comment,
    commit,
    event,
    person,
    pull_request,
    repository,
    review,
    thread,
    with_comments,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.just("a\0b")
LABEL = st.sampled_from(["bug", "type/bug", "Ünicode", "a\0b"])
DAYS = st.floats(0.01, 120, allow_nan=False)
ACCOUNTS = st.sampled_from(
    [
        None,
        person("ada"),
        person("bob"),
        person("talbot"),
        person("dependabot", "Bot"),
        person("dependabot[bot]", "Bot"),
        person("copilot-swe-agent", "Bot"),
        person("moved", "Mannequin"),
    ]
)
#: Mostly short lists, and some that need several pages.
LENGTHS = st.sampled_from([0, 0, 1, 1, 2, 3, 11, 31, 52])


STATES = ["APPROVED", "COMMENTED", "CHANGES_REQUESTED", "DISMISSED", "PENDING"]
AUTHORS = [
    None,
    {"name": "E", "email": "e@example.org", "user": None},
    {"email": "ada@example.org", "user": person("ada")},
]
EVENTS = ["ReadyForReviewEvent", "ConvertToDraftEvent", "HeadRefForcePushedEvent"]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world of one owner."""
    name = st.sampled_from(["web", "api", "pull", "infra.dns"])
    names = draw(st.lists(name, min_size=1, max_size=3, unique=True))
    return World([draw(_repositories(f"acme/{name}")) for name in names])


@st.composite
def _repositories(draw: st.DrawFn, name: str) -> Node:
    count = draw(st.sampled_from([0, 1, 2, 5, 12]))
    pulls = [draw(_pulls(name, number)) for number in range(1, count + 1)]
    fields: dict[str, Any] = {
        "isFork": draw(st.sampled_from([False, False, True])),
        "isArchived": draw(st.booleans()),
        "isEmpty": not pulls,
    }
    if not pulls:
        fields["defaultBranchRef"] = None
    return repository(name, pulls, **fields)


@st.composite
def _pulls(draw: st.DrawFn, repo: str, number: int) -> Node:
    updated, age = draw(DAYS), draw(st.sampled_from([0.0, 1.0, 30.0, 4_000.0]))
    merged = draw(st.sampled_from([None, at(updated)]))
    pull = pull_request(
        number,
        at(updated),
        createdAt=at(updated + age),
        author=draw(ACCOUNTS),
        title=draw(TEXT),
        body=draw(TEXT),
        isDraft=draw(st.booleans()),
        state="MERGED" if merged else draw(st.sampled_from(["OPEN", "CLOSED"])),
        mergedAt=merged,
        closedAt=merged,
        mergeCommit=merged and {"oid": f"{number:040x}"},
        labels=draw(st.lists(LABEL, max_size=4, unique=True))
        + [f"l{place}" for place in range(draw(st.sampled_from([0, 0, 25])))],
    )
    if draw(st.booleans()):
        fork = {"id": "R_fork", "nameWithOwner": "eve/fork"}
        pull["headRepository"] = draw(st.sampled_from([None, fork]))
    pull["_reviews"] = [draw(_reviews(updated)) for _ in range(draw(LENGTHS))]
    pull["_commits"] = [
        draw(_commits(f"{repo.encode().hex()[-12:]}{number:014x}{place:014x}"))
        for place in range(draw(LENGTHS))
    ]
    pull["_timeline"] = _timeline(draw, pull["_reviews"])
    if draw(st.booleans()):
        pull["_threads"] = [thread(comment("bob", at(updated))) for _ in range(draw(LENGTHS))]
    return pull


@st.composite
def _reviews(draw: st.DrawFn, updated: float) -> Node:
    state = draw(st.sampled_from(STATES))
    node = review(
        draw(ACCOUNTS),
        None if state == "PENDING" else at(updated),
        state,
        body=draw(st.sampled_from(["", "Fine", "a\0b"])),
    )
    first = comment(draw(ACCOUNTS), at(updated), line=draw(st.sampled_from([None, 3])))
    more = [
        comment("ada", at(updated), replyTo=draw(st.sampled_from([None, first])))
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 12])))
    ]
    return with_comments(node, *([first, *more] if draw(st.booleans()) else []))


@st.composite
def _commits(draw: st.DrawFn, oid: str) -> Node:
    author = draw(st.sampled_from(AUTHORS))
    return commit(oid, at(draw(DAYS)), author=author, message=draw(st.sampled_from(["m", "a\0b"])))


def _timeline(draw: st.DrawFn, reviews: list[Node]) -> list[Node]:
    days = st.integers(1, 120)
    drawn = draw(st.dictionaries(days, st.sampled_from(EVENTS), max_size=4))
    events = [event(kind, at(day)) for day, kind in drawn.items()]
    more = draw(st.sampled_from([0, 0, 33]))
    events += [event("ReadyForReviewEvent", at(0.001 * place)) for place in range(more)]
    for each in reviews:
        if each["state"] == "DISMISSED":
            events.append(
                event(
                    "ReviewDismissedEvent",
                    at(0.5),
                    previousReviewState="APPROVED",
                    review=draw(st.sampled_from([None, {"id": each["id"]}])),
                )
            )
    return events
