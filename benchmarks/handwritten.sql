-- The marts by hand, for DuckDB: what a patient person would send for the same tables.
-- Of each raw table only the columns are read that a mart needs in the end, and texts as seldom as
-- possible: pull requests are joined by one number each, commits by the hash of their hash beside
-- it, and what a key repeats alone is ranked. Numbers of pull requests are below 2^32.
-- Readers see the marts change in one transaction; what leads to them stands outside of it, since
-- DuckDB reads the tables of an open one with a single thread. Nobody is promised an order.
-- Of what the models do, what the invented source has no case of is left out: forks, reverts by
-- other words than a line of the body, and of reverts, other spellings of a repository, impossible
-- times, accounts beyond the three that it has.

SET preserve_insertion_order = false;

CREATE OR REPLACE MACRO person(name) AS nullif(regexp_replace(lower(trim(name)), '\[bot\]$', ''), '');
CREATE OR REPLACE MACRO kind(login, type) AS
    CASE WHEN login = 'cursor' THEN 'agent' WHEN lower(type) = 'bot' THEN 'bot' ELSE 'human' END;
CREATE OR REPLACE MACRO subject(message) AS
    trim(split_part(message, chr(10), 1));

-- A repository's number leaves room for those of its pull requests.
CREATE OR REPLACE TEMPORARY TABLE repo_ids AS
SELECT repo_name, row_number() OVER ()::BIGINT << 32 AS repo
FROM (SELECT DISTINCT repo_name FROM main_raw.pull_requests
      UNION SELECT DISTINCT repo_name FROM main_raw.commits)
WHERE repo_name IS NOT NULL;

-- People as the sources write them, each with the number of the person.
CREATE OR REPLACE TEMPORARY TABLE people AS
SELECT sent, person(sent) AS name, dense_rank() OVER (ORDER BY name)::INTEGER AS person
FROM (SELECT DISTINCT author_email AS sent FROM main_raw.pull_requests
      UNION SELECT DISTINCT author_id FROM main_raw.pull_requests
      UNION SELECT DISTINCT author_id FROM main_raw.reviews
      UNION SELECT DISTINCT author_id FROM main_raw.review_comments)
WHERE sent IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE again AS
SELECT hash(repo_name, number) AS h FROM main_raw.pull_requests
WHERE repo_name IS NOT NULL AND number IS NOT NULL GROUP BY ALL HAVING count(*) > 1;

CREATE OR REPLACE TEMPORARY TABLE pulls AS
WITH sent AS NOT MATERIALIZED (
    SELECT *, hash(repo_name, number) AS h FROM main_raw.pull_requests
    WHERE repo_name IS NOT NULL AND number IS NOT NULL
), latest AS (
    FROM sent ANTI JOIN again USING (h)
    UNION ALL
    FROM (FROM sent SEMI JOIN again USING (h)
          QUALIFY row_number() OVER (
              PARTITION BY repo_name, number ORDER BY updated_at DESC NULLS LAST) = 1)
)
SELECT repo, repo | number AS pr, repo_name, number, url, title, coalesce(e.name, i.name) AS author,
       i.person AS login_person, coalesce(e.person, i.person) AS author_person,
       kind(i.name, author_type) AS kind, state, additions, additions + deletions AS loc,
       changed_files, commit_count, tab_lines, composer_lines, ai_ratio, was_reverted,
       is_bug_fix IS NOT NULL AS told,
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
FROM latest JOIN repo_ids USING (repo_name)
LEFT JOIN people AS e ON e.sent = author_email LEFT JOIN people AS i ON i.sent = author_id;

-- Tracked commits beside the places that list them. Rows of a hash that is there more than once are
-- replaced by what is exact; of several rows of a commit, one is its `first`.
CREATE OR REPLACE MACRO is_listed(nowhere, commit_repo, own, pr) AS
    (nowhere OR commit_repo = pr >> 32 << 32) AND own IS DISTINCT FROM pr AND pr IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE pairs AS
SELECT h, spot, nowhere, commit_repo, own, ai_lines, all_lines, moment, sent, listed_spot, pr,
       authored, spot IS NOT NULL AS first, is_listed(nowhere, commit_repo, own, pr) AS by_hash,
       own IS NOT NULL OR by_hash AS linked
FROM (
    SELECT hash(commit_hash) AS h, commit_hash, c.rowid AS spot, repo IS NULL AS nowhere,
           repo AS commit_repo, repo | pull_request_number AS own, commit_ts AS moment,
           coalesce(tab_lines_added, 0) + coalesce(composer_lines_added, 0) AS ai_lines,
           coalesce(total_lines_added, coalesce(tab_lines_added, 0)
               + coalesce(composer_lines_added, 0) + coalesce(non_ai_lines_added, 0)) AS all_lines,
           created_at AS sent
    FROM main_raw.commits AS c LEFT JOIN repo_ids USING (repo_name) WHERE commit_hash IS NOT NULL
) FULL JOIN (
    SELECT hash(commit_hash) AS h, commit_hash, l.rowid AS listed_spot, repo | pr_number AS pr,
           authored_at AS authored
    FROM main_raw.pull_request_commits AS l JOIN repo_ids USING (repo_name)
    WHERE pr_number IS NOT NULL AND commit_hash IS NOT NULL
) USING (h, commit_hash);

