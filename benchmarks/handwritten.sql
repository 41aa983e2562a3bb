-- The marts by hand, for DuckDB: what a patient person would send for the same tables.
-- Each raw table is read once, and of each only the columns that a mart needs in the end.
-- Readers see the marts change in one transaction; what leads to them stands outside of it, since
-- DuckDB reads the tables of an open one with a single thread. Nobody is promised an order.
-- Of what the models do, what the invented source has no case of is left out: forks, reverts by
-- other words than a line of the body, and of reverts, other spellings of a repository, impossible
-- times, accounts beyond the three that it has.

SET preserve_insertion_order = false;

CREATE OR REPLACE MACRO person(name) AS nullif(regexp_replace(lower(trim(name)), '\[bot\]$', ''), '');
CREATE OR REPLACE MACRO kind(login, type) AS
    CASE WHEN login = 'cursor' THEN 'agent' WHEN lower(type) = 'bot' THEN 'bot' ELSE 'human' END;

CREATE OR REPLACE TEMPORARY TABLE pulls AS
SELECT repo_name, number, url, title, coalesce(person(author_email), person(author_id)) AS author,
       person(author_id) AS login, kind(person(author_id), author_type) AS kind, state,
       additions, additions + deletions AS loc, changed_files, commit_count, tab_lines,
       composer_lines, ai_ratio, was_reverted, is_bug_fix IS NOT NULL AS told,
       try_cast(nullif(regexp_extract(body, '(^|\n)Reverts #([0-9]+)', 2), '') AS BIGINT) AS undoes,
       CASE WHEN is_bug_fix IS NOT NULL OR undoes IS NOT NULL THEN NULL
            WHEN list_contains(labels, 'bug') THEN 'label'
            WHEN regexp_matches(lower(trim(title)), '^(fix|bugfix|hotfix)([(][^()]*[)])?!?:')
            THEN 'title'
            WHEN lower(trim(head_branch)) ~ '^(fix|bugfix|hotfix)/.*' THEN 'branch' END AS rule,
       coalesce(is_bug_fix, rule IS NOT NULL) AS bug_fix,
       coalesce(len(reviewers), 0) AS asked, created_at AS created, merged_at AS merged,
       CASE WHEN ready_at > created_at AND (merged_at IS NULL OR ready_at <= merged_at)
            THEN ready_at ELSE created_at END AS opened,
       first_commit_at AS first_commit, first_review_at AS first_review
FROM main_raw.pull_requests WHERE repo_name IS NOT NULL AND number IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY repo_name, number ORDER BY updated_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMPORARY TABLE commits AS
SELECT commit_hash, repo_name, pull_request_number AS number, commit_ts AS moment,
       trim(split_part(message, chr(10), 1)) AS subject,
       coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0) AS ai_lines,
       coalesce(total_lines_added, coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0)
           + coalesce(non_ai_lines_added, 0)) AS all_lines, created_at AS sent
FROM main_raw.commits WHERE commit_hash IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY commit_hash ORDER BY created_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMPORARY TABLE links AS
SELECT repo_name, pr_number AS number, commit_hash, max(authored_at) AS authored,
       max(trim(split_part(message, chr(10), 1))) AS subject
FROM main_raw.pull_request_commits
WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND commit_hash IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE linked AS
SELECT links.repo_name, links.number, commit_hash, ai_lines, all_lines, moment, FALSE AS rewritten
FROM links JOIN commits USING (commit_hash)
WHERE commits.repo_name IS NULL
   OR commits.repo_name = links.repo_name AND commits.number IS DISTINCT FROM links.number
UNION ALL
SELECT repo_name, number, commit_hash, ai_lines, all_lines, moment, FALSE
FROM commits SEMI JOIN pulls USING (repo_name, number);

