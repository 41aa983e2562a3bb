"""Rows without texts: equal stays equal, and what the models need stays readable."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cursor_marts.raw.privacy import NOT_STORED, Redaction

HIDE = Redaction("a key of the team's")


@pytest.mark.parametrize(
    ("title", "pattern"),
    [
        ("Add a cache", r"[0-9a-f]{16}"),
        ("Add a cache (#12)", r"[0-9a-f]{16} \(#12\)"),
        ("fix: wrong total", r"fix: [0-9a-f]{16}"),
        ("defect-fix: wrong total", r"defect-fix: [0-9a-f]{16}"),
        ("Fix(billing)!: wrong total", r"Fix\(billing\)!: [0-9a-f]{16}"),
        ('Revert "Add a cache"', r'Revert "[0-9a-f]{16}"'),
        ('Revert "Revert "Add a cache"" (#4)', r'Revert "Revert "[0-9a-f]{16}"" \(#4\)'),
        ("", ""),
    ],
)
def test_a_title_shows_only_what_rules_go_by(title: str, pattern: str) -> None:
    import re

    assert re.fullmatch(pattern, HIDE.title(title))


@given(st.text(min_size=1).filter(lambda text: text.strip() == text and '"' not in text))
def test_a_revert_names_its_title(title: str) -> None:
    assert HIDE.title(f'Revert "{title}"') == f'Revert "{HIDE.title(title)}"'


@given(st.text(max_size=9), st.text(max_size=9))
def test_equal_texts_have_equal_digests_and_others_do_not(one: str, other: str) -> None:
    assert (HIDE.email(one) == HIDE.email(other)) == (one.strip().lower() == other.strip().lower())


def test_a_message_keeps_its_subject_and_what_it_reverts() -> None:
    message = 'Revert "Add a cache"\n\nThis reverts commit 0123456789abcdef.\nSecret plans.'
    hidden = HIDE.message(message)
    assert hidden.splitlines()[0] == HIDE.title('Revert "Add a cache"')
    assert "This reverts commit 0123456789abcdef" in hidden
    assert "plans" not in hidden


def test_a_body_keeps_only_what_it_reverts() -> None:
    body = "We saw errors.\nReverts acme/web#12\nSee Reverts #13 in prose."
    assert HIDE.evidence(body) == "Reverts acme/web#12"


def hidden_row(resource: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return what is left of a row."""
    (left,) = HIDE.table(resource, pa.Table.from_pylist([row])).to_pylist()
    return dict(left)


def test_a_review_says_only_whether_it_has_a_text() -> None:
    row = {"id": 1, "body": "Please rename it", "author_id": "bob", "extra": '{"a": "text"}'}
    hidden = hidden_row("reviews", row)
    assert hidden == {"id": 1, "body": NOT_STORED, "author_id": "bob", "extra": None}
    assert hidden_row("reviews", row | {"body": "  "})["body"] == "  "


def test_people_are_hidden_behind_the_same_digest_everywhere() -> None:
    email: dict[str, Any] = {"user_email": "Ada@example.org ", "user_name": "Ada"}
    commit = hidden_row("commits", email)
    link = hidden_row("pull_request_commits", {"author_email": "ada@example.org"})
    assert commit["user_email"] == link["author_email"]
    assert commit["user_name"] is None
    assert hidden_row("pull_requests", {"reviewers": ["ada@example.org"]})["reviewers"] == [
        link["author_email"]
    ]


def test_another_key_gives_other_digests() -> None:
    assert Redaction("one").title("text") != Redaction("two").title("text")
    assert "team" not in repr(HIDE)


def test_a_reject_shows_no_value() -> None:
    reject = {"resource": "reviews", "reason": 'id: "secret" is no number', "record": '{"id": 1}'}
    assert "secret" not in str(HIDE.reject(reject))
