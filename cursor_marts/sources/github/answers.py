"""What an answer of GitHub's GraphQL means: data, errors at paths, or a reason to ask again.

GitHub reports most errors with status 200, beside data that may be partial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

RATE_LIMITED = frozenset({"RATE_LIMITED", "RATE_LIMIT"})
RATE_LIMIT_WORDS = re.compile(r"rate limit|abuse detection", re.IGNORECASE)
TOO_LARGE = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"})
#: Errors that another request would meet as well; they concern what their path names.
LASTING = frozenset({"FORBIDDEN", "NOT_FOUND"})
#: Fields that may be null although nothing is missing: the record that holds them is whole.
OPTIONAL = frozenset({"author", "defaultBranchRef", "headRepository", "mergeCommit", "user"})

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One entry of an answer's `errors`."""

    type: str
    message: str
    path: Path = ()
    is_saml: bool = False  #: whether the token lacks authorisation for single sign-on

    @classmethod
    def of(cls, error: Any) -> Problem:
        """Read an entry; what has another form than documented counts as unknown."""
        error = error if isinstance(error, Mapping) else {"message": error}
        extensions = error.get("extensions")
        extensions = extensions if isinstance(extensions, Mapping) else {}
        path = error.get("path")
        return cls(
            type=str(error.get("type") or extensions.get("code") or ""),
            message=" ".join(str(error.get("message") or "").split()),
            path=tuple(path) if isinstance(path, list) else (),
            is_saml=extensions.get("saml_failure") is True,
        )

    @property
    def is_rate_limit(self) -> bool:
        """Whether it says that a limit is reached, in any spelling in use."""
        return self.type in RATE_LIMITED or bool(RATE_LIMIT_WORDS.search(self.message))

    @property
    def is_lasting(self) -> bool:
        """Whether the same request would fail again."""
        return self.type in LASTING

    @property
    def is_harmless(self) -> bool:
        """Whether it empties an optional field only."""
        return self.is_lasting and bool(self.path) and self.path[-1] in OPTIONAL


@dataclass(frozen=True)
class Answer:
    """The data of an answer, the lasting errors at paths in it, and when the server sent it."""

    data: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    sent_at: float | None = None  #: by the server's clock, in seconds since 1970

    def node(self) -> dict[str, Any] | None:
        """Return the record that was requested by id; None where it cannot be read."""
        node: dict[str, Any] | None = self.data.get("node")
        return node or None

    def problem_at(self, *path: str | int) -> Problem | None:
        """Return the first problem at a path, above it or below it."""
        return next((problem for problem in self.problems if _touches(problem.path, path)), None)


def _touches(one: Path, other: Path) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def first_rate_limit(problems: Iterable[Problem]) -> Problem | None:
    """Return the first problem that says that a limit is reached."""
    return next((problem for problem in problems if problem.is_rate_limit), None)
