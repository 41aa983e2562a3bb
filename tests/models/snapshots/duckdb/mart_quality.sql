SELECT
  CAST("t1"."merged_at" AS DATE) - TO_DAYS(
    (
      (
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t1"."merged_at" AS DATE)) % 7
      ) + 7
    ) % 7
  ) AS "week",
  "t1"."repo_name",
  COUNT(*) AS "total_prs",
  SUM(CAST("t1"."is_reverted" AS INT)) AS "reverted_prs",
  AVG(CAST(CASE WHEN "t1"."is_reverted" THEN 1 ELSE 0 END AS DOUBLE)) AS "revert_rate",
  SUM(CAST("t1"."is_bug_fix" AS INT)) AS "bug_fix_prs",
  AVG(CAST(CASE WHEN "t1"."is_bug_fix" THEN 1 ELSE 0 END AS DOUBLE)) AS "bug_fix_rate",
  SUM(CAST("t1"."is_reverted" AND (
    "t1"."ai_usage_band" = 'high'
  ) AS INT)) AS "ai_ratio_high_reverts",
  SUM(CAST("t1"."is_reverted" AND (
    "t1"."ai_usage_band" = 'low'
  ) AS INT)) AS "ai_ratio_low_reverts",
  AVG(CAST("t1"."review_count" AS DOUBLE)) AS "avg_reviews_per_pr",
  AVG(CAST("t1"."approval_count" AS DOUBLE)) AS "avg_approvals_per_pr",
  SUM(CAST("t1"."review_count" = 0 AS INT)) AS "unreviewed_prs",
  AVG(CAST("t1"."total_loc" AS DOUBLE)) FILTER(WHERE
    "t1"."is_reverted") AS "avg_reverted_pr_size",
  AVG(CAST("t1"."total_loc" AS DOUBLE)) FILTER(WHERE
    NOT (
      "t1"."is_reverted"
    )) AS "avg_successful_pr_size"
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
