"""What an administrator runs once on Snowflake, as a script: nothing but what is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cursor_marts.errors import UsageError

SCHEMAS = {
    "RAW": "What the sources said, typed: the last extraction.",
    "STAGING": "Cleaned views, one row a thing.",
    "MART": "Delivery metrics: merged pull requests by week.",
    "AUDIT": "Rows that failed a data test in the last build.",
}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


@dataclass(frozen=True)
class Names:
    """What things are called; each is a plain name, so that no quotes are needed."""

    database: str = "CURSOR_ANALYTICS"
    role: str = "CURSOR_MARTS"
    warehouse: str = "CURSOR_MARTS"
    user: str | None = None
    bucket: str | None = None

    def __post_init__(self) -> None:
        for name in (self.database, self.role, self.warehouse, self.user):
            if name is not None and not NAME.fullmatch(name):
                raise UsageError(
                    f"{name!r} is not a plain name",
                    hint="use letters, digits and _, beginning with a letter",
                )
        if self.bucket is not None:
            location(self.bucket)


def script(names: Names) -> str:
    """Return the script; to run it again changes nothing. Raises UsageError for a wrong name."""
    return "".join(f"{statement};\n" for statement in statements(names))


def statements(names: Names) -> Iterator[str]:
    """Give the statements in order: warehouse, database, role and grants, bucket."""
    yield (
        f"CREATE WAREHOUSE IF NOT EXISTS {names.warehouse} WAREHOUSE_SIZE = XSMALL "
        "AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE"
    )
    yield f"CREATE DATABASE IF NOT EXISTS {names.database}"
    for schema, comment in SCHEMAS.items():
        yield f"CREATE SCHEMA IF NOT EXISTS {names.database}.{schema} COMMENT = '{comment}'"
    yield f"CREATE ROLE IF NOT EXISTS {names.role}"
    yield from grants(names)
    if names.bucket:
        yield from stage(names, names.bucket)


def grants(names: Names) -> Iterator[str]:
    """Give what the role needs: to compute, to load, and to build in schemas of its own."""
    yield f"GRANT USAGE ON WAREHOUSE {names.warehouse} TO ROLE {names.role}"
    yield f"GRANT USAGE, CREATE SCHEMA ON DATABASE {names.database} TO ROLE {names.role}"
    for schema in SCHEMAS:
        rights = "USAGE, CREATE TABLE, CREATE VIEW"
        rights += ", CREATE STAGE" if schema == "RAW" else ""
        yield f"GRANT {rights} ON SCHEMA {names.database}.{schema} TO ROLE {names.role}"
    if names.user:
        yield f"GRANT ROLE {names.role} TO USER {names.user}"


def stage(names: Names, bucket: str) -> Iterator[str]:
    """Give what a load out of a bucket needs; who the integration is, its description says."""
    url = location(bucket)
    integration = f"{names.database}_LANDING"
    at = f"{names.database}.RAW.BUCKET"
    yield (
        f"CREATE STORAGE INTEGRATION IF NOT EXISTS {integration} TYPE = EXTERNAL_STAGE "
        f"STORAGE_PROVIDER = 'GCS' ENABLED = TRUE STORAGE_ALLOWED_LOCATIONS = ('{url}')"
    )
    yield (
        f"CREATE STAGE IF NOT EXISTS {at} URL = '{url}' "
        f"STORAGE_INTEGRATION = {integration} FILE_FORMAT = (TYPE = PARQUET)"
    )
    yield f"GRANT USAGE ON STAGE {at} TO ROLE {names.role}"


def location(bucket: str) -> str:
    """Return the address of `gs://…` as Snowflake spells it."""
    parts = urlsplit(bucket)
    if parts.scheme != "gs" or not re.fullmatch(r"[\w.-]+", parts.netloc):
        raise UsageError(
            f"--bucket {bucket!r} is not a bucket", hint="write it like gs://bucket/prefix"
        )
    if not re.fullmatch(r"[\w./=-]*", parts.path):
        raise UsageError(
            f"--bucket {bucket!r}: a prefix is of letters, digits and . _ - = /",
            hint="choose another prefix",
        )
    return f"gcs://{parts.netloc}{parts.path.rstrip('/')}/"
