"""Download a set from a bucket: complete and verified, or not at all."""

from __future__ import annotations

from pathlib import Path

from pyarrow import fs

from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.files import File, each, linked, sum_of
from cursor_marts.raw.manifest import MANIFEST, Manifest

TRIES = 3  # sets that may be replaced, one after the other, while they are read


def fetch(place: Place, folder: Path, known: Path | None = None) -> Manifest:
    """Copy the current set of `place` into a folder with the layout of a landing.

    Each file must have the size and the sum in the manifest. Files that are in the landing `known`
    are not copied again. If the set is replaced and deleted meanwhile, the new one is copied
    instead. Raises LandingError with the name of the file.
    """
    for _ in range(TRIES):
        manifest = read_manifest(place)
        for old in folder.rglob("*.parquet"):
            old.unlink()
        try:
            for _, file in each(manifest.files):
                target = folder / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                if not _is_known(file, target, known):
                    _get(place, file, target)
        except LandingError:
            if read_manifest(place) == manifest:
                raise
            continue
        manifest.write(folder)
        return manifest
    raise LandingError(
        f"{place.show()} was replaced {TRIES} times while it was read",
        hint="see who else writes there, and run again",
    )


def _is_known(file: File, target: Path, known: Path | None) -> bool:
    """Give a file of another landing a name here, if it is the same by name, size and sum."""
    if known is None or not (known / file.name).is_file():
        return False
    is_same = (known / file.name).stat().st_size == file.size
    if not is_same or sum_of(known / file.name) != file.sha256:
        return False
    linked(known / file.name, target)
    return True


def read_manifest(place: Place) -> Manifest:
    """Return the manifest of the current set. Raises LandingError if there is no valid one."""
    with place.asked_to("read"):
        try:
            with place.filesystem.open_input_stream(place.path(MANIFEST)) as stream:
                manifest = Manifest.parse(stream.read(), place.show(MANIFEST))
        except FileNotFoundError:
            if place.is_missing():
                raise
            raise _no_set(f"there is no complete extraction in {place.show()}", place) from None
    if not manifest.files:
        raise _no_set(f"{place.show(MANIFEST)} names no files", place)
    return manifest


def _get(place: Place, file: File, target: Path) -> None:
    with place.asked_to("read"):
        try:
            fs.copy_files(
                place.path(file.name),
                str(target),
                source_filesystem=place.filesystem,
                destination_filesystem=fs.LocalFileSystem(),
            )
        except FileNotFoundError:
            raise _no_set(f"{place.show(file.name)} is missing", place) from None
    size = target.stat().st_size
    if size != file.size:
        said = f"{size:,} bytes, the manifest says {file.size:,}"
        raise _no_set(f"{place.show(file.name)} has {said}", place)
    if sum_of(target) != file.sha256:
        raise _no_set(f"{place.show(file.name)} is not what the manifest's sum says", place)


def _no_set(why: str, place: Place) -> LandingError:
    return LandingError(
        f"{why}: nothing was loaded",
        hint="extract again",
        next_command=NextCommand("extract", options={"output": place.address}),
    )