INSERT INTO linked
SELECT repo_name, l.number, c.commit_hash, ai_lines, all_lines, moment, TRUE
FROM (FROM links ANTI JOIN commits USING (commit_hash) WHERE subject <> '') AS l
JOIN commits AS c USING (repo_name, subject)
WHERE date_trunc('second', moment) = date_trunc('second', authored) AND NOT EXISTS (
    FROM linked AS k WHERE k.repo_name = l.repo_name AND k.number = l.number
    AND k.commit_hash = c.commit_hash)
QUALIFY row_number() OVER (PARTITION BY repo_name, l.number, subject, date_trunc('second', moment)
                           ORDER BY sent DESC NULLS LAST, c.commit_hash) = 1;

CREATE OR REPLACE TEMPORARY TABLE of_links AS
SELECT repo_name, number, count(*) AS listed, min(authored) AS authored FROM links GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_commits AS
SELECT repo_name, number, count(*) AS commits, count_if(rewritten) AS rewritten,
       sum(ai_lines)::BIGINT AS ai_lines, sum(all_lines)::BIGINT AS all_lines,
       min(moment) AS first_commit
FROM linked GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE points AS
SELECT repo_name, pr_number AS number, review_id AS id, person(author_id) AS reviewer,
       kind(person(author_id), author_type) AS kind, in_reply_to_id IS NOT NULL AS reply
FROM main_raw.review_comments
WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND id IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY repo_name, pr_number, review_id, id ORDER BY created_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TEMPORARY TABLE of_reviews AS
WITH latest AS (
    SELECT repo_name, pr_number AS number, id, person(author_id) AS reviewer,
           kind(person(author_id), author_type) AS kind, lower(trim(state)) AS state,
           lower(trim(previous_state)) AS before, trim(body) AS body, created_at AS moment
    FROM main_raw.reviews
    WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY repo_name, pr_number, id ORDER BY created_at DESC NULLS LAST) = 1
), replies AS (
    SELECT repo_name, number, id FROM points GROUP BY ALL HAVING bool_and(reply)
), qualifying AS (
    SELECT *, latest.kind = 'human' AS human
    FROM latest JOIN (SELECT repo_name, number, author, login FROM pulls) USING (repo_name, number)
    LEFT JOIN (SELECT *, TRUE AS mere FROM replies) USING (repo_name, number, id)
    WHERE state IS DISTINCT FROM 'pending'
      AND NOT coalesce(reviewer = author, FALSE) AND NOT coalesce(reviewer = login, FALSE)
      AND NOT coalesce(mere AND state = 'commented' AND coalesce(body, '') = '', FALSE)
)
SELECT repo_name, number, count_if(human) AS reviews, count_if(NOT human) AS bot_reviews,
       count_if(human AND state = 'approved') AS approvals,
       count_if(human AND (state = 'changes_requested'
                           OR coalesce(before = 'changes_requested', FALSE))) AS requests,
       count(DISTINCT reviewer) FILTER (WHERE human) AS reviewers,
       count_if(human AND body <> '') AS texts, min(moment) FILTER (WHERE human) AS first_review,
       max(moment) FILTER (WHERE human) AS last_review
FROM qualifying GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_comments AS
SELECT repo_name, number, count(*) AS comments
FROM points JOIN (SELECT repo_name, number, author, login FROM pulls) USING (repo_name, number)
WHERE kind = 'human' AND NOT coalesce(reviewer = author, FALSE)
  AND NOT coalesce(reviewer = login, FALSE)
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_reverts AS
SELECT a.repo_name, a.number, max(b.number) AS reverted_by
FROM (FROM pulls WHERE undoes IS NOT NULL AND merged IS NOT NULL) AS b
JOIN (FROM pulls WHERE merged IS NOT NULL) AS a
    ON a.repo_name = b.repo_name AND a.number = b.undoes AND a.merged < b.created
GROUP BY ALL;

