WITH "t16" AS (
  SELECT
    "t4"."repo_name",
    "t4"."pull_request_number" AS "pr_number",
    "t4"."commit_hash",
    "t4"."ai_lines_added",
    "t4"."total_lines_added",
    "t4"."committed_at"
  FROM "main_staging"."stg_commits" AS "t4"
  WHERE
    "t4"."repo_name" IS NOT NULL AND "t4"."pull_request_number" IS NOT NULL
)
SELECT
  "t42"."repo_name",
  "t42"."pr_number",
  "t42"."author_email",
  "t42"."is_reverted",
  "t42"."is_bug_fix",
  "t42"."additions",
  "t42"."total_loc",
  "t42"."changed_files",
  "t42"."commit_count",
  "t42"."tab_lines",
  "t42"."composer_lines",
  "t42"."created_at",
  "t42"."merged_at",
  "t42"."first_commit_at",
  "t42"."first_review_at",
  "t42"."coding_lead_time_hours",
  "t42"."pickup_time_hours",
  "t42"."review_lead_time_hours",
  "t42"."total_cycle_time_hours",
  "t42"."linked_commit_count",
  "t42"."linked_ai_lines",
  "t42"."linked_total_lines",
  "t42"."review_count",
  "t42"."approval_count",
  "t42"."change_request_count",
  "t42"."distinct_reviewers",
  "t42"."review_comment_count",
  "t42"."final_ai_ratio",
  CASE
    WHEN "t42"."final_ai_ratio" < 0.3
    THEN 'low'
    WHEN (
      "t42"."final_ai_ratio" >= 0.3
    ) AND (
      "t42"."final_ai_ratio" <= 0.6
    )
    THEN 'medium'
    WHEN "t42"."final_ai_ratio" > 0.6
    THEN 'high'
    ELSE 'unknown'
  END AS "ai_usage_band",
  "t42"."iterations",
  "t42"."pickup_time_hours" + "t42"."review_lead_time_hours" AS "review_cycle_time_hours",
  "t42"."review_density",
  "t42"."has_hotfix_followup",
  "t42"."review_hours_estimate"
