"""Which pull requests are reverted by a later one, in plain Python: claims, and chains of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support import oracle_words as words

Row = dict[str, Any]
Rows = list[Row]
Key = tuple[str, int]
LONGEST_CHAIN = 5


def reverted_by(pulls: Rows, links: dict[Key, Rows]) -> dict[Key, int]:
    """Return the pull requests that a merged one has reverted for good, and its number."""
    reverters: dict[Key, set[int]] = {}
    for pull in pulls:
        for number in claims(pull, pulls, links):
            reverters.setdefault((pull["repo_name"], number), set()).add(pull["pr_number"])
    found = {}
    for (repo, number), by in reverters.items():
        standing = [each for each in by if stands((repo, each), reverters, LONGEST_CHAIN - 1)]
        if standing:
            found[repo, number] = max(standing)
    return found


def stands(key: Key, reverters: dict[Key, set[int]], depth: int) -> bool:
    """Return whether no revert of a pull request stands, as far as a chain is followed."""
    return depth == 0 or not any(
        stands((key[0], by), reverters, depth - 1) for by in reverters.get(key, ())
    )


def claims(pull: Row, pulls: Rows, links: dict[Key, Rows]) -> set[int]:
    """Return the numbers that a pull request reverts, by the first kind of evidence that holds."""
    if pull["merged_at"] is None or pull["created_at"] is None:
        return set()
    earlier = [
        other
        for other in pulls
        if other["repo_name"] == pull["repo_name"]
        and other["merged_at"] is not None
        and other["merged_at"] < pull["created_at"]
    ]
    for kind in (by_line, by_branch, by_commit, by_title):
        if found := set(kind(pull, earlier, links)):
            return found
    return set()


def by_line(pull: Row, earlier: Rows, links: dict[Key, Rows]) -> Iterator[int]:
    own = ("", pull["repo_name"].lower())
    lines = words.reverted_by_lines(pull["body"] or "")
    named = {number for repo, number in lines if words.without_host(repo).lower() in own}
    return (other["pr_number"] for other in earlier if other["pr_number"] in named)


def by_branch(pull: Row, earlier: Rows, links: dict[Key, Rows]) -> Iterator[int]:
    named = words.reverted_by_branch(pull["head_branch"])
    return (other["pr_number"] for other in earlier if other["pr_number"] == named)


def by_commit(pull: Row, earlier: Rows, links: dict[Key, Rows]) -> Iterator[int]:
    texts = [pull["body"], *(link["message"] for link in links.get(key_of(pull), []))]
    hashes = {hash_ for text in texts for hash_ in words.reverted_hashes(text or "")}
    for other in earlier:
        commits = {link["commit_hash"] for link in links.get(key_of(other), [])}
        if is_named(other["merge_commit_hash"], hashes) or (
            commits and all(is_named(commit, hashes) for commit in commits)
        ):
            yield other["pr_number"]


def is_named(commit: str | None, hashes: set[str]) -> bool:
    return commit is not None and any(commit.lower().startswith(hash_) for hash_ in hashes)


def by_title(pull: Row, earlier: Rows, links: dict[Key, Rows]) -> Iterator[int]:
    title = words.reverted_title(pull["title"])
    fitting = [other for other in earlier if title and title in titles(other, links)]
    fitting.sort(key=lambda other: (other["merged_at"], other["pr_number"]))
    return iter([other["pr_number"] for other in fitting[-1:]])


def titles(pull: Row, links: dict[Key, Rows]) -> list[str]:
    """Return the title, and the subject of the only commit."""
    commits = links.get(key_of(pull), [])
    subjects = [commits[0]["subject"]] if len(commits) == 1 else []
    return [words.without_number(each) for each in (pull["title"], *subjects) if each is not None]


def key_of(pull: Row) -> Key:
    return pull["repo_name"], pull["pr_number"]
