WITH "T16" AS (
  SELECT
    "T4"."REPO_NAME",
    "T4"."PULL_REQUEST_NUMBER" AS "PR_NUMBER",
    "T4"."COMMIT_HASH",
    "T4"."AI_LINES_ADDED",
    "T4"."TOTAL_LINES_ADDED",
    "T4"."COMMITTED_AT"
  FROM "STAGING"."STG_COMMITS" AS "T4"
  WHERE
    NOT "T4"."REPO_NAME" IS NULL AND NOT "T4"."PULL_REQUEST_NUMBER" IS NULL
)
SELECT
  "T42"."REPO_NAME",
  "T42"."PR_NUMBER",
  "T42"."AUTHOR_EMAIL",
  "T42"."IS_REVERTED",
  "T42"."IS_BUG_FIX",
  "T42"."ADDITIONS",
  "T42"."TOTAL_LOC",
  "T42"."CHANGED_FILES",
  "T42"."COMMIT_COUNT",
  "T42"."TAB_LINES",
  "T42"."COMPOSER_LINES",
  "T42"."CREATED_AT",
  "T42"."MERGED_AT",
  "T42"."FIRST_COMMIT_AT",
  "T42"."FIRST_REVIEW_AT",
  "T42"."CODING_LEAD_TIME_HOURS",
  "T42"."PICKUP_TIME_HOURS",
  "T42"."REVIEW_LEAD_TIME_HOURS",
  "T42"."TOTAL_CYCLE_TIME_HOURS",
  "T42"."LINKED_COMMIT_COUNT",
  "T42"."LINKED_AI_LINES",
  "T42"."LINKED_TOTAL_LINES",
  "T42"."REVIEW_COUNT",
  "T42"."APPROVAL_COUNT",
  "T42"."CHANGE_REQUEST_COUNT",
  "T42"."DISTINCT_REVIEWERS",
  "T42"."REVIEW_COMMENT_COUNT",
  "T42"."FINAL_AI_RATIO",
  CASE
    WHEN "T42"."FINAL_AI_RATIO" < 0.3
    THEN 'low'
    WHEN (
      "T42"."FINAL_AI_RATIO" >= 0.3
    ) AND (
      "T42"."FINAL_AI_RATIO" <= 0.6
    )
    THEN 'medium'
    WHEN "T42"."FINAL_AI_RATIO" > 0.6
    THEN 'high'
    ELSE 'unknown'
  END AS "AI_USAGE_BAND",
  "T42"."ITERATIONS",
  "T42"."PICKUP_TIME_HOURS" + "T42"."REVIEW_LEAD_TIME_HOURS" AS "REVIEW_CYCLE_TIME_HOURS",
  "T42"."REVIEW_DENSITY",
  "T42"."HAS_HOTFIX_FOLLOWUP",
  "T42"."REVIEW_HOURS_ESTIMATE"
