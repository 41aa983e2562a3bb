"""Where tables live: DuckDB and Snowflake."""
