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
    "T19"."COMMIT_HASH",
    "T19"."USER_ID",
    LOWER(TRIM("T19"."USER_EMAIL", ' \t\n\r\f')) AS "USER_EMAIL",
    "T19"."REPO_NAME",
    "T19"."BRANCH_NAME",
    "T19"."IS_PRIMARY_BRANCH",
    COALESCE("T19"."TAB_LINES_ADDED", 0) AS "TAB_LINES_ADDED",
    COALESCE("T19"."TAB_LINES_DELETED", 0) AS "TAB_LINES_DELETED",
    COALESCE("T19"."COMPOSER_LINES_ADDED", 0) AS "COMPOSER_LINES_ADDED",
    COALESCE("T19"."COMPOSER_LINES_DELETED", 0) AS "COMPOSER_LINES_DELETED",
    COALESCE("T19"."NON_AI_LINES_ADDED", 0) AS "NON_AI_LINES_ADDED",
    COALESCE("T19"."NON_AI_LINES_DELETED", 0) AS "NON_AI_LINES_DELETED",
    COALESCE("T19"."TAB_LINES_ADDED", 0) + COALESCE("T19"."COMPOSER_LINES_ADDED", 0) AS "AI_LINES_ADDED",
    COALESCE("T19"."TAB_LINES_DELETED", 0) + COALESCE("T19"."COMPOSER_LINES_DELETED", 0) AS "AI_LINES_DELETED",
    COALESCE(
      "T19"."TOTAL_LINES_ADDED",
      COALESCE("T19"."TAB_LINES_ADDED", 0) + COALESCE("T19"."COMPOSER_LINES_ADDED", 0) + COALESCE("T19"."NON_AI_LINES_ADDED", 0)
    ) AS "TOTAL_LINES_ADDED",
    COALESCE(
      "T19"."TOTAL_LINES_DELETED",
      COALESCE("T19"."TAB_LINES_DELETED", 0) + COALESCE("T19"."COMPOSER_LINES_DELETED", 0) + COALESCE("T19"."NON_AI_LINES_DELETED", 0)
    ) AS "TOTAL_LINES_DELETED",
    "T19"."PULL_REQUEST_NUMBER",
    "T19"."COMMIT_TS" AS "COMMITTED_AT",
    "T19"."CREATED_AT",
    LOWER(TRIM("T19"."COMMIT_SOURCE", ' \t\n\r\f')) AS "COMMIT_SOURCE",
    TRIM(
      IFF(
        (
          CHARINDEX('\n', "T19"."MESSAGE") - 1
        ) < 0,
        "T19"."MESSAGE",
        SUBSTRING(
          "T19"."MESSAGE",
          IFF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH("T19"."MESSAGE")),
          CHARINDEX('\n', "T19"."MESSAGE") - 1
        )
      ),
      ' \t\n\r\f'
    ) AS "SUBJECT"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "T17".*
        EXCLUDE ("LATEST_POSSIBLE")
      FROM (
        SELECT
          "T16"."COMMIT_HASH",
          "T16"."USER_ID",
          "T16"."USER_EMAIL",
          "T16"."USER_NAME",
          "T16"."REPO_NAME",
          "T16"."BRANCH_NAME",
          "T16"."IS_PRIMARY_BRANCH",
          "T16"."TOTAL_LINES_ADDED",
          "T16"."TOTAL_LINES_DELETED",
          "T16"."TAB_LINES_ADDED",
          "T16"."TAB_LINES_DELETED",
          "T16"."COMPOSER_LINES_ADDED",
          "T16"."COMPOSER_LINES_DELETED",
          "T16"."NON_AI_LINES_ADDED",
          "T16"."NON_AI_LINES_DELETED",
          "T16"."MESSAGE",
          "T16"."COMMIT_SOURCE",
          IFF(
            COALESCE(
              (
                "T16"."COMMIT_TS" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T16"."COMMIT_TS" > "T16"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T16"."COMMIT_TS"
          ) AS "COMMIT_TS",
          IFF(
            COALESCE(
              (
                "T16"."CREATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T16"."CREATED_AT" > "T16"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T16"."CREATED_AT"
          ) AS "CREATED_AT",
          "T16"."PULL_REQUEST_NUMBER",
          "T16"."EXTRA",
          "T16"."EXTRACTION_ENDED_AT",
          "T16"."LATEST_POSSIBLE"
        FROM (
          SELECT
            "T15"."COMMIT_HASH",
            "T15"."USER_ID",
            "T15"."USER_EMAIL",
            "T15"."USER_NAME",
            "T15"."REPO_NAME",
            "T15"."BRANCH_NAME",
            "T15"."IS_PRIMARY_BRANCH",
            "T15"."TOTAL_LINES_ADDED",
            "T15"."TOTAL_LINES_DELETED",
            "T15"."TAB_LINES_ADDED",
            "T15"."TAB_LINES_DELETED",
            "T15"."COMPOSER_LINES_ADDED",
            "T15"."COMPOSER_LINES_DELETED",
            "T15"."NON_AI_LINES_ADDED",
            "T15"."NON_AI_LINES_DELETED",
            "T15"."MESSAGE",
            "T15"."COMMIT_SOURCE",
            "T15"."COMMIT_TS",
            "T15"."CREATED_AT",
            "T15"."PULL_REQUEST_NUMBER",
            "T15"."EXTRA",
            "T8"."EXTRACTION_ENDED_AT",
            "T8"."LATEST_POSSIBLE"
          FROM (
            SELECT
              "T13"."COMMIT_HASH",
              "T13"."USER_ID",
              "T13"."USER_EMAIL",
              "T13"."USER_NAME",
              COALESCE("T13"."SPELLING", "T13"."OWN_REPO_KEY") AS "REPO_NAME",
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
              "T13"."EXTRA"
            FROM (
              SELECT
                "T10"."COMMIT_HASH",
                "T10"."USER_ID",
                "T10"."USER_EMAIL",
                "T10"."USER_NAME",
                "T10"."REPO_NAME",
                "T10"."BRANCH_NAME",
                "T10"."IS_PRIMARY_BRANCH",
                "T10"."TOTAL_LINES_ADDED",
                "T10"."TOTAL_LINES_DELETED",
                "T10"."TAB_LINES_ADDED",
                "T10"."TAB_LINES_DELETED",
                "T10"."COMPOSER_LINES_ADDED",
                "T10"."COMPOSER_LINES_DELETED",
                "T10"."NON_AI_LINES_ADDED",
                "T10"."NON_AI_LINES_DELETED",
                "T10"."MESSAGE",
                "T10"."COMMIT_SOURCE",
                "T10"."COMMIT_TS",
                "T10"."CREATED_AT",
                "T10"."PULL_REQUEST_NUMBER",
                "T10"."EXTRA",
                "T10"."OWN_REPO_KEY",
                "T12"."REPO_KEY",
                "T12"."SPELLING"
              FROM (
                SELECT
                  "T4"."COMMIT_HASH",
                  "T4"."USER_ID",
                  "T4"."USER_EMAIL",
                  "T4"."USER_NAME",
                  "T4"."REPO_NAME",
                  "T4"."BRANCH_NAME",
                  "T4"."IS_PRIMARY_BRANCH",
                  "T4"."TOTAL_LINES_ADDED",
                  "T4"."TOTAL_LINES_DELETED",
                  "T4"."TAB_LINES_ADDED",
                  "T4"."TAB_LINES_DELETED",
                  "T4"."COMPOSER_LINES_ADDED",
                  "T4"."COMPOSER_LINES_DELETED",
                  "T4"."NON_AI_LINES_ADDED",
                  "T4"."NON_AI_LINES_DELETED",
                  "T4"."MESSAGE",
                  "T4"."COMMIT_SOURCE",
                  "T4"."COMMIT_TS",
                  "T4"."CREATED_AT",
                  "T4"."PULL_REQUEST_NUMBER",
                  "T4"."EXTRA",
                  LOWER(
                    IFF(
                      TRIM("T4"."REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                      AND (
                        (
                          CHARINDEX('.', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                        ) < (
                          CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                        )
                      ),
                      SUBSTRING(
                        TRIM("T4"."REPO_NAME", ' \t\n\r\f'),
                        IFF(
                          (
                            (
                              CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1
                          ) >= 1,
                          (
                            CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1,
                          (
                            CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) + 1 + 1 + LENGTH(TRIM("T4"."REPO_NAME", ' \t\n\r\f'))
                        )
                      ),
                      TRIM("T4"."REPO_NAME", ' \t\n\r\f')
                    )
                  ) AS "OWN_REPO_KEY"
                FROM (
                  SELECT
                    "T3".*
                    EXCLUDE ("EXTRACTED_AT", "LANDED_MONTH")
                  FROM (
                    SELECT
                      *
                    FROM "RAW"."COMMITS" AS "T1"
                    WHERE
                      NOT "T1"."COMMIT_HASH" IS NULL
                  ) AS "T3"
                ) AS "T4"
              ) AS "T10"
              LEFT OUTER JOIN (
                SELECT
                  LOWER(
                    IFF(
                      TRIM("T7"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                      AND (
                        (
                          CHARINDEX('.', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                        ) < (
                          CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                        )
                      ),
                      SUBSTRING(
                        TRIM("T7"."SPELLING", ' \t\n\r\f'),
                        IFF(
                          (
                            (
                              CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1
                          ) >= 1,
                          (
                            CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                          ) + 1 + 1,
                          (
                            CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                          ) + 1 + 1 + LENGTH(TRIM("T7"."SPELLING", ' \t\n\r\f'))
                        )
                      ),
                      TRIM("T7"."SPELLING", ' \t\n\r\f')
                    )
                  ) AS "REPO_KEY",
                  MAX("T7"."SPELLING") AS "SPELLING"
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
                ) AS "T7"
                GROUP BY
                  1
              ) AS "T12"
                ON "T10"."OWN_REPO_KEY" = "T12"."REPO_KEY"
            ) AS "T13"
          ) AS "T15"
          CROSS JOIN (
            SELECT
              "T5"."EXTRACTION_ENDED_AT",
              DATEADD(DAY, '1', "T5"."EXTRACTION_ENDED_AT") AS "LATEST_POSSIBLE"
            FROM (
              SELECT
                COALESCE(
                  MAX(IFF(COALESCE("T0"."IS_CURRENT", FALSE), "T0"."FINISHED_AT", NULL)),
                  MAX("T0"."FINISHED_AT")
                ) AS "EXTRACTION_ENDED_AT"
              FROM "RAW"."EXTRACTIONS" AS "T0"
            ) AS "T5"
          ) AS "T8"
        ) AS "T16"
      ) AS "T17"
    ) AS "T18"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "T18"."COMMIT_HASH"
          ORDER BY "T18"."CREATED_AT" DESC NULLS LAST, "T18"."USER_ID" DESC NULLS LAST, "T18"."USER_EMAIL" DESC NULLS LAST, "T18"."USER_NAME" DESC NULLS LAST, "T18"."REPO_NAME" DESC NULLS LAST, "T18"."BRANCH_NAME" DESC NULLS LAST, "T18"."IS_PRIMARY_BRANCH" DESC NULLS LAST, "T18"."TOTAL_LINES_ADDED" DESC NULLS LAST, "T18"."TOTAL_LINES_DELETED" DESC NULLS LAST, "T18"."TAB_LINES_ADDED" DESC NULLS LAST, "T18"."TAB_LINES_DELETED" DESC NULLS LAST, "T18"."COMPOSER_LINES_ADDED" DESC NULLS LAST, "T18"."COMPOSER_LINES_DELETED" DESC NULLS LAST, "T18"."NON_AI_LINES_ADDED" DESC NULLS LAST, "T18"."NON_AI_LINES_DELETED" DESC NULLS LAST, "T18"."MESSAGE" DESC NULLS LAST, "T18"."COMMIT_SOURCE" DESC NULLS LAST, "T18"."COMMIT_TS" DESC NULLS LAST, "T18"."PULL_REQUEST_NUMBER" DESC NULLS LAST, "T18"."EXTRA" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T19"
) AS "BUILT"
