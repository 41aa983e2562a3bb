"""The Snowflake emulator as a server of its own: `python snowflake_emulator.py PORT SECONDS`.

It runs in an environment of its own, whose libraries clash with ours. What the service does
and the emulator does not is mended, so that what we send can be sent: CREATE OR REPLACE … CLONE
replaces, ASOF JOIN joins, views are listed, TRIM knows which characters to trim, a comment may
hold a quote, and what only an administrator sends (warehouse, role, grants, integration) is nodded
at. A request of several statements is executed, a clone keeps the comment of its source, a COPY
that names a missing file fails, and files go to a stage as to S3, without a request each.
Everything that was sent is told at /seen, and when it was received and answered. Statements that
arrive together wait together, the given seconds, and are executed one after the other.
"""

from __future__ import annotations

import asyncio
import gzip
import importlib
import itertools
import json
import os
import re
import sys
import time
from string import Template
from typing import Any

import duckdb
import snowflake.connector.errors
import sqlglot
import uvicorn
from fakesnow import cursor, info_schema, transforms
from fakesnow.transforms import stage
from sqlglot import exp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

#: `fakesnow.server` by itself is a function of the package.
server: Any = importlib.import_module("fakesnow.server")
copying: Any = importlib.import_module("fakesnow.copy_into")
seen: list[dict[str, Any]] = []
create_clone = transforms.create_clone
trim_cast_varchar = transforms.trim_cast_varchar
insert_table_comment_sql = info_schema.insert_table_comment_sql
#: Stands for the comment of another table.
COPIED = "the comment of the source"
parse_one = cursor.parse_one
transform = cursor.FakeSnowflakeCursor._transform
kept: dict[str, tuple[str, Any]] = {}
#: The id of a run, in upper case.
RUN = re.compile(r'"BUILD_([0-9A-F]{12})"')
#: A statement is kept from this number of characters on, and if it begins so.
LARGE = 1000
KEPT = ("SELECT", "CREATE OR REPLACE TABLE")
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
        made.args["table_comment"] = (made.find(exp.Table), expression.find(exp.Clone).this)
    return made


def trim_of_all(expression: Any) -> Any:
    made = trim_cast_varchar(expression)
    if made is not expression:
        made.set("expression", expression.args.get("expression"))
    return made


def comment_with_quotes(catalog: str, schema: str, table: str, comment: Any) -> str:
    """Return the statement that notes a comment; that of another table, if it is one."""
    if isinstance(comment, exp.Table):
        source = (comment.catalog or catalog, comment.db or schema, comment.name)
        names = ", ".join(f"'{name}'" for name in source)
        keys = "ext_table_catalog, ext_table_schema, ext_table_name"
        known = "_fs_global._fs_information_schema._fs_tables_ext"
        copied = f"(SELECT max(comment) FROM {known} WHERE ({keys}) = ({names}))"
        return insert_table_comment_sql(catalog, schema, table, COPIED).replace(
            f"'{COPIED}'", copied
        )
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


class Batches:
    """Executes the statements of a request that has several of them; stops at the first error."""

    def __init__(self, execute: Any) -> None:
        self.execute = execute
        self.answers: dict[str, Any] = {}
        self.numbers = itertools.count(1)

    async def answered(self, request: Request) -> JSONResponse:
        body = await request.body()
        text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        sent = json.loads(text)
        if (sent.get("parameters") or {}).get("MULTI_STATEMENT_COUNT", 1) == 1:
            return await self.execute(request)
        ids = []
        statements: list[Any] = sqlglot.parse(sent["sqlText"], read="snowflake")
        for statement in statements:
            one = sent | {"sqlText": statement.sql(dialect="snowflake")}
            answer = json.loads((await self.execute(alone(request, one))).body)
            if not answer["success"]:
                return part_refused(one["sqlText"], answer)
            ids.append(f"child-{next(self.numbers)}")
            self.answers[ids[-1]] = answer
        data = {"resultIds": ",".join(ids), "queryId": "parent", "rowtype": [], "rowset": []}
        return JSONResponse({"success": True, "data": data | {"queryResultFormat": "json"}})

    def result(self, request: Request) -> JSONResponse:
        return JSONResponse(self.answers[request.path_params["sfqid"]])


