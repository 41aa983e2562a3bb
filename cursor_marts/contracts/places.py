"""The file and the line of a definition, for messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def shown_path(file: str) -> str:
    """Return the path of a file, relative to the checkout if the file is in this package."""
    package = Path(__file__).parents[1]
    inside = Path(file).is_relative_to(package)
    return Path(file).relative_to(package.parent).as_posix() if inside else file


def place_of(function: Callable[..., object]) -> str:
    """Return the file and the line of a function as text."""
    code = function.__code__
    return f"{shown_path(code.co_filename)}, line {code.co_firstlineno}"
