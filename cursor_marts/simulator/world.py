"""What a source holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class World:
    """What a source holds: JSON records exactly as its API sends them.

    `commits` are camelCase, the others snake_case. A review names its pull request by `pr_id`,
    the pull request's `id`. Times that are not set are left out.
    """

    repos: list[Record] = field(default_factory=list)
    commits: list[Record] = field(default_factory=list)
    pulls: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
