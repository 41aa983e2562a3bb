-- The data tests by hand: one query a table that handwritten.sql makes, which counts its rows and
-- what fails each test. Keys are held against each other by hashes, relationships by anti joins.

SELECT count(*), count(*) - count(DISTINCT h),
       count_if(COLUMNS(['ai_lines', 'all_lines']) IS NULL),
       count_if(COLUMNS(['ai_lines', 'all_lines']) < 0),
       (SELECT count(*) FROM (SELECT repo_name FROM pairs JOIN repo_ids ON repo = commit_repo
                              WHERE first) AS c
        ANTI JOIN main_raw.repos AS r ON r.full_name = c.repo_name)
FROM pairs WHERE first;

SELECT count(*), count(*) - count(DISTINCT pr),
       count_if(COLUMNS(['repo_name', 'number', 'kind', 'bug_fix', 'asked', 'opened']) IS NULL),
       count_if(COLUMNS(['additions', 'loc', 'changed_files', 'commit_count', 'tab_lines',
                         'composer_lines', 'ai_ratio', 'asked']) < 0),
       count_if(ai_ratio > 1), count_if(merged < opened), count_if(first_commit > opened),
       count_if(first_review < opened), count_if(first_review > merged),
       (SELECT count(*) FROM pulls AS p ANTI JOIN main_raw.repos AS r ON r.full_name = p.repo_name)
FROM pulls;

SELECT count(*), count(*) - count(DISTINCT hash(pr, h)),
       count_if(COLUMNS(['pr', 'h', 'authored']) IS NULL),
       (SELECT count(*) FROM (FROM pairs WHERE pr IS NOT NULL) ANTI JOIN pulls USING (pr)),
       count_if(spot IS NULL)
FROM pairs WHERE pr IS NOT NULL;

SELECT count(*), count(*) - count(DISTINCT hash(pr, id)), count_if(COLUMNS(['pr', 'id']) IS NULL),
       count_if(state NOT IN ('approved', 'changes_requested', 'commented', 'dismissed',
                              'pending')),
       (SELECT count(*) FROM reviews ANTI JOIN pulls USING (pr))
FROM reviews;

SELECT count(*), count(*) - count(DISTINCT hash(pr, review_id, id)),
       count_if(COLUMNS(['pr', 'review_id', 'id', 'kind', 'reply']) IS NULL),
       (SELECT count(*) FROM points ANTI JOIN reviews
            ON reviews.pr = points.pr AND reviews.id = points.review_id)
FROM points;

SELECT count(*), count_if(COLUMNS(['reverted', 'bug_fix', 'commits', 'rewritten', 'listed',
                                   'reviews', 'bot_reviews', 'approvals', 'reviewers',
                                   'comments', 'band', 'rounds', 'hotfix']) IS NULL),
       count_if(COLUMNS(['loc', 'changed_files', 'commits', 'ai_lines', 'ratio', 'reviews',
                         'approvals', 'reviewers', 'comments', 'rounds', 'coding', 'pickup',
                         'review', 'total', 'density', 'review_hours']) < 0),
       count_if(ratio > 1), count_if(band NOT IN ('low', 'medium', 'high', 'unknown')),
       count_if(abs(coding + pickup + review - total) >= 1 / 3.6e9),
       count(*) - (SELECT count(*) FROM pulls)
FROM enriched;

SELECT count(*), count(*) - count(DISTINCT hash(week, ai_usage_band)),
       count_if(COLUMNS(['week', 'ai_usage_band', 'pr_count', 'revert_rate', 'bug_fix_rate',
                         'hotfix_rate']) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, ai_usage_band)) < 0),
       count_if(COLUMNS(['avg_ai_ratio', 'revert_rate', 'bug_fix_rate', 'hotfix_rate']) > 1),
       count_if(ai_usage_band NOT IN ('low', 'medium', 'high', 'unknown')),
       sum(pr_count) - (SELECT count(*) FROM counted)
FROM by_hand.mart_ai_impact;

