"""The invented company: reproducible, and similar to a real one."""

from collections import defaultdict
from datetime import date
from statistics import mean
from typing import Any

from cursor_marts.simulator import World, generate

END = date(2026, 11, 20)
WORLD = generate(end=END)
#: Large enough for shares to settle.
LARGE = generate(end=END, days=180, developers=60)


def share(rows: list[Any], condition: Any) -> float:
    return mean(bool(condition(row)) for row in rows)


def with_ratio(world: World) -> list[dict[str, Any]]:
    return [pull for pull in world.pulls if "ai_ratio" in pull]


def reverted(world: World) -> set[int]:
    """Return the ids of what a later merge names by its body, or the source calls reverted."""
    ids = {(p["repo_name"], p["number"]): p["id"] for p in world.pulls}
    lines = [p["body"] for p in world.pulls if p["body"].startswith("Reverts ")]
    named = [line.removeprefix("Reverts ").split("#") for line in lines]
    said = {p["id"] for p in world.pulls if p.get("was_reverted")}
    return said | {ids[repo, int(number)] for repo, number in named}


def test_a_seed_determines_the_world() -> None:
    """Nothing depends on the clock, if the end is given."""
    assert generate(end=END) == WORLD
    assert generate(8, end=END) != WORLD


def test_a_default_world_is_large_enough_for_a_demo() -> None:
    """Several hundred pull requests in five repositories, each with commits and reviews."""
    assert 450 < len(WORLD.pulls) < 750
    assert len(WORLD.repos) == 5
    assert 2 < len(WORLD.commits) / len(WORLD.pulls) < 5
    assert 1.2 < len(WORLD.reviews) / len(WORLD.pulls) < 3


def test_nothing_happens_outside_the_requested_days() -> None:
    """The first pull request is opened on the first day; no time is after the last day."""
    assert min(p["created_at"] for p in WORLD.pulls) >= "2026-08-23"
    moments = [p[k] for p in WORLD.pulls for k in ("created_at", "merged_at") if k in p]
    assert max(moments + [r["submitted_at"] for r in WORLD.reviews]) < "2026-11-21"


def test_weekends_are_quieter() -> None:
    """Less than a tenth of the work falls on two of seven days."""
    assert (
        share(LARGE.pulls, lambda p: date.fromisoformat(p["created_at"][:10]).weekday() > 4) < 0.1
    )


def test_repositories_differ() -> None:
    """In size and in AI use, by a factor."""
    by_repo = defaultdict(list)
    for pull in LARGE.pulls:
        by_repo[pull["repo_name"]].append(pull)
    sizes = [mean(p["additions"] for p in pulls) for pulls in by_repo.values()]
    ratios = [mean(p["ai_ratio"] for p in pulls if "ai_ratio" in p) for pulls in by_repo.values()]
    assert max(sizes) > 2 * min(sizes)
    assert max(ratios) > 2 * min(ratios)


def test_ai_use_grows_over_the_weeks() -> None:
    """It is higher in the last month than in the first."""
    known = with_ratio(LARGE)
    first = [p["ai_ratio"] for p in known if p["created_at"] < "2026-06-25"]
    last = [p["ai_ratio"] for p in known if p["created_at"] > "2026-10-20"]
    assert mean(last) > mean(first) + 0.1


def test_ai_use_correlates_with_size_and_reverts() -> None:
    """Pull requests mostly by AI are larger, and are reverted more often."""
    merged = [p for p in with_ratio(LARGE) if p["state"] == "merged"]
    high = [p for p in merged if p["ai_ratio"] > 0.6]
    low = [p for p in merged if p["ai_ratio"] < 0.3]
    assert mean(p["additions"] for p in high) > 1.3 * mean(p["additions"] for p in low)
    undone = reverted(LARGE)
    assert share(high, lambda p: p["id"] in undone) > 1.4 * share(low, lambda p: p["id"] in undone)


def test_size_correlates_with_review_effort() -> None:
    """Large pull requests get more reviews than small ones."""
    reviews: dict[int, int] = defaultdict(int)
    for review in LARGE.reviews:
        reviews[review["pr_id"]] += 1
    ordered = sorted(LARGE.pulls, key=lambda p: p["additions"])
    quarter = len(ordered) // 4
    small, large = ordered[:quarter], ordered[-quarter:]
    assert mean(reviews[p["id"]] for p in large) > 1.2 * mean(reviews[p["id"]] for p in small)


def test_the_world_has_the_odd_cases_of_real_sources() -> None:
    """Amended commits, commits without repository, pending, own and late reviews, missing times."""
    hashes = [c["commitHash"] for c in WORLD.commits]
    assert len(set(hashes)) < len(hashes)
    assert any(c["repoName"] is None for c in WORLD.commits)
    assert any(r["state"] == "pending" for r in WORLD.reviews)
    pulls = {p["id"]: p for p in WORLD.pulls}
    assert any(r["reviewer"] == pulls[r["pr_id"]]["author_email"] for r in WORLD.reviews)
    assert any(r["submitted_at"] > pulls[r["pr_id"]].get("merged_at", "9") for r in WORLD.reviews)
    for name in ("first_commit_at", "first_review_at", "ai_ratio", "commit_ids", "merged_at"):
        assert 0 < share(WORLD.pulls, lambda p, name=name: name in p) < 1
    assert {p["state"] for p in WORLD.pulls} == {"open", "closed", "merged"}


def test_ids_are_unique_and_numbers_are_unique_in_their_repository() -> None:
    """Number 1 exists in every repository."""
    assert len({p["id"] for p in WORLD.pulls}) == len(WORLD.pulls)
    assert len({(p["repo_name"], p["number"]) for p in WORLD.pulls}) == len(WORLD.pulls)
    assert sum(p["number"] == 1 for p in WORLD.pulls) == 5
    comments = [c["id"] for r in WORLD.reviews for c in r.get("comments", [])]
    assert len(set(comments)) == len(comments)


def test_the_lines_of_a_commit_add_up() -> None:
    """The total is the sum of the three origins."""
    for c in WORLD.commits:
        parts = ("tabLinesAdded", "composerLinesAdded", "nonAiLinesAdded")
        assert sum(c[p] for p in parts) == c["totalLinesAdded"]
