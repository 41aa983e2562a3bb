"""Refusals that concern one repository or one pull request, and not the whole source."""

from __future__ import annotations

from cursor_marts.raw.manifest import Unreadable
from cursor_marts.sources.http.faults import TOO_LONG, Refusal

MOVED = "it has moved: see where to, and whether the key may read it there"
GONE = "it is gone, or the key may not see it: check both"
#: What to do about each status.
HINTS = {
    301: MOVED,
    302: MOVED,
    307: MOVED,
    308: MOVED,
    403: "let the owner of the key read it",
    404: GONE,
    409: "it is empty or not ready yet: run again later",
    410: GONE,
    TOO_LONG: "its name is too long for a request, or has letters that none can hold",
    451: "it is blocked for legal reasons: ask the source's owner",
}


def unreadable(refusal: Refusal, resource: str, repo: str, number: int | None = None) -> Unreadable:
    """Return what cannot be read because of a refusal. Raises one that concerns the source."""
    if refusal.status not in HINTS:
        raise refusal
    hint = HINTS[refusal.status]
    return Unreadable(resource, repo, number, str(refusal.status), refusal.said, hint)
