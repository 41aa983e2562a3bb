SELECT
  CAST("repo_name" AS TEXT) AS "repo_name",
  CAST("pr_number" AS BIGINT) AS "pr_number",
  CAST("commit_hash" AS TEXT) AS "commit_hash",
  CAST("is_rewritten" AS BOOLEAN) AS "is_rewritten",
  CAST("ai_lines_added" AS BIGINT) AS "ai_lines_added",
  CAST("total_lines_added" AS BIGINT) AS "total_lines_added",
  CAST("committed_at" AS TIMESTAMP(6)) AS "committed_at"
FROM (
  WITH "t15" AS (
    SELECT
      "t5"."repo_name",
      "t5"."pr_number",
      "t5"."commit_hash",
      "t5"."authored_at",
      "t5"."subject",
      "t5"."revert_text",
      "t11"."head_repo_name"
    FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t5"
    INNER JOIN (
      SELECT
        "t1"."repo_name",
        "t1"."pr_number",
        "t1"."head_repo_name"
      FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t1"
    ) AS "t11"
      ON "t5"."repo_name" = "t11"."repo_name" AND "t5"."pr_number" = "t11"."pr_number"
    ANTI JOIN "temp"."main"."cursor_marts_stg_commits" AS "t4"
      ON "t5"."commit_hash" = "t4"."commit_hash"
  ), "t26" AS (
    SELECT
      *
    FROM (
      SELECT
        "t20"."commit_hash",
        "t20"."ai_lines_added",
        "t20"."total_lines_added",
        "t20"."committed_at",
        "t20"."link_repo_name" AS "repo_name",
        "t20"."pr_number"
      FROM (
        SELECT
          "t3"."commit_hash",
          "t3"."repo_name",
          "t3"."tab_lines_added",
          "t3"."tab_lines_deleted",
          "t3"."composer_lines_added",
          "t3"."composer_lines_deleted",
          "t3"."non_ai_lines_added",
          "t3"."non_ai_lines_deleted",
          "t3"."ai_lines_added",
          "t3"."ai_lines_deleted",
          "t3"."total_lines_added",
          "t3"."total_lines_deleted",
          "t3"."pull_request_number",
          "t3"."committed_at",
          "t3"."created_at",
          "t3"."subject",
          "t17"."pr_number",
          "t17"."head_repo_name",
          "t17"."link_repo_name"
        FROM "temp"."main"."cursor_marts_stg_commits" AS "t3"
        INNER JOIN (
          SELECT
            "t5"."commit_hash",
            "t5"."pr_number",
            "t11"."head_repo_name",
            "t5"."repo_name" AS "link_repo_name"
          FROM "temp"."main"."cursor_marts_stg_pull_request_commits" AS "t5"
          INNER JOIN (
            SELECT
              "t1"."repo_name",
              "t1"."pr_number",
              "t1"."head_repo_name"
            FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t1"
          ) AS "t11"
            ON "t5"."repo_name" = "t11"."repo_name" AND "t5"."pr_number" = "t11"."pr_number"
        ) AS "t17"
          ON "t3"."commit_hash" = "t17"."commit_hash"
      ) AS "t20"
      WHERE
        (
          (
            "t20"."repo_name" IS NULL
          )
          OR (
            "t20"."repo_name" = "t20"."link_repo_name"
          )
          OR COALESCE("t20"."repo_name" = "t20"."head_repo_name", FALSE)
        )
        AND NOT (
          COALESCE(
            (
              "t20"."repo_name" = "t20"."link_repo_name"
            )
            AND (
              "t20"."pull_request_number" = "t20"."pr_number"
            ),
            FALSE
          )
        )
    ) AS "t25"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t12"."commit_hash",
          "t12"."ai_lines_added",
          "t12"."total_lines_added",
          "t12"."committed_at",
          "t12"."repo_name",
          "t10"."pr_number"
        FROM (
          SELECT
            *
          FROM "temp"."main"."cursor_marts_stg_commits" AS "t0"
          WHERE
            NOT "t0"."pull_request_number" IS NULL
        ) AS "t12"
        INNER JOIN (
          SELECT
            "t1"."repo_name",
            "t1"."pr_number"
          FROM "temp"."main"."cursor_marts_stg_pull_requests" AS "t1"
        ) AS "t10"
          ON "t12"."repo_name" = "t10"."repo_name"
          AND "t12"."pull_request_number" = "t10"."pr_number"
      ) AS "t16"
    ) AS "t19"
  )
  SELECT
    "t33"."repo_name",
    "t33"."pr_number",
    "t33"."commit_hash",
    "t33"."is_rewritten",
    "t33"."ai_lines_added",
    "t33"."total_lines_added",
    "t33"."committed_at"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t27"."commit_hash",
        "t27"."ai_lines_added",
        "t27"."total_lines_added",
        "t27"."committed_at",
        "t27"."repo_name",
        "t27"."pr_number",
        FALSE AS "is_rewritten"
      FROM "t26" AS "t27"
    ) AS "t29"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t31"."commit_hash",
        "t31"."ai_lines_added",
        "t31"."total_lines_added",
        "t31"."committed_at",
        "t31"."repo_name",
        "t31"."pr_number",
        TRUE AS "is_rewritten"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t13"."commit_hash",
            "t13"."commit_repo_name",
            "t13"."tab_lines_added",
            "t13"."tab_lines_deleted",
            "t13"."composer_lines_added",
            "t13"."composer_lines_deleted",
            "t13"."non_ai_lines_added",
            "t13"."non_ai_lines_deleted",
            "t13"."ai_lines_added",
            "t13"."ai_lines_deleted",
            "t13"."total_lines_added",
            "t13"."total_lines_deleted",
            "t13"."pull_request_number",
            "t13"."committed_at",
            "t13"."created_at",
            "t13"."subject",
            "t13"."second",
            "t24"."repo_name",
            "t24"."pr_number"
          FROM (
            SELECT
              "t0"."commit_hash",
              "t0"."repo_name" AS "commit_repo_name",
              "t0"."tab_lines_added",
              "t0"."tab_lines_deleted",
              "t0"."composer_lines_added",
              "t0"."composer_lines_deleted",
              "t0"."non_ai_lines_added",
              "t0"."non_ai_lines_deleted",
              "t0"."ai_lines_added",
              "t0"."ai_lines_deleted",
              "t0"."total_lines_added",
              "t0"."total_lines_deleted",
              "t0"."pull_request_number",
              "t0"."committed_at",
              "t0"."created_at",
              "t0"."subject",
              DATE_TRUNC('SECOND', "t0"."committed_at") AS "second"
            FROM "temp"."main"."cursor_marts_stg_commits" AS "t0"
          ) AS "t13"
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                "t18"."repo_name",
                "t18"."pr_number",
                DATE_TRUNC('SECOND', "t18"."authored_at") AS "second",
                "t18"."subject",
                "t18"."repo_name" AS "commit_repo_name"
              FROM "t15" AS "t18"
              WHERE
                COALESCE(TRIM("t18"."subject", ' 	
') <> '', FALSE)
            ) AS "t21"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "t18"."repo_name",
                "t18"."pr_number",
                DATE_TRUNC('SECOND', "t18"."authored_at") AS "second",
                "t18"."subject",
                "t18"."head_repo_name" AS "commit_repo_name"
              FROM "t15" AS "t18"
              WHERE
                COALESCE(TRIM("t18"."subject", ' 	
') <> '', FALSE)
            ) AS "t22"
          ) AS "t24"
            ON "t13"."commit_repo_name" = "t24"."commit_repo_name"
            AND "t13"."second" = "t24"."second"
            AND "t13"."subject" = "t24"."subject"
          ANTI JOIN "t26" AS "t28"
            ON "t24"."repo_name" = "t28"."repo_name"
            AND "t24"."pr_number" = "t28"."pr_number"
            AND "t13"."commit_hash" = "t28"."commit_hash"
        ) AS "t30"
        QUALIFY
          (
            ROW_NUMBER() OVER (
              PARTITION BY "t30"."repo_name", "t30"."pr_number", "t30"."second", "t30"."subject"
              ORDER BY "t30"."created_at" DESC, "t30"."commit_hash" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1
          ) = 0
      ) AS "t31"
    ) AS "t32"
  ) AS "t33"
) AS "built"
