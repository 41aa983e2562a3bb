SELECT
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("title" AS TEXT) AS "title",
  CAST("author_email" AS TEXT) AS "author_email",
  CAST("state" AS TEXT) AS "state",
  CAST("additions" AS BIGINT) AS "additions",
  CAST("deletions" AS BIGINT) AS "deletions",
  CAST("total_loc" AS BIGINT) AS "total_loc",
  CAST("changed_files" AS BIGINT) AS "changed_files",
  CAST("commit_count" AS BIGINT) AS "commit_count",
  CAST("tab_lines" AS BIGINT) AS "tab_lines",
  CAST("composer_lines" AS BIGINT) AS "composer_lines",
  CAST("ai_ratio" AS DOUBLE) AS "ai_ratio",
  CAST("is_reverted" AS BOOLEAN) AS "is_reverted",
  CAST("is_bug_fix" AS BOOLEAN) AS "is_bug_fix",
  CAST("reviewer_count" AS BIGINT) AS "reviewer_count",
  CAST("created_at" AS TIMESTAMP(6)) AS "created_at",
  CAST("merged_at" AS TIMESTAMP(6)) AS "merged_at",
  CAST("closed_at" AS TIMESTAMP(6)) AS "closed_at",
  CAST("first_commit_at" AS TIMESTAMP(6)) AS "first_commit_at",
  CAST("first_review_at" AS TIMESTAMP(6)) AS "first_review_at",
  CAST("last_commit_at" AS TIMESTAMP(6)) AS "last_commit_at",
  CAST("coding_lead_time_hours" AS DOUBLE) AS "coding_lead_time_hours",
  CAST("pickup_time_hours" AS DOUBLE) AS "pickup_time_hours",
  CAST("review_lead_time_hours" AS DOUBLE) AS "review_lead_time_hours",
  CAST("total_cycle_time_hours" AS DOUBLE) AS "total_cycle_time_hours"
FROM (
  SELECT
    "t2"."number" AS "pr_number",
    "t2"."repo_name",
    "t2"."title",
    LOWER(TRIM("t2"."author_email", ' 	
')) AS "author_email",
    CASE
      WHEN NOT "t2"."merged_at" IS NULL
      THEN 'merged'
      WHEN LOWER(TRIM("t2"."state", ' 	
')) IN ('open', 'closed', 'merged')
      THEN LOWER(TRIM("t2"."state", ' 	
'))
      ELSE CASE WHEN NOT "t2"."closed_at" IS NULL THEN 'closed' ELSE 'open' END
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
      FROM "cursor_marts_catalog"."main_raw"."pull_requests" AS "t0"
      WHERE
        NOT "t0"."repo_name" IS NULL AND NOT "t0"."number" IS NULL
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
) AS "built"
