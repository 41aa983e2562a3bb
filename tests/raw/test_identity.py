"""Which records of a raw table are the same."""

from typing import Any

from cursor_marts.raw.identity import hashes_of


def identity_of(resource: str, record: dict[str, Any], **known: Any) -> int:
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
