SELECT
  CAST("WEEK" AS DATE) AS "WEEK",
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("TOTAL_PRS" AS BIGINT) AS "TOTAL_PRS",
  CAST("BOT_PRS" AS BIGINT) AS "BOT_PRS",
  CAST("AI_KNOWN_PRS" AS BIGINT) AS "AI_KNOWN_PRS",
  CAST("PR_COMMITS" AS BIGINT) AS "PR_COMMITS",
  CAST("LINKED_COMMITS" AS BIGINT) AS "LINKED_COMMITS",
  CAST("REWRITTEN_COMMITS" AS BIGINT) AS "REWRITTEN_COMMITS",
  CAST("LINKED_COMMIT_SHARE" AS DOUBLE) AS "LINKED_COMMIT_SHARE",
  CAST("TRACKED_COMMITS" AS BIGINT) AS "TRACKED_COMMITS",
  CAST("TRACKED_COMMITS_IN_PRS" AS BIGINT) AS "TRACKED_COMMITS_IN_PRS"
FROM (
  SELECT
    "T15"."WEEK",
    "T15"."REPO_NAME",
    "T15"."TOTAL_PRS",
    "T15"."BOT_PRS",
    "T15"."AI_KNOWN_PRS",
    "T15"."PR_COMMITS",
    "T15"."LINKED_COMMITS",
    "T15"."REWRITTEN_COMMITS",
    IFF(
      (
        CAST("T15"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T15"."PR_COMMITS", 0)
      ) IS NULL,
      CAST("T15"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T15"."PR_COMMITS", 0),
      LEAST(1.0, CAST("T15"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T15"."PR_COMMITS", 0))
    ) AS "LINKED_COMMIT_SHARE",
    "T15"."TRACKED_COMMITS",
    "T15"."TRACKED_COMMITS_IN_PRS"
  FROM (
    SELECT
      "T14"."WEEK",
      "T14"."REPO_NAME",
      SUM("T14"."TOTAL_PRS") AS "TOTAL_PRS",
      SUM("T14"."BOT_PRS") AS "BOT_PRS",
      SUM("T14"."AI_KNOWN_PRS") AS "AI_KNOWN_PRS",
      SUM("T14"."PR_COMMITS") AS "PR_COMMITS",
      SUM("T14"."LINKED_COMMITS") AS "LINKED_COMMITS",
      SUM("T14"."REWRITTEN_COMMITS") AS "REWRITTEN_COMMITS",
      SUM("T14"."TRACKED_COMMITS") AS "TRACKED_COMMITS",
      SUM("T14"."TRACKED_COMMITS_IN_PRS") AS "TRACKED_COMMITS_IN_PRS"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T10"."WEEK",
          "T10"."REPO_NAME",
          "T10"."TOTAL_PRS",
          "T10"."BOT_PRS",
          "T10"."AI_KNOWN_PRS",
          "T10"."PR_COMMITS",
          "T10"."LINKED_COMMITS",
          "T10"."REWRITTEN_COMMITS",
          0 AS "TRACKED_COMMITS",
          0 AS "TRACKED_COMMITS_IN_PRS"
        FROM (
          SELECT
            DATEADD(
              DAY,
              -(
                (
                  (
                    DATEDIFF(DAY, DATE_FROM_PARTS(1970, 1, 5), TO_DATE("T4"."MERGED_AT")) % 7
                  ) + 7
                ) % 7
              ),
              TO_DATE("T4"."MERGED_AT")
            ) AS "WEEK",
            "T4"."REPO_NAME",
            SUM(CAST("T4"."AUTHOR_KIND" <> 'bot' AS INT)) AS "TOTAL_PRS",
            SUM(CAST(NOT (
              "T4"."AUTHOR_KIND" <> 'bot'
            ) AS INT)) AS "BOT_PRS",
            SUM(
              CAST((
                "T4"."AUTHOR_KIND" <> 'bot'
              ) AND (
                NOT "T4"."FINAL_AI_RATIO" IS NULL
              ) AS INT)
            ) AS "AI_KNOWN_PRS",
            COALESCE(
              SUM(
                IFF(
                  "T4"."AUTHOR_KIND" <> 'bot',
                  COALESCE("T4"."COMMIT_COUNT", "T4"."LISTED_COMMIT_COUNT"),
                  NULL
                )
              ),
              0
            ) AS "PR_COMMITS",
            COALESCE(SUM(IFF("T4"."AUTHOR_KIND" <> 'bot', "T4"."LINKED_COMMIT_COUNT", NULL)), 0) AS "LINKED_COMMITS",
            COALESCE(SUM(IFF("T4"."AUTHOR_KIND" <> 'bot', "T4"."REWRITTEN_COMMIT_COUNT", NULL)), 0) AS "REWRITTEN_COMMITS"
          FROM (
            SELECT
              *
            FROM "BUILD_OF_THIS_RUN"."INT_PR_WITH_COMMITS" AS "T0"
            WHERE
              NOT "T0"."MERGED_AT" IS NULL
          ) AS "T4"
          GROUP BY
            1,
            2
        ) AS "T10"
      ) AS "T11"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "T12"."WEEK",
          CAST("T12"."REPO_NAME" AS VARCHAR) AS "REPO_NAME",
          0 AS "TOTAL_PRS",
          0 AS "BOT_PRS",
          0 AS "AI_KNOWN_PRS",
          0 AS "PR_COMMITS",
          0 AS "LINKED_COMMITS",
          0 AS "REWRITTEN_COMMITS",
          "T12"."TRACKED_COMMITS",
          "T12"."TRACKED_COMMITS_IN_PRS"
        FROM (
          SELECT
            DATEADD(
              DAY,
              -(
                (
                  (
                    DATEDIFF(DAY, DATE_FROM_PARTS(1970, 1, 5), TO_DATE("T9"."COMMITTED_AT")) % 7
                  ) + 7
                ) % 7
              ),
              TO_DATE("T9"."COMMITTED_AT")
            ) AS "WEEK",
            COALESCE("T9"."REPO_NAME", '(unknown)') AS "REPO_NAME",
            COUNT(*) AS "TRACKED_COMMITS",
            SUM(CAST(NOT "T9"."IS_LINKED" IS NULL AS INT)) AS "TRACKED_COMMITS_IN_PRS"
          FROM (
            SELECT
              "T6"."COMMIT_HASH",
              "T6"."REPO_NAME",
              "T6"."TAB_LINES_ADDED",
              "T6"."TAB_LINES_DELETED",
              "T6"."COMPOSER_LINES_ADDED",
              "T6"."COMPOSER_LINES_DELETED",
              "T6"."NON_AI_LINES_ADDED",
              "T6"."NON_AI_LINES_DELETED",
              "T6"."AI_LINES_ADDED",
              "T6"."AI_LINES_DELETED",
              "T6"."TOTAL_LINES_ADDED",
              "T6"."TOTAL_LINES_DELETED",
              "T6"."PULL_REQUEST_NUMBER",
              "T6"."COMMITTED_AT",
              "T6"."CREATED_AT",
              "T6"."SUBJECT",
              "T8"."COMMIT_HASH" AS "COMMIT_HASH_RIGHT",
              "T8"."IS_LINKED"
            FROM (
              SELECT
                *
              FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T1"
              WHERE
                NOT "T1"."COMMITTED_AT" IS NULL
            ) AS "T6"
            LEFT OUTER JOIN (
              SELECT
                "T3"."COMMIT_HASH",
                TRUE AS "IS_LINKED"
              FROM (
                SELECT DISTINCT
                  "T2"."COMMIT_HASH"
                FROM "BUILD_OF_THIS_RUN"."INT_LINKED_COMMITS" AS "T2"
              ) AS "T3"
            ) AS "T8"
              ON "T6"."COMMIT_HASH" = "T8"."COMMIT_HASH"
          ) AS "T9"
          GROUP BY
            1,
            2
        ) AS "T12"
      ) AS "T13"
    ) AS "T14"
    GROUP BY
      1,
      2
  ) AS "T15"
) AS "BUILT"
