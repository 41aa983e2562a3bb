SELECT
  CAST("review_id" AS BIGINT) AS "review_id",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("reviewer" AS TEXT) AS "reviewer",
  CAST("state" AS TEXT) AS "state",
  CAST("is_submitted" AS BOOLEAN) AS "is_submitted",
  CAST("is_approval" AS BOOLEAN) AS "is_approval",
  CAST("is_change_request" AS BOOLEAN) AS "is_change_request",
  CAST("body" AS TEXT) AS "body",
  CAST("submitted_at" AS TIMESTAMP(6)) AS "submitted_at"
FROM (
  SELECT
    "t2"."id" AS "review_id",
    "t2"."repo_name",
    "t2"."pr_number",
    LOWER(TRIM("t2"."author_id", ' 	
')) AS "reviewer",
    LOWER(TRIM("t2"."state", ' 	
')) AS "state",
    COALESCE(LOWER(TRIM("t2"."state", ' 	
')) <> 'pending', TRUE) AS "is_submitted",
    COALESCE(LOWER(TRIM("t2"."state", ' 	
')) = 'approved', FALSE) AS "is_approval",
    COALESCE(LOWER(TRIM("t2"."state", ' 	
')) = 'changes_requested', FALSE) AS "is_change_request",
    "t2"."body",
    "t2"."created_at" AS "submitted_at"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "cursor_marts_catalog"."main_raw"."reviews" AS "t0"
      WHERE
        NOT "t0"."repo_name" IS NULL
        AND NOT "t0"."pr_number" IS NULL
        AND NOT "t0"."id" IS NULL
    ) AS "t1"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t1"."repo_name", "t1"."pr_number", "t1"."id"
          ORDER BY "t1"."created_at" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t2"
) AS "built"
