"""Writes a text file in one step and keeps the kind of the file."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

#: Characters of the file name that the temporary file beside it repeats.
LONGEST = 50


def write_whole(text: str, path: Path) -> None:
    """Write a file in one step: readers see the previous content or the new one.

    A link stays a link, and its target is written. An existing file keeps its permissions. The text
    is written into a device or a pipe, which cannot be replaced. Raises OSError.
    """
    try:
        before = path.stat()
    except FileNotFoundError:
        _replace(text, Path(os.path.realpath(path)), None)
        return
    if stat.S_ISREG(before.st_mode):
        _replace(text, Path(os.path.realpath(path)), stat.S_IMODE(before.st_mode))
    else:
        path.write_text(text, "utf-8")


def _replace(text: str, target: Path, mode: int | None) -> None:
    part = target.with_name(f".{target.name[:LONGEST]}.{uuid4().hex[:8]}")
    try:
        with part.open("x", encoding="utf-8") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(text)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
