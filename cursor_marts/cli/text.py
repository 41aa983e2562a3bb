"""Text for a terminal, wrapped and without control characters; elsewhere each line stays whole."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import IO

import typer

HANG = "  "
#: A blank that lines are not broken at; `printable` escapes those of the text itself.
NO_BREAK = "\N{NO-BREAK SPACE}"


def printable(text: str) -> str:
    """Return a text with control and invisible characters escaped."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def laid_out(text: str, stream: IO[str], *, indent: str = "", hang: str = HANG) -> str:
    """Return a text, with long lines broken between words if the stream is a terminal.

    Continuation lines are indented by `hang`.
    """
    lines = (printable(line) for line in text.split("\n"))
    return "\n".join(_broken(line, stream, indent, indent + hang) for line in lines)


def styled(text: str, *, bold: bool = False, colour: str | None = None) -> str:
    """Return a text in a style if stdout is a terminal; with `NO_COLOR`, in no colour.

    The variable is that of no-color.org.
    """
    if not sys.stdout.isatty():
        return text
    return typer.style(text, bold=bold, fg=None if os.environ.get("NO_COLOR") else colour)


def pairs_laid_out(
    pairs: Iterable[tuple[str, object]], stream: IO[str], *, indent: str = ""
) -> str:
    """Return `name=value` pairs in one line, broken only between pairs if it is for a terminal.

    None is written as NULL.
    """
    shown = ((name, "NULL" if value is None else value) for name, value in pairs)
    parts = (printable(f"{name}={value}").replace(" ", NO_BREAK) for name, value in shown)
    return _broken("  ".join(parts), stream, indent, indent + HANG).replace(NO_BREAK, " ")


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
