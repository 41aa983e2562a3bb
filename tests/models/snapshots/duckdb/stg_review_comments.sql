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
    FROM "main_raw"."review_comments" AS "t0"
    WHERE
      "t0"."repo_name" IS NOT NULL
      AND "t0"."pr_number" IS NOT NULL
      AND "t0"."review_id" IS NOT NULL
      AND "t0"."id" IS NOT NULL
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
