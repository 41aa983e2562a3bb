SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("author_email" AS TEXT) AS "author_email",
  CAST("is_reverted" AS BOOLEAN) AS "is_reverted",
  CAST("is_bug_fix" AS BOOLEAN) AS "is_bug_fix",
  CAST("additions" AS BIGINT) AS "additions",
  CAST("total_loc" AS BIGINT) AS "total_loc",
  CAST("changed_files" AS BIGINT) AS "changed_files",
  CAST("commit_count" AS BIGINT) AS "commit_count",
  CAST("tab_lines" AS BIGINT) AS "tab_lines",
  CAST("composer_lines" AS BIGINT) AS "composer_lines",
  CAST("created_at" AS TIMESTAMP(6)) AS "created_at",
  CAST("merged_at" AS TIMESTAMP(6)) AS "merged_at",
  CAST("first_commit_at" AS TIMESTAMP(6)) AS "first_commit_at",
  CAST("first_review_at" AS TIMESTAMP(6)) AS "first_review_at",
  CAST("coding_lead_time_hours" AS DOUBLE) AS "coding_lead_time_hours",
  CAST("pickup_time_hours" AS DOUBLE) AS "pickup_time_hours",
  CAST("review_lead_time_hours" AS DOUBLE) AS "review_lead_time_hours",
  CAST("total_cycle_time_hours" AS DOUBLE) AS "total_cycle_time_hours",
  CAST("linked_commit_count" AS BIGINT) AS "linked_commit_count",
  CAST("linked_ai_lines" AS BIGINT) AS "linked_ai_lines",
  CAST("linked_total_lines" AS BIGINT) AS "linked_total_lines",
  CAST("review_count" AS BIGINT) AS "review_count",
  CAST("approval_count" AS BIGINT) AS "approval_count",
  CAST("change_request_count" AS BIGINT) AS "change_request_count",
  CAST("distinct_reviewers" AS BIGINT) AS "distinct_reviewers",
  CAST("review_comment_count" AS BIGINT) AS "review_comment_count",
  CAST("final_ai_ratio" AS DOUBLE) AS "final_ai_ratio",
  CAST("ai_usage_band" AS TEXT) AS "ai_usage_band",
  CAST("iterations" AS BIGINT) AS "iterations",
  CAST("review_cycle_time_hours" AS DOUBLE) AS "review_cycle_time_hours",
  CAST("review_density" AS DOUBLE) AS "review_density",
  CAST("has_hotfix_followup" AS BOOLEAN) AS "has_hotfix_followup",
  CAST("review_hours_estimate" AS DOUBLE) AS "review_hours_estimate"
