"""Snowflake: connection, load, publication."""
