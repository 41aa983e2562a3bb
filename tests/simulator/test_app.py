"""The embedded source behaves like the real one."""

import base64
import json
from datetime import date
from typing import Any

import httpx
import pytest

from cursor_marts.simulator import Response, Simulator, World, generate, serve

TODAY = date(2026, 11, 20)
WORLD = generate(1, end=TODAY, days=60, developers=8)
REPO = WORLD.repos[0]["full_name"]
KEY = {"Authorization": "Basic " + base64.b64encode(b"cursor-sim-dev-key:").decode()}


def simulator(world: World = WORLD, **settings: Any) -> Simulator:
    return Simulator(world, **{"rate_limit": None, "today": lambda: TODAY} | settings)


def ask(target: str, source: Simulator | None = None, **headers: str) -> Response:
    return (source or simulator()).respond("GET", target, KEY | headers)


def said(target: str, source: Simulator | None = None) -> Any:
    answer = ask(target, source)
    assert answer.status == 200, answer
    assert answer.headers["Content-Type"] == "application/json"
    return json.loads(answer.body)


def test_health_needs_no_key() -> None:
    """Every client gets an answer."""
    answer = simulator().respond("GET", "/health", {})
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic bm9wZTo="}])
def test_other_endpoints_need_the_key(headers: dict[str, str]) -> None:
    """Without it: 401, a JSON error, and the scheme to use."""
    answer = simulator().respond("GET", "/repos", headers)
    assert (answer.status, json.loads(answer.body)) == (401, {"error": "Unauthorized"})
    assert answer.headers["WWW-Authenticate"] == "Basic"


def test_one_bucket_limits_all_endpoints() -> None:
    """100 requests at once, then 429 with whole seconds to wait; 100 more each minute."""
    now = [0.0]
    source = simulator(rate_limit=100, clock=lambda: now[0])
    targets = ["/repos", "/analytics/ai-code/commits", f"/repos/{REPO}/pulls"]
    assert all(ask(targets[n % 3], source).status == 200 for n in range(100))
    answer = ask("/repos", source)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
    assert json.loads(answer.body) == {"error": "Rate limit exceeded"}
    now[0] = 0.6
    assert ask("/repos", source).status == 200
    assert ask("/repos", source).status == 429
    now[0] = 61.0
    assert [ask("/repos", source).status for _ in range(101)].count(200) == 100


def test_commits_are_sorted_and_in_an_envelope() -> None:
    """items, totalCount, page, pageSize; sorted by commitTs; pages start at 1."""
    first = said("/analytics/ai-code/commits?startDate=90d&page=1&pageSize=50")
    assert set(first) == {"items", "totalCount", "page", "pageSize"}
    assert (first["page"], first["pageSize"], len(first["items"])) == (1, 50, 50)
    assert first["totalCount"] == len(WORLD.commits)
    everything = said("/analytics/ai-code/commits?startDate=90d&pageSize=1000")["items"]
    times = [commit["commitTs"][:19] for commit in everything]
    assert times == sorted(times)
    second = said("/analytics/ai-code/commits?startDate=90d&page=2&pageSize=50")["items"]
    assert second == everything[50:100]


def test_a_page_of_commits_past_the_end_is_empty() -> None:
    """It has the same total."""
    page = said("/analytics/ai-code/commits?startDate=90d&page=99&pageSize=1000")
    assert page == {
        "items": [],
        "totalCount": len(WORLD.commits),
        "page": 99,
        "pageSize": 1000,
    }


def test_a_page_of_commits_has_at_most_1000() -> None:
    """The parameter page_size is ignored: the page has 100; 1001 is an error."""
    assert said("/analytics/ai-code/commits?startDate=90d&page_size=7")["pageSize"] == 100
    answer = ask("/analytics/ai-code/commits?pageSize=1001")
    assert answer.status == 400
    assert json.loads(answer.body) == {"error": "invalid pageSize: must be <= 1000"}


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", (date(2026, 10, 21), TODAY)),
        ("startDate=7d", (date(2026, 11, 13), TODAY)),
        ("startDate=2026-11-01&endDate=2026-11-03", (date(2026, 11, 1), date(2026, 11, 3))),
        ("startDate=2026-11-01T12:00:00Z&endDate=now", (date(2026, 11, 1), TODAY)),
        ("startDate=today&endDate=today", (TODAY, TODAY)),
    ],
)
def test_a_window_of_commits_has_whole_days(query: str, days: tuple[date, date]) -> None:
    """Dates in every spelling; by default thirty days; the last day is included."""
    items = said(f"/analytics/ai-code/commits?pageSize=1000&{query}")["items"]
    expected = [
        c for c in WORLD.commits if days[0] <= date.fromisoformat(c["commitTs"][:10]) <= days[1]
    ]
    assert len(items) == len(expected)


def test_an_invalid_date_is_refused() -> None:
    """400, with the valid formats."""
    answer = ask("/analytics/ai-code/commits?startDate=yesterday")
    assert answer.status == 400
    assert json.loads(answer.body)["error"].startswith("invalid startDate: must be YYYY-MM-DD")


def test_repositories_are_one_list_with_their_counts() -> None:
    """A JSON array in random order, with the numbers of all and of open pull requests."""
    source = simulator()
    answers = [said("/repos", source) for _ in range(20)]
    assert {len(answer) for answer in answers} == {len(WORLD.repos)}
    assert len({json.dumps(answer) for answer in answers}) > 1
    for repo in answers[0]:
        pulls = [p for p in WORLD.pulls if p["repo_name"] == repo["full_name"]]
        assert repo == {
            "full_name": repo["full_name"],
            "default_branch": "main",
            "open_pull_requests_count": sum(p["state"] == "open" for p in pulls),
            "total_pull_requests_count": len(pulls),
        }


