SELECT
  CAST("COMMIT_HASH" AS VARCHAR) AS "COMMIT_HASH",
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("TAB_LINES_ADDED" AS BIGINT) AS "TAB_LINES_ADDED",
  CAST("TAB_LINES_DELETED" AS BIGINT) AS "TAB_LINES_DELETED",
  CAST("COMPOSER_LINES_ADDED" AS BIGINT) AS "COMPOSER_LINES_ADDED",
  CAST("COMPOSER_LINES_DELETED" AS BIGINT) AS "COMPOSER_LINES_DELETED",
  CAST("NON_AI_LINES_ADDED" AS BIGINT) AS "NON_AI_LINES_ADDED",
  CAST("NON_AI_LINES_DELETED" AS BIGINT) AS "NON_AI_LINES_DELETED",
  CAST("AI_LINES_ADDED" AS BIGINT) AS "AI_LINES_ADDED",
  CAST("AI_LINES_DELETED" AS BIGINT) AS "AI_LINES_DELETED",
  CAST("TOTAL_LINES_ADDED" AS BIGINT) AS "TOTAL_LINES_ADDED",
  CAST("TOTAL_LINES_DELETED" AS BIGINT) AS "TOTAL_LINES_DELETED",
  CAST("PULL_REQUEST_NUMBER" AS BIGINT) AS "PULL_REQUEST_NUMBER",
  CAST("COMMITTED_AT" AS TIMESTAMPNTZ(6)) AS "COMMITTED_AT",
  CAST("CREATED_AT" AS TIMESTAMPNTZ(6)) AS "CREATED_AT",
  CAST("SUBJECT" AS VARCHAR) AS "SUBJECT"
