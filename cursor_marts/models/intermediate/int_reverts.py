"""Which pull requests say that they revert which: by number, branch, commit or title.

A claim counts only if the record bears it out: both are merged, in one repository, and the one was
merged before the other was opened.
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

#: In the order in which they are believed: of one pull request only the first kind counts.
EVIDENCE = ("body", "branch", "commit", "title")
#: Pull requests, or commits, that one text can name: further ones are not read.
MOST_NAMED = 20
#: Reverts of reverts that are followed.
MOST_REVERTS = 5
#: What hashes are compared by before they are compared whole: no shorter one counts.
HASH_START = 7


class IntReverts(Contract):
    """One row per merged pull request and a later one that says it reverts it."""

    repo_name: str = Field("Owner and name of the repository.")
    pr_number: int = Field("The pull request that is reverted.")
    reverting_pr_number: int = Field("The merged pull request that says so.")
    evidence: str = Field("How it says so.", isin=EVIDENCE)

    class Config:
        unique = ["repo_name", "pr_number", "reverting_pr_number"]


@model
def int_reverts(
    pull_requests: Table[StgPullRequests], links: Table[StgPullRequestCommits]
) -> Table[IntReverts]:
    """The claims of each pull request by the first kind of evidence that holds."""
    merged = pull_requests.filter(_.merged_at.notnull())
    kinds = [
        by_line(merged),
        by_branch(merged),
        by_commit(merged, links),
        by_title(merged, links),
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


def by_line(merged: Rows) -> Rows:
    """Return the claims of lines `Reverts owner/repo#n` or `Reverts #n` in a body."""
    texts = saying(merged).filter(_.revert_text.contains(revert_words.REVERTS))
    texts = texts.mutate(text="\n" + _.revert_text)
    parts = following(texts, f"\n{revert_words.REVERTS}")
    said = parts.mutate(
        said_repo_name=_.part.re_extract(revert_words.PULL_REQUEST_LINE, 1).nullif(""),
        pr_number=_.part.re_extract(revert_words.PULL_REQUEST_LINE, 2).nullif("").cast("int64"),
    )
    same = _.said_repo_name.isnull() | (repo_key(_.said_repo_name) == _.repo_name.lower())
    return earlier(said.filter(same & _.pr_number.notnull()), merged)


def by_branch(merged: Rows) -> Rows:
    """Return the claims of branches `revert-n-…`."""
    named = saying(merged.filter(_.head_branch.startswith("revert-")))
    numbered = named.mutate(pr_number=revert_words.reverted_number(_.head_branch))
    return earlier(numbered.filter(_.pr_number.notnull()), merged)


def by_commit(merged: Rows, links: Rows) -> Rows:
    """Return the claims that name the merge commit of a pull request, or all of its commits."""
    hashes = named_hashes(merged, links)
    of_merge = merged.mutate(hash_start=_.merge_commit_hash.substr(0, HASH_START))
    by_merge = hashes.join(
        of_merge.select(*PULL_REQUEST, "hash_start", "merge_commit_hash", "merged_at"),
        ["repo_name", "hash_start"],
    ).filter(_.merge_commit_hash.startswith(_.hash), _.merged_at < _.reverting_at)
    key = [*PULL_REQUEST, "reverting_pr_number", "reverting_at"]
    return ibis.union(
        by_merge.select(key), earlier(by_all_commits(hashes, links), merged).select(key)
    )


def by_all_commits(hashes: Rows, links: Rows) -> Rows:
    """Return the claims that name every listed commit of a pull request."""
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
    """Return the commits that a body, or a commit's message, says it reverts."""
    of_bodies = saying(merged).select(*_SAYING, text=_.revert_text)
    messages = links.filter(_.revert_text.notnull()).select(*PULL_REQUEST, text=_.revert_text)
    says = saying(merged).rename(pr_number="reverting_pr_number")
    of_messages = messages.join(says.drop("revert_text"), PULL_REQUEST)
    of_messages = of_messages.rename(reverting_pr_number="pr_number").select(*_SAYING, "text")
    texts = ibis.union(of_bodies, of_messages.cast(of_bodies.schema()))
    parts = following(
        texts.filter(_.text.contains(revert_words.REVERTS_COMMIT)), revert_words.REVERTS_COMMIT
    )
    hashes = parts.mutate(hash=_.part.re_extract(revert_words.HASH, 1).nullif("").lower())
    return (
        hashes.filter(_.hash.notnull())
        .mutate(hash_start=_.hash.substr(0, HASH_START))
        .select(*_SAYING, "hash", "hash_start")
        .distinct()
    )


def by_title(merged: Rows, links: Rows) -> Rows:
    """Return the claims of titles `Revert "T"`, each of the latest pull request that T fits."""
    titled = saying(merged.filter(_.title.contains(revert_words.TITLE_START)))
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


_SAYING = ("repo_name", "reverting_pr_number", "reverting_at")


def saying(merged: Rows) -> Rows:
    """Return pull requests as those that may revert others, with their words."""
    return merged.select(
        "repo_name",
        "revert_text",
        "title",
        "head_branch",
        reverting_pr_number=_.pr_number,
        reverting_at=_.created_at,
    )


def earlier(claims: Rows, merged: Rows) -> Rows:
    """Return the claims about a pull request that was merged before the other was opened."""
    known = merged.select(*PULL_REQUEST, "merged_at")
    return claims.join(known, PULL_REQUEST).filter(_.merged_at < _.reverting_at)


@ibis.udf.scalar.builtin(name="split_part", signature=(("string", "string", "int64"), "string"))
def part_of(text, separator, number):  # type: ignore[no-untyped-def]
    """Return one of the parts that a separator divides a text into, counted from 1; '' if none."""


def following(texts: Rows, marker: str) -> Rows:
    """Return a row for each part of a `text` that follows a marker, for the first few of them."""
    numbers = ibis.union(*(ibis.literal(n).name("n").as_table() for n in range(1, MOST_NAMED + 1)))
    parts = texts.cross_join(numbers).mutate(part=part_of(_.text, marker, _.n + 1))
    return parts.filter(_.part != "")


def that_stand(reverts: Rows) -> Rows:
    """Return the reverts that are not undone by a later one, that by none again, and so on."""
    standing = reverts
    for _step in range(MOST_REVERTS - 1):
        undone = standing.select("repo_name", reverting_pr_number=_.pr_number)
        standing = reverts.anti_join(undone, ["repo_name", "reverting_pr_number"])
    return standing


def reverted(reverts: Rows) -> Rows:
    """Return each pull request that a revert has undone for good, and the latest that did."""
    return that_stand(reverts).group_by(PULL_REQUEST).agg(reverted_by=_.reverting_pr_number.max())
