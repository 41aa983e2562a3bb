"""Repositories and pull requests that cannot be read: which, why, and what to do about it."""

from __future__ import annotations

from cursor_marts.raw.manifest import Unreadable
from cursor_marts.sources.github.answers import Problem


def unreadable(
    repo: str,
    problem: Problem | None,
    *,
    resource: str = "pull_requests",
    number: int | None = None,
) -> Unreadable:
    """Describe what could not be read; without a problem GitHub has answered null for it."""
    if problem is None:
        problem = Problem("NOT_FOUND", "GitHub answers null for it")
    status = problem.type or "ERROR"
    return Unreadable(resource, repo, number, status, problem.message, _hint(repo, problem))


def _hint(repo: str, problem: Problem) -> str:
    leave_out = f"leave it out with --exclude-repo {repo}, or --skip-unreadable"
    if problem.is_saml:
        return f"authorise the token for single sign-on of {repo.partition('/')[0]}"
    if problem.type == "FORBIDDEN":
        return f"grant the token read access to its contents and pull requests; or {leave_out}"
    if problem.type == "NOT_FOUND":
        return f"it is gone, or the token may not see it: check its rights; or {leave_out}"
    return f"run again; or {leave_out}"
