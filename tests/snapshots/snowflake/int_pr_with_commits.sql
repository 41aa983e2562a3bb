SELECT
  "T34"."REPO_NAME",
  "T34"."PR_NUMBER",
  "T34"."AUTHOR_EMAIL",
  "T34"."IS_REVERTED",
  "T34"."IS_BUG_FIX",
  "T34"."ADDITIONS",
  "T34"."TOTAL_LOC",
  "T34"."CHANGED_FILES",
  "T34"."COMMIT_COUNT",
  "T34"."TAB_LINES",
  "T34"."COMPOSER_LINES",
  "T34"."CREATED_AT",
  "T34"."MERGED_AT",
  "T34"."FIRST_COMMIT_AT",
  "T34"."FIRST_REVIEW_AT",
  "T34"."CODING_LEAD_TIME_HOURS",
  "T34"."PICKUP_TIME_HOURS",
  "T34"."REVIEW_LEAD_TIME_HOURS",
  "T34"."TOTAL_CYCLE_TIME_HOURS",
  "T34"."LINKED_COMMIT_COUNT",
  "T34"."LINKED_AI_LINES",
  "T34"."LINKED_TOTAL_LINES",
  "T34"."REVIEW_COUNT",
  "T34"."APPROVAL_COUNT",
  "T34"."CHANGE_REQUEST_COUNT",
  "T34"."DISTINCT_REVIEWERS",
  "T34"."REVIEW_COMMENT_COUNT",
  "T34"."FINAL_AI_RATIO",
  CASE
    WHEN "T34"."FINAL_AI_RATIO" < 0.3
    THEN 'low'
    WHEN (
      "T34"."FINAL_AI_RATIO" >= 0.3
    ) AND (
      "T34"."FINAL_AI_RATIO" <= 0.6
    )
    THEN 'medium'
    WHEN "T34"."FINAL_AI_RATIO" > 0.6
    THEN 'high'
    ELSE 'unknown'
  END AS "AI_USAGE_BAND",
  "T34"."ITERATIONS",
  "T34"."PICKUP_TIME_HOURS" + "T34"."REVIEW_LEAD_TIME_HOURS" AS "REVIEW_CYCLE_TIME_HOURS",
  "T34"."REVIEW_DENSITY",
  "T34"."HAS_HOTFIX_FOLLOWUP",
  "T34"."REVIEW_HOURS_ESTIMATE"
