SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("reverting_pr_number" AS BIGINT) AS "reverting_pr_number",
  CAST("evidence" AS TEXT) AS "evidence"
FROM (
  WITH "t97" AS (
    SELECT
      "t95"."repo_name",
      "t95"."pr_number",
      "t95"."reverting_pr_number",
      "t95"."reverting_at",
      COUNT(DISTINCT "t95"."commit_hash") AS "named_count"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t86"."repo_name",
          "t86"."reverting_pr_number",
          "t86"."reverting_at",
          "t86"."hash",
          "t86"."hash_start",
          "t55"."pr_number",
          "t55"."commit_hash"
        FROM (
          SELECT
            "t82"."repo_name",
            "t82"."reverting_pr_number",
            "t82"."reverting_at",
            LOWER(
              NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
            ) AS "hash",
            SUBSTRING(
              LOWER(
                NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
              ),
              CASE
                WHEN (
                  0 + 1
                ) >= 1
                THEN 0 + 1
                ELSE 0 + 1 + LENGTH(
                  LOWER(
                    NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
                  )
                )
              END,
              7
            ) AS "hash_start"
          FROM (
            SELECT
              "t80"."repo_name",
              "t80"."reverting_pr_number",
              "t80"."reverting_at",
              "t80"."text",
              "t80"."n",
              SPLIT_PART("t80"."text", 'This reverts commit ', "t80"."n" + 1) AS "part"
            FROM (
              SELECT
                "t77"."repo_name",
                "t77"."reverting_pr_number",
                "t77"."reverting_at",
                "t77"."text",
                "t63"."n"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t0"."repo_name",
                      "t0"."pr_number" AS "reverting_pr_number",
                      "t0"."created_at" AS "reverting_at",
                      "t0"."revert_text" AS "text"
                    FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                    WHERE
                      NOT "t0"."merged_at" IS NULL
                  ) AS "t35"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      CAST("t64"."repo_name" AS TEXT) AS "repo_name",
                      CAST("t64"."pr_number" AS BIGINT) AS "reverting_pr_number",
                      "t64"."reverting_at",
                      "t64"."text"
                    FROM (
                      SELECT
                        "t49"."repo_name",
                        "t49"."pr_number",
                        "t49"."text",
                        "t54"."title",
                        "t54"."head_branch",
                        "t54"."reverting_at"
                      FROM (
                        SELECT
                          "t1"."repo_name",
                          "t1"."pr_number",
                          "t1"."revert_text" AS "text"
                        FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t1"
                        WHERE
                          NOT "t1"."revert_text" IS NULL
                      ) AS "t49"
                      INNER JOIN (
                        SELECT
                          "t36".*
                          EXCLUDE ("revert_text")
                        FROM (
                          SELECT
                            "t0"."repo_name",
                            "t0"."revert_text",
                            "t0"."title",
                            "t0"."head_branch",
                            "t0"."pr_number",
                            "t0"."created_at" AS "reverting_at"
                          FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                          WHERE
                            NOT "t0"."merged_at" IS NULL
                        ) AS "t36"
                      ) AS "t54"
                        ON "t49"."repo_name" = "t54"."repo_name" AND "t49"."pr_number" = "t54"."pr_number"
                    ) AS "t64"
                  ) AS "t69"
                ) AS "t71"
                WHERE
                  CONTAINS("t71"."text", 'This reverts commit ')
              ) AS "t77"
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
                          9 AS "n"
                      ) AS "t7"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          10 AS "n"
                      ) AS "t8"
                    ) AS "t24"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          11 AS "n"
                      ) AS "t9"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          12 AS "n"
                      ) AS "t10"
                    ) AS "t25"
                  ) AS "t40"
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
                          13 AS "n"
                      ) AS "t11"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          14 AS "n"
                      ) AS "t12"
                    ) AS "t26"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          15 AS "n"
                      ) AS "t13"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          16 AS "n"
                      ) AS "t14"
                    ) AS "t27"
                  ) AS "t41"
                ) AS "t51"
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
                          17 AS "n"
                      ) AS "t15"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          18 AS "n"
                      ) AS "t16"
                    ) AS "t28"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          19 AS "n"
                      ) AS "t17"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          20 AS "n"
                      ) AS "t18"
                    ) AS "t29"
                  ) AS "t42"
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
                            1 AS "n"
                        ) AS "t2"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            2 AS "n"
                        ) AS "t3"
                      ) AS "t23"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            3 AS "n"
                        ) AS "t4"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            4 AS "n"
                        ) AS "t19"
                      ) AS "t30"
                    ) AS "t43"
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
                            5 AS "n"
                        ) AS "t20"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            6 AS "n"
                        ) AS "t21"
                      ) AS "t31"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            7 AS "n"
                        ) AS "t5"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            8 AS "n"
                        ) AS "t22"
                      ) AS "t32"
                    ) AS "t44"
                  ) AS "t52"
                ) AS "t56"
              ) AS "t63"
            ) AS "t80"
          ) AS "t82"
          WHERE
            "t82"."part" <> ''
            AND NOT LOWER(
              NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
            ) IS NULL
        ) AS "t86"
        INNER JOIN (
          SELECT
            "t1"."repo_name",
            "t1"."pr_number",
            "t1"."commit_hash",
            SUBSTRING(
              LOWER("t1"."commit_hash"),
              CASE
                WHEN (
                  0 + 1
                ) >= 1
                THEN 0 + 1
                ELSE 0 + 1 + LENGTH(LOWER("t1"."commit_hash"))
              END,
              7
            ) AS "hash_start"
          FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t1"
        ) AS "t55"
          ON "t86"."repo_name" = "t55"."repo_name" AND "t86"."hash_start" = "t55"."hash_start"
      ) AS "t91"
      WHERE
        STARTS_WITH(LOWER("t91"."commit_hash"), "t91"."hash")
    ) AS "t95"
    GROUP BY
      1,
      2,
      3,
      4
  )
  SELECT
    "t115"."repo_name",
    "t115"."pr_number",
    "t115"."reverting_pr_number",
    CASE
      WHEN "t115"."rank" = 0
      THEN 'body'
      WHEN "t115"."rank" = 1
      THEN 'branch'
      WHEN "t115"."rank" = 2
      THEN 'commit'
      WHEN "t115"."rank" = 3
      THEN 'title'
      ELSE NULL
    END AS "evidence"
  FROM (
    SELECT
      "t114"."repo_name",
      "t114"."pr_number",
      "t114"."reverting_pr_number",
      MIN("t114"."rank") AS "rank"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t112"."repo_name",
          "t112"."pr_number",
          "t112"."reverting_pr_number",
          "t112"."rank",
          MIN("t112"."rank") OVER (
            PARTITION BY "t112"."repo_name", "t112"."reverting_pr_number"
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS "first"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t92"."repo_name",
                "t92"."pr_number",
                "t92"."reverting_pr_number",
                0 AS "rank"
              FROM (
                SELECT
                  "t88"."repo_name",
                  "t88"."revert_text",
                  "t88"."title",
                  "t88"."head_branch",
                  "t88"."reverting_pr_number",
                  "t88"."reverting_at",
                  "t88"."text",
                  "t88"."n",
                  "t88"."part",
                  "t88"."said_repo_name",
                  "t88"."pr_number",
                  "t45"."merged_at"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t72"."repo_name",
                      "t72"."revert_text",
                      "t72"."title",
                      "t72"."head_branch",
                      "t72"."reverting_pr_number",
                      "t72"."reverting_at",
                      "t72"."text",
                      "t72"."n",
                      "t72"."part",
                      NULLIF(
                        REGEXP_EXTRACT("t72"."part", '^([^ #
]*)#([0-9]{1,18})[ 	]*(
|$)', 1),
                        ''
                      ) AS "said_repo_name",
                      CAST(NULLIF(
                        REGEXP_EXTRACT("t72"."part", '^([^ #
]*)#([0-9]{1,18})[ 	]*(
|$)', 2),
                        ''
                      ) AS BIGINT) AS "pr_number"
                    FROM (
                      SELECT
                        "t65"."repo_name",
                        "t65"."revert_text",
                        "t65"."title",
                        "t65"."head_branch",
                        "t65"."reverting_pr_number",
                        "t65"."reverting_at",
                        "t65"."text",
                        "t65"."n",
                        SPLIT_PART("t65"."text", '
Reverts ', "t65"."n" + 1) AS "part"
                      FROM (
                        SELECT
                          "t46"."repo_name",
                          "t46"."revert_text",
                          "t46"."title",
                          "t46"."head_branch",
                          "t46"."reverting_pr_number",
                          "t46"."reverting_at",
                          "t46"."text",
                          "t63"."n"
                        FROM (
                          SELECT
                            "t0"."repo_name",
                            "t0"."revert_text",
                            "t0"."title",
                            "t0"."head_branch",
                            "t0"."pr_number" AS "reverting_pr_number",
                            "t0"."created_at" AS "reverting_at",
                            '
' || "t0"."revert_text" AS "text"
                          FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                          WHERE
                            NOT "t0"."merged_at" IS NULL AND CONTAINS("t0"."revert_text", 'Reverts ')
                        ) AS "t46"
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
                                    9 AS "n"
                                ) AS "t7"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    10 AS "n"
                                ) AS "t8"
                              ) AS "t24"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    11 AS "n"
                                ) AS "t9"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    12 AS "n"
                                ) AS "t10"
                              ) AS "t25"
                            ) AS "t40"
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
                                    13 AS "n"
                                ) AS "t11"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    14 AS "n"
                                ) AS "t12"
                              ) AS "t26"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    15 AS "n"
                                ) AS "t13"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    16 AS "n"
                                ) AS "t14"
                              ) AS "t27"
                            ) AS "t41"
                          ) AS "t51"
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
                                    17 AS "n"
                                ) AS "t15"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    18 AS "n"
                                ) AS "t16"
                              ) AS "t28"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    19 AS "n"
                                ) AS "t17"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    20 AS "n"
                                ) AS "t18"
                              ) AS "t29"
                            ) AS "t42"
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
                                      1 AS "n"
                                  ) AS "t2"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      2 AS "n"
                                  ) AS "t3"
                                ) AS "t23"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      3 AS "n"
                                  ) AS "t4"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      4 AS "n"
                                  ) AS "t19"
                                ) AS "t30"
                              ) AS "t43"
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
                                      5 AS "n"
                                  ) AS "t20"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      6 AS "n"
                                  ) AS "t21"
                                ) AS "t31"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      7 AS "n"
                                  ) AS "t5"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      8 AS "n"
                                  ) AS "t22"
                                ) AS "t32"
                              ) AS "t44"
                            ) AS "t52"
                          ) AS "t56"
                        ) AS "t63"
                      ) AS "t65"
                    ) AS "t72"
                    WHERE
                      "t72"."part" <> ''
                  ) AS "t79"
                  WHERE
                    (
                      (
                        "t79"."said_repo_name" IS NULL
                      )
                      OR (
                        LOWER(
                          CASE
                            WHEN TRIM("t79"."said_repo_name", ' 	
') LIKE '%.%/%/%'
                            AND (
                              (
                                STRPOS(TRIM("t79"."said_repo_name", ' 	
'), '.') - 1
                              ) < (
                                STRPOS(TRIM("t79"."said_repo_name", ' 	
'), '/') - 1
                              )
                            )
                            THEN SUBSTRING(
                              TRIM("t79"."said_repo_name", ' 	
'),
                              CASE
                                WHEN (
                                  (
                                    STRPOS(TRIM("t79"."said_repo_name", ' 	
'), '/') - 1
                                  ) + 1 + 1
                                ) >= 1
                                THEN (
                                  STRPOS(TRIM("t79"."said_repo_name", ' 	
'), '/') - 1
                                ) + 1 + 1
                                ELSE (
                                  STRPOS(TRIM("t79"."said_repo_name", ' 	
'), '/') - 1
                                ) + 1 + 1 + LENGTH(TRIM("t79"."said_repo_name", ' 	
'))
                              END
                            )
                            ELSE TRIM("t79"."said_repo_name", ' 	
')
                          END
                        ) = LOWER("t79"."repo_name")
                      )
                    )
                    AND NOT "t79"."pr_number" IS NULL
                ) AS "t88"
                INNER JOIN (
                  SELECT
                    "t0"."repo_name",
                    "t0"."pr_number",
                    "t0"."merged_at"
                  FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                  WHERE
                    NOT "t0"."merged_at" IS NULL
                ) AS "t45"
                  ON "t88"."repo_name" = "t45"."repo_name" AND "t88"."pr_number" = "t45"."pr_number"
              ) AS "t92"
              WHERE
                "t92"."merged_at" < "t92"."reverting_at"
            ) AS "t94"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t68"."repo_name",
                "t68"."pr_number",
                "t68"."reverting_pr_number",
                1 AS "rank"
              FROM (
                SELECT
                  "t61"."repo_name",
                  "t61"."revert_text",
                  "t61"."title",
                  "t61"."head_branch",
                  "t61"."reverting_pr_number",
                  "t61"."reverting_at",
                  "t61"."pr_number",
                  "t45"."merged_at"
                FROM (
                  SELECT
                    "t0"."repo_name",
                    "t0"."revert_text",
                    "t0"."title",
                    "t0"."head_branch",
                    "t0"."pr_number" AS "reverting_pr_number",
                    "t0"."created_at" AS "reverting_at",
                    CAST(NULLIF(REGEXP_EXTRACT("t0"."head_branch", '^revert-([0-9]{1,18})-', 1), '') AS BIGINT) AS "pr_number"
                  FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                  WHERE
                    NOT "t0"."merged_at" IS NULL
                    AND STARTS_WITH("t0"."head_branch", 'revert-')
                    AND NOT CAST(NULLIF(REGEXP_EXTRACT("t0"."head_branch", '^revert-([0-9]{1,18})-', 1), '') AS BIGINT) IS NULL
                ) AS "t61"
                INNER JOIN (
                  SELECT
                    "t0"."repo_name",
                    "t0"."pr_number",
                    "t0"."merged_at"
                  FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                  WHERE
                    NOT "t0"."merged_at" IS NULL
                ) AS "t45"
                  ON "t61"."repo_name" = "t45"."repo_name" AND "t61"."pr_number" = "t45"."pr_number"
              ) AS "t68"
              WHERE
                "t68"."merged_at" < "t68"."reverting_at"
            ) AS "t73"
          ) AS "t96"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t109"."repo_name",
                "t109"."pr_number",
                "t109"."reverting_pr_number",
                2 AS "rank"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t90"."repo_name",
                    "t90"."pr_number",
                    "t90"."reverting_pr_number",
                    "t90"."reverting_at"
                  FROM (
                    SELECT
                      "t86"."repo_name",
                      "t86"."reverting_pr_number",
                      "t86"."reverting_at",
                      "t86"."hash",
                      "t86"."hash_start",
                      "t48"."pr_number",
                      "t48"."merge_commit_hash",
                      "t48"."merged_at"
                    FROM (
                      SELECT
                        "t82"."repo_name",
                        "t82"."reverting_pr_number",
                        "t82"."reverting_at",
                        LOWER(
                          NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
                        ) AS "hash",
                        SUBSTRING(
                          LOWER(
                            NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
                          ),
                          CASE
                            WHEN (
                              0 + 1
                            ) >= 1
                            THEN 0 + 1
                            ELSE 0 + 1 + LENGTH(
                              LOWER(
                                NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
                              )
                            )
                          END,
                          7
                        ) AS "hash_start"
                      FROM (
                        SELECT
                          "t80"."repo_name",
                          "t80"."reverting_pr_number",
                          "t80"."reverting_at",
                          "t80"."text",
                          "t80"."n",
                          SPLIT_PART("t80"."text", 'This reverts commit ', "t80"."n" + 1) AS "part"
                        FROM (
                          SELECT
                            "t77"."repo_name",
                            "t77"."reverting_pr_number",
                            "t77"."reverting_at",
                            "t77"."text",
                            "t63"."n"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t0"."repo_name",
                                  "t0"."pr_number" AS "reverting_pr_number",
                                  "t0"."created_at" AS "reverting_at",
                                  "t0"."revert_text" AS "text"
                                FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                                WHERE
                                  NOT "t0"."merged_at" IS NULL
                              ) AS "t35"
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  CAST("t64"."repo_name" AS TEXT) AS "repo_name",
                                  CAST("t64"."pr_number" AS BIGINT) AS "reverting_pr_number",
                                  "t64"."reverting_at",
                                  "t64"."text"
                                FROM (
                                  SELECT
                                    "t49"."repo_name",
                                    "t49"."pr_number",
                                    "t49"."text",
                                    "t54"."title",
                                    "t54"."head_branch",
                                    "t54"."reverting_at"
                                  FROM (
                                    SELECT
                                      "t1"."repo_name",
                                      "t1"."pr_number",
                                      "t1"."revert_text" AS "text"
                                    FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t1"
                                    WHERE
                                      NOT "t1"."revert_text" IS NULL
                                  ) AS "t49"
                                  INNER JOIN (
                                    SELECT
                                      "t36".*
                                      EXCLUDE ("revert_text")
                                    FROM (
                                      SELECT
                                        "t0"."repo_name",
                                        "t0"."revert_text",
                                        "t0"."title",
                                        "t0"."head_branch",
                                        "t0"."pr_number",
                                        "t0"."created_at" AS "reverting_at"
                                      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                                      WHERE
                                        NOT "t0"."merged_at" IS NULL
                                    ) AS "t36"
                                  ) AS "t54"
                                    ON "t49"."repo_name" = "t54"."repo_name" AND "t49"."pr_number" = "t54"."pr_number"
                                ) AS "t64"
                              ) AS "t69"
                            ) AS "t71"
                            WHERE
                              CONTAINS("t71"."text", 'This reverts commit ')
                          ) AS "t77"
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
                                      9 AS "n"
                                  ) AS "t7"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      10 AS "n"
                                  ) AS "t8"
                                ) AS "t24"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      11 AS "n"
                                  ) AS "t9"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      12 AS "n"
                                  ) AS "t10"
                                ) AS "t25"
                              ) AS "t40"
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
                                      13 AS "n"
                                  ) AS "t11"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      14 AS "n"
                                  ) AS "t12"
                                ) AS "t26"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      15 AS "n"
                                  ) AS "t13"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      16 AS "n"
                                  ) AS "t14"
                                ) AS "t27"
                              ) AS "t41"
                            ) AS "t51"
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
                                      17 AS "n"
                                  ) AS "t15"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      18 AS "n"
                                  ) AS "t16"
                                ) AS "t28"
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      19 AS "n"
                                  ) AS "t17"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      20 AS "n"
                                  ) AS "t18"
                                ) AS "t29"
                              ) AS "t42"
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
                                        1 AS "n"
                                    ) AS "t2"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        2 AS "n"
                                    ) AS "t3"
                                  ) AS "t23"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        3 AS "n"
                                    ) AS "t4"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        4 AS "n"
                                    ) AS "t19"
                                  ) AS "t30"
                                ) AS "t43"
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
                                        5 AS "n"
                                    ) AS "t20"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        6 AS "n"
                                    ) AS "t21"
                                  ) AS "t31"
                                  UNION ALL
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        7 AS "n"
                                    ) AS "t5"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        8 AS "n"
                                    ) AS "t22"
                                  ) AS "t32"
                                ) AS "t44"
                              ) AS "t52"
                            ) AS "t56"
                          ) AS "t63"
                        ) AS "t80"
                      ) AS "t82"
                      WHERE
                        "t82"."part" <> ''
                        AND NOT LOWER(
                          NULLIF(REGEXP_EXTRACT("t82"."part", '^([0-9a-fA-F]{7,40})([^0-9a-zA-Z]|$)', 1), '')
                        ) IS NULL
                    ) AS "t86"
                    INNER JOIN (
                      SELECT
                        "t0"."repo_name",
                        "t0"."pr_number",
                        SUBSTRING(
                          "t0"."merge_commit_hash",
                          CASE
                            WHEN (
                              0 + 1
                            ) >= 1
                            THEN 0 + 1
                            ELSE 0 + 1 + LENGTH("t0"."merge_commit_hash")
                          END,
                          7
                        ) AS "hash_start",
                        "t0"."merge_commit_hash",
                        "t0"."merged_at"
                      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                      WHERE
                        NOT "t0"."merged_at" IS NULL
                    ) AS "t48"
                      ON "t86"."repo_name" = "t48"."repo_name" AND "t86"."hash_start" = "t48"."hash_start"
                  ) AS "t90"
                  WHERE
                    STARTS_WITH("t90"."merge_commit_hash", "t90"."hash")
                    AND "t90"."merged_at" < "t90"."reverting_at"
                ) AS "t93"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t107"."repo_name",
                    "t107"."pr_number",
                    "t107"."reverting_pr_number",
                    "t107"."reverting_at"
                  FROM (
                    SELECT
                      "t106"."repo_name",
                      "t106"."pr_number",
                      "t106"."reverting_pr_number",
                      "t106"."reverting_at",
                      "t106"."named_count",
                      "t106"."listed_count",
                      "t45"."merged_at"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t99"."repo_name",
                          "t99"."pr_number",
                          "t99"."reverting_pr_number",
                          "t99"."reverting_at",
                          "t99"."named_count",
                          "t103"."listed_count"
                        FROM "t97" AS "t99"
                        INNER JOIN (
                          SELECT
                            "t101"."repo_name",
                            "t101"."pr_number",
                            COUNT(DISTINCT "t101"."commit_hash") AS "listed_count"
                          FROM (
                            SELECT
                              "t6"."repo_name",
                              "t6"."pr_number",
                              "t6"."commit_hash",
                              "t6"."authored_at",
                              "t6"."subject",
                              "t6"."revert_text"
                            FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t6"
                            SEMI JOIN "t97" AS "t100"
                              ON "t6"."repo_name" = "t100"."repo_name" AND "t6"."pr_number" = "t100"."pr_number"
                          ) AS "t101"
                          GROUP BY
                            1,
                            2
                        ) AS "t103"
                          ON "t99"."repo_name" = "t103"."repo_name" AND "t99"."pr_number" = "t103"."pr_number"
                      ) AS "t104"
                      WHERE
                        "t104"."named_count" = "t104"."listed_count"
                    ) AS "t106"
                    INNER JOIN (
                      SELECT
                        "t0"."repo_name",
                        "t0"."pr_number",
                        "t0"."merged_at"
                      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                      WHERE
                        NOT "t0"."merged_at" IS NULL
                    ) AS "t45"
                      ON "t106"."repo_name" = "t45"."repo_name" AND "t106"."pr_number" = "t45"."pr_number"
                  ) AS "t107"
                  WHERE
                    "t107"."merged_at" < "t107"."reverting_at"
                ) AS "t108"
              ) AS "t109"
            ) AS "t110"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t87"."repo_name",
                "t87"."pr_number",
                "t87"."reverting_pr_number",
                3 AS "rank"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t67"."repo_name",
                      "t67"."revert_text",
                      "t67"."title",
                      "t67"."head_branch",
                      "t67"."reverting_pr_number",
                      "t67"."reverting_at",
                      "t67"."said",
                      "t78"."pr_number",
                      "t78"."merged_at"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t0"."repo_name",
                          "t0"."revert_text",
                          "t0"."title",
                          "t0"."head_branch",
                          "t0"."pr_number" AS "reverting_pr_number",
                          "t0"."created_at" AS "reverting_at",
                          NULLIF(
                            CASE
                              WHEN SUFFIX(
                                TRIM(
                                  REGEXP_EXTRACT("t0"."title", '^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$', 1),
                                  ' 	
'
                                ),
                                ')'
                              )
                              THEN REGEXP_REPLACE(
                                TRIM(
                                  REGEXP_EXTRACT("t0"."title", '^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$', 1),
                                  ' 	
'
                                ),
                                ' [(]#[0-9]+[)]$',
                                '',
                                'g'
                              )
                              ELSE TRIM(
                                REGEXP_EXTRACT("t0"."title", '^[ 	]*Revert "(.+)"( [(]#[0-9]+[)])?[ 	]*$', 1),
                                ' 	
'
                              )
                            END,
                            ''
                          ) AS "said"
                        FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                        WHERE
                          NOT "t0"."merged_at" IS NULL AND CONTAINS("t0"."title", 'Revert "')
                      ) AS "t60"
                      WHERE
                        NOT "t60"."said" IS NULL
                    ) AS "t67"
                    INNER JOIN (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t0"."repo_name",
                          "t0"."pr_number",
                          "t0"."merged_at",
                          CASE
                            WHEN SUFFIX(TRIM("t0"."title", ' 	
'), ')')
                            THEN REGEXP_REPLACE(TRIM("t0"."title", ' 	
'), ' [(]#[0-9]+[)]$', '', 'g')
                            ELSE TRIM("t0"."title", ' 	
')
                          END AS "said"
                        FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                        WHERE
                          NOT "t0"."merged_at" IS NULL
                      ) AS "t53"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          CAST("t70"."repo_name" AS TEXT) AS "repo_name",
                          CAST("t70"."pr_number" AS BIGINT) AS "pr_number",
                          "t70"."merged_at",
                          "t70"."said"
                        FROM (
                          SELECT
                            "t62"."repo_name",
                            "t62"."pr_number",
                            "t45"."merged_at",
                            CASE
                              WHEN SUFFIX(TRIM("t62"."subject", ' 	
'), ')')
                              THEN REGEXP_REPLACE(TRIM("t62"."subject", ' 	
'), ' [(]#[0-9]+[)]$', '', 'g')
                              ELSE TRIM("t62"."subject", ' 	
')
                            END AS "said"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t1"."repo_name",
                                "t1"."pr_number",
                                COUNT(*) AS "listed_count",
                                MAX("t1"."subject") AS "subject"
                              FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t1"
                              GROUP BY
                                1,
                                2
                            ) AS "t38"
                            WHERE
                              "t38"."listed_count" = 1
                          ) AS "t62"
                          INNER JOIN (
                            SELECT
                              "t0"."repo_name",
                              "t0"."pr_number",
                              "t0"."merged_at"
                            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t0"
                            WHERE
                              NOT "t0"."merged_at" IS NULL
                          ) AS "t45"
                            ON "t62"."repo_name" = "t45"."repo_name" AND "t62"."pr_number" = "t45"."pr_number"
                        ) AS "t70"
                      ) AS "t74"
                    ) AS "t78"
                      ON "t67"."repo_name" = "t78"."repo_name" AND "t67"."said" = "t78"."said"
                  ) AS "t81"
                  WHERE
                    "t81"."merged_at" < "t81"."reverting_at"
                ) AS "t83"
                QUALIFY
                  (
                    ROW_NUMBER() OVER (
                      PARTITION BY "t83"."repo_name", "t83"."reverting_pr_number"
                      ORDER BY "t83"."merged_at" DESC, "t83"."pr_number" DESC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1
                  ) = 0
              ) AS "t87"
            ) AS "t89"
          ) AS "t111"
        ) AS "t112"
      ) AS "t113"
      WHERE
        "t113"."rank" = "t113"."first"
    ) AS "t114"
    GROUP BY
      1,
      2,
      3
  ) AS "t115"
) AS "built"
