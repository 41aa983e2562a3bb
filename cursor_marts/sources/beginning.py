"""What an extraction begins with: the rows of earlier ones, if it may add to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cursor_marts.errors import LandingError
from cursor_marts.raw.history import History
from cursor_marts.raw.manifest import MANIFEST, Manifest
from cursor_marts.sources.source import Source

#: The name of the note that tells with which key texts were stored as digests.
PRIVACY = "privacy"


def history_of(folder: Path, *, mark: str = "", full_refresh: bool = False) -> History:
    """Return the history in a landing; there is none in an absent or invented one.

    `mark` is that of the key with which this run stores texts as digests, '' without one. Raises
    LandingError if earlier runs have used another one, or the manifest is damaged, unless all is
    read again.
    """
    if not (folder / MANIFEST).exists():
        return History(folder)
    try:
        manifest = Manifest.read(folder)
    except LandingError as error:
        if full_refresh:
            return History(folder)
        raise LandingError(
            error.message,
            hint="restore it from a backup or a bucket, so that nothing is lost; or begin anew: "
            "--full-refresh",
        ) from None
    if manifest.invented:
        return History(folder)
    if manifest.states.get(PRIVACY, "") == mark:
        return History(folder.resolve(), manifest)
    if full_refresh:
        return History(folder)
    raise LandingError(
        f"{folder} holds rows that were stored without --no-bodies, or with another key"
        if mark
        else f"{folder} holds rows that were stored with --no-bodies",
        hint="extract in the same way as before; or drop these rows and read all again: "
        "--full-refresh",
    )


def refuse_invented(sources: Sequence[Source], history: History) -> None:
    """Raise LandingError if invented data would take the place of real data."""
    if history.manifest is not None and any(source.invented for source in sources):
        raise LandingError(
            f"{history.folder.parent.parent} holds real data from {history.manifest.source}, which "
            "invented data would replace",
            hint="give the invented data another --data-dir, or name your own source",
        )
