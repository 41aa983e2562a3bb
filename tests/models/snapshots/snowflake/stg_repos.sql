SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME"
FROM (
  SELECT
    "T8"."FULL_NAME" AS "REPO_NAME",
    "T8"."DEFAULT_BRANCH"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        COALESCE("T6"."SPELLING", "T6"."OWN_REPO_KEY") AS "FULL_NAME",
        "T6"."DEFAULT_BRANCH",
        "T6"."EXTRA",
        "T6"."EXTRACTED_AT",
        "T6"."LANDED_MONTH"
      FROM (
        SELECT
          "T3"."FULL_NAME",
          "T3"."DEFAULT_BRANCH",
          "T3"."EXTRA",
          "T3"."EXTRACTED_AT",
          "T3"."LANDED_MONTH",
          "T3"."OWN_REPO_KEY",
          "T5"."REPO_KEY",
          "T5"."SPELLING"
        FROM (
          SELECT
            "T0"."FULL_NAME",
            "T0"."DEFAULT_BRANCH",
            "T0"."EXTRA",
            "T0"."EXTRACTED_AT",
            "T0"."LANDED_MONTH",
            LOWER(
              IFF(
                TRIM("T0"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T0"."FULL_NAME", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T0"."FULL_NAME", ' \t\n\r\f'))
                  )
                ),
                TRIM("T0"."FULL_NAME", ' \t\n\r\f')
              )
            ) AS "OWN_REPO_KEY"
          FROM "RAW"."REPOS" AS "T0"
          WHERE
            NOT "T0"."FULL_NAME" IS NULL
        ) AS "T3"
        LEFT OUTER JOIN (
          SELECT
            LOWER(
              IFF(
                TRIM("T1"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T1"."SPELLING", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T1"."SPELLING", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T1"."SPELLING", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T1"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T1"."SPELLING", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T1"."SPELLING", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T1"."SPELLING", ' \t\n\r\f'))
                  )
                ),
                TRIM("T1"."SPELLING", ' \t\n\r\f')
              )
            ) AS "REPO_KEY",
            MAX("T1"."SPELLING") AS "SPELLING"
          FROM (
            SELECT
              IFF(
                TRIM("T0"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                AND (
                  (
                    CHARINDEX('.', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                  ) < (
                    CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                  )
                ),
                SUBSTRING(
                  TRIM("T0"."FULL_NAME", ' \t\n\r\f'),
                  IFF(
                    (
                      (
                        CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1
                    ) >= 1,
                    (
                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1,
                    (
                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) + 1 + 1 + LENGTH(TRIM("T0"."FULL_NAME", ' \t\n\r\f'))
                  )
                ),
                TRIM("T0"."FULL_NAME", ' \t\n\r\f')
              ) AS "SPELLING"
            FROM "RAW"."REPOS" AS "T0"
          ) AS "T1"
          GROUP BY
            1
        ) AS "T5"
          ON "T3"."OWN_REPO_KEY" = "T5"."REPO_KEY"
      ) AS "T6"
    ) AS "T7"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "T7"."FULL_NAME"
          ORDER BY "T7"."DEFAULT_BRANCH" DESC NULLS LAST, "T7"."EXTRA" DESC NULLS LAST
        ) - 1
      ) = 0
  ) AS "T8"
) AS "BUILT"
