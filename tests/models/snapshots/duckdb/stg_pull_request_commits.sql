SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("commit_hash" AS TEXT) AS "commit_hash"
FROM (
  SELECT DISTINCT
    "t0"."repo_name",
    "t0"."pr_number",
    "t0"."commit_hash"
  FROM "cursor_marts_catalog"."main_raw"."pull_request_commits" AS "t0"
  WHERE
    NOT "t0"."repo_name" IS NULL
    AND NOT "t0"."pr_number" IS NULL
    AND NOT "t0"."commit_hash" IS NULL
) AS "built"
