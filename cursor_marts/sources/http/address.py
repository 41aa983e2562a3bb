"""The address of a source, as people write it."""

from __future__ import annotations

from cursor_marts.errors import UsageError

#: The longest name of a host, in bytes.
LONGEST_NAME = 253
ELSEWHERE = "give a key with --api-key or CURSOR_API_KEY"


def check_address(source: str, named: str = "--source") -> None:
    """Raise UsageError unless `source` is an HTTP address without a key in it.

    `named` is the option or the variable that it comes from.
    """
    if "?" in source or "#" in source:
        raise UsageError(
            f"{named} holds more than an address, behind a ? or #, where every log would show it",
            hint=f"leave that out, and {ELSEWHERE}",
        )
    if "@" in source.partition("://")[2].partition("/")[0]:
        raise UsageError(
            f"{named} holds a name or a key before the @, where every log would show it",
            hint=f"leave that out, and {ELSEWHERE}",
        )
    if not _can_be_requested(source):
        shown = source if len(source) <= 100 else f"{source[:99]}…"
        raise UsageError(
            f"{named} {shown!r} is not an HTTP address",
            hint="write it like http://localhost:8080",
        )


def _can_be_requested(source: str) -> bool:
    """Return whether httpx can send a request there: it knows addresses best."""
    import httpx

    try:
        url = httpx.URL(source)
        url.host.encode("idna" if ":" not in url.host else "ascii")  # as a look-up will do
    except (httpx.InvalidURL, UnicodeError):
        return False
    is_name = 0 < len(url.raw_host) <= LONGEST_NAME and "%" not in url.host
    is_port = url.port is None or 0 < url.port < 65_536
    return url.scheme in ("http", "https") and is_name and is_port
