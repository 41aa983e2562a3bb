"""Reverts of pull requests: a later pull request names an earlier one in its own words.

It names the number, the branch, the commits or the title. Such a claim counts only if both are
merged in the same repository, and the earlier one was merged before the later one was opened.
"""

from __future__ import annotations

import ibis
from ibis import _

from cursor_marts.contracts import Contract, Field, Rows, Table
from cursor_marts.graph import model
from cursor_marts.models import revert_words
from cursor_marts.models.intermediate.int_linked_commits import PULL_REQUEST
from cursor_marts.models.staging.cleaning import repo_key
from cursor_marts.models.staging.stg_pull_request_commits import StgPullRequestCommits
from cursor_marts.models.staging.stg_pull_requests import StgPullRequests

#: The kinds of evidence by rank: only the first kind that a pull request has counts.
EVIDENCE = ("body", "branch", "commit", "title")
#: The number of pull requests or commits in one text that are read.
MOST_NAMED = 20
#: The number of reverts in a chain (a revert, its revert, …) that are followed.
MOST_REVERTS = 5
#: Characters of a hash that the joins compare; a shorter hash does not count.
HASH_START = 7


class IntReverts(Contract):
    """One row per merged pull request and later pull request that reverts it."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request that is reverted.")
    reverting_pr_number: int = Field("The merged pull request that reverts it.")
    evidence: str = Field("How the later pull request names it.", isin=EVIDENCE)

    class Config:
        unique = ["repo_name", "pr_number", "reverting_pr_number"]


@model
def int_reverts(
    pull_requests: Table[StgPullRequests], links: Table[StgPullRequestCommits]
) -> Table[IntReverts]:
    """The claims of each reverting pull request by its first kind of evidence."""
    merged = pull_requests.filter(_.merged_at.notnull())
    kinds = [
        claims_by_line(merged),
        claims_by_branch(merged),
        claims_by_commit(merged, links),
        claims_by_title(merged, links),
    ]
    key = [*PULL_REQUEST, "reverting_pr_number"]
    claims = ibis.union(
        *(claims.select(*key, rank=ibis.literal(rank)) for rank, claims in enumerate(kinds))
    )
    first = _.rank.min().over(group_by=["repo_name", "reverting_pr_number"])
    return (
        claims.mutate(first=first)
        .filter(_.rank == _.first)
        .group_by(key)
        .agg(rank=_.rank.min())
        .select(
            *key, evidence=ibis.cases(*((_.rank == n, kind) for n, kind in enumerate(EVIDENCE)))
        )
    )


def claims_by_line(merged: Rows) -> Rows:
    """Return the claims by a line `Reverts owner/repo#n` or `Reverts #n` of a body."""
    texts = reverting(merged).filter(_.revert_text.contains(revert_words.REVERTS))
    texts = texts.mutate(text="\n" + _.revert_text)
    parts = parts_after(texts, f"\n{revert_words.REVERTS}")
    said = parts.mutate(
        said_repo_name=_.part.re_extract(revert_words.PULL_REQUEST_LINE, 1).nullif(""),
        pr_number=_.part.re_extract(revert_words.PULL_REQUEST_LINE, 2).nullif("").cast("int64"),
    )
    same = _.said_repo_name.isnull() | (repo_key(_.said_repo_name) == _.repo_name.lower())
    return with_earlier_merge(said.filter(same & _.pr_number.notnull()), merged)


def claims_by_branch(merged: Rows) -> Rows:
    """Return the claims by a branch `revert-n-…`."""
    named = reverting(merged.filter(_.head_branch.startswith("revert-")))
    numbered = named.mutate(pr_number=revert_words.reverted_number(_.head_branch))
    return with_earlier_merge(numbered.filter(_.pr_number.notnull()), merged)


def claims_by_commit(merged: Rows, links: Rows) -> Rows:
    """Return the claims by the hash of a merge commit, or by the hashes of all commits."""
    hashes = named_hashes(merged, links)
    of_merge = merged.mutate(hash_start=_.merge_commit_hash.substr(0, HASH_START))
    by_merge = hashes.join(
        of_merge.select(*PULL_REQUEST, "hash_start", "merge_commit_hash", "merged_at"),
        ["repo_name", "hash_start"],
    ).filter(_.merge_commit_hash.startswith(_.hash), _.merged_at < _.reverting_at)
    key = [*PULL_REQUEST, "reverting_pr_number", "reverting_at"]
    return ibis.union(
        by_merge.select(key),
        with_earlier_merge(claims_by_all_commits(hashes, links), merged).select(key),
    )


def claims_by_all_commits(hashes: Rows, links: Rows) -> Rows:
    """Return the claims by the hashes of all listed commits of a pull request."""
    listed = links.select(*PULL_REQUEST, "commit_hash").mutate(
        hash_start=_.commit_hash.lower().substr(0, HASH_START)
    )
    named = hashes.join(listed, ["repo_name", "hash_start"]).filter(
        _.commit_hash.lower().startswith(_.hash)
    )
    claims = named.group_by([*PULL_REQUEST, "reverting_pr_number", "reverting_at"]).agg(
        named_count=_.commit_hash.nunique()
    )
    counts = (
        links.semi_join(claims, PULL_REQUEST)
        .group_by(PULL_REQUEST)
        .agg(listed_count=_.commit_hash.nunique())
    )
    return claims.join(counts, PULL_REQUEST).filter(_.named_count == _.listed_count)


def named_hashes(merged: Rows, links: Rows) -> Rows:
    """Return the hashes that a body or the message of a commit says it reverts."""
    of_bodies = reverting(merged).select(*_REVERTING, text=_.revert_text)
    messages = links.filter(_.revert_text.notnull()).select(*PULL_REQUEST, text=_.revert_text)
    named_by = reverting(merged).rename(pr_number="reverting_pr_number")
    of_messages = messages.join(named_by.drop("revert_text"), PULL_REQUEST)
    of_messages = of_messages.rename(reverting_pr_number="pr_number").select(*_REVERTING, "text")
    texts = ibis.union(of_bodies, of_messages.cast(of_bodies.schema()))
    parts = parts_after(
        texts.filter(_.text.contains(revert_words.REVERTS_COMMIT)), revert_words.REVERTS_COMMIT
    )
    hashes = parts.mutate(hash=_.part.re_extract(revert_words.HASH, 1).nullif("").lower())
    return (
        hashes.filter(_.hash.notnull())
        .mutate(hash_start=_.hash.substr(0, HASH_START))
        .select(*_REVERTING, "hash", "hash_start")
    )


def claims_by_title(merged: Rows, links: Rows) -> Rows:
    """Return the claims by a title `Revert "T"`, each of the latest pull request with title T."""
    titled = reverting(merged.filter(_.title.contains(revert_words.TITLE_START)))
    titled = titled.mutate(said=revert_words.reverted_title(_.title)).filter(_.said.notnull())
    own = merged.select(*PULL_REQUEST, "merged_at", said=revert_words.without_number(_.title))
    only = (
        links.group_by(PULL_REQUEST)
        .agg(listed_count=_.count(), subject=_.subject.max())
        .filter(_.listed_count == 1)
    )
    of_commit = only.join(merged.select(*PULL_REQUEST, "merged_at"), PULL_REQUEST).select(
        *PULL_REQUEST, "merged_at", said=revert_words.without_number(_.subject)
    )
    texts = ibis.union(own, of_commit.cast(own.schema()))
    fits = titled.join(texts, ["repo_name", "said"]).filter(_.merged_at < _.reverting_at)
    latest_first = [_.merged_at.desc(), _.pr_number.desc()]
    by = ["repo_name", "reverting_pr_number"]
    rank = ibis.row_number().over(group_by=by, order_by=latest_first)
    return fits.filter(rank == 0)


_REVERTING = ("repo_name", "reverting_pr_number", "reverting_at")


def reverting(merged: Rows) -> Rows:
    """Return the pull requests as reverting ones, with the texts that may name others."""
    return merged.select(
        "repo_name",
        "revert_text",
        "title",
        "head_branch",
        reverting_pr_number=_.pr_number,
        reverting_at=_.created_at,
    )


def with_earlier_merge(claims: Rows, merged: Rows) -> Rows:
    """Return the claims whose pull request was merged before the reverting one was opened."""
    known = merged.select(*PULL_REQUEST, "merged_at")
    return claims.join(known, PULL_REQUEST).filter(_.merged_at < _.reverting_at)


@ibis.udf.scalar.builtin(name="split_part", signature=(("string", "string", "int64"), "string"))
def split_part(text, separator, number):  # type: ignore[no-untyped-def]
    """Return the n-th part of a text between separators, counted from 1; '' if there is none."""


def parts_after(texts: Rows, marker: str) -> Rows:
    """Return a row for each of the first MOST_NAMED parts of `text` that follow a marker."""
    numbers = ibis.union(*(ibis.literal(n).name("n").as_table() for n in range(1, MOST_NAMED + 1)))
    parts = texts.cross_join(numbers).mutate(part=split_part(_.text, marker, _.n + 1))
    return parts.filter(_.part != "")


def effective(reverts: Rows) -> Rows:
    """Return the reverts that no effective revert undoes."""
    found = reverts
    for _step in range(MOST_REVERTS - 1):
        undone = found.select("repo_name", reverting_pr_number=_.pr_number)
        found = reverts.anti_join(undone, ["repo_name", "reverting_pr_number"])
    return found


def reverted(reverts: Rows) -> Rows:
    """Return each pull request that an effective revert undoes, and the latest such revert."""
    return effective(reverts).group_by(PULL_REQUEST).agg(reverted_by=_.reverting_pr_number.max())
