SELECT
  CAST("COMMENT_ID" AS BIGINT) AS "COMMENT_ID",
  CAST("REVIEW_ID" AS BIGINT) AS "REVIEW_ID",
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("REVIEWER" AS VARCHAR) AS "REVIEWER",
  CAST("REVIEWER_KIND" AS VARCHAR) AS "REVIEWER_KIND",
  CAST("IS_REPLY" AS BOOLEAN) AS "IS_REPLY"
FROM (
  SELECT
    "T18"."ID" AS "COMMENT_ID",
    "T18"."REVIEW_ID",
    "T18"."REPO_NAME",
    "T18"."PR_NUMBER",
    "T18"."REVIEWER",
    CASE
      WHEN "T18"."REVIEWER" IN (
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
      WHEN "T18"."REVIEWER" IN (
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
      WHEN LOWER(TRIM("T18"."AUTHOR_TYPE", ' \t\n\r\f')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "REVIEWER_KIND",
    NOT "T18"."IN_REPLY_TO_ID" IS NULL AS "IS_REPLY",
    "T18"."BODY",
    "T18"."CREATED_AT" AS "COMMENTED_AT"
  FROM (
    SELECT
      "T17"."ID",
      "T17"."REVIEW_ID",
      "T17"."REPO_NAME",
      "T17"."PR_NUMBER",
      "T17"."AUTHOR_ID",
      "T17"."AUTHOR_TYPE",
      "T17"."IN_REPLY_TO_ID",
      "T17"."BODY",
      "T17"."PATH",
      "T17"."LINE",
      "T17"."STATE",
      "T17"."CREATED_AT",
      "T17"."EXTRA",
      "T17"."EXTRACTION_ENDED_AT",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T17"."AUTHOR_ID", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T17"."AUTHOR_ID", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T17"."AUTHOR_ID", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T17"."AUTHOR_ID", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T17"."AUTHOR_ID", ' \t\n\r\f'))
        ),
        ''
      ) AS "REVIEWER"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T15".*
          EXCLUDE ("LATEST_POSSIBLE")
        FROM (
          SELECT
            "T14"."ID",
            "T14"."REVIEW_ID",
            "T14"."REPO_NAME",
            "T14"."PR_NUMBER",
            "T14"."AUTHOR_ID",
            "T14"."AUTHOR_TYPE",
            "T14"."IN_REPLY_TO_ID",
            "T14"."BODY",
            "T14"."PATH",
            "T14"."LINE",
            "T14"."STATE",
            IFF(
              COALESCE(
                (
                  "T14"."CREATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                )
                OR (
                  "T14"."CREATED_AT" > "T14"."LATEST_POSSIBLE"
                ),
                FALSE
              ),
              NULL,
              "T14"."CREATED_AT"
            ) AS "CREATED_AT",
            "T14"."EXTRA",
            "T14"."EXTRACTION_ENDED_AT",
            "T14"."LATEST_POSSIBLE"
          FROM (
            SELECT
              "T13"."ID",
              "T13"."REVIEW_ID",
              "T13"."REPO_NAME",
              "T13"."PR_NUMBER",
              "T13"."AUTHOR_ID",
              "T13"."AUTHOR_TYPE",
              "T13"."IN_REPLY_TO_ID",
              "T13"."BODY",
              "T13"."PATH",
              "T13"."LINE",
              "T13"."STATE",
              "T13"."CREATED_AT",
              "T13"."EXTRA",
              "T6"."EXTRACTION_ENDED_AT",
              "T6"."LATEST_POSSIBLE"
            FROM (
              SELECT
                "T11"."ID",
                "T11"."REVIEW_ID",
                COALESCE("T11"."SPELLING", "T11"."OWN_REPO_KEY") AS "REPO_NAME",
                "T11"."PR_NUMBER",
                "T11"."AUTHOR_ID",
                "T11"."AUTHOR_TYPE",
                "T11"."IN_REPLY_TO_ID",
                "T11"."BODY",
                "T11"."PATH",
                "T11"."LINE",
                "T11"."STATE",
                "T11"."CREATED_AT",
                "T11"."EXTRA"
              FROM (
                SELECT
                  "T8"."ID",
                  "T8"."REVIEW_ID",
                  "T8"."REPO_NAME",
                  "T8"."PR_NUMBER",
                  "T8"."AUTHOR_ID",
                  "T8"."AUTHOR_TYPE",
                  "T8"."IN_REPLY_TO_ID",
                  "T8"."BODY",
                  "T8"."PATH",
                  "T8"."LINE",
                  "T8"."STATE",
                  "T8"."CREATED_AT",
                  "T8"."EXTRA",
                  "T8"."OWN_REPO_KEY",
                  "T10"."REPO_KEY",
                  "T10"."SPELLING"
                FROM (
                  SELECT
                    "T1"."ID",
                    "T1"."REVIEW_ID",
                    "T1"."REPO_NAME",
                    "T1"."PR_NUMBER",
                    "T1"."AUTHOR_ID",
                    "T1"."AUTHOR_TYPE",
                    "T1"."IN_REPLY_TO_ID",
                    "T1"."BODY",
                    "T1"."PATH",
                    "T1"."LINE",
                    "T1"."STATE",
                    "T1"."CREATED_AT",
                    "T1"."EXTRA",
                    LOWER(
                      IFF(
                        TRIM("T1"."REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                        AND (
                          (
                            CHARINDEX('.', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) < (
                            CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                          )
                        ),
                        SUBSTRING(
                          TRIM("T1"."REPO_NAME", ' \t\n\r\f'),
                          IFF(
                            (
                              (
                                CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                              ) + 1 + 1
                            ) >= 1,
                            (
                              CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1,
                            (
                              CHARINDEX('/', TRIM("T1"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1 + LENGTH(TRIM("T1"."REPO_NAME", ' \t\n\r\f'))
                          )
                        ),
                        TRIM("T1"."REPO_NAME", ' \t\n\r\f')
                      )
                    ) AS "OWN_REPO_KEY"
                  FROM "RAW"."REVIEW_COMMENTS" AS "T1"
                  WHERE
                    NOT "T1"."REPO_NAME" IS NULL
                    AND NOT "T1"."PR_NUMBER" IS NULL
                    AND NOT "T1"."ID" IS NULL
                ) AS "T8"
                LEFT OUTER JOIN (
                  SELECT
                    LOWER(
                      IFF(
                        TRIM("T5"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                        AND (
                          (
                            CHARINDEX('.', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                          ) < (
                            CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                          )
                        ),
                        SUBSTRING(
                          TRIM("T5"."SPELLING", ' \t\n\r\f'),
                          IFF(
                            (
                              (
                                CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                              ) + 1 + 1
                            ) >= 1,
                            (
                              CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1,
                            (
                              CHARINDEX('/', TRIM("T5"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1 + LENGTH(TRIM("T5"."SPELLING", ' \t\n\r\f'))
                          )
                        ),
                        TRIM("T5"."SPELLING", ' \t\n\r\f')
                      )
                    ) AS "REPO_KEY",
                    MAX("T5"."SPELLING") AS "SPELLING"
                  FROM (
                    SELECT
                      IFF(
                        TRIM("T2"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                        AND (
                          (
                            CHARINDEX('.', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                          ) < (
                            CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                          )
                        ),
                        SUBSTRING(
                          TRIM("T2"."FULL_NAME", ' \t\n\r\f'),
                          IFF(
                            (
                              (
                                CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                              ) + 1 + 1
                            ) >= 1,
                            (
                              CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1,
                            (
                              CHARINDEX('/', TRIM("T2"."FULL_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1 + LENGTH(TRIM("T2"."FULL_NAME", ' \t\n\r\f'))
                          )
                        ),
                        TRIM("T2"."FULL_NAME", ' \t\n\r\f')
                      ) AS "SPELLING"
                    FROM "RAW"."REPOS" AS "T2"
                  ) AS "T5"
                  GROUP BY
                    1
                ) AS "T10"
                  ON "T8"."OWN_REPO_KEY" = "T10"."REPO_KEY"
              ) AS "T11"
            ) AS "T13"
            CROSS JOIN (
              SELECT
                "T3"."EXTRACTION_ENDED_AT",
                DATEADD(DAY, '1', "T3"."EXTRACTION_ENDED_AT") AS "LATEST_POSSIBLE"
              FROM (
                SELECT
                  COALESCE(
                    MAX(IFF(COALESCE("T0"."IS_CURRENT", FALSE), "T0"."FINISHED_AT", NULL)),
                    MAX("T0"."FINISHED_AT")
                  ) AS "EXTRACTION_ENDED_AT"
                FROM "RAW"."EXTRACTIONS" AS "T0"
              ) AS "T3"
            ) AS "T6"
          ) AS "T14"
        ) AS "T15"
      ) AS "T16"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "T16"."REPO_NAME", "T16"."PR_NUMBER", "T16"."REVIEW_ID", "T16"."ID"
            ORDER BY "T16"."CREATED_AT" DESC NULLS LAST, "T16"."AUTHOR_ID" DESC NULLS LAST, "T16"."AUTHOR_TYPE" DESC NULLS LAST, "T16"."IN_REPLY_TO_ID" DESC NULLS LAST, "T16"."BODY" DESC NULLS LAST, "T16"."PATH" DESC NULLS LAST, "T16"."LINE" DESC NULLS LAST, "T16"."STATE" DESC NULLS LAST, "T16"."EXTRA" DESC NULLS LAST
          ) - 1
        ) = 0
    ) AS "T17"
  ) AS "T18"
) AS "BUILT"
