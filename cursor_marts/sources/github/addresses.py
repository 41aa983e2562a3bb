"""Where GitHub's two interfaces are: REST by its base address, GraphQL beside it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from cursor_marts.errors import UsageError

GITHUB = "https://api.github.com"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Addresses:
    """The addresses of one GitHub: its REST base without a trailing slash, and GraphQL."""

    rest: str
    graphql: str

    @classmethod
    def of(cls, rest: str = GITHUB) -> Addresses:
        """Return the addresses that belong to a REST base.

        GraphQL is at `/graphql` of api.github.com and of data residency, and at `/api/graphql` of
        an Enterprise Server, whose REST base ends in `/api/v3`. Raises UsageError for an address
        that would send a token in the clear, or that is none.
        """
        rest = rest.strip().rstrip("/")
        _check(rest)
        if rest.endswith("/api/v3"):
            return cls(rest, f"{rest.removesuffix('/v3')}/graphql")
        return cls(rest, f"{rest}/graphql")


def _check(rest: str) -> None:
    parts = _split(rest)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"GITHUB_API_URL {rest!r} is not an HTTP address",
            hint=f"write it like {GITHUB} or https://github.example.org/api/v3",
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            "GITHUB_API_URL holds more than an address, where every log would show it",
            hint="give the token with GITHUB_TOKEN and the address without it",
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UsageError(
            f"GITHUB_API_URL {rest!r} would send the token unencrypted",
            hint="write it with https://; plain http is for this machine alone",
        )


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None
