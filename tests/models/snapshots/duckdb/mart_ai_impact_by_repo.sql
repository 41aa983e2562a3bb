SELECT
  CAST("week" AS DATE) AS "week",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("ai_usage_band" AS TEXT) AS "ai_usage_band",
  CAST("pr_count" AS BIGINT) AS "pr_count",
  CAST("avg_ai_ratio" AS DOUBLE) AS "avg_ai_ratio",
  CAST("avg_coding_lead_time" AS DOUBLE) AS "avg_coding_lead_time",
  CAST("avg_review_cycle_time" AS DOUBLE) AS "avg_review_cycle_time",
  CAST("avg_total_cycle_time" AS DOUBLE) AS "avg_total_cycle_time",
  CAST("avg_review_density" AS DOUBLE) AS "avg_review_density",
  CAST("avg_iterations" AS DOUBLE) AS "avg_iterations",
  CAST("avg_reviewers" AS DOUBLE) AS "avg_reviewers",
  CAST("avg_pr_size" AS DOUBLE) AS "avg_pr_size",
  CAST("avg_files_changed" AS DOUBLE) AS "avg_files_changed",
  CAST("revert_rate" AS DOUBLE) AS "revert_rate",
  CAST("bug_fix_rate" AS DOUBLE) AS "bug_fix_rate",
  CAST("hotfix_rate" AS DOUBLE) AS "hotfix_rate"
FROM (
  SELECT
    CAST("t1"."merged_at" AS DATE) - TO_DAYS(
      (
        (
          DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t1"."merged_at" AS DATE)) % 7
        ) + 7
      ) % 7
    ) AS "week",
    "t1"."repo_name",
    "t1"."ai_usage_band",
    COUNT(*) AS "pr_count",
    AVG("t1"."final_ai_ratio") AS "avg_ai_ratio",
    AVG("t1"."coding_lead_time_hours") AS "avg_coding_lead_time",
    AVG("t1"."review_cycle_time_hours") AS "avg_review_cycle_time",
    AVG("t1"."total_cycle_time_hours") AS "avg_total_cycle_time",
    AVG("t1"."review_density") AS "avg_review_density",
    AVG(CAST("t1"."iterations" AS DOUBLE)) AS "avg_iterations",
    AVG(CAST("t1"."distinct_reviewers" AS DOUBLE)) AS "avg_reviewers",
    AVG(CAST("t1"."total_loc" AS DOUBLE)) AS "avg_pr_size",
    AVG(CAST("t1"."changed_files" AS DOUBLE)) AS "avg_files_changed",
    AVG(CAST(CASE WHEN "t1"."is_reverted" THEN 1 ELSE 0 END AS DOUBLE)) AS "revert_rate",
    AVG(CAST(CASE WHEN "t1"."is_bug_fix" THEN 1 ELSE 0 END AS DOUBLE)) AS "bug_fix_rate",
    AVG(CAST(CASE WHEN "t1"."has_hotfix_followup" THEN 1 ELSE 0 END AS DOUBLE)) AS "hotfix_rate"
  FROM (
    SELECT
      *
    FROM "temp"."main"."cursor_marts_int_pr_with_commits" AS "t0"
    WHERE
      NOT "t0"."merged_at" IS NULL AND "t0"."author_kind" <> 'bot'
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "built"
