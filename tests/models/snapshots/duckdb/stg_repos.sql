SELECT
  CAST("repo_name" AS TEXT) AS "repo_name"
FROM (
  SELECT DISTINCT
    "t0"."full_name" AS "repo_name",
    "t0"."default_branch"
  FROM "cursor_marts_catalog"."main_raw"."repos" AS "t0"
  WHERE
    NOT "t0"."full_name" IS NULL
) AS "built"
