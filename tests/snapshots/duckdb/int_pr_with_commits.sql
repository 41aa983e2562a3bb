SELECT
  "t34"."repo_name",
  "t34"."pr_number",
  "t34"."author_email",
  "t34"."is_reverted",
  "t34"."is_bug_fix",
  "t34"."additions",
  "t34"."total_loc",
  "t34"."changed_files",
  "t34"."commit_count",
  "t34"."tab_lines",
  "t34"."composer_lines",
  "t34"."created_at",
  "t34"."merged_at",
  "t34"."first_commit_at",
  "t34"."first_review_at",
  "t34"."coding_lead_time_hours",
  "t34"."pickup_time_hours",
  "t34"."review_lead_time_hours",
  "t34"."total_cycle_time_hours",
  "t34"."linked_commit_count",
  "t34"."linked_ai_lines",
  "t34"."linked_total_lines",
  "t34"."review_count",
  "t34"."approval_count",
  "t34"."change_request_count",
  "t34"."distinct_reviewers",
  "t34"."review_comment_count",
  "t34"."final_ai_ratio",
  CASE
    WHEN "t34"."final_ai_ratio" < 0.3
    THEN 'low'
    WHEN (
      "t34"."final_ai_ratio" >= 0.3
    ) AND (
      "t34"."final_ai_ratio" <= 0.6
    )
    THEN 'medium'
    WHEN "t34"."final_ai_ratio" > 0.6
    THEN 'high'
    ELSE 'unknown'
  END AS "ai_usage_band",
  "t34"."iterations",
  "t34"."pickup_time_hours" + "t34"."review_lead_time_hours" AS "review_cycle_time_hours",
  "t34"."review_density",
  "t34"."has_hotfix_followup",
  "t34"."review_hours_estimate"