CREATE OR REPLACE TEMPORARY TABLE again AS
SELECT h FROM pairs GROUP BY ALL HAVING count(*) > 1;

CREATE OR REPLACE TEMPORARY TABLE exact AS
WITH repeats AS (
    FROM pairs SEMI JOIN again USING (h)
), latest AS (
    SELECT repeats.* EXCLUDE (listed_spot, pr, authored), commit_hash
    FROM (SELECT * FROM repeats WHERE spot IS NOT NULL
          QUALIFY row_number() OVER (PARTITION BY spot) = 1) AS repeats
    JOIN main_raw.commits ON commits.rowid = spot
    QUALIFY row_number() OVER (PARTITION BY commit_hash ORDER BY sent DESC NULLS LAST) = 1
), listed AS (
    SELECT repeats.h, max(listed_spot) AS listed_spot, pr, max(authored) AS authored, commit_hash
    FROM repeats JOIN main_raw.pull_request_commits AS l ON l.rowid = listed_spot
    GROUP BY ALL
)
SELECT h, spot, nowhere, commit_repo, own, ai_lines, all_lines, moment, sent, listed_spot, pr,
       authored, spot IS NOT NULL AND row_number() OVER (PARTITION BY commit_hash) = 1 AS first,
       is_listed(nowhere, commit_repo, own, pr) AS by_hash,
       own IS NOT NULL OR bool_or(is_listed(nowhere, commit_repo, own, pr))
           OVER (PARTITION BY commit_hash) AS linked
FROM latest FULL JOIN listed USING (h, commit_hash);

DELETE FROM pairs WHERE h IN (FROM again);
INSERT INTO pairs FROM exact;

-- Listed commits whose hash is unknown: tracked ones of the same second and subject.
CREATE OR REPLACE TEMPORARY TABLE dated AS
SELECT l.pr, listed_spot, c.* EXCLUDE (commit_repo, own)
FROM (SELECT pr, listed_spot, pr >> 32 << 32 AS commit_repo,
             date_trunc('second', authored) AS second FROM pairs WHERE spot IS NULL) AS l
JOIN (SELECT spot, commit_repo, own, ai_lines, all_lines, moment, sent,
             date_trunc('second', moment) AS second FROM pairs WHERE first) AS c
    USING (commit_repo, second)
WHERE own IS DISTINCT FROM l.pr;

CREATE OR REPLACE TEMPORARY TABLE told AS
SELECT dated.*, l.message AS listed_message, c.message, c.commit_hash
FROM dated JOIN main_raw.pull_request_commits AS l ON l.rowid = listed_spot
JOIN main_raw.commits AS c ON c.rowid = spot;

CREATE OR REPLACE TEMPORARY TABLE rewritten AS
SELECT pr, spot, ai_lines, all_lines, moment
FROM told ANTI JOIN (FROM exact WHERE by_hash) USING (pr, spot)
WHERE subject(message) = subject(listed_message) AND subject(message) <> ''
QUALIFY row_number() OVER (PARTITION BY pr, subject(message), second
                           ORDER BY sent DESC NULLS LAST, commit_hash) = 1;

CREATE OR REPLACE TEMPORARY TABLE of_commits AS
SELECT pr, sum(listed)::BIGINT AS listed, min(authored) AS authored, count(ai_lines) AS commits,
       sum(is_rewritten)::BIGINT AS rewritten, sum(ai_lines)::BIGINT AS ai_lines,
       sum(all_lines)::BIGINT AS all_lines, min(moment) AS first_commit
FROM (
    SELECT pr, 1 AS listed, authored, 0 AS is_rewritten,
           CASE WHEN by_hash THEN ai_lines END AS ai_lines,
           CASE WHEN by_hash THEN all_lines END AS all_lines,
           CASE WHEN by_hash THEN moment END AS moment
    FROM pairs WHERE pr IS NOT NULL
    UNION ALL
    SELECT own, 0, NULL, 0, ai_lines, all_lines, moment FROM pairs WHERE first AND own IS NOT NULL
    UNION ALL
    SELECT pr, 0, NULL, 1, ai_lines, all_lines, moment FROM rewritten
)
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE points AS
WITH sent AS NOT MATERIALIZED (
    SELECT *, hash(repo_name, pr_number, review_id, id) AS h FROM main_raw.review_comments
    WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND id IS NOT NULL
), again AS MATERIALIZED (
    SELECT h FROM sent GROUP BY ALL HAVING count(*) > 1
), latest AS (
    FROM sent ANTI JOIN again USING (h)
    UNION ALL
    FROM (FROM sent SEMI JOIN again USING (h) QUALIFY row_number() OVER (
        PARTITION BY repo_name, pr_number, review_id, id ORDER BY created_at DESC NULLS LAST) = 1)
)
SELECT repo | pr_number AS pr, review_id, id, person AS reviewer, kind(name, author_type) AS kind,
       in_reply_to_id IS NOT NULL AS reply
