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
    "T22"."NUMBER" AS "PR_NUMBER",
    "T22"."REPO_NAME",
    "T22"."TITLE",
    "T22"."URL",
    "T22"."AUTHOR_EMAIL",
    "T22"."AUTHOR_ID",
    COALESCE("T22"."AUTHOR_EMAIL", "T22"."AUTHOR_ID") AS "AUTHOR",
    CASE
      WHEN "T22"."AUTHOR_ID" IN (
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
      WHEN "T22"."AUTHOR_ID" IN (
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
      WHEN "T22"."AUTHOR_EMAIL" IN (
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
      WHEN "T22"."AUTHOR_EMAIL" IN (
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
      WHEN LOWER(TRIM("T22"."AUTHOR_TYPE", ' \t\n\r\f')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "AUTHOR_KIND",
    "T22"."HEAD_REPO_NAME",
    "T22"."HEAD_BRANCH",
    "T22"."MERGE_COMMIT_HASH",
    "T22"."REVERT_TEXT",
    "T22"."STATE",
    "T22"."IS_DRAFT",
    "T22"."ADDITIONS",
    "T22"."DELETIONS",
    "T22"."TOTAL_LOC",
    "T22"."CHANGED_FILES",
    "T22"."COMMIT_COUNT",
    "T22"."TAB_LINES",
    "T22"."COMPOSER_LINES",
    "T22"."AI_RATIO",
    "T22"."IS_REVERTED",
    COALESCE(
      "T22"."IS_BUG_FIX",
      NOT IFF(
        (
          NOT "T22"."IS_BUG_FIX" IS NULL
        )
        OR (
          (
            NOT NULLIF(
              REGEXP_SUBSTR("T22"."TITLE", '(^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$)', 1, 1, 'ce', 1),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(REGEXP_SUBSTR("T22"."HEAD_BRANCH", '(^revert-([0-9]{1,18})-)', 1, 1, 'ce', 1), '') IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_SUBSTR(
                "T22"."REVERT_TEXT",
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
                "T22"."REVERT_TEXT",
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
        "T22"."RULE"
      ) IS NULL
    ) AS "IS_BUG_FIX",
    IFF(
      (
        NOT "T22"."IS_BUG_FIX" IS NULL
      )
      OR (
        (
          NOT NULLIF(
            REGEXP_SUBSTR("T22"."TITLE", '(^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$)', 1, 1, 'ce', 1),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(REGEXP_SUBSTR("T22"."HEAD_BRANCH", '(^revert-([0-9]{1,18})-)', 1, 1, 'ce', 1), '') IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_SUBSTR(
              "T22"."REVERT_TEXT",
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
              "T22"."REVERT_TEXT",
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
      "T22"."RULE"
    ) AS "BUG_FIX_RULE",
    "T22"."REVIEWER_COUNT",
    "T22"."CREATED_AT",
    "T22"."OPENED_AT",
    "T22"."MERGED_AT",
    "T22"."CLOSED_AT",
    "T22"."FIRST_COMMIT_AT",
    "T22"."FIRST_REVIEW_AT",
    "T22"."LAST_COMMIT_AT",
    "T22"."EXTRACTION_ENDED_AT",
    CAST(IFF(
      DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT") IS NULL,
      DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT"),
      GREATEST(0, DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT"))
    ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
    CAST(IFF(
      (
        "T22"."MERGED_AT" IS NULL
      )
      OR (
        "T22"."FIRST_REVIEW_AT" <= "T22"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT"))
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."MERGED_AT") - IFF(
      (
        "T22"."MERGED_AT" IS NULL
      )
      OR (
        "T22"."FIRST_REVIEW_AT" <= "T22"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."FIRST_REVIEW_AT"))
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T22"."OPENED_AT", "T22"."MERGED_AT") + COALESCE(
      IFF(
        DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT") IS NULL,
        DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT"),
        GREATEST(0, DATEDIFF(MICROSECOND, "T22"."FIRST_COMMIT_AT", "T22"."OPENED_AT"))
      ),
      0
    ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS"
  FROM (
    SELECT
      "T21"."ID",
      "T21"."NUMBER",
      "T21"."REPO_NAME",
      "T21"."TITLE",
      "T21"."BODY",
      CASE
        WHEN NOT "T21"."MERGED_AT" IS NULL
        THEN 'merged'
        WHEN LOWER(TRIM("T21"."STATE", ' \t\n\r\f')) IN ('open', 'closed', 'merged')
        THEN LOWER(TRIM("T21"."STATE", ' \t\n\r\f'))
        ELSE IFF(NOT "T21"."CLOSED_AT" IS NULL, 'closed', 'open')
      END AS "STATE",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T21"."AUTHOR_ID", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T21"."AUTHOR_ID", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T21"."AUTHOR_ID", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T21"."AUTHOR_ID", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T21"."AUTHOR_ID", ' \t\n\r\f'))
        ),
        ''
      ) AS "AUTHOR_ID",
      NULLIF(
        IFF(
          ENDSWITH(LOWER(TRIM("T21"."AUTHOR_EMAIL", ' \t\n\r\f')), '[bot]'),
          SUBSTRING(
            LOWER(TRIM("T21"."AUTHOR_EMAIL", ' \t\n\r\f')),
            IFF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(LOWER(TRIM("T21"."AUTHOR_EMAIL", ' \t\n\r\f')))
            ),
            LENGTH(LOWER(TRIM("T21"."AUTHOR_EMAIL", ' \t\n\r\f'))) - 5
          ),
          LOWER(TRIM("T21"."AUTHOR_EMAIL", ' \t\n\r\f'))
        ),
        ''
      ) AS "AUTHOR_EMAIL",
      "T21"."AUTHOR_NAME",
      "T21"."AUTHOR_TYPE",
      "T21"."IS_DRAFT",
      "T21"."READY_AT",
      LOWER(TRIM("T21"."MERGE_COMMIT_HASH", ' \t\n\r\f')) AS "MERGE_COMMIT_HASH",
      "T21"."HEAD_REPO_NAME",
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
      "T21"."EXTRACTION_ENDED_AT",
      IFF(
        CONTAINS("T21"."BODY", 'Reverts ')
        OR CONTAINS("T21"."BODY", 'This reverts commit '),
        "T21"."BODY",
        NULL
      ) AS "REVERT_TEXT",
      "T21"."ADDITIONS" + "T21"."DELETIONS" AS "TOTAL_LOC",
      "T21"."WAS_REVERTED" AS "IS_REVERTED",
      COALESCE(ARRAY_SIZE("T21"."REVIEWERS"), 0) AS "REVIEWER_COUNT",
      IFF(
        COALESCE(
          (
            "T21"."READY_AT" > "T21"."CREATED_AT"
          )
          AND (
            (
              "T21"."MERGED_AT" IS NULL
            ) OR (
              "T21"."READY_AT" <= "T21"."MERGED_AT"
            )
          ),
          FALSE
        ),
        "T21"."READY_AT",
        "T21"."CREATED_AT"
      ) AS "OPENED_AT",
      CASE
        WHEN CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"bugfix"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"bug fix"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"bug-fix"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"hotfix"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"regression"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"kind/bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"kind: bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"kind:bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"type/bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"type: bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"type:bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"type - bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"t-bug"')
        OR CONTAINS(LOWER(TO_JSON("T21"."LABELS")), '"c-bug"')
        THEN 'label'
        WHEN NOT NULLIF(
          REGEXP_SUBSTR(
            LOWER(TRIM("T21"."TITLE", ' \t\n\r\f')),
            '(^(fix|bugfix|hotfix)([(][^()]*[)])?!?:)',
            1,
            1,
            'ce',
            1
          ),
          ''
        ) IS NULL
        THEN 'title'
        WHEN STARTSWITH(LOWER(TRIM("T21"."HEAD_BRANCH", ' \t\n\r\f')), 'fix/')
        OR STARTSWITH(LOWER(TRIM("T21"."HEAD_BRANCH", ' \t\n\r\f')), 'bugfix/')
        OR STARTSWITH(LOWER(TRIM("T21"."HEAD_BRANCH", ' \t\n\r\f')), 'hotfix/')
        THEN 'branch'
        ELSE CAST(NULL AS VARCHAR)
      END AS "RULE"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T19"."ID",
          "T19"."NUMBER",
          "T19"."REPO_NAME",
          "T19"."TITLE",
          "T19"."BODY",
          "T19"."STATE",
          "T19"."AUTHOR_ID",
          "T19"."AUTHOR_EMAIL",
          "T19"."AUTHOR_NAME",
          "T19"."AUTHOR_TYPE",
          "T19"."IS_DRAFT",
          "T19"."READY_AT",
          "T19"."MERGE_COMMIT_HASH",
          COALESCE("T19"."SPELLING", "T19"."OWN_REPO_KEY") AS "HEAD_REPO_NAME",
          "T19"."URL",
          "T19"."BASE_BRANCH",
          "T19"."HEAD_BRANCH",
          "T19"."ADDITIONS",
          "T19"."DELETIONS",
          "T19"."CHANGED_FILES",
          "T19"."COMMIT_COUNT",
          "T19"."TAB_LINES",
          "T19"."COMPOSER_LINES",
          "T19"."AI_RATIO",
          "T19"."WAS_REVERTED",
          "T19"."IS_BUG_FIX",
          "T19"."REVIEWERS",
          "T19"."LABELS",
          "T19"."CREATED_AT",
          "T19"."UPDATED_AT",
          "T19"."MERGED_AT",
          "T19"."CLOSED_AT",
          "T19"."FIRST_COMMIT_AT",
          "T19"."FIRST_REVIEW_AT",
          "T19"."LAST_COMMIT_AT",
          "T19"."EXTRA",
          "T19"."EXTRACTION_ENDED_AT"
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
            "T18"."OWN_REPO_KEY",
            "T10"."REPO_KEY",
            "T10"."SPELLING"
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
              "T16"."READY_AT",
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
              "T16"."CREATED_AT",
              "T16"."UPDATED_AT",
              "T16"."MERGED_AT",
              "T16"."CLOSED_AT",
              "T16"."FIRST_COMMIT_AT",
              "T16"."FIRST_REVIEW_AT",
              "T16"."LAST_COMMIT_AT",
              "T16"."EXTRA",
              "T16"."EXTRACTION_ENDED_AT",
              LOWER(
                IFF(
                  TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                  AND (
                    (
                      CHARINDEX('.', TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                    ) < (
                      CHARINDEX('/', TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                    )
                  ),
                  SUBSTRING(
                    TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f'),
                    IFF(
                      (
                        (
                          CHARINDEX('/', TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                        ) + 1 + 1
                      ) >= 1,
                      (
                        CHARINDEX('/', TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1,
                      (
                        CHARINDEX('/', TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')) - 1
                      ) + 1 + 1 + LENGTH(TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f'))
                    )
                  ),
                  TRIM("T16"."HEAD_REPO_NAME", ' \t\n\r\f')
                )
              ) AS "OWN_REPO_KEY"
            FROM (
              SELECT
                "T15".*
                EXCLUDE ("LATEST_POSSIBLE")
              FROM (
                SELECT
                  "T14"."ID",
                  "T14"."NUMBER",
                  "T14"."REPO_NAME",
                  "T14"."TITLE",
                  "T14"."BODY",
                  "T14"."STATE",
                  "T14"."AUTHOR_ID",
                  "T14"."AUTHOR_EMAIL",
                  "T14"."AUTHOR_NAME",
                  "T14"."AUTHOR_TYPE",
                  "T14"."IS_DRAFT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."READY_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."READY_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."READY_AT"
                  ) AS "READY_AT",
                  "T14"."MERGE_COMMIT_HASH",
                  "T14"."HEAD_REPO_NAME",
                  "T14"."URL",
                  "T14"."BASE_BRANCH",
                  "T14"."HEAD_BRANCH",
                  "T14"."ADDITIONS",
                  "T14"."DELETIONS",
                  "T14"."CHANGED_FILES",
                  "T14"."COMMIT_COUNT",
                  "T14"."TAB_LINES",
                  "T14"."COMPOSER_LINES",
                  "T14"."AI_RATIO",
                  "T14"."WAS_REVERTED",
                  "T14"."IS_BUG_FIX",
                  "T14"."REVIEWERS",
                  "T14"."LABELS",
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
                  IFF(
                    COALESCE(
                      (
                        "T14"."UPDATED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."UPDATED_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."UPDATED_AT"
                  ) AS "UPDATED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."MERGED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."MERGED_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."MERGED_AT"
                  ) AS "MERGED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."CLOSED_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."CLOSED_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."CLOSED_AT"
                  ) AS "CLOSED_AT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."FIRST_COMMIT_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."FIRST_COMMIT_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."FIRST_COMMIT_AT"
                  ) AS "FIRST_COMMIT_AT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."FIRST_REVIEW_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."FIRST_REVIEW_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."FIRST_REVIEW_AT"
                  ) AS "FIRST_REVIEW_AT",
                  IFF(
                    COALESCE(
                      (
                        "T14"."LAST_COMMIT_AT" < TIMESTAMP_FROM_PARTS(1990, 1, 1, 0, 0, 0, 0)
                      )
                      OR (
                        "T14"."LAST_COMMIT_AT" > "T14"."LATEST_POSSIBLE"
                      ),
                      FALSE
                    ),
                    NULL,
                    "T14"."LAST_COMMIT_AT"
                  ) AS "LAST_COMMIT_AT",
                  "T14"."EXTRA",
                  "T14"."EXTRACTION_ENDED_AT",
                  "T14"."LATEST_POSSIBLE"
                FROM (
                  SELECT
                    "T13"."ID",
                    "T13"."NUMBER",
                    "T13"."REPO_NAME",
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
                    "T13"."EXTRA",
                    "T6"."EXTRACTION_ENDED_AT",
                    "T6"."LATEST_POSSIBLE"
                  FROM (
                    SELECT
                      "T11"."ID",
                      "T11"."NUMBER",
                      COALESCE("T11"."SPELLING", "T11"."OWN_REPO_KEY") AS "REPO_NAME",
                      "T11"."TITLE",
                      "T11"."BODY",
                      "T11"."STATE",
                      "T11"."AUTHOR_ID",
                      "T11"."AUTHOR_EMAIL",
                      "T11"."AUTHOR_NAME",
                      "T11"."AUTHOR_TYPE",
                      "T11"."IS_DRAFT",
                      "T11"."READY_AT",
                      "T11"."MERGE_COMMIT_HASH",
                      "T11"."HEAD_REPO_NAME",
                      "T11"."URL",
                      "T11"."BASE_BRANCH",
                      "T11"."HEAD_BRANCH",
                      "T11"."ADDITIONS",
                      "T11"."DELETIONS",
                      "T11"."CHANGED_FILES",
                      "T11"."COMMIT_COUNT",
                      "T11"."TAB_LINES",
                      "T11"."COMPOSER_LINES",
                      "T11"."AI_RATIO",
                      "T11"."WAS_REVERTED",
                      "T11"."IS_BUG_FIX",
                      "T11"."REVIEWERS",
                      "T11"."LABELS",
                      "T11"."CREATED_AT",
                      "T11"."UPDATED_AT",
                      "T11"."MERGED_AT",
                      "T11"."CLOSED_AT",
                      "T11"."FIRST_COMMIT_AT",
                      "T11"."FIRST_REVIEW_AT",
                      "T11"."LAST_COMMIT_AT",
                      "T11"."EXTRA"
                    FROM (
                      SELECT
                        "T8"."ID",
                        "T8"."NUMBER",
                        "T8"."REPO_NAME",
                        "T8"."TITLE",
                        "T8"."BODY",
                        "T8"."STATE",
                        "T8"."AUTHOR_ID",
                        "T8"."AUTHOR_EMAIL",
                        "T8"."AUTHOR_NAME",
                        "T8"."AUTHOR_TYPE",
                        "T8"."IS_DRAFT",
                        "T8"."READY_AT",
                        "T8"."MERGE_COMMIT_HASH",
                        "T8"."HEAD_REPO_NAME",
                        "T8"."URL",
                        "T8"."BASE_BRANCH",
                        "T8"."HEAD_BRANCH",
                        "T8"."ADDITIONS",
                        "T8"."DELETIONS",
                        "T8"."CHANGED_FILES",
                        "T8"."COMMIT_COUNT",
                        "T8"."TAB_LINES",
                        "T8"."COMPOSER_LINES",
                        "T8"."AI_RATIO",
                        "T8"."WAS_REVERTED",
                        "T8"."IS_BUG_FIX",
                        "T8"."REVIEWERS",
                        "T8"."LABELS",
                        "T8"."CREATED_AT",
                        "T8"."UPDATED_AT",
                        "T8"."MERGED_AT",
                        "T8"."CLOSED_AT",
                        "T8"."FIRST_COMMIT_AT",
                        "T8"."FIRST_REVIEW_AT",
                        "T8"."LAST_COMMIT_AT",
                        "T8"."EXTRA",
                        "T8"."OWN_REPO_KEY",
                        "T10"."REPO_KEY",
                        "T10"."SPELLING"
                      FROM (
                        SELECT
                          "T2"."ID",
                          "T2"."NUMBER",
                          "T2"."REPO_NAME",
                          "T2"."TITLE",
                          "T2"."BODY",
                          "T2"."STATE",
                          "T2"."AUTHOR_ID",
                          "T2"."AUTHOR_EMAIL",
                          "T2"."AUTHOR_NAME",
                          "T2"."AUTHOR_TYPE",
                          "T2"."IS_DRAFT",
                          "T2"."READY_AT",
                          "T2"."MERGE_COMMIT_HASH",
                          "T2"."HEAD_REPO_NAME",
                          "T2"."URL",
                          "T2"."BASE_BRANCH",
                          "T2"."HEAD_BRANCH",
                          "T2"."ADDITIONS",
                          "T2"."DELETIONS",
                          "T2"."CHANGED_FILES",
                          "T2"."COMMIT_COUNT",
                          "T2"."TAB_LINES",
                          "T2"."COMPOSER_LINES",
                          "T2"."AI_RATIO",
                          "T2"."WAS_REVERTED",
                          "T2"."IS_BUG_FIX",
                          "T2"."REVIEWERS",
                          "T2"."LABELS",
                          "T2"."CREATED_AT",
                          "T2"."UPDATED_AT",
                          "T2"."MERGED_AT",
                          "T2"."CLOSED_AT",
                          "T2"."FIRST_COMMIT_AT",
                          "T2"."FIRST_REVIEW_AT",
                          "T2"."LAST_COMMIT_AT",
                          "T2"."EXTRA",
                          LOWER(
                            IFF(
                              TRIM("T2"."REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                              AND (
                                (
                                  CHARINDEX('.', TRIM("T2"."REPO_NAME", ' \t\n\r\f')) - 1
                                ) < (
                                  CHARINDEX('/', TRIM("T2"."REPO_NAME", ' \t\n\r\f')) - 1
                                )
                              ),
                              SUBSTRING(
                                TRIM("T2"."REPO_NAME", ' \t\n\r\f'),
                                IFF(
                                  (
                                    (
                                      CHARINDEX('/', TRIM("T2"."REPO_NAME", ' \t\n\r\f')) - 1
                                    ) + 1 + 1
                                  ) >= 1,
                                  (
                                    CHARINDEX('/', TRIM("T2"."REPO_NAME", ' \t\n\r\f')) - 1
                                  ) + 1 + 1,
                                  (
                                    CHARINDEX('/', TRIM("T2"."REPO_NAME", ' \t\n\r\f')) - 1
                                  ) + 1 + 1 + LENGTH(TRIM("T2"."REPO_NAME", ' \t\n\r\f'))
                                )
                              ),
                              TRIM("T2"."REPO_NAME", ' \t\n\r\f')
                            )
                          ) AS "OWN_REPO_KEY"
                        FROM "RAW"."PULL_REQUESTS" AS "T2"
                        WHERE
                          NOT "T2"."REPO_NAME" IS NULL AND NOT "T2"."NUMBER" IS NULL
                      ) AS "T8"
                      LEFT OUTER JOIN (
                        SELECT
                          LOWER(
                            IFF(
                              TRIM("T4"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                              AND (
                                (
                                  CHARINDEX('.', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                                ) < (
                                  CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                                )
                              ),
                              SUBSTRING(
                                TRIM("T4"."SPELLING", ' \t\n\r\f'),
                                IFF(
                                  (
                                    (
                                      CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                                    ) + 1 + 1
                                  ) >= 1,
                                  (
                                    CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                                  ) + 1 + 1,
                                  (
                                    CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                                  ) + 1 + 1 + LENGTH(TRIM("T4"."SPELLING", ' \t\n\r\f'))
                                )
                              ),
                              TRIM("T4"."SPELLING", ' \t\n\r\f')
                            )
                          ) AS "REPO_KEY",
                          MAX("T4"."SPELLING") AS "SPELLING"
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
                        ) AS "T4"
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
                          MAX(IFF(COALESCE("T1"."IS_CURRENT", FALSE), "T1"."FINISHED_AT", NULL)),
                          MAX("T1"."FINISHED_AT")
                        ) AS "EXTRACTION_ENDED_AT"
                      FROM "RAW"."EXTRACTIONS" AS "T1"
                    ) AS "T3"
                  ) AS "T6"
                ) AS "T14"
              ) AS "T15"
            ) AS "T16"
          ) AS "T18"
          LEFT OUTER JOIN (
            SELECT
              LOWER(
                IFF(
                  TRIM("T4"."SPELLING", ' \t\n\r\f') LIKE '%.%/%/%'
                  AND (
                    (
                      CHARINDEX('.', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                    ) < (
                      CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                    )
                  ),
                  SUBSTRING(
                    TRIM("T4"."SPELLING", ' \t\n\r\f'),
                    IFF(
                      (
                        (
                          CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                        ) + 1 + 1
                      ) >= 1,
                      (
                        CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1,
                      (
                        CHARINDEX('/', TRIM("T4"."SPELLING", ' \t\n\r\f')) - 1
                      ) + 1 + 1 + LENGTH(TRIM("T4"."SPELLING", ' \t\n\r\f'))
                    )
                  ),
                  TRIM("T4"."SPELLING", ' \t\n\r\f')
                )
              ) AS "REPO_KEY",
              MAX("T4"."SPELLING") AS "SPELLING"
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
            ) AS "T4"
            GROUP BY
              1
          ) AS "T10"
            ON "T18"."OWN_REPO_KEY" = "T10"."REPO_KEY"
        ) AS "T19"
      ) AS "T20"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "T20"."REPO_NAME", "T20"."NUMBER"
            ORDER BY "T20"."UPDATED_AT" DESC NULLS LAST, "T20"."ID" DESC NULLS LAST, "T20"."TITLE" DESC NULLS LAST, "T20"."BODY" DESC NULLS LAST, "T20"."STATE" DESC NULLS LAST, "T20"."AUTHOR_ID" DESC NULLS LAST, "T20"."AUTHOR_EMAIL" DESC NULLS LAST, "T20"."AUTHOR_NAME" DESC NULLS LAST, "T20"."AUTHOR_TYPE" DESC NULLS LAST, "T20"."IS_DRAFT" DESC NULLS LAST, "T20"."READY_AT" DESC NULLS LAST, "T20"."MERGE_COMMIT_HASH" DESC NULLS LAST, "T20"."HEAD_REPO_NAME" DESC NULLS LAST, "T20"."URL" DESC NULLS LAST, "T20"."BASE_BRANCH" DESC NULLS LAST, "T20"."HEAD_BRANCH" DESC NULLS LAST, "T20"."ADDITIONS" DESC NULLS LAST, "T20"."DELETIONS" DESC NULLS LAST, "T20"."CHANGED_FILES" DESC NULLS LAST, "T20"."COMMIT_COUNT" DESC NULLS LAST, "T20"."TAB_LINES" DESC NULLS LAST, "T20"."COMPOSER_LINES" DESC NULLS LAST, "T20"."AI_RATIO" DESC NULLS LAST, "T20"."WAS_REVERTED" DESC NULLS LAST, "T20"."IS_BUG_FIX" DESC NULLS LAST, TO_JSON("T20"."REVIEWERS") DESC NULLS LAST, TO_JSON("T20"."LABELS") DESC NULLS LAST, "T20"."CREATED_AT" DESC NULLS LAST, "T20"."MERGED_AT" DESC NULLS LAST, "T20"."CLOSED_AT" DESC NULLS LAST, "T20"."FIRST_COMMIT_AT" DESC NULLS LAST, "T20"."FIRST_REVIEW_AT" DESC NULLS LAST, "T20"."LAST_COMMIT_AT" DESC NULLS LAST, "T20"."EXTRA" DESC NULLS LAST
          ) - 1
        ) = 0
    ) AS "T21"
  ) AS "T22"
) AS "BUILT"
