"""Which records of a raw table are the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cursor_marts.raw.identity import hashes_of
from cursor_marts.raw.records import as_json


def identity_of(resource: str, record: Any, **known: Any) -> int:
    (found,) = hashes_of(resource, [record], {name: [value] for name, value in known.items()})
    return found


def test_records_of_the_same_key_are_the_same() -> None:
    """Other fields may differ; a number is unique only within its repository."""
    one = {"repo_name": "a/b", "number": 1}
    assert identity_of("pull_requests", one | {"title": "x"}) == identity_of("pull_requests", one)
    assert identity_of("pull_requests", one | {"repo_name": "a/c"}) != identity_of(
        "pull_requests", one
    )
    assert identity_of("pull_requests", {"number": 1}, repo_name="a/b") == identity_of(
        "pull_requests", one
    )


def test_records_without_a_key_are_the_same_only_if_all_fields_are_equal() -> None:
    """Two records without a number are two records."""
    one, other = {"repo_name": "a/b", "title": "x"}, {"repo_name": "a/b", "title": "y"}
    assert identity_of("pull_requests", one) != identity_of("pull_requests", other)
    assert identity_of("pull_requests", one) == identity_of("pull_requests", dict(one))


def test_versions_of_a_commit_are_different_records() -> None:
    """The order of the fields does not matter."""
    assert identity_of("commits", {"a": 1, "b": 2}) == identity_of("commits", {"b": 2, "a": 1})
    first = {"commitHash": "c", "createdAt": "2026-01-01T00:00:00Z"}
    assert identity_of("commits", first) != identity_of("commits", first | {"createdAt": "later"})


VALUES = (
    st.sampled_from([1, 1.0, True, "1", None, "null", -1, -2, 0, 0.0, -0.0, 2**70, "\ud800", "é"])
    | st.sampled_from([{}, [], {"a": 1, "b": [None]}, {"b": [None], "a": 1}, float("inf")])
    | st.text(max_size=1)
)
RECORDS = st.dictionaries(st.sampled_from(["a", "b", "id", "pr_id"]), VALUES, max_size=3) | VALUES


@given(RECORDS, RECORDS, st.sampled_from(["commits", "reviews"]))
def test_records_are_told_apart_as_their_json_is(one: Any, other: Any, resource: str) -> None:
    """Texts, numbers, and what is missing are different; the order of fields is nothing."""
    same = as_json(told(one, resource)) == as_json(told(other, resource))
    assert (identity_of(resource, one) == identity_of(resource, other)) == same
    turned = dict(reversed(one.items())) if isinstance(one, dict) else one
    assert identity_of(resource, one) == identity_of(resource, turned)


def has_key(record: Any) -> bool:
    return isinstance(record, dict) and None not in (record.get("id"), record.get("pr_id"))


def told(record: Any, resource: str) -> Any:
    """Return what makes a record itself."""
    return [record["pr_id"], record["id"]] if resource == "reviews" and has_key(record) else record