FROM (
  SELECT
    "t35"."repo_name",
    "t35"."pr_number",
    "t35"."author_email",
    "t35"."is_reverted",
    "t35"."is_bug_fix",
    "t35"."additions",
    "t35"."total_loc",
    "t35"."changed_files",
    "t35"."commit_count",
    "t35"."tab_lines",
    "t35"."composer_lines",
    "t35"."created_at",
    "t35"."merged_at",
    "t35"."first_commit_at",
    "t35"."first_review_at",
    "t35"."coding_lead_time_hours",
    "t35"."pickup_time_hours",
    "t35"."review_lead_time_hours",
    "t35"."total_cycle_time_hours",
    "t35"."linked_commit_count",
    "t35"."linked_ai_lines",
    "t35"."linked_total_lines",
    "t35"."review_count",
    "t35"."approval_count",
    "t35"."change_request_count",
    "t35"."distinct_reviewers",
    "t35"."review_comment_count",
    "t35"."final_ai_ratio",
    CASE
      WHEN "t35"."final_ai_ratio" < 0.3
      THEN 'low'
      WHEN (
        "t35"."final_ai_ratio" >= 0.3
      ) AND (
        "t35"."final_ai_ratio" <= 0.6
      )
      THEN 'medium'
      WHEN "t35"."final_ai_ratio" > 0.6
      THEN 'high'
      ELSE 'unknown'
    END AS "ai_usage_band",
    "t35"."iterations",
    "t35"."pickup_time_hours" + "t35"."review_lead_time_hours" AS "review_cycle_time_hours",
    "t35"."review_density",
    "t35"."has_hotfix_followup",
    "t35"."review_hours_estimate"
  FROM (
    SELECT
      "t34"."pr_number",
      "t34"."repo_name",
      "t34"."title",
      "t34"."author_email",
      "t34"."state",
      "t34"."additions",
      "t34"."deletions",
      "t34"."total_loc",
      "t34"."changed_files",
      "t34"."commit_count",
      "t34"."tab_lines",
      "t34"."composer_lines",
      "t34"."ai_ratio",
      "t34"."is_reverted",
      "t34"."is_bug_fix",
      "t34"."reviewer_count",
      "t34"."created_at",
      "t34"."merged_at",
      "t34"."closed_at",
      COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at") AS "first_commit_at",
      COALESCE("t34"."first_review_at", "t34"."earliest_review_at") AS "first_review_at",
      "t34"."last_commit_at",
      CAST(CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
          "t34"."created_at"
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
          "t34"."created_at"
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
            "t34"."created_at"
          )
        )
      END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
      CAST(CASE
        WHEN (
          "t34"."merged_at" IS NULL
        )
        OR (
          COALESCE("t34"."first_review_at", "t34"."earliest_review_at") <= "t34"."merged_at"
        )
        THEN CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            "t34"."created_at",
            COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            "t34"."created_at",
            COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              "t34"."created_at",
              COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
            )
          )
        END
        ELSE NULL
      END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
      CAST(DATE_DIFF('MICROSECOND', "t34"."created_at", "t34"."merged_at") - CASE
        WHEN (
          "t34"."merged_at" IS NULL
        )
        OR (
          COALESCE("t34"."first_review_at", "t34"."earliest_review_at") <= "t34"."merged_at"
        )
        THEN CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            "t34"."created_at",
            COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            "t34"."created_at",
            COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              "t34"."created_at",
              COALESCE("t34"."first_review_at", "t34"."earliest_review_at")
            )
          )
        END
        ELSE NULL
      END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
      CAST(DATE_DIFF('MICROSECOND', "t34"."created_at", "t34"."merged_at") + COALESCE(
        CASE
          WHEN DATE_DIFF(
            'MICROSECOND',
            COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
            "t34"."created_at"
          ) IS NULL
          THEN DATE_DIFF(
            'MICROSECOND',
            COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
            "t34"."created_at"
          )
          ELSE GREATEST(
            0,
            DATE_DIFF(
              'MICROSECOND',
              COALESCE("t34"."first_commit_at", "t34"."earliest_commit_at"),
              "t34"."created_at"
            )
          )
        END,
        0
      ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours",
      "t34"."commits_repo_name",
      "t34"."commits_pr_number",
      COALESCE("t34"."linked_commit_count", 0) AS "linked_commit_count",
      COALESCE("t34"."linked_ai_lines", 0) AS "linked_ai_lines",
      COALESCE("t34"."linked_total_lines", 0) AS "linked_total_lines",
      "t34"."earliest_commit_at",
      "t34"."reviews_repo_name",
      "t34"."reviews_pr_number",
      COALESCE("t34"."review_count", 0) AS "review_count",
      COALESCE("t34"."approval_count", 0) AS "approval_count",
      COALESCE("t34"."change_request_count", 0) AS "change_request_count",
      "t34"."known_reviewers",
      "t34"."review_texts",
      "t34"."earliest_review_at",
      "t34"."comments_repo_name",
      "t34"."comments_pr_number",
      "t34"."comment_count",
      "t34"."hotfixed_repo_name",
      "t34"."hotfixed_pr_number",
      "t34"."is_hotfixed",
      CASE
        WHEN "t34"."review_count" > 0
        THEN "t34"."known_reviewers"
        ELSE "t34"."reviewer_count"
      END AS "distinct_reviewers",
      COALESCE("t34"."comment_count", 0) + COALESCE("t34"."review_texts", 0) AS "review_comment_count",
      COALESCE(
        "t34"."ai_ratio",
        CAST(COALESCE("t34"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(COALESCE("t34"."linked_total_lines", 0), 0)
      ) AS "final_ai_ratio",
      CASE
        WHEN COALESCE("t34"."review_count", 0) > 0
        THEN COALESCE("t34"."change_request_count", 0) + 1
        ELSE 0
      END AS "iterations",
      CAST(COALESCE("t34"."comment_count", 0) + COALESCE("t34"."review_texts", 0) AS DOUBLE) / NULLIF("t34"."total_loc", 0) AS "review_density",
      COALESCE("t34"."is_hotfixed", FALSE) AS "has_hotfix_followup",
      (
        COALESCE("t34"."review_count", 0) * (
          (
            (
              CAST("t34"."total_loc" AS DOUBLE) / 100
            ) * 5
          ) + 15
        )
      ) / 60 AS "review_hours_estimate"
    FROM (
      SELECT
        "t5"."pr_number",
        "t5"."repo_name",
        "t5"."title",
        "t5"."author_email",
        "t5"."state",
        "t5"."additions",
        "t5"."deletions",
        "t5"."total_loc",
        "t5"."changed_files",
        "t5"."commit_count",
        "t5"."tab_lines",
        "t5"."composer_lines",
        "t5"."ai_ratio",
        "t5"."is_reverted",
        "t5"."is_bug_fix",
        "t5"."reviewer_count",
        "t5"."created_at",
        "t5"."merged_at",
        "t5"."closed_at",
        "t5"."first_commit_at",
        "t5"."first_review_at",
        "t5"."last_commit_at",
        "t5"."coding_lead_time_hours",
        "t5"."pickup_time_hours",
        "t5"."review_lead_time_hours",
        "t5"."total_cycle_time_hours",
        "t31"."repo_name" AS "commits_repo_name",
        "t31"."pr_number" AS "commits_pr_number",
        "t31"."linked_commit_count",
        "t31"."linked_ai_lines",
        "t31"."linked_total_lines",
        "t31"."earliest_commit_at",
        "t33"."repo_name" AS "reviews_repo_name",
        "t33"."pr_number" AS "reviews_pr_number",
        "t33"."review_count",
        "t33"."approval_count",
        "t33"."change_request_count",
        "t33"."known_reviewers",
        "t33"."review_texts",
        "t33"."earliest_review_at",
        "t29"."repo_name" AS "comments_repo_name",
        "t29"."pr_number" AS "comments_pr_number",
        "t29"."comment_count",
        "t26"."repo_name" AS "hotfixed_repo_name",
        "t26"."pr_number" AS "hotfixed_pr_number",
        "t26"."is_hotfixed"
      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t5"
      LEFT OUTER JOIN (
        SELECT
          "t27"."repo_name",
          "t27"."pr_number",
          COUNT(*) AS "linked_commit_count",
          SUM("t27"."ai_lines_added") AS "linked_ai_lines",
          SUM("t27"."total_lines_added") AS "linked_total_lines",
          MIN("t27"."committed_at") AS "earliest_commit_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t18"."pr_number",
              "t18"."ai_lines_added",
              "t18"."total_lines_added",
              "t18"."committed_at",
              "t18"."link_repo_name" AS "repo_name"
            FROM (
              SELECT
                "t6"."commit_hash",
                "t6"."repo_name",
                "t6"."tab_lines_added",
                "t6"."tab_lines_deleted",
                "t6"."composer_lines_added",
                "t6"."composer_lines_deleted",
                "t6"."non_ai_lines_added",
                "t6"."non_ai_lines_deleted",
                "t6"."ai_lines_added",
                "t6"."ai_lines_deleted",
                "t6"."total_lines_added",
                "t6"."total_lines_deleted",
                "t6"."pull_request_number",
                "t6"."committed_at",
                "t8"."repo_name" AS "link_repo_name",
                "t8"."pr_number"
              FROM "temp"."main"."cursor_marts_stg_commits" AS "t6"
              INNER JOIN "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t8"
                ON "t6"."commit_hash" = "t8"."commit_hash"
            ) AS "t18"
            WHERE
              (
                "t18"."repo_name" IS NULL
              )
              OR (
                (
                  "t18"."repo_name" = "t18"."link_repo_name"
                )
                AND NOT (
                  COALESCE("t18"."pull_request_number" = "t18"."pr_number", FALSE)
                )
              )
          ) AS "t25"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t1"."pull_request_number" AS "pr_number",
              CAST("t1"."ai_lines_added" AS BIGINT) AS "ai_lines_added",
              CAST("t1"."total_lines_added" AS BIGINT) AS "total_lines_added",
              "t1"."committed_at",
              "t1"."repo_name"
            FROM "temp"."main"."cursor_marts_stg_commits" AS "t1"
            WHERE
              NOT "t1"."repo_name" IS NULL AND NOT "t1"."pull_request_number" IS NULL
          ) AS "t15"
        ) AS "t27"
        GROUP BY
          1,
          2
      ) AS "t31"
        ON "t5"."repo_name" = "t31"."repo_name" AND "t5"."pr_number" = "t31"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t24"."repo_name",
          "t24"."pr_number",
          COUNT(*) AS "review_count",
          SUM(CAST("t24"."is_approval" AS INT)) AS "approval_count",
          SUM(CAST("t24"."is_change_request" AS INT)) AS "change_request_count",
          COUNT(DISTINCT "t24"."reviewer") AS "known_reviewers",
          SUM(CAST(COALESCE(TRIM("t24"."body", ' 	
') <> '', FALSE) AS INT)) AS "review_texts",
          MIN("t24"."submitted_at") AS "earliest_review_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t16"."review_id",
              "t16"."repo_name",
              "t16"."pr_number",
              "t16"."reviewer",
              "t16"."state",
              "t16"."is_submitted",
              "t16"."is_approval",
              "t16"."is_change_request",
              "t16"."body",
              "t16"."submitted_at",
              "t14"."author_email"
            FROM (
              SELECT
                *
              FROM "temp"."main"."cursor_marts_stg_reviews" AS "t3"
              WHERE
                "t3"."is_submitted"
            ) AS "t16"
            INNER JOIN (
              SELECT
                "t0"."repo_name",
                "t0"."pr_number",
                "t0"."author_email"
              FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            ) AS "t14"
              ON "t16"."repo_name" = "t14"."repo_name" AND "t16"."pr_number" = "t14"."pr_number"
          ) AS "t20"
          WHERE
            NOT (
              COALESCE("t20"."reviewer" = "t20"."author_email", FALSE)
            )
        ) AS "t24"
        GROUP BY
          1,
          2
      ) AS "t33"
        ON "t5"."repo_name" = "t33"."repo_name" AND "t5"."pr_number" = "t33"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t23"."repo_name",
          "t23"."pr_number",
          COUNT(*) AS "comment_count"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t7"."comment_id",
              "t7"."review_id",
              "t7"."repo_name",
              "t7"."pr_number",
              "t7"."reviewer",
              "t14"."author_email"
            FROM "temp"."main"."cursor_marts_stg_review_comments" AS "t7"
            INNER JOIN (
              SELECT
                "t0"."repo_name",
                "t0"."pr_number",
                "t0"."author_email"
              FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            ) AS "t14"
              ON "t7"."repo_name" = "t14"."repo_name" AND "t7"."pr_number" = "t14"."pr_number"
          ) AS "t19"
          WHERE
            NOT (
              COALESCE("t19"."reviewer" = "t19"."author_email", FALSE)
            )
        ) AS "t23"
        GROUP BY
          1,
          2
      ) AS "t29"
        ON "t5"."repo_name" = "t29"."repo_name" AND "t5"."pr_number" = "t29"."pr_number"
      LEFT OUTER JOIN (
        SELECT
          "t21"."repo_name",
          "t21"."pr_number",
          TRUE AS "is_hotfixed"
        FROM (
          SELECT
            "t17"."repo_name",
            "t17"."pr_number",
            "t17"."merged_at",
            "t13"."repo_name" AS "fix_repo_name",
            "t13"."fix_opened_at"
          FROM (
            SELECT
              "t0"."repo_name",
              "t0"."pr_number",
              "t0"."merged_at"
            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            WHERE
              NOT "t0"."merged_at" IS NULL
          ) AS "t17"
          ASOF LEFT JOIN (
            SELECT
              "t0"."repo_name",
              "t0"."created_at" AS "fix_opened_at"
            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
            WHERE
              "t0"."is_bug_fix"
          ) AS "t13"
            ON "t17"."merged_at" < "t13"."fix_opened_at"
            AND "t17"."repo_name" = "t13"."repo_name"
        ) AS "t21"
        WHERE
          DATE_DIFF('MICROSECOND', "t21"."merged_at", "t21"."fix_opened_at") <= 172800000000
      ) AS "t26"
        ON "t5"."repo_name" = "t26"."repo_name" AND "t5"."pr_number" = "t26"."pr_number"
    ) AS "t34"
  ) AS "t35"
) AS "built"
