SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("COMMIT_HASH" AS VARCHAR) AS "COMMIT_HASH",
  CAST("AUTHORED_AT" AS TIMESTAMPNTZ(6)) AS "AUTHORED_AT",
  CAST("SUBJECT" AS VARCHAR) AS "SUBJECT",
  CAST("REVERT_TEXT" AS VARCHAR) AS "REVERT_TEXT"
FROM (
  SELECT
    "T17"."REPO_NAME",
    "T17"."PR_NUMBER",
    "T17"."COMMIT_HASH",
    "T17"."AUTHORED_AT",
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
    ) AS "SUBJECT",
    IFF(
      CONTAINS("T17"."MESSAGE", 'Reverts ')
      OR CONTAINS("T17"."MESSAGE", 'This reverts commit '),
      "T17"."MESSAGE",
      NULL
    ) AS "REVERT_TEXT"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "T15".*
        EXCLUDE ("LATEST_POSSIBLE")
      FROM (
        SELECT
          "T14"."REPO_NAME",
          "T14"."PR_NUMBER",
          "T14"."COMMIT_HASH",
          IFF(
            COALESCE(
              (
                "T14"."AUTHORED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T14"."AUTHORED_AT" > "T14"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T14"."AUTHORED_AT"
          ) AS "AUTHORED_AT",
          IFF(
            COALESCE(
              (
                "T14"."COMMITTED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
              )
              OR (
                "T14"."COMMITTED_AT" > "T14"."LATEST_POSSIBLE"
              ),
              FALSE
            ),
            NULL,
            "T14"."COMMITTED_AT"
          ) AS "COMMITTED_AT",
          "T14"."AUTHOR_EMAIL",
          "T14"."AUTHOR_ID",
          "T14"."MESSAGE",
          "T14"."EXTRACTION_ENDED_AT",
          "T14"."LATEST_POSSIBLE"
        FROM (
          SELECT
            "T13"."REPO_NAME",
            "T13"."PR_NUMBER",
            "T13"."COMMIT_HASH",
            "T13"."AUTHORED_AT",
            "T13"."COMMITTED_AT",
            "T13"."AUTHOR_EMAIL",
            "T13"."AUTHOR_ID",
            "T13"."MESSAGE",
            "T6"."EXTRACTION_ENDED_AT",
            "T6"."LATEST_POSSIBLE"
          FROM (
            SELECT
              COALESCE("T11"."SPELLING", "T11"."OWN_REPO_KEY") AS "REPO_NAME",
              "T11"."PR_NUMBER",
              "T11"."COMMIT_HASH",
              "T11"."AUTHORED_AT",
              "T11"."COMMITTED_AT",
              "T11"."AUTHOR_EMAIL",
              "T11"."AUTHOR_ID",
              "T11"."MESSAGE"
            FROM (
              SELECT
                "T8"."REPO_NAME",
                "T8"."PR_NUMBER",
                "T8"."COMMIT_HASH",
                "T8"."AUTHORED_AT",
                "T8"."COMMITTED_AT",
                "T8"."AUTHOR_EMAIL",
                "T8"."AUTHOR_ID",
                "T8"."MESSAGE",
                "T8"."OWN_REPO_KEY",
                "T10"."REPO_KEY",
                "T10"."SPELLING"
              FROM (
                SELECT
                  "T1"."REPO_NAME",
                  "T1"."PR_NUMBER",
                  "T1"."COMMIT_HASH",
                  "T1"."AUTHORED_AT",
                  "T1"."COMMITTED_AT",
                  "T1"."AUTHOR_EMAIL",
                  "T1"."AUTHOR_ID",
                  "T1"."MESSAGE",
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
                FROM "RAW"."PULL_REQUEST_COMMITS" AS "T1"
                WHERE
                  NOT "T1"."REPO_NAME" IS NULL
                  AND NOT "T1"."PR_NUMBER" IS NULL
                  AND NOT "T1"."COMMIT_HASH" IS NULL
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
          PARTITION BY "T16"."REPO_NAME", "T16"."PR_NUMBER", "T16"."COMMIT_HASH"
          ORDER BY "T16"."AUTHORED_AT" DESC NULLS LAST, "T16"."COMMITTED_AT" DESC NULLS LAST, "T16"."AUTHOR_EMAIL" DESC NULLS LAST, "T16"."AUTHOR_ID" DESC NULLS LAST, "T16"."MESSAGE" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T17"
) AS "BUILT"
