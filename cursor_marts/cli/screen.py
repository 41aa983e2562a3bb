"""The console that reports are printed on."""

from __future__ import annotations

from rich.console import Console


class Screen(Console):
    """A console that raises BrokenPipeError as any stream does, instead of ending the program."""

    def on_broken_pipe(self) -> None:
        """Raise it."""
        raise BrokenPipeError
