"""Runs a command again and again, and makes one call that writes fail in each run.

A call that writes opens a file for writing, or renames, creates or removes one (Python's audit hook
raises an error in its stead), changes the database, or writes to stdout or stderr. A run without a
failure shows the places, by the lines of the package from which they are reached; of the calls from
the same lines, the first one fails.

`python -m support.failing_writes FOLDER COMMAND STATE CHANGE` prints a line of JSON for each run.
`STATE` is evaluated before and after a run to some values: it has published where they differ.
`CHANGE` is evaluated before each run.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from cursor_marts import cli
from cursor_marts.cli import app as program
from cursor_marts.engines.duckdb.session import DuckDBSession

WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "os.chmod"}
CHANGES = {"CREATE", "INSERT", "DELETE", "UPDATE", "DROP", "ALTER", "COMMENT", "BEGIN", "COMMIT"}
LINES = 2  # of the package, which tell one place from another


@dataclass
class Writes:
    """The calls that write of one run, of which the first one at a place fails."""

    failing: str = ""
    watches: bool = False
    places: list[str] = field(default_factory=list)

    def reach(self, what: str, error: Exception) -> None:
        """Note a place, and raise the error if it is the one that fails."""
        if not self.watches:
            return
        place = " ".join([what, *lines()])
        self.places.append(place)
        if place == self.failing:
            self.failing = ""
            raise error


writes = Writes()


def lines() -> list[str]:
    """Return the lines of the package that are being executed, the innermost first."""
    found: list[str] = []
    frame = sys._getframe(2)
    while frame is not None and len(found) < LINES:
        path = Path(frame.f_code.co_filename)
        if "cursor_marts" in path.parts:
            found.append(f"{path.name}:{frame.f_lineno}")
        frame = frame.f_back  # type: ignore[assignment]
    return found


def full(name: object) -> OSError:
    """Return the error of a full disk."""
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(name))


def watch_files(event: str, args: tuple[Any, ...]) -> None:
    """Note what writes a file; an audit hook."""
    if not writes.watches:
        return
    if event == "open":
        flags = args[2] or 0
        if flags & (os.O_WRONLY | os.O_RDWR) and str(args[0]) != os.devnull:
            writes.reach(event, full(args[0]))
    elif event in WRITES:
        writes.reach(event, full(args[0]))


def watch_duckdb() -> None:
    """Let each session note its statements that change the database."""
    create = DuckDBSession.__init__

    def creating(self: Any, connection: Any, *schemas: Any) -> None:
        create(self, connection, *schemas)
        execute = self._execute

        def executing(statement: str) -> Any:
            verb = statement.split(None, 1)[0].upper()
            if verb in CHANGES:
                writes.reach(verb, duckdb.IOException("IO Error: no space left on device"))
            return execute(statement)

        self._execute = executing

    DuckDBSession.__init__ = creating  # type: ignore[assignment, method-assign]


class Watched(io.BytesIO):
    """Where stdout or stderr go; what is written there is noted, and read at the end."""

    def write(self, content: Any) -> int:
        """Write some bytes."""
        writes.reach("stream", full("stream"))
        return super().write(content)

    def close(self) -> None:
        """Stay open to be read."""


def called(command: list[str]) -> tuple[int, str, str]:
    """Call the command line with streams of its own; return exit code, stderr, and the crash."""
    before, raw = (sys.stdout, sys.stderr, sys.argv), (Watched(), Watched())
    sys.stdout, sys.stderr = (io.TextIOWrapper(each, "utf-8", line_buffering=True) for each in raw)
    sys.argv, code, crash = ["cursor-marts", *command], 0, ""
    try:
        writes.watches = True
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    except Exception as error:
        crash = repr(error)
    finally:
        with suppress(OSError):  # as at the end of the program
            sys.stdout.flush()
            sys.stderr.flush()
        writes.watches = False
        sys.stdout, sys.stderr, sys.argv = before
    return code, raw[1].getvalue().decode(), crash


def attempt(command: list[str], state: str, names: dict[str, Any], failing: str) -> list[str]:
    """Run a command of which a write fails, print what came of it, and return all its places."""
    before = eval(state, names)
    assert isinstance(before, tuple | list)
    writes.places, writes.failing = [], failing
    code, stderr, crash = called(command)
    changed = sum(a != b for a, b in zip(before, eval(state, names), strict=True))
    said = {
        "place": failing,
        "failed": failing in writes.places,
        "code": code,
        "published": changed == len(before),
        "partly": 0 < changed < len(before),
        "crash": crash,
        "error": "error: " in stderr,
        "last": (stderr.strip().splitlines() or [""])[-1],
    }
    print(json.dumps(said), flush=True)
    return writes.places


def main(kinds: str = "", **more: Any) -> None:
    """Let each place fail once whose kind matches; `STATE` and `CHANGE` know `more` names."""
    folder, command, state, change = Path(sys.argv[1]), json.loads(sys.argv[2]), *sys.argv[3:]
    names = {"folder": folder, "duckdb": duckdb, "json": json, **more}
    sys.addaudithook(watch_files)
    watch_duckdb()
    vars(program)["on_stops"] = lambda handler: None  # this process goes on
    chosen = ["", ""]  # the first run fills caches, the second one shows the places
    for number, failing in enumerate(chosen):
        eval(change, names | {"attempt": number})
        places = attempt(command, state, names, failing)
        if number == 1:
            chosen += filter(re.compile(kinds).match, dict.fromkeys(places))


if __name__ == "__main__":
    main()
