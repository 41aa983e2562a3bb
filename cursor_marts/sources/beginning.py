"""What an extraction begins with: the rows of earlier ones, if it may add to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cursor_marts.errors import LandingError
from cursor_marts.raw.history import History
from cursor_marts.raw.manifest import Manifest
from cursor_marts.sources.source import Source


def history_of(folder: Path) -> History:
    """Return the history in a landing; there is none in an absent, damaged or invented one."""
    try:
        manifest = Manifest.read(folder)
    except LandingError:
        return History(folder)
    return History(folder) if manifest.invented else History(folder.resolve(), manifest)


def refuse_invented(sources: Sequence[Source], history: History) -> None:
    """Raise LandingError if invented data would take the place of real data."""
    if history.manifest is not None and any(source.invented for source in sources):
        raise LandingError(
            f"{history.folder.parent.parent} holds real data from {history.manifest.source}, which "
            "invented data would replace",
            hint="give the invented data another --data-dir, or name your own source",
        )
