SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("COMMIT_HASH" AS VARCHAR) AS "COMMIT_HASH",
  CAST("IS_REWRITTEN" AS BOOLEAN) AS "IS_REWRITTEN",
  CAST("AI_LINES_ADDED" AS BIGINT) AS "AI_LINES_ADDED",
  CAST("TOTAL_LINES_ADDED" AS BIGINT) AS "TOTAL_LINES_ADDED",
  CAST("COMMITTED_AT" AS TIMESTAMPNTZ(6)) AS "COMMITTED_AT"
FROM (
  WITH "T15" AS (
    SELECT
      "T5"."REPO_NAME",
      "T5"."PR_NUMBER",
      "T5"."COMMIT_HASH",
      "T5"."AUTHORED_AT",
      "T5"."SUBJECT",
      "T5"."REVERT_TEXT",
      "T11"."HEAD_REPO_NAME"
    FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T5"
    INNER JOIN (
      SELECT
        "T1"."REPO_NAME",
        "T1"."PR_NUMBER",
        "T1"."HEAD_REPO_NAME"
      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T1"
    ) AS "T11"
      ON "T5"."REPO_NAME" = "T11"."REPO_NAME" AND "T5"."PR_NUMBER" = "T11"."PR_NUMBER"
    WHERE
      NOT EXISTS(
        SELECT
          1
        FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T4"
        WHERE
          "T5"."COMMIT_HASH" = "T4"."COMMIT_HASH"
      )
  ), "T26" AS (
    SELECT
      *
    FROM (
      SELECT
        "T20"."COMMIT_HASH",
        "T20"."AI_LINES_ADDED",
        "T20"."TOTAL_LINES_ADDED",
        "T20"."COMMITTED_AT",
        "T20"."LINK_REPO_NAME" AS "REPO_NAME",
        "T20"."PR_NUMBER"
      FROM (
        SELECT
          "T3"."COMMIT_HASH",
          "T3"."REPO_NAME",
          "T3"."TAB_LINES_ADDED",
          "T3"."TAB_LINES_DELETED",
          "T3"."COMPOSER_LINES_ADDED",
          "T3"."COMPOSER_LINES_DELETED",
          "T3"."NON_AI_LINES_ADDED",
          "T3"."NON_AI_LINES_DELETED",
          "T3"."AI_LINES_ADDED",
          "T3"."AI_LINES_DELETED",
          "T3"."TOTAL_LINES_ADDED",
          "T3"."TOTAL_LINES_DELETED",
          "T3"."PULL_REQUEST_NUMBER",
          "T3"."COMMITTED_AT",
          "T3"."CREATED_AT",
          "T3"."SUBJECT",
          "T17"."PR_NUMBER",
          "T17"."HEAD_REPO_NAME",
          "T17"."LINK_REPO_NAME"
        FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T3"
        INNER JOIN (
          SELECT
            "T5"."COMMIT_HASH",
            "T5"."PR_NUMBER",
            "T11"."HEAD_REPO_NAME",
            "T5"."REPO_NAME" AS "LINK_REPO_NAME"
          FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T5"
          INNER JOIN (
            SELECT
              "T1"."REPO_NAME",
              "T1"."PR_NUMBER",
              "T1"."HEAD_REPO_NAME"
            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T1"
          ) AS "T11"
            ON "T5"."REPO_NAME" = "T11"."REPO_NAME" AND "T5"."PR_NUMBER" = "T11"."PR_NUMBER"
        ) AS "T17"
          ON "T3"."COMMIT_HASH" = "T17"."COMMIT_HASH"
      ) AS "T20"
      WHERE
        (
          (
            "T20"."REPO_NAME" IS NULL
          )
          OR (
            "T20"."REPO_NAME" = "T20"."LINK_REPO_NAME"
          )
          OR COALESCE("T20"."REPO_NAME" = "T20"."HEAD_REPO_NAME", FALSE)
        )
        AND NOT (
          COALESCE(
            (
              "T20"."REPO_NAME" = "T20"."LINK_REPO_NAME"
            )
            AND (
              "T20"."PULL_REQUEST_NUMBER" = "T20"."PR_NUMBER"
            ),
            FALSE
          )
        )
    ) AS "T25"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T12"."COMMIT_HASH",
          "T12"."AI_LINES_ADDED",
          "T12"."TOTAL_LINES_ADDED",
          "T12"."COMMITTED_AT",
          "T12"."REPO_NAME",
          "T10"."PR_NUMBER"
        FROM (
          SELECT
            *
          FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T0"
          WHERE
            NOT "T0"."PULL_REQUEST_NUMBER" IS NULL
        ) AS "T12"
        INNER JOIN (
          SELECT
            "T1"."REPO_NAME",
            "T1"."PR_NUMBER"
          FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T1"
        ) AS "T10"
          ON "T12"."REPO_NAME" = "T10"."REPO_NAME"
          AND "T12"."PULL_REQUEST_NUMBER" = "T10"."PR_NUMBER"
      ) AS "T16"
    ) AS "T19"
  )
  SELECT
    "T33"."REPO_NAME",
    "T33"."PR_NUMBER",
    "T33"."COMMIT_HASH",
    "T33"."IS_REWRITTEN",
    "T33"."AI_LINES_ADDED",
    "T33"."TOTAL_LINES_ADDED",
    "T33"."COMMITTED_AT"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "T27"."COMMIT_HASH",
        "T27"."AI_LINES_ADDED",
        "T27"."TOTAL_LINES_ADDED",
        "T27"."COMMITTED_AT",
        "T27"."REPO_NAME",
        "T27"."PR_NUMBER",
        FALSE AS "IS_REWRITTEN"
      FROM "T26" AS "T27"
    ) AS "T29"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "T31"."COMMIT_HASH",
        "T31"."AI_LINES_ADDED",
        "T31"."TOTAL_LINES_ADDED",
        "T31"."COMMITTED_AT",
        "T31"."REPO_NAME",
        "T31"."PR_NUMBER",
        TRUE AS "IS_REWRITTEN"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "T13"."COMMIT_HASH",
            "T13"."COMMIT_REPO_NAME",
            "T13"."TAB_LINES_ADDED",
            "T13"."TAB_LINES_DELETED",
            "T13"."COMPOSER_LINES_ADDED",
            "T13"."COMPOSER_LINES_DELETED",
            "T13"."NON_AI_LINES_ADDED",
            "T13"."NON_AI_LINES_DELETED",
            "T13"."AI_LINES_ADDED",
            "T13"."AI_LINES_DELETED",
            "T13"."TOTAL_LINES_ADDED",
            "T13"."TOTAL_LINES_DELETED",
            "T13"."PULL_REQUEST_NUMBER",
            "T13"."COMMITTED_AT",
            "T13"."CREATED_AT",
            "T13"."SUBJECT",
            "T13"."SECOND",
            "T24"."REPO_NAME",
            "T24"."PR_NUMBER"
          FROM (
            SELECT
              "T0"."COMMIT_HASH",
              "T0"."REPO_NAME" AS "COMMIT_REPO_NAME",
              "T0"."TAB_LINES_ADDED",
              "T0"."TAB_LINES_DELETED",
              "T0"."COMPOSER_LINES_ADDED",
              "T0"."COMPOSER_LINES_DELETED",
              "T0"."NON_AI_LINES_ADDED",
              "T0"."NON_AI_LINES_DELETED",
              "T0"."AI_LINES_ADDED",
              "T0"."AI_LINES_DELETED",
              "T0"."TOTAL_LINES_ADDED",
              "T0"."TOTAL_LINES_DELETED",
              "T0"."PULL_REQUEST_NUMBER",
              "T0"."COMMITTED_AT",
              "T0"."CREATED_AT",
              "T0"."SUBJECT",
              DATE_TRUNC('SECOND', "T0"."COMMITTED_AT") AS "SECOND"
            FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T0"
          ) AS "T13"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "T18"."REPO_NAME",
                "T18"."PR_NUMBER",
                DATE_TRUNC('SECOND', "T18"."AUTHORED_AT") AS "SECOND",
                "T18"."SUBJECT",
                "T18"."REPO_NAME" AS "COMMIT_REPO_NAME"
              FROM "T15" AS "T18"
              WHERE
                COALESCE(TRIM("T18"."SUBJECT", ' \t\n\r\f') <> '', FALSE)
            ) AS "T21"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "T18"."REPO_NAME",
                "T18"."PR_NUMBER",
                DATE_TRUNC('SECOND', "T18"."AUTHORED_AT") AS "SECOND",
                "T18"."SUBJECT",
                "T18"."HEAD_REPO_NAME" AS "COMMIT_REPO_NAME"
              FROM "T15" AS "T18"
              WHERE
                COALESCE(TRIM("T18"."SUBJECT", ' \t\n\r\f') <> '', FALSE)
            ) AS "T22"
          ) AS "T24"
            ON "T13"."COMMIT_REPO_NAME" = "T24"."COMMIT_REPO_NAME"
            AND "T13"."SECOND" = "T24"."SECOND"
            AND "T13"."SUBJECT" = "T24"."SUBJECT"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM "T26" AS "T28"
              WHERE
                "T24"."REPO_NAME" = "T28"."REPO_NAME"
                AND "T24"."PR_NUMBER" = "T28"."PR_NUMBER"
                AND "T13"."COMMIT_HASH" = "T28"."COMMIT_HASH"
            )
        ) AS "T30"
        QUALIFY
          (
            ROW_NUMBER() OVER (
              PARTITION BY "T30"."REPO_NAME", "T30"."PR_NUMBER", "T30"."SECOND", "T30"."SUBJECT"
              ORDER BY "T30"."CREATED_AT" DESC NULLS LAST, "T30"."COMMIT_HASH" ASC
            ) - 1
          ) = 0
      ) AS "T31"
    ) AS "T32"
  ) AS "T33"
) AS "BUILT"
