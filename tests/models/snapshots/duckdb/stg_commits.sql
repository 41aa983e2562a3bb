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
    "t19"."commit_hash",
    "t19"."user_id",
    LOWER(TRIM("t19"."user_email", ' 	
')) AS "user_email",
    "t19"."repo_name",
    "t19"."branch_name",
    "t19"."is_primary_branch",
    COALESCE("t19"."tab_lines_added", 0) AS "tab_lines_added",
    COALESCE("t19"."tab_lines_deleted", 0) AS "tab_lines_deleted",
    COALESCE("t19"."composer_lines_added", 0) AS "composer_lines_added",
    COALESCE("t19"."composer_lines_deleted", 0) AS "composer_lines_deleted",
    COALESCE("t19"."non_ai_lines_added", 0) AS "non_ai_lines_added",
    COALESCE("t19"."non_ai_lines_deleted", 0) AS "non_ai_lines_deleted",
    COALESCE("t19"."tab_lines_added", 0) + COALESCE("t19"."composer_lines_added", 0) AS "ai_lines_added",
    COALESCE("t19"."tab_lines_deleted", 0) + COALESCE("t19"."composer_lines_deleted", 0) AS "ai_lines_deleted",
    COALESCE(
      "t19"."total_lines_added",
      COALESCE("t19"."tab_lines_added", 0) + COALESCE("t19"."composer_lines_added", 0) + COALESCE("t19"."non_ai_lines_added", 0)
    ) AS "total_lines_added",
    COALESCE(
      "t19"."total_lines_deleted",
      COALESCE("t19"."tab_lines_deleted", 0) + COALESCE("t19"."composer_lines_deleted", 0) + COALESCE("t19"."non_ai_lines_deleted", 0)
    ) AS "total_lines_deleted",
    "t19"."pull_request_number",
    "t19"."commit_ts" AS "committed_at",
    "t19"."created_at",
    LOWER(TRIM("t19"."commit_source", ' 	
')) AS "commit_source",
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
    ) AS "subject"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17".*
        EXCLUDE ("latest_possible")
      FROM (
        SELECT
          "t16"."commit_hash",
          "t16"."user_id",
          "t16"."user_email",
          "t16"."user_name",
          "t16"."repo_name",
          "t16"."branch_name",
          "t16"."is_primary_branch",
          "t16"."total_lines_added",
          "t16"."total_lines_deleted",
          "t16"."tab_lines_added",
          "t16"."tab_lines_deleted",
          "t16"."composer_lines_added",
          "t16"."composer_lines_deleted",
          "t16"."non_ai_lines_added",
          "t16"."non_ai_lines_deleted",
          "t16"."message",
          "t16"."commit_source",
          CASE
            WHEN COALESCE(
              (
                "t16"."commit_ts" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t16"."commit_ts" > "t16"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t16"."commit_ts"
          END AS "commit_ts",
          CASE
            WHEN COALESCE(
              (
                "t16"."created_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
              )
              OR (
                "t16"."created_at" > "t16"."latest_possible"
              ),
              FALSE
            )
            THEN NULL
            ELSE "t16"."created_at"
          END AS "created_at",
          "t16"."pull_request_number",
          "t16"."extra",
          "t16"."extraction_ended_at",
          "t16"."latest_possible"
        FROM (
          SELECT
            "t15"."commit_hash",
            "t15"."user_id",
            "t15"."user_email",
            "t15"."user_name",
            "t15"."repo_name",
            "t15"."branch_name",
            "t15"."is_primary_branch",
            "t15"."total_lines_added",
            "t15"."total_lines_deleted",
            "t15"."tab_lines_added",
            "t15"."tab_lines_deleted",
            "t15"."composer_lines_added",
            "t15"."composer_lines_deleted",
            "t15"."non_ai_lines_added",
            "t15"."non_ai_lines_deleted",
            "t15"."message",
            "t15"."commit_source",
            "t15"."commit_ts",
            "t15"."created_at",
            "t15"."pull_request_number",
            "t15"."extra",
            "t8"."extraction_ended_at",
            "t8"."latest_possible"
          FROM (
            SELECT
              "t13"."commit_hash",
              "t13"."user_id",
              "t13"."user_email",
              "t13"."user_name",
              COALESCE("t13"."spelling", "t13"."own_repo_key") AS "repo_name",
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
              "t13"."extra"
            FROM (
              SELECT
                "t10"."commit_hash",
                "t10"."user_id",
                "t10"."user_email",
                "t10"."user_name",
                "t10"."repo_name",
                "t10"."branch_name",
                "t10"."is_primary_branch",
                "t10"."total_lines_added",
                "t10"."total_lines_deleted",
                "t10"."tab_lines_added",
                "t10"."tab_lines_deleted",
                "t10"."composer_lines_added",
                "t10"."composer_lines_deleted",
                "t10"."non_ai_lines_added",
                "t10"."non_ai_lines_deleted",
                "t10"."message",
                "t10"."commit_source",
                "t10"."commit_ts",
                "t10"."created_at",
                "t10"."pull_request_number",
                "t10"."extra",
                "t10"."own_repo_key",
                "t12"."repo_key",
                "t12"."spelling"
              FROM (
                SELECT
                  "t4"."commit_hash",
                  "t4"."user_id",
                  "t4"."user_email",
                  "t4"."user_name",
                  "t4"."repo_name",
                  "t4"."branch_name",
                  "t4"."is_primary_branch",
                  "t4"."total_lines_added",
                  "t4"."total_lines_deleted",
                  "t4"."tab_lines_added",
                  "t4"."tab_lines_deleted",
                  "t4"."composer_lines_added",
                  "t4"."composer_lines_deleted",
                  "t4"."non_ai_lines_added",
                  "t4"."non_ai_lines_deleted",
                  "t4"."message",
                  "t4"."commit_source",
                  "t4"."commit_ts",
                  "t4"."created_at",
                  "t4"."pull_request_number",
                  "t4"."extra",
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
                    FROM "cursor_marts_catalog"."main_raw"."commits" AS "t1"
                    WHERE
                      NOT "t1"."commit_hash" IS NULL
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
          PARTITION BY "t18"."commit_hash"
          ORDER BY "t18"."created_at" DESC, "t18"."user_id" DESC, "t18"."user_email" DESC, "t18"."user_name" DESC, "t18"."repo_name" DESC, "t18"."branch_name" DESC, "t18"."is_primary_branch" DESC, "t18"."total_lines_added" DESC, "t18"."total_lines_deleted" DESC, "t18"."tab_lines_added" DESC, "t18"."tab_lines_deleted" DESC, "t18"."composer_lines_added" DESC, "t18"."composer_lines_deleted" DESC, "t18"."non_ai_lines_added" DESC, "t18"."non_ai_lines_deleted" DESC, "t18"."message" DESC, "t18"."commit_source" DESC, "t18"."commit_ts" DESC, "t18"."pull_request_number" DESC, "t18"."extra" DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) = 0
  ) AS "t19"
) AS "built"
