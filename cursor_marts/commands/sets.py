"""Sets of extracted files: the landing, and the one in a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cursor_marts.commands.settings import Settings
from cursor_marts.errors import LandingError
from cursor_marts.raw.manifest import Manifest

if TYPE_CHECKING:
    from cursor_marts.sources.progress import Progress


def landed_manifest(settings: Settings) -> Manifest | None:
    """Return the manifest of the landing, None where there is no valid one."""
    try:
        return Manifest.read(settings.landing)
    except LandingError:
        return None


def adopted(settings: Settings, progress: Progress) -> Manifest | None:
    """Make the set of the bucket the landing, unless that adds to it; return its manifest, if any.

    A job whose disk is empty thus goes on where the job before it ended, and one that was overtaken
    adds to what the other has uploaded. Raises LandingError for a landing with another history.
    """
    from cursor_marts.raw.bucket.fetch import fetch
    from cursor_marts.raw.bucket.place import Place
    from cursor_marts.raw.bucket.upload import current
    from cursor_marts.raw.landing import replacing

    place = Place.at(str(settings.output), settings.endpoints)
    with place.asked_to("read"):
        there = current(place)
    here = landed_manifest(settings)
    if there is None or there.invented or (here and there.run_id in here.lineage):
        return there
    if here and not here.invented and not {*here.lineage} & {*there.lineage}:
        raise LandingError(
            f"{settings.landing} and {place.show()} have different histories",
            hint="add to the one in the bucket with another --data-dir, or give another --output",
        )
    progress.say(f"adding to the set in {place.show()}")
    with replacing(settings.landing) as work:
        work.keeps_answers = True
        return fetch(place, work.landed, known=settings.landing)


@contextmanager
def set_from(address: str | None, settings: Settings) -> Iterator[Path | Manifest]:
    """Give the folder of a set: a copy of the one at `address`, or without one the landing.

    Of a set that Snowflake reads itself, give the manifest alone.
    """
    if address is None:
        yield settings.landing
        return
    from cursor_marts.raw.bucket.fetch import fetch, read_manifest
    from cursor_marts.raw.bucket.place import Place

    place = Place.at(address, settings.endpoints)
    if settings.engine.reads_bucket:
        yield read_manifest(place)
        return
    with _scratch(settings.data_dir) as folder:
        fetch(place, folder)
        yield folder


@contextmanager
def _scratch(data_dir: Path) -> Iterator[Path]:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        scratch = TemporaryDirectory(prefix=".input-", dir=data_dir)
    except OSError as error:
        raise LandingError(
            f"cannot write to {data_dir}: {error.strerror or error}",
            hint="give a folder of your own with --data-dir or CURSOR_MARTS_DATA_DIR",
        ) from None
    with scratch as folder:
        yield Path(folder)
