-- The four marts by hand, for DuckDB: what a patient person would send for the same tables.
-- Each raw table is read once, and of each only the columns that a mart needs in the end.
-- Readers see the marts change in one transaction; what leads to them stands outside of it, since
-- DuckDB reads the tables of an open one with a single thread. Nobody is promised an order.
-- Of what the models do, what the invented source has no case of is left out: agents and bots,
-- drafts, replies, rewritten commits, reverts by words, and other spellings of a repository.

SET preserve_insertion_order = false;

CREATE OR REPLACE TEMPORARY TABLE pulls AS
SELECT repo_name, number, lower(trim(author_email)) AS author, additions,
       additions + deletions AS loc, changed_files, commit_count, tab_lines, composer_lines,
       ai_ratio, coalesce(was_reverted, FALSE) AS reverted, coalesce(is_bug_fix, FALSE) AS bug_fix,
       coalesce(len(reviewers), 0) AS asked, created_at AS opened, merged_at AS merged,
       first_commit_at AS first_commit, first_review_at AS first_review
FROM main_raw.pull_requests WHERE repo_name IS NOT NULL AND number IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY repo_name, number ORDER BY updated_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMPORARY TABLE commits AS
SELECT commit_hash, repo_name, pull_request_number AS number, commit_ts AS moment,
       coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0) AS ai_lines,
       coalesce(total_lines_added, coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0)
           + coalesce(non_ai_lines_added, 0)) AS all_lines
FROM main_raw.commits WHERE commit_hash IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY commit_hash ORDER BY created_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMPORARY TABLE links AS
SELECT DISTINCT repo_name, pr_number AS number, commit_hash FROM main_raw.pull_request_commits
WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND commit_hash IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE of_commits AS
SELECT repo_name, number, count(*) AS commits, sum(ai_lines)::BIGINT AS ai_lines,
       sum(all_lines)::BIGINT AS all_lines, min(moment) AS first_commit
FROM (
    SELECT links.repo_name, links.number, ai_lines, all_lines, moment
    FROM links JOIN commits USING (commit_hash)
    WHERE commits.repo_name IS NULL
       OR commits.repo_name = links.repo_name AND commits.number IS DISTINCT FROM links.number
    UNION ALL
    SELECT repo_name, number, ai_lines, all_lines, moment
    FROM commits WHERE repo_name IS NOT NULL AND number IS NOT NULL
)
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_reviews AS
WITH latest AS (
    SELECT repo_name, pr_number AS number, lower(trim(author_id)) AS reviewer,
           lower(trim(state)) AS state, body, created_at AS moment
    FROM main_raw.reviews
    WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY repo_name, pr_number, id ORDER BY created_at DESC NULLS LAST) = 1
)
SELECT repo_name, number, count(*) AS reviews, count_if(state = 'approved') AS approvals,
       count_if(state = 'changes_requested') AS requests, count(DISTINCT reviewer) AS reviewers,
       count_if(trim(body) <> '') AS texts, min(moment) AS first_review
FROM latest JOIN (SELECT repo_name, number, author FROM pulls) USING (repo_name, number)
WHERE state IS DISTINCT FROM 'pending' AND NOT coalesce(reviewer = author, FALSE)
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_comments AS
WITH latest AS (
    SELECT repo_name, pr_number AS number, lower(trim(author_id)) AS reviewer
    FROM main_raw.review_comments
    WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND review_id IS NOT NULL
      AND id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY repo_name, pr_number, review_id, id ORDER BY created_at DESC NULLS LAST) = 1
)
SELECT repo_name, number, count(*) AS comments
FROM latest JOIN (SELECT repo_name, number, author FROM pulls) USING (repo_name, number)
WHERE NOT coalesce(reviewer = author, FALSE)
GROUP BY ALL;

-- Only merged pull requests, and in hours what the marts take means of.
CREATE OR REPLACE TEMPORARY TABLE enriched AS
WITH joined AS (
    SELECT p.* EXCLUDE (first_commit, first_review),
           coalesce(p.first_commit, c.first_commit) AS first_commit,
           coalesce(p.first_review, r.first_review) AS first_review,
           coalesce(c.commits, 0) AS commits, coalesce(c.ai_lines, 0) AS ai_lines,
           coalesce(p.ai_ratio, least(1, c.ai_lines / nullif(
               greatest(c.all_lines, coalesce(p.additions, 0)), 0))) AS ratio,
           coalesce(r.reviews, 0) AS reviews, coalesce(r.approvals, 0) AS approvals,
           coalesce(r.requests, 0) AS requests, coalesce(r.reviewers, p.asked) AS reviewers,
           coalesce(m.comments, 0) + coalesce(r.texts, 0) AS comments, f.opened AS fixed
    FROM (FROM pulls WHERE merged IS NOT NULL) AS p
    LEFT JOIN of_commits AS c USING (repo_name, number)
    LEFT JOIN of_reviews AS r USING (repo_name, number)
    LEFT JOIN of_comments AS m USING (repo_name, number)
    ASOF LEFT JOIN (SELECT repo_name, opened FROM pulls WHERE bug_fix) AS f
        ON p.repo_name = f.repo_name AND p.merged < f.opened
), timed AS (
    SELECT *, date_trunc('week', merged)::DATE AS week,
           date_diff('microsecond', opened, merged) AS open_to_merge,
           CASE WHEN first_commit IS NOT NULL
                THEN greatest(0, date_diff('microsecond', first_commit, opened)) END AS coding,
           CASE WHEN first_review <= merged
                THEN greatest(0, date_diff('microsecond', opened, first_review)) END AS pickup
    FROM joined
)
SELECT week, repo_name, author, additions, loc, changed_files, commit_count, tab_lines,
       composer_lines, reverted, bug_fix, commits, ai_lines, ratio, reviews, approvals, reviewers,
       comments,
       CASE WHEN ratio < 0.3 THEN 'low' WHEN ratio <= 0.6 THEN 'medium' WHEN ratio > 0.6
            THEN 'high' ELSE 'unknown' END AS band,
       CASE WHEN reviews > 0 THEN 1 + requests ELSE 0 END AS rounds,
       coding / 3.6e9 AS coding, pickup / 3.6e9 AS pickup,
       (open_to_merge - pickup) / 3.6e9 AS review,
       (open_to_merge + coalesce(coding, 0)) / 3.6e9 AS total,
       comments / nullif(loc, 0) AS density,
       coalesce(date_diff('microsecond', merged, fixed) <= 172800000000, FALSE) AS hotfix,
       reviews * (15 + 5 * (loc / 100)) / 60 AS review_hours
