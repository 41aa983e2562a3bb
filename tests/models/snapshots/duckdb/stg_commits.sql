SELECT
  CAST("commit_hash" AS TEXT) AS "commit_hash",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("tab_lines_added" AS BIGINT) AS "tab_lines_added",
  CAST("tab_lines_deleted" AS BIGINT) AS "tab_lines_deleted",
  CAST("composer_lines_added" AS BIGINT) AS "composer_lines_added",
  CAST("composer_lines_deleted" AS BIGINT) AS "composer_lines_deleted",
  CAST("non_ai_lines_added" AS BIGINT) AS "non_ai_lines_added",
  CAST("non_ai_lines_deleted" AS BIGINT) AS "non_ai_lines_deleted",
  CAST("ai_lines_added" AS BIGINT) AS "ai_lines_added",
  CAST("ai_lines_deleted" AS BIGINT) AS "ai_lines_deleted",
  CAST("total_lines_added" AS BIGINT) AS "total_lines_added",
  CAST("total_lines_deleted" AS BIGINT) AS "total_lines_deleted",
  CAST("pull_request_number" AS BIGINT) AS "pull_request_number",
  CAST("committed_at" AS TIMESTAMP(6)) AS "committed_at"
FROM (
  SELECT
    "t2"."commit_hash",
    "t2"."user_id",
    LOWER(TRIM("t2"."user_email", ' 	
')) AS "user_email",
    "t2"."repo_name",
    "t2"."branch_name",
    "t2"."is_primary_branch",
    COALESCE("t2"."tab_lines_added", 0) AS "tab_lines_added",
    COALESCE("t2"."tab_lines_deleted", 0) AS "tab_lines_deleted",
    COALESCE("t2"."composer_lines_added", 0) AS "composer_lines_added",
    COALESCE("t2"."composer_lines_deleted", 0) AS "composer_lines_deleted",
    COALESCE("t2"."non_ai_lines_added", 0) AS "non_ai_lines_added",
    COALESCE("t2"."non_ai_lines_deleted", 0) AS "non_ai_lines_deleted",
    COALESCE("t2"."tab_lines_added", 0) + COALESCE("t2"."composer_lines_added", 0) AS "ai_lines_added",
    COALESCE("t2"."tab_lines_deleted", 0) + COALESCE("t2"."composer_lines_deleted", 0) AS "ai_lines_deleted",
    COALESCE(
      "t2"."total_lines_added",
      COALESCE("t2"."tab_lines_added", 0) + COALESCE("t2"."composer_lines_added", 0) + COALESCE("t2"."non_ai_lines_added", 0)
    ) AS "total_lines_added",
    COALESCE(
      "t2"."total_lines_deleted",
      COALESCE("t2"."tab_lines_deleted", 0) + COALESCE("t2"."composer_lines_deleted", 0) + COALESCE("t2"."non_ai_lines_deleted", 0)
    ) AS "total_lines_deleted",
    "t2"."pull_request_number",
    "t2"."commit_ts" AS "committed_at",
    "t2"."created_at"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "cursor_marts_catalog"."main_raw"."commits" AS "t0"
      WHERE
        NOT "t0"."commit_hash" IS NULL
    ) AS "t1"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t1"."commit_hash"
          ORDER BY "t1"."created_at" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t2"
) AS "built"
