SELECT
  CAST("comment_id" AS BIGINT) AS "comment_id",
  CAST("review_id" AS BIGINT) AS "review_id",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("reviewer" AS TEXT) AS "reviewer",
  CAST("reviewer_kind" AS TEXT) AS "reviewer_kind",
  CAST("is_reply" AS BOOLEAN) AS "is_reply"
FROM (
  SELECT
    "t20"."id" AS "comment_id",
    "t20"."review_id",
    "t20"."repo_name",
    "t20"."pr_number",
    "t20"."reviewer",
    CASE
      WHEN "t20"."reviewer" IN (
        'amazon-q-developer',
        'claude',
        'codegen-sh',
        'copilot',
        'copilot-swe-agent',
        'cursor',
        'cursoragent',
        'cursoragent@cursor.com',
        'devin-ai-integration',
        'factory-droid',
        'gitauto-ai',
        'google-labs-jules',
        'lovable-dev',
        'openhands-agent',
        'openhands-ai',
        'roomote',
        'sweep-ai',
        'v0'
      )
      THEN 'agent'
      WHEN "t20"."reviewer" IN (
        'bito-code-review',
        'chatgpt-codex-connector',
        'codeant-ai',
        'coderabbitai',
        'codiumai-pr-agent-pro',
        'copilot-pull-request-reviewer',
        'cubic-dev-ai',
        'ellipsis-dev',
        'gemini-code-assist',
        'graphite-app',
        'greptile-apps',
        'korbit-ai',
        'qodo-code-review',
        'qodo-merge-pro',
        'seer-by-sentry',
        'sourcery-ai',
        'dependabot',
        'dependabot-preview',
        'depfu',
        'greenkeeper',
        'mend-bolt-for-github',
        'pre-commit-ci',
        'pyup-bot',
        'renovate',
        'renovate-bot',
        'scala-steward',
        'snyk-bot',
        'whitesource-bolt-for-github',
        'allcontributors',
        'changeset-bot',
        'codacy-production',
        'codecov',
        'codecov-commenter',
        'coveralls',
        'deepsource-autofix',
        'deepsource-io',
        'github-actions',
        'github-advanced-security',
        'github-merge-queue',
        'gitguardian',
        'imgbot',
        'k8s-ci-robot',
        'kodiakhq',
        'mergify',
        'release-please',
        'semantic-release-bot',
        'socket-security',
        'sonarqubecloud'
      )
      THEN 'bot'
      WHEN LOWER(TRIM("t20"."author_type", ' 	
')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "reviewer_kind",
    NOT "t20"."in_reply_to_id" IS NULL AS "is_reply",
    "t20"."body",
    "t20"."created_at" AS "commented_at"
  FROM (
    SELECT
      "t19"."id",
      "t19"."review_id",
      "t19"."repo_name",
      "t19"."pr_number",
      "t19"."author_id",
      "t19"."author_type",
      "t19"."in_reply_to_id",
      "t19"."body",
      "t19"."path",
      "t19"."line",
      "t19"."state",
      "t19"."created_at",
      "t19"."extra",
      "t19"."extraction_ended_at",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t19"."author_id", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t19"."author_id", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t19"."author_id", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t19"."author_id", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t19"."author_id", ' 	
'))
        END,
        ''
      ) AS "reviewer"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t17".*
          EXCLUDE ("latest_possible")
        FROM (
          SELECT
            "t16"."id",
            "t16"."review_id",
            "t16"."repo_name",
            "t16"."pr_number",
            "t16"."author_id",
            "t16"."author_type",
            "t16"."in_reply_to_id",
            "t16"."body",
            "t16"."path",
            "t16"."line",
            "t16"."state",
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
            "t16"."extra",
            "t16"."extraction_ended_at",
            "t16"."latest_possible"
          FROM (
            SELECT
              "t15"."id",
              "t15"."review_id",
              "t15"."repo_name",
              "t15"."pr_number",
              "t15"."author_id",
              "t15"."author_type",
              "t15"."in_reply_to_id",
              "t15"."body",
              "t15"."path",
              "t15"."line",
              "t15"."state",
              "t15"."created_at",
              "t15"."extra",
              "t8"."extraction_ended_at",
              "t8"."latest_possible"
            FROM (
              SELECT
                "t13"."id",
                "t13"."review_id",
                COALESCE("t13"."spelling", "t13"."own_repo_key") AS "repo_name",
                "t13"."pr_number",
                "t13"."author_id",
                "t13"."author_type",
                "t13"."in_reply_to_id",
                "t13"."body",
                "t13"."path",
                "t13"."line",
                "t13"."state",
                "t13"."created_at",
                "t13"."extra"
              FROM (
                SELECT
                  "t10"."id",
                  "t10"."review_id",
                  "t10"."repo_name",
                  "t10"."pr_number",
                  "t10"."author_id",
                  "t10"."author_type",
                  "t10"."in_reply_to_id",
                  "t10"."body",
                  "t10"."path",
                  "t10"."line",
                  "t10"."state",
                  "t10"."created_at",
                  "t10"."extra",
                  "t10"."own_repo_key",
                  "t12"."repo_key",
                  "t12"."spelling"
                FROM (
                  SELECT
                    "t4"."id",
                    "t4"."review_id",
                    "t4"."repo_name",
                    "t4"."pr_number",
                    "t4"."author_id",
                    "t4"."author_type",
                    "t4"."in_reply_to_id",
                    "t4"."body",
                    "t4"."path",
                    "t4"."line",
                    "t4"."state",
                    "t4"."created_at",
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
                      FROM "cursor_marts_catalog"."main_raw"."review_comments" AS "t1"
                      WHERE
                        NOT "t1"."repo_name" IS NULL
                        AND NOT "t1"."pr_number" IS NULL
                        AND NOT "t1"."id" IS NULL
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
            PARTITION BY "t18"."repo_name", "t18"."pr_number", "t18"."review_id", "t18"."id"
            ORDER BY "t18"."created_at" DESC, "t18"."author_id" DESC, "t18"."author_type" DESC, "t18"."in_reply_to_id" DESC, "t18"."body" DESC, "t18"."path" DESC, "t18"."line" DESC, "t18"."state" DESC, "t18"."extra" DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1
        ) = 0
    ) AS "t19"
  ) AS "t20"
) AS "built"