-- All pull requests, and in hours what the marts take means of.
CREATE OR REPLACE TEMPORARY TABLE enriched AS
WITH joined AS (
    SELECT p.* EXCLUDE (first_commit, first_review),
           coalesce(p.first_commit, l.authored, c.first_commit) AS first_commit,
           coalesce(p.first_review, r.first_review) AS first_review, r.last_review,
           coalesce(c.commits, 0) AS commits, coalesce(c.rewritten, 0) AS rewritten,
           coalesce(l.listed, 0) AS listed, c.ai_lines AS linked_ai_lines,
           CASE WHEN p.ai_ratio IS NOT NULL THEN p.ai_ratio WHEN kind = 'agent' THEN 1.0
                WHEN c.commits > 0 AND greatest(c.all_lines, p.additions) > 0
                THEN least(1, c.ai_lines / greatest(c.all_lines, p.additions)) END AS ratio,
           CASE WHEN tab_lines + composer_lines IS NOT NULL THEN tab_lines + composer_lines
                WHEN kind = 'agent' THEN additions ELSE c.ai_lines END AS ai_lines,
           coalesce(r.reviews, 0) AS reviews, coalesce(r.bot_reviews, 0) AS bot_reviews,
           coalesce(r.approvals, 0) AS approvals, coalesce(r.requests, 0) AS requests,
           CASE WHEN r.reviews > 0 THEN r.reviewers ELSE p.asked END AS reviewers,
           coalesce(m.comments, 0) + coalesce(r.texts, 0) AS comments, f.created AS fixed,
           v.reverted_by, v.reverted_by IS NOT NULL AS reverted
    FROM pulls AS p
    LEFT JOIN of_links AS l USING (repo_name, number)
    LEFT JOIN of_commits AS c USING (repo_name, number)
    LEFT JOIN of_reviews AS r USING (repo_name, number)
    LEFT JOIN of_comments AS m USING (repo_name, number)
    LEFT JOIN of_reverts AS v USING (repo_name, number)
    ASOF LEFT JOIN (SELECT repo_name, created FROM pulls WHERE bug_fix AND kind <> 'bot') AS f
        ON p.repo_name = f.repo_name AND p.merged < f.created
), timed AS (
    SELECT *, date_trunc('week', merged)::DATE AS week,
           date_diff('microsecond', opened, merged) AS open_to_merge,
           CASE WHEN first_commit IS NOT NULL
                THEN greatest(0, date_diff('microsecond', first_commit, opened)) END AS coding,
           CASE WHEN merged IS NULL OR first_review <= merged
                THEN greatest(0, date_diff('microsecond', opened, first_review)) END AS pickup
    FROM joined
)
SELECT week, repo_name, number, url, title, author, kind, state, opened, merged, last_review,
       additions, loc, changed_files, commit_count, reverted, reverted_by, rule, bug_fix, commits,
       rewritten, listed, ai_lines, ratio, reviews, bot_reviews, approvals, reviewers, comments,
       CASE WHEN ratio < 0.3 THEN 'low' WHEN ratio <= 0.6 THEN 'medium' WHEN ratio > 0.6
            THEN 'high' ELSE 'unknown' END AS band,
       CASE WHEN reviews > 0 THEN 1 + requests ELSE 0 END AS rounds,
       coding / 3.6e9 AS coding,
       CASE WHEN first_review IS NOT NULL THEN pickup / 3.6e9 END AS pickup,
       (open_to_merge - pickup) / 3.6e9 AS review,
       (open_to_merge + coalesce(coding, 0)) / 3.6e9 AS total,
       comments / nullif(loc, 0) AS density,
       coalesce(date_diff('microsecond', merged, fixed) <= 172800000000, FALSE) AS hotfix,
       reviews * (15 + 5 * (loc / 100)) / 60 AS review_hours
FROM timed;

CREATE OR REPLACE TEMPORARY TABLE counted AS FROM enriched WHERE merged IS NOT NULL AND kind <> 'bot';

BEGIN;
CREATE SCHEMA IF NOT EXISTS by_hand;

