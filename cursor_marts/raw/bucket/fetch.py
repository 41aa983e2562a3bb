"""Download a set from a bucket: complete and verified, or not at all."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from pyarrow import fs

from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.manifest import MANIFEST, File, Manifest

TRIES = 3  # sets that may be replaced, one after the other, while they are read


def fetch(place: Place, folder: Path) -> Manifest:
    """Copy the current set of `place` into a folder with the layout of a landing.

    Each file must have the size and the sum in the manifest. If the set is replaced and deleted
    meanwhile, the new one is copied instead. Raises LandingError with the name of the file.
    """
    for _ in range(TRIES):
        manifest = read_manifest(place)
        for old in folder.glob("*.parquet"):
            old.unlink()
        try:
            for resource, file in manifest.files.items():
                _get(place, file, folder / f"{resource}.parquet")
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
    with target.open("rb") as content:
        if file_digest(content, "sha256").hexdigest() != file.sha256:
            raise _no_set(f"{place.show(file.name)} is not what the manifest's sum says", place)


def _no_set(why: str, place: Place) -> LandingError:
    return LandingError(
        f"{why}: nothing was loaded",
        hint="extract again",
        next_command=NextCommand("extract", options={"output": place.address}),
    )
