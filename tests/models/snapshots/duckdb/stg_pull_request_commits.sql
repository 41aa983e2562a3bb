SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("commit_hash" AS TEXT) AS "commit_hash",
  CAST("authored_at" AS TIMESTAMP(6)) AS "authored_at",
  CAST("subject" AS TEXT) AS "subject",
  CAST("revert_text" AS TEXT) AS "revert_text"
FROM (
  SELECT
    "t17"."repo_name",
    "t17"."pr_number",
    "t17"."commit_hash",
    "t17"."authored_at",
    TRIM(
      CASE
        WHEN (
          STRPOS("t17"."message", '
') - 1
        ) < 0
        THEN "t17"."message"
        ELSE SUBSTRING(
          "t17"."message",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."message") END,
          STRPOS("t17"."message", '
') - 1
        )
      END,
      ' 	
'
    ) AS "subject",
    CASE
      WHEN CONTAINS("t17"."message", 'Reverts ')
      OR CONTAINS("t17"."message", 'This reverts commit ')
      THEN "t17"."message"
      ELSE NULL
    END AS "revert_text"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t15".*
        EXCLUDE ("latest_possible")
      FROM (
        SELECT
          "t14"."repo_name",
          "t14"."pr_number",
          "t14"."commit_hash",
          CASE
            WHEN COALESCE(
              (
                "t14"."authored_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t14"."authored_at" > "t14"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t14"."authored_at"
          END AS "authored_at",
          CASE
            WHEN COALESCE(
              (
                "t14"."committed_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t14"."committed_at" > "t14"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t14"."committed_at"
          END AS "committed_at",
          "t14"."author_email",
          "t14"."author_id",
          "t14"."message",
          "t14"."extraction_ended_at",
          "t14"."latest_possible"
        FROM (
          SELECT
            "t13"."repo_name",
            "t13"."pr_number",
            "t13"."commit_hash",
            "t13"."authored_at",
            "t13"."committed_at",
            "t13"."author_email",
            "t13"."author_id",
            "t13"."message",
            "t6"."extraction_ended_at",
            "t6"."latest_possible"
          FROM (
            SELECT
              COALESCE("t11"."spelling", "t11"."own_repo_key") AS "repo_name",
              "t11"."pr_number",
              "t11"."commit_hash",
              "t11"."authored_at",
              "t11"."committed_at",
              "t11"."author_email",
              "t11"."author_id",
              "t11"."message"
            FROM (
              SELECT
                "t8"."repo_name",
                "t8"."pr_number",
                "t8"."commit_hash",
                "t8"."authored_at",
                "t8"."committed_at",
                "t8"."author_email",
                "t8"."author_id",
                "t8"."message",
                "t8"."own_repo_key",
                "t10"."repo_key",
                "t10"."spelling"
              FROM (
                SELECT
                  "t1"."repo_name",
                  "t1"."pr_number",
                  "t1"."commit_hash",
                  "t1"."authored_at",
                  "t1"."committed_at",
                  "t1"."author_email",
                  "t1"."author_id",
                  "t1"."message",
                  LOWER(
                    CASE
                      WHEN TRIM("t1"."repo_name", ' 	
') LIKE '%.%/%/%'
                      AND (
                        (
                          STRPOS(TRIM("t1"."repo_name", ' 	
'), '.') - 1
                        ) < (
                          STRPOS(TRIM("t1"."repo_name", ' 	
'), '/') - 1
                        )
                      )
                      THEN SUBSTRING(
                        TRIM("t1"."repo_name", ' 	
'),
                        CASE
                          WHEN (
                            (
                              STRPOS(TRIM("t1"."repo_name", ' 	
'), '/') - 1
                            ) + 1 + 1
                          ) >= 1
                          THEN (
                            STRPOS(TRIM("t1"."repo_name", ' 	
'), '/') - 1
                          ) + 1 + 1
                          ELSE (
                            STRPOS(TRIM("t1"."repo_name", ' 	
'), '/') - 1
                          ) + 1 + 1 + LENGTH(TRIM("t1"."repo_name", ' 	
'))
                        END
                      )
                      ELSE TRIM("t1"."repo_name", ' 	
')
                    END
                  ) AS "own_repo_key"
                FROM "cursor_marts_catalog"."main_raw"."pull_request_commits" AS "t1"
                WHERE
                  NOT "t1"."repo_name" IS NULL
                  AND NOT "t1"."pr_number" IS NULL
                  AND NOT "t1"."commit_hash" IS NULL
              ) AS "t8"
              LEFT OUTER JOIN (
                SELECT
                  LOWER(
                    CASE
                      WHEN TRIM("t5"."spelling", ' 	
') LIKE '%.%/%/%'
                      AND (
                        (
                          STRPOS(TRIM("t5"."spelling", ' 	
'), '.') - 1
                        ) < (
                          STRPOS(TRIM("t5"."spelling", ' 	
'), '/') - 1
                        )
                      )
                      THEN SUBSTRING(
                        TRIM("t5"."spelling", ' 	
'),
                        CASE
                          WHEN (
                            (
                              STRPOS(TRIM("t5"."spelling", ' 	
'), '/') - 1
                            ) + 1 + 1
                          ) >= 1
                          THEN (
                            STRPOS(TRIM("t5"."spelling", ' 	
'), '/') - 1
                          ) + 1 + 1
                          ELSE (
                            STRPOS(TRIM("t5"."spelling", ' 	
'), '/') - 1
                          ) + 1 + 1 + LENGTH(TRIM("t5"."spelling", ' 	
'))
                        END
                      )
                      ELSE TRIM("t5"."spelling", ' 	
')
                    END
                  ) AS "repo_key",
                  MAX("t5"."spelling") AS "spelling"
                FROM (
                  SELECT
                    CASE
                      WHEN TRIM("t2"."full_name", ' 	
') LIKE '%.%/%/%'
                      AND (
                        (
                          STRPOS(TRIM("t2"."full_name", ' 	
'), '.') - 1
                        ) < (
                          STRPOS(TRIM("t2"."full_name", ' 	
'), '/') - 1
                        )
                      )
                      THEN SUBSTRING(
                        TRIM("t2"."full_name", ' 	
'),
                        CASE
                          WHEN (
                            (
                              STRPOS(TRIM("t2"."full_name", ' 	
'), '/') - 1
                            ) + 1 + 1
                          ) >= 1
                          THEN (
                            STRPOS(TRIM("t2"."full_name", ' 	
'), '/') - 1
                          ) + 1 + 1
                          ELSE (
                            STRPOS(TRIM("t2"."full_name", ' 	
'), '/') - 1
                          ) + 1 + 1 + LENGTH(TRIM("t2"."full_name", ' 	
'))
                        END
                      )
                      ELSE TRIM("t2"."full_name", ' 	
')
                    END AS "spelling"
                  FROM "cursor_marts_catalog"."main_raw"."repos" AS "t2"
                ) AS "t5"
                GROUP BY
                  1
              ) AS "t10"
                ON "t8"."own_repo_key" = "t10"."repo_key"
            ) AS "t11"
          ) AS "t13"
          CROSS JOIN (
            SELECT
              "t3"."extraction_ended_at",
              "t3"."extraction_ended_at" + INTERVAL '1' DAY AS "latest_possible"
            FROM (
              SELECT
                COALESCE(
                  MAX("t0"."finished_at") FILTER(WHERE
                    COALESCE("t0"."is_current", FALSE)),
                  MAX("t0"."finished_at")
                ) AS "extraction_ended_at"
              FROM "cursor_marts_catalog"."main_raw"."extractions" AS "t0"
            ) AS "t3"
          ) AS "t6"
        ) AS "t14"
      ) AS "t15"
    ) AS "t16"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t16"."repo_name", "t16"."pr_number", "t16"."commit_hash"
          ORDER BY "t16"."authored_at" DESC, "t16"."committed_at" DESC, "t16"."author_email" DESC, "t16"."author_id" DESC, "t16"."message" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t17"
) AS "built"
