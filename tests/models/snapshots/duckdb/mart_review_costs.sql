SELECT
  CAST("week" AS DATE) AS "week",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("total_prs" AS BIGINT) AS "total_prs",
  CAST("avg_review_cycle_time" AS DOUBLE) AS "avg_review_cycle_time",
  CAST("avg_review_rounds" AS DOUBLE) AS "avg_review_rounds",
  CAST("avg_reviewers_per_pr" AS DOUBLE) AS "avg_reviewers_per_pr",
  CAST("total_reviews" AS BIGINT) AS "total_reviews",
  CAST("total_review_comments" AS BIGINT) AS "total_review_comments",
  CAST("avg_review_density" AS DOUBLE) AS "avg_review_density",
  CAST("estimated_review_hours_per_pr" AS DOUBLE) AS "estimated_review_hours_per_pr",
  CAST("estimated_total_review_hours" AS DOUBLE) AS "estimated_total_review_hours",
  CAST("avg_pr_size" AS DOUBLE) AS "avg_pr_size",
  CAST("large_prs" AS BIGINT) AS "large_prs",
  CAST("avg_large_pr_size" AS DOUBLE) AS "avg_large_pr_size",
  CAST("total_bot_reviews" AS BIGINT) AS "total_bot_reviews"
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
    AVG("t1"."review_cycle_time_hours") AS "avg_review_cycle_time",
    AVG(CAST("t1"."iterations" AS DOUBLE)) AS "avg_review_rounds",
    AVG(CAST("t1"."distinct_reviewers" AS DOUBLE)) AS "avg_reviewers_per_pr",
    SUM("t1"."review_count") AS "total_reviews",
    SUM("t1"."review_comment_count") AS "total_review_comments",
    AVG("t1"."review_density") AS "avg_review_density",
    AVG("t1"."review_hours_estimate") AS "estimated_review_hours_per_pr",
    SUM("t1"."review_hours_estimate") AS "estimated_total_review_hours",
    AVG(CAST("t1"."total_loc" AS DOUBLE)) AS "avg_pr_size",
    COALESCE(SUM(CAST("t1"."total_loc" > 500 AS INT)), 0) AS "large_prs",
    AVG(CAST("t1"."total_loc" AS DOUBLE)) FILTER(WHERE
      "t1"."total_loc" > 500) AS "avg_large_pr_size",
    SUM("t1"."bot_review_count") AS "total_bot_reviews"
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
