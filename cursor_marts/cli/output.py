"""Standard output and standard error, which may be closed, full, or of a narrow encoding."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer

from cursor_marts.cli.text import laid_out

#: Columns, or lines, of a terminal: in fewer, a message would be cut off.
SIZES = range(20, 100_000)


class Dropping(io.TextIOWrapper):
    """A stream that drops what cannot be written: an error message must not cause an error."""

    def write(self, text: str) -> int:
        """Write a text, or drop it."""
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is buffered, or drop it."""
        with suppress(OSError):
            super().flush()


class Closed(io.RawIOBase):
    """A stream that is lost: each write fails with an error of the operating system."""

    def __init__(self, number: int = errno.EBADF) -> None:
        """Fail with the error of a number, by default that of a closed descriptor."""
        self._number = number

    def writable(self) -> bool:
        """Return that it is open for writing, so that a text stream accepts it."""
        return True

    def write(self, _data: Any) -> int:
        """Fail."""
        raise OSError(self._number, os.strerror(self._number))


def lost_stream(number: int = errno.EBADF) -> io.TextIOWrapper:
    """Return a text stream of which each write fails."""
    return io.TextIOWrapper(io.BufferedWriter(Closed(number)), "utf-8", line_buffering=True)


def prepare_streams() -> None:
    """Make both streams accept every text, and print each line at once; stderr raises no error."""
    if sys.stdout is None:
        sys.stdout = lost_stream()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    raw = open(os.devnull, "wb") if sys.stderr is None else sys.stderr.buffer  # noqa: SIM115
    encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
    sys.stderr = Dropping(raw, encoding, errors="backslashreplace", line_buffering=True)


def forget_impossible_size() -> None:
    """Remove a size of the terminal that is none, such as 0: help and errors would be blank."""
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if not (size.isdecimal() and len(size) <= len(str(SIZES.stop)) and int(size) in SIZES):
            os.environ.pop(name, None)


def print_utf8(text: str) -> None:
    """Print a text in UTF-8, whatever the encoding of the terminal: other programs read it."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def warn(line: str) -> None:
    """Print a warning on stderr."""
    typer.echo(laid_out(f"warning: {line}", sys.stderr), err=True)


def tell(error: OSError) -> None:
    """Print an error of the operating system that ends the program, such as a full disk."""
    where = f" {error.filename}" if error.filename else ""
    typer.echo(f"error: cannot read or write{where}: {error.strerror or error}", err=True)
    typer.echo("  → send the output to a place that accepts it, and run again", err=True)


@contextmanager
def printing_after(done: str) -> Iterator[None]:
    """Print a report inside. A failure to print is a warning that says what is `done`.

    What is printed later fails as well, so that the last warning says what is done in the end. A
    reader that closes the pipe causes no warning.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = lost_stream(error.errno or errno.EBADF)
        if not isinstance(error, BrokenPipeError):
            warn(f"cannot print the report: {error.strerror or error}; {done}")
