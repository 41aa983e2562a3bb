SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("TITLE" AS VARCHAR) AS "TITLE",
  CAST("URL" AS VARCHAR) AS "URL",
  CAST("AUTHOR_EMAIL" AS VARCHAR) AS "AUTHOR_EMAIL",
  CAST("AUTHOR_ID" AS VARCHAR) AS "AUTHOR_ID",
  CAST("AUTHOR" AS VARCHAR) AS "AUTHOR",
  CAST("AUTHOR_KIND" AS VARCHAR) AS "AUTHOR_KIND",
  CAST("STATE" AS VARCHAR) AS "STATE",
  CAST("IS_REVERTED" AS BOOLEAN) AS "IS_REVERTED",
  CAST("REVERTED_BY" AS BIGINT) AS "REVERTED_BY",
  CAST("IS_BUG_FIX" AS BOOLEAN) AS "IS_BUG_FIX",
  CAST("BUG_FIX_RULE" AS VARCHAR) AS "BUG_FIX_RULE",
  CAST("ADDITIONS" AS BIGINT) AS "ADDITIONS",
  CAST("TOTAL_LOC" AS BIGINT) AS "TOTAL_LOC",
  CAST("CHANGED_FILES" AS BIGINT) AS "CHANGED_FILES",
  CAST("COMMIT_COUNT" AS BIGINT) AS "COMMIT_COUNT",
  CAST("CREATED_AT" AS TIMESTAMPNTZ(6)) AS "CREATED_AT",
  CAST("OPENED_AT" AS TIMESTAMPNTZ(6)) AS "OPENED_AT",
  CAST("MERGED_AT" AS TIMESTAMPNTZ(6)) AS "MERGED_AT",
  CAST("EXTRACTION_ENDED_AT" AS TIMESTAMPNTZ(6)) AS "EXTRACTION_ENDED_AT",
  CAST("FIRST_COMMIT_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_COMMIT_AT",
  CAST("FIRST_REVIEW_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_REVIEW_AT",
  CAST("LAST_REVIEW_AT" AS TIMESTAMPNTZ(6)) AS "LAST_REVIEW_AT",
  CAST("CODING_LEAD_TIME_HOURS" AS DOUBLE) AS "CODING_LEAD_TIME_HOURS",
  CAST("PICKUP_TIME_HOURS" AS DOUBLE) AS "PICKUP_TIME_HOURS",
  CAST("REVIEW_LEAD_TIME_HOURS" AS DOUBLE) AS "REVIEW_LEAD_TIME_HOURS",
  CAST("TOTAL_CYCLE_TIME_HOURS" AS DOUBLE) AS "TOTAL_CYCLE_TIME_HOURS",
  CAST("LISTED_COMMIT_COUNT" AS BIGINT) AS "LISTED_COMMIT_COUNT",
  CAST("LINKED_COMMIT_COUNT" AS BIGINT) AS "LINKED_COMMIT_COUNT",
  CAST("REWRITTEN_COMMIT_COUNT" AS BIGINT) AS "REWRITTEN_COMMIT_COUNT",
  CAST("LINKED_AI_LINES" AS BIGINT) AS "LINKED_AI_LINES",
  CAST("LINKED_TOTAL_LINES" AS BIGINT) AS "LINKED_TOTAL_LINES",
  CAST("REVIEW_COUNT" AS BIGINT) AS "REVIEW_COUNT",
  CAST("BOT_REVIEW_COUNT" AS BIGINT) AS "BOT_REVIEW_COUNT",
  CAST("APPROVAL_COUNT" AS BIGINT) AS "APPROVAL_COUNT",
  CAST("CHANGE_REQUEST_COUNT" AS BIGINT) AS "CHANGE_REQUEST_COUNT",
  CAST("DISTINCT_REVIEWERS" AS BIGINT) AS "DISTINCT_REVIEWERS",
  CAST("REVIEW_COMMENT_COUNT" AS BIGINT) AS "REVIEW_COMMENT_COUNT",
  CAST("FINAL_AI_RATIO" AS DOUBLE) AS "FINAL_AI_RATIO",
  CAST("AI_LINES" AS BIGINT) AS "AI_LINES",
  CAST("AI_USAGE_BAND" AS VARCHAR) AS "AI_USAGE_BAND",
  CAST("ITERATIONS" AS BIGINT) AS "ITERATIONS",
  CAST("REVIEW_CYCLE_TIME_HOURS" AS DOUBLE) AS "REVIEW_CYCLE_TIME_HOURS",
  CAST("REVIEW_DENSITY" AS DOUBLE) AS "REVIEW_DENSITY",
  CAST("HAS_HOTFIX_FOLLOWUP" AS BOOLEAN) AS "HAS_HOTFIX_FOLLOWUP",
  CAST("REVIEW_HOURS_ESTIMATE" AS DOUBLE) AS "REVIEW_HOURS_ESTIMATE"
FROM (
  WITH "T8" AS (
    SELECT
      "T0"."REPO_NAME",
      "T0"."PR_NUMBER",
      "T0"."AUTHOR",
      "T0"."AUTHOR_ID"
    FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
  )
  SELECT
    "T54"."REPO_NAME",
    "T54"."PR_NUMBER",
    "T54"."TITLE",
    "T54"."URL",
    "T54"."AUTHOR_EMAIL",
    "T54"."AUTHOR_ID",
    "T54"."AUTHOR",
    "T54"."AUTHOR_KIND",
    "T54"."STATE",
    "T54"."IS_REVERTED",
    "T54"."REVERTED_BY",
    "T54"."IS_BUG_FIX",
    "T54"."BUG_FIX_RULE",
    "T54"."ADDITIONS",
    "T54"."TOTAL_LOC",
    "T54"."CHANGED_FILES",
    "T54"."COMMIT_COUNT",
    "T54"."CREATED_AT",
    "T54"."OPENED_AT",
    "T54"."MERGED_AT",
    "T54"."EXTRACTION_ENDED_AT",
    "T54"."FIRST_COMMIT_AT",
    "T54"."FIRST_REVIEW_AT",
    "T54"."LAST_REVIEW_AT",
    "T54"."CODING_LEAD_TIME_HOURS",
    "T54"."PICKUP_TIME_HOURS",
    "T54"."REVIEW_LEAD_TIME_HOURS",
    "T54"."TOTAL_CYCLE_TIME_HOURS",
    "T54"."LISTED_COMMIT_COUNT",
    "T54"."LINKED_COMMIT_COUNT",
    "T54"."REWRITTEN_COMMIT_COUNT",
    "T54"."LINKED_AI_LINES",
    "T54"."LINKED_TOTAL_LINES",
    "T54"."REVIEW_COUNT",
    "T54"."BOT_REVIEW_COUNT",
    "T54"."APPROVAL_COUNT",
    "T54"."CHANGE_REQUEST_COUNT",
    "T54"."DISTINCT_REVIEWERS",
    "T54"."REVIEW_COMMENT_COUNT",
    "T54"."FINAL_AI_RATIO",
    "T54"."AI_LINES",
    CASE
      WHEN (
        NOT "T54"."FINAL_AI_RATIO" IS NULL
      ) AND (
        "T54"."FINAL_AI_RATIO" < 0.3
      )
      THEN 'low'
      WHEN (
        NOT "T54"."FINAL_AI_RATIO" IS NULL
      )
      AND (
        "T54"."FINAL_AI_RATIO" >= 0.3
      )
      AND (
        "T54"."FINAL_AI_RATIO" <= 0.6
      )
      THEN 'medium'
      WHEN (
        NOT "T54"."FINAL_AI_RATIO" IS NULL
      ) AND (
        "T54"."FINAL_AI_RATIO" > 0.6
      )
      THEN 'high'
      ELSE 'unknown'
    END AS "AI_USAGE_BAND",
    "T54"."ITERATIONS",
    "T54"."PICKUP_TIME_HOURS" + "T54"."REVIEW_LEAD_TIME_HOURS" AS "REVIEW_CYCLE_TIME_HOURS",
    "T54"."REVIEW_DENSITY",
    "T54"."HAS_HOTFIX_FOLLOWUP",
    "T54"."REVIEW_HOURS_ESTIMATE"
  FROM (
    SELECT
      "T53"."PR_NUMBER",
      "T53"."REPO_NAME",
      "T53"."TITLE",
      "T53"."URL",
      "T53"."AUTHOR_EMAIL",
      "T53"."AUTHOR_ID",
      "T53"."AUTHOR",
      "T53"."AUTHOR_KIND",
      "T53"."HEAD_REPO_NAME",
      "T53"."HEAD_BRANCH",
      "T53"."MERGE_COMMIT_HASH",
      "T53"."REVERT_TEXT",
      "T53"."STATE",
      "T53"."IS_DRAFT",
      "T53"."ADDITIONS",
      "T53"."DELETIONS",
      "T53"."TOTAL_LOC",
      "T53"."CHANGED_FILES",
      "T53"."COMMIT_COUNT",
      "T53"."TAB_LINES",
      "T53"."COMPOSER_LINES",
      "T53"."AI_RATIO",
      COALESCE("T53"."IS_REVERTED", NOT "T53"."REVERTED_BY" IS NULL) AS "IS_REVERTED",
      "T53"."IS_BUG_FIX",
      "T53"."BUG_FIX_RULE",
      "T53"."REVIEWER_COUNT",
      "T53"."CREATED_AT",
      "T53"."OPENED_AT",
      "T53"."MERGED_AT",
      "T53"."CLOSED_AT",
      COALESCE(
        COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
        "T53"."EARLIEST_COMMIT_AT"
      ) AS "FIRST_COMMIT_AT",
      COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT") AS "FIRST_REVIEW_AT",
      "T53"."LAST_COMMIT_AT",
      "T53"."EXTRACTION_ENDED_AT",
      CAST(IFF(
        DATEDIFF(
          MICROSECOND,
          COALESCE(
            COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
            "T53"."EARLIEST_COMMIT_AT"
          ),
          "T53"."OPENED_AT"
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          COALESCE(
            COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
            "T53"."EARLIEST_COMMIT_AT"
          ),
          "T53"."OPENED_AT"
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            COALESCE(
              COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
              "T53"."EARLIEST_COMMIT_AT"
            ),
            "T53"."OPENED_AT"
          )
        )
      ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
      CAST(IFF(
        (
          "T53"."MERGED_AT" IS NULL
        )
        OR (
          COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT") <= "T53"."MERGED_AT"
        ),
        IFF(
          DATEDIFF(
            MICROSECOND,
            "T53"."OPENED_AT",
            COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            "T53"."OPENED_AT",
            COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              "T53"."OPENED_AT",
              COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
            )
          )
        ),
        NULL
      ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
      CAST(DATEDIFF(MICROSECOND, "T53"."OPENED_AT", "T53"."MERGED_AT") - IFF(
        (
          "T53"."MERGED_AT" IS NULL
        )
        OR (
          COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT") <= "T53"."MERGED_AT"
        ),
        IFF(
          DATEDIFF(
            MICROSECOND,
            "T53"."OPENED_AT",
            COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            "T53"."OPENED_AT",
            COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              "T53"."OPENED_AT",
              COALESCE("T53"."FIRST_REVIEW_AT", "T53"."EARLIEST_REVIEW_AT")
            )
          )
        ),
        NULL
      ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
      CAST(DATEDIFF(MICROSECOND, "T53"."OPENED_AT", "T53"."MERGED_AT") + COALESCE(
        IFF(
          DATEDIFF(
            MICROSECOND,
            COALESCE(
              COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
              "T53"."EARLIEST_COMMIT_AT"
            ),
            "T53"."OPENED_AT"
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            COALESCE(
              COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
              "T53"."EARLIEST_COMMIT_AT"
            ),
            "T53"."OPENED_AT"
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              COALESCE(
                COALESCE("T53"."FIRST_COMMIT_AT", "T53"."EARLIEST_AUTHORED_AT"),
                "T53"."EARLIEST_COMMIT_AT"
              ),
              "T53"."OPENED_AT"
            )
          )
        ),
        0
      ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS",
      "T53"."LINKS_REPO_NAME",
      "T53"."LINKS_PR_NUMBER",
      COALESCE("T53"."LISTED_COMMIT_COUNT", 0) AS "LISTED_COMMIT_COUNT",
      "T53"."EARLIEST_AUTHORED_AT",
      "T53"."COMMITS_REPO_NAME",
      "T53"."COMMITS_PR_NUMBER",
      COALESCE("T53"."LINKED_COMMIT_COUNT", 0) AS "LINKED_COMMIT_COUNT",
      COALESCE("T53"."REWRITTEN_COMMIT_COUNT", 0) AS "REWRITTEN_COMMIT_COUNT",
      COALESCE("T53"."LINKED_AI_LINES", 0) AS "LINKED_AI_LINES",
      COALESCE("T53"."LINKED_TOTAL_LINES", 0) AS "LINKED_TOTAL_LINES",
      "T53"."EARLIEST_COMMIT_AT",
      "T53"."REVIEWS_REPO_NAME",
      "T53"."REVIEWS_PR_NUMBER",
      COALESCE("T53"."REVIEW_COUNT", 0) AS "REVIEW_COUNT",
      COALESCE("T53"."BOT_REVIEW_COUNT", 0) AS "BOT_REVIEW_COUNT",
      COALESCE("T53"."APPROVAL_COUNT", 0) AS "APPROVAL_COUNT",
      COALESCE("T53"."CHANGE_REQUEST_COUNT", 0) AS "CHANGE_REQUEST_COUNT",
      "T53"."KNOWN_REVIEWERS",
      "T53"."REVIEW_TEXTS",
      "T53"."EARLIEST_REVIEW_AT",
      "T53"."LAST_REVIEW_AT",
      "T53"."COMMENTS_REPO_NAME",
      "T53"."COMMENTS_PR_NUMBER",
      "T53"."COMMENT_COUNT",
      "T53"."REVERTS_REPO_NAME",
      "T53"."REVERTS_PR_NUMBER",
      IFF("T53"."IS_REVERTED" IS NULL, "T53"."REVERTED_BY", NULL) AS "REVERTED_BY",
      "T53"."HOTFIXED_REPO_NAME",
      "T53"."HOTFIXED_PR_NUMBER",
      "T53"."IS_HOTFIXED",
      IFF("T53"."REVIEW_COUNT" > 0, "T53"."KNOWN_REVIEWERS", "T53"."REVIEWER_COUNT") AS "DISTINCT_REVIEWERS",
      COALESCE("T53"."COMMENT_COUNT", 0) + COALESCE("T53"."REVIEW_TEXTS", 0) AS "REVIEW_COMMENT_COUNT",
      COALESCE("T53"."IS_HOTFIXED", FALSE) AS "HAS_HOTFIX_FOLLOWUP",
      CASE
        WHEN NOT "T53"."AI_RATIO" IS NULL
        THEN "T53"."AI_RATIO"
        WHEN "T53"."AUTHOR_KIND" = 'agent'
        THEN 1.0
        WHEN COALESCE("T53"."LINKED_COMMIT_COUNT", 0) > 0
        THEN IFF(
          (
            CAST(COALESCE("T53"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(
              GREATEST(COALESCE("T53"."LINKED_TOTAL_LINES", 0), COALESCE("T53"."ADDITIONS", 0)),
              0
            )
          ) IS NULL,
          CAST(COALESCE("T53"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(
            GREATEST(COALESCE("T53"."LINKED_TOTAL_LINES", 0), COALESCE("T53"."ADDITIONS", 0)),
            0
          ),
          LEAST(
            1.0,
            CAST(COALESCE("T53"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(
              GREATEST(COALESCE("T53"."LINKED_TOTAL_LINES", 0), COALESCE("T53"."ADDITIONS", 0)),
              0
            )
          )
        )
        ELSE NULL
      END AS "FINAL_AI_RATIO",
      CASE
        WHEN NOT (
          "T53"."TAB_LINES" + "T53"."COMPOSER_LINES"
        ) IS NULL
        THEN "T53"."TAB_LINES" + "T53"."COMPOSER_LINES"
        WHEN "T53"."AUTHOR_KIND" = 'agent'
        THEN "T53"."ADDITIONS"
        WHEN COALESCE("T53"."LINKED_COMMIT_COUNT", 0) > 0
        THEN COALESCE("T53"."LINKED_AI_LINES", 0)
        ELSE NULL
      END AS "AI_LINES",
      IFF(
        COALESCE("T53"."REVIEW_COUNT", 0) > 0,
        COALESCE("T53"."CHANGE_REQUEST_COUNT", 0) + 1,
        0
      ) AS "ITERATIONS",
      CAST(COALESCE("T53"."COMMENT_COUNT", 0) + COALESCE("T53"."REVIEW_TEXTS", 0) AS DOUBLE) / NULLIF("T53"."TOTAL_LOC", 0) AS "REVIEW_DENSITY",
      (
        COALESCE("T53"."REVIEW_COUNT", 0) * (
          (
            (
              CAST("T53"."TOTAL_LOC" AS DOUBLE) / 100
            ) * 5
          ) + 15
        )
      ) / 60 AS "REVIEW_HOURS_ESTIMATE"
    FROM (
      SELECT
        "T6"."PR_NUMBER",
        "T6"."REPO_NAME",
        "T6"."TITLE",
        "T6"."URL",
        "T6"."AUTHOR_EMAIL",
        "T6"."AUTHOR_ID",
        "T6"."AUTHOR",
        "T6"."AUTHOR_KIND",
        "T6"."HEAD_REPO_NAME",
        "T6"."HEAD_BRANCH",
        "T6"."MERGE_COMMIT_HASH",
        "T6"."REVERT_TEXT",
        "T6"."STATE",
        "T6"."IS_DRAFT",
        "T6"."ADDITIONS",
        "T6"."DELETIONS",
        "T6"."TOTAL_LOC",
        "T6"."CHANGED_FILES",
        "T6"."COMMIT_COUNT",
        "T6"."TAB_LINES",
        "T6"."COMPOSER_LINES",
        "T6"."AI_RATIO",
        "T6"."IS_REVERTED",
        "T6"."IS_BUG_FIX",
        "T6"."BUG_FIX_RULE",
        "T6"."REVIEWER_COUNT",
        "T6"."CREATED_AT",
        "T6"."OPENED_AT",
        "T6"."MERGED_AT",
        "T6"."CLOSED_AT",
        "T6"."FIRST_COMMIT_AT",
        "T6"."FIRST_REVIEW_AT",
        "T6"."LAST_COMMIT_AT",
        "T6"."EXTRACTION_ENDED_AT",
        "T6"."CODING_LEAD_TIME_HOURS",
        "T6"."PICKUP_TIME_HOURS",
        "T6"."REVIEW_LEAD_TIME_HOURS",
        "T6"."TOTAL_CYCLE_TIME_HOURS",
        "T23"."REPO_NAME" AS "LINKS_REPO_NAME",
        "T23"."PR_NUMBER" AS "LINKS_PR_NUMBER",
        "T23"."LISTED_COMMIT_COUNT",
        "T23"."EARLIEST_AUTHORED_AT",
        "T24"."REPO_NAME" AS "COMMITS_REPO_NAME",
        "T24"."PR_NUMBER" AS "COMMITS_PR_NUMBER",
        "T24"."LINKED_COMMIT_COUNT",
        "T24"."REWRITTEN_COMMIT_COUNT",
        "T24"."LINKED_AI_LINES",
        "T24"."LINKED_TOTAL_LINES",
        "T24"."EARLIEST_COMMIT_AT",
        "T52"."REPO_NAME" AS "REVIEWS_REPO_NAME",
        "T52"."PR_NUMBER" AS "REVIEWS_PR_NUMBER",
        "T52"."REVIEW_COUNT",
        "T52"."BOT_REVIEW_COUNT",
        "T52"."APPROVAL_COUNT",
        "T52"."CHANGE_REQUEST_COUNT",
        "T52"."KNOWN_REVIEWERS",
        "T52"."REVIEW_TEXTS",
        "T52"."EARLIEST_REVIEW_AT",
        "T52"."LAST_REVIEW_AT",
        "T44"."REPO_NAME" AS "COMMENTS_REPO_NAME",
        "T44"."PR_NUMBER" AS "COMMENTS_PR_NUMBER",
        "T44"."COMMENT_COUNT",
        "T50"."REPO_NAME" AS "REVERTS_REPO_NAME",
        "T50"."PR_NUMBER" AS "REVERTS_PR_NUMBER",
        "T50"."REVERTED_BY",
        "T38"."REPO_NAME" AS "HOTFIXED_REPO_NAME",
        "T38"."PR_NUMBER" AS "HOTFIXED_PR_NUMBER",
        "T38"."IS_HOTFIXED"
      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T6"
      LEFT OUTER JOIN (
        SELECT
          "T1"."REPO_NAME",
          "T1"."PR_NUMBER",
          COUNT(*) AS "LISTED_COMMIT_COUNT",
          MIN("T1"."AUTHORED_AT") AS "EARLIEST_AUTHORED_AT"
        FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T1"
        GROUP BY
          1,
          2
      ) AS "T23"
        ON "T6"."REPO_NAME" = "T23"."REPO_NAME" AND "T6"."PR_NUMBER" = "T23"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T2"."REPO_NAME",
          "T2"."PR_NUMBER",
          COUNT(*) AS "LINKED_COMMIT_COUNT",
          SUM(CAST("T2"."IS_REWRITTEN" AS INT)) AS "REWRITTEN_COMMIT_COUNT",
          SUM("T2"."AI_LINES_ADDED") AS "LINKED_AI_LINES",
          SUM("T2"."TOTAL_LINES_ADDED") AS "LINKED_TOTAL_LINES",
          MIN("T2"."COMMITTED_AT") AS "EARLIEST_COMMIT_AT"
        FROM "BUILD_OF_THIS_RUN"."INT_LINKED_COMMITS" AS "T2"
        GROUP BY
          1,
          2
      ) AS "T24"
        ON "T6"."REPO_NAME" = "T24"."REPO_NAME" AND "T6"."PR_NUMBER" = "T24"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T48"."REPO_NAME",
          "T48"."PR_NUMBER",
          SUM(CAST("T48"."REVIEWER_KIND" = 'human' AS INT)) AS "REVIEW_COUNT",
          SUM(CAST(NOT (
            "T48"."REVIEWER_KIND" = 'human'
          ) AS INT)) AS "BOT_REVIEW_COUNT",
          SUM(CAST((
            "T48"."REVIEWER_KIND" = 'human'
          ) AND "T48"."IS_APPROVAL" AS INT)) AS "APPROVAL_COUNT",
          SUM(CAST((
            "T48"."REVIEWER_KIND" = 'human'
          ) AND "T48"."IS_CHANGE_REQUEST" AS INT)) AS "CHANGE_REQUEST_COUNT",
          COUNT(DISTINCT IFF("T48"."REVIEWER_KIND" = 'human', "T48"."REVIEWER", NULL)) AS "KNOWN_REVIEWERS",
          SUM(
            CAST((
              "T48"."REVIEWER_KIND" = 'human'
            )
            AND COALESCE(TRIM("T48"."BODY", ' \t\n\r\f') <> '', FALSE) AS INT)
          ) AS "REVIEW_TEXTS",
          MIN(IFF("T48"."REVIEWER_KIND" = 'human', "T48"."SUBMITTED_AT", NULL)) AS "EARLIEST_REVIEW_AT",
          MAX(IFF("T48"."REVIEWER_KIND" = 'human', "T48"."SUBMITTED_AT", NULL)) AS "LAST_REVIEW_AT"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T17"."REVIEW_ID",
              "T17"."REPO_NAME",
              "T17"."PR_NUMBER",
              "T17"."REVIEWER",
              "T17"."REVIEWER_KIND",
              "T17"."STATE",
              "T17"."IS_SUBMITTED",
              "T17"."IS_APPROVAL",
              "T17"."IS_CHANGE_REQUEST",
              "T17"."BODY",
              "T17"."SUBMITTED_AT",
              "T21"."AUTHOR",
              "T21"."AUTHOR_ID"
            FROM (
              SELECT
                *
              FROM "BUILD_OF_THIS_RUN"."STG_REVIEWS" AS "T4"
              WHERE
                "T4"."IS_SUBMITTED"
            ) AS "T17"
            INNER JOIN "T8" AS "T21"
              ON "T17"."REPO_NAME" = "T21"."REPO_NAME" AND "T17"."PR_NUMBER" = "T21"."PR_NUMBER"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    "T29"."REVIEW_ID",
                    "T29"."REPO_NAME",
                    "T29"."PR_NUMBER",
                    "T29"."REVIEWER",
                    "T29"."REVIEWER_KIND",
                    "T29"."STATE",
                    "T29"."IS_SUBMITTED",
                    "T29"."IS_APPROVAL",
                    "T29"."IS_CHANGE_REQUEST",
                    "T29"."BODY",
                    "T29"."SUBMITTED_AT"
                  FROM (
                    SELECT
                      *
                    FROM "BUILD_OF_THIS_RUN"."STG_REVIEWS" AS "T4"
                    WHERE
                      "T4"."IS_SUBMITTED"
                      AND "T4"."STATE" = 'commented'
                      AND NOT (
                        COALESCE(TRIM("T4"."BODY", ' \t\n\r\f') <> '', FALSE)
                      )
                  ) AS "T29"
                  WHERE
                    EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "T5"."REPO_NAME",
                            "T5"."PR_NUMBER",
                            "T5"."REVIEW_ID",
                            SUM(CAST(NOT (
                              "T5"."IS_REPLY"
                            ) AS INT)) AS "POINTS"
                          FROM "BUILD_OF_THIS_RUN"."STG_REVIEW_COMMENTS" AS "T5"
                          GROUP BY
                            1,
                            2,
                            3
                        ) AS "T26"
                        WHERE
                          "T26"."POINTS" = 0
                      ) AS "T34"
                      WHERE
                        "T29"."REPO_NAME" = "T34"."REPO_NAME"
                        AND "T29"."PR_NUMBER" = "T34"."PR_NUMBER"
                        AND "T29"."REVIEW_ID" = "T34"."REVIEW_ID"
                    )
                ) AS "T40"
                WHERE
                  "T17"."REPO_NAME" = "T40"."REPO_NAME"
                  AND "T17"."PR_NUMBER" = "T40"."PR_NUMBER"
                  AND "T17"."REVIEW_ID" = "T40"."REVIEW_ID"
              )
          ) AS "T45"
          WHERE
            NOT (
              COALESCE("T45"."REVIEWER" = "T45"."AUTHOR", FALSE)
              OR COALESCE("T45"."REVIEWER" = "T45"."AUTHOR_ID", FALSE)
            )
        ) AS "T48"
        GROUP BY
          1,
          2
      ) AS "T52"
        ON "T6"."REPO_NAME" = "T52"."REPO_NAME" AND "T6"."PR_NUMBER" = "T52"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T41"."REPO_NAME",
          "T41"."PR_NUMBER",
          COUNT(*) AS "COMMENT_COUNT"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T25"."COMMENT_ID",
              "T25"."REVIEW_ID",
              "T25"."REPO_NAME",
              "T25"."PR_NUMBER",
              "T25"."REVIEWER",
              "T25"."REVIEWER_KIND",
              "T25"."IS_REPLY",
              "T22"."AUTHOR",
              "T22"."AUTHOR_ID"
            FROM (
              SELECT
                *
              FROM "BUILD_OF_THIS_RUN"."STG_REVIEW_COMMENTS" AS "T5"
              WHERE
                "T5"."REVIEWER_KIND" = 'human'
            ) AS "T25"
            INNER JOIN "T8" AS "T22"
              ON "T25"."REPO_NAME" = "T22"."REPO_NAME" AND "T25"."PR_NUMBER" = "T22"."PR_NUMBER"
          ) AS "T33"
          WHERE
            NOT (
              COALESCE("T33"."REVIEWER" = "T33"."AUTHOR", FALSE)
              OR COALESCE("T33"."REVIEWER" = "T33"."AUTHOR_ID", FALSE)
            )
        ) AS "T41"
        GROUP BY
          1,
          2
      ) AS "T44"
        ON "T6"."REPO_NAME" = "T44"."REPO_NAME" AND "T6"."PR_NUMBER" = "T44"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T47"."REPO_NAME",
          "T47"."PR_NUMBER",
          MAX("T47"."REVERTING_PR_NUMBER") AS "REVERTED_BY"
        FROM (
          SELECT
            "T7"."REPO_NAME",
            "T7"."PR_NUMBER",
            "T7"."REVERTING_PR_NUMBER",
            "T7"."EVIDENCE"
          FROM "BUILD_OF_THIS_RUN"."INT_REVERTS" AS "T7"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM (
                SELECT
                  "T7"."REPO_NAME",
                  "T7"."PR_NUMBER" AS "REVERTING_PR_NUMBER"
                FROM "BUILD_OF_THIS_RUN"."INT_REVERTS" AS "T7"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "T7"."REPO_NAME",
                        "T7"."PR_NUMBER" AS "REVERTING_PR_NUMBER"
                      FROM "BUILD_OF_THIS_RUN"."INT_REVERTS" AS "T7"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "T7"."REPO_NAME",
                              "T7"."PR_NUMBER" AS "REVERTING_PR_NUMBER"
                            FROM "BUILD_OF_THIS_RUN"."INT_REVERTS" AS "T7"
                            WHERE
                              NOT EXISTS(
                                SELECT
                                  1
                                FROM (
                                  SELECT
                                    "T3"."REPO_NAME",
                                    "T3"."PR_NUMBER" AS "REVERTING_PR_NUMBER"
                                  FROM "BUILD_OF_THIS_RUN"."INT_REVERTS" AS "T3"
                                ) AS "T16"
                                WHERE
                                  "T7"."REPO_NAME" = "T16"."REPO_NAME"
                                  AND "T7"."REVERTING_PR_NUMBER" = "T16"."REVERTING_PR_NUMBER"
                              )
                          ) AS "T32"
                          WHERE
                            "T7"."REPO_NAME" = "T32"."REPO_NAME"
                            AND "T7"."REVERTING_PR_NUMBER" = "T32"."REVERTING_PR_NUMBER"
                        )
                    ) AS "T39"
                    WHERE
                      "T7"."REPO_NAME" = "T39"."REPO_NAME"
                      AND "T7"."REVERTING_PR_NUMBER" = "T39"."REVERTING_PR_NUMBER"
                  )
              ) AS "T46"
              WHERE
                "T7"."REPO_NAME" = "T46"."REPO_NAME"
                AND "T7"."REVERTING_PR_NUMBER" = "T46"."REVERTING_PR_NUMBER"
            )
        ) AS "T47"
        GROUP BY
          1,
          2
      ) AS "T50"
        ON "T6"."REPO_NAME" = "T50"."REPO_NAME" AND "T6"."PR_NUMBER" = "T50"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T31"."REPO_NAME",
          "T31"."PR_NUMBER",
          TRUE AS "IS_HOTFIXED"
        FROM (
          SELECT
            "T19"."REPO_NAME",
            "T19"."PR_NUMBER",
            "T19"."MERGED_AT",
            "T20"."REPO_NAME" AS "FIX_REPO_NAME",
            "T20"."FIX_OPENED_AT"
          FROM (
            SELECT
              "T0"."REPO_NAME",
              "T0"."PR_NUMBER",
              "T0"."MERGED_AT"
            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            WHERE
              NOT "T0"."MERGED_AT" IS NULL
          ) AS "T19"
          ASOF JOIN (
            SELECT
              "T0"."REPO_NAME",
              "T0"."CREATED_AT" AS "FIX_OPENED_AT"
            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            WHERE
              "T0"."IS_BUG_FIX" AND "T0"."AUTHOR_KIND" <> 'bot'
          ) AS "T20" MATCH_CONDITION ("T19"."MERGED_AT" < "T20"."FIX_OPENED_AT")
            ON "T19"."REPO_NAME" = "T20"."REPO_NAME"
        ) AS "T31"
        WHERE
          DATEDIFF(MICROSECOND, "T31"."MERGED_AT", "T31"."FIX_OPENED_AT") <= 172800000000
      ) AS "T38"
        ON "T6"."REPO_NAME" = "T38"."REPO_NAME" AND "T6"."PR_NUMBER" = "T38"."PR_NUMBER"
    ) AS "T53"
  ) AS "T54"
) AS "BUILT"
