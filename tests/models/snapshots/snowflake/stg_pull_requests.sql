SELECT
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("TITLE" AS VARCHAR) AS "TITLE",
  CAST("URL" AS VARCHAR) AS "URL",
  CAST("AUTHOR_EMAIL" AS VARCHAR) AS "AUTHOR_EMAIL",
  CAST("AUTHOR_ID" AS VARCHAR) AS "AUTHOR_ID",
  CAST("AUTHOR" AS VARCHAR) AS "AUTHOR",
  CAST("AUTHOR_KIND" AS VARCHAR) AS "AUTHOR_KIND",
  CAST("HEAD_REPO_NAME" AS VARCHAR) AS "HEAD_REPO_NAME",
  CAST("HEAD_BRANCH" AS VARCHAR) AS "HEAD_BRANCH",
  CAST("MERGE_COMMIT_HASH" AS VARCHAR) AS "MERGE_COMMIT_HASH",
  CAST("REVERT_TEXT" AS VARCHAR) AS "REVERT_TEXT",
  CAST("STATE" AS VARCHAR) AS "STATE",
  CAST("IS_DRAFT" AS BOOLEAN) AS "IS_DRAFT",
  CAST("ADDITIONS" AS BIGINT) AS "ADDITIONS",
  CAST("DELETIONS" AS BIGINT) AS "DELETIONS",
  CAST("TOTAL_LOC" AS BIGINT) AS "TOTAL_LOC",
  CAST("CHANGED_FILES" AS BIGINT) AS "CHANGED_FILES",
  CAST("COMMIT_COUNT" AS BIGINT) AS "COMMIT_COUNT",
  CAST("TAB_LINES" AS BIGINT) AS "TAB_LINES",
  CAST("COMPOSER_LINES" AS BIGINT) AS "COMPOSER_LINES",
  CAST("AI_RATIO" AS DOUBLE) AS "AI_RATIO",
  CAST("IS_REVERTED" AS BOOLEAN) AS "IS_REVERTED",
  CAST("IS_BUG_FIX" AS BOOLEAN) AS "IS_BUG_FIX",
  CAST("BUG_FIX_RULE" AS VARCHAR) AS "BUG_FIX_RULE",
  CAST("REVIEWER_COUNT" AS BIGINT) AS "REVIEWER_COUNT",
  CAST("CREATED_AT" AS TIMESTAMPNTZ(6)) AS "CREATED_AT",
  CAST("OPENED_AT" AS TIMESTAMPNTZ(6)) AS "OPENED_AT",
  CAST("MERGED_AT" AS TIMESTAMPNTZ(6)) AS "MERGED_AT",
  CAST("CLOSED_AT" AS TIMESTAMPNTZ(6)) AS "CLOSED_AT",
  CAST("FIRST_COMMIT_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_COMMIT_AT",
  CAST("FIRST_REVIEW_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_REVIEW_AT",
  CAST("LAST_COMMIT_AT" AS TIMESTAMPNTZ(6)) AS "LAST_COMMIT_AT",
  CAST("EXTRACTION_ENDED_AT" AS TIMESTAMPNTZ(6)) AS "EXTRACTION_ENDED_AT",
  CAST("CODING_LEAD_TIME_HOURS" AS DOUBLE) AS "CODING_LEAD_TIME_HOURS",
  CAST("PICKUP_TIME_HOURS" AS DOUBLE) AS "PICKUP_TIME_HOURS",
  CAST("REVIEW_LEAD_TIME_HOURS" AS DOUBLE) AS "REVIEW_LEAD_TIME_HOURS",
  CAST("TOTAL_CYCLE_TIME_HOURS" AS DOUBLE) AS "TOTAL_CYCLE_TIME_HOURS"
FROM (
  SELECT
    "T24"."NUMBER" AS "PR_NUMBER",
    "T24"."REPO_NAME",
    "T24"."TITLE",
    "T24"."URL",
    "T24"."AUTHOR_EMAIL",
    "T24"."AUTHOR_ID",
    COALESCE("T24"."AUTHOR_EMAIL", "T24"."AUTHOR_ID") AS "AUTHOR",
    CASE
      WHEN "T24"."AUTHOR_ID" IN (
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
      WHEN "T24"."AUTHOR_ID" IN (
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
      WHEN "T24"."AUTHOR_EMAIL" IN (
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
      WHEN "T24"."AUTHOR_EMAIL" IN (
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
      WHEN LOWER(TRIM("T24"."AUTHOR_TYPE", ' \t\n\r\f')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "AUTHOR_KIND",
    "T24"."HEAD_REPO_NAME",
    "T24"."HEAD_BRANCH",
    "T24"."MERGE_COMMIT_HASH",
    "T24"."REVERT_TEXT",
    "T24"."STATE",
    "T24"."IS_DRAFT",
    "T24"."ADDITIONS",
    "T24"."DELETIONS",
    "T24"."TOTAL_LOC",
    "T24"."CHANGED_FILES",
    "T24"."COMMIT_COUNT",
    "T24"."TAB_LINES",
    "T24"."COMPOSER_LINES",
    "T24"."AI_RATIO",
    "T24"."IS_REVERTED",
    COALESCE(
      "T24"."IS_BUG_FIX",
      NOT IFF(
        (
          NOT "T24"."IS_BUG_FIX" IS NULL
        )
        OR (
          (
            NOT NULLIF(
              REGEXP_SUBSTR("T24"."TITLE", '(^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$)', 1, 1, 'ce', 1),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(REGEXP_SUBSTR("T24"."HEAD_BRANCH", '(^revert-([0-9]{1,18})-)', 1, 1, 'ce', 1), '') IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_SUBSTR(
                "T24"."REVERT_TEXT",
                '((^|\n)Reverts ([^ #\n]*)#([0-9]{1,18})[ \t\r]*(\n|$))',
                1,
                1,
                'ce',
                1
              ),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_SUBSTR(
                "T24"."REVERT_TEXT",
                '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))',
                1,
                1,
                'ce',
                1
              ),
              ''
            ) IS NULL
          )
        ),
        NULL,
        "T24"."RULE"
      ) IS NULL
    ) AS "IS_BUG_FIX",
    IFF(
      (
        NOT "T24"."IS_BUG_FIX" IS NULL
      )
      OR (
        (
          NOT NULLIF(
            REGEXP_SUBSTR("T24"."TITLE", '(^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$)', 1, 1, 'ce', 1),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(REGEXP_SUBSTR("T24"."HEAD_BRANCH", '(^revert-([0-9]{1,18})-)', 1, 1, 'ce', 1), '') IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_SUBSTR(
              "T24"."REVERT_TEXT",
              '((^|\n)Reverts ([^ #\n]*)#([0-9]{1,18})[ \t\r]*(\n|$))',
              1,
              1,
              'ce',
              1
            ),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_SUBSTR(
              "T24"."REVERT_TEXT",
              '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))',
              1,
              1,
              'ce',
              1
            ),
            ''
          ) IS NULL
        )
      ),
      NULL,
      "T24"."RULE"
    ) AS "BUG_FIX_RULE",
    "T24"."REVIEWER_COUNT",
    "T24"."CREATED_AT",
    "T24"."OPENED_AT",
    "T24"."MERGED_AT",
    "T24"."CLOSED_AT",
    "T24"."FIRST_COMMIT_AT",
    "T24"."FIRST_REVIEW_AT",
    "T24"."LAST_COMMIT_AT",
    "T24"."EXTRACTION_ENDED_AT",
    CAST(IFF(
      DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT") IS NULL,
      DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT"),
      GREATEST(0, DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT"))
    ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
    CAST(IFF(
      (
        "T24"."MERGED_AT" IS NULL
      )
      OR (
        "T24"."FIRST_REVIEW_AT" <= "T24"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT"))
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."MERGED_AT") - IFF(
      (
        "T24"."MERGED_AT" IS NULL
      )
      OR (
        "T24"."FIRST_REVIEW_AT" <= "T24"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."FIRST_REVIEW_AT"))
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T24"."OPENED_AT", "T24"."MERGED_AT") + COALESCE(
      IFF(
        DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T24"."FIRST_COMMIT_AT", "T24"."OPENED_AT"))
      ),
      0
    ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS"
  FROM (
    SELECT
      "T23"."ID",
      "T23"."NUMBER",
      "T23"."REPO_NAME",
      "T23"."TITLE",
      "T23"."BODY",
      CASE
        WHEN NOT "T23"."MERGED_AT" IS NULL
        THEN 'merged'
        WHEN LOWER(TRIM("T23"."STATE", ' \t\n\r\f')) IN ('open', 'closed', 'merged')
        THEN LOWER(TRIM("T23"."STATE", ' \t\n\r\f'))
        ELSE IFF(NOT "T23"."CLOSED_AT" IS NULL, 'closed', 'open')
      END AS "STATE",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T23"."AUTHOR_ID", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T23"."AUTHOR_ID", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T23"."AUTHOR_ID", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T23"."AUTHOR_ID", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T23"."AUTHOR_ID", ' \t\n\r\f'))
        ),
        ''
      ) AS "AUTHOR_ID",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T23"."AUTHOR_EMAIL", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T23"."AUTHOR_EMAIL", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T23"."AUTHOR_EMAIL", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T23"."AUTHOR_EMAIL", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T23"."AUTHOR_EMAIL", ' \t\n\r\f'))
        ),
        ''
      ) AS "AUTHOR_EMAIL",
      "T23"."AUTHOR_NAME",
      "T23"."AUTHOR_TYPE",
      "T23"."IS_DRAFT",
      "T23"."READY_AT",
      LOWER(TRIM("T23"."MERGE_COMMIT_HASH", ' \t\n\r\f')) AS "MERGE_COMMIT_HASH",
      "T23"."HEAD_REPO_NAME",
      "T23"."URL",
      "T23"."BASE_BRANCH",
      "T23"."HEAD_BRANCH",
      "T23"."ADDITIONS",
      "T23"."DELETIONS",
      "T23"."CHANGED_FILES",
      "T23"."COMMIT_COUNT",
      "T23"."TAB_LINES",
      "T23"."COMPOSER_LINES",
      "T23"."AI_RATIO",
      "T23"."WAS_REVERTED",
      "T23"."IS_BUG_FIX",
      "T23"."REVIEWERS",
      "T23"."LABELS",
      "T23"."CREATED_AT",
      "T23"."UPDATED_AT",
      "T23"."MERGED_AT",
      "T23"."CLOSED_AT",
      "T23"."FIRST_COMMIT_AT",
      "T23"."FIRST_REVIEW_AT",
      "T23"."LAST_COMMIT_AT",
      "T23"."EXTRA",
      "T23"."EXTRACTION_ENDED_AT",
      IFF(
        CONTAINS("T23"."BODY", 'Reverts ')
        OR CONTAINS("T23"."BODY", 'This reverts commit '),
        "T23"."BODY",
        NULL
      ) AS "REVERT_TEXT",
      "T23"."ADDITIONS" + "T23"."DELETIONS" AS "TOTAL_LOC",
      "T23"."WAS_REVERTED" AS "IS_REVERTED",
      COALESCE(ARRAY_SIZE("T23"."REVIEWERS"), 0) AS "REVIEWER_COUNT",
      IFF(
        COALESCE(
          (
            "T23"."READY_AT" > "T23"."CREATED_AT"
          )
          AND (
            (
              "T23"."MERGED_AT" IS NULL
            ) OR (
              "T23"."READY_AT" <= "T23"."MERGED_AT"
            )
          ),
          FALSE
        ),
        "T23"."READY_AT",
        "T23"."CREATED_AT"
      ) AS "OPENED_AT",
      CASE
        WHEN CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"bugfix"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"bug fix"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"bug-fix"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"hotfix"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"regression"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"kind/bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"kind: bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"kind:bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"type/bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"type: bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"type:bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"type - bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"t-bug"')
        OR CONTAINS(LOWER(TO_JSON("T23"."LABELS")), '"c-bug"')
        THEN 'label'
        WHEN NOT NULLIF(
          REGEXP_SUBSTR(
            LOWER(TRIM("T23"."TITLE", ' \t\n\r\f')),
            '(^(fix|bugfix|hotfix)([(][^()]*[)])?!?:)',
            1,
            1,
            'ce',
            1
          ),
          ''
        ) IS NULL
        THEN 'title'
        WHEN STARTSWITH(LOWER(TRIM("T23"."HEAD_BRANCH", ' \t\n\r\f')), 'fix/')
        OR STARTSWITH(LOWER(TRIM("T23"."HEAD_BRANCH", ' \t\n\r\f')), 'bugfix/')
        OR STARTSWITH(LOWER(TRIM("T23"."HEAD_BRANCH", ' \t\n\r\f')), 'hotfix/')
        THEN 'branch'
        ELSE CAST(NULL AS VARCHAR)
      END AS "RULE"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T21"."ID",
          "T21"."NUMBER",
          "T21"."REPO_NAME",
          "T21"."TITLE",
          "T21"."BODY",
          "T21"."STATE",
          "T21"."AUTHOR_ID",
          "T21"."AUTHOR_EMAIL",
          "T21"."AUTHOR_NAME",
          "T21"."AUTHOR_TYPE",
          "T21"."IS_DRAFT",
          "T21"."READY_AT",
          "T21"."MERGE_COMMIT_HASH",
          COALESCE("T21"."SPELLING", "T21"."OWN_REPO_KEY") AS "HEAD_REPO_NAME",
          "T21"."URL",
          "T21"."BASE_BRANCH",
          "T21"."HEAD_BRANCH",
          "T21"."ADDITIONS",
          "T21"."DELETIONS",
          "T21"."CHANGED_FILES",
          "T21"."COMMIT_COUNT",
          "T21"."TAB_LINES",
          "T21"."COMPOSER_LINES",
          "T21"."AI_RATIO",
          "T21"."WAS_REVERTED",
          "T21"."IS_BUG_FIX",
          "T21"."REVIEWERS",
          "T21"."LABELS",
          "T21"."CREATED_AT",
          "T21"."UPDATED_AT",
          "T21"."MERGED_AT",
          "T21"."CLOSED_AT",
          "T21"."FIRST_COMMIT_AT",
          "T21"."FIRST_REVIEW_AT",
          "T21"."LAST_COMMIT_AT",
          "T21"."EXTRA",
          "T21"."EXTRACTION_ENDED_AT"
        FROM (
          SELECT
            "T20"."ID",
            "T20"."NUMBER",
            "T20"."REPO_NAME",
            "T20"."TITLE",
            "T20"."BODY",
            "T20"."STATE",
            "T20"."AUTHOR_ID",
            "T20"."AUTHOR_EMAIL",
            "T20"."AUTHOR_NAME",
            "T20"."AUTHOR_TYPE",
            "T20"."IS_DRAFT",
            "T20"."READY_AT",
            "T20"."MERGE_COMMIT_HASH",
            "T20"."HEAD_REPO_NAME",
            "T20"."URL",
            "T20"."BASE_BRANCH",
            "T20"."HEAD_BRANCH",
            "T20"."ADDITIONS",
            "T20"."DELETIONS",
            "T20"."CHANGED_FILES",
            "T20"."COMMIT_COUNT",
            "T20"."TAB_LINES",
            "T20"."COMPOSER_LINES",
            "T20"."AI_RATIO",
            "T20"."WAS_REVERTED",
            "T20"."IS_BUG_FIX",
            "T20"."REVIEWERS",
            "T20"."LABELS",
            "T20"."CREATED_AT",
            "T20"."UPDATED_AT",
            "T20"."MERGED_AT",
            "T20"."CLOSED_AT",
            "T20"."FIRST_COMMIT_AT",
            "T20"."FIRST_REVIEW_AT",
            "T20"."LAST_COMMIT_AT",
            "T20"."EXTRA",
            "T20"."EXTRACTION_ENDED_AT",
            "T20"."OWN_REPO_KEY",
            "T12"."REPO_KEY",
            "T12"."SPELLING"
          FROM (
            SELECT
              "T18"."ID",
              "T18"."NUMBER",
              "T18"."REPO_NAME",
              "T18"."TITLE",
              "T18"."BODY",
              "T18"."STATE",
              "T18"."AUTHOR_ID",
              "T18"."AUTHOR_EMAIL",
              "T18"."AUTHOR_NAME",
              "T18"."AUTHOR_TYPE",
              "T18"."IS_DRAFT",
              "T18"."READY_AT",
              "T18"."MERGE_COMMIT_HASH",
              "T18"."HEAD_REPO_NAME",
              "T18"."URL",
              "T18"."BASE_BRANCH",
              "T18"."HEAD_BRANCH",
              "T18"."ADDITIONS",
              "T18"."DELETIONS",
              "T18"."CHANGED_FILES",
              "T18"."COMMIT_COUNT",
              "T18"."TAB_LINES",
              "T18"."COMPOSER_LINES",
              "T18"."AI_RATIO",
              "T18"."WAS_REVERTED",
              "T18"."IS_BUG_FIX",
              "T18"."REVIEWERS",
              "T18"."LABELS",
              "T18"."CREATED_AT",
              "T18"."UPDATED_AT",
              "T18"."MERGED_AT",
              "T18"."CLOSED_AT",
              "T18"."FIRST_COMMIT_AT",
              "T18"."FIRST_REVIEW_AT",
              "T18"."LAST_COMMIT_AT",
              "T18"."EXTRA",
              "T18"."EXTRACTION_ENDED_AT",
              LOWER(
                IFF(
                  TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                  AND (
                    (
                      CHARINDEX('.', TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                    ) < (
                      CHARINDEX('/', TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                    )
                  ),
                  SUBSTRING(
                    TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f'),
                    IFF(
                      (
                        (
                          CHARINDEX('/', TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                        ) + 1 + 1
                      ) >= 1,
                      (
                        CHARINDEX('/', TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1,
                      (
                        CHARINDEX('/', TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1 + LENGTH(TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f'))
                    )
                  ),
                  TRIM("T18"."HEAD_REPO_NAME", ' \t\n\r\f')
                )
              ) AS "OWN_REPO_KEY"
            FROM (
              SELECT
                "T17".*
                EXCLUDE ("LATEST_POSSIBLE")
              FROM (
                SELECT
                  "T16"."ID",
                  "T16"."NUMBER",
                  "T16"."REPO_NAME",
                  "T16"."TITLE",
                  "T16"."BODY",
                  "T16"."STATE",
                  "T16"."AUTHOR_ID",
                  "T16"."AUTHOR_EMAIL",
                  "T16"."AUTHOR_NAME",
                  "T16"."AUTHOR_TYPE",
                  "T16"."IS_DRAFT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."READY_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."READY_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."READY_AT"
                  ) AS "READY_AT",
                  "T16"."MERGE_COMMIT_HASH",
                  "T16"."HEAD_REPO_NAME",
                  "T16"."URL",
                  "T16"."BASE_BRANCH",
                  "T16"."HEAD_BRANCH",
                  "T16"."ADDITIONS",
                  "T16"."DELETIONS",
                  "T16"."CHANGED_FILES",
                  "T16"."COMMIT_COUNT",
                  "T16"."TAB_LINES",
                  "T16"."COMPOSER_LINES",
                  "T16"."AI_RATIO",
                  "T16"."WAS_REVERTED",
                  "T16"."IS_BUG_FIX",
                  "T16"."REVIEWERS",
                  "T16"."LABELS",
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
                  IFF(
                    COALESCE(
                      (
                        "T16"."UPDATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."UPDATED_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."UPDATED_AT"
                  ) AS "UPDATED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."MERGED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."MERGED_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."MERGED_AT"
                  ) AS "MERGED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."CLOSED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."CLOSED_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."CLOSED_AT"
                  ) AS "CLOSED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."FIRST_COMMIT_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."FIRST_COMMIT_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."FIRST_COMMIT_AT"
                  ) AS "FIRST_COMMIT_AT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."FIRST_REVIEW_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."FIRST_REVIEW_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."FIRST_REVIEW_AT"
                  ) AS "FIRST_REVIEW_AT",
                  IFF(
                    COALESCE(
                      (
                        "T16"."LAST_COMMIT_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T16"."LAST_COMMIT_AT" > "T16"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T16"."LAST_COMMIT_AT"
                  ) AS "LAST_COMMIT_AT",
                  "T16"."EXTRA",
                  "T16"."EXTRACTION_ENDED_AT",
                  "T16"."LATEST_POSSIBLE"
                FROM (
                  SELECT
                    "T15"."ID",
                    "T15"."NUMBER",
                    "T15"."REPO_NAME",
                    "T15"."TITLE",
                    "T15"."BODY",
                    "T15"."STATE",
                    "T15"."AUTHOR_ID",
                    "T15"."AUTHOR_EMAIL",
                    "T15"."AUTHOR_NAME",
                    "T15"."AUTHOR_TYPE",
                    "T15"."IS_DRAFT",
                    "T15"."READY_AT",
                    "T15"."MERGE_COMMIT_HASH",
                    "T15"."HEAD_REPO_NAME",
                    "T15"."URL",
                    "T15"."BASE_BRANCH",
                    "T15"."HEAD_BRANCH",
                    "T15"."ADDITIONS",
                    "T15"."DELETIONS",
                    "T15"."CHANGED_FILES",
                    "T15"."COMMIT_COUNT",
                    "T15"."TAB_LINES",
                    "T15"."COMPOSER_LINES",
                    "T15"."AI_RATIO",
                    "T15"."WAS_REVERTED",
                    "T15"."IS_BUG_FIX",
                    "T15"."REVIEWERS",
                    "T15"."LABELS",
                    "T15"."CREATED_AT",
                    "T15"."UPDATED_AT",
                    "T15"."MERGED_AT",
                    "T15"."CLOSED_AT",
                    "T15"."FIRST_COMMIT_AT",
                    "T15"."FIRST_REVIEW_AT",
                    "T15"."LAST_COMMIT_AT",
                    "T15"."EXTRA",
                    "T8"."EXTRACTION_ENDED_AT",
                    "T8"."LATEST_POSSIBLE"
                  FROM (
                    SELECT
                      "T13"."ID",
                      "T13"."NUMBER",
                      COALESCE("T13"."SPELLING", "T13"."OWN_REPO_KEY") AS "REPO_NAME",
                      "T13"."TITLE",
                      "T13"."BODY",
                      "T13"."STATE",
                      "T13"."AUTHOR_ID",
                      "T13"."AUTHOR_EMAIL",
                      "T13"."AUTHOR_NAME",
                      "T13"."AUTHOR_TYPE",
                      "T13"."IS_DRAFT",
                      "T13"."READY_AT",
                      "T13"."MERGE_COMMIT_HASH",
                      "T13"."HEAD_REPO_NAME",
                      "T13"."URL",
                      "T13"."BASE_BRANCH",
                      "T13"."HEAD_BRANCH",
                      "T13"."ADDITIONS",
                      "T13"."DELETIONS",
                      "T13"."CHANGED_FILES",
                      "T13"."COMMIT_COUNT",
                      "T13"."TAB_LINES",
                      "T13"."COMPOSER_LINES",
                      "T13"."AI_RATIO",
                      "T13"."WAS_REVERTED",
                      "T13"."IS_BUG_FIX",
                      "T13"."REVIEWERS",
                      "T13"."LABELS",
                      "T13"."CREATED_AT",
                      "T13"."UPDATED_AT",
                      "T13"."MERGED_AT",
                      "T13"."CLOSED_AT",
                      "T13"."FIRST_COMMIT_AT",
                      "T13"."FIRST_REVIEW_AT",
                      "T13"."LAST_COMMIT_AT",
                      "T13"."EXTRA"
                    FROM (
                      SELECT
                        "T10"."ID",
                        "T10"."NUMBER",
                        "T10"."REPO_NAME",
                        "T10"."TITLE",
                        "T10"."BODY",
                        "T10"."STATE",
                        "T10"."AUTHOR_ID",
                        "T10"."AUTHOR_EMAIL",
                        "T10"."AUTHOR_NAME",
                        "T10"."AUTHOR_TYPE",
                        "T10"."IS_DRAFT",
                        "T10"."READY_AT",
                        "T10"."MERGE_COMMIT_HASH",
                        "T10"."HEAD_REPO_NAME",
                        "T10"."URL",
                        "T10"."BASE_BRANCH",
                        "T10"."HEAD_BRANCH",
                        "T10"."ADDITIONS",
                        "T10"."DELETIONS",
                        "T10"."CHANGED_FILES",
                        "T10"."COMMIT_COUNT",
                        "T10"."TAB_LINES",
                        "T10"."COMPOSER_LINES",
                        "T10"."AI_RATIO",
                        "T10"."WAS_REVERTED",
                        "T10"."IS_BUG_FIX",
                        "T10"."REVIEWERS",
                        "T10"."LABELS",
                        "T10"."CREATED_AT",
                        "T10"."UPDATED_AT",
                        "T10"."MERGED_AT",
                        "T10"."CLOSED_AT",
                        "T10"."FIRST_COMMIT_AT",
                        "T10"."FIRST_REVIEW_AT",
                        "T10"."LAST_COMMIT_AT",
                        "T10"."EXTRA",
                        "T10"."OWN_REPO_KEY",
                        "T12"."REPO_KEY",
                        "T12"."SPELLING"
                      FROM (
                        SELECT
                          "T4"."ID",
                          "T4"."NUMBER",
                          "T4"."REPO_NAME",
                          "T4"."TITLE",
                          "T4"."BODY",
                          "T4"."STATE",
                          "T4"."AUTHOR_ID",
                          "T4"."AUTHOR_EMAIL",
                          "T4"."AUTHOR_NAME",
                          "T4"."AUTHOR_TYPE",
                          "T4"."IS_DRAFT",
                          "T4"."READY_AT",
                          "T4"."MERGE_COMMIT_HASH",
                          "T4"."HEAD_REPO_NAME",
                          "T4"."URL",
                          "T4"."BASE_BRANCH",
                          "T4"."HEAD_BRANCH",
                          "T4"."ADDITIONS",
                          "T4"."DELETIONS",
                          "T4"."CHANGED_FILES",
                          "T4"."COMMIT_COUNT",
                          "T4"."TAB_LINES",
                          "T4"."COMPOSER_LINES",
                          "T4"."AI_RATIO",
                          "T4"."WAS_REVERTED",
                          "T4"."IS_BUG_FIX",
                          "T4"."REVIEWERS",
                          "T4"."LABELS",
                          "T4"."CREATED_AT",
                          "T4"."UPDATED_AT",
                          "T4"."MERGED_AT",
                          "T4"."CLOSED_AT",
                          "T4"."FIRST_COMMIT_AT",
                          "T4"."FIRST_REVIEW_AT",
                          "T4"."LAST_COMMIT_AT",
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
                            FROM "RAW"."PULL_REQUESTS" AS "T2"
                            WHERE
                              NOT "T2"."REPO_NAME" IS NULL AND NOT "T2"."NUMBER" IS NULL
                          ) AS "T3"
                        ) AS "T4"
                      ) AS "T10"
                      LEFT OUTER JOIN (
                        SELECT
                          LOWER(
                            IFF(
                              TRIM("T6"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                              AND (
                                (
                                  CHARINDEX('.', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                                ) < (
                                  CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                                )
                              ),
                              SUBSTRING(
                                TRIM("T6"."SPELLING", ' \t\n\r\f'),
                                IFF(
                                  (
                                    (
                                      CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                                    ) + 1 + 1
                                  ) >= 1,
                                  (
                                    CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                                  ) + 1 + 1,
                                  (
                                    CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                                  ) + 1 + 1 + LENGTH(TRIM("T6"."SPELLING", ' \t\n\r\f'))
                                )
                              ),
                              TRIM("T6"."SPELLING", ' \t\n\r\f')
                            )
                          ) AS "REPO_KEY",
                          MAX("T6"."SPELLING") AS "SPELLING"
                        FROM (
                          SELECT
                            IFF(
                              TRIM("T0"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                              AND (
                                (
                                  CHARINDEX('.', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                                ) < (
                                  CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                                )
                              ),
                              SUBSTRING(
                                TRIM("T0"."FULL_NAME", ' \t\n\r\f'),
                                IFF(
                                  (
                                    (
                                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                                    ) + 1 + 1
                                  ) >= 1,
                                  (
                                    CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                                  ) + 1 + 1,
                                  (
                                    CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                                  ) + 1 + 1 + LENGTH(TRIM("T0"."FULL_NAME", ' \t\n\r\f'))
                                )
                              ),
                              TRIM("T0"."FULL_NAME", ' \t\n\r\f')
                            ) AS "SPELLING"
                          FROM "RAW"."REPOS" AS "T0"
                        ) AS "T6"
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
                          MAX(IFF(COALESCE("T1"."IS_CURRENT", FALSE), "T1"."FINISHED_AT", NULL)),
                          MAX("T1"."FINISHED_AT")
                        ) AS "EXTRACTION_ENDED_AT"
                      FROM "RAW"."EXTRACTIONS" AS "T1"
                    ) AS "T5"
                  ) AS "T8"
                ) AS "T16"
              ) AS "T17"
            ) AS "T18"
          ) AS "T20"
          LEFT OUTER JOIN (
            SELECT
              LOWER(
                IFF(
                  TRIM("T6"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                  AND (
                    (
                      CHARINDEX('.', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                    ) < (
                      CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                    )
                  ),
                  SUBSTRING(
                    TRIM("T6"."SPELLING", ' \t\n\r\f'),
                    IFF(
                      (
                        (
                          CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                        ) + 1 + 1
                      ) >= 1,
                      (
                        CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1,
                      (
                        CHARINDEX('/', TRIM("T6"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1 + LENGTH(TRIM("T6"."SPELLING", ' \t\n\r\f'))
                    )
                  ),
                  TRIM("T6"."SPELLING", ' \t\n\r\f')
                )
              ) AS "REPO_KEY",
              MAX("T6"."SPELLING") AS "SPELLING"
            FROM (
              SELECT
                IFF(
                  TRIM("T0"."FULL_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                  AND (
                    (
                      CHARINDEX('.', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    ) < (
                      CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                    )
                  ),
                  SUBSTRING(
                    TRIM("T0"."FULL_NAME", ' \t\n\r\f'),
                    IFF(
                      (
                        (
                          CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                        ) + 1 + 1
                      ) >= 1,
                      (
                        CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1,
                      (
                        CHARINDEX('/', TRIM("T0"."FULL_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1 + LENGTH(TRIM("T0"."FULL_NAME", ' \t\n\r\f'))
                    )
                  ),
                  TRIM("T0"."FULL_NAME", ' \t\n\r\f')
                ) AS "SPELLING"
              FROM "RAW"."REPOS" AS "T0"
            ) AS "T6"
            GROUP BY
              1
          ) AS "T12"
            ON "T20"."OWN_REPO_KEY" = "T12"."REPO_KEY"
        ) AS "T21"
      ) AS "T22"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "T22"."REPO_NAME", "T22"."NUMBER"
            ORDER BY "T22"."UPDATED_AT" DESC NULLS LAST, "T22"."ID" DESC NULLS LAST, "T22"."TITLE" DESC NULLS LAST, "T22"."BODY" DESC NULLS LAST, "T22"."STATE" DESC NULLS LAST, "T22"."AUTHOR_ID" DESC NULLS LAST, "T22"."AUTHOR_EMAIL" DESC NULLS LAST, "T22"."AUTHOR_NAME" DESC NULLS LAST, "T22"."AUTHOR_TYPE" DESC NULLS LAST, "T22"."IS_DRAFT" DESC NULLS LAST, "T22"."READY_AT" DESC NULLS LAST, "T22"."MERGE_COMMIT_HASH" DESC NULLS LAST, "T22"."HEAD_REPO_NAME" DESC NULLS LAST, "T22"."URL" DESC NULLS LAST, "T22"."BASE_BRANCH" DESC NULLS LAST, "T22"."HEAD_BRANCH" DESC NULLS LAST, "T22"."ADDITIONS" DESC NULLS LAST, "T22"."DELETIONS" DESC NULLS LAST, "T22"."CHANGED_FILES" DESC NULLS LAST, "T22"."COMMIT_COUNT" DESC NULLS LAST, "T22"."TAB_LINES" DESC NULLS LAST, "T22"."COMPOSER_LINES" DESC NULLS LAST, "T22"."AI_RATIO" DESC NULLS LAST, "T22"."WAS_REVERTED" DESC NULLS LAST, "T22"."IS_BUG_FIX" DESC NULLS LAST, TO_JSON("T22"."REVIEWERS") DESC NULLS LAST, TO_JSON("T22"."LABELS") DESC NULLS LAST, "T22"."CREATED_AT" DESC NULLS LAST, "T22"."MERGED_AT" DESC NULLS LAST, "T22"."CLOSED_AT" DESC NULLS LAST, "T22"."FIRST_COMMIT_AT" DESC NULLS LAST, "T22"."FIRST_REVIEW_AT" DESC NULLS LAST, "T22"."LAST_COMMIT_AT" DESC NULLS LAST, "T22"."EXTRA" DESC NULLS LAST
          ) - 1
        ) = 0
    ) AS "T23"
  ) AS "T24"
) AS "BUILT"
