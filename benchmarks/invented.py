"""Invented landings for measurements: seeded, created by DuckDB, with links that fit the contracts.

Two pull requests share ten commits and four reviews, which are split between them at random. Every
value is a function of the row number and the seed, so that no table is joined to create another.
As in real data, agents and bots open pull requests and review, some are born as drafts, one commit
in ten was rewritten after it was tracked, replies make reviews of their own, and the source says
of a fifth of the pull requests alone which lines are by AI, and of none what it reverts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from cursor_marts.raw.manifest import Manifest, Tally
from cursor_marts.raw.window import Window

SEED = 7
START, END = date(2024, 1, 1), date(2025, 12, 31)
COMMITS_PER_PR, REVIEWS_PER_PR = 5, 2


@dataclass(frozen=True)
class Size:
    """The size of a landing. Each pull request has on average five commits and two reviews."""

    name: str
    pull_requests: int
    repos: int
    developers: int

    @property
    def commits(self) -> int:
        """Distinct commits; one in fifty comes in two versions."""
        return self.pull_requests * COMMITS_PER_PR

    @property
    def reviews(self) -> int:
        """Reviews; every second one has a comment."""
        return self.pull_requests * REVIEWS_PER_PR


SIZES = {
    "S": Size("S", 300, 5, 12),
    "M": Size("M", 20_000, 40, 200),
    "K": Size("K", 200_000, 100, 800),
    "L": Size("L", 4_000_000, 400, 5_000),
}

#: range() by itself is read with one thread, a table of numbers with all.
NUMBERS = """
CREATE TABLE numbers AS SELECT i FROM range($most) AS _(i);
CREATE MACRO up_to(n) AS TABLE SELECT i FROM numbers WHERE i < n;
"""
#: What several tables say of a pull request `p`, a commit `c` and a review `r`, by their numbers.
MACROS = """
CREATE MACRO dice(n, salt, sides) AS (hash(n, salt, $seed) % sides)::BIGINT;
CREATE MACRO chance(n, salt, percent) AS hash(n, salt, $seed) % 100 < percent;
CREATE MACRO repo_of(p) AS printf('acme/repo-%04d', p // $per_repo);
CREATE MACRO number_of(p) AS p % $per_repo + 1;
CREATE MACRO person(n) AS printf('dev%d@example.com', n);
CREATE MACRO author_of(p) AS dice(p, 'author', $developers);
CREATE MACRO opened_at(p) AS
    TIMESTAMP '$start' + to_microseconds(dice(p, 'opened', $days * 86400) * 1000000 + p % 1000000);
CREATE MACRO minutes(n, salt, most) AS to_seconds(dice(n, salt, most * 60));
CREATE MACRO merged_at(p) AS CASE WHEN NOT chance(p, 'open', 12) THEN
    opened_at(p) + minutes(p, 'merged', 7200) END;
CREATE MACRO pr_of_commit(slot) AS
    slot // 10 * 2 + (slot % 10 > dice(slot // 10, 'split', 9))::INT;
CREATE MACRO pr_of_review(r) AS r // 4 * 2 + (r % 4 >= dice(r // 4, 'reviews', 5))::INT;
CREATE MACRO hash_of(c) AS printf('%012x', c * 13) || substr(md5(c::VARCHAR), 1, 28);
CREATE MACRO slot_of(c) AS c * $inverse % $commits;
CREATE MACRO commit_in(slot) AS slot * $factor % $commits;
CREATE MACRO lines(c, salt) AS greatest(0, dice(c, salt, 90) - 30);
CREATE MACRO is_agent(p) AS chance(p, 'kind', 8);
CREATE MACRO is_bot(p) AS NOT is_agent(p) AND chance(p, 'bot', 12);
CREATE MACRO is_person(p) AS NOT is_agent(p) AND NOT is_bot(p);
CREATE MACRO ready_at(p) AS CASE WHEN chance(p, 'draft', 10) THEN
    opened_at(p) + minutes(p, 'ready', 2000) END;
CREATE MACRO reverts(p) AS number_of(p) % 2 = 0 AND chance(p, 'reverts', 6);
CREATE MACRO is_machine(r) AS chance(r, 'machine', 15);
CREATE MACRO message(c) AS
    'Commit number ' || c || chr(10) || chr(10) || 'Why: ' || md5(c::VARCHAR);
CREATE MACRO written_at(c, pr) AS opened_at(pr) - minutes(c, 'before', 3000);
"""

TABLES = {
    "repos": """
SELECT printf('acme/repo-%04d', i) AS full_name, 'main' AS default_branch,
       NULL::TIMESTAMP AS known_until, NULL::VARCHAR AS extra
FROM up_to($repos) AS _(i)
""",
    "pull_requests": """
SELECT p AS id, number_of(p) AS number, repo_of(p) AS repo_name,
       CASE WHEN chance(p, 'fix title', 5) THEN 'fix: number ' ELSE 'Change number ' END || p
           || ' of many' AS title,
       'What number ' || p || ' does, and why: ' || md5(p::VARCHAR)
           || CASE WHEN reverts(p) THEN chr(10) || chr(10) || 'Reverts #' || (number_of(p) - 1)
              ELSE '' END AS body,
       CASE WHEN merged_at(p) IS NOT NULL THEN 'merged' WHEN chance(p, 'closed', 50) THEN 'closed'
            ELSE 'open' END AS state,
       CASE WHEN is_agent(p) THEN 'cursor[bot]' WHEN is_bot(p) THEN 'renovate[bot]'
            ELSE 'user-' || author_of(p) END AS author_id,
       CASE WHEN is_person(p) THEN person(author_of(p)) END AS author_email,
       CASE WHEN is_person(p) THEN 'Developer ' || author_of(p) END AS author_name,
       CASE WHEN is_person(p) THEN 'User' ELSE 'Bot' END AS author_type,
       FALSE AS is_draft, ready_at(p) AS ready_at,
       CASE WHEN merged_at(p) IS NOT NULL THEN md5('merge' || p) || '00000000' END
           AS merge_commit_hash,
       repo_of(p) AS head_repo_name,
       'https://example.com/' || repo_of(p) || '/pull/' || number_of(p) AS url,
       'main' AS base_branch,
       CASE WHEN chance(p, 'fix branch', 5) THEN 'fix/' ELSE 'feature/' END || p AS head_branch,
       dice(p, 'additions', 900) AS additions, dice(p, 'deletions', 300) AS deletions,
       1 + dice(p, 'files', 30) AS changed_files,
       CASE WHEN NOT chance(p, 'uncounted', 10) THEN 1 + dice(p, 'commits', 9) END AS commit_count,
       CASE WHEN NOT chance(p, 'untold', 80) THEN dice(p, 'tab', 100) END AS tab_lines,
       CASE WHEN NOT chance(p, 'untold', 80) THEN dice(p, 'composer', 200) END AS composer_lines,
       CASE WHEN NOT chance(p, 'untold', 80) THEN dice(p, 'ratio', 1001) / 1000.0 END AS ai_ratio,
       NULL::BOOLEAN AS was_reverted, NULL::BOOLEAN AS is_bug_fix,
       [person(dice(p, 'asked', $developers)), person(dice(p, 'too', $developers))] AS reviewers,
       CASE WHEN chance(p, 'label', 8) THEN ['size/s', 'bug'] ELSE ['size/s'] END AS labels,
       opened_at(p) AS created_at, coalesce(merged_at(p), opened_at(p)) AS updated_at,
       merged_at(p) AS merged_at, merged_at(p) AS closed_at,
       CASE WHEN NOT chance(p, 'unseen', 30)
            THEN opened_at(p) - minutes(p, 'coding', 3000) END AS first_commit_at,
       CASE WHEN chance(p, 'reviewed', 50)
            THEN opened_at(p) + minutes(p, 'pickup', 600) END AS first_review_at,
       NULL::TIMESTAMP AS last_commit_at, NULL::VARCHAR AS extra
FROM up_to($pull_requests) AS _(p)
""",
    "commits": """
SELECT hash_of(c) AS commit_hash, 'user-' || author_of(pr) AS user_id,
       person(author_of(pr)) AS user_email, 'Developer ' || author_of(pr) AS user_name,
       CASE WHEN NOT chance(c, 'nowhere', 3) THEN repo_of(pr) END AS repo_name,
       'feature/' || pr AS branch_name, FALSE AS is_primary_branch,
       lines(c, 'tab') + lines(c, 'composer') + lines(c, 'hand') + version AS total_lines_added,
       lines(c, 'gone') AS total_lines_deleted,
       lines(c, 'tab') AS tab_lines_added, 0::BIGINT AS tab_lines_deleted,
       lines(c, 'composer') AS composer_lines_added, 0::BIGINT AS composer_lines_deleted,
       lines(c, 'hand') + version AS non_ai_lines_added, lines(c, 'gone') AS non_ai_lines_deleted,
       message(c) AS message, 'ide' AS commit_source, written_at(c, pr) AS commit_ts,
       opened_at(pr) + to_minutes(version) AS created_at,
       CASE WHEN chance(c, 'told', 10) THEN number_of(pr) END AS pull_request_number,
       NULL::VARCHAR AS extra
FROM (SELECT c, pr_of_commit(slot_of(c)) AS pr, version
      FROM (SELECT i AS c, 0 AS version FROM up_to($commits)
            UNION ALL SELECT i, 1 FROM up_to($commits) WHERE chance(i, 'amended', 2)))
""",
    "pull_request_commits": """
SELECT repo_of(pr) AS repo_name, number_of(pr) AS pr_number,
       CASE WHEN chance(c, 'rewritten', 10) THEN 'f' ELSE '' END || hash_of(c) AS commit_hash,
       written_at(c, pr) AS authored_at, opened_at(pr) AS committed_at,
       person(author_of(pr)) AS author_email, 'user-' || author_of(pr) AS author_id,
       message(c) AS message
FROM (SELECT pr_of_commit(slot) AS pr, commit_in(slot) AS c FROM up_to($commits) AS _(slot))
WHERE NOT (chance(c, 'told', 10) AND chance(c, 'unlinked', 50))
""",
    "reviews": """
SELECT r AS id, repo_of(pr) AS repo_name, number_of(pr) AS pr_number,
       CASE WHEN is_machine(r) THEN 'coderabbitai[bot]' ELSE person(reviewer) END AS author_id,
       CASE WHEN is_machine(r) THEN 'Bot' ELSE 'User' END AS author_type,
       ['approved', 'approved', 'commented', 'changes_requested', 'pending', 'dismissed'][
           1 + dice(r, 'verdict', 6)] AS state,
       CASE WHEN dice(r, 'verdict', 6) = 5 THEN 'changes_requested' END AS previous_state,
       CASE WHEN chance(r, 'text', 40) THEN 'Review number ' || r END AS body,
       opened_at(pr) + minutes(r, 'later', 6000) AS created_at, NULL::VARCHAR AS extra
FROM (SELECT r, pr_of_review(r) AS pr, dice(r, 'reviewer', $developers) AS reviewer
      FROM up_to($reviews) AS _(r))
""",
    "review_comments": """
SELECT r AS id, r AS review_id, repo_of(pr) AS repo_name, number_of(pr) AS pr_number,
       CASE WHEN is_machine(r) THEN 'coderabbitai[bot]'
            ELSE person(dice(r, 'reviewer', $developers)) END AS author_id,
       CASE WHEN is_machine(r) THEN 'Bot' ELSE 'User' END AS author_type,
       CASE WHEN chance(r, 'reply', 30) THEN r - 1 END AS in_reply_to_id,
       'Comment on review ' || r AS body, 'src/file.py' AS path, dice(r, 'line', 400) AS line,
       NULL::VARCHAR AS state, opened_at(pr) + minutes(r, 'later', 6000) AS created_at,
       NULL::VARCHAR AS extra
FROM (SELECT r, pr_of_review(r) AS pr FROM up_to($reviews) AS _(r) WHERE chance(r, 'comment', 50))
""",
    "rejects": "SELECT '' AS resource, '' AS reason, '' AS record LIMIT 0",
}

#: What a landing adds to each row.
LANDED = "TIMESTAMP '2026-01-01' AS extracted_at, '2025-12' AS landed_month"


def invent(size: Size, landing: Path, seed: int = SEED) -> None:
    """Write a landing of a size: the Parquet files of every raw table, and a manifest."""
    landing.mkdir(parents=True)
    values = _values(size, seed)
    tallies = {}
    with duckdb.connect() as connection:
        connection.execute(_filled(NUMBERS + MACROS, values))
        for name, query in TABLES.items():
            target = str(landing / f"{name}.parquet").replace("'", "''")
            copied = connection.execute(
                f"COPY (SELECT *, {LANDED} FROM ({_filled(query, values)})) "
                f"TO '{target}' (FORMAT parquet)"
            )
            tallies[name] = _tally(*(copied.fetchone() or (0,)))
    now = datetime.now(UTC).replace(tzinfo=None)
    Manifest(
        run_id="invented",
        source="a benchmark's generator",
        window=Window(START, END),
        started_at=now,
        finished_at=now,
        resources=tallies,
        invented=True,
    ).write(landing)


def _values(size: Size, seed: int) -> dict[str, object]:
    factor = 7919 * 104729  # of two primes that divide no size: each commit has one place
    return {
        "seed": seed,
        "start": START,
        "days": (END - START).days - 10,  # the last are merged, too, before the extraction ends
        "repos": size.repos,
        "developers": size.developers,
        "pull_requests": size.pull_requests,
        "per_repo": size.pull_requests // size.repos,
        "commits": size.commits,
        "reviews": size.reviews,
        "most": max(size.commits, size.repos),
        "factor": factor % size.commits,
        "inverse": pow(factor, -1, size.commits),
    }


def _filled(text: str, values: dict[str, object]) -> str:
    """Replace names by values, longer names first, since some names start with others."""
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"${name}", str(values[name]))
    return text


def _tally(rows: int) -> Tally:
    moment = datetime.combine(END, datetime.min.time()).isoformat()
    return Tally(expected=rows, received=rows, started_at=moment, finished_at=moment)
