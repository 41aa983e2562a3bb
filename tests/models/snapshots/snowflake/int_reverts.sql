SELECT
  CAST("REPO_NAME" AS VARCHAR) AS "REPO_NAME",
  CAST("PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
  CAST("REVERTING_PR_NUMBER" AS BIGINT) AS "REVERTING_PR_NUMBER",
  CAST("EVIDENCE" AS VARCHAR) AS "EVIDENCE"
FROM (
  WITH "T97" AS (
    SELECT
      "T95"."REPO_NAME",
      "T95"."PR_NUMBER",
      "T95"."REVERTING_PR_NUMBER",
      "T95"."REVERTING_AT",
      COUNT(DISTINCT "T95"."COMMIT_HASH") AS "NAMED_COUNT"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T86"."REPO_NAME",
          "T86"."REVERTING_PR_NUMBER",
          "T86"."REVERTING_AT",
          "T86"."HASH",
          "T86"."HASH_START",
          "T55"."PR_NUMBER",
          "T55"."COMMIT_HASH"
        FROM (
          SELECT
            "T82"."REPO_NAME",
            "T82"."REVERTING_PR_NUMBER",
            "T82"."REVERTING_AT",
            LOWER(
              NULLIF(
                REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                ''
              )
            ) AS "HASH",
            SUBSTRING(
              LOWER(
                NULLIF(
                  REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                  ''
                )
              ),
              IFF(
                (
                  0 + 1
                ) >= 1,
                0 + 1,
                0 + 1 + LENGTH(
                  LOWER(
                    NULLIF(
                      REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                      ''
                    )
                  )
                )
              ),
              7
            ) AS "HASH_START"
          FROM (
            SELECT
              "T80"."REPO_NAME",
              "T80"."REVERTING_PR_NUMBER",
              "T80"."REVERTING_AT",
              "T80"."TEXT",
              "T80"."N",
              SPLIT_PART("T80"."TEXT", 'This reverts commit ', "T80"."N" + 1) AS "PART"
            FROM (
              SELECT
                "T77"."REPO_NAME",
                "T77"."REVERTING_PR_NUMBER",
                "T77"."REVERTING_AT",
                "T77"."TEXT",
                "T63"."N"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "T0"."REPO_NAME",
                      "T0"."PR_NUMBER" AS "REVERTING_PR_NUMBER",
                      "T0"."CREATED_AT" AS "REVERTING_AT",
                      "T0"."REVERT_TEXT" AS "TEXT"
                    FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                    WHERE
                      NOT "T0"."MERGED_AT" IS NULL
                  ) AS "T35"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      CAST("T64"."REPO_NAME" AS VARCHAR) AS "REPO_NAME",
                      CAST("T64"."PR_NUMBER" AS BIGINT) AS "REVERTING_PR_NUMBER",
                      "T64"."REVERTING_AT",
                      "T64"."TEXT"
                    FROM (
                      SELECT
                        "T49"."REPO_NAME",
                        "T49"."PR_NUMBER",
                        "T49"."TEXT",
                        "T54"."TITLE",
                        "T54"."HEAD_BRANCH",
                        "T54"."REVERTING_AT"
                      FROM (
                        SELECT
                          "T1"."REPO_NAME",
                          "T1"."PR_NUMBER",
                          "T1"."REVERT_TEXT" AS "TEXT"
                        FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T1"
                        WHERE
                          NOT "T1"."REVERT_TEXT" IS NULL
                      ) AS "T49"
                      INNER JOIN (
                        SELECT
                          "T36".*
                          EXCLUDE ("REVERT_TEXT")
                        FROM (
                          SELECT
                            "T0"."REPO_NAME",
                            "T0"."REVERT_TEXT",
                            "T0"."TITLE",
                            "T0"."HEAD_BRANCH",
                            "T0"."PR_NUMBER",
                            "T0"."CREATED_AT" AS "REVERTING_AT"
                          FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                          WHERE
                            NOT "T0"."MERGED_AT" IS NULL
                        ) AS "T36"
                      ) AS "T54"
                        ON "T49"."REPO_NAME" = "T54"."REPO_NAME" AND "T49"."PR_NUMBER" = "T54"."PR_NUMBER"
                    ) AS "T64"
                  ) AS "T69"
                ) AS "T71"
                WHERE
                  CONTAINS("T71"."TEXT", 'This reverts commit ')
              ) AS "T77"
              CROSS JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          9 AS "N"
                      ) AS "T7"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          10 AS "N"
                      ) AS "T8"
                    ) AS "T24"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          11 AS "N"
                      ) AS "T9"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          12 AS "N"
                      ) AS "T10"
                    ) AS "T25"
                  ) AS "T40"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          13 AS "N"
                      ) AS "T11"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          14 AS "N"
                      ) AS "T12"
                    ) AS "T26"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          15 AS "N"
                      ) AS "T13"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          16 AS "N"
                      ) AS "T14"
                    ) AS "T27"
                  ) AS "T41"
                ) AS "T51"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          17 AS "N"
                      ) AS "T15"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          18 AS "N"
                      ) AS "T16"
                    ) AS "T28"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          19 AS "N"
                      ) AS "T17"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          20 AS "N"
                      ) AS "T18"
                    ) AS "T29"
                  ) AS "T42"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            1 AS "N"
                        ) AS "T2"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            2 AS "N"
                        ) AS "T3"
                      ) AS "T23"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            3 AS "N"
                        ) AS "T4"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            4 AS "N"
                        ) AS "T19"
                      ) AS "T30"
                    ) AS "T43"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            5 AS "N"
                        ) AS "T20"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            6 AS "N"
                        ) AS "T21"
                      ) AS "T31"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            7 AS "N"
                        ) AS "T5"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            8 AS "N"
                        ) AS "T22"
                      ) AS "T32"
                    ) AS "T44"
                  ) AS "T52"
                ) AS "T56"
              ) AS "T63"
            ) AS "T80"
          ) AS "T82"
          WHERE
            "T82"."PART" <> ''
            AND NOT LOWER(
              NULLIF(
                REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                ''
              )
            ) IS NULL
        ) AS "T86"
        INNER JOIN (
          SELECT
            "T1"."REPO_NAME",
            "T1"."PR_NUMBER",
            "T1"."COMMIT_HASH",
            SUBSTRING(
              LOWER("T1"."COMMIT_HASH"),
              IFF((
                0 + 1
              ) >= 1, 0 + 1, 0 + 1 + LENGTH(LOWER("T1"."COMMIT_HASH"))),
              7
            ) AS "HASH_START"
          FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T1"
        ) AS "T55"
          ON "T86"."REPO_NAME" = "T55"."REPO_NAME" AND "T86"."HASH_START" = "T55"."HASH_START"
      ) AS "T91"
      WHERE
        STARTSWITH(LOWER("T91"."COMMIT_HASH"), "T91"."HASH")
    ) AS "T95"
    GROUP BY
      1,
      2,
      3,
      4
  )
  SELECT
    "T115"."REPO_NAME",
    "T115"."PR_NUMBER",
    "T115"."REVERTING_PR_NUMBER",
    CASE
      WHEN "T115"."RANK" = 0
      THEN 'body'
      WHEN "T115"."RANK" = 1
      THEN 'branch'
      WHEN "T115"."RANK" = 2
      THEN 'commit'
      WHEN "T115"."RANK" = 3
      THEN 'title'
      ELSE NULL
    END AS "EVIDENCE"
  FROM (
    SELECT
      "T114"."REPO_NAME",
      "T114"."PR_NUMBER",
      "T114"."REVERTING_PR_NUMBER",
      MIN("T114"."RANK") AS "RANK"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "T112"."REPO_NAME",
          "T112"."PR_NUMBER",
          "T112"."REVERTING_PR_NUMBER",
          "T112"."RANK",
          MIN("T112"."RANK") OVER (
            PARTITION BY "T112"."REPO_NAME", "T112"."REVERTING_PR_NUMBER"
            ORDER BY NULL ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "FIRST"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "T92"."REPO_NAME",
                "T92"."PR_NUMBER",
                "T92"."REVERTING_PR_NUMBER",
                0 AS "RANK"
              FROM (
                SELECT
                  "T88"."REPO_NAME",
                  "T88"."REVERT_TEXT",
                  "T88"."TITLE",
                  "T88"."HEAD_BRANCH",
                  "T88"."REVERTING_PR_NUMBER",
                  "T88"."REVERTING_AT",
                  "T88"."TEXT",
                  "T88"."N",
                  "T88"."PART",
                  "T88"."SAID_REPO_NAME",
                  "T88"."PR_NUMBER",
                  "T45"."MERGED_AT"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "T72"."REPO_NAME",
                      "T72"."REVERT_TEXT",
                      "T72"."TITLE",
                      "T72"."HEAD_BRANCH",
                      "T72"."REVERTING_PR_NUMBER",
                      "T72"."REVERTING_AT",
                      "T72"."TEXT",
                      "T72"."N",
                      "T72"."PART",
                      NULLIF(
                        REGEXP_SUBSTR("T72"."PART", '^([^ #\n]*)#([0-9]{1,18})[ \t\r]*(\n|$)', 1, 1, 'ce', 1),
                        ''
                      ) AS "SAID_REPO_NAME",
                      CAST(NULLIF(
                        REGEXP_SUBSTR("T72"."PART", '^([^ #\n]*)#([0-9]{1,18})[ \t\r]*(\n|$)', 1, 1, 'ce', 2),
                        ''
                      ) AS BIGINT) AS "PR_NUMBER"
                    FROM (
                      SELECT
                        "T65"."REPO_NAME",
                        "T65"."REVERT_TEXT",
                        "T65"."TITLE",
                        "T65"."HEAD_BRANCH",
                        "T65"."REVERTING_PR_NUMBER",
                        "T65"."REVERTING_AT",
                        "T65"."TEXT",
                        "T65"."N",
                        SPLIT_PART("T65"."TEXT", '\nReverts ', "T65"."N" + 1) AS "PART"
                      FROM (
                        SELECT
                          "T46"."REPO_NAME",
                          "T46"."REVERT_TEXT",
                          "T46"."TITLE",
                          "T46"."HEAD_BRANCH",
                          "T46"."REVERTING_PR_NUMBER",
                          "T46"."REVERTING_AT",
                          "T46"."TEXT",
                          "T63"."N"
                        FROM (
                          SELECT
                            "T0"."REPO_NAME",
                            "T0"."REVERT_TEXT",
                            "T0"."TITLE",
                            "T0"."HEAD_BRANCH",
                            "T0"."PR_NUMBER" AS "REVERTING_PR_NUMBER",
                            "T0"."CREATED_AT" AS "REVERTING_AT",
                            CONCAT('\n', "T0"."REVERT_TEXT") AS "TEXT"
                          FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                          WHERE
                            NOT "T0"."MERGED_AT" IS NULL AND CONTAINS("T0"."REVERT_TEXT", 'Reverts ')
                        ) AS "T46"
                        CROSS JOIN (
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    9 AS "N"
                                ) AS "T7"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    10 AS "N"
                                ) AS "T8"
                              ) AS "T24"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    11 AS "N"
                                ) AS "T9"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    12 AS "N"
                                ) AS "T10"
                              ) AS "T25"
                            ) AS "T40"
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    13 AS "N"
                                ) AS "T11"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    14 AS "N"
                                ) AS "T12"
                              ) AS "T26"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    15 AS "N"
                                ) AS "T13"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    16 AS "N"
                                ) AS "T14"
                              ) AS "T27"
                            ) AS "T41"
                          ) AS "T51"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    17 AS "N"
                                ) AS "T15"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    18 AS "N"
                                ) AS "T16"
                              ) AS "T28"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    19 AS "N"
                                ) AS "T17"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    20 AS "N"
                                ) AS "T18"
                              ) AS "T29"
                            ) AS "T42"
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      1 AS "N"
                                  ) AS "T2"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      2 AS "N"
                                  ) AS "T3"
                                ) AS "T23"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      3 AS "N"
                                  ) AS "T4"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      4 AS "N"
                                  ) AS "T19"
                                ) AS "T30"
                              ) AS "T43"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      5 AS "N"
                                  ) AS "T20"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      6 AS "N"
                                  ) AS "T21"
                                ) AS "T31"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      7 AS "N"
                                  ) AS "T5"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      8 AS "N"
                                  ) AS "T22"
                                ) AS "T32"
                              ) AS "T44"
                            ) AS "T52"
                          ) AS "T56"
                        ) AS "T63"
                      ) AS "T65"
                    ) AS "T72"
                    WHERE
                      "T72"."PART" <> ''
                  ) AS "T79"
                  WHERE
                    (
                      (
                        "T79"."SAID_REPO_NAME" IS NULL
                      )
                      OR (
                        LOWER(
                          IFF(
                            TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f') LIKE '%.%/%/%'
                            AND (
                              (
                                CHARINDEX('.', TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')) - 1
                              ) < (
                                CHARINDEX('/', TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')) - 1
                              )
                            ),
                            SUBSTRING(
                              TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f'),
                              IFF(
                                (
                                  (
                                    CHARINDEX('/', TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')) - 1
                                  ) + 1 + 1
                                ) >= 1,
                                (
                                  CHARINDEX('/', TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')) - 1
                                ) + 1 + 1,
                                (
                                  CHARINDEX('/', TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')) - 1
                                ) + 1 + 1 + LENGTH(TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f'))
                              )
                            ),
                            TRIM("T79"."SAID_REPO_NAME", ' \t\n\r\f')
                          )
                        ) = LOWER("T79"."REPO_NAME")
                      )
                    )
                    AND NOT "T79"."PR_NUMBER" IS NULL
                ) AS "T88"
                INNER JOIN (
                  SELECT
                    "T0"."REPO_NAME",
                    "T0"."PR_NUMBER",
                    "T0"."MERGED_AT"
                  FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                  WHERE
                    NOT "T0"."MERGED_AT" IS NULL
                ) AS "T45"
                  ON "T88"."REPO_NAME" = "T45"."REPO_NAME" AND "T88"."PR_NUMBER" = "T45"."PR_NUMBER"
              ) AS "T92"
              WHERE
                "T92"."MERGED_AT" < "T92"."REVERTING_AT"
            ) AS "T94"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "T68"."REPO_NAME",
                "T68"."PR_NUMBER",
                "T68"."REVERTING_PR_NUMBER",
                1 AS "RANK"
              FROM (
                SELECT
                  "T61"."REPO_NAME",
                  "T61"."REVERT_TEXT",
                  "T61"."TITLE",
                  "T61"."HEAD_BRANCH",
                  "T61"."REVERTING_PR_NUMBER",
                  "T61"."REVERTING_AT",
                  "T61"."PR_NUMBER",
                  "T45"."MERGED_AT"
                FROM (
                  SELECT
                    "T0"."REPO_NAME",
                    "T0"."REVERT_TEXT",
                    "T0"."TITLE",
                    "T0"."HEAD_BRANCH",
                    "T0"."PR_NUMBER" AS "REVERTING_PR_NUMBER",
                    "T0"."CREATED_AT" AS "REVERTING_AT",
                    CAST(NULLIF(REGEXP_SUBSTR("T0"."HEAD_BRANCH", '^revert-([0-9]{1,18})-', 1, 1, 'ce', 1), '') AS BIGINT) AS "PR_NUMBER"
                  FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                  WHERE
                    NOT "T0"."MERGED_AT" IS NULL
                    AND STARTSWITH("T0"."HEAD_BRANCH", 'revert-')
                    AND NOT CAST(NULLIF(REGEXP_SUBSTR("T0"."HEAD_BRANCH", '^revert-([0-9]{1,18})-', 1, 1, 'ce', 1), '') AS BIGINT) IS NULL
                ) AS "T61"
                INNER JOIN (
                  SELECT
                    "T0"."REPO_NAME",
                    "T0"."PR_NUMBER",
                    "T0"."MERGED_AT"
                  FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                  WHERE
                    NOT "T0"."MERGED_AT" IS NULL
                ) AS "T45"
                  ON "T61"."REPO_NAME" = "T45"."REPO_NAME" AND "T61"."PR_NUMBER" = "T45"."PR_NUMBER"
              ) AS "T68"
              WHERE
                "T68"."MERGED_AT" < "T68"."REVERTING_AT"
            ) AS "T73"
          ) AS "T96"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "T109"."REPO_NAME",
                "T109"."PR_NUMBER",
                "T109"."REVERTING_PR_NUMBER",
                2 AS "RANK"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "T90"."REPO_NAME",
                    "T90"."PR_NUMBER",
                    "T90"."REVERTING_PR_NUMBER",
                    "T90"."REVERTING_AT"
                  FROM (
                    SELECT
                      "T86"."REPO_NAME",
                      "T86"."REVERTING_PR_NUMBER",
                      "T86"."REVERTING_AT",
                      "T86"."HASH",
                      "T86"."HASH_START",
                      "T48"."PR_NUMBER",
                      "T48"."MERGE_COMMIT_HASH",
                      "T48"."MERGED_AT"
                    FROM (
                      SELECT
                        "T82"."REPO_NAME",
                        "T82"."REVERTING_PR_NUMBER",
                        "T82"."REVERTING_AT",
                        LOWER(
                          NULLIF(
                            REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                            ''
                          )
                        ) AS "HASH",
                        SUBSTRING(
                          LOWER(
                            NULLIF(
                              REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                              ''
                            )
                          ),
                          IFF(
                            (
                              0 + 1
                            ) >= 1,
                            0 + 1,
                            0 + 1 + LENGTH(
                              LOWER(
                                NULLIF(
                                  REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                                  ''
                                )
                              )
                            )
                          ),
                          7
                        ) AS "HASH_START"
                      FROM (
                        SELECT
                          "T80"."REPO_NAME",
                          "T80"."REVERTING_PR_NUMBER",
                          "T80"."REVERTING_AT",
                          "T80"."TEXT",
                          "T80"."N",
                          SPLIT_PART("T80"."TEXT", 'This reverts commit ', "T80"."N" + 1) AS "PART"
                        FROM (
                          SELECT
                            "T77"."REPO_NAME",
                            "T77"."REVERTING_PR_NUMBER",
                            "T77"."REVERTING_AT",
                            "T77"."TEXT",
                            "T63"."N"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "T0"."REPO_NAME",
                                  "T0"."PR_NUMBER" AS "REVERTING_PR_NUMBER",
                                  "T0"."CREATED_AT" AS "REVERTING_AT",
                                  "T0"."REVERT_TEXT" AS "TEXT"
                                FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                                WHERE
                                  NOT "T0"."MERGED_AT" IS NULL
                              ) AS "T35"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  CAST("T64"."REPO_NAME" AS VARCHAR) AS "REPO_NAME",
                                  CAST("T64"."PR_NUMBER" AS BIGINT) AS "REVERTING_PR_NUMBER",
                                  "T64"."REVERTING_AT",
                                  "T64"."TEXT"
                                FROM (
                                  SELECT
                                    "T49"."REPO_NAME",
                                    "T49"."PR_NUMBER",
                                    "T49"."TEXT",
                                    "T54"."TITLE",
                                    "T54"."HEAD_BRANCH",
                                    "T54"."REVERTING_AT"
                                  FROM (
                                    SELECT
                                      "T1"."REPO_NAME",
                                      "T1"."PR_NUMBER",
                                      "T1"."REVERT_TEXT" AS "TEXT"
                                    FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T1"
                                    WHERE
                                      NOT "T1"."REVERT_TEXT" IS NULL
                                  ) AS "T49"
                                  INNER JOIN (
                                    SELECT
                                      "T36".*
                                      EXCLUDE ("REVERT_TEXT")
                                    FROM (
                                      SELECT
                                        "T0"."REPO_NAME",
                                        "T0"."REVERT_TEXT",
                                        "T0"."TITLE",
                                        "T0"."HEAD_BRANCH",
                                        "T0"."PR_NUMBER",
                                        "T0"."CREATED_AT" AS "REVERTING_AT"
                                      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                                      WHERE
                                        NOT "T0"."MERGED_AT" IS NULL
                                    ) AS "T36"
                                  ) AS "T54"
                                    ON "T49"."REPO_NAME" = "T54"."REPO_NAME" AND "T49"."PR_NUMBER" = "T54"."PR_NUMBER"
                                ) AS "T64"
                              ) AS "T69"
                            ) AS "T71"
                            WHERE
                              CONTAINS("T71"."TEXT", 'This reverts commit ')
                          ) AS "T77"
                          CROSS JOIN (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      9 AS "N"
                                  ) AS "T7"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      10 AS "N"
                                  ) AS "T8"
                                ) AS "T24"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      11 AS "N"
                                  ) AS "T9"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      12 AS "N"
                                  ) AS "T10"
                                ) AS "T25"
                              ) AS "T40"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      13 AS "N"
                                  ) AS "T11"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      14 AS "N"
                                  ) AS "T12"
                                ) AS "T26"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      15 AS "N"
                                  ) AS "T13"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      16 AS "N"
                                  ) AS "T14"
                                ) AS "T27"
                              ) AS "T41"
                            ) AS "T51"
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      17 AS "N"
                                  ) AS "T15"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      18 AS "N"
                                  ) AS "T16"
                                ) AS "T28"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      19 AS "N"
                                  ) AS "T17"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      20 AS "N"
                                  ) AS "T18"
                                ) AS "T29"
                              ) AS "T42"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        1 AS "N"
                                    ) AS "T2"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        2 AS "N"
                                    ) AS "T3"
                                  ) AS "T23"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        3 AS "N"
                                    ) AS "T4"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        4 AS "N"
                                    ) AS "T19"
                                  ) AS "T30"
                                ) AS "T43"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        5 AS "N"
                                    ) AS "T20"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        6 AS "N"
                                    ) AS "T21"
                                  ) AS "T31"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        7 AS "N"
                                    ) AS "T5"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        8 AS "N"
                                    ) AS "T22"
                                  ) AS "T32"
                                ) AS "T44"
                              ) AS "T52"
                            ) AS "T56"
                          ) AS "T63"
                        ) AS "T80"
                      ) AS "T82"
                      WHERE
                        "T82"."PART" <> ''
                        AND NOT LOWER(
                          NULLIF(
                            REGEXP_SUBSTR("T82"."PART", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1, 1, 'ce', 1),
                            ''
                          )
                        ) IS NULL
                    ) AS "T86"
                    INNER JOIN (
                      SELECT
                        "T0"."REPO_NAME",
                        "T0"."PR_NUMBER",
                        SUBSTRING(
                          "T0"."MERGE_COMMIT_HASH",
                          IFF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH("T0"."MERGE_COMMIT_HASH")),
                          7
                        ) AS "HASH_START",
                        "T0"."MERGE_COMMIT_HASH",
                        "T0"."MERGED_AT"
                      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                      WHERE
                        NOT "T0"."MERGED_AT" IS NULL
                    ) AS "T48"
                      ON "T86"."REPO_NAME" = "T48"."REPO_NAME" AND "T86"."HASH_START" = "T48"."HASH_START"
                  ) AS "T90"
                  WHERE
                    STARTSWITH("T90"."MERGE_COMMIT_HASH", "T90"."HASH")
                    AND "T90"."MERGED_AT" < "T90"."REVERTING_AT"
                ) AS "T93"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "T107"."REPO_NAME",
                    "T107"."PR_NUMBER",
                    "T107"."REVERTING_PR_NUMBER",
                    "T107"."REVERTING_AT"
                  FROM (
                    SELECT
                      "T106"."REPO_NAME",
                      "T106"."PR_NUMBER",
                      "T106"."REVERTING_PR_NUMBER",
                      "T106"."REVERTING_AT",
                      "T106"."NAMED_COUNT",
                      "T106"."LISTED_COUNT",
                      "T45"."MERGED_AT"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "T99"."REPO_NAME",
                          "T99"."PR_NUMBER",
                          "T99"."REVERTING_PR_NUMBER",
                          "T99"."REVERTING_AT",
                          "T99"."NAMED_COUNT",
                          "T103"."LISTED_COUNT"
                        FROM "T97" AS "T99"
                        INNER JOIN (
                          SELECT
                            "T101"."REPO_NAME",
                            "T101"."PR_NUMBER",
                            COUNT(DISTINCT "T101"."COMMIT_HASH") AS "LISTED_COUNT"
                          FROM (
                            SELECT
                              "T6"."REPO_NAME",
                              "T6"."PR_NUMBER",
                              "T6"."COMMIT_HASH",
                              "T6"."AUTHORED_AT",
                              "T6"."SUBJECT",
                              "T6"."REVERT_TEXT"
                            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T6"
                            WHERE
                              EXISTS(
                                SELECT
                                  1
                                FROM "T97" AS "T100"
                                WHERE
                                  "T6"."REPO_NAME" = "T100"."REPO_NAME" AND "T6"."PR_NUMBER" = "T100"."PR_NUMBER"
                              )
                          ) AS "T101"
                          GROUP BY
                            1,
                            2
                        ) AS "T103"
                          ON "T99"."REPO_NAME" = "T103"."REPO_NAME" AND "T99"."PR_NUMBER" = "T103"."PR_NUMBER"
                      ) AS "T104"
                      WHERE
                        "T104"."NAMED_COUNT" = "T104"."LISTED_COUNT"
                    ) AS "T106"
                    INNER JOIN (
                      SELECT
                        "T0"."REPO_NAME",
                        "T0"."PR_NUMBER",
                        "T0"."MERGED_AT"
                      FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                      WHERE
                        NOT "T0"."MERGED_AT" IS NULL
                    ) AS "T45"
                      ON "T106"."REPO_NAME" = "T45"."REPO_NAME" AND "T106"."PR_NUMBER" = "T45"."PR_NUMBER"
                  ) AS "T107"
                  WHERE
                    "T107"."MERGED_AT" < "T107"."REVERTING_AT"
                ) AS "T108"
              ) AS "T109"
            ) AS "T110"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "T87"."REPO_NAME",
                "T87"."PR_NUMBER",
                "T87"."REVERTING_PR_NUMBER",
                3 AS "RANK"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "T67"."REPO_NAME",
                      "T67"."REVERT_TEXT",
                      "T67"."TITLE",
                      "T67"."HEAD_BRANCH",
                      "T67"."REVERTING_PR_NUMBER",
                      "T67"."REVERTING_AT",
                      "T67"."SAID",
                      "T78"."PR_NUMBER",
                      "T78"."MERGED_AT"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "T0"."REPO_NAME",
                          "T0"."REVERT_TEXT",
                          "T0"."TITLE",
                          "T0"."HEAD_BRANCH",
                          "T0"."PR_NUMBER" AS "REVERTING_PR_NUMBER",
                          "T0"."CREATED_AT" AS "REVERTING_AT",
                          NULLIF(
                            IFF(
                              ENDSWITH(
                                TRIM(
                                  REGEXP_SUBSTR("T0"."TITLE", '^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$', 1, 1, 'ce', 1),
                                  ' \t\n\r\f'
                                ),
                                ')'
                              ),
                              REGEXP_REPLACE(
                                TRIM(
                                  REGEXP_SUBSTR("T0"."TITLE", '^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$', 1, 1, 'ce', 1),
                                  ' \t\n\r\f'
                                ),
                                ' [(]#[0-9]+[)]$',
                                ''
                              ),
                              TRIM(
                                REGEXP_SUBSTR("T0"."TITLE", '^[ \t]*Revert "(.+)"( [(]#[0-9]+[)])?[ \t]*$', 1, 1, 'ce', 1),
                                ' \t\n\r\f'
                              )
                            ),
                            ''
                          ) AS "SAID"
                        FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                        WHERE
                          NOT "T0"."MERGED_AT" IS NULL AND CONTAINS("T0"."TITLE", 'Revert "')
                      ) AS "T60"
                      WHERE
                        NOT "T60"."SAID" IS NULL
                    ) AS "T67"
                    INNER JOIN (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "T0"."REPO_NAME",
                          "T0"."PR_NUMBER",
                          "T0"."MERGED_AT",
                          IFF(
                            ENDSWITH(TRIM("T0"."TITLE", ' \t\n\r\f'), ')'),
                            REGEXP_REPLACE(TRIM("T0"."TITLE", ' \t\n\r\f'), ' [(]#[0-9]+[)]$', ''),
                            TRIM("T0"."TITLE", ' \t\n\r\f')
                          ) AS "SAID"
                        FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                        WHERE
                          NOT "T0"."MERGED_AT" IS NULL
                      ) AS "T53"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          CAST("T70"."REPO_NAME" AS VARCHAR) AS "REPO_NAME",
                          CAST("T70"."PR_NUMBER" AS BIGINT) AS "PR_NUMBER",
                          "T70"."MERGED_AT",
                          "T70"."SAID"
                        FROM (
                          SELECT
                            "T62"."REPO_NAME",
                            "T62"."PR_NUMBER",
                            "T45"."MERGED_AT",
                            IFF(
                              ENDSWITH(TRIM("T62"."SUBJECT", ' \t\n\r\f'), ')'),
                              REGEXP_REPLACE(TRIM("T62"."SUBJECT", ' \t\n\r\f'), ' [(]#[0-9]+[)]$', ''),
                              TRIM("T62"."SUBJECT", ' \t\n\r\f')
                            ) AS "SAID"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "T1"."REPO_NAME",
                                "T1"."PR_NUMBER",
                                COUNT(*) AS "LISTED_COUNT",
                                MAX("T1"."SUBJECT") AS "SUBJECT"
                              FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUEST_COMMITS" AS "T1"
                              GROUP BY
                                1,
                                2
                            ) AS "T38"
                            WHERE
                              "T38"."LISTED_COUNT" = 1
                          ) AS "T62"
                          INNER JOIN (
                            SELECT
                              "T0"."REPO_NAME",
                              "T0"."PR_NUMBER",
                              "T0"."MERGED_AT"
                            FROM "BUILD_OF_THIS_RUN"."STG_PULL_REQUESTS" AS "T0"
                            WHERE
                              NOT "T0"."MERGED_AT" IS NULL
                          ) AS "T45"
                            ON "T62"."REPO_NAME" = "T45"."REPO_NAME" AND "T62"."PR_NUMBER" = "T45"."PR_NUMBER"
                        ) AS "T70"
                      ) AS "T74"
                    ) AS "T78"
                      ON "T67"."REPO_NAME" = "T78"."REPO_NAME" AND "T67"."SAID" = "T78"."SAID"
                  ) AS "T81"
                  WHERE
                    "T81"."MERGED_AT" < "T81"."REVERTING_AT"
                ) AS "T83"
                QUALIFY
                  (
                    ROW_NUMBER() OVER (
                      PARTITION BY "T83"."REPO_NAME", "T83"."REVERTING_PR_NUMBER"
                      ORDER BY "T83"."MERGED_AT" DESC NULLS LAST, "T83"."PR_NUMBER" DESC NULLS LAST
                    ) - 1
                  ) = 0
              ) AS "T87"
            ) AS "T89"
          ) AS "T111"
        ) AS "T112"
      ) AS "T113"
      WHERE
        "T113"."RANK" = "T113"."FIRST"
    ) AS "T114"
    GROUP BY
      1,
      2,
      3
  ) AS "T115"
) AS "BUILT"
