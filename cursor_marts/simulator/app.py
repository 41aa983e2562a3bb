"""The simulator as a function that returns the response to a request."""

from __future__ import annotations

import base64
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cursor_marts.simulator.limiter import Bucket
from cursor_marts.simulator.world import Record, World
from cursor_marts.sources.http.wire import INVENTED_HEADER

JSON = {"Content-Type": "application/json"}
MAX_COMMITS, MAX_PULLS, MAX_BULK = 1000, 100, 100


@dataclass(frozen=True)
class Response:
    """An HTTP response: status, headers, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Refused(Exception):
    """A request whose response is an error."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.response = _answer({"error": message}, status, **headers)


def _answer(value: Any, status: int = 200, **headers: str) -> Response:
    return Response(status, {**JSON, **headers}, json.dumps(value).encode())


@dataclass
class Simulator:
    """Serves a world like the real API.

    `rate_limit` is the number of requests per minute, and at once, for all endpoints together; None
    means no limit. `shuffle` changes the order of lists on every request, as the real API does.
    Without `bulk` the endpoints under /analytics/github do not exist. No page has more rows than
    `page_cap`. If the world is `invented`, every response has a header that says so; tests turn
    this off for worlds that represent a real source.
    """

    world: World
    api_key: str = "cursor-sim-dev-key"
    rate_limit: int | None = 100
    shuffle: bool = True
    seed: int = 0
    bulk: bool = True
    page_cap: int = MAX_COMMITS
    invented: bool = False
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], date] = lambda: datetime.now(UTC).date()
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._bucket = Bucket(self.rate_limit, self.clock) if self.rate_limit else None
        token = base64.b64encode(f"{self.api_key}:".encode()).decode()
        self._authorization = f"Basic {token}"
        self._commits = sorted(
            ((day_of(c.get("commitTs")), c) for c in self.world.commits),
            key=lambda pair: pair[1].get("commitTs") or "",
        )
        self._opened = [(day_of(pull.get("created_at")), pull) for pull in self.world.pulls]
        self._pulls: dict[str, list[Record]] = defaultdict(list)
        for pull in self.world.pulls:
            self._pulls[pull.get("repo_name", "")].append(pull)
        self._reviews: dict[Any, list[Record]] = defaultdict(list)
        for review in self.world.reviews:
            self._reviews[review.get("pr_id")].append(review)
        self._ids = {
            (p.get("repo_name"), str(p.get("number"))): p.get("id") for p in self.world.pulls
        }

    def respond(self, method: str, target: str, headers: Mapping[str, str]) -> Response:
        """Return the response to a request. `target` is the escaped path with its query."""
        response = self._respond(method, target, headers)
        if self.invented:
            response.headers[INVENTED_HEADER] = "true"
        return response

    def _respond(self, method: str, target: str, headers: Mapping[str, str]) -> Response:
        parts = urlsplit(target)
        path = [unquote(segment) for segment in parts.path.strip("/").split("/")]
        query = dict(parse_qsl(parts.query))
        try:
            if method != "GET":
                raise _Refused(405, "Method not allowed")
            if path == ["health"]:
                return _answer({"status": "ok"})
            self._admit(headers)
            return _answer(self._route(path, query))
        except _Refused as refused:
            return refused.response

    def _admit(self, headers: Mapping[str, str]) -> None:
        with self._lock:
            wait = self._bucket.take() if self._bucket else 0
        if wait:
            raise _Refused(429, "Rate limit exceeded", **{"Retry-After": str(wait)})
        if headers.get("Authorization") != self._authorization:
            raise _Refused(401, "Unauthorized", **{"WWW-Authenticate": "Basic"})

    def _route(self, path: list[str], query: dict[str, str]) -> Any:
        match path:
            case ["analytics", "ai-code", "commits"]:
                return self._list_commits(query)
            case ["repos"]:
                return self._list_repos()
            case ["repos", *names, "pulls"]:
                return self._list_pulls("/".join(names), query)
            case ["repos", *names, "pulls", number, "reviews"]:
                return self._reviews[self._ids.get(("/".join(names), number), object())]
            case ["analytics", "github", "prs"] if self.bulk:
                return self._bulk_pulls(query)
            case ["analytics", "github", "reviews"] if self.bulk:
                return self._bulk_reviews(query)
        raise _Refused(404, "Not found")

    def _list_commits(self, query: dict[str, str]) -> Any:
        page, size = _page(query, "pageSize", 100)
        if size > MAX_COMMITS:
            raise _Refused(400, f"invalid pageSize: must be <= {MAX_COMMITS}")
        size = min(size, self.page_cap)
        first = self._day(query.get("startDate", "30d"), "startDate")
        last = self._day(query.get("endDate", "now"), "endDate")
        found = [c for day, c in self._commits if day is None or first <= day <= last]
        items = found[(page - 1) * size : page * size]
        return {"items": items, "totalCount": len(found), "page": page, "pageSize": size}

    def _list_repos(self) -> list[Record]:
        total = Counter(p.get("repo_name") for p in self.world.pulls)
        open_ = Counter(p.get("repo_name") for p in self.world.pulls if p.get("state") == "open")
        return self._in_its_order(
            [
                repo
                | {
                    "open_pull_requests_count": open_[repo.get("full_name")],
                    "total_pull_requests_count": total[repo.get("full_name")],
                }
                for repo in self.world.repos
            ]
        )

    def _list_pulls(self, repo: str, query: dict[str, str]) -> list[Record]:
        page, size = _page(query, "per_page", 30)
        size = min(size, MAX_PULLS, self.page_cap)
        state = query.get("state", "open")
        found = [p for p in self._pulls[repo] if state in ("all", p.get("state"))]
        return self._in_its_order(found)[(page - 1) * size : page * size]

    def _bulk_pulls(self, query: dict[str, str]) -> Any:
        first = date.fromisoformat(query.get("start_date", str(date.min)))
        last = date.fromisoformat(query.get("end_date", str(date.max)))
        found = [
            pull
            for day, pull in self._opened
            if query.get("status") in (None, "", pull.get("state"))
            and query.get("author") in (None, "", pull.get("author_email"), pull.get("author_id"))
            and (day is None or first <= day <= last)
        ]
        return self._bulk(self._in_its_order(found), query)

    def _bulk_reviews(self, query: dict[str, str]) -> Any:
        reviewer, pull = query.get("reviewer"), query.get("pr_id")
        found = [
            review
            for review in self.world.reviews
            if reviewer in (None, review.get("reviewer"))
            and pull in (None, str(review.get("pr_id")))
        ]
        return self._bulk(found if reviewer else self._in_its_order(found), query)

    def _bulk(self, found: list[Record], query: dict[str, str]) -> Any:
        page, size = _page(query, "page_size", 30)
        size = min(size, MAX_BULK, self.page_cap)
        said = {"page": page, "page_size": size, "total": len(found)}
        return {"data": found[(page - 1) * size : page * size], "pagination": said, "params": {}}

    def _in_its_order(self, records: list[Record]) -> list[Record]:
        if not self.shuffle:
            return records
        with self._lock:
            return self._random.sample(records, len(records))

    def _day(self, text: str, name: str) -> date:
        if text in ("now", "today"):
            return self.today()
        if days := re.fullmatch(r"(\d+)d", text):
            return self.today() - timedelta(days=int(days[1]))
        if day := day_of(text if "T" in text else f"{text}T00:00:00Z"):
            return day
        raise _Refused(
            400,
            f"invalid {name}: must be YYYY-MM-DD, ISO 8601, or relative format "
            "(7d, 30d, now, today)",
        )


def day_of(text: Any) -> date | None:
    """Return the UTC day of an RFC 3339 time, None if it is invalid."""
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone(UTC).date()
    except (TypeError, ValueError, OverflowError):
        return None


def _page(query: dict[str, str], size: str, default: int) -> tuple[int, int]:
    try:
        return max(1, int(query.get("page", 1))), max(1, int(query.get(size, default)))
    except ValueError:
        raise _Refused(400, f"invalid page or {size}: must be a number") from None