CREATE OR REPLACE TABLE by_hand.mart_velocity AS
SELECT *, CASE WHEN total_lines > 0 THEN least(total_ai_lines / total_lines, 1.0) END
       AS ai_line_share
FROM (
    SELECT week, repo_name, count(DISTINCT author) FILTER (WHERE kind = 'human') AS active_developers, count(*) AS total_prs,
           sum(coalesce(commit_count, commits))::BIGINT AS total_commits, avg(loc) AS avg_pr_size,
           avg(changed_files) AS avg_files_changed, avg(coding) AS coding_lead_time,
           avg(pickup) AS pickup_time, avg(review) AS review_lead_time,
           CASE WHEN coalesce(avg(coding), avg(pickup), avg(review)) IS NOT NULL
                THEN coalesce(avg(coding), 0) + coalesce(avg(pickup), 0) + coalesce(avg(review), 0)
           END AS total_cycle_time,
           avg(total) AS avg_total_cycle_time, quantile_cont(total, 0.5) AS p50_cycle_time,
           quantile_cont(total, 0.9) AS p90_cycle_time, avg(ratio) AS avg_ai_ratio,
           count(ratio) / count(*) AS ai_coverage,
           coalesce(sum(ai_lines), 0)::BIGINT AS total_ai_lines,
           coalesce(sum(additions), 0)::BIGINT AS total_lines,
           median(coding) AS p50_coding_lead_time, median(pickup) AS p50_pickup_time,
           median(review) AS p50_review_lead_time, count_if(kind = 'agent') AS agent_prs
    FROM counted GROUP BY ALL
);

CREATE OR REPLACE TABLE by_hand.mart_ai_impact AS
SELECT week, band AS ai_usage_band, count(*) AS pr_count, avg(ratio) AS avg_ai_ratio,
       avg(coding) AS avg_coding_lead_time, avg(pickup + review) AS avg_review_cycle_time,
       avg(total) AS avg_total_cycle_time, avg(density) AS avg_review_density,
       avg(rounds) AS avg_iterations, avg(reviewers) AS avg_reviewers, avg(loc) AS avg_pr_size,
       avg(changed_files) AS avg_files_changed, avg(reverted::INT) AS revert_rate,
       avg(bug_fix::INT) AS bug_fix_rate, avg(hotfix::INT) AS hotfix_rate
FROM counted GROUP BY ALL;

CREATE OR REPLACE TABLE by_hand.mart_ai_impact_by_repo AS
SELECT week, repo_name, band AS ai_usage_band, count(*) AS pr_count, avg(ratio) AS avg_ai_ratio,
       avg(coding) AS avg_coding_lead_time, avg(pickup + review) AS avg_review_cycle_time,
       avg(total) AS avg_total_cycle_time, avg(density) AS avg_review_density,
       avg(rounds) AS avg_iterations, avg(reviewers) AS avg_reviewers, avg(loc) AS avg_pr_size,
       avg(changed_files) AS avg_files_changed, avg(reverted::INT) AS revert_rate,
       avg(bug_fix::INT) AS bug_fix_rate, avg(hotfix::INT) AS hotfix_rate
FROM counted GROUP BY ALL;

CREATE OR REPLACE TABLE by_hand.mart_pull_requests AS
SELECT repo_name, number AS pr_number, url, title, author, kind AS author_kind,
       NULL::VARCHAR AS team, state, opened AS opened_at, merged AS merged_at, week,
       coding AS coding_lead_time_hours, pickup AS pickup_time_hours,
       review AS review_lead_time_hours, total AS total_cycle_time_hours,
       CASE WHEN state = 'open' THEN greatest(0, date_diff('microsecond', opened, until)) / 3.6e9
       END AS age_hours,
       CASE WHEN state = 'open' THEN greatest(0, date_diff('microsecond',
           greatest(coalesce(last_review, opened), opened), until)) / 3.6e9 END AS waiting_hours,
       loc AS total_loc, changed_files, reviews AS review_count, bot_reviews AS bot_review_count,
       rounds AS iterations, ratio AS final_ai_ratio, band AS ai_usage_band, ai_lines,
       bug_fix AS is_bug_fix, rule AS bug_fix_rule, reverted AS is_reverted, reverted_by,
       hotfix AS has_hotfix_followup
