"""Landed files kept for as long as views read them: hard links, which take no room.

The next extraction removes the landing's older versions. A file that has another name somewhere
stays, so that published views find their rows until another load is published.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from cursor_marts.errors import LandingError
from cursor_marts.raw.files import linked

Files = Mapping[str, list[Path]]


def kept_beside(landing: Path, files: Files, in_use: str) -> Files:
    """Give each file a second name beside the landing; return these names, absolute.

    Folders of earlier loads go, but for those that `in_use`, the text of the published views,
    mentions. Raises LandingError where the disk does not allow it.
    """
    home = landing.parent.absolute() / f".{landing.name}-in-views"
    try:
        home.mkdir(exist_ok=True)
        for old in home.iterdir():
            if f"{old}/" not in in_use:
                shutil.rmtree(old)
        folder = Path(mkdtemp(prefix="", dir=home))
        folder.chmod(0o755)  # as open to other users as the folder around it
        return {name: [_linked(part, folder / name) for part in files[name]] for name in files}
    except OSError as error:
        raise LandingError(
            f"cannot keep the landed files in {home}: {error.strerror or error}",
            hint="load them as tables: leave --raw out",
        ) from None


def _linked(file: Path, folder: Path) -> Path:
    linked(file, folder / file.name)
    return folder / file.name
