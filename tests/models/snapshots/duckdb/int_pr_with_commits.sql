SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("title" AS TEXT) AS "title",
  CAST("url" AS TEXT) AS "url",
  CAST("author_email" AS TEXT) AS "author_email",
  CAST("author_id" AS TEXT) AS "author_id",
  CAST("author" AS TEXT) AS "author",
  CAST("author_kind" AS TEXT) AS "author_kind",
  CAST("state" AS TEXT) AS "state",
  CAST("is_reverted" AS BOOLEAN) AS "is_reverted",
  CAST("reverted_by" AS BIGINT) AS "reverted_by",
  CAST("is_bug_fix" AS BOOLEAN) AS "is_bug_fix",
  CAST("bug_fix_rule" AS TEXT) AS "bug_fix_rule",
  CAST("additions" AS BIGINT) AS "additions",
  CAST("total_loc" AS BIGINT) AS "total_loc",
  CAST("changed_files" AS BIGINT) AS "changed_files",
  CAST("commit_count" AS BIGINT) AS "commit_count",
  CAST("created_at" AS TIMESTAMP(6)) AS "created_at",
  CAST("opened_at" AS TIMESTAMP(6)) AS "opened_at",
  CAST("merged_at" AS TIMESTAMP(6)) AS "merged_at",
  CAST("extraction_ended_at" AS TIMESTAMP(6)) AS "extraction_ended_at",
  CAST("first_commit_at" AS TIMESTAMP(6)) AS "first_commit_at",
  CAST("first_review_at" AS TIMESTAMP(6)) AS "first_review_at",
  CAST("last_review_at" AS TIMESTAMP(6)) AS "last_review_at",
  CAST("coding_lead_time_hours" AS DOUBLE) AS "coding_lead_time_hours",
  CAST("pickup_time_hours" AS DOUBLE) AS "pickup_time_hours",
  CAST("review_lead_time_hours" AS DOUBLE) AS "review_lead_time_hours",
  CAST("total_cycle_time_hours" AS DOUBLE) AS "total_cycle_time_hours",
  CAST("listed_commit_count" AS BIGINT) AS "listed_commit_count",
  CAST("linked_commit_count" AS BIGINT) AS "linked_commit_count",
  CAST("rewritten_commit_count" AS BIGINT) AS "rewritten_commit_count",
  CAST("linked_ai_lines" AS BIGINT) AS "linked_ai_lines",
  CAST("linked_total_lines" AS BIGINT) AS "linked_total_lines",
  CAST("review_count" AS BIGINT) AS "review_count",
  CAST("bot_review_count" AS BIGINT) AS "bot_review_count",
  CAST("approval_count" AS BIGINT) AS "approval_count",
  CAST("change_request_count" AS BIGINT) AS "change_request_count",
  CAST("distinct_reviewers" AS BIGINT) AS "distinct_reviewers",
  CAST("review_comment_count" AS BIGINT) AS "review_comment_count",
  CAST("final_ai_ratio" AS DOUBLE) AS "final_ai_ratio",
  CAST("ai_lines" AS BIGINT) AS "ai_lines",
  CAST("ai_usage_band" AS TEXT) AS "ai_usage_band",
  CAST("iterations" AS BIGINT) AS "iterations",
  CAST("review_cycle_time_hours" AS DOUBLE) AS "review_cycle_time_hours",
  CAST("review_density" AS DOUBLE) AS "review_density",
  CAST("has_hotfix_followup" AS BOOLEAN) AS "has_hotfix_followup",
  CAST("review_hours_estimate" AS DOUBLE) AS "review_hours_estimate"
