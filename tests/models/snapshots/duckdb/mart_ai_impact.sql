SELECT
  CAST("t1"."merged_at" AS DATE) - TO_DAYS(
    (
      (
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t1"."merged_at" AS DATE)) % 7
      ) + 7
    ) % 7
  ) AS "week",
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
  FROM "int_pr_with_commits" AS "t0"
  WHERE
    "t0"."merged_at" IS NOT NULL
) AS "t1"
GROUP BY
  1,
  2
