"""Paths as people write them, checked before anything is read or written."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.errors import UsageError


def path_of(text: str | Path, named: str) -> Path:
    """Return the path that a text means; `~` is the home folder.

    `named` is the option or the variable that the text comes from. Raises UsageError for a text
    that is no path, and for one that a library which reads or writes there would misunderstand.
    """
    written = str(text)
    if problem := _problem(written):
        raise UsageError(
            f"{named} {written!r} is not a usable path: {problem}", hint="give another path"
        )
    try:
        path = Path(written).expanduser()
    except RuntimeError:
        raise UsageError(
            f"{named} {written!r} names a user without a home folder", hint="write the path in full"
        ) from None
    # Arrow takes what comes before a colon for the name of a file system, unless a slash does.
    return path.absolute() if ":" in written else path


def _problem(text: str) -> str:
    if "://" in text:
        return "it is an address, not a path on this machine"
    if "?" in text:
        return "DuckDB takes what follows a ? for an option"
    if "\0" in text:
        return "it contains a NUL character"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "it is not valid UTF-8"
    return ""