def alone(request: Request, body: dict[str, Any]) -> Request:
    """Return the same request with another body."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    headers = [each for each in request.scope["headers"] if each[0] != b"content-encoding"]
    return Request(request.scope | {"headers": headers}, receive)


def part_refused(statement: str, answer: dict[str, Any]) -> JSONResponse:
    """Return the error of a request of several statements, whose number tells nothing."""
    failed = f'Execution of multiple statements failed on statement "{statement[:20]} ..."'
    said = f"JavaScript execution error: Uncaught {failed}.\n{answer['message']}"
    data = {"errorCode": "100132", "sqlState": "P0000"}
    return JSONResponse({"success": False, "code": "100132", "message": said, "data": data})


def with_missing_files(copy: Any) -> Any:
    """Fail as the service does where a COPY names a file that is not there."""

    def copy_into(*args: Any, **named: Any) -> str:
        try:
            return copy(*args, **named)
        except duckdb.IOException as error:
            raise snowflake.connector.errors.ProgrammingError(
                msg=f"Remote file was not found: {error}", errno=91016, sqlstate="22000"
            ) from None

    return copy_into


def named_in_stage(urls_of: Any) -> Any:
    """Let a COPY name files of a stage that is a folder, too."""

    def urls(source: str, files: list[str]) -> list[str]:
        if "://" not in source:
            return [f"{source.rstrip('/')}/{file}" for file in files]
        found: list[str] = urls_of(source, files)
        return found

    return urls


def parsed(command: str) -> Any:
    """Parse a statement, and note its text for `transformed`."""
    tree = parse_one(command)
    tree.meta["text"] = command
    return tree


def transformed(at: Any, tree: Any, params: Any) -> Any:
    """Return what the emulator's cursor makes of a statement, which takes most of its time.

    Builds differ by their run alone: what comes of a large statement is kept with the id of one
    run, and copied with that of another.
    """
    text = tree.meta.get("text", "")
    if params or len(text) < LARGE or not text.startswith(KEPT):
        return transform(at, tree, params)
    run = "".join(RUN.findall(text)[:1])
    key = text.replace(run, "run") if run else text
    if key not in kept:
        kept[key] = run, transform(at, tree, params)
    of_run, made = kept[key]
    return renamed(made.copy(), of_run, run)


def renamed(tree: Any, before: str, after: str) -> Any:
    """Return a statement of one run as that of another, whose id is as long."""
    if before != after:
        for name in tree.find_all(exp.Identifier, exp.Literal):
            name.set("this", name.this.replace(before, after))
        if commented := tree.args.get("table_comment"):
            table, comment = commented
            tree.args["table_comment"] = renamed(table.copy(), before, after), comment
    return tree


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
    cursor.parse_one = parsed
    cursor.FakeSnowflakeCursor._transform = transformed
    transforms.create_clone = mended
    transforms.trim_cast_varchar = trim_of_all
    info_schema.SQL_CREATE_INFORMATION_SCHEMA_TABLES_VIEW = tables_and_views(
        info_schema.SQL_CREATE_INFORMATION_SCHEMA_TABLES_VIEW
    )
    info_schema.insert_table_comment_sql = comment_with_quotes
    connect = server.shared_fs.connect
    server.shared_fs.connect = lambda *a, **k: connect(*a, **{**k, "nop_regexes": ADMINISTRATION})
    os.chmod(stage.LOCAL_BUCKET_PATH, 0o777)  # a client that uploads may be another user
    server.gcs_stage_info = lambda request, expression, data: data["stageInfo"]
    cursor.copy_into = with_missing_files(cursor.copy_into)
    copying._source_urls = named_in_stage(copying._source_urls)
    batches = Batches(server.query_request)
    own = [
        Route("/seen", lambda request: JSONResponse(seen)),
        Route("/queries/v1/query-request", batches.answered, methods=["POST"]),
        Route("/queries/{sfqid}/result", batches.result),
    ]
    app = Starlette(routes=[*own, *server.routes])
    port, latency = int(sys.argv[1]), float(sys.argv[2])
    uvicorn.run(Recorder(app, latency), port=port, log_level="warning")
