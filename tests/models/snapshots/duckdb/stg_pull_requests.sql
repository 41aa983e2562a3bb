SELECT
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("title" AS TEXT) AS "title",
  CAST("url" AS TEXT) AS "url",
  CAST("author_email" AS TEXT) AS "author_email",
  CAST("author_id" AS TEXT) AS "author_id",
  CAST("author" AS TEXT) AS "author",
  CAST("author_kind" AS TEXT) AS "author_kind",
  CAST("head_repo_name" AS TEXT) AS "head_repo_name",
  CAST("head_branch" AS TEXT) AS "head_branch",
  CAST("merge_commit_hash" AS TEXT) AS "merge_commit_hash",
  CAST("revert_text" AS TEXT) AS "revert_text",
  CAST("state" AS TEXT) AS "state",
  CAST("is_draft" AS BOOLEAN) AS "is_draft",
  CAST("additions" AS BIGINT) AS "additions",
  CAST("deletions" AS BIGINT) AS "deletions",
  CAST("total_loc" AS BIGINT) AS "total_loc",
  CAST("changed_files" AS BIGINT) AS "changed_files",
  CAST("commit_count" AS BIGINT) AS "commit_count",
  CAST("tab_lines" AS BIGINT) AS "tab_lines",
  CAST("composer_lines" AS BIGINT) AS "composer_lines",
  CAST("ai_ratio" AS DOUBLE) AS "ai_ratio",
  CAST("is_reverted" AS BOOLEAN) AS "is_reverted",
  CAST("is_bug_fix" AS BOOLEAN) AS "is_bug_fix",
  CAST("bug_fix_rule" AS TEXT) AS "bug_fix_rule",
  CAST("reviewer_count" AS BIGINT) AS "reviewer_count",
  CAST("created_at" AS TIMESTAMP(6)) AS "created_at",
  CAST("opened_at" AS TIMESTAMP(6)) AS "opened_at",
  CAST("merged_at" AS TIMESTAMP(6)) AS "merged_at",
  CAST("closed_at" AS TIMESTAMP(6)) AS "closed_at",
  CAST("first_commit_at" AS TIMESTAMP(6)) AS "first_commit_at",
  CAST("first_review_at" AS TIMESTAMP(6)) AS "first_review_at",
  CAST("last_commit_at" AS TIMESTAMP(6)) AS "last_commit_at",
  CAST("extraction_ended_at" AS TIMESTAMP(6)) AS "extraction_ended_at",
  CAST("coding_lead_time_hours" AS DOUBLE) AS "coding_lead_time_hours",
  CAST("pickup_time_hours" AS DOUBLE) AS "pickup_time_hours",
  CAST("review_lead_time_hours" AS DOUBLE) AS "review_lead_time_hours",
  CAST("total_cycle_time_hours" AS DOUBLE) AS "total_cycle_time_hours"