SELECT count(*), count(*) - count(DISTINCT hash(week, repo_name)),
       count_if(COLUMNS(* EXCLUDE (avg_reverted_pr_size, avg_successful_pr_size)) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, repo_name)) < 0),
       count_if(COLUMNS(['revert_rate', 'bug_fix_rate']) > 1),
       count_if(NOT (reverted_prs <= total_prs AND bug_fix_prs <= total_prs
                     AND unreviewed_prs <= total_prs)),
       (SELECT count(*) FROM by_hand.mart_quality AS m FULL JOIN (
            SELECT week, repo_name, count(*) AS merges
            FROM counted GROUP BY ALL
        ) AS p USING (week, repo_name) WHERE m.total_prs IS DISTINCT FROM p.merges),
       sum(reverted_prs) - (SELECT count(*) FROM counted WHERE reverted),
       sum(bug_fix_prs) - (SELECT count(*) FROM counted WHERE bug_fix)
FROM by_hand.mart_quality;

SELECT count(*), count(*) - count(DISTINCT hash(week, repo_name)),
       count_if(COLUMNS(['week', 'repo_name', 'total_prs', 'avg_review_rounds',
                         'avg_reviewers_per_pr', 'total_reviews', 'total_review_comments',
                         'large_prs']) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, repo_name)) < 0), count_if(large_prs > total_prs),
       (SELECT count(*) FROM by_hand.mart_review_costs AS m FULL JOIN (
            SELECT week, repo_name, count(*) AS merges
            FROM counted GROUP BY ALL
        ) AS p USING (week, repo_name) WHERE m.total_prs IS DISTINCT FROM p.merges),
       sum(total_reviews) - (SELECT sum(reviews) FROM of_reviews
            SEMI JOIN (FROM counted) USING (pr))
FROM by_hand.mart_review_costs;

SELECT count(*), count(*) - count(DISTINCT hash(week, repo_name)),
       count_if(COLUMNS(['week', 'repo_name', 'active_developers', 'total_prs', 'total_commits',
                         'ai_coverage', 'total_ai_lines', 'total_lines']) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, repo_name)) < 0),
       count_if(COLUMNS(['avg_ai_ratio', 'ai_coverage', 'ai_line_share']) > 1),
       count_if(active_developers > total_prs), count_if(p50_cycle_time > p90_cycle_time),
       (SELECT count(*) FROM by_hand.mart_velocity AS m FULL JOIN (
            SELECT week, repo_name, count(*) AS merges
            FROM counted GROUP BY ALL
        ) AS p USING (week, repo_name) WHERE m.total_prs IS DISTINCT FROM p.merges),
       sum(total_lines) - (SELECT sum(additions) FROM counted)
FROM by_hand.mart_velocity;

SELECT count(*), count(*) - count(DISTINCT hash(week, repo_name, ai_usage_band)),
       count_if(COLUMNS(['week', 'repo_name', 'ai_usage_band', 'pr_count', 'revert_rate',
                         'bug_fix_rate', 'hotfix_rate']) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, repo_name, ai_usage_band)) < 0),
       count_if(COLUMNS(['avg_ai_ratio', 'revert_rate', 'bug_fix_rate', 'hotfix_rate']) > 1),
       count_if(ai_usage_band NOT IN ('low', 'medium', 'high', 'unknown')),
       sum(pr_count) - (SELECT count(*) FROM counted)
FROM by_hand.mart_ai_impact_by_repo;

SELECT count(*), count(*) - count(DISTINCT hash(repo_name, pr_number)),
       count_if(COLUMNS(['repo_name', 'pr_number', 'author_kind', 'state', 'review_count',
                         'iterations', 'ai_usage_band', 'is_bug_fix', 'is_reverted']) IS NULL),
       count_if(COLUMNS('.*_(hours|count)$|total_loc|iterations|ai_lines') < 0),
       count_if(final_ai_ratio > 1), count_if(state NOT IN ('open', 'closed', 'merged')),
       count(*) - (SELECT count(*) FROM pulls)
FROM by_hand.mart_pull_requests;

SELECT count(*), count(*) - count(DISTINCT hash(week, repo_name)),
       count_if(COLUMNS(* EXCLUDE (linked_commit_share)) IS NULL),
       count_if(COLUMNS(* EXCLUDE (week, repo_name, known_until, week_is_over)) < 0),
       count_if(linked_commit_share > 1),
       count_if(NOT (ai_known_prs <= total_prs AND rewritten_commits <= linked_commits
                     AND tracked_commits_in_prs <= tracked_commits)),
       sum(total_prs) - (SELECT count(*) FROM counted)
FROM by_hand.mart_coverage;
