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
  CAST("tracked_commits_in_prs" AS BIGINT) AS "tracked_commits_in_prs",
  CAST("known_until" AS TIMESTAMP(6)) AS "known_until",
  CAST("week_is_over" AS BOOLEAN) AS "week_is_over"
FROM (
  SELECT
    "t21"."week",
    "t21"."repo_name",
    "t21"."total_prs",
    "t21"."bot_prs",
    "t21"."ai_known_prs",
    "t21"."pr_commits",
    "t21"."linked_commits",
    "t21"."rewritten_commits",
    "t21"."linked_commit_share",
    "t21"."tracked_commits",
    "t21"."tracked_commits_in_prs",
    "t21"."known_until",
    (
      CAST("t21"."known_until" AS DATE) - TO_DAYS(
        (
          (
            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t21"."known_until" AS DATE)) % 7
          ) + 7
        ) % 7
      )
    ) > "t21"."week" AS "week_is_over"
  FROM (
    SELECT
      "t20"."week",
      "t20"."repo_name",
      "t20"."total_prs",
      "t20"."bot_prs",
      "t20"."ai_known_prs",
      "t20"."pr_commits",
      "t20"."linked_commits",
      "t20"."rewritten_commits",
      "t20"."linked_commit_share",
      "t20"."tracked_commits",
      "t20"."tracked_commits_in_prs",
      "t6"."known_until"
    FROM (
      SELECT
        "t18"."week",
        "t18"."repo_name",
        "t18"."total_prs",
        "t18"."bot_prs",
        "t18"."ai_known_prs",
        "t18"."pr_commits",
        "t18"."linked_commits",
        "t18"."rewritten_commits",
        CASE
          WHEN (
            CAST("t18"."linked_commits" AS DOUBLE) / NULLIF("t18"."pr_commits", 0)
          ) IS NULL
          THEN CAST("t18"."linked_commits" AS DOUBLE) / NULLIF("t18"."pr_commits", 0)
          ELSE LEAST(1.0, CAST("t18"."linked_commits" AS DOUBLE) / NULLIF("t18"."pr_commits", 0))
        END AS "linked_commit_share",
        "t18"."tracked_commits",
        "t18"."tracked_commits_in_prs"
      FROM (
        SELECT
          "t17"."week",
          "t17"."repo_name",
          SUM("t17"."total_prs") AS "total_prs",
          SUM("t17"."bot_prs") AS "bot_prs",
          SUM("t17"."ai_known_prs") AS "ai_known_prs",
          SUM("t17"."pr_commits") AS "pr_commits",
          SUM("t17"."linked_commits") AS "linked_commits",
          SUM("t17"."rewritten_commits") AS "rewritten_commits",
          SUM("t17"."tracked_commits") AS "tracked_commits",
          SUM("t17"."tracked_commits_in_prs") AS "tracked_commits_in_prs"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t13"."week",
              "t13"."repo_name",
              "t13"."total_prs",
              "t13"."bot_prs",
              "t13"."ai_known_prs",
              "t13"."pr_commits",
              "t13"."linked_commits",
              "t13"."rewritten_commits",
              0 AS "tracked_commits",
              0 AS "tracked_commits_in_prs"
            FROM (
              SELECT
                CAST("t7"."merged_at" AS DATE) - TO_DAYS(
                  (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t7"."merged_at" AS DATE)) % 7
                    ) + 7
                  ) % 7
                ) AS "week",
                "t7"."repo_name",
                SUM(CAST("t7"."author_kind" <> 'bot' AS INT)) AS "total_prs",
                SUM(CAST(NOT (
                  "t7"."author_kind" <> 'bot'
                ) AS INT)) AS "bot_prs",
                SUM(
                  CAST((
                    "t7"."author_kind" <> 'bot'
                  ) AND (
                    NOT "t7"."final_ai_ratio" IS NULL
                  ) AS INT)
                ) AS "ai_known_prs",
                COALESCE(
                  SUM(COALESCE("t7"."commit_count", "t7"."listed_commit_count")) FILTER(WHERE
                    "t7"."author_kind" <> 'bot'),
                  0
                ) AS "pr_commits",
                COALESCE(SUM("t7"."linked_commit_count") FILTER(WHERE
                  "t7"."author_kind" <> 'bot'), 0) AS "linked_commits",
                COALESCE(SUM("t7"."rewritten_commit_count") FILTER(WHERE
                  "t7"."author_kind" <> 'bot'), 0) AS "rewritten_commits"
              FROM (
                SELECT
                  *
                FROM "temp"."main"."cursor_marts_int_pr_with_commits" AS "t1"
                WHERE
                  NOT "t1"."merged_at" IS NULL
              ) AS "t7"
              GROUP BY
                1,
                2
            ) AS "t13"
          ) AS "t14"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t15"."week",
              CAST("t15"."repo_name" AS TEXT) AS "repo_name",
              0 AS "total_prs",
              0 AS "bot_prs",
              0 AS "ai_known_prs",
              0 AS "pr_commits",
              0 AS "linked_commits",
              0 AS "rewritten_commits",
              "t15"."tracked_commits",
              "t15"."tracked_commits_in_prs"
            FROM (
              SELECT
                CAST("t12"."committed_at" AS DATE) - TO_DAYS(
                  (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 5), CAST("t12"."committed_at" AS DATE)) % 7
                    ) + 7
                  ) % 7
                ) AS "week",
                COALESCE("t12"."repo_name", '(unknown)') AS "repo_name",
                COUNT(*) AS "tracked_commits",
                SUM(CAST(NOT "t12"."is_linked" IS NULL AS INT)) AS "tracked_commits_in_prs"
              FROM (
                SELECT
                  "t9"."commit_hash",
                  "t9"."repo_name",
                  "t9"."tab_lines_added",
                  "t9"."tab_lines_deleted",
                  "t9"."composer_lines_added",
                  "t9"."composer_lines_deleted",
                  "t9"."non_ai_lines_added",
                  "t9"."non_ai_lines_deleted",
                  "t9"."ai_lines_added",
                  "t9"."ai_lines_deleted",
                  "t9"."total_lines_added",
                  "t9"."total_lines_deleted",
                  "t9"."pull_request_number",
                  "t9"."committed_at",
                  "t9"."created_at",
                  "t9"."subject",
                  "t11"."commit_hash" AS "commit_hash_right",
                  "t11"."is_linked"
                FROM (
                  SELECT
                    *
                  FROM "temp"."main"."cursor_marts_stg_commits" AS "t2"
                  WHERE
                    NOT "t2"."committed_at" IS NULL
                ) AS "t9"
                LEFT OUTER JOIN (
                  SELECT
                    "t5"."commit_hash",
                    TRUE AS "is_linked"
                  FROM (
                    SELECT DISTINCT
                      "t3"."commit_hash"
                    FROM "temp"."main"."cursor_marts_int_linked_commits" AS "t3"
                  ) AS "t5"
                ) AS "t11"
                  ON "t9"."commit_hash" = "t11"."commit_hash"
              ) AS "t12"
              GROUP BY
                1,
                2
            ) AS "t15"
          ) AS "t16"
        ) AS "t17"
        GROUP BY
          1,
          2
      ) AS "t18"
    ) AS "t20"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM "temp"."main"."cursor_marts_stg_repos" AS "t0"
    ) AS "t6"
      ON "t20"."repo_name" = "t6"."repo_name"
  ) AS "t21"
) AS "built"
