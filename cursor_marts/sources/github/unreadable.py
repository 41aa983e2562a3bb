"""Repositories and pull requests that cannot be read: which, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.sources.github.answers import Problem


@dataclass(frozen=True)
class Unreadable:
    """One repository (`acme/web`) or pull request (`acme/web#12`) that a run could not read."""

    name: str
    status: str  #: GitHub's type of the error, such as FORBIDDEN
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.name}: {self.status}: {self.message} → {self.hint}"


def unreadable(name: str, problem: Problem | None) -> Unreadable:
    """Describe what could not be read; without a problem GitHub has answered null for it."""
    if problem is None:
        problem = Problem("NOT_FOUND", "GitHub answers null for it")
    return Unreadable(name, problem.type or "ERROR", problem.message, _hint(name, problem))


def _hint(name: str, problem: Problem) -> str:
    leave_out = f"leave it out with --exclude-repo {name.partition('#')[0]}, or --skip-unreadable"
    if problem.is_saml:
        return f"authorise the token for single sign-on of {name.partition('/')[0]}"
    if problem.type == "FORBIDDEN":
        return f"grant the token read access to its contents and pull requests; or {leave_out}"
    if problem.type == "NOT_FOUND":
        return f"it is gone, or the token may not see it: check its rights; or {leave_out}"
    return f"run again; or {leave_out}"
