"""The Snowflake emulator as a server of its own: `python snowflake_emulator.py PORT SECONDS`.

It runs in an environment of its own, whose libraries clash with ours. What the service does
and the emulator does not is mended, so that what we send can be sent: CREATE OR REPLACE … CLONE
replaces, ASOF JOIN joins, views are listed, TRIM knows which characters to trim, a comment may
hold a quote, and what only an administrator sends (warehouse, role, grants, integration) is nodded
at. Everything that was sent is told at /seen, and when it was received and answered. Statements
that arrive together wait together, the given seconds, and are executed one after the other.
"""

from __future__ import annotations

import asyncio
import gzip
import importlib
import json
import re
import sys
import time
from string import Template
from typing import Any

import snowflake.connector.errors
import uvicorn
from fakesnow import info_schema, transforms
from sqlglot import exp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

#: `fakesnow.server` by itself is a function of the package.
server = importlib.import_module("fakesnow.server")
seen: list[dict[str, Any]] = []
create_clone = transforms.create_clone
trim_cast_varchar = transforms.trim_cast_varchar
insert_table_comment_sql = info_schema.insert_table_comment_sql
ADMINISTRATION = [
    r"^\s*(GRANT|USE ROLE|USE WAREHOUSE)\b",
    r"^\s*CREATE\s+(WAREHOUSE|ROLE|STORAGE INTEGRATION)\b",
]


def mended(expression: Any) -> Any:
    """Stand in for the emulator's own treatment of CREATE … CLONE, which sees every node."""
    if isinstance(expression, exp.Join) and (match := expression.args.pop("match_condition", None)):
        # The service keeps rows without a match, as a left join does.
        expression.set("on", exp.and_(expression.args["on"], match))
        expression.set("side", "LEFT")
    made = create_clone(expression)
    if made is not expression:
        made.set("replace", expression.args.get("replace"))
    return made


def trim_of_all(expression: Any) -> Any:
    made = trim_cast_varchar(expression)
    if made is not expression:
        made.set("expression", expression.args.get("expression"))
    return made


def comment_with_quotes(catalog: str, schema: str, table: str, comment: str) -> str:
    return insert_table_comment_sql(catalog, schema, table, (comment or "").replace("'", "''"))


def tables_and_views(template: Template) -> Template:
    """Return the definition of INFORMATION_SCHEMA.TABLES with views in it."""
    text = template.template.replace("'BASE TABLE' AS", "tables.kind AS")
    both = """(
        SELECT database_name, schema_name, table_name, estimated_size, 'BASE TABLE' AS kind
        FROM duckdb_tables
        UNION ALL
        SELECT database_name, schema_name, view_name, 0, 'VIEW' FROM duckdb_views()
        WHERE NOT internal
    ) tables"""
    return Template(text.replace("duckdb_tables tables", both))


class Recorder:
    """Keeps the body of each request on its way to the emulator."""

    def __init__(self, app: Any, latency: float) -> None:
        self.app = app
        self.latency = latency
        self.alone = asyncio.Lock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        noted = note(f"{scope['path']}?{scope['query_string'].decode()}", body)

        async def again() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await asyncio.sleep(self.latency)
        async with self.alone:
            await self.app(scope, again, send)
        noted["answered"] = time.monotonic()


def note(path: str, body: bytes) -> dict[str, Any]:
    text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    request = {"path": path, "received": time.monotonic()}
    if re.search("login-request|query-request", path):
        seen.append(request | json.loads(text))
        return seen[-1]
    return request


def number_of_an_existing_object(created: Any) -> Any:
    """Give the error that a table exists the service's number for it, 2002 in place of 2003."""

    def create(error: Any, *args: Any, **details: Any) -> None:
        if details.get("errno") == 2003 and "already exists" in details.get("msg", ""):
            details |= {"errno": 2002, "sqlstate": "42710"}
        created(error, *args, **details)

    return create


if __name__ == "__main__":
    refused = snowflake.connector.errors.ProgrammingError
    refused.__init__ = number_of_an_existing_object(refused.__init__)  # type: ignore[method-assign]
    transforms.create_clone = mended
    transforms.trim_cast_varchar = trim_of_all
    info_schema.SQL_CREATE_INFORMATION_SCHEMA_TABLES_VIEW = tables_and_views(
        info_schema.SQL_CREATE_INFORMATION_SCHEMA_TABLES_VIEW
    )
    info_schema.insert_table_comment_sql = comment_with_quotes
    connect = server.shared_fs.connect
    server.shared_fs.connect = lambda *a, **k: connect(*a, **{**k, "nop_regexes": ADMINISTRATION})
    told = Route("/seen", lambda request: JSONResponse(seen))
    app = Starlette(routes=[told, *server.routes])
    port, latency = int(sys.argv[1]), float(sys.argv[2])
    uvicorn.run(Recorder(app, latency), port=port, log_level="warning")
