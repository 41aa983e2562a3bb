"""Records that arrive together become rows a column at a time, and the rows are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cursor_marts.raw import RawPullRequests
from cursor_marts.raw.arrays import AT_ONCE, as_array
from cursor_marts.raw.records import Unfit
from cursor_marts.raw.shaping import Shaper

#: Values near what some column takes, and beyond it.
NUMBERS = [0, -1, 10**12, -(10**12), 10**12 + 1, 2**63 - 1, 2**63, -(2**63), 2**53 + 1, 1.0, -0.0]
OTHERS = [
    0.5,
    1e300,
    float("nan"),
    float("inf"),
    None,
    True,
    "",
    "x",
    "\ud800",
    "\x00",
    "2026-10-01",
]
LISTS = [["a"], ["a", None], ["\ud800"], [], [1], {}, {"a": [1]}]
TIMES_AT_ENDS = ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00Z"]
OTHER_TIMES = [
    "1970-01-01T00:00:00.123456789+01:00",
    "2026-10-01T00:00Z",
    "2026-10-01T00:00:00+0100",
]
ALL_ODD = [*NUMBERS, *OTHERS, *LISTS, *TIMES_AT_ENDS, *OTHER_TIMES]
ODD = st.sampled_from(ALL_ODD)
TIMES = st.builds(
    "{}-{}-{}{}{}:{}:{}{}{}".format,
    st.sampled_from(["2026", "1971", "1970", "2099", "2100", "9999", "0001", "0000", "२०२६"]),
    st.sampled_from(["02", "12", "00", "13"]),
    st.sampled_from(["01", "28", "29", "00", "31", "32"]),
    st.sampled_from(["T", "t", " "]),
    st.sampled_from(["00", "23", "24"]),
    st.sampled_from(["00", "59", "60"]),
    st.sampled_from(["00", "59", "60"]),
    st.sampled_from(["", ".5", ".123456", ".1234569", ".999999999", ".1234567891", "."]),
    st.sampled_from(["Z", "", "z", "+00:00", "-23:59", "+05:30", "+24:00", "+00:60", "Z\n"]),
)
USUAL: dict[str, st.SearchStrategy[Any]] = {
    "as_int": st.integers(-(2**63), 2**63 - 1),
    "as_count": st.integers(-(10**12), 10**12),
    "as_float": st.floats(allow_nan=False, allow_infinity=False),
    "as_bool": st.booleans(),
    "as_text": st.text(max_size=3),
    "as_texts": st.lists(st.text(max_size=2), max_size=2),
    "as_moment": TIMES,
}


@pytest.mark.parametrize("read", AT_ONCE, ids=lambda read: str(read.__name__))
def test_an_odd_value_is_read_in_a_column_as_by_itself(read: Any) -> None:
    """It fits, or is refused for the same reason, also beside a value that is missing."""
    for value in ALL_ODD:
        assert in_a_column([value, None], read) == one_by_one([value, None], read)


@pytest.mark.parametrize("read", AT_ONCE, ids=lambda read: str(read.__name__))
@given(st.data())
def test_usual_values_are_read_in_a_column_as_by_themselves(read: Any, data: st.DataObject) -> None:
    """Any that have the type of the column."""
    values = data.draw(st.lists(USUAL[read.__name__], max_size=3))
    assert in_a_column(values, read) == one_by_one(values, read)


def in_a_column(values: list[Any], read: Any) -> str:
    _, read_all = AT_ONCE[read]
    return outcome(lambda: as_array(values, read_all([]).type, read).to_pylist())


def one_by_one(values: list[Any], read: Any) -> str:
    return outcome(lambda: [None if value is None else read(value) for value in values])


def outcome(work: Callable[[], Any]) -> str:
    """Return a result as text that tells 1, 1.0 and True apart, or why there is none."""
    try:
        return repr(work())
    except Unfit as unfit:
        return f"Unfit: {unfit}"


IN_PULLS = ["number", "state", "additions", "createdAt", "created_at", "aiRatio", "is_draft", "id"]
FIELDS = st.sampled_from([*IN_PULLS, "reviewers", "extra", "mood", "commit_ids", "repo_name"])
LIKELY = {"number": 7, "created_at": "2026-10-01T00:00:00.5Z", "additions": 3, "labels": ["a"]}
RECORDS = st.builds(
    lambda changed, left_out: {
        name: value for name, value in (LIKELY | changed).items() if name not in left_out
    },
    st.dictionaries(FIELDS, ODD | TIMES, max_size=2),
    st.sets(st.sampled_from([*LIKELY, "mood"]), max_size=1),
)


@given(st.lists(RECORDS | ODD, max_size=3))
def test_records_are_read_by_column_as_each_by_itself(records: list[Any]) -> None:
    """The same rows, the same fields, and the same examples; or one of them is odd."""
    repos = [f"a/{place}" for place in range(len(records))]
    together, apart = (Shaper(RawPullRequests, frozenset({"commit_ids"})) for _ in range(2))
    each = outcome(lambda: [apart.row(*pair) for pair in zip(records, named(repos), strict=True)])
    all_ = outcome(lambda: together.table(records, {"repo_name": repos}).to_pylist())
    names = {name for record in records if isinstance(record, dict) for name in record}
    if "Unfit" in each or {"created_at", "createdAt"} <= names or not records:
        assert "Unfit" in all_
        return
    assert all_ == each
    assert together.fields == apart.fields
    assert repr(together.unknown) == repr(apart.unknown)


def named(repos: list[str]) -> list[dict[str, str]]:
    """Return what is known of records of some repositories."""
    return [{"repo_name": repo} for repo in repos]