FROM (
  SELECT
    "t24"."number" AS "pr_number",
    "t24"."repo_name",
    "t24"."title",
    "t24"."url",
    "t24"."author_email",
    "t24"."author_id",
    COALESCE("t24"."author_email", "t24"."author_id") AS "author",
    CASE
      WHEN "t24"."author_id" IN (
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
      WHEN "t24"."author_id" IN (
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
      WHEN "t24"."author_email" IN (
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
      WHEN "t24"."author_email" IN (
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
      WHEN LOWER(TRIM("t24"."author_type", ' 	
')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "author_kind",
    "t24"."head_repo_name",
    "t24"."head_branch",
    "t24"."merge_commit_hash",
    "t24"."revert_text",
    "t24"."state",
    "t24"."is_draft",
    "t24"."additions",
    "t24"."deletions",
    "t24"."total_loc",
    "t24"."changed_files",
    "t24"."commit_count",
    "t24"."tab_lines",
    "t24"."composer_lines",
    "t24"."ai_ratio",
    "t24"."is_reverted",
    COALESCE(
      "t24"."is_bug_fix",
      NOT CASE
        WHEN (
          NOT "t24"."is_bug_fix" IS NULL
        )
        OR (
          (
            NOT NULLIF(
              REGEXP_EXTRACT("t24"."title", '(^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$)', 1),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(REGEXP_EXTRACT("t24"."head_branch", '(^revert-([0-9]{1,18})-)', 1), '') IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_EXTRACT(
                "t24"."revert_text",
                '((^|
)Reverts ([^ #
]*)#([0-9]{1,18})[ 	]*(
|$))',
                1
              ),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_EXTRACT("t24"."revert_text", '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))', 1),
              ''
            ) IS NULL
          )
        )
        THEN NULL
        ELSE "t24"."rule"
      END IS NULL
    ) AS "is_bug_fix",
    CASE
      WHEN (
        NOT "t24"."is_bug_fix" IS NULL
      )
      OR (
        (
          NOT NULLIF(
            REGEXP_EXTRACT("t24"."title", '(^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$)', 1),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(REGEXP_EXTRACT("t24"."head_branch", '(^revert-([0-9]{1,18})-)', 1), '') IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_EXTRACT(
              "t24"."revert_text",
              '((^|
)Reverts ([^ #
]*)#([0-9]{1,18})[ 	]*(
|$))',
              1
            ),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_EXTRACT("t24"."revert_text", '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))', 1),
            ''
          ) IS NULL
        )
      )
      THEN NULL
      ELSE "t24"."rule"
    END AS "bug_fix_rule",
    "t24"."reviewer_count",
    "t24"."created_at",
    "t24"."opened_at",
    "t24"."merged_at",
    "t24"."closed_at",
    "t24"."first_commit_at",
    "t24"."first_review_at",
    "t24"."last_commit_at",
    "t24"."extraction_ended_at",
    CAST(CASE
      WHEN DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at") IS NULL
      THEN DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at")
      ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at"))
    END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
    CAST(CASE
      WHEN (
        "t24"."merged_at" IS NULL
      )
      OR (
        "t24"."first_review_at" <= "t24"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at"))
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."merged_at") - CASE
      WHEN (
        "t24"."merged_at" IS NULL
      )
      OR (
        "t24"."first_review_at" <= "t24"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."first_review_at"))
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t24"."opened_at", "t24"."merged_at") + COALESCE(
      CASE
        WHEN DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t24"."first_commit_at", "t24"."opened_at"))
      END,
      0
    ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours"
  FROM (
    SELECT
      "t23"."id",
      "t23"."number",
      "t23"."repo_name",
      "t23"."title",
      "t23"."body",
      CASE
        WHEN NOT "t23"."merged_at" IS NULL
        THEN 'merged'
        WHEN LOWER(TRIM("t23"."state", ' 	
')) IN ('open', 'closed', 'merged')
        THEN LOWER(TRIM("t23"."state", ' 	
'))
        ELSE CASE WHEN NOT "t23"."closed_at" IS NULL THEN 'closed' ELSE 'open' END
      END AS "state",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t23"."author_id", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t23"."author_id", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t23"."author_id", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t23"."author_id", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t23"."author_id", ' 	
'))
        END,
        ''
      ) AS "author_id",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t23"."author_email", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t23"."author_email", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t23"."author_email", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t23"."author_email", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t23"."author_email", ' 	
'))
        END,
        ''
      ) AS "author_email",
      "t23"."author_name",
      "t23"."author_type",
      "t23"."is_draft",
      "t23"."ready_at",
      LOWER(TRIM("t23"."merge_commit_hash", ' 	
')) AS "merge_commit_hash",
      "t23"."head_repo_name",
      "t23"."url",
      "t23"."base_branch",
      "t23"."head_branch",
      "t23"."additions",
      "t23"."deletions",
      "t23"."changed_files",
      "t23"."commit_count",
      "t23"."tab_lines",
      "t23"."composer_lines",
      "t23"."ai_ratio",
      "t23"."was_reverted",
      "t23"."is_bug_fix",
      "t23"."reviewers",
      "t23"."labels",
      "t23"."created_at",
      "t23"."updated_at",
      "t23"."merged_at",
      "t23"."closed_at",
      "t23"."first_commit_at",
      "t23"."first_review_at",
      "t23"."last_commit_at",
      "t23"."extra",
      "t23"."extraction_ended_at",
      CASE
        WHEN CONTAINS("t23"."body", 'Reverts ')
        OR CONTAINS("t23"."body", 'This reverts commit ')
        THEN "t23"."body"
        ELSE NULL
      END AS "revert_text",
      "t23"."additions" + "t23"."deletions" AS "total_loc",
      "t23"."was_reverted" AS "is_reverted",
      COALESCE(ARRAY_LENGTH("t23"."reviewers"), 0) AS "reviewer_count",
      CASE
        WHEN COALESCE(
          (
            "t23"."ready_at" > "t23"."created_at"
          )
          AND (
            (
              "t23"."merged_at" IS NULL
            ) OR (
              "t23"."ready_at" <= "t23"."merged_at"
            )
          ),
          FALSE
        )
        THEN "t23"."ready_at"
        ELSE "t23"."created_at"
      END AS "opened_at",
      CASE
        WHEN CONTAINS(LOWER(TO_JSON("t23"."labels")), '"bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"bugfix"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"bug fix"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"bug-fix"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"hotfix"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"regression"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"kind/bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"kind: bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"kind:bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"type/bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"type: bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"type:bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"type - bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"t-bug"')
        OR CONTAINS(LOWER(TO_JSON("t23"."labels")), '"c-bug"')
        THEN 'label'
        WHEN NOT NULLIF(
          REGEXP_EXTRACT(
            LOWER(TRIM("t23"."title", ' 	
')),
            '(^(fix|bugfix|hotfix)([(][^()]*[)])?!?:)',
            1
          ),
          ''
        ) IS NULL
        THEN 'title'
        WHEN STARTS_WITH(LOWER(TRIM("t23"."head_branch", ' 	
')), 'fix/')
        OR STARTS_WITH(LOWER(TRIM("t23"."head_branch", ' 	
')), 'bugfix/')
        OR STARTS_WITH(LOWER(TRIM("t23"."head_branch", ' 	
')), 'hotfix/')
        THEN 'branch'
        ELSE CAST(NULL AS TEXT)
      END AS "rule"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t21"."id",
          "t21"."number",
          "t21"."repo_name",
          "t21"."title",
          "t21"."body",
          "t21"."state",
          "t21"."author_id",
          "t21"."author_email",
          "t21"."author_name",
          "t21"."author_type",
          "t21"."is_draft",
          "t21"."ready_at",
          "t21"."merge_commit_hash",
          COALESCE("t21"."spelling", "t21"."own_repo_key") AS "head_repo_name",
          "t21"."url",
          "t21"."base_branch",
          "t21"."head_branch",
          "t21"."additions",
          "t21"."deletions",
          "t21"."changed_files",
          "t21"."commit_count",
          "t21"."tab_lines",
          "t21"."composer_lines",
          "t21"."ai_ratio",
          "t21"."was_reverted",
          "t21"."is_bug_fix",
          "t21"."reviewers",
          "t21"."labels",
          "t21"."created_at",
          "t21"."updated_at",
          "t21"."merged_at",
          "t21"."closed_at",
          "t21"."first_commit_at",
          "t21"."first_review_at",
          "t21"."last_commit_at",
          "t21"."extra",
          "t21"."extraction_ended_at"
        FROM (
          SELECT
            "t20"."id",
            "t20"."number",
            "t20"."repo_name",
            "t20"."title",
            "t20"."body",
            "t20"."state",
            "t20"."author_id",
            "t20"."author_email",
            "t20"."author_name",
            "t20"."author_type",
            "t20"."is_draft",
            "t20"."ready_at",
            "t20"."merge_commit_hash",
            "t20"."head_repo_name",
            "t20"."url",
            "t20"."base_branch",
            "t20"."head_branch",
            "t20"."additions",
            "t20"."deletions",
            "t20"."changed_files",
            "t20"."commit_count",
            "t20"."tab_lines",
            "t20"."composer_lines",
            "t20"."ai_ratio",
            "t20"."was_reverted",
            "t20"."is_bug_fix",
            "t20"."reviewers",
            "t20"."labels",
            "t20"."created_at",
            "t20"."updated_at",
            "t20"."merged_at",
            "t20"."closed_at",
            "t20"."first_commit_at",
            "t20"."first_review_at",
            "t20"."last_commit_at",
            "t20"."extra",
            "t20"."extraction_ended_at",
            "t20"."own_repo_key",
            "t12"."repo_key",
            "t12"."spelling"
          FROM (
            SELECT
              "t18"."id",
              "t18"."number",
              "t18"."repo_name",
              "t18"."title",
              "t18"."body",
              "t18"."state",
              "t18"."author_id",
              "t18"."author_email",
              "t18"."author_name",
              "t18"."author_type",
              "t18"."is_draft",
              "t18"."ready_at",
              "t18"."merge_commit_hash",
              "t18"."head_repo_name",
              "t18"."url",
              "t18"."base_branch",
              "t18"."head_branch",
              "t18"."additions",
              "t18"."deletions",
              "t18"."changed_files",
              "t18"."commit_count",
              "t18"."tab_lines",
              "t18"."composer_lines",
              "t18"."ai_ratio",
              "t18"."was_reverted",
              "t18"."is_bug_fix",
              "t18"."reviewers",
              "t18"."labels",
              "t18"."created_at",
              "t18"."updated_at",
              "t18"."merged_at",
              "t18"."closed_at",
              "t18"."first_commit_at",
              "t18"."first_review_at",
              "t18"."last_commit_at",
              "t18"."extra",
              "t18"."extraction_ended_at",
              LOWER(
                CASE
                  WHEN TRIM("t18"."head_repo_name", ' 	
') LIKE '%.%/%/%'
                  AND (
                    (
                      STRPOS(TRIM("t18"."head_repo_name", ' 	
'), '.') - 1
                    ) < (
                      STRPOS(TRIM("t18"."head_repo_name", ' 	
'), '/') - 1
                    )
                  )
                  THEN SUBSTRING(
                    TRIM("t18"."head_repo_name", ' 	
'),
                    CASE
                      WHEN (
                        (
                          STRPOS(TRIM("t18"."head_repo_name", ' 	
'), '/') - 1
                        ) + 1 + 1
                      ) >= 1
                      THEN (
                        STRPOS(TRIM("t18"."head_repo_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                      ELSE (
                        STRPOS(TRIM("t18"."head_repo_name", ' 	
'), '/') - 1
                      ) + 1 + 1 + LENGTH(TRIM("t18"."head_repo_name", ' 	
'))
                    END
                  )
                  ELSE TRIM("t18"."head_repo_name", ' 	
')
                END
              ) AS "own_repo_key"
            FROM (
              SELECT
                "t17".*
                EXCLUDE ("latest_possible")
              FROM (
                SELECT
                  "t16"."id",
                  "t16"."number",
                  "t16"."repo_name",
                  "t16"."title",
                  "t16"."body",
                  "t16"."state",
                  "t16"."author_id",
                  "t16"."author_email",
                  "t16"."author_name",
                  "t16"."author_type",
                  "t16"."is_draft",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."ready_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."ready_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."ready_at"
                  END AS "ready_at",
                  "t16"."merge_commit_hash",
                  "t16"."head_repo_name",
                  "t16"."url",
                  "t16"."base_branch",
                  "t16"."head_branch",
                  "t16"."additions",
                  "t16"."deletions",
                  "t16"."changed_files",
                  "t16"."commit_count",
                  "t16"."tab_lines",
                  "t16"."composer_lines",
                  "t16"."ai_ratio",
                  "t16"."was_reverted",
                  "t16"."is_bug_fix",
                  "t16"."reviewers",
                  "t16"."labels",
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
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."updated_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."updated_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."updated_at"
                  END AS "updated_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."merged_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."merged_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."merged_at"
                  END AS "merged_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."closed_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."closed_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."closed_at"
                  END AS "closed_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."first_commit_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."first_commit_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."first_commit_at"
                  END AS "first_commit_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."first_review_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."first_review_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."first_review_at"
                  END AS "first_review_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t16"."last_commit_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t16"."last_commit_at" > "t16"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t16"."last_commit_at"
                  END AS "last_commit_at",
                  "t16"."extra",
                  "t16"."extraction_ended_at",
                  "t16"."latest_possible"
                FROM (
                  SELECT
                    "t15"."id",
                    "t15"."number",
                    "t15"."repo_name",
                    "t15"."title",
                    "t15"."body",
                    "t15"."state",
                    "t15"."author_id",
                    "t15"."author_email",
                    "t15"."author_name",
                    "t15"."author_type",
                    "t15"."is_draft",
                    "t15"."ready_at",
                    "t15"."merge_commit_hash",
                    "t15"."head_repo_name",
                    "t15"."url",
                    "t15"."base_branch",
                    "t15"."head_branch",
                    "t15"."additions",
                    "t15"."deletions",
                    "t15"."changed_files",
                    "t15"."commit_count",
                    "t15"."tab_lines",
                    "t15"."composer_lines",
                    "t15"."ai_ratio",
                    "t15"."was_reverted",
                    "t15"."is_bug_fix",
                    "t15"."reviewers",
                    "t15"."labels",
                    "t15"."created_at",
                    "t15"."updated_at",
                    "t15"."merged_at",
                    "t15"."closed_at",
                    "t15"."first_commit_at",
                    "t15"."first_review_at",
                    "t15"."last_commit_at",
                    "t15"."extra",
                    "t8"."extraction_ended_at",
                    "t8"."latest_possible"
                  FROM (
                    SELECT
                      "t13"."id",
                      "t13"."number",
                      COALESCE("t13"."spelling", "t13"."own_repo_key") AS "repo_name",
                      "t13"."title",
                      "t13"."body",
                      "t13"."state",
                      "t13"."author_id",
                      "t13"."author_email",
                      "t13"."author_name",
                      "t13"."author_type",
                      "t13"."is_draft",
                      "t13"."ready_at",
                      "t13"."merge_commit_hash",
                      "t13"."head_repo_name",
                      "t13"."url",
                      "t13"."base_branch",
                      "t13"."head_branch",
                      "t13"."additions",
                      "t13"."deletions",
                      "t13"."changed_files",
                      "t13"."commit_count",
                      "t13"."tab_lines",
                      "t13"."composer_lines",
                      "t13"."ai_ratio",
                      "t13"."was_reverted",
                      "t13"."is_bug_fix",
                      "t13"."reviewers",
                      "t13"."labels",
                      "t13"."created_at",
                      "t13"."updated_at",
                      "t13"."merged_at",
                      "t13"."closed_at",
                      "t13"."first_commit_at",
                      "t13"."first_review_at",
                      "t13"."last_commit_at",
                      "t13"."extra"
                    FROM (
                      SELECT
                        "t10"."id",
                        "t10"."number",
                        "t10"."repo_name",
                        "t10"."title",
                        "t10"."body",
                        "t10"."state",
                        "t10"."author_id",
                        "t10"."author_email",
                        "t10"."author_name",
                        "t10"."author_type",
                        "t10"."is_draft",
                        "t10"."ready_at",
                        "t10"."merge_commit_hash",
                        "t10"."head_repo_name",
                        "t10"."url",
                        "t10"."base_branch",
                        "t10"."head_branch",
                        "t10"."additions",
                        "t10"."deletions",
                        "t10"."changed_files",
                        "t10"."commit_count",
                        "t10"."tab_lines",
                        "t10"."composer_lines",
                        "t10"."ai_ratio",
                        "t10"."was_reverted",
                        "t10"."is_bug_fix",
                        "t10"."reviewers",
                        "t10"."labels",
                        "t10"."created_at",
                        "t10"."updated_at",
                        "t10"."merged_at",
                        "t10"."closed_at",
                        "t10"."first_commit_at",
                        "t10"."first_review_at",
                        "t10"."last_commit_at",
                        "t10"."extra",
                        "t10"."own_repo_key",
                        "t12"."repo_key",
                        "t12"."spelling"
                      FROM (
                        SELECT
                          "t4"."id",
                          "t4"."number",
                          "t4"."repo_name",
                          "t4"."title",
                          "t4"."body",
                          "t4"."state",
                          "t4"."author_id",
                          "t4"."author_email",
                          "t4"."author_name",
                          "t4"."author_type",
                          "t4"."is_draft",
                          "t4"."ready_at",
                          "t4"."merge_commit_hash",
                          "t4"."head_repo_name",
                          "t4"."url",
                          "t4"."base_branch",
                          "t4"."head_branch",
                          "t4"."additions",
                          "t4"."deletions",
                          "t4"."changed_files",
                          "t4"."commit_count",
                          "t4"."tab_lines",
                          "t4"."composer_lines",
                          "t4"."ai_ratio",
                          "t4"."was_reverted",
                          "t4"."is_bug_fix",
                          "t4"."reviewers",
                          "t4"."labels",
                          "t4"."created_at",
                          "t4"."updated_at",
                          "t4"."merged_at",
                          "t4"."closed_at",
                          "t4"."first_commit_at",
                          "t4"."first_review_at",
                          "t4"."last_commit_at",
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
                            FROM "cursor_marts_catalog"."main_raw"."pull_requests" AS "t2"
                            WHERE
                              NOT "t2"."repo_name" IS NULL AND NOT "t2"."number" IS NULL
                          ) AS "t3"
                        ) AS "t4"
                      ) AS "t10"
                      LEFT OUTER JOIN (
                        SELECT
                          LOWER(
                            CASE
                              WHEN TRIM("t6"."spelling", ' 	
') LIKE '%.%/%/%'
                              AND (
                                (
                                  STRPOS(TRIM("t6"."spelling", ' 	
'), '.') - 1
                                ) < (
                                  STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                                )
                              )
                              THEN SUBSTRING(
                                TRIM("t6"."spelling", ' 	
'),
                                CASE
                                  WHEN (
                                    (
                                      STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                                    ) + 1 + 1
                                  ) >= 1
                                  THEN (
                                    STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                                  ) + 1 + 1
                                  ELSE (
                                    STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                                  ) + 1 + 1 + LENGTH(TRIM("t6"."spelling", ' 	
'))
                                END
                              )
                              ELSE TRIM("t6"."spelling", ' 	
')
                            END
                          ) AS "repo_key",
                          MAX("t6"."spelling") AS "spelling"
                        FROM (
                          SELECT
                            CASE
                              WHEN TRIM("t0"."full_name", ' 	
') LIKE '%.%/%/%'
                              AND (
                                (
                                  STRPOS(TRIM("t0"."full_name", ' 	
'), '.') - 1
                                ) < (
                                  STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                                )
                              )
                              THEN SUBSTRING(
                                TRIM("t0"."full_name", ' 	
'),
                                CASE
                                  WHEN (
                                    (
                                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                                    ) + 1 + 1
                                  ) >= 1
                                  THEN (
                                    STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                                  ) + 1 + 1
                                  ELSE (
                                    STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                                  ) + 1 + 1 + LENGTH(TRIM("t0"."full_name", ' 	
'))
                                END
                              )
                              ELSE TRIM("t0"."full_name", ' 	
')
                            END AS "spelling"
                          FROM "cursor_marts_catalog"."main_raw"."repos" AS "t0"
                        ) AS "t6"
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
                          MAX("t1"."finished_at") FILTER(WHERE
                            COALESCE("t1"."is_current", FALSE)),
                          MAX("t1"."finished_at")
                        ) AS "extraction_ended_at"
                      FROM "cursor_marts_catalog"."main_raw"."extractions" AS "t1"
                    ) AS "t5"
                  ) AS "t8"
                ) AS "t16"
              ) AS "t17"
            ) AS "t18"
          ) AS "t20"
          LEFT OUTER JOIN (
            SELECT
              LOWER(
                CASE
                  WHEN TRIM("t6"."spelling", ' 	
') LIKE '%.%/%/%'
                  AND (
                    (
                      STRPOS(TRIM("t6"."spelling", ' 	
'), '.') - 1
                    ) < (
                      STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                    )
                  )
                  THEN SUBSTRING(
                    TRIM("t6"."spelling", ' 	
'),
                    CASE
                      WHEN (
                        (
                          STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                        ) + 1 + 1
                      ) >= 1
                      THEN (
                        STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1
                      ELSE (
                        STRPOS(TRIM("t6"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1 + LENGTH(TRIM("t6"."spelling", ' 	
'))
                    END
                  )
                  ELSE TRIM("t6"."spelling", ' 	
')
                END
              ) AS "repo_key",
              MAX("t6"."spelling") AS "spelling"
            FROM (
              SELECT
                CASE
                  WHEN TRIM("t0"."full_name", ' 	
') LIKE '%.%/%/%'
                  AND (
                    (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '.') - 1
                    ) < (
                      STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                    )
                  )
                  THEN SUBSTRING(
                    TRIM("t0"."full_name", ' 	
'),
                    CASE
                      WHEN (
                        (
                          STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                        ) + 1 + 1
                      ) >= 1
                      THEN (
                        STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                      ELSE (
                        STRPOS(TRIM("t0"."full_name", ' 	
'), '/') - 1
                      ) + 1 + 1 + LENGTH(TRIM("t0"."full_name", ' 	
'))
                    END
                  )
                  ELSE TRIM("t0"."full_name", ' 	
')
                END AS "spelling"
              FROM "cursor_marts_catalog"."main_raw"."repos" AS "t0"
            ) AS "t6"
            GROUP BY
              1
          ) AS "t12"
            ON "t20"."own_repo_key" = "t12"."repo_key"
        ) AS "t21"
      ) AS "t22"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "t22"."repo_name", "t22"."number"
            ORDER BY "t22"."updated_at" DESC, "t22"."id" DESC, "t22"."title" DESC, "t22"."body" DESC, "t22"."state" DESC, "t22"."author_id" DESC, "t22"."author_email" DESC, "t22"."author_name" DESC, "t22"."author_type" DESC, "t22"."is_draft" DESC, "t22"."ready_at" DESC, "t22"."merge_commit_hash" DESC, "t22"."head_repo_name" DESC, "t22"."url" DESC, "t22"."base_branch" DESC, "t22"."head_branch" DESC, "t22"."additions" DESC, "t22"."deletions" DESC, "t22"."changed_files" DESC, "t22"."commit_count" DESC, "t22"."tab_lines" DESC, "t22"."composer_lines" DESC, "t22"."ai_ratio" DESC, "t22"."was_reverted" DESC, "t22"."is_bug_fix" DESC, TO_JSON("t22"."reviewers") DESC, TO_JSON("t22"."labels") DESC, "t22"."created_at" DESC, "t22"."merged_at" DESC, "t22"."closed_at" DESC, "t22"."first_commit_at" DESC, "t22"."first_review_at" DESC, "t22"."last_commit_at" DESC, "t22"."extra" DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1
        ) = 0
    ) AS "t23"
  ) AS "t24"
) AS "built"
