"""The real Cursor API, as its documentation and its users describe it, as an httpx transport."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import httpx

Record = dict[str, Any]
PATH = "/analytics/ai-code/commits"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class CursorService(httpx.BaseTransport):
    """Serves the commits of one team in arbitrary order, filtered by the field `filters_by`.

    It answers `by_minute` requests in each minute of the clock `now`, and refuses the others
    without a Retry-After header. The order of a list changes only when the data changes.
    """

    commits: list[Record]
    key: str = "key_team"
    plan_has_tracking: bool = True
    filters_by: str = "commitTs"
    by_minute: int | None = None
    now: Callable[[], float] = lambda: 0.0
    requests: list[httpx.Request] = field(default_factory=list)
    full_answers: int = 0
    _minute: float = -1.0
    _used: int = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        expected = "Basic " + base64.b64encode(f"{self.key}:".encode()).decode()
        if request.headers.get("Authorization") != expected or not self.plan_has_tracking:
            return self._error(401, "Unauthorized", "Invalid API key")
        if request.url.path != PATH:
            return self._error(404, "Not Found", "No such endpoint")
        return self._list(request, dict(request.url.params))

    def _list(self, request: httpx.Request, query: dict[str, str]) -> httpx.Response:
        start, end = _time(query["startDate"]), _time(query["endDate"])
        size, page = int(query["pageSize"]), int(query["page"])
        if end - start > timedelta(days=30) or size > 1000:
            return self._error(400, "Bad Request", "the window or the page is too large")
        rows = [row for row in self.commits if start <= self._moment(row) <= end]
        Random(f"{query['startDate']}{len(rows)}").shuffle(rows)
        answer = {
            "items": rows[(page - 1) * size : page * size],
            "totalCount": len(rows),
            "page": page,
            "pageSize": size,
        }
        body = json.dumps(answer).encode()
        tag = f'"{sha256(body).hexdigest()}"'
        if request.headers.get("If-None-Match") == tag:
            return httpx.Response(304, headers={"ETag": tag})
        return self._limited() or self._answer(body, tag)

    def _moment(self, row: Record) -> datetime:
        return _time(row[self.filters_by] or row["createdAt"])

    def _answer(self, body: bytes, tag: str) -> httpx.Response:
        self.full_answers += 1
        headers = {"ETag": tag, "Cache-Control": "public, max-age=900"}
        return httpx.Response(200, headers=headers, content=body)

    def _limited(self) -> httpx.Response | None:
        if self.by_minute is None:
            return None
        if self.now() - self._minute >= 60 or self._minute < 0:
            self._minute, self._used = self.now(), 0
        self._used += 1
        if self._used > self.by_minute:
            return self._error(429, "Too Many Requests", "Rate limit exceeded")
        return None

    @staticmethod
    def _error(status: int, error: str, message: str) -> httpx.Response:
        return httpx.Response(status, json={"error": error, "message": message})
