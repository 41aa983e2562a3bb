SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("commit_hash" AS TEXT) AS "commit_hash",
  CAST("authored_at" AS TIMESTAMP(6)) AS "authored_at",
  CAST("subject" AS TEXT) AS "subject",
  CAST("revert_text" AS TEXT) AS "revert_text"
FROM (
  SELECT
    "t19"."repo_name",
    "t19"."pr_number",
    "t19"."commit_hash",
    "t19"."authored_at",
    TRIM(
      CASE
        WHEN (
          STRPOS("t19"."message", '
') - 1
        ) < 0
        THEN "t19"."message"
        ELSE SUBSTRING(
          "t19"."message",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t19"."message") END,
          STRPOS("t19"."message", '
') - 1
        )
      END,
      ' 	
'
    ) AS "subject",
    CASE
      WHEN CONTAINS("t19"."message", 'Reverts ')
      OR CONTAINS("t19"."message", 'This reverts commit ')
      THEN "t19"."message"
      ELSE NULL
    END AS "revert_text"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17".*
        EXCLUDE ("latest_possible")
      FROM (
        SELECT
          "t16"."repo_name",
          "t16"."pr_number",
          "t16"."commit_hash",
          CASE
            WHEN COALESCE(
              (
                "t16"."authored_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t16"."authored_at" > "t16"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t16"."authored_at"
          END AS "authored_at",
          CASE
            WHEN COALESCE(
              (
                "t16"."committed_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t16"."committed_at" > "t16"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t16"."committed_at"
          END AS "committed_at",
          "t16"."author_email",
          "t16"."author_id",
          "t16"."message",
          "t16"."extraction_ended_at",
          "t16"."latest_possible"
        FROM (
          SELECT
            "t15"."repo_name",
            "t15"."pr_number",
            "t15"."commit_hash",
            "t15"."authored_at",
            "t15"."committed_at",
            "t15"."author_email",
            "t15"."author_id",
            "t15"."message",
            "t8"."extraction_ended_at",
            "t8"."latest_possible"
          FROM (
            SELECT
              COALESCE("t13"."spelling", "t13"."own_repo_key") AS "repo_name",
              "t13"."pr_number",
              "t13"."commit_hash",
              "t13"."authored_at",
              "t13"."committed_at",
              "t13"."author_email",
              "t13"."author_id",
              "t13"."message"
            FROM (
              SELECT
                "t10"."repo_name",
                "t10"."pr_number",
                "t10"."commit_hash",
                "t10"."authored_at",
                "t10"."committed_at",
                "t10"."author_email",
                "t10"."author_id",
                "t10"."message",
                "t10"."own_repo_key",
                "t12"."repo_key",
                "t12"."spelling"
              FROM (
                SELECT
                  "t4"."repo_name",
                  "t4"."pr_number",
                  "t4"."commit_hash",
                  "t4"."authored_at",
                  "t4"."committed_at",
                  "t4"."author_email",
                  "t4"."author_id",
                  "t4"."message",
                  LOWER(
                    CASE
                      WHEN TRIM("t4"."repo_name", ' 	
') LIKE '%.%/%/%'
                      AND (
                        (
                          STRPOS(TRIM("t4"."repo_name", ' 	
'), '.') - 1
                        ) < (
                          STRPOS(TRIM("t4"."repo_name", ' 	
'), '/') - 1
                        )
                      )
                      THEN SUBSTRING(
                        TRIM("t4"."repo_name", ' 	
'),
                        CASE
                          WHEN (
                            (
                              STRPOS(TRIM("t4"."repo_name", ' 	
'), '/') - 1
                            ) + 1 + 1
                          ) >= 1
                          THEN (
                            STRPOS(TRIM("t4"."repo_name", ' 	
'), '/') - 1
                          ) + 1 + 1
                          ELSE (
                            STRPOS(TRIM("t4"."repo_name", ' 	
'), '/') - 1
                          ) + 1 + 1 + LENGTH(TRIM("t4"."repo_name", ' 	
'))
                        END
                      )
                      ELSE TRIM("t4"."repo_name", ' 	
')
                    END
                  ) AS "own_repo_key"
                FROM (
                  SELECT
                    "t3".*
                    EXCLUDE ("extracted_at", "landed_month")
                  FROM (
                    SELECT
                      *
                    FROM "cursor_marts_catalog"."main_raw"."pull_request_commits" AS "t1"
                    WHERE
                      NOT "t1"."repo_name" IS NULL
                      AND NOT "t1"."pr_number" IS NULL
                      AND NOT "t1"."commit_hash" IS NULL
                  ) AS "t3"
                ) AS "t4"
              ) AS "t10"
              LEFT OUTER JOIN (
                SELECT
                  LOWER(
                    CASE
                      WHEN TRIM("t7"."spelling", ' 	
') LIKE '%.%/%/%'
                      AND (
                        (
                          STRPOS(TRIM("t7"."spelling", ' 	
'), '.') - 1
                        ) < (
                          STRPOS(TRIM("t7"."spelling", ' 	
'), '/') - 1
                        )
                      )
                      THEN SUBSTRING(
                        TRIM("t7"."spelling", ' 	
'),
                        CASE
                          WHEN (
                            (
                              STRPOS(TRIM("t7"."spelling", ' 	
'), '/') - 1
                            ) + 1 + 1
                          ) >= 1
                          THEN (
                            STRPOS(TRIM("t7"."spelling", ' 	
'), '/') - 1
                          ) + 1 + 1
                          ELSE (
                            STRPOS(TRIM("t7"."spelling", ' 	
'), '/') - 1
                          ) + 1 + 1 + LENGTH(TRIM("t7"."spelling", ' 	
'))
                        END
                      )
                      ELSE TRIM("t7"."spelling", ' 	
')
                    END
                  ) AS "repo_key",
                  MAX("t7"."spelling") AS "spelling"
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
                ) AS "t7"
                GROUP BY
                  1
              ) AS "t12"
                ON "t10"."own_repo_key" = "t12"."repo_key"
            ) AS "t13"
          ) AS "t15"
          CROSS JOIN (
            SELECT
              "t5"."extraction_ended_at",
              "t5"."extraction_ended_at" + INTERVAL '1' DAY AS "latest_possible"
            FROM (
              SELECT
                COALESCE(
                  MAX("t0"."finished_at") FILTER(WHERE
                    COALESCE("t0"."is_current", FALSE)),
                  MAX("t0"."finished_at")
                ) AS "extraction_ended_at"
              FROM "cursor_marts_catalog"."main_raw"."extractions" AS "t0"
            ) AS "t5"
          ) AS "t8"
        ) AS "t16"
      ) AS "t17"
    ) AS "t18"
    QUALIFY
      (
        ROW_NUMBER() OVER (
          PARTITION BY "t18"."repo_name", "t18"."pr_number", "t18"."commit_hash"
          ORDER BY "t18"."authored_at" DESC, "t18"."committed_at" DESC, "t18"."author_email" DESC, "t18"."author_id" DESC, "t18"."message" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t19"
) AS "built"
