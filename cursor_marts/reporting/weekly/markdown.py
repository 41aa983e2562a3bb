"""The weekly page as Markdown, for chat and mail: the sentences, the cards, and the links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cursor_marts.reporting.weekly.attention import Item, LookAt
from cursor_marts.reporting.weekly.cards import Card
from cursor_marts.reporting.weekly.content import Content

SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
INVENTED = "**INVENTED DATA**: a simulator generated these numbers; they describe no real team."


def as_markdown(content: Content) -> str:
    """Return the page as Markdown of less than 40 lines; text from the data is escaped."""
    return "\n".join([*_head(content), *_body(content), "", f"_{content.until}_", ""])


def _head(content: Content) -> Iterator[str]:
    yield f"## {_plain(content.title)}"
    yield ""
    if content.snapshot.invented:
        yield INVENTED
        yield ""
    for alarm in content.alarms:
        yield f"**{_plain(alarm)}**"
        yield ""


def _body(content: Content) -> Iterator[str]:
    yield from (f"- **{each.topic}**: {_plain(each.text)}" for each in content.sentences)
    if content.weeks.last is None:
        return
    yield ""
    yield from ("| | this week | before | change |", "|---|---|---|---|")
    yield from map(_row, content.cards)
    yield ""
    yield from (line for look in content.look_at for line in _look(content, look))


def _row(card: Card) -> str:
    of = f" ({card.of})" if card.of and not card.reason else ""
    if card.reason:
        return f"| {card.label} | – | – | {_plain(card.reason)} |"
    change = " ".join(filter(None, [card.trend.arrow, card.trend.judgement])) or "–"
    return f"| {card.label} | {card.value}{of} | {card.before} | {change} |"


def _look(content: Content, look: LookAt) -> Iterator[str]:
    found = "; ".join(_item(content, item) for item in look.items) or _plain(look.empty)
    if look.items and look.count > len(look.items):
        found += f"; and {look.count - len(look.items):,} more"
    note = f". {_plain(look.note)}" if look.note else ""
    yield f"- **{look.heading}**: {found}{note}"


def _item(content: Content, item: Item) -> str:
    pull = item.pull
    name = _plain(f"{content.names[pull.repo_name]} #{pull.pr_number}")
    link = f"[{name}]({_address(content.link(pull))})" if content.link(pull) else name
    title = f" {_plain(pull.title)}" if pull.title else ""
    return f"{link}{title} ({_plain(item.says)})"


def _address(url: str) -> str:
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", url)


def _plain(text: str) -> str:
    """Return text on one line in which Markdown sees no mark."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
