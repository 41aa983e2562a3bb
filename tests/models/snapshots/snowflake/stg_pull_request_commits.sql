SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("COMMIT_HASH" AS VARCHAR) AS "COMMIT_HASH",
  CAST("AUTHORED_AT" AS TIMESTAMPNTZ(6)) AS "AUTHORED_AT",
  CAST("SUBJECT" AS VARCHAR) AS "SUBJECT",
  CAST("REVERT_TEXT" AS VARCHAR) AS "REVERT_TEXT"
FROM (
  SELECT
    "T19"."REPO_NAME",
    "T19"."PR_NUMBER",
    "T19"."COMMIT_HASH",
    "T19"."AUTHORED_AT",
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
    ) AS "SUBJECT",
    IFF(
      CONTAINS("T19"."MESSAGE", 'Reverts ')
      OR CONTAINS("T19"."MESSAGE", 'This reverts commit '),
      "T19"."MESSAGE",
      NULL
    ) AS "REVERT_TEXT"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "T17".*
        EXCLUDE ("LATEST_POSSIBLE")
      FROM (
        SELECT
          "T16"."REPO_NAME",
          "T16"."PR_NUMBER",
          "T16"."COMMIT_HASH",
          IFF(
            COALESCE(
              (
                "T16"."AUTHORED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T16"."AUTHORED_AT" > "T16"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T16"."AUTHORED_AT"
          ) AS "AUTHORED_AT",
          IFF(
            COALESCE(
              (
                "T16"."COMMITTED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T16"."COMMITTED_AT" > "T16"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T16"."COMMITTED_AT"
          ) AS "COMMITTED_AT",
          "T16"."AUTHOR_EMAIL",
          "T16"."AUTHOR_ID",
          "T16"."MESSAGE",
          "T16"."EXTRACTION_ENDED_AT",
          "T16"."LATEST_POSSIBLE"
        FROM (
          SELECT
            "T15"."REPO_NAME",
            "T15"."PR_NUMBER",
            "T15"."COMMIT_HASH",
            "T15"."AUTHORED_AT",
            "T15"."COMMITTED_AT",
            "T15"."AUTHOR_EMAIL",
            "T15"."AUTHOR_ID",
            "T15"."MESSAGE",
            "T8"."EXTRACTION_ENDED_AT",
            "T8"."LATEST_POSSIBLE"
          FROM (
            SELECT
              COALESCE("T13"."SPELLING", "T13"."OWN_REPO_KEY") AS "REPO_NAME",
              "T13"."PR_NUMBER",
              "T13"."COMMIT_HASH",
              "T13"."AUTHORED_AT",
              "T13"."COMMITTED_AT",
              "T13"."AUTHOR_EMAIL",
              "T13"."AUTHOR_ID",
              "T13"."MESSAGE"
            FROM (
              SELECT
                "T10"."REPO_NAME",
                "T10"."PR_NUMBER",
                "T10"."COMMIT_HASH",
                "T10"."AUTHORED_AT",
                "T10"."COMMITTED_AT",
                "T10"."AUTHOR_EMAIL",
                "T10"."AUTHOR_ID",
                "T10"."MESSAGE",
                "T10"."OWN_REPO_KEY",
                "T12"."REPO_KEY",
                "T12"."SPELLING"
              FROM (
                SELECT
                  "T4"."REPO_NAME",
                  "T4"."PR_NUMBER",
                  "T4"."COMMIT_HASH",
                  "T4"."AUTHORED_AT",
                  "T4"."COMMITTED_AT",
                  "T4"."AUTHOR_EMAIL",
                  "T4"."AUTHOR_ID",
                  "T4"."MESSAGE",
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
                    FROM "RAW"."PULL_REQUEST_COMMITS" AS "T1"
                    WHERE
                      NOT "T1"."REPO_NAME" IS NULL
                      AND NOT "T1"."PR_NUMBER" IS NULL
                      AND NOT "T1"."COMMIT_HASH" IS NULL
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
          PARTITION BY "T18"."REPO_NAME", "T18"."PR_NUMBER", "T18"."COMMIT_HASH"
          ORDER BY "T18"."AUTHORED_AT" DESC NULLS LAST, "T18"."COMMITTED_AT" DESC NULLS LAST, "T18"."AUTHOR_EMAIL" DESC NULLS LAST, "T18"."AUTHOR_ID" DESC NULLS LAST, "T18"."MESSAGE" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T19"
) AS "BUILT"