FROM latest JOIN repo_ids USING (repo_name) LEFT JOIN people ON people.sent = author_id;

CREATE OR REPLACE TEMPORARY TABLE reviews AS
WITH sent AS NOT MATERIALIZED (
    SELECT *, hash(repo_name, pr_number, id) AS h FROM main_raw.reviews
    WHERE repo_name IS NOT NULL AND pr_number IS NOT NULL AND id IS NOT NULL
), again AS MATERIALIZED (
    SELECT h FROM sent GROUP BY ALL HAVING count(*) > 1
), latest AS (
    FROM sent ANTI JOIN again USING (h)
    UNION ALL
    FROM (FROM sent SEMI JOIN again USING (h) QUALIFY row_number() OVER (
        PARTITION BY repo_name, pr_number, id ORDER BY created_at DESC NULLS LAST) = 1)
)
SELECT repo | pr_number AS pr, id, person AS reviewer, kind(name, author_type) = 'human' AS human,
       lower(trim(state)) AS state, lower(trim(previous_state)) AS before,
       coalesce(trim(body), '') <> '' AS has_text, created_at AS moment
FROM latest JOIN repo_ids USING (repo_name) LEFT JOIN people ON people.sent = author_id;

CREATE OR REPLACE TEMPORARY TABLE of_reviews AS
WITH replies AS (
    SELECT pr, review_id AS id FROM points GROUP BY ALL HAVING bool_and(reply)
), qualifying AS (
    FROM reviews JOIN (SELECT pr, author_person, login_person FROM pulls) USING (pr)
    WHERE state IS DISTINCT FROM 'pending'
      AND NOT coalesce(reviewer = author_person, FALSE)
      AND NOT coalesce(reviewer = login_person, FALSE)
      AND (has_text OR state IS DISTINCT FROM 'commented' OR (pr, id) NOT IN (FROM replies))
)
SELECT pr, count_if(human) AS reviews, count_if(NOT human) AS bot_reviews,
       count_if(human AND state = 'approved') AS approvals,
       count_if(human AND (state = 'changes_requested'
                           OR coalesce(before = 'changes_requested', FALSE))) AS requests,
       list_unique(list(reviewer) FILTER (WHERE human))::BIGINT AS reviewers,
       count_if(human AND has_text) AS texts, min(moment) FILTER (WHERE human) AS first_review,
       max(moment) FILTER (WHERE human) AS last_review
FROM qualifying GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_comments AS
SELECT pr, count(*) AS comments
FROM points JOIN (SELECT pr, author_person, login_person FROM pulls) USING (pr)
WHERE kind = 'human' AND NOT coalesce(reviewer = author_person, FALSE)
  AND NOT coalesce(reviewer = login_person, FALSE)
GROUP BY ALL;

CREATE OR REPLACE TEMPORARY TABLE of_reverts AS
SELECT a.pr, max(b.number) AS reverted_by
FROM (FROM pulls WHERE undoes IS NOT NULL AND merged IS NOT NULL) AS b
JOIN (FROM pulls WHERE merged IS NOT NULL) AS a
    ON a.pr = b.repo | b.undoes AND a.merged < b.created
GROUP BY ALL;

-- The first and the last bug fix of each 48 hours: the next one after a merge is in the same span,
-- or begins the one after.
CREATE OR REPLACE TEMPORARY TABLE fixes AS
SELECT repo, epoch_us(created) // 172800000000 AS span, min(created) AS first, max(created) AS last
FROM pulls WHERE bug_fix AND kind <> 'bot' GROUP BY ALL;

