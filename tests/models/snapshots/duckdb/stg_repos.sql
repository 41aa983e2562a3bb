SELECT DISTINCT
  "t0"."full_name" AS "repo_name",
  "t0"."default_branch"
FROM "main_raw"."repos" AS "t0"
WHERE
  "t0"."full_name" IS NOT NULL