FROM (
  SELECT
    "T17"."COMMIT_HASH",
    "T17"."USER_ID",
    LOWER(TRIM("T17"."USER_EMAIL", ' \t\n\r\f')) AS "USER_EMAIL",
    "T17"."REPO_NAME",
    "T17"."BRANCH_NAME",
    "T17"."IS_PRIMARY_BRANCH",
    COALESCE("T17"."TAB_LINES_ADDED", 0) AS "TAB_LINES_ADDED",
    COALESCE("T17"."TAB_LINES_DELETED", 0) AS "TAB_LINES_DELETED",
    COALESCE("T17"."COMPOSER_LINES_ADDED", 0) AS "COMPOSER_LINES_ADDED",
    COALESCE("T17"."COMPOSER_LINES_DELETED", 0) AS "COMPOSER_LINES_DELETED",
    COALESCE("T17"."NON_AI_LINES_ADDED", 0) AS "NON_AI_LINES_ADDED",
    COALESCE("T17"."NON_AI_LINES_DELETED", 0) AS "NON_AI_LINES_DELETED",
    COALESCE("T17"."TAB_LINES_ADDED", 0) + COALESCE("T17"."COMPOSER_LINES_ADDED", 0) AS "AI_LINES_ADDED",
    COALESCE("T17"."TAB_LINES_DELETED", 0) + COALESCE("T17"."COMPOSER_LINES_DELETED", 0) AS "AI_LINES_DELETED",
    COALESCE(
      "T17"."TOTAL_LINES_ADDED",
      COALESCE("T17"."TAB_LINES_ADDED", 0) + COALESCE("T17"."COMPOSER_LINES_ADDED", 0) + COALESCE("T17"."NON_AI_LINES_ADDED", 0)
    ) AS "TOTAL_LINES_ADDED",
    COALESCE(
      "T17"."TOTAL_LINES_DELETED",
      COALESCE("T17"."TAB_LINES_DELETED", 0) + COALESCE("T17"."COMPOSER_LINES_DELETED", 0) + COALESCE("T17"."NON_AI_LINES_DELETED", 0)
    ) AS "TOTAL_LINES_DELETED",
    "T17"."PULL_REQUEST_NUMBER",
    "T17"."COMMIT_TS" AS "COMMITTED_AT",
    "T17"."CREATED_AT",
    LOWER(TRIM("T17"."COMMIT_SOURCE", ' \t\n\r\f')) AS "COMMIT_SOURCE",
    TRIM(
      IFF(
        (
          CHARINDEX('\n', "T17"."MESSAGE") - 1
        ) < 0,
        "T17"."MESSAGE",
        SUBSTRING(
          "T17"."MESSAGE",
          IFF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH("T17"."MESSAGE")),
          CHARINDEX('\n', "T17"."MESSAGE") - 1
        )
      ),
      ' \t\n\r\f'
    ) AS "SUBJECT"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "T15".*
        EXCLUDE ("LATEST_POSSIBLE")
      FROM (
        SELECT
          "T14"."COMMIT_HASH",
          "T14"."USER_ID",
          "T14"."USER_EMAIL",
          "T14"."USER_NAME",
          "T14"."REPO_NAME",
          "T14"."BRANCH_NAME",
          "T14"."IS_PRIMARY_BRANCH",
          "T14"."TOTAL_LINES_ADDED",
          "T14"."TOTAL_LINES_DELETED",
          "T14"."TAB_LINES_ADDED",
          "T14"."TAB_LINES_DELETED",
          "T14"."COMPOSER_LINES_ADDED",
          "T14"."COMPOSER_LINES_DELETED",
          "T14"."NON_AI_LINES_ADDED",
          "T14"."NON_AI_LINES_DELETED",
          "T14"."MESSAGE",
          "T14"."COMMIT_SOURCE",
          IFF(
            COALESCE(
              (
                "T14"."COMMIT_TS" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T14"."COMMIT_TS" > "T14"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T14"."COMMIT_TS"
          ) AS "COMMIT_TS",
          IFF(
            COALESCE(
              (
                "T14"."CREATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T14"."CREATED_AT" > "T14"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T14"."CREATED_AT"
          ) AS "CREATED_AT",
          "T14"."PULL_REQUEST_NUMBER",
          "T14"."EXTRA",
          "T14"."EXTRACTION_ENDED_AT",
          "T14"."LATEST_POSSIBLE"
        FROM (
          SELECT
            "T13"."COMMIT_HASH",
            "T13"."USER_ID",
            "T13"."USER_EMAIL",
            "T13"."USER_NAME",
            "T13"."REPO_NAME",
            "T13"."BRANCH_NAME",
            "T13"."IS_PRIMARY_BRANCH",
            "T13"."TOTAL_LINES_ADDED",
            "T13"."TOTAL_LINES_DELETED",
            "T13"."TAB_LINES_ADDED",
            "T13"."TAB_LINES_DELETED",
            "T13"."COMPOSER_LINES_ADDED",
            "T13"."COMPOSER_LINES_DELETED",
            "T13"."NON_AI_LINES_ADDED",
            "T13"."NON_AI_LINES_DELETED",
            "T13"."MESSAGE",
            "T13"."COMMIT_SOURCE",
            "T13"."COMMIT_TS",
            "T13"."CREATED_AT",
            "T13"."PULL_REQUEST_NUMBER",
            "T13"."EXTRA",
            "T6"."EXTRACTION_ENDED_AT",
            "T6"."LATEST_POSSIBLE"
          FROM (
            SELECT
              "T11"."COMMIT_HASH",
              "T11"."USER_ID",
              "T11"."USER_EMAIL",
              "T11"."USER_NAME",
              COALESCE("T11"."SPELLING", "T11"."OWN_REPO_KEY") AS "REPO_NAME",
              "T11"."BRANCH_NAME",
              "T11"."IS_PRIMARY_BRANCH",
              "T11"."TOTAL_LINES_ADDED",
              "T11"."TOTAL_LINES_DELETED",
              "T11"."TAB_LINES_ADDED",
              "T11"."TAB_LINES_DELETED",
              "T11"."COMPOSER_LINES_ADDED",
              "T11"."COMPOSER_LINES_DELETED",
              "T11"."NON_AI_LINES_ADDED",
              "T11"."NON_AI_LINES_DELETED",
              "T11"."MESSAGE",
              "T11"."COMMIT_SOURCE",
              "T11"."COMMIT_TS",
              "T11"."CREATED_AT",
              "T11"."PULL_REQUEST_NUMBER",
              "T11"."EXTRA"
            FROM (
              SELECT
                "T8"."COMMIT_HASH",
                "T8"."USER_ID",
                "T8"."USER_EMAIL",
                "T8"."USER_NAME",
                "T8"."REPO_NAME",
                "T8"."BRANCH_NAME",
                "T8"."IS_PRIMARY_BRANCH",
                "T8"."TOTAL_LINES_ADDED",
                "T8"."TOTAL_LINES_DELETED",
                "T8"."TAB_LINES_ADDED",
                "T8"."TAB_LINES_DELETED",
                "T8"."COMPOSER_LINES_ADDED",
                "T8"."COMPOSER_LINES_DELETED",
                "T8"."NON_AI_LINES_ADDED",
                "T8"."NON_AI_LINES_DELETED",
                "T8"."MESSAGE",
                "T8"."COMMIT_SOURCE",
                "T8"."COMMIT_TS",
                "T8"."CREATED_AT",
                "T8"."PULL_REQUEST_NUMBER",
                "T8"."EXTRA",
                "T8"."OWN_REPO_KEY",
                "T10"."REPO_KEY",
                "T10"."SPELLING"
              FROM (
                SELECT
                  "T1"."COMMIT_HASH",
                  "T1"."USER_ID",
                  "T1"."USER_EMAIL",
                  "T1"."USER_NAME",
                  "T1"."REPO_NAME",
                  "T1"."BRANCH_NAME",
                  "T1"."IS_PRIMARY_BRANCH",
                  "T1"."TOTAL_LINES_ADDED",
                  "T1"."TOTAL_LINES_DELETED",
                  "T1"."TAB_LINES_ADDED",
                  "T1"."TAB_LINES_DELETED",
                  "T1"."COMPOSER_LINES_ADDED",
                  "T1"."COMPOSER_LINES_DELETED",
                  "T1"."NON_AI_LINES_ADDED",
                  "T1"."NON_AI_LINES_DELETED",
                  "T1"."MESSAGE",
                  "T1"."COMMIT_SOURCE",
                  "T1"."COMMIT_TS",
                  "T1"."CREATED_AT",
                  "T1"."PULL_REQUEST_NUMBER",
                  "T1"."EXTRA",
                  LOWER(
                    IFF(
                      TRIM("T1"."REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                      AND (
                        (
                          CHARINDEX('.', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                        ) < (
                          CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                        )
                      ),
                      SUBSTRING(
                        TRIM("T1"."REPO_NAME", ' \t\n\r\f'),
                        IFF(
                          (
                            (
                              CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1
                          ) >= 1,
                          (
                            CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1,
                          (
                            CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1 + LENGTH(TRIM("T1"."REPO_NAME", ' \t\n\r\f'))
                        )
                      ),
                      TRIM("T1"."REPO_NAME", ' \t\n\r\f')
                    )
                  ) AS "OWN_REPO_KEY"
                FROM "RAW"."COMMITS" AS "T1"
                WHERE
                  NOT "T1"."COMMIT_HASH" IS NULL
              ) AS "T8"
              LEFT OUTER JOIN (
                SELECT
                  LOWER(
                    IFF(
                      TRIM("T5"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                      AND (
                        (
                          CHARINDEX('.', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                        ) < (
                          CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                        )
                      ),
                      SUBSTRING(
                        TRIM("T5"."SPELLING", ' \t\n\r\f'),
                        IFF(
                          (
                            (
                              CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1
                          ) >= 1,
                          (
                            CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                          ) + 1 + 1,
                          (
                            CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                          ) + 1 + 1 + LENGTH(TRIM("T5"."SPELLING", ' \t\n\r\f'))
                        )
                      ),
                      TRIM("T5"."SPELLING", ' \t\n\r\f')
                    )
                  ) AS "REPO_KEY",
                  MAX("T5"."SPELLING") AS "SPELLING"
                FROM (
                  SELECT
                    IFF(
                      TRIM("T2"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                      AND (
                        (
                          CHARINDEX('.', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                        ) < (
                          CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                        )
                      ),
                      SUBSTRING(
                        TRIM("T2"."FULL_NAME", ' \t\n\r\f'),
                        IFF(
                          (
                            (
                              CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1
                          ) >= 1,
                          (
                            CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1,
                          (
                            CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1 + LENGTH(TRIM("T2"."FULL_NAME", ' \t\n\r\f'))
                        )
                      ),
                      TRIM("T2"."FULL_NAME", ' \t\n\r\f')
                    ) AS "SPELLING"
                  FROM "RAW"."REPOS" AS "T2"
                ) AS "T5"
                GROUP BY
                  1
              ) AS "T10"
                ON "T8"."OWN_REPO_KEY" = "T10"."REPO_KEY"
            ) AS "T11"
          ) AS "T13"
          CROSS JOIN (
            SELECT
              "T3"."EXTRACTION_ENDED_AT",
              DATEADD(DAY, '1', "T3"."EXTRACTION_ENDED_AT") AS "LATEST_POSSIBLE"
            FROM (
              SELECT
                COALESCE(
                  MAX(IFF(COALESCE("T0"."IS_CURRENT", FALSE), "T0"."FINISHED_AT", NULL)),
                  MAX("T0"."FINISHED_AT")
                ) AS "EXTRACTION_ENDED_AT"
              FROM "RAW"."EXTRACTIONS" AS "T0"
            ) AS "T3"
          ) AS "T6"
        ) AS "T14"
      ) AS "T15"
    ) AS "T16"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "T16"."COMMIT_HASH"
          ORDER BY "T16"."CREATED_AT" DESC NULLS LAST, "T16"."USER_ID" DESC NULLS LAST, "T16"."USER_EMAIL" DESC NULLS LAST, "T16"."USER_NAME" DESC NULLS LAST, "T16"."REPO_NAME" DESC NULLS LAST, "T16"."BRANCH_NAME" DESC NULLS LAST, "T16"."IS_PRIMARY_BRANCH" DESC NULLS LAST, "T16"."TOTAL_LINES_ADDED" DESC NULLS LAST, "T16"."TOTAL_LINES_DELETED" DESC NULLS LAST, "T16"."TAB_LINES_ADDED" DESC NULLS LAST, "T16"."TAB_LINES_DELETED" DESC NULLS LAST, "T16"."COMPOSER_LINES_ADDED" DESC NULLS LAST, "T16"."COMPOSER_LINES_DELETED" DESC NULLS LAST, "T16"."NON_AI_LINES_ADDED" DESC NULLS LAST, "T16"."NON_AI_LINES_DELETED" DESC NULLS LAST, "T16"."MESSAGE" DESC NULLS LAST, "T16"."COMMIT_SOURCE" DESC NULLS LAST, "T16"."COMMIT_TS" DESC NULLS LAST, "T16"."PULL_REQUEST_NUMBER" DESC NULLS LAST, "T16"."EXTRA" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T17"
) AS "BUILT"