FROM enriched, (SELECT max(finished_at) AS until FROM main_raw.extractions);

CREATE OR REPLACE TABLE by_hand.mart_coverage AS
SELECT covered.*, known_until, date_trunc('week', known_until)::DATE > week AS week_is_over
FROM (
    SELECT week, repo_name, sum(prs)::BIGINT AS total_prs, sum(bots)::BIGINT AS bot_prs,
           sum(known)::BIGINT AS ai_known_prs, sum(pr_commits)::BIGINT AS pr_commits,
           sum(commits)::BIGINT AS linked_commits, sum(rewritten)::BIGINT AS rewritten_commits,
           CASE WHEN sum(pr_commits) > 0 THEN least(1, sum(commits) / sum(pr_commits)) END
               AS linked_commit_share,
           sum(tracked)::BIGINT AS tracked_commits, sum(in_prs)::BIGINT AS tracked_commits_in_prs
    FROM (
        SELECT week, repo_name, count_if(kind <> 'bot') AS prs, count_if(kind = 'bot') AS bots,
               count(ratio) FILTER (WHERE kind <> 'bot') AS known,
               coalesce(sum(coalesce(commit_count, listed)) FILTER (WHERE kind <> 'bot'), 0)
                   AS pr_commits,
               coalesce(sum(commits) FILTER (WHERE kind <> 'bot'), 0) AS commits,
               coalesce(sum(rewritten) FILTER (WHERE kind <> 'bot'), 0) AS rewritten,
               0 AS tracked, 0 AS in_prs
        FROM enriched WHERE merged IS NOT NULL GROUP BY ALL
        UNION ALL
        SELECT date_trunc('week', moment)::DATE, coalesce(repo_name, '(unknown)'), 0, 0, 0, 0, 0, 0,
               count(*), count(h)
        FROM commits LEFT JOIN (SELECT DISTINCT commit_hash, 1 AS h FROM linked) USING (commit_hash)
        WHERE moment IS NOT NULL GROUP BY ALL
    )
    GROUP BY ALL
) AS covered
LEFT JOIN (
    SELECT DISTINCT full_name AS repo_name,
           (SELECT min(started_at) FROM main_raw.extractions WHERE is_current) AS known_until
    FROM main_raw.repos
) USING (repo_name);

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
FROM counted GROUP BY ALL;

CREATE OR REPLACE TABLE by_hand.mart_review_costs AS
SELECT week, repo_name, count(*) AS total_prs, avg(pickup + review) AS avg_review_cycle_time,
       avg(rounds) AS avg_review_rounds, avg(reviewers) AS avg_reviewers_per_pr,
       sum(reviews)::BIGINT AS total_reviews, sum(comments)::BIGINT AS total_review_comments,
       avg(density) AS avg_review_density, avg(review_hours) AS estimated_review_hours_per_pr,
       sum(review_hours) AS estimated_total_review_hours, avg(loc) AS avg_pr_size,
       count_if(loc > 500) AS large_prs, avg(loc) FILTER (WHERE loc > 500) AS avg_large_pr_size,
       sum(bot_reviews)::BIGINT AS total_bot_reviews
FROM counted GROUP BY ALL;
COMMIT;

-- All is made.
DROP TABLE counted;
DROP TABLE enriched;
DROP TABLE pulls;
DROP TABLE commits;
DROP TABLE links;
DROP TABLE linked;
DROP TABLE of_links;
DROP TABLE of_commits;
DROP TABLE points;
DROP TABLE of_reviews;
DROP TABLE of_comments;
DROP TABLE of_reverts;
DROP MACRO person;
DROP MACRO kind;
