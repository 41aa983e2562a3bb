SELECT
  CAST("REVIEW_ID" AS BIGINT) AS "REVIEW_ID",
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("REVIEWER" AS VARCHAR) AS "REVIEWER",
  CAST("REVIEWER_KIND" AS VARCHAR) AS "REVIEWER_KIND",
  CAST("STATE" AS VARCHAR) AS "STATE",
  CAST("IS_SUBMITTED" AS BOOLEAN) AS "IS_SUBMITTED",
  CAST("IS_APPROVAL" AS BOOLEAN) AS "IS_APPROVAL",
  CAST("IS_CHANGE_REQUEST" AS BOOLEAN) AS "IS_CHANGE_REQUEST",
  CAST("BODY" AS VARCHAR) AS "BODY",
  CAST("SUBMITTED_AT" AS TIMESTAMPNTZ(6)) AS "SUBMITTED_AT"
FROM (
  SELECT
    "T20"."ID" AS "REVIEW_ID",
    "T20"."REPO_NAME",
    "T20"."PR_NUMBER",
    "T20"."REVIEWER",
    CASE
      WHEN "T20"."REVIEWER" IN (
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
      WHEN "T20"."REVIEWER" IN (
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
      WHEN LOWER(TRIM("T20"."AUTHOR_TYPE", ' \t\n\r\f')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "REVIEWER_KIND",
    "T20"."STATE",
    COALESCE("T20"."STATE" <> 'pending', TRUE) AS "IS_SUBMITTED",
    COALESCE("T20"."STATE" = 'approved', FALSE) AS "IS_APPROVAL",
    COALESCE("T20"."STATE" = 'changes_requested', FALSE)
    OR COALESCE("T20"."PREVIOUS_STATE" = 'changes_requested', FALSE) AS "IS_CHANGE_REQUEST",
    "T20"."BODY",
    "T20"."CREATED_AT" AS "SUBMITTED_AT"
  FROM (
    SELECT
      "T19"."ID",
      "T19"."REPO_NAME",
      "T19"."PR_NUMBER",
      "T19"."AUTHOR_ID",
      "T19"."AUTHOR_TYPE",
      LOWER(TRIM("T19"."STATE", ' \t\n\r\f')) AS "STATE",
      LOWER(TRIM("T19"."PREVIOUS_STATE", ' \t\n\r\f')) AS "PREVIOUS_STATE",
      "T19"."BODY",
      "T19"."CREATED_AT",
      "T19"."EXTRA",
      "T19"."EXTRACTION_ENDED_AT",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T19"."AUTHOR_ID", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T19"."AUTHOR_ID", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T19"."AUTHOR_ID", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T19"."AUTHOR_ID", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T19"."AUTHOR_ID", ' \t\n\r\f'))
        ),
        ''
      ) AS "REVIEWER"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T17".*
          EXCLUDE ("LATEST_POSSIBLE")
        FROM (
          SELECT
            "T16"."ID",
            "T16"."REPO_NAME",
            "T16"."PR_NUMBER",
            "T16"."AUTHOR_ID",
            "T16"."AUTHOR_TYPE",
            "T16"."STATE",
            "T16"."PREVIOUS_STATE",
            "T16"."BODY",
            IFF(
              COALESCE(
                (
                  "T16"."CREATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                )
                OR (
                  "T16"."CREATED_AT" > "T16"."LATEST_POSSIBLE"
                ),
                FALSE
              ),
              NULL,
              "T16"."CREATED_AT"
            ) AS "CREATED_AT",
            "T16"."EXTRA",
            "T16"."EXTRACTION_ENDED_AT",
            "T16"."LATEST_POSSIBLE"
          FROM (
            SELECT
              "T15"."ID",
              "T15"."REPO_NAME",
              "T15"."PR_NUMBER",
              "T15"."AUTHOR_ID",
              "T15"."AUTHOR_TYPE",
              "T15"."STATE",
              "T15"."PREVIOUS_STATE",
              "T15"."BODY",
              "T15"."CREATED_AT",
              "T15"."EXTRA",
              "T8"."EXTRACTION_ENDED_AT",
              "T8"."LATEST_POSSIBLE"
            FROM (
              SELECT
                "T13"."ID",
                COALESCE("T13"."SPELLING", "T13"."OWN_REPO_KEY") AS "REPO_NAME",
                "T13"."PR_NUMBER",
                "T13"."AUTHOR_ID",
                "T13"."AUTHOR_TYPE",
                "T13"."STATE",
                "T13"."PREVIOUS_STATE",
                "T13"."BODY",
                "T13"."CREATED_AT",
                "T13"."EXTRA"
              FROM (
                SELECT
                  "T10"."ID",
                  "T10"."REPO_NAME",
                  "T10"."PR_NUMBER",
                  "T10"."AUTHOR_ID",
                  "T10"."AUTHOR_TYPE",
                  "T10"."STATE",
                  "T10"."PREVIOUS_STATE",
                  "T10"."BODY",
                  "T10"."CREATED_AT",
                  "T10"."EXTRA",
                  "T10"."OWN_REPO_KEY",
                  "T12"."REPO_KEY",
                  "T12"."SPELLING"
                FROM (
                  SELECT
                    "T4"."ID",
                    "T4"."REPO_NAME",
                    "T4"."PR_NUMBER",
                    "T4"."AUTHOR_ID",
                    "T4"."AUTHOR_TYPE",
                    "T4"."STATE",
                    "T4"."PREVIOUS_STATE",
                    "T4"."BODY",
                    "T4"."CREATED_AT",
                    "T4"."EXTRA",
                    LOWER(
                      IFF(
                        TRIM("T4"."REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                        AND (
                          (
                            CHARINDEX('.', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                          ) < (
                            CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                          )
                        ),
                        SUBSTRING(
                          TRIM("T4"."REPO_NAME", ' \t\n\r\f'),
                          IFF(
                            (
                              (
                                CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                              ) + 1 + 1
                            ) >= 1,
                            (
                              CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1,
                            (
                              CHARINDEX('/', TRIM("T4"."REPO_NAME", ' \t\n\r\f')) - 1
                            ) + 1 + 1 + LENGTH(TRIM("T4"."REPO_NAME", ' \t\n\r\f'))
                          )
                        ),
                        TRIM("T4"."REPO_NAME", ' \t\n\r\f')
                      )
                    ) AS "OWN_REPO_KEY"
                  FROM (
                    SELECT
                      "T3".*
                      EXCLUDE ("EXTRACTED_AT", "LANDED_MONTH")
                    FROM (
                      SELECT
                        *
                      FROM "RAW"."REVIEWS" AS "T1"
                      WHERE
                        NOT "T1"."REPO_NAME" IS NULL
                        AND NOT "T1"."PR_NUMBER" IS NULL
                        AND NOT "T1"."ID" IS NULL
                    ) AS "T3"
                  ) AS "T4"
                ) AS "T10"
                LEFT OUTER JOIN (
                  SELECT
                    LOWER(
                      IFF(
                        TRIM("T7"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                        AND (
                          (
                            CHARINDEX('.', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                          ) < (
                            CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                          )
                        ),
                        SUBSTRING(
                          TRIM("T7"."SPELLING", ' \t\n\r\f'),
                          IFF(
                            (
                              (
                                CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                              ) + 1 + 1
                            ) >= 1,
                            (
                              CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1,
                            (
                              CHARINDEX('/', TRIM("T7"."SPELLING", ' \t\n\r\f')) - 1
                            ) + 1 + 1 + LENGTH(TRIM("T7"."SPELLING", ' \t\n\r\f'))
                          )
                        ),
                        TRIM("T7"."SPELLING", ' \t\n\r\f')
                      )
                    ) AS "REPO_KEY",
                    MAX("T7"."SPELLING") AS "SPELLING"
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
                  ) AS "T7"
                  GROUP BY
                    1
                ) AS "T12"
                  ON "T10"."OWN_REPO_KEY" = "T12"."REPO_KEY"
              ) AS "T13"
            ) AS "T15"
            CROSS JOIN (
              SELECT
                "T5"."EXTRACTION_ENDED_AT",
                DATEADD(DAY, '1', "T5"."EXTRACTION_ENDED_AT") AS "LATEST_POSSIBLE"
              FROM (
                SELECT
                  COALESCE(
                    MAX(IFF(COALESCE("T0"."IS_CURRENT", FALSE), "T0"."FINISHED_AT", NULL)),
                    MAX("T0"."FINISHED_AT")
                  ) AS "EXTRACTION_ENDED_AT"
                FROM "RAW"."EXTRACTIONS" AS "T0"
              ) AS "T5"
            ) AS "T8"
          ) AS "T16"
        ) AS "T17"
      ) AS "T18"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "T18"."REPO_NAME", "T18"."PR_NUMBER", "T18"."ID"
            ORDER BY "T18"."CREATED_AT" DESC NULLS LAST, "T18"."AUTHOR_ID" DESC NULLS LAST, "T18"."AUTHOR_TYPE" DESC NULLS LAST, "T18"."STATE" DESC NULLS LAST, "T18"."PREVIOUS_STATE" DESC NULLS LAST, "T18"."BODY" DESC NULLS LAST, "T18"."EXTRA" DESC NULLS LAST
          ) - 1
        ) = 0
    ) AS "T19"
  ) AS "T20"
) AS "BUILT"
