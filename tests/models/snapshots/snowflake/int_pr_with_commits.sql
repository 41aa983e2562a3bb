SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("AUTHOR_EMAIL" AS VARCHAR) AS "AUTHOR_EMAIL",
  CAST("IS_REVERTED" AS BOOLEAN) AS "IS_REVERTED",
  CAST("IS_BUG_FIX" AS BOOLEAN) AS "IS_BUG_FIX",
  CAST("ADDITIONS" AS BIGINT) AS "ADDITIONS",
  CAST("TOTAL_LOC" AS BIGINT) AS "TOTAL_LOC",
  CAST("CHANGED_FILES" AS BIGINT) AS "CHANGED_FILES",
  CAST("COMMIT_COUNT" AS BIGINT) AS "COMMIT_COUNT",
  CAST("TAB_LINES" AS BIGINT) AS "TAB_LINES",
  CAST("COMPOSER_LINES" AS BIGINT) AS "COMPOSER_LINES",
  CAST("CREATED_AT" AS TIMESTAMPNTZ(6)) AS "CREATED_AT",
  CAST("MERGED_AT" AS TIMESTAMPNTZ(6)) AS "MERGED_AT",
  CAST("FIRST_COMMIT_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_COMMIT_AT",
  CAST("FIRST_REVIEW_AT" AS TIMESTAMPNTZ(6)) AS "FIRST_REVIEW_AT",
  CAST("CODING_LEAD_TIME_HOURS" AS DOUBLE) AS "CODING_LEAD_TIME_HOURS",
  CAST("PICKUP_TIME_HOURS" AS DOUBLE) AS "PICKUP_TIME_HOURS",
  CAST("REVIEW_LEAD_TIME_HOURS" AS DOUBLE) AS "REVIEW_LEAD_TIME_HOURS",
  CAST("TOTAL_CYCLE_TIME_HOURS" AS DOUBLE) AS "TOTAL_CYCLE_TIME_HOURS",
  CAST("LINKED_COMMIT_COUNT" AS BIGINT) AS "LINKED_COMMIT_COUNT",
  CAST("LINKED_AI_LINES" AS BIGINT) AS "LINKED_AI_LINES",
  CAST("LINKED_TOTAL_LINES" AS BIGINT) AS "LINKED_TOTAL_LINES",
  CAST("REVIEW_COUNT" AS BIGINT) AS "REVIEW_COUNT",
  CAST("APPROVAL_COUNT" AS BIGINT) AS "APPROVAL_COUNT",
  CAST("CHANGE_REQUEST_COUNT" AS BIGINT) AS "CHANGE_REQUEST_COUNT",
  CAST("DISTINCT_REVIEWERS" AS BIGINT) AS "DISTINCT_REVIEWERS",
  CAST("REVIEW_COMMENT_COUNT" AS BIGINT) AS "REVIEW_COMMENT_COUNT",
  CAST("FINAL_AI_RATIO" AS DOUBLE) AS "FINAL_AI_RATIO",
  CAST("AI_USAGE_BAND" AS VARCHAR) AS "AI_USAGE_BAND",
  CAST("ITERATIONS" AS BIGINT) AS "ITERATIONS",
  CAST("REVIEW_CYCLE_TIME_HOURS" AS DOUBLE) AS "REVIEW_CYCLE_TIME_HOURS",
  CAST("REVIEW_DENSITY" AS DOUBLE) AS "REVIEW_DENSITY",
  CAST("HAS_HOTFIX_FOLLOWUP" AS BOOLEAN) AS "HAS_HOTFIX_FOLLOWUP",
  CAST("REVIEW_HOURS_ESTIMATE" AS DOUBLE) AS "REVIEW_HOURS_ESTIMATE"
FROM (
  SELECT
    "T35"."REPO_NAME",
    "T35"."PR_NUMBER",
    "T35"."AUTHOR_EMAIL",
    "T35"."IS_REVERTED",
    "T35"."IS_BUG_FIX",
    "T35"."ADDITIONS",
    "T35"."TOTAL_LOC",
    "T35"."CHANGED_FILES",
    "T35"."COMMIT_COUNT",
    "T35"."TAB_LINES",
    "T35"."COMPOSER_LINES",
    "T35"."CREATED_AT",
    "T35"."MERGED_AT",
    "T35"."FIRST_COMMIT_AT",
    "T35"."FIRST_REVIEW_AT",
    "T35"."CODING_LEAD_TIME_HOURS",
    "T35"."PICKUP_TIME_HOURS",
    "T35"."REVIEW_LEAD_TIME_HOURS",
    "T35"."TOTAL_CYCLE_TIME_HOURS",
    "T35"."LINKED_COMMIT_COUNT",
    "T35"."LINKED_AI_LINES",
    "T35"."LINKED_TOTAL_LINES",
    "T35"."REVIEW_COUNT",
    "T35"."APPROVAL_COUNT",
    "T35"."CHANGE_REQUEST_COUNT",
    "T35"."DISTINCT_REVIEWERS",
    "T35"."REVIEW_COMMENT_COUNT",
    "T35"."FINAL_AI_RATIO",
    CASE
      WHEN "T35"."FINAL_AI_RATIO" < 0.3
      THEN 'low'
      WHEN (
        "T35"."FINAL_AI_RATIO" >= 0.3
      ) AND (
        "T35"."FINAL_AI_RATIO" <= 0.6
      )
      THEN 'medium'
      WHEN "T35"."FINAL_AI_RATIO" > 0.6
      THEN 'high'
      ELSE 'unknown'
    END AS "AI_USAGE_BAND",
    "T35"."ITERATIONS",
    "T35"."PICKUP_TIME_HOURS" + "T35"."REVIEW_LEAD_TIME_HOURS" AS "REVIEW_CYCLE_TIME_HOURS",
    "T35"."REVIEW_DENSITY",
    "T35"."HAS_HOTFIX_FOLLOWUP",
    "T35"."REVIEW_HOURS_ESTIMATE"
  FROM (
    SELECT
      "T34"."PR_NUMBER",
      "T34"."REPO_NAME",
      "T34"."TITLE",
      "T34"."AUTHOR_EMAIL",
      "T34"."STATE",
      "T34"."ADDITIONS",
      "T34"."DELETIONS",
      "T34"."TOTAL_LOC",
      "T34"."CHANGED_FILES",
      "T34"."COMMIT_COUNT",
      "T34"."TAB_LINES",
      "T34"."COMPOSER_LINES",
      "T34"."AI_RATIO",
      "T34"."IS_REVERTED",
      "T34"."IS_BUG_FIX",
      "T34"."REVIEWER_COUNT",
      "T34"."CREATED_AT",
      "T34"."MERGED_AT",
      "T34"."CLOSED_AT",
      COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT") AS "FIRST_COMMIT_AT",
      COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT") AS "FIRST_REVIEW_AT",
      "T34"."LAST_COMMIT_AT",
      CAST(IFF(
        DATEDIFF(
          MICROSECOND,
          COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
          "T34"."CREATED_AT"
        ) IS NULL,
        DATEDIFF(
          MICROSECOND,
          COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
          "T34"."CREATED_AT"
        ),
        GREATEST(
          0,
          DATEDIFF(
            MICROSECOND,
            COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
            "T34"."CREATED_AT"
          )
        )
      ) AS DOUBLE) / 3600000000 AS "CODING_LEAD_TIME_HOURS",
      CAST(IFF(
        (
          "T34"."MERGED_AT" IS NULL
        )
        OR (
          COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT") <= "T34"."MERGED_AT"
        ),
        IFF(
          DATEDIFF(
            MICROSECOND,
            "T34"."CREATED_AT",
            COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            "T34"."CREATED_AT",
            COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              "T34"."CREATED_AT",
              COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
            )
          )
        ),
        NULL
      ) AS DOUBLE) / 3600000000 AS "PICKUP_TIME_HOURS",
      CAST(DATEDIFF(MICROSECOND, "T34"."CREATED_AT", "T34"."MERGED_AT") - IFF(
        (
          "T34"."MERGED_AT" IS NULL
        )
        OR (
          COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT") <= "T34"."MERGED_AT"
        ),
        IFF(
          DATEDIFF(
            MICROSECOND,
            "T34"."CREATED_AT",
            COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            "T34"."CREATED_AT",
            COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              "T34"."CREATED_AT",
              COALESCE("T34"."FIRST_REVIEW_AT", "T34"."EARLIEST_REVIEW_AT")
            )
          )
        ),
        NULL
      ) AS DOUBLE) / 3600000000 AS "REVIEW_LEAD_TIME_HOURS",
      CAST(DATEDIFF(MICROSECOND, "T34"."CREATED_AT", "T34"."MERGED_AT") + COALESCE(
        IFF(
          DATEDIFF(
            MICROSECOND,
            COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
            "T34"."CREATED_AT"
          ) IS NULL,
          DATEDIFF(
            MICROSECOND,
            COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
            "T34"."CREATED_AT"
          ),
          GREATEST(
            0,
            DATEDIFF(
              MICROSECOND,
              COALESCE("T34"."FIRST_COMMIT_AT", "T34"."EARLIEST_COMMIT_AT"),
              "T34"."CREATED_AT"
            )
          )
        ),
        0
      ) AS DOUBLE) / 3600000000 AS "TOTAL_CYCLE_TIME_HOURS",
      "T34"."COMMITS_REPO_NAME",
      "T34"."COMMITS_PR_NUMBER",
      COALESCE("T34"."LINKED_COMMIT_COUNT", 0) AS "LINKED_COMMIT_COUNT",
      COALESCE("T34"."LINKED_AI_LINES", 0) AS "LINKED_AI_LINES",
      COALESCE("T34"."LINKED_TOTAL_LINES", 0) AS "LINKED_TOTAL_LINES",
      "T34"."EARLIEST_COMMIT_AT",
      "T34"."REVIEWS_REPO_NAME",
      "T34"."REVIEWS_PR_NUMBER",
      COALESCE("T34"."REVIEW_COUNT", 0) AS "REVIEW_COUNT",
      COALESCE("T34"."APPROVAL_COUNT", 0) AS "APPROVAL_COUNT",
      COALESCE("T34"."CHANGE_REQUEST_COUNT", 0) AS "CHANGE_REQUEST_COUNT",
      "T34"."KNOWN_REVIEWERS",
      "T34"."REVIEW_TEXTS",
      "T34"."EARLIEST_REVIEW_AT",
      "T34"."COMMENTS_REPO_NAME",
      "T34"."COMMENTS_PR_NUMBER",
      "T34"."COMMENT_COUNT",
      "T34"."HOTFIXED_REPO_NAME",
      "T34"."HOTFIXED_PR_NUMBER",
      "T34"."IS_HOTFIXED",
      IFF("T34"."REVIEW_COUNT" > 0, "T34"."KNOWN_REVIEWERS", "T34"."REVIEWER_COUNT") AS "DISTINCT_REVIEWERS",
      COALESCE("T34"."COMMENT_COUNT", 0) + COALESCE("T34"."REVIEW_TEXTS", 0) AS "REVIEW_COMMENT_COUNT",
      COALESCE(
        "T34"."AI_RATIO",
        CAST(COALESCE("T34"."LINKED_AI_LINES", 0) AS DOUBLE) / NULLIF(COALESCE("T34"."LINKED_TOTAL_LINES", 0), 0)
      ) AS "FINAL_AI_RATIO",
      IFF(
        COALESCE("T34"."REVIEW_COUNT", 0) > 0,
        COALESCE("T34"."CHANGE_REQUEST_COUNT", 0) + 1,
        0
      ) AS "ITERATIONS",
      CAST(COALESCE("T34"."COMMENT_COUNT", 0) + COALESCE("T34"."REVIEW_TEXTS", 0) AS DOUBLE) / NULLIF("T34"."TOTAL_LOC", 0) AS "REVIEW_DENSITY",
      COALESCE("T34"."IS_HOTFIXED", FALSE) AS "HAS_HOTFIX_FOLLOWUP",
      (
        COALESCE("T34"."REVIEW_COUNT", 0) * (
          (
            (
              CAST("T34"."TOTAL_LOC" AS DOUBLE) / 100
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
        "T31"."REPO_NAME" AS "COMMITS_REPO_NAME",
        "T31"."PR_NUMBER" AS "COMMITS_PR_NUMBER",
        "T31"."LINKED_COMMIT_COUNT",
        "T31"."LINKED_AI_LINES",
        "T31"."LINKED_TOTAL_LINES",
        "T31"."EARLIEST_COMMIT_AT",
        "T33"."REPO_NAME" AS "REVIEWS_REPO_NAME",
        "T33"."PR_NUMBER" AS "REVIEWS_PR_NUMBER",
        "T33"."REVIEW_COUNT",
        "T33"."APPROVAL_COUNT",
        "T33"."CHANGE_REQUEST_COUNT",
        "T33"."KNOWN_REVIEWERS",
        "T33"."REVIEW_TEXTS",
        "T33"."EARLIEST_REVIEW_AT",
        "T29"."REPO_NAME" AS "COMMENTS_REPO_NAME",
        "T29"."PR_NUMBER" AS "COMMENTS_PR_NUMBER",
        "T29"."COMMENT_COUNT",
        "T26"."REPO_NAME" AS "HOTFIXED_REPO_NAME",
        "T26"."PR_NUMBER" AS "HOTFIXED_PR_NUMBER",
        "T26"."IS_HOTFIXED"
      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T5"
      LEFT OUTER JOIN (
        SELECT
          "T27"."REPO_NAME",
          "T27"."PR_NUMBER",
          COUNT(*) AS "LINKED_COMMIT_COUNT",
          SUM("T27"."AI_LINES_ADDED") AS "LINKED_AI_LINES",
          SUM("T27"."TOTAL_LINES_ADDED") AS "LINKED_TOTAL_LINES",
          MIN("T27"."COMMITTED_AT") AS "EARLIEST_COMMIT_AT"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T18"."PR_NUMBER",
              "T18"."AI_LINES_ADDED",
              "T18"."TOTAL_LINES_ADDED",
              "T18"."COMMITTED_AT",
              "T18"."LINK_REPO_NAME" AS "REPO_NAME"
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
                "T8"."REPO_NAME" AS "LINK_REPO_NAME",
                "T8"."PR_NUMBER"
              FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T6"
              INNER JOIN "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T8"
                ON "T6"."COMMIT_HASH" = "T8"."COMMIT_HASH"
            ) AS "T18"
            WHERE
              (
                "T18"."REPO_NAME" IS NULL
              )
              OR (
                (
                  "T18"."REPO_NAME" = "T18"."LINK_REPO_NAME"
                )
                AND NOT (
                  COALESCE("T18"."PULL_REQUEST_NUMBER" = "T18"."PR_NUMBER", FALSE)
                )
              )
          ) AS "T25"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "T1"."PULL_REQUEST_NUMBER" AS "PR_NUMBER",
              CAST("T1"."AI_LINES_ADDED" AS BIGINT) AS "AI_LINES_ADDED",
              CAST("T1"."TOTAL_LINES_ADDED" AS BIGINT) AS "TOTAL_LINES_ADDED",
              "T1"."COMMITTED_AT",
              "T1"."REPO_NAME"
            FROM "BUILD_OF_THIS_RUN"."STG_COMMITS" AS "T1"
            WHERE
              NOT "T1"."REPO_NAME" IS NULL AND NOT "T1"."PULL_REQUEST_NUMBER" IS NULL
          ) AS "T15"
        ) AS "T27"
        GROUP BY
          1,
          2
      ) AS "T31"
        ON "T5"."REPO_NAME" = "T31"."REPO_NAME" AND "T5"."PR_NUMBER" = "T31"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T24"."REPO_NAME",
          "T24"."PR_NUMBER",
          COUNT(*) AS "REVIEW_COUNT",
          SUM(CAST("T24"."IS_APPROVAL" AS INT)) AS "APPROVAL_COUNT",
          SUM(CAST("T24"."IS_CHANGE_REQUEST" AS INT)) AS "CHANGE_REQUEST_COUNT",
          COUNT(DISTINCT "T24"."REVIEWER") AS "KNOWN_REVIEWERS",
          SUM(CAST(COALESCE(TRIM("T24"."BODY", ' \t\n\r\f') <> '', FALSE) AS INT)) AS "REVIEW_TEXTS",
          MIN("T24"."SUBMITTED_AT") AS "EARLIEST_REVIEW_AT"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T16"."REVIEW_ID",
              "T16"."REPO_NAME",
              "T16"."PR_NUMBER",
              "T16"."REVIEWER",
              "T16"."STATE",
              "T16"."IS_SUBMITTED",
              "T16"."IS_APPROVAL",
              "T16"."IS_CHANGE_REQUEST",
              "T16"."BODY",
              "T16"."SUBMITTED_AT",
              "T14"."AUTHOR_EMAIL"
            FROM (
              SELECT
                *
              FROM "BUILD_OF_THIS_RUN"."STG_REVIEWS" AS "T3"
              WHERE
                "T3"."IS_SUBMITTED"
            ) AS "T16"
            INNER JOIN (
              SELECT
                "T0"."REPO_NAME",
                "T0"."PR_NUMBER",
                "T0"."AUTHOR_EMAIL"
              FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            ) AS "T14"
              ON "T16"."REPO_NAME" = "T14"."REPO_NAME" AND "T16"."PR_NUMBER" = "T14"."PR_NUMBER"
          ) AS "T20"
          WHERE
            NOT (
              COALESCE("T20"."REVIEWER" = "T20"."AUTHOR_EMAIL", FALSE)
            )
        ) AS "T24"
        GROUP BY
          1,
          2
      ) AS "T33"
        ON "T5"."REPO_NAME" = "T33"."REPO_NAME" AND "T5"."PR_NUMBER" = "T33"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T23"."REPO_NAME",
          "T23"."PR_NUMBER",
          COUNT(*) AS "COMMENT_COUNT"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "T7"."COMMENT_ID",
              "T7"."REVIEW_ID",
              "T7"."REPO_NAME",
              "T7"."PR_NUMBER",
              "T7"."REVIEWER",
              "T14"."AUTHOR_EMAIL"
            FROM "BUILD_OF_THIS_RUN"."STG_REVIEW_COMMENTS" AS "T7"
            INNER JOIN (
              SELECT
                "T0"."REPO_NAME",
                "T0"."PR_NUMBER",
                "T0"."AUTHOR_EMAIL"
              FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            ) AS "T14"
              ON "T7"."REPO_NAME" = "T14"."REPO_NAME" AND "T7"."PR_NUMBER" = "T14"."PR_NUMBER"
          ) AS "T19"
          WHERE
            NOT (
              COALESCE("T19"."REVIEWER" = "T19"."AUTHOR_EMAIL", FALSE)
            )
        ) AS "T23"
        GROUP BY
          1,
          2
      ) AS "T29"
        ON "T5"."REPO_NAME" = "T29"."REPO_NAME" AND "T5"."PR_NUMBER" = "T29"."PR_NUMBER"
      LEFT OUTER JOIN (
        SELECT
          "T21"."REPO_NAME",
          "T21"."PR_NUMBER",
          TRUE AS "IS_HOTFIXED"
        FROM (
          SELECT
            "T17"."REPO_NAME",
            "T17"."PR_NUMBER",
            "T17"."MERGED_AT",
            "T13"."REPO_NAME" AS "FIX_REPO_NAME",
            "T13"."FIX_OPENED_AT"
          FROM (
            SELECT
              "T0"."REPO_NAME",
              "T0"."PR_NUMBER",
              "T0"."MERGED_AT"
            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            WHERE
              NOT "T0"."MERGED_AT" IS NULL
          ) AS "T17"
          ASOF JOIN (
            SELECT
              "T0"."REPO_NAME",
              "T0"."CREATED_AT" AS "FIX_OPENED_AT"
            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
            WHERE
              "T0"."IS_BUG_FIX"
          ) AS "T13" MATCH_CONDITION ("T17"."MERGED_AT" < "T13"."FIX_OPENED_AT")
            ON "T17"."REPO_NAME" = "T13"."REPO_NAME"
        ) AS "T21"
        WHERE
          DATEDIFF(MICROSECOND, "T21"."MERGED_AT", "T21"."FIX_OPENED_AT") <= 172800000000
      ) AS "T26"
        ON "T5"."REPO_NAME" = "T26"."REPO_NAME" AND "T5"."PR_NUMBER" = "T26"."PR_NUMBER"
    ) AS "T34"
  ) AS "T35"
) AS "BUILT"