FROM (
  SELECT
    "t41"."pr_number",
    "t41"."repo_name",
    "t41"."title",
    "t41"."author_email",
    "t41"."state",
    "t41"."additions",
    "t41"."deletions",
    "t41"."total_loc",
    "t41"."changed_files",
    "t41"."commit_count",
    "t41"."tab_lines",
    "t41"."composer_lines",
    "t41"."ai_ratio",
    "t41"."is_reverted",
    "t41"."is_bug_fix",
    "t41"."reviewer_count",
    "t41"."created_at",
    "t41"."merged_at",
    "t41"."closed_at",
    COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at") AS "first_commit_at",
    COALESCE("t41"."first_review_at", "t41"."earliest_review_at") AS "first_review_at",
    "t41"."last_commit_at",
    CAST(CASE
      WHEN DATE_DIFF(
        'MICROSECOND',
        COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
        "t41"."created_at"
      ) IS NULL
      THEN DATE_DIFF(
        'MICROSECOND',
        COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
        "t41"."created_at"
      )
      ELSE GREATEST(
        0,
        DATE_DIFF(
          'MICROSECOND',
          COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
          "t41"."created_at"
        )
      )
    END AS DOUBLE) / 3600000000 AS "coding_lead_time_hours",
    CAST(CASE
      WHEN (
        "t41"."merged_at" IS NULL
      )
      OR (
        COALESCE("t41"."first_review_at", "t41"."earliest_review_at") <= "t41"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          "t41"."created_at",
          COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          "t41"."created_at",
          COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            "t41"."created_at",
            COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
          )
        )
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "pickup_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t41"."created_at", "t41"."merged_at") - CASE
      WHEN (
        "t41"."merged_at" IS NULL
      )
      OR (
        COALESCE("t41"."first_review_at", "t41"."earliest_review_at") <= "t41"."merged_at"
      )
      THEN CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          "t41"."created_at",
          COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          "t41"."created_at",
          COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            "t41"."created_at",
            COALESCE("t41"."first_review_at", "t41"."earliest_review_at")
          )
        )
      END
      ELSE NULL
    END AS DOUBLE) / 3600000000 AS "review_lead_time_hours",
    CAST(DATE_DIFF('MICROSECOND', "t41"."created_at", "t41"."merged_at") + COALESCE(
      CASE
        WHEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
          "t41"."created_at"
        ) IS NULL
        THEN DATE_DIFF(
          'MICROSECOND',
          COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
          "t41"."created_at"
        )
        ELSE GREATEST(
          0,
          DATE_DIFF(
            'MICROSECOND',
            COALESCE("t41"."first_commit_at", "t41"."earliest_commit_at"),
            "t41"."created_at"
          )
        )
      END,
      0
    ) AS DOUBLE) / 3600000000 AS "total_cycle_time_hours",
    "t41"."commits_repo_name",
    "t41"."commits_pr_number",
    COALESCE("t41"."linked_commit_count", 0) AS "linked_commit_count",
    COALESCE("t41"."linked_ai_lines", 0) AS "linked_ai_lines",
    COALESCE("t41"."linked_total_lines", 0) AS "linked_total_lines",
    "t41"."earliest_commit_at",
    "t41"."reviews_repo_name",
    "t41"."reviews_pr_number",
    COALESCE("t41"."review_count", 0) AS "review_count",
    COALESCE("t41"."approval_count", 0) AS "approval_count",
    COALESCE("t41"."change_request_count", 0) AS "change_request_count",
    "t41"."known_reviewers",
    "t41"."review_texts",
    "t41"."earliest_review_at",
    "t41"."comments_repo_name",
    "t41"."comments_pr_number",
    "t41"."comment_count",
    "t41"."hotfixed_repo_name",
    "t41"."hotfixed_pr_number",
    "t41"."is_hotfixed",
    CASE
      WHEN "t41"."review_count" > 0
      THEN "t41"."known_reviewers"
      ELSE "t41"."reviewer_count"
    END AS "distinct_reviewers",
    COALESCE("t41"."comment_count", 0) + COALESCE("t41"."review_texts", 0) AS "review_comment_count",
    COALESCE(
      "t41"."ai_ratio",
      CAST(COALESCE("t41"."linked_ai_lines", 0) AS DOUBLE) / NULLIF(COALESCE("t41"."linked_total_lines", 0), 0)
    ) AS "final_ai_ratio",
    CASE
      WHEN COALESCE("t41"."review_count", 0) > 0
      THEN COALESCE("t41"."change_request_count", 0) + 1
      ELSE 0
    END AS "iterations",
    CAST(COALESCE("t41"."comment_count", 0) + COALESCE("t41"."review_texts", 0) AS DOUBLE) / NULLIF("t41"."total_loc", 0) AS "review_density",
    COALESCE("t41"."is_hotfixed", FALSE) AS "has_hotfix_followup",
    (
      COALESCE("t41"."review_count", 0) * (
        (
          (
            CAST("t41"."total_loc" AS DOUBLE) / 100
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
      "t40"."repo_name" AS "commits_repo_name",
      "t40"."pr_number" AS "commits_pr_number",
      "t40"."linked_commit_count",
      "t40"."linked_ai_lines",
      "t40"."linked_total_lines",
      "t40"."earliest_commit_at",
      "t39"."repo_name" AS "reviews_repo_name",
      "t39"."pr_number" AS "reviews_pr_number",
      "t39"."review_count",
      "t39"."approval_count",
      "t39"."change_request_count",
      "t39"."known_reviewers",
      "t39"."review_texts",
      "t39"."earliest_review_at",
      "t35"."repo_name" AS "comments_repo_name",
      "t35"."pr_number" AS "comments_pr_number",
      "t35"."comment_count",
      "t32"."repo_name" AS "hotfixed_repo_name",
      "t32"."pr_number" AS "hotfixed_pr_number",
      "t32"."is_hotfixed"
    FROM "main_staging"."stg_pull_requests" AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t36"."repo_name",
        "t36"."pr_number",
        COUNT(*) AS "linked_commit_count",
        SUM("t36"."ai_lines_added") AS "linked_ai_lines",
        SUM("t36"."total_lines_added") AS "linked_total_lines",
        MIN("t36"."committed_at") AS "earliest_commit_at"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t24"."repo_name",
            "t24"."pr_number",
            "t24"."commit_hash",
            "t24"."ai_lines_added",
            "t24"."total_lines_added",
            "t24"."committed_at"
          FROM (
            SELECT
              "t7"."repo_name",
              "t7"."pr_number",
              "t7"."commit_hash",
              "t17"."user_id",
              "t17"."user_email",
              "t17"."commit_repo",
              "t17"."branch_name",
              "t17"."is_primary_branch",
              "t17"."tab_lines_added",
              "t17"."tab_lines_deleted",
              "t17"."composer_lines_added",
              "t17"."composer_lines_deleted",
              "t17"."non_ai_lines_added",
              "t17"."non_ai_lines_deleted",
              "t17"."ai_lines_added",
              "t17"."ai_lines_deleted",
              "t17"."total_lines_added",
              "t17"."total_lines_deleted",
              "t17"."pull_request_number",
              "t17"."committed_at",
              "t17"."created_at"
            FROM "main_staging"."stg_pull_request_commits" AS "t7"
            INNER JOIN (
              SELECT
                "t4"."commit_hash",
                "t4"."user_id",
                "t4"."user_email",
                "t4"."repo_name" AS "commit_repo",
                "t4"."branch_name",
                "t4"."is_primary_branch",
                "t4"."tab_lines_added",
                "t4"."tab_lines_deleted",
                "t4"."composer_lines_added",
                "t4"."composer_lines_deleted",
                "t4"."non_ai_lines_added",
                "t4"."non_ai_lines_deleted",
                "t4"."ai_lines_added",
                "t4"."ai_lines_deleted",
                "t4"."total_lines_added",
                "t4"."total_lines_deleted",
                "t4"."pull_request_number",
                "t4"."committed_at",
                "t4"."created_at"
              FROM "main_staging"."stg_commits" AS "t4"
            ) AS "t17"
              ON "t7"."commit_hash" = "t17"."commit_hash"
          ) AS "t24"
          WHERE
            (
              "t24"."commit_repo" IS NULL
            )
            OR (
              "t24"."commit_repo" = "t24"."repo_name"
            )
        ) AS "t28"
        UNION ALL
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
          FROM "t16" AS "t20"
          ANTI JOIN (
            SELECT
              "t7"."repo_name",
              "t7"."pr_number",
              "t7"."commit_hash"
            FROM "main_staging"."stg_pull_request_commits" AS "t7"
            SEMI JOIN "t16" AS "t21"
              ON "t7"."repo_name" = "t21"."repo_name"
              AND "t7"."pr_number" = "t21"."pr_number"
              AND "t7"."commit_hash" = "t21"."commit_hash"
          ) AS "t27"
            ON "t20"."repo_name" = "t27"."repo_name"
            AND "t20"."pr_number" = "t27"."pr_number"
            AND "t20"."commit_hash" = "t27"."commit_hash"
        ) AS "t34"
      ) AS "t36"
      GROUP BY
        1,
        2
    ) AS "t40"
      ON "t5"."repo_name" = "t40"."repo_name" AND "t5"."pr_number" = "t40"."pr_number"
    LEFT OUTER JOIN (
      SELECT
        "t31"."repo_name",
        "t31"."pr_number",
        COUNT(*) AS "review_count",
        SUM(CAST("t31"."is_approval" AS INT)) AS "approval_count",
        SUM(CAST("t31"."is_change_request" AS INT)) AS "change_request_count",
        COUNT(DISTINCT "t31"."reviewer") AS "known_reviewers",
        SUM(CAST(COALESCE(TRIM("t31"."body", ' 	
') <> '', FALSE) AS INT)) AS "review_texts",
        MIN("t31"."submitted_at") AS "earliest_review_at"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t15"."review_id",
            "t15"."repo_name",
            "t15"."pr_number",
            "t15"."reviewer",
            "t15"."state",
            "t15"."is_submitted",
            "t15"."is_approval",
            "t15"."is_change_request",
            "t15"."body",
            "t15"."submitted_at",
            "t14"."author_email"
          FROM (
            SELECT
              *
            FROM "main_staging"."stg_reviews" AS "t3"
            WHERE
              "t3"."is_submitted"
          ) AS "t15"
          INNER JOIN (
            SELECT
              "t0"."repo_name",
              "t0"."pr_number",
              "t0"."author_email"
            FROM "main_staging"."stg_pull_requests" AS "t0"
          ) AS "t14"
            ON "t15"."repo_name" = "t14"."repo_name" AND "t15"."pr_number" = "t14"."pr_number"
        ) AS "t23"
        WHERE
          NOT (
            COALESCE("t23"."reviewer" = "t23"."author_email", FALSE)
          )
      ) AS "t31"
      GROUP BY
        1,
        2
    ) AS "t39"
      ON "t5"."repo_name" = "t39"."repo_name" AND "t5"."pr_number" = "t39"."pr_number"
    LEFT OUTER JOIN (
      SELECT
        "t30"."repo_name",
        "t30"."pr_number",
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
        ) AS "t22"
        WHERE
          NOT (
            COALESCE("t22"."reviewer" = "t22"."author_email", FALSE)
          )
      ) AS "t30"
      GROUP BY
        1,
        2
    ) AS "t35"
      ON "t5"."repo_name" = "t35"."repo_name" AND "t5"."pr_number" = "t35"."pr_number"
    LEFT OUTER JOIN (
      SELECT
        "t25"."repo_name",
        "t25"."pr_number",
        TRUE AS "is_hotfixed"
      FROM (
        SELECT
          "t18"."repo_name",
          "t18"."pr_number",
          "t18"."merged_at",
          "t13"."repo_name" AS "fix_repo_name",
          "t13"."fix_opened_at"
        FROM (
          SELECT
            "t0"."repo_name",
            "t0"."pr_number",
            "t0"."merged_at"
          FROM "main_staging"."stg_pull_requests" AS "t0"
          WHERE
            "t0"."merged_at" IS NOT NULL
        ) AS "t18"
        ASOF LEFT JOIN (
          SELECT
            "t0"."repo_name",
            "t0"."created_at" AS "fix_opened_at"
          FROM "main_staging"."stg_pull_requests" AS "t0"
          WHERE
            "t0"."is_bug_fix"
        ) AS "t13"
          ON "t18"."merged_at" < "t13"."fix_opened_at"
          AND "t18"."repo_name" = "t13"."repo_name"
      ) AS "t25"
      WHERE
        DATE_DIFF('MICROSECOND', "t25"."merged_at", "t25"."fix_opened_at") <= 172800000000
    ) AS "t32"
      ON "t5"."repo_name" = "t32"."repo_name" AND "t5"."pr_number" = "t32"."pr_number"
  ) AS "t41"
) AS "t42"