FROM (
  SELECT
    "T33"."PR_NUMBER",
    "T33"."REPO_NAME",
    "T33"."TITLE",
    "T33"."AUTHOR_EMAIL",
    "T33"."STATE",
    "T33"."ADDITIONS",
    "T33"."DELETIONS",
    "T33"."TOTAL_LOC",
    "T33"."CHANGED_FILES",
    "T33"."COMMIT_COUNT",
    "T33"."TAB_LINES",
    "T33"."COMPOSER_LINES",
    "T33"."AI_RATIO",
    "T33"."IS_REVERTED",
    "T33"."IS_BUG_FIX",
    "T33"."REVIEWER_COUNT",
    "T33"."CREATED_AT",
    "T33"."MERGED_AT",
    "T33"."CLOSED_AT",
    COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT") AS "FIRST_COMMIT_AT",
    COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT") AS "FIRST_REVIEW_AT",
    "T33"."LAST_COMMIT_AT",
    CAST(IFF(
      DATEDIFF(
        MICROSECOND,
        COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
        "T33"."CREATED_AT"
      ) IS NULL,
      DATEDIFF(
        MICROSECOND,
        COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
        "T33"."CREATED_AT"
      ),
      GREATEST(
        0,
        DATEDIFF(
          MICROSECOND,
          COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
          "T33"."CREATED_AT"
        )
      )
    ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
    CAST(IFF(
      (
        "T33"."MERGED_AT" IS NULL
      )
      OR (
        COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT") <= "T33"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(
          MICROSECOND,
          "T33"."CREATED_AT",
          COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          "T33"."CREATED_AT",
          COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            "T33"."CREATED_AT",
            COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
          )
        )
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T33"."CREATED_AT", "T33"."MERGED_AT") - IFF(
      (
        "T33"."MERGED_AT" IS NULL
      )
      OR (
        COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT") <= "T33"."MERGED_AT"
      ),
      IFF(
        DATEDIFF(
          MICROSECOND,
          "T33"."CREATED_AT",
          COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          "T33"."CREATED_AT",
          COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            "T33"."CREATED_AT",
            COALESCE("T33"."FIRST_REVIEW_AT", "T33"."EARLIEST_REVIEW_AT")
          )
        )
      ),
      NULL
    ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
    CAST(DATEDIFF(MICROSECOND, "T33"."CREATED_AT", "T33"."MERGED_AT") + COALESCE(
      IFF(
        DATEDIFF(
          MICROSECOND,
          COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
          "T33"."CREATED_AT"
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
          "T33"."CREATED_AT"
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            COALESCE("T33"."FIRST_COMMIT_AT", "T33"."EARLIEST_COMMIT_AT"),
            "T33"."CREATED_AT"
          )
        )
      ),
      0
    ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS",
    "T33"."COMMITS_REPO_NAME",
    "T33"."COMMITS_PR_NUMBER",
    COALESCE("T33"."LINKED_COMMIT_COUNT", 0) AS "LINKED_COMMIT_COUNT",
    COALESCE("T33"."LINKED_AI_LINES", 0) AS "LINKED_AI_LINES",
    COALESCE("T33"."LINKED_TOTAL_LINES", 0) AS "LINKED_TOTAL_LINES",
    "T33"."EARLIEST_COMMIT_AT",
    "T33"."REVIEWS_REPO_NAME",
    "T33"."REVIEWS_PR_NUMBER",
    COALESCE("T33"."REVIEW_COUNT", 0) AS "REVIEW_COUNT",
    COALESCE("T33"."APPROVAL_COUNT", 0) AS "APPROVAL_COUNT",
    COALESCE("T33"."CHANGE_REQUEST_COUNT", 0) AS "CHANGE_REQUEST_COUNT",
    "T33"."KNOWN_REVIEWERS",
    "T33"."REVIEW_TEXTS",
    "T33"."EARLIEST_REVIEW_AT",
    "T33"."COMMENTS_REPO_NAME",
    "T33"."COMMENTS_PR_NUMBER",
    "T33"."COMMENT_COUNT",
    "T33"."FIXES_REPO_NAME",
    "T33"."FIX_OPENED_AT",
    IFF("T33"."REVIEW_COUNT" > 0, "T33"."KNOWN_REVIEWERS", "T33"."REVIEWER_COUNT") AS "DISTINCT_REVIEWERS",
    COALESCE("T33"."COMMENT_COUNT", 0) + COALESCE("T33"."REVIEW_TEXTS", 0) AS "REVIEW_COMMENT_COUNT",
    COALESCE(
      "T33"."AI_RATIO",
      CAST(COALESCE("T33"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(COALESCE("T33"."LINKED_TOTAL_LINES", 0), 0)
    ) AS "FINAL_AI_RATIO",
    IFF(
      COALESCE("T33"."REVIEW_COUNT", 0) > 0,
      COALESCE("T33"."CHANGE_REQUEST_COUNT", 0) + 1,
      0
    ) AS "ITERATIONS",
    CAST(COALESCE("T33"."COMMENT_COUNT", 0) + COALESCE("T33"."REVIEW_TEXTS", 0) AS DOUBLE) / NULLIF("T33"."TOTAL_LOC", 0) AS "REVIEW_DENSITY",
    COALESCE(
      DATEDIFF(MICROSECOND, "T33"."MERGED_AT", "T33"."FIX_OPENED_AT") <= 172800000000,
      FALSE
    ) AS "HAS_HOTFIX_FOLLOWUP",
    (
      COALESCE("T33"."REVIEW_COUNT", 0) * (
        (
          (
            CAST("T33"."TOTAL_LOC" AS DOUBLE) / 100
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
      "T30"."REPO_NAME" AS "COMMITS_REPO_NAME",
      "T30"."PR_NUMBER" AS "COMMITS_PR_NUMBER",
      "T30"."LINKED_COMMIT_COUNT",
      "T30"."LINKED_AI_LINES",
      "T30"."LINKED_TOTAL_LINES",
      "T30"."EARLIEST_COMMIT_AT",
      "T32"."REPO_NAME" AS "REVIEWS_REPO_NAME",
      "T32"."PR_NUMBER" AS "REVIEWS_PR_NUMBER",
      "T32"."REVIEW_COUNT",
      "T32"."APPROVAL_COUNT",
      "T32"."CHANGE_REQUEST_COUNT",
      "T32"."KNOWN_REVIEWERS",
      "T32"."REVIEW_TEXTS",
      "T32"."EARLIEST_REVIEW_AT",
      "T28"."REPO_NAME" AS "COMMENTS_REPO_NAME",
      "T28"."PR_NUMBER" AS "COMMENTS_PR_NUMBER",
      "T28"."COMMENT_COUNT",
      "T13"."REPO_NAME" AS "FIXES_REPO_NAME",
      "T13"."FIX_OPENED_AT"
    FROM "STAGING"."STG_PULL_REQUESTS" AS "T5"
    LEFT OUTER JOIN (
      SELECT
        "T25"."REPO_NAME",
        "T25"."PR_NUMBER",
        COUNT(*) AS "LINKED_COMMIT_COUNT",
        SUM("T25"."AI_LINES_ADDED") AS "LINKED_AI_LINES",
        SUM("T25"."TOTAL_LINES_ADDED") AS "LINKED_TOTAL_LINES",
        MIN("T25"."COMMITTED_AT") AS "EARLIEST_COMMIT_AT"
      FROM (
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
          FROM (
            SELECT
              "T7"."REPO_NAME",
              "T7"."PR_NUMBER",
              "T7"."COMMIT_HASH",
              "T16"."USER_ID",
              "T16"."USER_EMAIL",
              "T16"."COMMIT_REPO",
              "T16"."BRANCH_NAME",
              "T16"."IS_PRIMARY_BRANCH",
              "T16"."TAB_LINES_ADDED",
              "T16"."TAB_LINES_DELETED",
              "T16"."COMPOSER_LINES_ADDED",
              "T16"."COMPOSER_LINES_DELETED",
              "T16"."NON_AI_LINES_ADDED",
              "T16"."NON_AI_LINES_DELETED",
              "T16"."AI_LINES_ADDED",
              "T16"."AI_LINES_DELETED",
              "T16"."TOTAL_LINES_ADDED",
              "T16"."TOTAL_LINES_DELETED",
              "T16"."PULL_REQUEST_NUMBER",
              "T16"."COMMITTED_AT",
              "T16"."CREATED_AT"
            FROM "STAGING"."STG_PULL_REQUEST_COMMITS" AS "T7"
            INNER JOIN (
              SELECT
                "T3"."COMMIT_HASH",
                "T3"."USER_ID",
                "T3"."USER_EMAIL",
                "T3"."REPO_NAME" AS "COMMIT_REPO",
                "T3"."BRANCH_NAME",
                "T3"."IS_PRIMARY_BRANCH",
                "T3"."TAB_LINES_ADDED",
                "T3"."TAB_LINES_DELETED",
                "T3"."COMPOSER_LINES_ADDED",
                "T3"."COMPOSER_LINES_DELETED",
                "T3"."NON_AI_LINES_ADDED",
                "T3"."NON_AI_LINES_DELETED",
                "T3"."AI_LINES_ADDED",
                "T3"."AI_LINES_DELETED",
                "T3"."TOTAL_LINES_ADDED",
                "T3"."TOTAL_LINES_DELETED",
                "T3"."PULL_REQUEST_NUMBER",
                "T3"."COMMITTED_AT",
                "T3"."CREATED_AT"
              FROM "STAGING"."STG_COMMITS" AS "T3"
            ) AS "T16"
              ON "T7"."COMMIT_HASH" = "T16"."COMMIT_HASH"
          ) AS "T20"
          WHERE
            (
              "T20"."COMMIT_REPO" IS NULL
            )
            OR (
              "T20"."COMMIT_REPO" = "T20"."REPO_NAME"
            )
        ) AS "T23"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "T18"."REPO_NAME",
            "T18"."PR_NUMBER",
            "T18"."COMMIT_HASH",
            "T18"."AI_LINES_ADDED",
            "T18"."TOTAL_LINES_ADDED",
            "T18"."COMMITTED_AT"
          FROM (
            SELECT
              "T3"."REPO_NAME",
              "T3"."PULL_REQUEST_NUMBER" AS "PR_NUMBER",
              "T3"."COMMIT_HASH",
              "T3"."AI_LINES_ADDED",
              "T3"."TOTAL_LINES_ADDED",
              "T3"."COMMITTED_AT"
            FROM "STAGING"."STG_COMMITS" AS "T3"
            WHERE
              NOT "T3"."REPO_NAME" IS NULL AND NOT "T3"."PULL_REQUEST_NUMBER" IS NULL
          ) AS "T18"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM "STAGING"."STG_PULL_REQUEST_COMMITS" AS "T8"
              WHERE
                "T18"."REPO_NAME" = "T8"."REPO_NAME"
                AND "T18"."PR_NUMBER" = "T8"."PR_NUMBER"
                AND "T18"."COMMIT_HASH" = "T8"."COMMIT_HASH"
            )
        ) AS "T22"
      ) AS "T25"
      GROUP BY
        1,
        2
    ) AS "T30"
      ON "T5"."REPO_NAME" = "T30"."REPO_NAME" AND "T5"."PR_NUMBER" = "T30"."PR_NUMBER"
    LEFT OUTER JOIN (
      SELECT
        "T26"."REPO_NAME",
        "T26"."PR_NUMBER",
        COUNT(*) AS "REVIEW_COUNT",
        SUM(CAST("T26"."IS_APPROVAL" AS INT)) AS "APPROVAL_COUNT",
        SUM(CAST("T26"."IS_CHANGE_REQUEST" AS INT)) AS "CHANGE_REQUEST_COUNT",
        COUNT(DISTINCT "T26"."REVIEWER") AS "KNOWN_REVIEWERS",
        SUM(CAST(COALESCE(TRIM("T26"."BODY", ' \t\n\r\f') <> '', FALSE) AS INT)) AS "REVIEW_TEXTS",
        MIN("T26"."SUBMITTED_AT") AS "EARLIEST_REVIEW_AT"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "T17"."REVIEW_ID",
            "T17"."REPO_NAME",
            "T17"."PR_NUMBER",
            "T17"."REVIEWER",
            "T17"."STATE",
            "T17"."IS_SUBMITTED",
            "T17"."IS_APPROVAL",
            "T17"."IS_CHANGE_REQUEST",
            "T17"."BODY",
            "T17"."SUBMITTED_AT",
            "T14"."AUTHOR_EMAIL"
          FROM (
            SELECT
              *
            FROM "STAGING"."STG_REVIEWS" AS "T4"
            WHERE
              "T4"."IS_SUBMITTED"
          ) AS "T17"
          INNER JOIN (
            SELECT
              "T0"."REPO_NAME",
              "T0"."PR_NUMBER",
              "T0"."AUTHOR_EMAIL"
            FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
          ) AS "T14"
            ON "T17"."REPO_NAME" = "T14"."REPO_NAME" AND "T17"."PR_NUMBER" = "T14"."PR_NUMBER"
        ) AS "T21"
        WHERE
          NOT (
            COALESCE("T21"."REVIEWER" = "T21"."AUTHOR_EMAIL", FALSE)
          )
      ) AS "T26"
      GROUP BY
        1,
        2
    ) AS "T32"
      ON "T5"."REPO_NAME" = "T32"."REPO_NAME" AND "T5"."PR_NUMBER" = "T32"."PR_NUMBER"
    LEFT OUTER JOIN (
      SELECT
        "T24"."REPO_NAME",
        "T24"."PR_NUMBER",
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
        ) AS "T19"
        WHERE
          NOT (
            COALESCE("T19"."REVIEWER" = "T19"."AUTHOR_EMAIL", FALSE)
          )
      ) AS "T24"
      GROUP BY
        1,
        2
    ) AS "T28"
      ON "T5"."REPO_NAME" = "T28"."REPO_NAME" AND "T5"."PR_NUMBER" = "T28"."PR_NUMBER"
    ASOF JOIN (
      SELECT
        "T0"."REPO_NAME",
        "T0"."CREATED_AT" AS "FIX_OPENED_AT"
      FROM "STAGING"."STG_PULL_REQUESTS" AS "T0"
      WHERE
        "T0"."IS_BUG_FIX"
    ) AS "T13" MATCH_CONDITION ("T5"."MERGED_AT" < "T13"."FIX_OPENED_AT")
      ON "T5"."REPO_NAME" = "T13"."REPO_NAME"
  ) AS "T33"
) AS "T34"
