"""The command line: a command parses, calls one public function, prints its report."""

from cursor_marts.cli.app import main

__all__ = ["main"]