FROM (
  SELECT
    "T41"."PR_NUMBER",
    "T41"."REPO_NAME",
    "T41"."TITLE",
    "T41"."AUTHOR_EMAIL",
    "T41"."STATE",
    "T41"."ADDITIONS",
    "T41"."DELETIONS",
    "T41"."TOTAL_LOC",
    "T41"."CHANGED_FILES",
    "T41"."COMMIT_COUNT",
    "T41"."TAB_LINES",
    "T41"."COMPOSER_LINES",
    "T41"."AI_RATIO",
    "T41"."IS_REVERTED",
    "T41"."IS_BUG_FIX",
    "T41"."REVIEWER_COUNT",
    "T41"."CREATED_AT",
    "T41"."MERGED_AT",
    "T41"."CLOSED_AT",
    COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT") AS "FIRST_COMMIT_AT",
    COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT") AS "FIRST_REVIEW_AT",
    "T41"."LAST_COMMIT_AT",
    CAST(IFF(
      DATEDIFF(
        MICROSECOND,
        COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
        "T41"."CREATED_AT"
      ) IS NULL,
      DATEDIFF(
        MICROSECOND,
        COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
        "T41"."CREATED_AT"
      ),
      GREATEST(
        0,
        DATEDIFF(
          MICROSECOND,
          COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
          "T41"."CREATED_AT"
        )
      )
    ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
    CAST(IFF(
      (
        "T41"."MERGED_AT" IS NULL
      )
      OR (
        COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT") <= "T41"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(
          MICROSECOND,
          "T41"."CREATED_AT",
          COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          "T41"."CREATED_AT",
          COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            "T41"."CREATED_AT",
            COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
          )
        )
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T41"."CREATED_AT", "T41"."MERGED_AT") - IFF(
      (
        "T41"."MERGED_AT" IS NULL
      )
      OR (
        COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT") <= "T41"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(
          MICROSECOND,
          "T41"."CREATED_AT",
          COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          "T41"."CREATED_AT",
          COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            "T41"."CREATED_AT",
            COALESCE("T41"."FIRST_REVIEW_AT", "T41"."EARLIEST_REVIEW_AT")
          )
        )
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T41"."CREATED_AT", "T41"."MERGED_AT") + COALESCE(
      IFF(
        DATEDIFF(
          MICROSECOND,
          COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
          "T41"."CREATED_AT"
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
          "T41"."CREATED_AT"
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            COALESCE("T41"."FIRST_COMMIT_AT", "T41"."EARLIEST_COMMIT_AT"),
            "T41"."CREATED_AT"
          )
        )
      ),
      0
    ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS",
    "T41"."COMMITS_REPO_NAME",
    "T41"."COMMITS_PR_NUMBER",
    COALESCE("T41"."LINKED_COMMIT_COUNT", 0) AS "LINKED_COMMIT_COUNT",
    COALESCE("T41"."LINKED_AI_LINES", 0) AS "LINKED_AI_LINES",
    COALESCE("T41"."LINKED_TOTAL_LINES", 0) AS "LINKED_TOTAL_LINES",
    "T41"."EARLIEST_COMMIT_AT",
    "T41"."REVIEWS_REPO_NAME",
    "T41"."REVIEWS_PR_NUMBER",
    COALESCE("T41"."REVIEW_COUNT", 0) AS "REVIEW_COUNT",
    COALESCE("T41"."APPROVAL_COUNT", 0) AS "APPROVAL_COUNT",
    COALESCE("T41"."CHANGE_REQUEST_COUNT", 0) AS "CHANGE_REQUEST_COUNT",
    "T41"."KNOWN_REVIEWERS",
    "T41"."REVIEW_TEXTS",
    "T41"."EARLIEST_REVIEW_AT",
    "T41"."COMMENTS_REPO_NAME",
    "T41"."COMMENTS_PR_NUMBER",
    "T41"."COMMENT_COUNT",
    "T41"."HOTFIXED_REPO_NAME",
    "T41"."HOTFIXED_PR_NUMBER",
    "T41"."IS_HOTFIXED",
    IFF("T41"."REVIEW_COUNT" > 0, "T41"."KNOWN_REVIEWERS", "T41"."REVIEWER_COUNT") AS "DISTINCT_REVIEWERS",
    COALESCE("T41"."COMMENT_COUNT", 0) + COALESCE("T41"."REVIEW_TEXTS", 0) AS "REVIEW_COMMENT_COUNT",
    COALESCE(
      "T41"."AI_RATIO",
      CAST(COALESCE("T41"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(COALESCE("T41"."LINKED_TOTAL_LINES", 0), 0)
    ) AS "FINAL_AI_RATIO",
    IFF(
      COALESCE("T41"."REVIEW_COUNT", 0) > 0,
      COALESCE("T41"."CHANGE_REQUEST_COUNT", 0) + 1,
      0
    ) AS "ITERATIONS",
    CAST(COALESCE("T41"."COMMENT_COUNT", 0) + COALESCE("T41"."REVIEW_TEXTS", 0) AS DOUBLE) / NULLIF("T41"."TOTAL_LOC", 0) AS "REVIEW_DENSITY",
    COALESCE("T41"."IS_HOTFIXED", FALSE) AS "HAS_HOTFIX_FOLLOWUP",
    (
      COALESCE("T41"."REVIEW_COUNT", 0) * (
        (
          (
            CAST("T41"."TOTAL_LOC" AS DOUBLE) / 100
          ) * 5
        ) + 15
      )
    ) / 60 AS "REVIEW_HOURS_ESTIMATE"
  FROM (
    SELECT
      "T5"."PR_NUMBER",
      "T5"."REPO_NAME",
      "T5"."TITLE",
      "T5"."AUTHOR_EMAIL",
      "T5"."STATE",
      "T5"."ADDITIONS",
      "T5"."DELETIONS",
      "T5"."TOTAL_LOC",
      "T5"."CHANGED_FILES",
      "T5"."COMMIT_COUNT",
      "T5"."TAB_LINES",
      "T5"."COMPOSER_LINES",
      "T5"."AI_RATIO",
      "T5"."IS_REVERTED",
      "T5"."IS_BUG_FIX",
      "T5"."REVIEWER_COUNT",
      "T5"."CREATED_AT",
      "T5"."MERGED_AT",
      "T5"."CLOSED_AT",
      "T5"."FIRST_COMMIT_AT",
      "T5"."FIRST_REVIEW_AT",
      "T5"."LAST_COMMIT_AT",
      "T5"."CODING_LEAD_TIME_HOURS",
      "T5"."PICKUP_TIME_HOURS",
      "T5"."REVIEW_LEAD_TIME_HOURS",
      "T5"."TOTAL_CYCLE_TIME_HOURS",
      "T40"."REPO_NAME" AS "COMMITS_REPO_NAME",
      "T40"."PR_NUMBER" AS "COMMITS_PR_NUMBER",
      "T40"."LINKED_COMMIT_COUNT",
      "T40"."LINKED_AI_LINES",
      "T40"."LINKED_TOTAL_LINES",
      "T40"."EARLIEST_COMMIT_AT",
      "T39"."REPO_NAME" AS "REVIEWS_REPO_NAME",
      "T39"."PR_NUMBER" AS "REVIEWS_PR_NUMBER",
      "T39"."REVIEW_COUNT",
      "T39"."APPROVAL_COUNT",
      "T39"."CHANGE_REQUEST_COUNT",
      "T39"."KNOWN_REVIEWERS",
      "T39"."REVIEW_TEXTS",
      "T39"."EARLIEST_REVIEW_AT",
      "T35"."REPO_NAME" AS "COMMENTS_REPO_NAME",
      "T35"."PR_NUMBER" AS "COMMENTS_PR_NUMBER",
      "T35"."COMMENT_COUNT",
      "T32"."REPO_NAME" AS "HOTFIXED_REPO_NAME",
      "T32"."PR_NUMBER" AS "HOTFIXED_PR_NUMBER",
      "T32"."IS_HOTFIXED"
    FROM "STAGING"."STG_PULL_REQUESTS" AS "T5"
    LEFT OUTER JOIN (
      SELECT
        "T36"."REPO_NAME",
        "T36"."PR_NUMBER",
        COUNT(*) AS "LINKED_COMMIT_COUNT",
        SUM("T36"."AI_LINES_ADDED") AS "LINKED_AI_LINES",
        SUM("T36"."TOTAL_LINES_ADDED") AS "LINKED_TOTAL_LINES",
        MIN("T36"."COMMITTED_AT") AS "EARLIEST_COMMIT_AT"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "T24"."REPO_NAME",
            "T24"."PR_NUMBER",
            "T24"."COMMIT_HASH",
            "T24"."AI_LINES_ADDED",
            "T24"."TOTAL_LINES_ADDED",
            "T24"."COMMITTED_AT"
          FROM (
            SELECT
              "T7"."REPO_NAME",
              "T7"."PR_NUMBER",
              "T7"."COMMIT_HASH",
              "T17"."USER_ID",
              "T17"."USER_EMAIL",
              "T17"."COMMIT_REPO",
              "T17"."BRANCH_NAME",
              "T17"."IS_PRIMARY_BRANCH",
              "T17"."TAB_LINES_ADDED",
              "T17"."TAB_LINES_DELETED",
              "T17"."COMPOSER_LINES_ADDED",
              "T17"."COMPOSER_LINES_DELETED",
              "T17"."NON_AI_LINES_ADDED",
              "T17"."NON_AI_LINES_DELETED",
              "T17"."AI_LINES_ADDED",
              "T17"."AI_LINES_DELETED",
              "T17"."TOTAL_LINES_ADDED",
              "T17"."TOTAL_LINES_DELETED",
              "T17"."PULL_REQUEST_NUMBER",
              "T17"."COMMITTED_AT",
              "T17"."CREATED_AT"
            FROM "STAGING"."STG_PULL_REQUEST_COMMITS" AS "T7"
            INNER JOIN (
              SELECT
                "T4"."COMMIT_HASH",
                "T4"."USER_ID",
                "T4"."USER_EMAIL",
                "T4"."REPO_NAME" AS "COMMIT_REPO",
                "T4"."BRANCH_NAME",
                "T4"."IS_PRIMARY_BRANCH",
                "T4"."TAB_LINES_ADDED",
                "T4"."TAB_LINES_DELETED",
                "T4"."COMPOSER_LINES_ADDED",
                "T4"."COMPOSER_LINES_DELETED",
                "T4"."NON_AI_LINES_ADDED",
                "T4"."NON_AI_LINES_DELETED",
                "T4"."AI_LINES_ADDED",
                "T4"."AI_LINES_DELETED",
                "T4"."TOTAL_LINES_ADDED",
                "T4"."TOTAL_LINES_DELETED",
                "T4"."PULL_REQUEST_NUMBER",
                "T4"."COMMITTED_AT",
                "T4"."CREATED_AT"
              FROM "STAGING"."STG_COMMITS" AS "T4"
            ) AS "T17"
              ON "T7"."COMMIT_HASH" = "T17"."COMMIT_HASH"
          ) AS "T24"
          WHERE
            (
              "T24"."COMMIT_REPO" IS NULL
            )
            OR (
              "T24"."COMMIT_REPO" = "T24"."REPO_NAME"
            )
        ) AS "T28"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "T20"."REPO_NAME",
            "T20"."PR_NUMBER",
            "T20"."COMMIT_HASH",
            "T20"."AI_LINES_ADDED",
            "T20"."TOTAL_LINES_ADDED",
            "T20"."COMMITTED_AT"
          FROM "T16" AS "T20"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM (
                SELECT
                  "T7"."REPO_NAME",
                  "T7"."PR_NUMBER",
                  "T7"."COMMIT_HASH"
                FROM "STAGING"."STG_PULL_REQUEST_COMMITS" AS "T7"
                WHERE
                  EXISTS(
                    SELECT
                      1
                    FROM "T16" AS "T21"
                    WHERE
                      "T7"."REPO_NAME" = "T21"."REPO_NAME"
                      AND "T7"."PR_NUMBER" = "T21"."PR_NUMBER"
                      AND "T7"."COMMIT_HASH" = "T21"."COMMIT_HASH"
                  )
              ) AS "T27"
              WHERE
                "T20"."REPO_NAME" = "T27"."REPO_NAME"
                AND "T20"."PR_NUMBER" = "T27"."PR_NUMBER"
                AND "T20"."COMMIT_HASH" = "T27"."COMMIT_HASH"
            )
        ) AS "T34"
      ) AS "T36"
      GROUP BY
        1,
        2
    ) AS "T40"
      ON "T5"."REPO_NAME" = "T40"."REPO_NAME" AND "T5"."PR_NUMBER" = "T40"."PR_NUMBER"
    LEFT OUTER JOIN (
      SELECT
        "T31"."REPO_NAME",
        "T31"."PR_NUMBER",
        COUNT(*) AS "REVIEW_COUNT",
        SUM(CAST("T31"."IS_APPROVAL" AS INT)) AS "APPROVAL_COUNT",
        SUM(CAST("T31"."IS_CHANGE_REQUEST" AS INT)) AS "CHANGE_REQUEST_COUNT",
        COUNT(DISTINCT "T31"."REVIEWER") AS "KNOWN_REVIEWERS",
        SUM(CAST(COALESCE(TRIM("T31"."BODY", ' \t\n\r\f') <> '', FALSE) AS INT)) AS "REVIEW_TEXTS",
        MIN("T31"."SUBMITTED_AT") AS "EARLIEST_REVIEW_AT"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "T15"."REVIEW_ID",
            "T15"."REPO_NAME",
            "T15"."PR_NUMBER",
            "T15"."REVIEWER",
            "T15"."STATE",
            "T15"."IS_SUBMITTED",
            "T15"."IS_APPROVAL",
            "T15"."IS_CHANGE_REQUEST",
            "T15"."BODY",
            "T15"."SUBMITTED_AT",
            "T14"."AUTHOR_EMAIL"
          FROM (
            SELECT
              *
            FROM "STAGING"."STG_REVIEWS" AS "T3"
            WHERE
              "T3"."IS_SUBMITTED"
          ) AS "T15"
          INNER JOIN (
            SELECT
              "T0"."REPO_NAME",
              "T0"."PR_NUMBER",
              "T0"."AUTHOR_EMAIL"
            FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
          ) AS "T14"
            ON "T15"."REPO_NAME" = "T14"."REPO_NAME" AND "T15"."PR_NUMBER" = "T14"."PR_NUMBER"
        ) AS "T23"
        WHERE
          NOT (
            COALESCE("T23"."REVIEWER" = "T23"."AUTHOR_EMAIL", FALSE)
          )
      ) AS "T31"
      GROUP BY
        1,
        2
    ) AS "T39"
      ON "T5"."REPO_NAME" = "T39"."REPO_NAME" AND "T5"."PR_NUMBER" = "T39"."PR_NUMBER"
    LEFT OUTER JOIN (
      SELECT
        "T30"."REPO_NAME",
        "T30"."PR_NUMBER",
        COUNT(*) AS "COMMENT_COUNT"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "T6"."COMMENT_ID",
            "T6"."REVIEW_ID",
            "T6"."REPO_NAME",
            "T6"."PR_NUMBER",
            "T6"."REVIEWER",
            "T6"."BODY",
            "T6"."COMMENTED_AT",
            "T14"."AUTHOR_EMAIL"
          FROM "STAGING"."STG_REVIEW_COMMENTS" AS "T6"
          INNER JOIN (
            SELECT
              "T0"."REPO_NAME",
              "T0"."PR_NUMBER",
              "T0"."AUTHOR_EMAIL"
            FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
          ) AS "T14"
            ON "T6"."REPO_NAME" = "T14"."REPO_NAME" AND "T6"."PR_NUMBER" = "T14"."PR_NUMBER"
        ) AS "T22"
        WHERE
          NOT (
            COALESCE("T22"."REVIEWER" = "T22"."AUTHOR_EMAIL", FALSE)
          )
      ) AS "T30"
      GROUP BY
        1,
        2
    ) AS "T35"
      ON "T5"."REPO_NAME" = "T35"."REPO_NAME" AND "T5"."PR_NUMBER" = "T35"."PR_NUMBER"
    LEFT OUTER JOIN (
      SELECT
        "T25"."REPO_NAME",
        "T25"."PR_NUMBER",
        TRUE AS "IS_HOTFIXED"
      FROM (
        SELECT
          "T18"."REPO_NAME",
          "T18"."PR_NUMBER",
          "T18"."MERGED_AT",
          "T13"."REPO_NAME" AS "FIX_REPO_NAME",
          "T13"."FIX_OPENED_AT"
        FROM (
          SELECT
            "T0"."REPO_NAME",
            "T0"."PR_NUMBER",
            "T0"."MERGED_AT"
          FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
          WHERE
            NOT "T0"."MERGED_AT" IS NULL
        ) AS "T18"
        ASOF JOIN (
          SELECT
            "T0"."REPO_NAME",
            "T0"."CREATED_AT" AS "FIX_OPENED_AT"
          FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
          WHERE
            "T0"."IS_BUG_FIX"
        ) AS "T13" MATCH_CONDITION ("T18"."MERGED_AT" < "T13"."FIX_OPENED_AT")
          ON "T18"."REPO_NAME" = "T13"."REPO_NAME"
      ) AS "T25"
      WHERE
        DATEDIFF(MICROSECOND, "T25"."MERGED_AT", "T25"."FIX_OPENED_AT") <= 172800000000
    ) AS "T32"
      ON "T5"."REPO_NAME" = "T32"."REPO_NAME" AND "T5"."PR_NUMBER" = "T32"."PR_NUMBER"
  ) AS "T41"
) AS "T42"
