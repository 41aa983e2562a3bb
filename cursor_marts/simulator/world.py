"""The records of a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class World:
    """The records of a source: JSON exactly as its API sends it.

    `commits` are camelCase, the others snake_case. A review names its pull request by `pr_id`,
    the pull request's `id`. Times that are not set are omitted. `commit_ids` of a pull request are
    hashes, or objects that say more of each commit: `commit_hash`, `authored_at`, `message` ….
    """

    repos: list[Record] = field(default_factory=list)
    commits: list[Record] = field(default_factory=list)
    pulls: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
