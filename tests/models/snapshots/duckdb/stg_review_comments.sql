SELECT
  CAST("comment_id" AS BIGINT) AS "comment_id",
  CAST("review_id" AS BIGINT) AS "review_id",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("reviewer" AS TEXT) AS "reviewer"
FROM (
  SELECT
    "t2"."id" AS "comment_id",
    "t2"."review_id",
    "t2"."repo_name",
    "t2"."pr_number",
    LOWER(TRIM("t2"."author_id", ' 	
')) AS "reviewer",
    "t2"."body",
    "t2"."created_at" AS "commented_at"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "cursor_marts_catalog"."main_raw"."review_comments" AS "t0"
      WHERE
        NOT "t0"."repo_name" IS NULL
        AND NOT "t0"."pr_number" IS NULL
        AND NOT "t0"."review_id" IS NULL
        AND NOT "t0"."id" IS NULL
    ) AS "t1"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t1"."repo_name", "t1"."pr_number", "t1"."review_id", "t1"."id"
          ORDER BY "t1"."created_at" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t2"
) AS "built"
