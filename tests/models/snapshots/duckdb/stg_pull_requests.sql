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
    "t22"."number" AS "pr_number",
    "t22"."repo_name",
    "t22"."title",
    "t22"."url",
    "t22"."author_email",
    "t22"."author_id",
    COALESCE("t22"."author_email", "t22"."author_id") AS "author",
    CASE
      WHEN "t22"."author_id" IN (
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
      WHEN "t22"."author_id" IN (
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
      WHEN "t22"."author_email" IN (
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
      WHEN "t22"."author_email" IN (
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
      WHEN LOWER(TRIM("t22"."author_type", ' 	
')) = 'bot'
      THEN 'bot'
      ELSE 'human'
    END AS "author_kind",
    "t22"."head_repo_name",
    "t22"."head_branch",
    "t22"."merge_commit_hash",
    "t22"."revert_text",
    "t22"."state",
    "t22"."is_draft",
    "t22"."additions",
    "t22"."deletions",
    "t22"."total_loc",
    "t22"."changed_files",
    "t22"."commit_count",
    "t22"."tab_lines",
    "t22"."composer_lines",
    "t22"."ai_ratio",
    "t22"."is_reverted",
    COALESCE(
      "t22"."is_bug_fix",
      NOT CASE
        WHEN (
          NOT "t22"."is_bug_fix" IS NULL
        )
        OR (
          (
            NOT NULLIF(
              REGEXP_EXTRACT("t22"."title", '(^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$)', 1),
              ''
            ) IS NULL
          )
          OR (
            NOT NULLIF(REGEXP_EXTRACT("t22"."head_branch", '(^revert-([0-9]{1,18})-)', 1), '') IS NULL
          )
          OR (
            NOT NULLIF(
              REGEXP_EXTRACT(
                "t22"."revert_text",
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
              REGEXP_EXTRACT("t22"."revert_text", '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))', 1),
              ''
            ) IS NULL
          )
        )
        THEN NULL
        ELSE "t22"."rule"
      END IS NULL
    ) AS "is_bug_fix",
    CASE
      WHEN (
        NOT "t22"."is_bug_fix" IS NULL
      )
      OR (
        (
          NOT NULLIF(
            REGEXP_EXTRACT("t22"."title", '(^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$)', 1),
            ''
          ) IS NULL
        )
        OR (
          NOT NULLIF(REGEXP_EXTRACT("t22"."head_branch", '(^revert-([0-9]{1,18})-)', 1), '') IS NULL
        )
        OR (
          NOT NULLIF(
            REGEXP_EXTRACT(
              "t22"."revert_text",
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
            REGEXP_EXTRACT("t22"."revert_text", '(This reverts commit ([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$))', 1),
            ''
          ) IS NULL
        )
      )
      THEN NULL
      ELSE "t22"."rule"
    END AS "bug_fix_rule",
    "t22"."reviewer_count",
    "t22"."created_at",
    "t22"."opened_at",
    "t22"."merged_at",
    "t22"."closed_at",
    "t22"."first_commit_at",
    "t22"."first_review_at",
    "t22"."last_commit_at",
    "t22"."extraction_ended_at",
    CAST(CASE
      WHEN DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at") IS NULL
      THEN DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at")
      ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at"))
    END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
    CAST(CASE
      WHEN (
        "t22"."merged_at" IS NULL
      )
      OR (
        "t22"."first_review_at" <= "t22"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at"))
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."merged_at") - CASE
      WHEN (
        "t22"."merged_at" IS NULL
      )
      OR (
        "t22"."first_review_at" <= "t22"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."first_review_at"))
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t22"."opened_at", "t22"."merged_at") + COALESCE(
      CASE
        WHEN DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at") IS NULL
        THEN DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at")
        ELSE GREATEST(0, DATE_DIFF('MICROSECOND', "t22"."first_commit_at", "t22"."opened_at"))
      END,
      0
    ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours"
  FROM (
    SELECT
      "t21"."id",
      "t21"."number",
      "t21"."repo_name",
      "t21"."title",
      "t21"."body",
      CASE
        WHEN NOT "t21"."merged_at" IS NULL
        THEN 'merged'
        WHEN LOWER(TRIM("t21"."state", ' 	
')) IN ('open', 'closed', 'merged')
        THEN LOWER(TRIM("t21"."state", ' 	
'))
        ELSE CASE WHEN NOT "t21"."closed_at" IS NULL THEN 'closed' ELSE 'open' END
      END AS "state",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t21"."author_id", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t21"."author_id", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t21"."author_id", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t21"."author_id", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t21"."author_id", ' 	
'))
        END,
        ''
      ) AS "author_id",
      NULLIF(
        CASE
          WHEN SUFFIX(LOWER(TRIM("t21"."author_email", ' 	
')), '[bot]')
          THEN SUBSTRING(
            LOWER(TRIM("t21"."author_email", ' 	
')),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(LOWER(TRIM("t21"."author_email", ' 	
')))
            END,
            LENGTH(LOWER(TRIM("t21"."author_email", ' 	
'))) - 5
          )
          ELSE LOWER(TRIM("t21"."author_email", ' 	
'))
        END,
        ''
      ) AS "author_email",
      "t21"."author_name",
      "t21"."author_type",
      "t21"."is_draft",
      "t21"."ready_at",
      LOWER(TRIM("t21"."merge_commit_hash", ' 	
')) AS "merge_commit_hash",
      "t21"."head_repo_name",
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
      "t21"."extraction_ended_at",
      CASE
        WHEN CONTAINS("t21"."body", 'Reverts ')
        OR CONTAINS("t21"."body", 'This reverts commit ')
        THEN "t21"."body"
        ELSE NULL
      END AS "revert_text",
      "t21"."additions" + "t21"."deletions" AS "total_loc",
      "t21"."was_reverted" AS "is_reverted",
      COALESCE(ARRAY_LENGTH("t21"."reviewers"), 0) AS "reviewer_count",
      CASE
        WHEN COALESCE(
          (
            "t21"."ready_at" > "t21"."created_at"
          )
          AND (
            (
              "t21"."merged_at" IS NULL
            ) OR (
              "t21"."ready_at" <= "t21"."merged_at"
            )
          ),
          FALSE
        )
        THEN "t21"."ready_at"
        ELSE "t21"."created_at"
      END AS "opened_at",
      CASE
        WHEN CONTAINS(LOWER(TO_JSON("t21"."labels")), '"bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"bugfix"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"bug fix"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"bug-fix"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"hotfix"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"regression"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"kind/bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"kind: bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"kind:bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"type/bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"type: bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"type:bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"type - bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"t-bug"')
        OR CONTAINS(LOWER(TO_JSON("t21"."labels")), '"c-bug"')
        THEN 'label'
        WHEN NOT NULLIF(
          REGEXP_EXTRACT(
            LOWER(TRIM("t21"."title", ' 	
')),
            '(^(fix|bugfix|hotfix)([(][^()]*[)])?!?:)',
            1
          ),
          ''
        ) IS NULL
        THEN 'title'
        WHEN STARTS_WITH(LOWER(TRIM("t21"."head_branch", ' 	
')), 'fix/')
        OR STARTS_WITH(LOWER(TRIM("t21"."head_branch", ' 	
')), 'bugfix/')
        OR STARTS_WITH(LOWER(TRIM("t21"."head_branch", ' 	
')), 'hotfix/')
        THEN 'branch'
        ELSE CAST(NULL AS TEXT)
      END AS "rule"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t19"."id",
          "t19"."number",
          "t19"."repo_name",
          "t19"."title",
          "t19"."body",
          "t19"."state",
          "t19"."author_id",
          "t19"."author_email",
          "t19"."author_name",
          "t19"."author_type",
          "t19"."is_draft",
          "t19"."ready_at",
          "t19"."merge_commit_hash",
          COALESCE("t19"."spelling", "t19"."own_repo_key") AS "head_repo_name",
          "t19"."url",
          "t19"."base_branch",
          "t19"."head_branch",
          "t19"."additions",
          "t19"."deletions",
          "t19"."changed_files",
          "t19"."commit_count",
          "t19"."tab_lines",
          "t19"."composer_lines",
          "t19"."ai_ratio",
          "t19"."was_reverted",
          "t19"."is_bug_fix",
          "t19"."reviewers",
          "t19"."labels",
          "t19"."created_at",
          "t19"."updated_at",
          "t19"."merged_at",
          "t19"."closed_at",
          "t19"."first_commit_at",
          "t19"."first_review_at",
          "t19"."last_commit_at",
          "t19"."extra",
          "t19"."extraction_ended_at"
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
            "t18"."own_repo_key",
            "t10"."repo_key",
            "t10"."spelling"
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
              "t16"."ready_at",
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
              "t16"."created_at",
              "t16"."updated_at",
              "t16"."merged_at",
              "t16"."closed_at",
              "t16"."first_commit_at",
              "t16"."first_review_at",
              "t16"."last_commit_at",
              "t16"."extra",
              "t16"."extraction_ended_at",
              LOWER(
                CASE
                  WHEN TRIM("t16"."head_repo_name", ' 	
') LIKE '%.%/%/%'
                  AND (
                    (
                      STRPOS(TRIM("t16"."head_repo_name", ' 	
'), '.') - 1
                    ) < (
                      STRPOS(TRIM("t16"."head_repo_name", ' 	
'), '/') - 1
                    )
                  )
                  THEN SUBSTRING(
                    TRIM("t16"."head_repo_name", ' 	
'),
                    CASE
                      WHEN (
                        (
                          STRPOS(TRIM("t16"."head_repo_name", ' 	
'), '/') - 1
                        ) + 1 + 1
                      ) >= 1
                      THEN (
                        STRPOS(TRIM("t16"."head_repo_name", ' 	
'), '/') - 1
                      ) + 1 + 1
                      ELSE (
                        STRPOS(TRIM("t16"."head_repo_name", ' 	
'), '/') - 1
                      ) + 1 + 1 + LENGTH(TRIM("t16"."head_repo_name", ' 	
'))
                    END
                  )
                  ELSE TRIM("t16"."head_repo_name", ' 	
')
                END
              ) AS "own_repo_key"
            FROM (
              SELECT
                "t15".*
                EXCLUDE ("latest_possible")
              FROM (
                SELECT
                  "t14"."id",
                  "t14"."number",
                  "t14"."repo_name",
                  "t14"."title",
                  "t14"."body",
                  "t14"."state",
                  "t14"."author_id",
                  "t14"."author_email",
                  "t14"."author_name",
                  "t14"."author_type",
                  "t14"."is_draft",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."ready_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."ready_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."ready_at"
                  END AS "ready_at",
                  "t14"."merge_commit_hash",
                  "t14"."head_repo_name",
                  "t14"."url",
                  "t14"."base_branch",
                  "t14"."head_branch",
                  "t14"."additions",
                  "t14"."deletions",
                  "t14"."changed_files",
                  "t14"."commit_count",
                  "t14"."tab_lines",
                  "t14"."composer_lines",
                  "t14"."ai_ratio",
                  "t14"."was_reverted",
                  "t14"."is_bug_fix",
                  "t14"."reviewers",
                  "t14"."labels",
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
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."updated_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."updated_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."updated_at"
                  END AS "updated_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."merged_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."merged_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."merged_at"
                  END AS "merged_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."closed_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."closed_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."closed_at"
                  END AS "closed_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."first_commit_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."first_commit_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."first_commit_at"
                  END AS "first_commit_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."first_review_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."first_review_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."first_review_at"
                  END AS "first_review_at",
                  CASE
                    WHEN COALESCE(
                      (
                        "t14"."last_commit_at" < MAKE_TIMESTAMP(1990, 1, 1, 0, 0, 0.0)
                      )
                      OR (
                        "t14"."last_commit_at" > "t14"."latest_possible"
                      ),
                      FALSE
                    )
                    THEN NULL
                    ELSE "t14"."last_commit_at"
                  END AS "last_commit_at",
                  "t14"."extra",
                  "t14"."extraction_ended_at",
                  "t14"."latest_possible"
                FROM (
                  SELECT
                    "t13"."id",
                    "t13"."number",
                    "t13"."repo_name",
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
                    "t13"."extra",
                    "t6"."extraction_ended_at",
                    "t6"."latest_possible"
                  FROM (
                    SELECT
                      "t11"."id",
                      "t11"."number",
                      COALESCE("t11"."spelling", "t11"."own_repo_key") AS "repo_name",
                      "t11"."title",
                      "t11"."body",
                      "t11"."state",
                      "t11"."author_id",
                      "t11"."author_email",
                      "t11"."author_name",
                      "t11"."author_type",
                      "t11"."is_draft",
                      "t11"."ready_at",
                      "t11"."merge_commit_hash",
                      "t11"."head_repo_name",
                      "t11"."url",
                      "t11"."base_branch",
                      "t11"."head_branch",
                      "t11"."additions",
                      "t11"."deletions",
                      "t11"."changed_files",
                      "t11"."commit_count",
                      "t11"."tab_lines",
                      "t11"."composer_lines",
                      "t11"."ai_ratio",
                      "t11"."was_reverted",
                      "t11"."is_bug_fix",
                      "t11"."reviewers",
                      "t11"."labels",
                      "t11"."created_at",
                      "t11"."updated_at",
                      "t11"."merged_at",
                      "t11"."closed_at",
                      "t11"."first_commit_at",
                      "t11"."first_review_at",
                      "t11"."last_commit_at",
                      "t11"."extra"
                    FROM (
                      SELECT
                        "t8"."id",
                        "t8"."number",
                        "t8"."repo_name",
                        "t8"."title",
                        "t8"."body",
                        "t8"."state",
                        "t8"."author_id",
                        "t8"."author_email",
                        "t8"."author_name",
                        "t8"."author_type",
                        "t8"."is_draft",
                        "t8"."ready_at",
                        "t8"."merge_commit_hash",
                        "t8"."head_repo_name",
                        "t8"."url",
                        "t8"."base_branch",
                        "t8"."head_branch",
                        "t8"."additions",
                        "t8"."deletions",
                        "t8"."changed_files",
                        "t8"."commit_count",
                        "t8"."tab_lines",
                        "t8"."composer_lines",
                        "t8"."ai_ratio",
                        "t8"."was_reverted",
                        "t8"."is_bug_fix",
                        "t8"."reviewers",
                        "t8"."labels",
                        "t8"."created_at",
                        "t8"."updated_at",
                        "t8"."merged_at",
                        "t8"."closed_at",
                        "t8"."first_commit_at",
                        "t8"."first_review_at",
                        "t8"."last_commit_at",
                        "t8"."extra",
                        "t8"."own_repo_key",
                        "t10"."repo_key",
                        "t10"."spelling"
                      FROM (
                        SELECT
                          "t2"."id",
                          "t2"."number",
                          "t2"."repo_name",
                          "t2"."title",
                          "t2"."body",
                          "t2"."state",
                          "t2"."author_id",
                          "t2"."author_email",
                          "t2"."author_name",
                          "t2"."author_type",
                          "t2"."is_draft",
                          "t2"."ready_at",
                          "t2"."merge_commit_hash",
                          "t2"."head_repo_name",
                          "t2"."url",
                          "t2"."base_branch",
                          "t2"."head_branch",
                          "t2"."additions",
                          "t2"."deletions",
                          "t2"."changed_files",
                          "t2"."commit_count",
                          "t2"."tab_lines",
                          "t2"."composer_lines",
                          "t2"."ai_ratio",
                          "t2"."was_reverted",
                          "t2"."is_bug_fix",
                          "t2"."reviewers",
                          "t2"."labels",
                          "t2"."created_at",
                          "t2"."updated_at",
                          "t2"."merged_at",
                          "t2"."closed_at",
                          "t2"."first_commit_at",
                          "t2"."first_review_at",
                          "t2"."last_commit_at",
                          "t2"."extra",
                          LOWER(
                            CASE
                              WHEN TRIM("t2"."repo_name", ' 	
') LIKE '%.%/%/%'
                              AND (
                                (
                                  STRPOS(TRIM("t2"."repo_name", ' 	
'), '.') - 1
                                ) < (
                                  STRPOS(TRIM("t2"."repo_name", ' 	
'), '/') - 1
                                )
                              )
                              THEN SUBSTRING(
                                TRIM("t2"."repo_name", ' 	
'),
                                CASE
                                  WHEN (
                                    (
                                      STRPOS(TRIM("t2"."repo_name", ' 	
'), '/') - 1
                                    ) + 1 + 1
                                  ) >= 1
                                  THEN (
                                    STRPOS(TRIM("t2"."repo_name", ' 	
'), '/') - 1
                                  ) + 1 + 1
                                  ELSE (
                                    STRPOS(TRIM("t2"."repo_name", ' 	
'), '/') - 1
                                  ) + 1 + 1 + LENGTH(TRIM("t2"."repo_name", ' 	
'))
                                END
                              )
                              ELSE TRIM("t2"."repo_name", ' 	
')
                            END
                          ) AS "own_repo_key"
                        FROM "cursor_marts_catalog"."main_raw"."pull_requests" AS "t2"
                        WHERE
                          NOT "t2"."repo_name" IS NULL AND NOT "t2"."number" IS NULL
                      ) AS "t8"
                      LEFT OUTER JOIN (
                        SELECT
                          LOWER(
                            CASE
                              WHEN TRIM("t4"."spelling", ' 	
') LIKE '%.%/%/%'
                              AND (
                                (
                                  STRPOS(TRIM("t4"."spelling", ' 	
'), '.') - 1
                                ) < (
                                  STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                                )
                              )
                              THEN SUBSTRING(
                                TRIM("t4"."spelling", ' 	
'),
                                CASE
                                  WHEN (
                                    (
                                      STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                                    ) + 1 + 1
                                  ) >= 1
                                  THEN (
                                    STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                                  ) + 1 + 1
                                  ELSE (
                                    STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                                  ) + 1 + 1 + LENGTH(TRIM("t4"."spelling", ' 	
'))
                                END
                              )
                              ELSE TRIM("t4"."spelling", ' 	
')
                            END
                          ) AS "repo_key",
                          MAX("t4"."spelling") AS "spelling"
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
                        ) AS "t4"
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
                          MAX("t1"."finished_at") FILTER(WHERE
                            COALESCE("t1"."is_current", FALSE)),
                          MAX("t1"."finished_at")
                        ) AS "extraction_ended_at"
                      FROM "cursor_marts_catalog"."main_raw"."extractions" AS "t1"
                    ) AS "t3"
                  ) AS "t6"
                ) AS "t14"
              ) AS "t15"
            ) AS "t16"
          ) AS "t18"
          LEFT OUTER JOIN (
            SELECT
              LOWER(
                CASE
                  WHEN TRIM("t4"."spelling", ' 	
') LIKE '%.%/%/%'
                  AND (
                    (
                      STRPOS(TRIM("t4"."spelling", ' 	
'), '.') - 1
                    ) < (
                      STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                    )
                  )
                  THEN SUBSTRING(
                    TRIM("t4"."spelling", ' 	
'),
                    CASE
                      WHEN (
                        (
                          STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                        ) + 1 + 1
                      ) >= 1
                      THEN (
                        STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1
                      ELSE (
                        STRPOS(TRIM("t4"."spelling", ' 	
'), '/') - 1
                      ) + 1 + 1 + LENGTH(TRIM("t4"."spelling", ' 	
'))
                    END
                  )
                  ELSE TRIM("t4"."spelling", ' 	
')
                END
              ) AS "repo_key",
              MAX("t4"."spelling") AS "spelling"
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
            ) AS "t4"
            GROUP BY
              1
          ) AS "t10"
            ON "t18"."own_repo_key" = "t10"."repo_key"
        ) AS "t19"
      ) AS "t20"
      QUALIFY
        (
          ROW_NUMBER() OVER (
            PARTITION BY "t20"."repo_name", "t20"."number"
            ORDER BY "t20"."updated_at" DESC, "t20"."id" DESC, "t20"."title" DESC, "t20"."body" DESC, "t20"."state" DESC, "t20"."author_id" DESC, "t20"."author_email" DESC, "t20"."author_name" DESC, "t20"."author_type" DESC, "t20"."is_draft" DESC, "t20"."ready_at" DESC, "t20"."merge_commit_hash" DESC, "t20"."head_repo_name" DESC, "t20"."url" DESC, "t20"."base_branch" DESC, "t20"."head_branch" DESC, "t20"."additions" DESC, "t20"."deletions" DESC, "t20"."changed_files" DESC, "t20"."commit_count" DESC, "t20"."tab_lines" DESC, "t20"."composer_lines" DESC, "t20"."ai_ratio" DESC, "t20"."was_reverted" DESC, "t20"."is_bug_fix" DESC, TO_JSON("t20"."reviewers") DESC, TO_JSON("t20"."labels") DESC, "t20"."created_at" DESC, "t20"."merged_at" DESC, "t20"."closed_at" DESC, "t20"."first_commit_at" DESC, "t20"."first_review_at" DESC, "t20"."last_commit_at" DESC, "t20"."extra" DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1
        ) = 0
    ) AS "t21"
  ) AS "t22"
) AS "built"