-- All pull requests, and in hours what the marts take means of.
CREATE OR REPLACE TEMPORARY TABLE enriched AS
WITH joined AS (
    SELECT p.* EXCLUDE (first_commit, first_review),
           coalesce(p.first_commit, c.authored, c.first_commit) AS first_commit,
           coalesce(p.first_review, r.first_review) AS first_review, r.last_review,
           coalesce(c.commits, 0) AS commits, coalesce(c.rewritten, 0) AS rewritten,
           coalesce(c.listed, 0) AS listed,
           CASE WHEN p.ai_ratio IS NOT NULL THEN p.ai_ratio WHEN kind = 'agent' THEN 1.0
                WHEN c.commits > 0 AND greatest(c.all_lines, p.additions) > 0
                THEN least(1, c.ai_lines / greatest(c.all_lines, p.additions)) END AS ratio,
           CASE WHEN tab_lines + composer_lines IS NOT NULL THEN tab_lines + composer_lines
                WHEN kind = 'agent' THEN additions ELSE c.ai_lines END AS ai_lines,
           coalesce(r.reviews, 0) AS reviews, coalesce(r.bot_reviews, 0) AS bot_reviews,
           coalesce(r.approvals, 0) AS approvals, coalesce(r.requests, 0) AS requests,
           CASE WHEN r.reviews > 0 THEN r.reviewers ELSE p.asked END AS reviewers,
           coalesce(m.comments, 0) + coalesce(r.texts, 0) AS comments,
           v.reverted_by, v.reverted_by IS NOT NULL AS reverted,
           coalesce(f.last > merged, FALSE)
               OR coalesce(date_diff('microsecond', merged, g.first) <= 172800000000, FALSE)
               AS hotfix
    FROM pulls AS p
    LEFT JOIN of_commits AS c USING (pr)
    LEFT JOIN of_reviews AS r USING (pr)
    LEFT JOIN of_comments AS m USING (pr)
    LEFT JOIN of_reverts AS v USING (pr)
    LEFT JOIN fixes AS f ON f.repo = p.repo AND f.span = epoch_us(merged) // 172800000000
    LEFT JOIN fixes AS g ON g.repo = p.repo AND g.span = epoch_us(merged) // 172800000000 + 1
), timed AS (
    SELECT *, date_trunc('week', merged)::DATE AS week,
           date_diff('microsecond', opened, merged) AS open_to_merge,
           CASE WHEN first_commit IS NOT NULL
                THEN greatest(0, date_diff('microsecond', first_commit, opened)) END AS coding,
           CASE WHEN merged IS NULL OR first_review <= merged
                THEN greatest(0, date_diff('microsecond', opened, first_review)) END AS pickup
    FROM joined
)
SELECT week, repo, pr, repo_name, number, url, title, author, author_person, kind, state, opened,
       merged, last_review, additions, loc, changed_files, commit_count, reverted, reverted_by,
       rule, bug_fix, commits, rewritten, listed, ai_lines, ratio, reviews, bot_reviews, approvals,
       reviewers, comments,
       CASE WHEN ratio < 0.3 THEN 'low' WHEN ratio <= 0.6 THEN 'medium' WHEN ratio > 0.6
            THEN 'high' ELSE 'unknown' END AS band,
       CASE WHEN reviews > 0 THEN 1 + requests ELSE 0 END AS rounds,
       coding / 3.6e9 AS coding,
       CASE WHEN first_review IS NOT NULL THEN pickup / 3.6e9 END AS pickup,
       (open_to_merge - pickup) / 3.6e9 AS review,
       (open_to_merge + coalesce(coding, 0)) / 3.6e9 AS total,
       comments / nullif(loc, 0) AS density, hotfix,
       reviews * (15 + 5 * (loc / 100)) / 60 AS review_hours
FROM timed;

CREATE OR REPLACE TEMPORARY VIEW counted AS
FROM enriched WHERE merged IS NOT NULL AND kind <> 'bot';

BEGIN;
CREATE SCHEMA IF NOT EXISTS by_hand;

CREATE OR REPLACE TABLE by_hand.mart_velocity AS
SELECT *, CASE WHEN total_lines > 0 THEN least(total_ai_lines / total_lines, 1.0) END
       AS ai_line_share
FROM (
    SELECT week, repo_name,
           coalesce(list_unique(list(author_person) FILTER (WHERE kind = 'human')), 0)::BIGINT
               AS active_developers,
           count(*) AS total_prs,
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
        SELECT date_trunc('week', moment)::DATE AS week, coalesce(repo_name, '(unknown)'),
               0, 0, 0, 0, 0, 0, count(*), count_if(linked OR spot IN (SELECT spot FROM rewritten))
        FROM pairs LEFT JOIN repo_ids ON repo = commit_repo
        WHERE first AND moment IS NOT NULL GROUP BY ALL
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
DROP VIEW counted;
DROP TABLE enriched;
DROP TABLE pulls;
DROP TABLE repo_ids;
DROP TABLE people;
DROP TABLE again;
DROP TABLE exact;
DROP TABLE pairs;
DROP TABLE dated;
DROP TABLE told;
DROP TABLE rewritten;
DROP TABLE of_commits;
DROP TABLE points;
DROP TABLE reviews;
DROP TABLE of_reviews;
DROP TABLE of_comments;
DROP TABLE of_reverts;
DROP TABLE fixes;
DROP MACRO person;
DROP MACRO kind;
DROP MACRO subject;
DROP MACRO is_listed;
