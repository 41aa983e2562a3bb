"""Text as a terminal shows it best, and as a file or another program wants it: a line a line."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from typing import IO

HANG = "  "
#: A blank that no line is broken at; one in the text itself is spelled.
KEPT = "\N{NO-BREAK SPACE}"


def printable(text: str) -> str:
    """Return a text with all that a terminal would obey, or not show, spelled instead."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def laid_out(text: str, stream: IO[str], *, indent: str = "", hang: str = HANG) -> str:
    """Return a text; if a terminal is to show it, its lines are broken between words.

    Broken lines go on `hang` further in than they began.
    """
    lines = (printable(line) for line in text.split("\n"))
    return "\n".join(_broken(line, stream, indent, indent + hang) for line in lines)


def pairs_laid_out(
    pairs: Iterable[tuple[str, object]], stream: IO[str], *, indent: str = ""
) -> str:
    """Return `name=value` pairs in a line; for a terminal it is broken between pairs alone.

    What is not there is NULL.
    """
    shown = ((name, "NULL" if value is None else value) for name, value in pairs)
    parts = (printable(f"{name}={value}").replace(" ", KEPT) for name, value in shown)
    return _broken("  ".join(parts), stream, indent, indent + HANG).replace(KEPT, " ")


def _broken(line: str, stream: IO[str], first: str, further: str) -> str:
    if not stream.isatty():
        return first + line
    return textwrap.fill(
        line,
        shutil.get_terminal_size().columns,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
