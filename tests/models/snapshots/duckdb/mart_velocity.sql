SELECT
  CAST("week" AS DATE) AS "week",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("active_developers" AS BIGINT) AS "active_developers",
  CAST("total_prs" AS BIGINT) AS "total_prs",
  CAST("total_commits" AS BIGINT) AS "total_commits",
  CAST("avg_pr_size" AS DOUBLE) AS "avg_pr_size",
  CAST("avg_files_changed" AS DOUBLE) AS "avg_files_changed",
  CAST("coding_lead_time" AS DOUBLE) AS "coding_lead_time",
  CAST("pickup_time" AS DOUBLE) AS "pickup_time",
  CAST("review_lead_time" AS DOUBLE) AS "review_lead_time",
  CAST("total_cycle_time" AS DOUBLE) AS "total_cycle_time",
  CAST("avg_total_cycle_time" AS DOUBLE) AS "avg_total_cycle_time",
  CAST("p50_cycle_time" AS DOUBLE) AS "p50_cycle_time",
  CAST("p90_cycle_time" AS DOUBLE) AS "p90_cycle_time",
  CAST("avg_ai_ratio" AS DOUBLE) AS "avg_ai_ratio",
  CAST("ai_coverage" AS DOUBLE) AS "ai_coverage",
  CAST("total_ai_lines" AS BIGINT) AS "total_ai_lines",
  CAST("total_lines" AS BIGINT) AS "total_lines",
  CAST("ai_line_share" AS DOUBLE) AS "ai_line_share",
  CAST("p50_coding_lead_time" AS DOUBLE) AS "p50_coding_lead_time",
  CAST("p50_pickup_time" AS DOUBLE) AS "p50_pickup_time",
  CAST("p50_review_lead_time" AS DOUBLE) AS "p50_review_lead_time",
  CAST("agent_prs" AS BIGINT) AS "agent_prs"
FROM (
  SELECT
    "t2"."week",
    "t2"."repo_name",
    "t2"."active_developers",
    "t2"."total_prs",
    "t2"."total_commits",
    "t2"."avg_pr_size",
    "t2"."avg_files_changed",
    "t2"."coding_lead_time",
    "t2"."pickup_time",
    "t2"."review_lead_time",
    "t2"."total_cycle_time",
    "t2"."avg_total_cycle_time",
    "t2"."p50_cycle_time",
    "t2"."p90_cycle_time",
    "t2"."avg_ai_ratio",
    "t2"."ai_coverage",
    "t2"."total_ai_lines",
    "t2"."total_lines",
    CASE
      WHEN (
        CAST("t2"."total_ai_lines" AS DOUBLE) / NULLIF("t2"."total_lines", 0)
      ) IS NULL
      THEN CAST("t2"."total_ai_lines" AS DOUBLE) / NULLIF("t2"."total_lines", 0)
      ELSE LEAST(1.0, CAST("t2"."total_ai_lines" AS DOUBLE) / NULLIF("t2"."total_lines", 0))
    END AS "ai_line_share",
    "t2"."p50_coding_lead_time",
    "t2"."p50_pickup_time",
    "t2"."p50_review_lead_time",
    "t2"."agent_prs"
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
      COUNT(DISTINCT "t1"."author") FILTER(WHERE
        "t1"."author_kind" = 'human') AS "active_developers",
      COUNT(*) AS "total_prs",
      SUM(COALESCE("t1"."commit_count", "t1"."linked_commit_count")) AS "total_commits",
      AVG(CAST("t1"."total_loc" AS DOUBLE)) AS "avg_pr_size",
      AVG(CAST("t1"."changed_files" AS DOUBLE)) AS "avg_files_changed",
      AVG("t1"."coding_lead_time_hours") AS "coding_lead_time",
      AVG("t1"."pickup_time_hours") AS "pickup_time",
      AVG("t1"."review_lead_time_hours") AS "review_lead_time",
      CASE
        WHEN (
          NOT AVG("t1"."coding_lead_time_hours") IS NULL
        )
        OR (
          NOT AVG("t1"."pickup_time_hours") IS NULL
        )
        OR (
          NOT AVG("t1"."review_lead_time_hours") IS NULL
        )
        THEN COALESCE(AVG("t1"."coding_lead_time_hours"), 0) + 0 + COALESCE(AVG("t1"."pickup_time_hours"), 0) + COALESCE(AVG("t1"."review_lead_time_hours"), 0)
        ELSE NULL
      END AS "total_cycle_time",
      AVG("t1"."total_cycle_time_hours") AS "avg_total_cycle_time",
      QUANTILE_CONT("t1"."total_cycle_time_hours", 0.5) AS "p50_cycle_time",
      QUANTILE_CONT("t1"."total_cycle_time_hours", 0.9) AS "p90_cycle_time",
      AVG("t1"."final_ai_ratio") AS "avg_ai_ratio",
      AVG(CAST(CASE WHEN NOT "t1"."final_ai_ratio" IS NULL THEN 1 ELSE 0 END AS DOUBLE)) AS "ai_coverage",
      COALESCE(SUM("t1"."ai_lines"), 0) AS "total_ai_lines",
      COALESCE(SUM("t1"."additions"), 0) AS "total_lines",
      QUANTILE_CONT("t1"."coding_lead_time_hours", 0.5) AS "p50_coding_lead_time",
      QUANTILE_CONT("t1"."pickup_time_hours", 0.5) AS "p50_pickup_time",
      QUANTILE_CONT("t1"."review_lead_time_hours", 0.5) AS "p50_review_lead_time",
      SUM(CAST("t1"."author_kind" = 'agent' AS INT)) AS "agent_prs"
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
  ) AS "t2"
) AS "built"
