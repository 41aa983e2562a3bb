"""Reviews by people and by machines, and the threads in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from cursor_marts.simulator.company.people import Account, Developer
from cursor_marts.simulator.company.story import Story, Work
from cursor_marts.simulator.company.words import (
    FINDING,
    QUESTIONS,
    REMARKS,
    REPLIES,
    SUMMARY,
)
from cursor_marts.simulator.world import Record

#: Shares of verdicts that are dismissed later, and of pull requests with odd reviews.
DISMISSED, PENDING, OWN, LATE = 0.12, 0.04, 0.03, 0.03
#: Shares of comments that get a reply, and of replies that get another one.
ANSWERED, ANSWERED_AGAIN = 0.2, 0.3
MOST_COMMENTS = 12


def review(story: Story, pull: Record, work: Work, first: datetime, merged: datetime) -> None:
    """Add what people and machines say of a pull request until its merge."""
    if work.profile.ai_reviewer and work.author.type == "User" and story.chance.happens(0.85):
        _by_machine(story, pull, work, work.profile.ai_reviewer)
    if story.chance.happens(work.rigour):
        _by_people(story, pull, work, first, merged)


def _by_machine(story: Story, pull: Record, work: Work, reviewer: Account) -> None:
    at = work.up + timedelta(minutes=story.chance.uniform(2, 9))
    findings = [FINDING] * story.chance.rounded(min(3.0, work.lines / 150))
    added = _say(story, pull, reviewer, "commented", at, SUMMARY, findings)
    _answer(story, pull, work, added, at, story.chance.choice(story.others_than(work.author)))


def _by_people(story: Story, pull: Record, work: Work, first: datetime, merged: datetime) -> None:
    chance, others = story.chance, story.others_than(work.author)
    count = min(len(others), 1 + chance.rounded(0.5 * work.effort))
    chosen = chance.sample(others, count)
    if chance.happens(0.5):
        pull["reviewers"] = [developer.address for developer in chosen]
    rounds = chance.rounded(0.35 * work.effort)
    for n in range(rounds):
        at = first + (merged - first) * (n / (rounds + 1))
        _judge(story, pull, work, chosen[0], "changes_requested", at)
    for n, reviewer in enumerate(chosen):
        share = (rounds + n / len(chosen)) / (rounds + 1)
        late = chance.happens(LATE)
        at = merged + timedelta(hours=2) if late else first + (merged - first) * share
        _judge(story, pull, work, reviewer, "approved", at)
    _add_odd_ones(story, pull, work, first)
    if chance.happens(0.4) and first <= story.now:
        pull["first_review_at"] = chance.stamp(first)


def _add_odd_ones(story: Story, pull: Record, work: Work, at: datetime) -> None:
    """Sometimes add a review that was never submitted, or one by the author."""
    if story.chance.happens(PENDING):
        _say(story, pull, story.chance.choice(story.others_than(work.author)), "pending", at)
    if work.author.type == "User" and story.chance.happens(OWN):
        _say(story, pull, work.author, "approved", at)


def _judge(
    story: Story, pull: Record, work: Work, who: Developer, state: str, at: datetime
) -> None:
    """Add a verdict with its comments; sometimes it is dismissed later."""
    chance = story.chance
    effort = work.effort if state == "changes_requested" else work.effort / 2
    count = min(MOST_COMMENTS, chance.rounded(1.2 * effort))
    comments = [chance.choice(QUESTIONS) for _ in range(count)]
    added = _say(story, pull, who, state, at, chance.choice(REMARKS), comments)
    if added and chance.happens(DISMISSED if state == "changes_requested" else DISMISSED / 4):
        added |= {"state": "dismissed", "previous_state": state}
    _answer(story, pull, work, added, at, who)


def _answer(
    story: Story, pull: Record, work: Work, review: Record | None, at: datetime, other: Developer
) -> None:
    """Add replies to comments of a review: a person's to their pull request, then another's."""
    if review is None or work.author.type != "User":
        return
    for comment in review.get("comments", []):
        if story.chance.happens(ANSWERED):
            at += timedelta(minutes=story.chance.uniform(3, 30))
            _reply(story, pull, work.author, comment, at)
            if story.chance.happens(ANSWERED_AGAIN):
                _reply(story, pull, other, comment, at + timedelta(minutes=9))


def _reply(story: Story, pull: Record, who: Account, to: Record, at: datetime) -> None:
    reply = story.chance.choice(REPLIES)
    if added := _say(story, pull, who, "commented", at, "", [reply]):
        added["comments"][0]["in_reply_to_id"] = to["id"]


def _say(
    story: Story,
    pull: Record,
    who: Account,
    state: str,
    at: datetime,
    body: str = "",
    comments: list[str] | tuple[str, ...] = (),
) -> Record | None:
    """Add a review and return it; None if that lies after the end of the story."""
    if at > story.now:
        return None
    review: Record = {
        "id": len(story.reviews) + 1,
        "pr_id": pull["id"],
        "reviewer": who.address,
        "state": state,
        "submitted_at": story.chance.stamp(at),
        "body": body,
    } | _kind_of(who)
    if comments:
        texts = enumerate(comments)
        review["comments"] = [_comment(story, pull, review, who, at, *each) for each in texts]
    story.reviews.append(review)
    return review


def _comment(
    story: Story, pull: Record, review: Record, who: Account, at: datetime, n: int, text: str
) -> Record:
    """Return the n-th comment of a review, written n minutes after it."""
    return {
        "id": review["id"] * 20 + n,
        "pr_number": pull["number"],
        "repo_name": pull["repo_name"],
        "author_id": who.address,
        "body": text,
        "state": review["state"],
        "created_at": story.chance.stamp(at + timedelta(minutes=n)),
    } | _kind_of(who)


def _kind_of(who: Account) -> Record:
    """Return the field that says what an account is, which a person's lacks."""
    return {} if who.type == "User" else {"author_type": who.type}
