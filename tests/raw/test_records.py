"""JSON records become rows or rejects."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cursor_marts.raw import RawCommits, RawPullRequests, RawReviews
from cursor_marts.raw.records import (
    Unfit,
    as_bool,
    as_float,
    as_int,
    as_moment,
    as_text,
    as_texts,
)
from cursor_marts.raw.shaping import Shaper


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-15T15:06:44Z", datetime(2026, 11, 15, 15, 6, 44)),
        ("2026-11-15T15:06:44.460530486Z", datetime(2026, 11, 15, 15, 6, 44, 460530)),
        ("2026-11-15T15:06:44.9999999Z", datetime(2026, 11, 15, 15, 6, 44, 999999)),
        ("2026-11-15T15:06:44.5z", datetime(2026, 11, 15, 15, 6, 44, 500000)),
        ("2026-11-15T15:06:44+02:00", datetime(2026, 11, 15, 13, 6, 44)),
        ("2026-11-15T23:30:00.25-05:30", datetime(2026, 11, 16, 5, 0, 0, 250000)),
        ("2026-11-15 15:06:44", datetime(2026, 11, 15, 15, 6, 44)),
    ],
)
def test_times_become_utc_microseconds(text: str, moment: datetime) -> None:
    """Offsets are applied; digits after the sixth are dropped."""
    assert as_moment(text) == moment


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "2026-11-15",
        "2026-13-01T00:00:00Z",
        "2026-11-15T25:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "",
        1763219204,
        True,
    ],
)
def test_an_invalid_time_is_rejected(value: Any) -> None:
    """The record is rejected; no time is guessed."""
    with pytest.raises(Unfit):
        as_moment(value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (as_int, "12"),
        (as_int, 1.5),
        (as_int, True),
        (as_int, 2**63),
        (as_int, float("inf")),
        (as_float, "0.5"),
        (as_float, False),
        (as_float, 10**400),
        (as_bool, 1),
        (as_bool, "true"),
        (as_text, True),
        (as_text, {"a": 1}),
        (as_text, "\ud800"),
        (as_texts, "ann"),
        (as_texts, [{}]),
    ],
)
def test_values_of_another_type_are_rejected(read: Any, value: Any) -> None:
    """They are not converted."""
    with pytest.raises(Unfit):
        read(value)


def test_an_absurd_count_is_rejected_and_a_large_id_is_not() -> None:
    """2^63 - 1 lines are one rejected record; ids are as large as a source makes them."""
    shaper = Shaper(RawPullRequests)
    record = {
        "id": 2**62,
        "number": 7,
        "repo_name": "acme/web",
        "created_at": "2026-09-07T10:00:00Z",
    }
    assert shaper.row(record | {"additions": 10**6}, {})["id"] == 2**62
    with pytest.raises(Unfit, match=r"additions: \d+ is more than 1,000,000,000,000"):
        shaper.row(record | {"additions": 2**63 - 1, "deletions": 1}, {})


def test_equivalent_spellings_are_accepted() -> None:
    """A whole float is an integer, an integer is a float, a number may be an id."""
    assert as_int(3.0) == 3
    assert as_float(1) == 1.0
    assert as_text(7) == "7"


def test_camel_case_fields_become_columns_and_unknown_fields_become_extra() -> None:
    """Unknown fields are stored as JSON, and reported with an example."""
    shaper = Shaper(RawCommits)
    row = shaper.row({"commitHash": "a", "tabLinesAdded": 3, "mood": "good"}, {})
    assert (row["commit_hash"], row["tab_lines_added"]) == ("a", 3)
    assert json.loads(row["extra"]) == {"mood": "good"}
    assert shaper.unknown == {"mood": "good"}
    assert row["message"] is None


def test_a_record_without_unknown_fields_has_no_extra() -> None:
    """`extra` is NULL."""
    assert Shaper(RawCommits).row({"commitHash": "a"}, {})["extra"] is None


def test_a_field_named_extra_is_stored_in_extra() -> None:
    """The source's own `extra` is an unknown field like others."""
    row = Shaper(RawCommits).row({"commitHash": "a", "extra": "x"}, {})
    assert json.loads(row["extra"]) == {"extra": "x"}


def test_a_reviewer_is_the_author_of_the_review() -> None:
    """`reviewer` and `submitted_at` are alternative names of `author_id` and `created_at`."""
    record = {"id": 1, "reviewer": "bob", "submitted_at": "2026-09-07T12:00:00Z"}
    row = Shaper(RawReviews).row(record, {"repo_name": "a/b", "pr_number": 2})
    assert (row["author_id"], row["created_at"]) == ("bob", datetime(2026, 9, 7, 12))
    assert (row["repo_name"], row["pr_number"], row["extra"]) == ("a/b", 2, None)


def test_a_second_name_of_a_column_is_stored_in_extra() -> None:
    """The first value becomes the column, the second one is in `extra`."""
    record = {"id": 1, "reviewer": "bob", "author_id": "cleo"}
    row = Shaper(RawReviews).row(record, {"repo_name": "a/b", "pr_number": 2})
    assert row["author_id"] == "bob"
    assert json.loads(row["extra"]) == {"author_id": "cleo"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"number": 1}, "created_at missing"),
        ({"created_at": "2026-09-07T12:00:00Z"}, "number missing"),
        ({"number": 1, "created_at": "soon"}, 'created_at: "soon" is not an RFC 3339 time'),
        (["number", 1], r'\["number", 1\] is not an object'),
        (None, "null is not an object"),
    ],
)
def test_a_rejected_record_has_a_reason(record: Any, reason: str) -> None:
    """The reason names the column and shows the value."""
    with pytest.raises(Unfit, match=reason):
        Shaper(RawPullRequests).row(record, {"repo_name": "a/b"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["number", "state", "createdAt", "ai_ratio", "reviewers", "x", "extra"])


@given(st.dictionaries(NAMES, JSON))
def test_any_record_becomes_a_row_or_a_reject_without_loss(record: dict[str, Any]) -> None:
    """Each field of any JSON is in a column or in `extra`, or the record is rejected."""
    shaper = Shaper(RawPullRequests)
    try:
        row = shaper.row(record, {"repo_name": "a/b"})
    except Unfit:
        return
    extra = json.loads(row["extra"]) if row["extra"] else {}
    known = {"number": "number", "state": "state", "createdAt": "created_at"}
    known |= {"ai_ratio": "ai_ratio", "reviewers": "reviewers"}
    for name, value in record.items():
        assert name in extra or value is None or row[known[name]] is not None
