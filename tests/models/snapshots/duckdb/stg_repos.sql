SELECT
  CAST("repo_name" AS TEXT) AS "repo_name"
FROM (
  SELECT
    "t8"."full_name" AS "repo_name",
    "t8"."default_branch"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        COALESCE("t6"."spelling", "t6"."own_repo_key") AS "full_name",
        "t6"."default_branch",
        "t6"."extra",
        "t6"."extracted_at",
        "t6"."landed_month"
      FROM (
        SELECT
          "t3"."full_name",
          "t3"."default_branch",
          "t3"."extra",
          "t3"."extracted_at",
          "t3"."landed_month",
          "t3"."own_repo_key",
          "t5"."repo_key",
          "t5"."spelling"
        FROM (
          SELECT
            "t0"."full_name",
            "t0"."default_branch",
            "t0"."extra",
            "t0"."extracted_at",
            "t0"."landed_month",
            LOWER(
              CASE
                WHEN TRIM("t0"."full_name", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t0"."full_name", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t0"."full_name", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t0"."full_name", ' 	
'))
                  END
                )
                ELSE TRIM("t0"."full_name", ' 	
')
              END
            ) AS "own_repo_key"
          FROM "cursor_marts_catalog"."main_raw"."repos" AS "t0"
          WHERE
            NOT "t0"."full_name" IS NULL
        ) AS "t3"
        LEFT OUTER JOIN (
          SELECT
            LOWER(
              CASE
                WHEN TRIM("t1"."spelling", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t1"."spelling", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t1"."spelling", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t1"."spelling", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t1"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t1"."spelling", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t1"."spelling", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t1"."spelling", ' 	
'))
                  END
                )
                ELSE TRIM("t1"."spelling", ' 	
')
              END
            ) AS "repo_key",
            MAX("t1"."spelling") AS "spelling"
          FROM (
            SELECT
              CASE
                WHEN TRIM("t0"."full_name", ' 	
') LIKE '%.%/%/%'
                AND (
                  (
                    STRPOS(TRIM("t0"."full_name", ' 	
'), '.') - 1
                  ) < (
                    STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                  )
                )
                THEN SUBSTRING(
                  TRIM("t0"."full_name", ' 	
'),
                  CASE
                    WHEN (
                      (
                        STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                    ) >= 1
                    THEN (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1
                    ELSE (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                    ) + 1 + 1 + LENGTH(TRIM("t0"."full_name", ' 	
'))
                  END
                )
                ELSE TRIM("t0"."full_name", ' 	
')
              END AS "spelling"
            FROM "cursor_marts_catalog"."main_raw"."repos" AS "t0"
          ) AS "t1"
          GROUP BY
            1
        ) AS "t5"
          ON "t3"."own_repo_key" = "t5"."repo_key"
      ) AS "t6"
    ) AS "t7"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t7"."full_name"
          ORDER BY "t7"."default_branch" DESC, "t7"."extra" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t8"
) AS "built"
