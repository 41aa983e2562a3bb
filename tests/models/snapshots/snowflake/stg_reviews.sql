SELECT
  "T2"."ID" AS "REVIEW_ID",
  "T2"."REPO_NAME",
  "T2"."PR_NUMBER",
  LOWER(TRIM("T2"."AUTHOR_ID", ' \t\n\r\f')) AS "REVIEWER",
  LOWER(TRIM("T2"."STATE", ' \t\n\r\f')) AS "STATE",
  COALESCE(LOWER(TRIM("T2"."STATE", ' \t\n\r\f')) <> 'pending', TRUE) AS "IS_SUBMITTED",
  COALESCE(LOWER(TRIM("T2"."STATE", ' \t\n\r\f')) = 'approved', FALSE) AS "IS_APPROVAL",
  COALESCE(LOWER(TRIM("T2"."STATE", ' \t\n\r\f')) = 'changes_requested', FALSE) AS "IS_CHANGE_REQUEST",
  "T2"."BODY",
  "T2"."CREATED_AT" AS "SUBMITTED_AT"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "RAW"."REVIEWS" AS "T0"
    WHERE
      NOT "T0"."REPO_NAME" IS NULL
      AND NOT "T0"."PR_NUMBER" IS NULL
      AND NOT "T0"."ID" IS NULL
  ) AS "T1"
  QUALIFY
    (
      ROW_NUMBER() OVER (
        PARTITION BY "T1"."REPO_NAME", "T1"."PR_NUMBER", "T1"."ID"
        ORDER BY "T1"."CREATED_AT" DESC NULLS LAST
      ) - 1
    ) = 0
) AS "T2"