FROM (
  SELECT
    "t33"."pr_number",
    "t33"."repo_name",
    "t33"."title",
    "t33"."author_email",
    "t33"."state",
    "t33"."additions",
    "t33"."deletions",
    "t33"."total_loc",
    "t33"."changed_files",
    "t33"."commit_count",
    "t33"."tab_lines",
    "t33"."composer_lines",
    "t33"."ai_ratio",
    "t33"."is_reverted",
    "t33"."is_bug_fix",
    "t33"."reviewer_count",
    "t33"."created_at",
    "t33"."merged_at",
    "t33"."closed_at",
    COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at") AS "first_commit_at",
    COALESCE("t33"."first_review_at", "t33"."earliest_review_at") AS "first_review_at",
    "t33"."last_commit_at",
    CAST(CASE
      WHEN DATE_DIFF(
        'MICROSECOND',
        COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
        "t33"."created_at"
      ) IS NULL
      THEN DATE_DIFF(
        'MICROSECOND',
        COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
        "t33"."created_at"
      )
      ELSE GREATEST(
        0,
        DATE_DIFF(
          'MICROSECOND',
          COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
          "t33"."created_at"
        )
      )
    END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
    CAST(CASE
      WHEN (
        "t33"."merged_at" IS NULL
      )
      OR (
        COALESCE("t33"."first_review_at", "t33"."earliest_review_at") <= "t33"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          "t33"."created_at",
          COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          "t33"."created_at",
          COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            "t33"."created_at",
            COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
          )
        )
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t33"."created_at", "t33"."merged_at") - CASE
      WHEN (
        "t33"."merged_at" IS NULL
      )
      OR (
        COALESCE("t33"."first_review_at", "t33"."earliest_review_at") <= "t33"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          "t33"."created_at",
          COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          "t33"."created_at",
          COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            "t33"."created_at",
            COALESCE("t33"."first_review_at", "t33"."earliest_review_at")
          )
        )
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t33"."created_at", "t33"."merged_at") + COALESCE(
      CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
          "t33"."created_at"
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
          "t33"."created_at"
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            COALESCE("t33"."first_commit_at", "t33"."earliest_commit_at"),
            "t33"."created_at"
          )
        )
      END,
      0
    ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours",
    "t33"."commits_repo_name",
    "t33"."commits_pr_number",
    COALESCE("t33"."linked_commit_count", 0) AS "linked_commit_count",
    COALESCE("t33"."linked_ai_lines", 0) AS "linked_ai_lines",
    COALESCE("t33"."linked_total_lines", 0) AS "linked_total_lines",
    "t33"."earliest_commit_at",
    "t33"."reviews_repo_name",
    "t33"."reviews_pr_number",
    COALESCE("t33"."review_count", 0) AS "review_count",
    COALESCE("t33"."approval_count", 0) AS "approval_count",
    COALESCE("t33"."change_request_count", 0) AS "change_request_count",
    "t33"."known_reviewers",
    "t33"."review_texts",
    "t33"."earliest_review_at",
    "t33"."comments_repo_name",
    "t33"."comments_pr_number",
    "t33"."comment_count",
    "t33"."fixes_repo_name",
    "t33"."fix_opened_at",
    CASE
      WHEN "t33"."review_count" > 0
      THEN "t33"."known_reviewers"
      ELSE "t33"."reviewer_count"
    END AS "distinct_reviewers",
    COALESCE("t33"."comment_count", 0) + COALESCE("t33"."review_texts", 0) AS "review_comment_count",
    COALESCE(
      "t33"."ai_ratio",
      CAST(COALESCE("t33"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(COALESCE("t33"."linked_total_lines", 0), 0)
    ) AS "final_ai_ratio",
    CASE
      WHEN COALESCE("t33"."review_count", 0) > 0
      THEN COALESCE("t33"."change_request_count", 0) + 1
      ELSE 0
    END AS "iterations",
    CAST(COALESCE("t33"."comment_count", 0) + COALESCE("t33"."review_texts", 0) AS DOUBLE) / NULLIF("t33"."total_loc", 0) AS "review_density",
    COALESCE(
      DATE_DIFF('MICROSECOND', "t33"."merged_at", "t33"."fix_opened_at") <= 172800000000,
      FALSE
    ) AS "has_hotfix_followup",
    (
      COALESCE("t33"."review_count", 0) * (
        (
          (
            CAST("t33"."total_loc" AS DOUBLE) / 100
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
      "t30"."repo_name" AS "commits_repo_name",
      "t30"."pr_number" AS "commits_pr_number",
      "t30"."linked_commit_count",
      "t30"."linked_ai_lines",
      "t30"."linked_total_lines",
      "t30"."earliest_commit_at",
      "t32"."repo_name" AS "reviews_repo_name",
      "t32"."pr_number" AS "reviews_pr_number",
      "t32"."review_count",
      "t32"."approval_count",
      "t32"."change_request_count",
      "t32"."known_reviewers",
      "t32"."review_texts",
      "t32"."earliest_review_at",
      "t28"."repo_name" AS "comments_repo_name",
      "t28"."pr_number" AS "comments_pr_number",
      "t28"."comment_count",
      "t13"."repo_name" AS "fixes_repo_name",
      "t13"."fix_opened_at"
    FROM "main_staging"."stg_pull_requests" AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t25"."repo_name",
        "t25"."pr_number",
        COUNT(*) AS "linked_commit_count",
        SUM("t25"."ai_lines_added") AS "linked_ai_lines",
        SUM("t25"."total_lines_added") AS "linked_total_lines",
        MIN("t25"."committed_at") AS "earliest_commit_at"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t20"."repo_name",
            "t20"."pr_number",
            "t20"."commit_hash",
            "t20"."ai_lines_added",
            "t20"."total_lines_added",
            "t20"."committed_at"
          FROM (
            SELECT
              "t7"."repo_name",
              "t7"."pr_number",
              "t7"."commit_hash",
              "t16"."user_id",
              "t16"."user_email",
              "t16"."commit_repo",
              "t16"."branch_name",
              "t16"."is_primary_branch",
              "t16"."tab_lines_added",
              "t16"."tab_lines_deleted",
              "t16"."composer_lines_added",
              "t16"."composer_lines_deleted",
              "t16"."non_ai_lines_added",
              "t16"."non_ai_lines_deleted",
              "t16"."ai_lines_added",
              "t16"."ai_lines_deleted",
              "t16"."total_lines_added",
              "t16"."total_lines_deleted",
              "t16"."pull_request_number",
              "t16"."committed_at",
              "t16"."created_at"
            FROM "main_staging"."stg_pull_request_commits" AS "t7"
            INNER JOIN (
              SELECT
                "t3"."commit_hash",
                "t3"."user_id",
                "t3"."user_email",
                "t3"."repo_name" AS "commit_repo",
                "t3"."branch_name",
                "t3"."is_primary_branch",
                "t3"."tab_lines_added",
                "t3"."tab_lines_deleted",
                "t3"."composer_lines_added",
                "t3"."composer_lines_deleted",
                "t3"."non_ai_lines_added",
                "t3"."non_ai_lines_deleted",
                "t3"."ai_lines_added",
                "t3"."ai_lines_deleted",
                "t3"."total_lines_added",
                "t3"."total_lines_deleted",
                "t3"."pull_request_number",
                "t3"."committed_at",
                "t3"."created_at"
              FROM "main_staging"."stg_commits" AS "t3"
            ) AS "t16"
              ON "t7"."commit_hash" = "t16"."commit_hash"
          ) AS "t20"
          WHERE
            (
              "t20"."commit_repo" IS NULL
            )
            OR (
              "t20"."commit_repo" = "t20"."repo_name"
            )
        ) AS "t23"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t18"."repo_name",
            "t18"."pr_number",
            "t18"."commit_hash",
            "t18"."ai_lines_added",
            "t18"."total_lines_added",
            "t18"."committed_at"
          FROM (
            SELECT
              "t3"."repo_name",
              "t3"."pull_request_number" AS "pr_number",
              "t3"."commit_hash",
              "t3"."ai_lines_added",
              "t3"."total_lines_added",
              "t3"."committed_at"
            FROM "main_staging"."stg_commits" AS "t3"
            WHERE
              "t3"."repo_name" IS NOT NULL AND "t3"."pull_request_number" IS NOT NULL
          ) AS "t18"
          ANTI JOIN "main_staging"."stg_pull_request_commits" AS "t8"
            ON "t18"."repo_name" = "t8"."repo_name"
            AND "t18"."pr_number" = "t8"."pr_number"
            AND "t18"."commit_hash" = "t8"."commit_hash"
        ) AS "t22"
      ) AS "t25"
      GROUP BY
        1,
        2
    ) AS "t30"
      ON "t5"."repo_name" = "t30"."repo_name" AND "t5"."pr_number" = "t30"."pr_number"
    LEFT OUTER JOIN (
      SELECT
        "t26"."repo_name",
        "t26"."pr_number",
        COUNT(*) AS "review_count",
        SUM(CAST("t26"."is_approval" AS INT)) AS "approval_count",
        SUM(CAST("t26"."is_change_request" AS INT)) AS "change_request_count",
        COUNT(DISTINCT "t26"."reviewer") AS "known_reviewers",
        SUM(CAST(COALESCE(TRIM("t26"."body", ' 	
') <> '', FALSE) AS INT)) AS "review_texts",
        MIN("t26"."submitted_at") AS "earliest_review_at"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t17"."review_id",
            "t17"."repo_name",
            "t17"."pr_number",
            "t17"."reviewer",
            "t17"."state",
            "t17"."is_submitted",
            "t17"."is_approval",
            "t17"."is_change_request",
            "t17"."body",
            "t17"."submitted_at",
            "t14"."author_email"
          FROM (
            SELECT
              *
            FROM "main_staging"."stg_reviews" AS "t4"
            WHERE
              "t4"."is_submitted"
          ) AS "t17"
          INNER JOIN (
            SELECT
              "t0"."repo_name",
              "t0"."pr_number",
              "t0"."author_email"
            FROM "main_staging"."stg_pull_requests" AS "t0"
          ) AS "t14"
            ON "t17"."repo_name" = "t14"."repo_name" AND "t17"."pr_number" = "t14"."pr_number"
        ) AS "t21"
        WHERE
          NOT (
            COALESCE("t21"."reviewer" = "t21"."author_email", FALSE)
          )
      ) AS "t26"
      GROUP BY
        1,
        2
    ) AS "t32"
      ON "t5"."repo_name" = "t32"."repo_name" AND "t5"."pr_number" = "t32"."pr_number"
    LEFT OUTER JOIN (
      SELECT
        "t24"."repo_name",
        "t24"."pr_number",
        COUNT(*) AS "comment_count"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t6"."comment_id",
            "t6"."review_id",
            "t6"."repo_name",
            "t6"."pr_number",
            "t6"."reviewer",
            "t6"."body",
            "t6"."commented_at",
            "t14"."author_email"
          FROM "main_staging"."stg_review_comments" AS "t6"
          INNER JOIN (
            SELECT
              "t0"."repo_name",
              "t0"."pr_number",
              "t0"."author_email"
            FROM "main_staging"."stg_pull_requests" AS "t0"
          ) AS "t14"
            ON "t6"."repo_name" = "t14"."repo_name" AND "t6"."pr_number" = "t14"."pr_number"
        ) AS "t19"
        WHERE
          NOT (
            COALESCE("t19"."reviewer" = "t19"."author_email", FALSE)
          )
      ) AS "t24"
      GROUP BY
        1,
        2
    ) AS "t28"
      ON "t5"."repo_name" = "t28"."repo_name" AND "t5"."pr_number" = "t28"."pr_number"
    ASOF LEFT JOIN (
      SELECT
        "t0"."repo_name",
        "t0"."created_at" AS "fix_opened_at"
      FROM "main_staging"."stg_pull_requests" AS "t0"
      WHERE
        "t0"."is_bug_fix"
    ) AS "t13"
      ON "t5"."merged_at" < "t13"."fix_opened_at" AND "t5"."repo_name" = "t13"."repo_name"
  ) AS "t33"
) AS "t34"
