"""Which repositories are read: those of an owner, or single ones, and which of them not."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from cursor_marts.errors import UsageError


@dataclass(frozen=True)
class Target:
    """An owner (organisation or user), or one repository of it."""

    owner: str
    name: str | None = None

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read `OWNER` or `OWNER/REPO`, also behind the address of a GitHub. Raises UsageError."""
        path = text.strip().removesuffix("/").removesuffix(".git")
        if "://" in path:
            path = path.partition("://")[2].partition("/")[2]
        owner, slash, name = path.partition("/")
        if not owner or "/" in name or (slash and not name) or any(map(str.isspace, path)):
            raise UsageError(
                f"--github {text!r} is neither an owner nor a repository",
                hint="write it like acme or acme/web-app",
            )
        return cls(owner, name or None)

    def __str__(self) -> str:
        return f"{self.owner}/{self.name}" if self.name else self.owner


@dataclass(frozen=True)
class Choice:
    """Which of an owner's repositories to read. A repository that is named itself is read."""

    exclude: tuple[str, ...] = ()  #: patterns of names, with or without the owner
    forks: bool = False
    archived: bool = True

    def includes(self, node: dict[str, Any], *, named: bool) -> bool:
        """Return whether a repository is to be read."""
        full_name = node["nameWithOwner"].casefold()
        spellings = (full_name, full_name.partition("/")[2])
        patterns = [pattern.casefold() for pattern in self.exclude]
        if any(fnmatchcase(each, pattern) for each in spellings for pattern in patterns):
            return False
        return named or (
            (self.forks or not node["isFork"]) and (self.archived or not node["isArchived"])
        )
