"""What a command need not import."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder
from typing import Any


class NotThere(MetaPathFinder):
    """Finds one module nowhere, so that to import it fails."""

    def __init__(self, name: str) -> None:
        """Hide the module of a name."""
        self.name = name

    def find_spec(self, fullname: str, _path: Any, _target: Any = None) -> None:
        """Raise ImportError for the module."""
        if fullname == self.name:
            raise ImportError(f"{fullname} is hidden", name=fullname)


def spare_pandas() -> None:
    """Let pyarrow believe that there is no pandas, which stays importable for everybody else.

    With its first value pyarrow imports pandas, only to recognise that the value is none of its.
    That takes longer than to build the tables of a small team.
    """
    import pyarrow as pa

    hidden = NotThere("pandas")
    sys.meta_path.insert(0, hidden)
    with suppress(ImportError):
        pa.scalar(None)
    sys.meta_path.remove(hidden)