FROM (
  WITH "t8" AS (
    SELECT
      "t0"."repo_name",
      "t0"."pr_number",
      "t0"."author",
      "t0"."author_id"
    FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
  )
  SELECT
    "t54"."repo_name",
    "t54"."pr_number",
    "t54"."title",
    "t54"."url",
    "t54"."author_email",
    "t54"."author_id",
    "t54"."author",
    "t54"."author_kind",
    "t54"."state",
    "t54"."is_reverted",
    "t54"."reverted_by",
    "t54"."is_bug_fix",
    "t54"."bug_fix_rule",
    "t54"."additions",
    "t54"."total_loc",
    "t54"."changed_files",
    "t54"."commit_count",
    "t54"."created_at",
    "t54"."opened_at",
    "t54"."merged_at",
    "t54"."extraction_ended_at",
    "t54"."first_commit_at",
    "t54"."first_review_at",
    "t54"."last_review_at",
    "t54"."coding_lead_time_hours",
    "t54"."pickup_time_hours",
    "t54"."review_lead_time_hours",
    "t54"."total_cycle_time_hours",
    "t54"."listed_commit_count",
    "t54"."linked_commit_count",
    "t54"."rewritten_commit_count",
    "t54"."linked_ai_lines",
    "t54"."linked_total_lines",
    "t54"."review_count",
    "t54"."bot_review_count",
    "t54"."approval_count",
    "t54"."change_request_count",
    "t54"."distinct_reviewers",
    "t54"."review_comment_count",
    "t54"."final_ai_ratio",
    "t54"."ai_lines",
    CASE
      WHEN (
        NOT "t54"."final_ai_ratio" IS NULL
      ) AND (
        "t54"."final_ai_ratio" < 0.3
      )
      THEN 'low'
      WHEN (
        NOT "t54"."final_ai_ratio" IS NULL
      )
      AND (
        "t54"."final_ai_ratio" >= 0.3
      )
      AND (
        "t54"."final_ai_ratio" <= 0.6
      )
      THEN 'medium'
      WHEN (
        NOT "t54"."final_ai_ratio" IS NULL
      ) AND (
        "t54"."final_ai_ratio" > 0.6
      )
      THEN 'high'
      ELSE 'unknown'
    END AS "ai_usage_band",
    "t54"."iterations",
    "t54"."pickup_time_hours" + "t54"."review_lead_time_hours" AS "review_cycle_time_hours",
    "t54"."review_density",
    "t54"."has_hotfix_followup",
    "t54"."review_hours_estimate"
  FROM (
    SELECT
      "t53"."pr_number",
      "t53"."repo_name",
      "t53"."title",
      "t53"."url",
      "t53"."author_email",
      "t53"."author_id",
      "t53"."author",
      "t53"."author_kind",
      "t53"."head_repo_name",
      "t53"."head_branch",
      "t53"."merge_commit_hash",
      "t53"."revert_text",
      "t53"."state",
      "t53"."is_draft",
      "t53"."additions",
      "t53"."deletions",
      "t53"."total_loc",
      "t53"."changed_files",
      "t53"."commit_count",
      "t53"."tab_lines",
      "t53"."composer_lines",
      "t53"."ai_ratio",
      COALESCE("t53"."is_reverted", NOT "t53"."reverted_by" IS NULL) AS "is_reverted",
      "t53"."is_bug_fix",
      "t53"."bug_fix_rule",
      "t53"."reviewer_count",
      "t53"."created_at",
      "t53"."opened_at",
      "t53"."merged_at",
      "t53"."closed_at",
      COALESCE(
        COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
        "t53"."earliest_commit_at"
      ) AS "first_commit_at",
      COALESCE("t53"."first_review_at", "t53"."earliest_review_at") AS "first_review_at",
      "t53"."last_commit_at",
      "t53"."extraction_ended_at",
      CAST(CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          COALESCE(
            COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
            "t53"."earliest_commit_at"
          ),
          "t53"."opened_at"
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          COALESCE(
            COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
            "t53"."earliest_commit_at"
          ),
          "t53"."opened_at"
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            COALESCE(
              COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
              "t53"."earliest_commit_at"
            ),
            "t53"."opened_at"
          )
        )
      END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
      CAST(CASE
        WHEN (
          "t53"."merged_at" IS NULL
        )
        OR (
          COALESCE("t53"."first_review_at", "t53"."earliest_review_at") <= "t53"."merged_at"
        )
        THEN CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            "t53"."opened_at",
            COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            "t53"."opened_at",
            COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              "t53"."opened_at",
              COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
            )
          )
        END
        ELSE NULL
      END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
      CAST(DATE_DIFF('MICROSECOND', "t53"."opened_at", "t53"."merged_at") - CASE
        WHEN (
          "t53"."merged_at" IS NULL
        )
        OR (
          COALESCE("t53"."first_review_at", "t53"."earliest_review_at") <= "t53"."merged_at"
        )
        THEN CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            "t53"."opened_at",
            COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            "t53"."opened_at",
            COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              "t53"."opened_at",
              COALESCE("t53"."first_review_at", "t53"."earliest_review_at")
            )
          )
        END
        ELSE NULL
      END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
      CAST(DATE_DIFF('MICROSECOND', "t53"."opened_at", "t53"."merged_at") + COALESCE(
        CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            COALESCE(
              COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
              "t53"."earliest_commit_at"
            ),
            "t53"."opened_at"
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            COALESCE(
              COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
              "t53"."earliest_commit_at"
            ),
            "t53"."opened_at"
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              COALESCE(
                COALESCE("t53"."first_commit_at", "t53"."earliest_authored_at"),
                "t53"."earliest_commit_at"
              ),
              "t53"."opened_at"
            )
          )
        END,
        0
      ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours",
      "t53"."links_repo_name",
      "t53"."links_pr_number",
      COALESCE("t53"."listed_commit_count", 0) AS "listed_commit_count",
      "t53"."earliest_authored_at",
      "t53"."commits_repo_name",
      "t53"."commits_pr_number",
      COALESCE("t53"."linked_commit_count", 0) AS "linked_commit_count",
      COALESCE("t53"."rewritten_commit_count", 0) AS "rewritten_commit_count",
      COALESCE("t53"."linked_ai_lines", 0) AS "linked_ai_lines",
      COALESCE("t53"."linked_total_lines", 0) AS "linked_total_lines",
      "t53"."earliest_commit_at",
      "t53"."reviews_repo_name",
      "t53"."reviews_pr_number",
      COALESCE("t53"."review_count", 0) AS "review_count",
      COALESCE("t53"."bot_review_count", 0) AS "bot_review_count",
      COALESCE("t53"."approval_count", 0) AS "approval_count",
      COALESCE("t53"."change_request_count", 0) AS "change_request_count",
      "t53"."known_reviewers",
      "t53"."review_texts",
      "t53"."earliest_review_at",
      "t53"."last_review_at",
      "t53"."comments_repo_name",
      "t53"."comments_pr_number",
      "t53"."comment_count",
      "t53"."reverts_repo_name",
      "t53"."reverts_pr_number",
      CASE WHEN "t53"."is_reverted" IS NULL THEN "t53"."reverted_by" ELSE NULL END AS "reverted_by",
      "t53"."hotfixed_repo_name",
      "t53"."hotfixed_pr_number",
      "t53"."is_hotfixed",
      CASE
        WHEN "t53"."review_count" > 0
        THEN "t53"."known_reviewers"
        ELSE "t53"."reviewer_count"
      END AS "distinct_reviewers",
      COALESCE("t53"."comment_count", 0) + COALESCE("t53"."review_texts", 0) AS "review_comment_count",
      COALESCE("t53"."is_hotfixed", FALSE) AS "has_hotfix_followup",
      CASE
        WHEN NOT "t53"."ai_ratio" IS NULL
        THEN "t53"."ai_ratio"
        WHEN "t53"."author_kind" = 'agent'
        THEN 1.0
        WHEN COALESCE("t53"."linked_commit_count", 0) > 0
        THEN CASE
          WHEN (
            CAST(COALESCE("t53"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(
              GREATEST(COALESCE("t53"."linked_total_lines", 0), COALESCE("t53"."additions", 0)),
              0
            )
          ) IS NULL
          THEN CAST(COALESCE("t53"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(
            GREATEST(COALESCE("t53"."linked_total_lines", 0), COALESCE("t53"."additions", 0)),
            0
          )
          ELSE LEAST(
            1.0,
            CAST(COALESCE("t53"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(
              GREATEST(COALESCE("t53"."linked_total_lines", 0), COALESCE("t53"."additions", 0)),
              0
            )
          )
        END
        ELSE NULL
      END AS "final_ai_ratio",
      CASE
        WHEN NOT (
          "t53"."tab_lines" + "t53"."composer_lines"
        ) IS NULL
        THEN "t53"."tab_lines" + "t53"."composer_lines"
        WHEN "t53"."author_kind" = 'agent'
        THEN "t53"."additions"
        WHEN COALESCE("t53"."linked_commit_count", 0) > 0
        THEN COALESCE("t53"."linked_ai_lines", 0)
        ELSE NULL
      END AS "ai_lines",
      CASE
        WHEN COALESCE("t53"."review_count", 0) > 0
        THEN COALESCE("t53"."change_request_count", 0) + 1
        ELSE 0
      END AS "iterations",
      CAST(COALESCE("t53"."comment_count", 0) + COALESCE("t53"."review_texts", 0) AS DOUBLE) / NULLIF("t53"."total_loc", 0) AS "review_density",
      (
        COALESCE("t53"."review_count", 0) * (
          (
            (
              CAST("t53"."total_loc" AS DOUBLE) / 100
            ) * 5
          ) + 15
        )
      ) / 60 AS "review_hours_estimate"
    FROM (
      SELECT
        "t6"."pr_number",
        "t6"."repo_name",
        "t6"."title",
        "t6"."url",
        "t6"."author_email",
        "t6"."author_id",
        "t6"."author",
        "t6"."author_kind",
        "t6"."head_repo_name",
        "t6"."head_branch",
        "t6"."merge_commit_hash",
        "t6"."revert_text",
        "t6"."state",
        "t6"."is_draft",
        "t6"."additions",
        "t6"."deletions",
        "t6"."total_loc",
        "t6"."changed_files",
        "t6"."commit_count",
        "t6"."tab_lines",
        "t6"."composer_lines",
        "t6"."ai_ratio",
        "t6"."is_reverted",
        "t6"."is_bug_fix",
        "t6"."bug_fix_rule",
        "t6"."reviewer_count",
        "t6"."created_at",
        "t6"."opened_at",
        "t6"."merged_at",
        "t6"."closed_at",
        "t6"."first_commit_at",
        "t6"."first_review_at",
        "t6"."last_commit_at",
        "t6"."extraction_ended_at",
        "t6"."coding_lead_time_hours",
        "t6"."pickup_time_hours",
        "t6"."review_lead_time_hours",
        "t6"."total_cycle_time_hours",
        "t23"."repo_name" AS "links_repo_name",
        "t23"."pr_number" AS "links_pr_number",
        "t23"."listed_commit_count",
        "t23"."earliest_authored_at",
        "t24"."repo_name" AS "commits_repo_name",
        "t24"."pr_number" AS "commits_pr_number",
        "t24"."linked_commit_count",
        "t24"."rewritten_commit_count",
        "t24"."linked_ai_lines",
        "t24"."linked_total_lines",
        "t24"."earliest_commit_at",
        "t52"."repo_name" AS "reviews_repo_name",
        "t52"."pr_number" AS "reviews_pr_number",
        "t52"."review_count",
        "t52"."bot_review_count",
        "t52"."approval_count",
        "t52"."change_request_count",
        "t52"."known_reviewers",
        "t52"."review_texts",
        "t52"."earliest_review_at",
        "t52"."last_review_at",
        "t44"."repo_name" AS "comments_repo_name",
        "t44"."pr_number" AS "comments_pr_number",
        "t44"."comment_count",
        "t50"."repo_name" AS "reverts_repo_name",
        "t50"."pr_number" AS "reverts_pr_number",
        "t50"."reverted_by",
        "t38"."repo_name" AS "hotfixed_repo_name",
        "t38"."pr_number" AS "hotfixed_pr_number",
        "t38"."is_hotfixed"
      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t6"
      LEFT OUTER JOIN (
        SELECT
          "t1"."repo_name",
          "t1"."pr_number",
          COUNT(*) AS "listed_commit_count",
          MIN("t1"."authored_at") AS "earliest_authored_at"
        FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t1"
        GROUP BY
          1,
          2
      ) AS "t23"
        ON "t6"."repo_name" = "t23"."repo_name" AND "t6"."pr_number" = "t23"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t2"."repo_name",
          "t2"."pr_number",
          COUNT(*) AS "linked_commit_count",
          SUM(CAST("t2"."is_rewritten" AS INT)) AS "rewritten_commit_count",
          SUM("t2"."ai_lines_added") AS "linked_ai_lines",
          SUM("t2"."total_lines_added") AS "linked_total_lines",
          MIN("t2"."committed_at") AS "earliest_commit_at"
        FROM "temp"."main"."cursor_marts_int_linked_commits" AS "t2"
        GROUP BY
          1,
          2
      ) AS "t24"
        ON "t6"."repo_name" = "t24"."repo_name" AND "t6"."pr_number" = "t24"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t48"."repo_name",
          "t48"."pr_number",
          SUM(CAST("t48"."reviewer_kind" = 'human' AS INT)) AS "review_count",
          SUM(CAST(NOT (
            "t48"."reviewer_kind" = 'human'
          ) AS INT)) AS "bot_review_count",
          SUM(CAST((
            "t48"."reviewer_kind" = 'human'
          ) AND "t48"."is_approval" AS INT)) AS "approval_count",
          SUM(CAST((
            "t48"."reviewer_kind" = 'human'
          ) AND "t48"."is_change_request" AS INT)) AS "change_request_count",
          COUNT(DISTINCT "t48"."reviewer") FILTER(WHERE
            "t48"."reviewer_kind" = 'human') AS "known_reviewers",
          SUM(
            CAST((
              "t48"."reviewer_kind" = 'human'
            )
            AND COALESCE(TRIM("t48"."body", ' 	
') <> '', FALSE) AS INT)
          ) AS "review_texts",
          MIN("t48"."submitted_at") FILTER(WHERE
            "t48"."reviewer_kind" = 'human') AS "earliest_review_at",
          MAX("t48"."submitted_at") FILTER(WHERE
            "t48"."reviewer_kind" = 'human') AS "last_review_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t17"."review_id",
              "t17"."repo_name",
              "t17"."pr_number",
              "t17"."reviewer",
              "t17"."reviewer_kind",
              "t17"."state",
              "t17"."is_submitted",
              "t17"."is_approval",
              "t17"."is_change_request",
              "t17"."body",
              "t17"."submitted_at",
              "t21"."author",
              "t21"."author_id"
            FROM (
              SELECT
                *
              FROM "temp"."main"."cursor_marts_stg_reviews" AS "t4"
              WHERE
                "t4"."is_submitted"
            ) AS "t17"
            ANTI JOIN (
              SELECT
                "t29"."review_id",
                "t29"."repo_name",
                "t29"."pr_number",
                "t29"."reviewer",
                "t29"."reviewer_kind",
                "t29"."state",
                "t29"."is_submitted",
                "t29"."is_approval",
                "t29"."is_change_request",
                "t29"."body",
                "t29"."submitted_at"
              FROM (
                SELECT
                  *
                FROM "temp"."main"."cursor_marts_stg_reviews" AS "t4"
                WHERE
                  "t4"."is_submitted"
                  AND "t4"."state" = 'commented'
                  AND NOT (
                    COALESCE(TRIM("t4"."body", ' 	
') <> '', FALSE)
                  )
              ) AS "t29"
              SEMI JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    "t5"."repo_name",
                    "t5"."pr_number",
                    "t5"."review_id",
                    SUM(CAST(NOT (
                      "t5"."is_reply"
                    ) AS INT)) AS "points"
                  FROM "temp"."main"."cursor_marts_stg_review_comments" AS "t5"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t26"
                WHERE
                  "t26"."points" = 0
              ) AS "t34"
                ON "t29"."repo_name" = "t34"."repo_name"
                AND "t29"."pr_number" = "t34"."pr_number"
                AND "t29"."review_id" = "t34"."review_id"
            ) AS "t40"
              ON "t17"."repo_name" = "t40"."repo_name"
              AND "t17"."pr_number" = "t40"."pr_number"
              AND "t17"."review_id" = "t40"."review_id"
            INNER JOIN "t8" AS "t21"
              ON "t17"."repo_name" = "t21"."repo_name" AND "t17"."pr_number" = "t21"."pr_number"
          ) AS "t45"
          WHERE
            NOT (
              COALESCE("t45"."reviewer" = "t45"."author", FALSE)
              OR COALESCE("t45"."reviewer" = "t45"."author_id", FALSE)
            )
        ) AS "t48"
        GROUP BY
          1,
          2
      ) AS "t52"
        ON "t6"."repo_name" = "t52"."repo_name" AND "t6"."pr_number" = "t52"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t41"."repo_name",
          "t41"."pr_number",
          COUNT(*) AS "comment_count"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t25"."comment_id",
              "t25"."review_id",
              "t25"."repo_name",
              "t25"."pr_number",
              "t25"."reviewer",
              "t25"."reviewer_kind",
              "t25"."is_reply",
              "t22"."author",
              "t22"."author_id"
            FROM (
              SELECT
                *
              FROM "temp"."main"."cursor_marts_stg_review_comments" AS "t5"
              WHERE
                "t5"."reviewer_kind" = 'human'
            ) AS "t25"
            INNER JOIN "t8" AS "t22"
              ON "t25"."repo_name" = "t22"."repo_name" AND "t25"."pr_number" = "t22"."pr_number"
          ) AS "t33"
          WHERE
            NOT (
              COALESCE("t33"."reviewer" = "t33"."author", FALSE)
              OR COALESCE("t33"."reviewer" = "t33"."author_id", FALSE)
            )
        ) AS "t41"
        GROUP BY
          1,
          2
      ) AS "t44"
        ON "t6"."repo_name" = "t44"."repo_name" AND "t6"."pr_number" = "t44"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t47"."repo_name",
          "t47"."pr_number",
          MAX("t47"."reverting_pr_number") AS "reverted_by"
        FROM (
          SELECT
            "t7"."repo_name",
            "t7"."pr_number",
            "t7"."reverting_pr_number",
            "t7"."evidence"
          FROM "temp"."main"."cursor_marts_int_reverts" AS "t7"
          ANTI JOIN (
            SELECT
              "t7"."repo_name",
              "t7"."pr_number" AS "reverting_pr_number"
            FROM "temp"."main"."cursor_marts_int_reverts" AS "t7"
            ANTI JOIN (
              SELECT
                "t7"."repo_name",
                "t7"."pr_number" AS "reverting_pr_number"
              FROM "temp"."main"."cursor_marts_int_reverts" AS "t7"
              ANTI JOIN (
                SELECT
                  "t7"."repo_name",
                  "t7"."pr_number" AS "reverting_pr_number"
                FROM "temp"."main"."cursor_marts_int_reverts" AS "t7"
                ANTI JOIN (
                  SELECT
                    "t3"."repo_name",
                    "t3"."pr_number" AS "reverting_pr_number"
                  FROM "temp"."main"."cursor_marts_int_reverts" AS "t3"
                ) AS "t16"
                  ON "t7"."repo_name" = "t16"."repo_name"
                  AND "t7"."reverting_pr_number" = "t16"."reverting_pr_number"
              ) AS "t32"
                ON "t7"."repo_name" = "t32"."repo_name"
                AND "t7"."reverting_pr_number" = "t32"."reverting_pr_number"
            ) AS "t39"
              ON "t7"."repo_name" = "t39"."repo_name"
              AND "t7"."reverting_pr_number" = "t39"."reverting_pr_number"
          ) AS "t46"
            ON "t7"."repo_name" = "t46"."repo_name"
            AND "t7"."reverting_pr_number" = "t46"."reverting_pr_number"
        ) AS "t47"
        GROUP BY
          1,
          2
      ) AS "t50"
        ON "t6"."repo_name" = "t50"."repo_name" AND "t6"."pr_number" = "t50"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t31"."repo_name",
          "t31"."pr_number",
          TRUE AS "is_hotfixed"
        FROM (
          SELECT
            "t19"."repo_name",
            "t19"."pr_number",
            "t19"."merged_at",
            "t20"."repo_name" AS "fix_repo_name",
            "t20"."fix_opened_at"
          FROM (
            SELECT
              "t0"."repo_name",
              "t0"."pr_number",
              "t0"."merged_at"
            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            WHERE
              NOT "t0"."merged_at" IS NULL
          ) AS "t19"
          ASOF LEFT JOIN (
            SELECT
              "t0"."repo_name",
              "t0"."created_at" AS "fix_opened_at"
            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            WHERE
              "t0"."is_bug_fix" AND "t0"."author_kind" <> 'bot'
          ) AS "t20"
            ON "t19"."merged_at" < "t20"."fix_opened_at"
            AND "t19"."repo_name" = "t20"."repo_name"
        ) AS "t31"
        WHERE
          DATE_DIFF('MICROSECOND', "t31"."merged_at", "t31"."fix_opened_at") <= 172800000000
      ) AS "t38"
        ON "t6"."repo_name" = "t38"."repo_name" AND "t6"."pr_number" = "t38"."pr_number"
    ) AS "t53"
  ) AS "t54"
) AS "built"
