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
  CAST("TRACKED_COMMITS_IN_PRS" AS BIGINT) AS "TRACKED_COMMITS_IN_PRS",
  CAST("KNOWN_UNTIL" AS TIMESTAMPNTZ(6)) AS "KNOWN_UNTIL",
  CAST("WEEK_IS_OVER" AS BOOLEAN) AS "WEEK_IS_OVER"
FROM (
  SELECT
    "T21"."WEEK",
    "T21"."REPO_NAME",
    "T21"."TOTAL_PRS",
    "T21"."BOT_PRS",
    "T21"."AI_KNOWN_PRS",
    "T21"."PR_COMMITS",
    "T21"."LINKED_COMMITS",
    "T21"."REWRITTEN_COMMITS",
    "T21"."LINKED_COMMIT_SHARE",
    "T21"."TRACKED_COMMITS",
    "T21"."TRACKED_COMMITS_IN_PRS",
    "T21"."KNOWN_UNTIL",
    DATEADD(
      DAY,
      -(
        (
          (
            DATEDIFF(DAY, DATE_FROM_PARTS(1970, 1, 5), TO_DATE("T21"."KNOWN_UNTIL")) % 7
          ) + 7
        ) % 7
      ),
      TO_DATE("T21"."KNOWN_UNTIL")
    ) > "T21"."WEEK" AS "WEEK_IS_OVER"
  FROM (
    SELECT
      "T20"."WEEK",
      "T20"."REPO_NAME",
      "T20"."TOTAL_PRS",
      "T20"."BOT_PRS",
      "T20"."AI_KNOWN_PRS",
      "T20"."PR_COMMITS",
      "T20"."LINKED_COMMITS",
      "T20"."REWRITTEN_COMMITS",
      "T20"."LINKED_COMMIT_SHARE",
      "T20"."TRACKED_COMMITS",
      "T20"."TRACKED_COMMITS_IN_PRS",
      "T6"."KNOWN_UNTIL"
    FROM (
      SELECT
        "T18"."WEEK",
        "T18"."REPO_NAME",
        "T18"."TOTAL_PRS",
        "T18"."BOT_PRS",
        "T18"."AI_KNOWN_PRS",
        "T18"."PR_COMMITS",
        "T18"."LINKED_COMMITS",
        "T18"."REWRITTEN_COMMITS",
        IFF(
          (
            CAST("T18"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T18"."PR_COMMITS", 0)
          ) IS NULL,
          CAST("T18"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T18"."PR_COMMITS", 0),
          LEAST(1.0, CAST("T18"."LINKED_COMMITS" AS DOUBLE) / NULLIF("T18"."PR_COMMITS", 0))
        ) AS "LINKED_COMMIT_SHARE",
        "T18"."TRACKED_COMMITS",
        "T18"."TRACKED_COMMITS_IN_PRS"
      FROM (
        SELECT
          "T17"."WEEK",
          "T17"."REPO_NAME",
          SUM("T17"."TOTAL_PRS") AS "TOTAL_PRS",
          SUM("T17"."BOT_PRS") AS "BOT_PRS",
          SUM("T17"."AI_KNOWN_PRS") AS "AI_KNOWN_PRS",
          SUM("T17"."PR_COMMITS") AS "PR_COMMITS",
          SUM("T17"."LINKED_COMMITS") AS "LINKED_COMMITS",
          SUM("T17"."REWRITTEN_COMMITS") AS "REWRITTEN_COMMITS",
          SUM("T17"."TRACKED_COMMITS") AS "TRACKED_COMMITS",
          SUM("T17"."TRACKED_COMMITS_IN_PRS") AS "TRACKED_COMMITS_IN_PRS"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T13"."WEEK",
              "T13"."REPO_NAME",
              "T13"."TOTAL_PRS",
              "T13"."BOT_PRS",
              "T13"."AI_KNOWN_PRS",
              "T13"."PR_COMMITS",
              "T13"."LINKED_COMMITS",
              "T13"."REWRITTEN_COMMITS",
              0 AS "TRACKED_COMMITS",
              0 AS "TRACKED_COMMITS_IN_PRS"
            FROM (
              SELECT
                DATEADD(
                  DAY,
                  -(
                    (
                      (
                        DATEDIFF(DAY, DATE_FROM_PARTS(1970, 1, 5), TO_DATE("T7"."MERGED_AT")) % 7
                      ) + 7
                    ) % 7
                  ),
                  TO_DATE("T7"."MERGED_AT")
                ) AS "WEEK",
                "T7"."REPO_NAME",
                SUM(CAST("T7"."AUTHOR_KIND" <> 'bot' AS INT)) AS "TOTAL_PRS",
                SUM(CAST(NOT (
                  "T7"."AUTHOR_KIND" <> 'bot'
                ) AS INT)) AS "BOT_PRS",
                SUM(
                  CAST((
                    "T7"."AUTHOR_KIND" <> 'bot'
                  ) AND (
                    NOT "T7"."FINAL_AI_RATIO" IS NULL
                  ) AS INT)
                ) AS "AI_KNOWN_PRS",
                COALESCE(
                  SUM(
                    IFF(
                      "T7"."AUTHOR_KIND" <> 'bot',
                      COALESCE("T7"."COMMIT_COUNT", "T7"."LISTED_COMMIT_COUNT"),
                      NULL
                    )
                  ),
                  0
                ) AS "PR_COMMITS",
                COALESCE(SUM(IFF("T7"."AUTHOR_KIND" <> 'bot', "T7"."LINKED_COMMIT_COUNT", NULL)), 0) AS "LINKED_COMMITS",
                COALESCE(SUM(IFF("T7"."AUTHOR_KIND" <> 'bot', "T7"."REWRITTEN_COMMIT_COUNT", NULL)), 0) AS "REWRITTEN_COMMITS"
              FROM (
                SELECT
                  *
                FROM "BUILD_OF_THIS_RUN"."INT_PR_WITH_COMMITS" AS "T1"
                WHERE
                  NOT "T1"."MERGED_AT" IS NULL
              ) AS "T7"
              GROUP BY
                1,
                2
            ) AS "T13"
          ) AS "T14"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "T15"."WEEK",
              CAST("T15"."REPO_NAME" AS VARCHAR) AS "REPO_NAME",
              0 AS "TOTAL_PRS",
              0 AS "BOT_PRS",
              0 AS "AI_KNOWN_PRS",
              0 AS "PR_COMMITS",
              0 AS "LINKED_COMMITS",
              0 AS "REWRITTEN_COMMITS",
              "T15"."TRACKED_COMMITS",
              "T15"."TRACKED_COMMITS_IN_PRS"
            FROM (
              SELECT
                DATEADD(
                  DAY,
                  -(
                    (
                      (
                        DATEDIFF(DAY, DATE_FROM_PARTS(1970, 1, 5), TO_DATE("T12"."COMMITTED_AT")) % 7
                      ) + 7
                    ) % 7
                  ),
                  TO_DATE("T12"."COMMITTED_AT")
                ) AS "WEEK",
                COALESCE("T12"."REPO_NAME", '(unknown)') AS "REPO_NAME",
                COUNT(*) AS "TRACKED_COMMITS",
                SUM(CAST(NOT "T12"."IS_LINKED" IS NULL AS INT)) AS "TRACKED_COMMITS_IN_PRS"
              FROM (
                SELECT
                  "T9"."COMMIT_HASH",
                  "T9"."REPO_NAME",
                  "T9"."TAB_LINES_ADDED",
                  "T9"."TAB_LINES_DELETED",
                  "T9"."COMPOSER_LINES_ADDED",
                  "T9"."COMPOSER_LINES_DELETED",
                  "T9"."NON_AI_LINES_ADDED",
                  "T9"."NON_AI_LINES_DELETED",
                  "T9"."AI_LINES_ADDED",
                  "T9"."AI_LINES_DELETED",
                  "T9"."TOTAL_LINES_ADDED",
                  "T9"."TOTAL_LINES_DELETED",
                  "T9"."PULL_REQUEST_NUMBER",
                  "T9"."COMMITTED_AT",
                  "T9"."CREATED_AT",
                  "T9"."SUBJECT",
                  "T11"."COMMIT_HASH" AS "COMMIT_HASH_RIGHT",
                  "T11"."IS_LINKED"
                FROM (
                  SELECT
                    *
                  FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T2"
                  WHERE
                    NOT "T2"."COMMITTED_AT" IS NULL
                ) AS "T9"
                LEFT OUTER JOIN (
                  SELECT
                    "T5"."COMMIT_HASH",
                    TRUE AS "IS_LINKED"
                  FROM (
                    SELECT DISTINCT
                      "T3"."COMMIT_HASH"
                    FROM "BUILD_OF_THIS_RUN"."INT_LINKED_COMMITS" AS "T3"
                  ) AS "T5"
                ) AS "T11"
                  ON "T9"."COMMIT_HASH" = "T11"."COMMIT_HASH"
              ) AS "T12"
              GROUP BY
                1,
                2
            ) AS "T15"
          ) AS "T16"
        ) AS "T17"
        GROUP BY
          1,
          2
      ) AS "T18"
    ) AS "T20"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM "BUILD_OF_THIS_RUN"."STG_REPOS" AS "T0"
    ) AS "T6"
      ON "T20"."REPO_NAME" = "T6"."REPO_NAME"
  ) AS "T21"
) AS "BUILT"
