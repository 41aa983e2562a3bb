SELECT DISTINCT
  "t0"."repo_name",
  "t0"."pr_number",
  "t0"."commit_hash"
FROM "main_raw"."pull_request_commits" AS "t0"
WHERE
  "t0"."repo_name" IS NOT NULL
  AND "t0"."pr_number" IS NOT NULL
  AND "t0"."commit_hash" IS NOT NULL
