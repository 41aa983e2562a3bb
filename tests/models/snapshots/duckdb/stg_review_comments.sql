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
    "t18"."id" AS "comment_id",
    "t18"."review_id",
    "t18"."repo_name",
    "t18"."pr_number",
    "t18"."reviewer",
    CASE
      WHEN "t18"."reviewer" IN (
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
      WHEN "t18"."reviewer" IN (
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
      WHEN LOWER(TRIM("t18"."author_type", ' 	
')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "reviewer_kind",
    NOT "t18"."in_reply_to_id" IS NULL AS "is_reply",
    "t18"."body",
    "t18"."created_at" AS "commented_at"
  FROM (
    SELECT
      "t17"."id",
      "t17"."review_id",
      "t17"."repo_name",
      "t17"."pr_number",
      "t17"."author_id",
      "t17"."author_type",
      "t17"."in_reply_to_id",
      "t17"."body",
      "t17"."path",
      "t17"."line",
      "t17"."state",
      "t17"."created_at",
      "t17"."extra",
      "t17"."extraction_ended_at",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t17"."author_id", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t17"."author_id", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t17"."author_id", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t17"."author_id", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t17"."author_id", ' 	
'))
        END,
        ''
      ) AS "reviewer"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t15".*
          EXCLUDE ("latest_possible")
        FROM (
          SELECT
            "t14"."id",
            "t14"."review_id",
            "t14"."repo_name",
            "t14"."pr_number",
            "t14"."author_id",
            "t14"."author_type",
            "t14"."in_reply_to_id",
            "t14"."body",
            "t14"."path",
            "t14"."line",
            "t14"."state",
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
            "t14"."extra",
            "t14"."extraction_ended_at",
            "t14"."latest_possible"
          FROM (
            SELECT
              "t13"."id",
              "t13"."review_id",
              "t13"."repo_name",
              "t13"."pr_number",
              "t13"."author_id",
              "t13"."author_type",
              "t13"."in_reply_to_id",
              "t13"."body",
              "t13"."path",
              "t13"."line",
              "t13"."state",
              "t13"."created_at",
              "t13"."extra",
              "t6"."extraction_ended_at",
              "t6"."latest_possible"
            FROM (
              SELECT
                "t11"."id",
                "t11"."review_id",
                COALESCE("t11"."spelling", "t11"."own_repo_key") AS "repo_name",
                "t11"."pr_number",
                "t11"."author_id",
                "t11"."author_type",
                "t11"."in_reply_to_id",
                "t11"."body",
                "t11"."path",
                "t11"."line",
                "t11"."state",
                "t11"."created_at",
                "t11"."extra"
              FROM (
                SELECT
                  "t8"."id",
                  "t8"."review_id",
                  "t8"."repo_name",
                  "t8"."pr_number",
                  "t8"."author_id",
                  "t8"."author_type",
                  "t8"."in_reply_to_id",
                  "t8"."body",
                  "t8"."path",
                  "t8"."line",
                  "t8"."state",
                  "t8"."created_at",
                  "t8"."extra",
                  "t8"."own_repo_key",
                  "t10"."repo_key",
                  "t10"."spelling"
                FROM (
                  SELECT
                    "t1"."id",
                    "t1"."review_id",
                    "t1"."repo_name",
                    "t1"."pr_number",
                    "t1"."author_id",
                    "t1"."author_type",
                    "t1"."in_reply_to_id",
                    "t1"."body",
                    "t1"."path",
                    "t1"."line",
                    "t1"."state",
                    "t1"."created_at",
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
                  FROM "cursor_marts_catalog"."main_raw"."review_comments" AS "t1"
                  WHERE
                    NOT "t1"."repo_name" IS NULL
                    AND NOT "t1"."pr_number" IS NULL
                    AND NOT "t1"."id" IS NULL
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
            PARTITION BY "t16"."repo_name", "t16"."pr_number", "t16"."review_id", "t16"."id"
            ORDER BY "t16"."created_at" DESC, "t16"."author_id" DESC, "t16"."author_type" DESC, "t16"."in_reply_to_id" DESC, "t16"."body" DESC, "t16"."path" DESC, "t16"."line" DESC, "t16"."state" DESC, "t16"."extra" DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1
        ) = 0
    ) AS "t17"
  ) AS "t18"
) AS "built"
