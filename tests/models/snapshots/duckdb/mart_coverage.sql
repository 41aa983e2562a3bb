SELECT
  CAST("week" AS DATE) AS "week",
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("total_prs" AS BIGINT) AS "total_prs",
  CAST("bot_prs" AS BIGINT) AS "bot_prs",
  CAST("ai_known_prs" AS BIGINT) AS "ai_known_prs",
  CAST("pr_commits" AS BIGINT) AS "pr_commits",
  CAST("linked_commits" AS BIGINT) AS "linked_commits",
  CAST("rewritten_commits" AS BIGINT) AS "rewritten_commits",
  CAST("linked_commit_share" AS DOUBLE) AS "linked_commit_share",
  CAST("tracked_commits" AS BIGINT) AS "tracked_commits",
  CAST("tracked_commits_in_prs" AS BIGINT) AS "tracked_commits_in_prs"
FROM (
  SELECT
    "t15"."week",
    "t15"."repo_name",
    "t15"."total_prs",
    "t15"."bot_prs",
    "t15"."ai_known_prs",
    "t15"."pr_commits",
    "t15"."linked_commits",
    "t15"."rewritten_commits",
    CASE
      WHEN (
        CAST("t15"."linked_commits" AS DOUBLE) / NULLIF("t15"."pr_commits", 0)
      ) IS NULL
      THEN CAST("t15"."linked_commits" AS DOUBLE) / NULLIF("t15"."pr_commits", 0)
      ELSE LEAST(1.0, CAST("t15"."linked_commits" AS DOUBLE) / NULLIF("t15"."pr_commits", 0))
    END AS "linked_commit_share",
    "t15"."tracked_commits",
    "t15"."tracked_commits_in_prs"
  FROM (
    SELECT
      "t14"."week",
      "t14"."repo_name",
      SUM("t14"."total_prs") AS "total_prs",
      SUM("t14"."bot_prs") AS "bot_prs",
      SUM("t14"."ai_known_prs") AS "ai_known_prs",
      SUM("t14"."pr_commits") AS "pr_commits",
      SUM("t14"."linked_commits") AS "linked_commits",
      SUM("t14"."rewritten_commits") AS "rewritten_commits",
      SUM("t14"."tracked_commits") AS "tracked_commits",
      SUM("t14"."tracked_commits_in_prs") AS "tracked_commits_in_prs"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t10"."week",
          "t10"."repo_name",
          "t10"."total_prs",
          "t10"."bot_prs",
          "t10"."ai_known_prs",
          "t10"."pr_commits",
          "t10"."linked_commits",
          "t10"."rewritten_commits",
          0 AS "tracked_commits",
          0 AS "tracked_commits_in_prs"
        FROM (
          SELECT
            CAST("t4"."merged_at" AS DATE) - TO_DAYS(
              (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t4"."merged_at" AS DATE)) % 7
                ) + 7
              ) % 7
            ) AS "week",
            "t4"."repo_name",
            SUM(CAST("t4"."author_kind" <> 'bot' AS INT)) AS "total_prs",
            SUM(CAST(NOT (
              "t4"."author_kind" <> 'bot'
            ) AS INT)) AS "bot_prs",
            SUM(
              CAST((
                "t4"."author_kind" <> 'bot'
              ) AND (
                NOT "t4"."final_ai_ratio" IS NULL
              ) AS INT)
            ) AS "ai_known_prs",
            COALESCE(
              SUM(COALESCE("t4"."commit_count", "t4"."listed_commit_count")) FILTER(WHERE
                "t4"."author_kind" <> 'bot'),
              0
            ) AS "pr_commits",
            COALESCE(SUM("t4"."linked_commit_count") FILTER(WHERE
              "t4"."author_kind" <> 'bot'), 0) AS "linked_commits",
            COALESCE(SUM("t4"."rewritten_commit_count") FILTER(WHERE
              "t4"."author_kind" <> 'bot'), 0) AS "rewritten_commits"
          FROM (
            SELECT
              *
            FROM "temp"."main"."cursor_marts_int_pr_with_commits" AS "t0"
            WHERE
              NOT "t0"."merged_at" IS NULL
          ) AS "t4"
          GROUP BY
            1,
            2
        ) AS "t10"
      ) AS "t11"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t12"."week",
          CAST("t12"."repo_name" AS TEXT) AS "repo_name",
          0 AS "total_prs",
          0 AS "bot_prs",
          0 AS "ai_known_prs",
          0 AS "pr_commits",
          0 AS "linked_commits",
          0 AS "rewritten_commits",
          "t12"."tracked_commits",
          "t12"."tracked_commits_in_prs"
        FROM (
          SELECT
            CAST("t9"."committed_at" AS DATE) - TO_DAYS(
              (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t9"."committed_at" AS DATE)) % 7
                ) + 7
              ) % 7
            ) AS "week",
            COALESCE("t9"."repo_name", '(unknown)') AS "repo_name",
            COUNT(*) AS "tracked_commits",
            SUM(CAST(NOT "t9"."is_linked" IS NULL AS INT)) AS "tracked_commits_in_prs"
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
              "t6"."created_at",
              "t6"."subject",
              "t8"."commit_hash" AS "commit_hash_right",
              "t8"."is_linked"
            FROM (
              SELECT
                *
              FROM "temp"."main"."cursor_marts_stg_commits" AS "t1"
              WHERE
                NOT "t1"."committed_at" IS NULL
            ) AS "t6"
            LEFT OUTER JOIN (
              SELECT
                "t3"."commit_hash",
                TRUE AS "is_linked"
              FROM (
                SELECT DISTINCT
                  "t2"."commit_hash"
                FROM "temp"."main"."cursor_marts_int_linked_commits" AS "t2"
              ) AS "t3"
            ) AS "t8"
              ON "t6"."commit_hash" = "t8"."commit_hash"
          ) AS "t9"
          GROUP BY
            1,
            2
        ) AS "t12"
      ) AS "t13"
    ) AS "t14"
    GROUP BY
      1,
      2
  ) AS "t15"
) AS "built"
