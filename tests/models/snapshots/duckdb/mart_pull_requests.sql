SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("url" AS TEXT) AS "url",
  CAST("title" AS TEXT) AS "title",
  CAST("author" AS TEXT) AS "author",
  CAST("author_kind" AS TEXT) AS "author_kind",
  CAST("team" AS TEXT) AS "team",
  CAST("state" AS TEXT) AS "state",
  CAST("opened_at" AS TIMESTAMP(6)) AS "opened_at",
  CAST("merged_at" AS TIMESTAMP(6)) AS "merged_at",
  CAST("week" AS DATE) AS "week",
  CAST("coding_lead_time_hours" AS DOUBLE) AS "coding_lead_time_hours",
  CAST("pickup_time_hours" AS DOUBLE) AS "pickup_time_hours",
  CAST("review_lead_time_hours" AS DOUBLE) AS "review_lead_time_hours",
  CAST("total_cycle_time_hours" AS DOUBLE) AS "total_cycle_time_hours",
  CAST("age_hours" AS DOUBLE) AS "age_hours",
  CAST("waiting_hours" AS DOUBLE) AS "waiting_hours",
  CAST("total_loc" AS BIGINT) AS "total_loc",
  CAST("changed_files" AS BIGINT) AS "changed_files",
  CAST("review_count" AS BIGINT) AS "review_count",
  CAST("bot_review_count" AS BIGINT) AS "bot_review_count",
  CAST("iterations" AS BIGINT) AS "iterations",
  CAST("final_ai_ratio" AS DOUBLE) AS "final_ai_ratio",
  CAST("ai_usage_band" AS TEXT) AS "ai_usage_band",
  CAST("ai_lines" AS BIGINT) AS "ai_lines",
  CAST("is_bug_fix" AS BOOLEAN) AS "is_bug_fix",
  CAST("bug_fix_rule" AS TEXT) AS "bug_fix_rule",
  CAST("is_reverted" AS BOOLEAN) AS "is_reverted",
  CAST("reverted_by" AS BIGINT) AS "reverted_by",
  CAST("has_hotfix_followup" AS BOOLEAN) AS "has_hotfix_followup"
FROM (
  SELECT
    "t0"."repo_name",
    "t0"."pr_number",
    "t0"."url",
    "t0"."title",
    "t0"."author",
    "t0"."author_kind",
    CAST(NULL AS TEXT) AS "team",
    "t0"."state",
    "t0"."opened_at",
    "t0"."merged_at",
    CAST("t0"."merged_at" AS DATE) - TO_DAYS(
      (
        (
          DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t0"."merged_at" AS DATE)) % 7
        ) + 7
      ) % 7
    ) AS "week",
    "t0"."coding_lead_time_hours",
    "t0"."pickup_time_hours",
    "t0"."review_lead_time_hours",
    "t0"."total_cycle_time_hours",
    CASE
      WHEN "t0"."state" = 'open'
      THEN CAST(CASE
        WHEN DATE_DIFF('MICROSECOND', "t0"."opened_at", "t0"."extraction_ended_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t0"."opened_at", "t0"."extraction_ended_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t0"."opened_at", "t0"."extraction_ended_at"))
      END AS DOUBLE) / 3600000000
      ELSE NULL
    END AS "age_hours",
    CASE
      WHEN "t0"."state" = 'open'
      THEN CAST(CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          GREATEST(COALESCE("t0"."last_review_at", "t0"."opened_at"), "t0"."opened_at"),
          "t0"."extraction_ended_at"
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          GREATEST(COALESCE("t0"."last_review_at", "t0"."opened_at"), "t0"."opened_at"),
          "t0"."extraction_ended_at"
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            GREATEST(COALESCE("t0"."last_review_at", "t0"."opened_at"), "t0"."opened_at"),
            "t0"."extraction_ended_at"
          )
        )
      END AS DOUBLE) / 3600000000
      ELSE NULL
    END AS "waiting_hours",
    "t0"."total_loc",
    "t0"."changed_files",
    "t0"."review_count",
    "t0"."bot_review_count",
    "t0"."iterations",
    "t0"."final_ai_ratio",
    "t0"."ai_usage_band",
    "t0"."ai_lines",
    "t0"."is_bug_fix",
    "t0"."bug_fix_rule",
    "t0"."is_reverted",
    "t0"."reverted_by",
    "t0"."has_hotfix_followup"
  FROM "temp"."main"."cursor_marts_int_pr_with_commits" AS "t0"
) AS "built"
