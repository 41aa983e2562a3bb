SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("KNOWN_UNTIL" AS TIMESTAMPNTZ(6)) AS "KNOWN_UNTIL"
FROM (
  SELECT
    "T12"."FULL_NAME" AS "REPO_NAME",
    "T12"."DEFAULT_BRANCH",
    COALESCE("T12"."KNOWN_UNTIL", "T3"."BEGAN_AT") AS "KNOWN_UNTIL"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        COALESCE("T9"."SPELLING", "T9"."OWN_REPO_KEY") AS "FULL_NAME",
        "T9"."DEFAULT_BRANCH",
        "T9"."KNOWN_UNTIL",
        "T9"."EXTRA",
        "T9"."EXTRACTED_AT",
        "T9"."LANDED_MONTH"
      FROM (
        SELECT
          "T6"."FULL_NAME",
          "T6"."DEFAULT_BRANCH",
          "T6"."KNOWN_UNTIL",
          "T6"."EXTRA",
          "T6"."EXTRACTED_AT",
          "T6"."LANDED_MONTH",
          "T6"."OWN_REPO_KEY",
          "T8"."REPO_KEY",
          "T8"."SPELLING"
        FROM (
          SELECT
            "T1"."FULL_NAME",
            "T1"."DEFAULT_BRANCH",
            "T1"."KNOWN_UNTIL",
            "T1"."EXTRA",
            "T1"."EXTRACTED_AT",
            "T1"."LANDED_MONTH",
            LOWER(
              IFF(
                TRIM("T1"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T1"."FULL_NAME", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T1"."FULL_NAME", ' \t\n\r\f'))
                  )
                ),
                TRIM("T1"."FULL_NAME", ' \t\n\r\f')
              )
            ) AS "OWN_REPO_KEY"
          FROM "RAW"."REPOS" AS "T1"
          WHERE
            NOT "T1"."FULL_NAME" IS NULL
        ) AS "T6"
        LEFT OUTER JOIN (
          SELECT
            LOWER(
              IFF(
                TRIM("T4"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T4"."SPELLING", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T4"."SPELLING", ' \t\n\r\f'))
                  )
                ),
                TRIM("T4"."SPELLING", ' \t\n\r\f')
              )
            ) AS "REPO_KEY",
            MAX("T4"."SPELLING") AS "SPELLING"
          FROM (
            SELECT
              IFF(
                TRIM("T1"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T1"."FULL_NAME", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T1"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T1"."FULL_NAME", ' \t\n\r\f'))
                  )
                ),
                TRIM("T1"."FULL_NAME", ' \t\n\r\f')
              ) AS "SPELLING"
            FROM "RAW"."REPOS" AS "T1"
          ) AS "T4"
          GROUP BY
            1
        ) AS "T8"
          ON "T6"."OWN_REPO_KEY" = "T8"."REPO_KEY"
      ) AS "T9"
    ) AS "T10"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "T10"."FULL_NAME"
          ORDER BY "T10"."DEFAULT_BRANCH" DESC NULLS LAST, "T10"."KNOWN_UNTIL" DESC NULLS LAST, "T10"."EXTRA" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T12"
  CROSS JOIN (
    SELECT
      COALESCE(
        MIN(IFF(COALESCE("T0"."IS_CURRENT", FALSE), "T0"."STARTED_AT", NULL)),
        MAX("T0"."STARTED_AT")
      ) AS "BEGAN_AT"
    FROM "RAW"."EXTRACTIONS" AS "T0"
  ) AS "T3"
) AS "BUILT"
