SELECT
  CAST("commit_hash" AS TEXT) AS "commit_hash",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("tab_lines_added" AS BIGINT) AS "tab_lines_added",
  CAST("tab_lines_deleted" AS BIGINT) AS "tab_lines_deleted",
  CAST("composer_lines_added" AS BIGINT) AS "composer_lines_added",
  CAST("composer_lines_deleted" AS BIGINT) AS "composer_lines_deleted",
  CAST("non_ai_lines_added" AS BIGINT) AS "non_ai_lines_added",
  CAST("non_ai_lines_deleted" AS BIGINT) AS "non_ai_lines_deleted",
  CAST("ai_lines_added" AS BIGINT) AS "ai_lines_added",
  CAST("ai_lines_deleted" AS BIGINT) AS "ai_lines_deleted",
  CAST("total_lines_added" AS BIGINT) AS "total_lines_added",
  CAST("total_lines_deleted" AS BIGINT) AS "total_lines_deleted",
  CAST("pull_request_number" AS BIGINT) AS "pull_request_number",
  CAST("committed_at" AS TIMESTAMP(6)) AS "committed_at",
  CAST("created_at" AS TIMESTAMP(6)) AS "created_at",
  CAST("subject" AS TEXT) AS "subject"
FROM (
  SELECT
    "t17"."commit_hash",
    "t17"."user_id",
    LOWER(TRIM("t17"."user_email", ' 	
')) AS "user_email",
    "t17"."repo_name",
    "t17"."branch_name",
    "t17"."is_primary_branch",
    COALESCE("t17"."tab_lines_added", 0) AS "tab_lines_added",
    COALESCE("t17"."tab_lines_deleted", 0) AS "tab_lines_deleted",
    COALESCE("t17"."composer_lines_added", 0) AS "composer_lines_added",
    COALESCE("t17"."composer_lines_deleted", 0) AS "composer_lines_deleted",
    COALESCE("t17"."non_ai_lines_added", 0) AS "non_ai_lines_added",
    COALESCE("t17"."non_ai_lines_deleted", 0) AS "non_ai_lines_deleted",
    COALESCE("t17"."tab_lines_added", 0) + COALESCE("t17"."composer_lines_added", 0) AS "ai_lines_added",
    COALESCE("t17"."tab_lines_deleted", 0) + COALESCE("t17"."composer_lines_deleted", 0) AS "ai_lines_deleted",
    COALESCE(
      "t17"."total_lines_added",
      COALESCE("t17"."tab_lines_added", 0) + COALESCE("t17"."composer_lines_added", 0) + COALESCE("t17"."non_ai_lines_added", 0)
    ) AS "total_lines_added",
    COALESCE(
      "t17"."total_lines_deleted",
      COALESCE("t17"."tab_lines_deleted", 0) + COALESCE("t17"."composer_lines_deleted", 0) + COALESCE("t17"."non_ai_lines_deleted", 0)
    ) AS "total_lines_deleted",
    "t17"."pull_request_number",
    "t17"."commit_ts" AS "committed_at",
    "t17"."created_at",
    LOWER(TRIM("t17"."commit_source", ' 	
')) AS "commit_source",
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
    ) AS "subject"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t15".*
        EXCLUDE ("latest_possible")
      FROM (
        SELECT
          "t14"."commit_hash",
          "t14"."user_id",
          "t14"."user_email",
          "t14"."user_name",
          "t14"."repo_name",
          "t14"."branch_name",
          "t14"."is_primary_branch",
          "t14"."total_lines_added",
          "t14"."total_lines_deleted",
          "t14"."tab_lines_added",
          "t14"."tab_lines_deleted",
          "t14"."composer_lines_added",
          "t14"."composer_lines_deleted",
          "t14"."non_ai_lines_added",
          "t14"."non_ai_lines_deleted",
          "t14"."message",
          "t14"."commit_source",
          CASE
            WHEN COALESCE(
              (
                "t14"."commit_ts" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t14"."commit_ts" > "t14"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t14"."commit_ts"
          END AS "commit_ts",
          CASE
            WHEN COALESCE(
              (
                "t14"."created_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t14"."created_at" > "t14"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t14"."created_at"
          END AS "created_at",
          "t14"."pull_request_number",
          "t14"."extra",
          "t14"."extraction_ended_at",
          "t14"."latest_possible"
        FROM (
          SELECT
            "t13"."commit_hash",
            "t13"."user_id",
            "t13"."user_email",
            "t13"."user_name",
            "t13"."repo_name",
            "t13"."branch_name",
            "t13"."is_primary_branch",
            "t13"."total_lines_added",
            "t13"."total_lines_deleted",
            "t13"."tab_lines_added",
            "t13"."tab_lines_deleted",
            "t13"."composer_lines_added",
            "t13"."composer_lines_deleted",
            "t13"."non_ai_lines_added",
            "t13"."non_ai_lines_deleted",
            "t13"."message",
            "t13"."commit_source",
            "t13"."commit_ts",
            "t13"."created_at",
            "t13"."pull_request_number",
            "t13"."extra",
            "t6"."extraction_ended_at",
            "t6"."latest_possible"
          FROM (
            SELECT
              "t11"."commit_hash",
              "t11"."user_id",
              "t11"."user_email",
              "t11"."user_name",
              COALESCE("t11"."spelling", "t11"."own_repo_key") AS "repo_name",
              "t11"."branch_name",
              "t11"."is_primary_branch",
              "t11"."total_lines_added",
              "t11"."total_lines_deleted",
              "t11"."tab_lines_added",
              "t11"."tab_lines_deleted",
              "t11"."composer_lines_added",
              "t11"."composer_lines_deleted",
              "t11"."non_ai_lines_added",
              "t11"."non_ai_lines_deleted",
              "t11"."message",
              "t11"."commit_source",
              "t11"."commit_ts",
              "t11"."created_at",
              "t11"."pull_request_number",
              "t11"."extra"
            FROM (
              SELECT
                "t8"."commit_hash",
                "t8"."user_id",
                "t8"."user_email",
                "t8"."user_name",
                "t8"."repo_name",
                "t8"."branch_name",
                "t8"."is_primary_branch",
                "t8"."total_lines_added",
                "t8"."total_lines_deleted",
                "t8"."tab_lines_added",
                "t8"."tab_lines_deleted",
                "t8"."composer_lines_added",
                "t8"."composer_lines_deleted",
                "t8"."non_ai_lines_added",
                "t8"."non_ai_lines_deleted",
                "t8"."message",
                "t8"."commit_source",
                "t8"."commit_ts",
                "t8"."created_at",
                "t8"."pull_request_number",
                "t8"."extra",
                "t8"."own_repo_key",
                "t10"."repo_key",
                "t10"."spelling"
              FROM (
                SELECT
                  "t1"."commit_hash",
                  "t1"."user_id",
                  "t1"."user_email",
                  "t1"."user_name",
                  "t1"."repo_name",
                  "t1"."branch_name",
                  "t1"."is_primary_branch",
                  "t1"."total_lines_added",
                  "t1"."total_lines_deleted",
                  "t1"."tab_lines_added",
                  "t1"."tab_lines_deleted",
                  "t1"."composer_lines_added",
                  "t1"."composer_lines_deleted",
                  "t1"."non_ai_lines_added",
                  "t1"."non_ai_lines_deleted",
                  "t1"."message",
                  "t1"."commit_source",
                  "t1"."commit_ts",
                  "t1"."created_at",
                  "t1"."pull_request_number",
                  "t1"."extra",
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
                FROM "cursor_marts_catalog"."main_raw"."commits" AS "t1"
                WHERE
                  NOT "t1"."commit_hash" IS NULL
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
          PARTITION BY "t16"."commit_hash"
          ORDER BY "t16"."created_at" DESC, "t16"."user_id" DESC, "t16"."user_email" DESC, "t16"."user_name" DESC, "t16"."repo_name" DESC, "t16"."branch_name" DESC, "t16"."is_primary_branch" DESC, "t16"."total_lines_added" DESC, "t16"."total_lines_deleted" DESC, "t16"."tab_lines_added" DESC, "t16"."tab_lines_deleted" DESC, "t16"."composer_lines_added" DESC, "t16"."composer_lines_deleted" DESC, "t16"."non_ai_lines_added" DESC, "t16"."non_ai_lines_deleted" DESC, "t16"."message" DESC, "t16"."commit_source" DESC, "t16"."commit_ts" DESC, "t16"."pull_request_number" DESC, "t16"."extra" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t17"
) AS "built"
