SELECT
  CAST("week" AS DATE) AS "week",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("total_prs" AS BIGINT) AS "total_prs",
  CAST("reverted_prs" AS BIGINT) AS "reverted_prs",
  CAST("revert_rate" AS DOUBLE) AS "revert_rate",
  CAST("bug_fix_prs" AS BIGINT) AS "bug_fix_prs",
  CAST("bug_fix_rate" AS DOUBLE) AS "bug_fix_rate",
  CAST("ai_ratio_high_reverts" AS BIGINT) AS "ai_ratio_high_reverts",
  CAST("ai_ratio_low_reverts" AS BIGINT) AS "ai_ratio_low_reverts",
  CAST("avg_reviews_per_pr" AS DOUBLE) AS "avg_reviews_per_pr",
  CAST("avg_approvals_per_pr" AS DOUBLE) AS "avg_approvals_per_pr",
  CAST("unreviewed_prs" AS BIGINT) AS "unreviewed_prs",
  CAST("avg_reverted_pr_size" AS DOUBLE) AS "avg_reverted_pr_size",
  CAST("avg_successful_pr_size" AS DOUBLE) AS "avg_successful_pr_size"
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
    FROM "temp"."main"."cursor_marts_int_pr_with_commits" AS "t0"
    WHERE
      NOT "t0"."merged_at" IS NULL AND "t0"."author_kind" <> 'bot'
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "built"
