"""The query files: each is valid, safe in size, and its price is known."""

import re
from pathlib import Path

import pytest
from graphql import parse
from support.github.execution import document as validated
from support.github.pricing import MOST_NODES, price

from cursor_marts.sources import github
from cursor_marts.sources.github.documents import FILES, document
from cursor_marts.sources.github.pull_requests import NESTED, PULL_REQUESTS

#: Points of each operation with the largest sizes that a run requests.
POINTS = {
    "Alive": 1,
    "Members": 1,
    "MoreComments": 1,
    "MoreCommits": 1,
    "MoreEvents": 1,
    "MoreLabels": 1,
    "MoreReviews": 1,
    "MoreThreadComments": 1,
    "MoreThreads": 1,
    "PullRequestAlone": 1,
    "PullRequestVersions": 1,
    "PullRequestsById": 8,
    "Repositories": 1,
    "RepositoryActivity": 1,
    "RepositoryByName": 1,
    "SamlIdentities": 1,
}
LARGEST = {"size": 100, **NESTED}
#: How many records an operation names by id at most.
NAMED = {"PullRequestsById": PULL_REQUESTS, "RepositoryActivity": 100}


def all_operations() -> list[str]:
    folder = Path(github.__file__).parent / "queries"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    texts = [(folder / file).read_text("utf-8") for file in FILES]
    return [name for text in texts for name in re.findall(r"^query (\w+)", text, re.MULTILINE)]


def test_each_operation_has_a_known_price() -> None:
    assert sorted(all_operations()) == sorted(POINTS)


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_valid_by_itself(file: str) -> None:
    """It has every fragment that its operations use, so that any GraphQL tool can check it."""
    _, mistakes = validated((Path(github.__file__).parent / "queries" / file).read_text("utf-8"))
    assert mistakes == []


@pytest.mark.parametrize("operation", all_operations())
def test_an_operation_is_valid(operation: str) -> None:
    """Symptom elsewhere: "Fragment on Bot can't be spread inside User" refused whole queries."""
    _, mistakes = validated(document(operation))
    assert mistakes == []


@pytest.mark.parametrize("operation", all_operations())
def test_an_operation_costs_what_is_planned(operation: str) -> None:
    """Symptom elsewhere: a listing was refused with three open pull requests.

    Limits count what a query could return: 200 × 100 × authors was too much.
    """
    ids = ["id"] * NAMED.get(operation, 1)
    priced = price(parse(document(operation)), LARGEST | {"ids": ids})
    assert priced.points == POINTS[operation]
    assert priced.nodes < MOST_NODES / 40


def test_all_nested_lists_say_how_many_there_are_and_where_they_go_on() -> None:
    """Symptom elsewhere: files, commits and reviews were cut at 100 without a word."""
    for operation in all_operations():
        text = document(operation)
        lists = len(re.findall(r"\(\s*first: ", text)) - text.count("pullRequests(first: 1,")
        assert text.count("pageInfo { hasNextPage endCursor }") == lists, operation


def test_optional_rights_are_in_queries_of_their_own() -> None:
    """Symptom elsewhere: a whole query was refused since one optional field needs read:org."""
    for operation in set(POINTS) - {"Members", "SamlIdentities"}:
        for field in ("email\n", "organizationVerifiedDomainEmails", "samlIdentity", "team"):
            assert field not in document(operation)


def test_counts_that_can_be_unavailable_are_not_requested() -> None:
    """Symptom elsewhere: "The additions count for this commit is unavailable" emptied nodes."""
    commits = document("MoreCommits")
    assert "additions" not in commits
    assert "changedFiles" not in commits


def test_no_operation_searches_or_filters_by_state() -> None:
    """Symptom elsewhere: searches omitted pull requests; filters timed out on huge repositories."""
    for operation in POINTS:
        assert "search" not in document(operation)
        assert "states:" not in document(operation)