def test_pull_requests_have_another_order_in_each_answer() -> None:
    """Consecutive pages overlap and omit rows, although every count is right."""
    source = simulator()
    total = sum(p["repo_name"] == REPO for p in WORLD.pulls)
    size = -(-total // 3)
    passed = [
        pull["number"]
        for page in (1, 2, 3)
        for pull in said(f"/repos/{REPO}/pulls?state=all&per_page={size}&page={page}", source)
    ]
    assert len(passed) == total
    assert len(set(passed)) < total


def test_pull_requests_are_sorted_without_shuffling() -> None:
    """Tests of other behaviour can turn shuffling off."""
    numbers = [
        p["number"] for p in said(f"/repos/{REPO}/pulls?state=all", simulator(shuffle=False))
    ]
    assert numbers == sorted(numbers)


def test_a_page_of_pull_requests_has_30_and_at_most_100() -> None:
    """A larger size becomes 100 without an error."""
    world = World(
        repos=WORLD.repos, pulls=[{"id": n, "number": n, "repo_name": REPO} for n in range(150)]
    )
    source = simulator(world)
    assert len(said(f"/repos/{REPO}/pulls?state=all", source)) == 30
    assert len(said(f"/repos/{REPO}/pulls?state=all&per_page=500", source)) == 100
    assert said(f"/repos/{REPO}/pulls?state=all&per_page=100&page=99", source) == []


@pytest.mark.parametrize("state", ["open", "closed", "merged"])
def test_pull_requests_are_filtered_by_state(state: str) -> None:
    """open, closed or merged; by default open."""
    found = said(f"/repos/{REPO}/pulls?state={state}&per_page=100")
    assert found
    assert {pull["state"] for pull in found} == {state}
    if state == "open":
        assert len(said(f"/repos/{REPO}/pulls")) == min(30, len(found))


def test_an_unknown_repository_has_no_pull_requests() -> None:
    """An empty array, not an error."""
    assert said("/repos/no/such/pulls?state=all") == []


def test_reviews_of_a_pull_request_are_one_list() -> None:
    """A JSON array; an empty one for an unknown number."""
    review = WORLD.reviews[0]
    pull = next(p for p in WORLD.pulls if p["id"] == review["pr_id"])
    found = said(f"/repos/{pull['repo_name']}/pulls/{pull['number']}/reviews")
    assert found == [r for r in WORLD.reviews if r["pr_id"] == pull["id"]]
    assert said(f"/repos/{pull['repo_name']}/pulls/999999/reviews") == []


def test_a_name_may_be_escaped() -> None:
    """A slash in a segment, a blank and a question mark belong to the name."""
    name = "we ird/naïve/x?#%"
    world = World(pulls=[{"id": 1, "number": 7, "repo_name": name}], reviews=[{"pr_id": 1}])
    path = "/repos/we%20ird/na%C3%AFve%2Fx%3F%23%25/pulls"
    assert said(f"{path}?state=all", simulator(world)) == world.pulls
    assert said(f"{path}/7/reviews", simulator(world)) == world.reviews


def test_bulk_pull_requests_are_filtered_by_days() -> None:
    """Pages of at most 100, with the total of the window, in random order."""
    days = "start_date=2026-11-01&end_date=2026-11-10"
    answer = said(f"/analytics/github/prs?page=1&page_size=500&{days}")
    expected = [p for p in WORLD.pulls if "2026-11-01" <= p["created_at"][:10] <= "2026-11-10"]
    assert answer["pagination"] == {"page": 1, "page_size": 100, "total": len(expected)}
    assert answer["params"] == {}
    assert sorted(p["id"] for p in answer["data"]) == sorted(p["id"] for p in expected)[:100]


def test_bulk_reviews_of_a_reviewer_are_sorted() -> None:
    """Without the filter the order changes."""
    source = simulator()
    reviewer = WORLD.reviews[0]["reviewer"]
    stable = {
        json.dumps(said(f"/analytics/github/reviews?page_size=100&reviewer={reviewer}", source))
        for _ in range(5)
    }
    assert len(stable) == 1
    anyone = {json.dumps(said("/analytics/github/reviews", source)) for _ in range(5)}
    assert len(anyone) == 5


def test_a_source_without_bulk_reads_answers_404() -> None:
    """As a source does that does not offer them."""
    answer = ask("/analytics/github/prs", simulator(bulk=False))
    assert answer.status == 404


def test_records_have_the_fields_of_the_real_api() -> None:
    """Except for fields that may be omitted."""
    commit = WORLD.commits[0]
    assert {"commitHash", "userEmail", "repoName", "tabLinesAdded", "commitTs"} <= set(commit)
    assert not any("_" in name for name in commit)
    unset = {"merged_at", "closed_at", "first_commit_at", "first_review_at", "last_commit_at"}
    unset |= {"commit_ids", "ai_ratio"}
    always = set.intersection(*(set(pull) for pull in WORLD.pulls))
    assert not always & unset
    assert {"number", "created_at", "updated_at", "reviewers", "labels", "commit_count"} <= always
    assert all("comments" not in r or r["comments"] for r in WORLD.reviews)


def test_the_server_answers_alike_and_keeps_connections_open() -> None:
    """A real port, one connection for many requests, and a clean shutdown."""
    with serve(simulator()) as url, httpx.Client(base_url=url, headers=KEY) as client:
        for _ in range(3):
            answer = client.get("/repos")
            assert answer.http_version == "HTTP/1.1"
            assert len(answer.json()) == len(WORLD.repos)
            assert answer.headers.get("Connection") != "close"
        assert client.post("/repos").status_code == 405
        assert client.get("/nowhere").status_code == 404
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health")
