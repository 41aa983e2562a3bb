"""What has to be set up before production can be built, as a function of its names."""

from __future__ import annotations

from cursor_marts.engines.snowflake.setup import Names, script
from cursor_marts.errors import UsageError


def setup_sql(
    target: str = "prod",
    database: str = "CURSOR_ANALYTICS",
    role: str = "CURSOR_MARTS",
    warehouse: str = "CURSOR_MARTS",
    user: str | None = None,
    bucket: str | None = None,
) -> str:
    """Return the SQL that an administrator runs once on Snowflake; to repeat it changes nothing.

    `user` is one to give the role to, `bucket` the `gs://bucket/prefix` to make a stage over.
    Raises UsageError for a name that would need quotes, and for a target that needs no setting up.
    """
    if target != "prod":
        raise UsageError(f"--target {target} needs no setting up", hint="use --target prod")
    return script(Names(database, role, warehouse, user, bucket))
