SELECT
  "t2"."number" AS "pr_number",
  "t2"."repo_name",
  "t2"."title",
  LOWER(TRIM("t2"."author_email", ' 	
')) AS "author_email",
  CASE
    WHEN "t2"."merged_at" IS NOT NULL
    THEN 'merged'
    WHEN LOWER(TRIM("t2"."state", ' 	
')) IN ('open', 'closed', 'merged')
    THEN LOWER(TRIM("t2"."state", ' 	
'))
    ELSE CASE WHEN "t2"."closed_at" IS NOT NULL THEN 'closed' ELSE 'open' END
  END AS "state",
  "t2"."additions",
  "t2"."deletions",
  "t2"."additions" + "t2"."deletions" AS "total_loc",
  "t2"."changed_files",
  "t2"."commit_count",
  "t2"."tab_lines",
  "t2"."composer_lines",
  "t2"."ai_ratio",
  COALESCE("t2"."was_reverted", FALSE) AS "is_reverted",
  COALESCE("t2"."is_bug_fix", FALSE) AS "is_bug_fix",
  COALESCE(ARRAY_LENGTH("t2"."reviewers"), 0) AS "reviewer_count",
  "t2"."created_at",
  "t2"."merged_at",
  "t2"."closed_at",
  "t2"."first_commit_at",
  "t2"."first_review_at",
  "t2"."last_commit_at",
  CAST(CASE
    WHEN DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at") IS NULL
    THEN DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at")
    ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at"))
  END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
  CAST(CASE
    WHEN (
      "t2"."merged_at" IS NULL
    )
    OR (
      "t2"."first_review_at" <= "t2"."merged_at"
    )
    THEN CASE
      WHEN DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at") IS NULL
      THEN DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at")
      ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at"))
    END
    ELSE NULL
  END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
  CAST(DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."merged_at") - CASE
    WHEN (
      "t2"."merged_at" IS NULL
    )
    OR (
      "t2"."first_review_at" <= "t2"."merged_at"
    )
    THEN CASE
      WHEN DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at") IS NULL
      THEN DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at")
      ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."first_review_at"))
    END
    ELSE NULL
  END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
  CAST(DATE_DIFF('MICROSECOND', "t2"."created_at", "t2"."merged_at") + COALESCE(
    CASE
      WHEN DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at") IS NULL
      THEN DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at")
      ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t2"."first_commit_at", "t2"."created_at"))
    END,
    0
  ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "main_raw"."pull_requests" AS "t0"
    WHERE
      "t0"."repo_name" IS NOT NULL AND "t0"."number" IS NOT NULL
  ) AS "t1"
  QUALIFY
    (
      ROW_NUMBER() OVER (
        PARTITION BY "t1"."repo_name", "t1"."number"
        ORDER BY "t1"."updated_at" DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) = 0
) AS "t2"
