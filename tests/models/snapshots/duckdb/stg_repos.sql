SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("known_until" AS TIMESTAMP(6)) AS "known_until"
FROM (
  SELECT
    "t12"."full_name" AS "repo_name",
    "t12"."default_branch",
    COALESCE("t12"."known_until", "t3"."began_at") AS "known_until"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        COALESCE("t9"."spelling", "t9"."own_repo_key") AS "full_name",
        "t9"."default_branch",
        "t9"."known_until",
        "t9"."extra",
        "t9"."extracted_at",
        "t9"."landed_month"
      FROM (
        SELECT
          "t6"."full_name",
          "t6"."default_branch",
          "t6"."known_until",
          "t6"."extra",
          "t6"."extracted_at",
          "t6"."landed_month",
          "t6"."own_repo_key",
          "t8"."repo_key",
          "t8"."spelling"
        FROM (
          SELECT
            "t1"."full_name",
            "t1"."default_branch",
            "t1"."known_until",
            "t1"."extra",
            "t1"."extracted_at",
            "t1"."landed_month",
            LOWER(
              CASE
                WHEN TRIM("t1"."full_name", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t1"."full_name", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t1"."full_name", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t1"."full_name", ' 	
'))
                  END
                )
                ELSE TRIM("t1"."full_name", ' 	
')
              END
            ) AS "own_repo_key"
          FROM "cursor_marts_catalog"."main_raw"."repos" AS "t1"
          WHERE
            NOT "t1"."full_name" IS NULL
        ) AS "t6"
        LEFT OUTER JOIN (
          SELECT
            LOWER(
              CASE
                WHEN TRIM("t4"."spelling", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t4"."spelling", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t4"."spelling", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t4"."spelling", ' 	
'))
                  END
                )
                ELSE TRIM("t4"."spelling", ' 	
')
              END
            ) AS "repo_key",
            MAX("t4"."spelling") AS "spelling"
          FROM (
            SELECT
              CASE
                WHEN TRIM("t1"."full_name", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t1"."full_name", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t1"."full_name", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t1"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t1"."full_name", ' 	
'))
                  END
                )
                ELSE TRIM("t1"."full_name", ' 	
')
              END AS "spelling"
            FROM "cursor_marts_catalog"."main_raw"."repos" AS "t1"
          ) AS "t4"
          GROUP BY
            1
        ) AS "t8"
          ON "t6"."own_repo_key" = "t8"."repo_key"
      ) AS "t9"
    ) AS "t10"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t10"."full_name"
          ORDER BY "t10"."default_branch" DESC, "t10"."known_until" DESC, "t10"."extra" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t12"
  CROSS JOIN (
    SELECT
      COALESCE(
        MIN("t0"."started_at") FILTER(WHERE
          COALESCE("t0"."is_current", FALSE)),
        MAX("t0"."started_at")
      ) AS "began_at"
    FROM "cursor_marts_catalog"."main_raw"."extractions" AS "t0"
  ) AS "t3"
) AS "built"