FROM timed;

BEGIN;
CREATE SCHEMA IF NOT EXISTS by_hand;

CREATE OR REPLACE TABLE by_hand.mart_velocity AS
SELECT *, least(total_ai_lines / nullif(total_lines, 0), 1.0) AS ai_line_share
FROM (
    SELECT week, repo_name, count(DISTINCT author) AS active_developers, count(*) AS total_prs,
           sum(coalesce(commit_count, commits))::BIGINT AS total_commits, avg(loc) AS avg_pr_size,
           avg(changed_files) AS avg_files_changed, avg(coding) AS coding_lead_time,
           avg(pickup) AS pickup_time, avg(review) AS review_lead_time,
           CASE WHEN coalesce(avg(coding), avg(pickup), avg(review)) IS NOT NULL
                THEN coalesce(avg(coding), 0) + coalesce(avg(pickup), 0) + coalesce(avg(review), 0)
           END AS total_cycle_time,
           avg(total) AS avg_total_cycle_time, quantile_cont(total, 0.5) AS p50_cycle_time,
           quantile_cont(total, 0.9) AS p90_cycle_time, avg(ratio) AS avg_ai_ratio,
           count(ratio) / count(*) AS ai_coverage,
           sum(coalesce(tab_lines + composer_lines, ai_lines))::BIGINT AS total_ai_lines,
           coalesce(sum(additions), 0)::BIGINT AS total_lines,
           median(coding) AS p50_coding_lead_time, median(pickup) AS p50_pickup_time,
           median(review) AS p50_review_lead_time, 0::BIGINT AS agent_prs
    FROM enriched GROUP BY ALL
);

CREATE OR REPLACE TABLE by_hand.mart_ai_impact AS
SELECT week, band AS ai_usage_band, count(*) AS pr_count, avg(ratio) AS avg_ai_ratio,
       avg(coding) AS avg_coding_lead_time, avg(pickup + review) AS avg_review_cycle_time,
       avg(total) AS avg_total_cycle_time, avg(density) AS avg_review_density,
       avg(rounds) AS avg_iterations, avg(reviewers) AS avg_reviewers, avg(loc) AS avg_pr_size,
       avg(changed_files) AS avg_files_changed, avg(reverted::INT) AS revert_rate,
       avg(bug_fix::INT) AS bug_fix_rate, avg(hotfix::INT) AS hotfix_rate
FROM enriched GROUP BY ALL;

CREATE OR REPLACE TABLE by_hand.mart_quality AS
SELECT week, repo_name, count(*) AS total_prs, count_if(reverted) AS reverted_prs,
       avg(reverted::INT) AS revert_rate, count_if(bug_fix) AS bug_fix_prs,
       avg(bug_fix::INT) AS bug_fix_rate,
       count_if(reverted AND band = 'high') AS ai_ratio_high_reverts,
       count_if(reverted AND band = 'low') AS ai_ratio_low_reverts,
       avg(reviews) AS avg_reviews_per_pr, avg(approvals) AS avg_approvals_per_pr,
       count_if(reviews = 0) AS unreviewed_prs,
       avg(loc) FILTER (WHERE reverted) AS avg_reverted_pr_size,
       avg(loc) FILTER (WHERE NOT reverted) AS avg_successful_pr_size
FROM enriched GROUP BY ALL;

CREATE OR REPLACE TABLE by_hand.mart_review_costs AS
SELECT week, repo_name, count(*) AS total_prs, avg(pickup + review) AS avg_review_cycle_time,
       avg(rounds) AS avg_review_rounds, avg(reviewers) AS avg_reviewers_per_pr,
       sum(reviews)::BIGINT AS total_reviews, sum(comments)::BIGINT AS total_review_comments,
       avg(density) AS avg_review_density, avg(review_hours) AS estimated_review_hours_per_pr,
       sum(review_hours) AS estimated_total_review_hours, avg(loc) AS avg_pr_size,
       count_if(loc > 500) AS large_prs, avg(loc) FILTER (WHERE loc > 500) AS avg_large_pr_size,
       0::BIGINT AS total_bot_reviews
FROM enriched GROUP BY ALL;
COMMIT;

-- All is made.
DROP TABLE enriched;
DROP TABLE pulls;
DROP TABLE commits;
DROP TABLE links;
DROP TABLE of_commits;
DROP TABLE of_reviews;
DROP TABLE of_comments;
