"""Putting a set of Parquet files into a bucket, complete or absent.

Files go up under names that are not taken; then the manifest, which names them all, takes the place
of the one before in a single step. Only then is swept what nobody needs any more: what neither of
the two manifests names and has lain there for an hour, longer than any upload that is under way.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path

from pyarrow import fs

from cursor_marts.errors import LandingError, NextCommand
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.manifest import MANIFEST, File, Manifest

KEPT = timedelta(hours=1)


def upload(landing: Path, place: Place, *, kept: timedelta = KEPT) -> Manifest:
    """Make a landing's set the current one of `place`; return its manifest, files included.

    Whenever this is cut off, the set of before stands whole. What it replaces is left for those
    who are reading it; an upload after this one sweeps it. Raises LandingError.
    """
    landing = landing.resolve()  # another extraction may switch the link meanwhile
    manifest = Manifest.read(landing)
    with place.asked_to("list"):
        before = _current(place)
        files = _named(landing, manifest, {info.path for info in _files(place)}, place)
    with place.asked_to("write to"):
        for resource, file in files.items():
            _put(place, file.name, landing / f"{resource}.parquet")
        manifest = replace(manifest, files=files)
        _switch(place, manifest)
    with place.asked_to("sweep"):
        _sweep(place, {MANIFEST, *before, *(file.name for file in files.values())}, kept)
    return manifest


def _current(place: Place) -> set[str]:
    """Return the names that the manifest gives that is there now, readable or not."""
    try:
        with place.filesystem.open_input_stream(place.path(MANIFEST)) as stream:
            return {file.name for file in Manifest.parse(stream.read(), MANIFEST).files.values()}
    except (FileNotFoundError, LandingError):
        return set()


def _files(place: Place) -> list[fs.FileInfo]:
    inside = fs.FileSelector(place.path("").rstrip("/"), recursive=True, allow_not_found=True)
    return [info for info in place.filesystem.get_file_info(inside) if info.is_file]


def _named(landing: Path, manifest: Manifest, taken: set[str], place: Place) -> dict[str, File]:
    """Return the set's files, by resource, under names that nothing in the place has."""
    at = manifest.finished_at
    for suffix in (f"{at:%Y-%m-%d}", f"{at:%Y-%m-%dT%H%M%S}", f"{at:%Y-%m-%d}_{manifest.run_id}"):
        files = {
            path.stem: _file(path, f"{path.stem}/{path.stem}_{suffix}.parquet")
            for path in sorted(landing.glob("*.parquet"))
        }
        if not any(place.path(file.name) in taken for file in files.values()):
            return files
    raise LandingError(
        f"the extraction {manifest.run_id} is in {place.show()} already",
        hint="extract again",
        next_command=NextCommand("extract"),
    )


def _file(path: Path, name: str) -> File:
    with path.open("rb") as content:
        return File(name, path.stat().st_size, file_digest(content, "sha256").hexdigest())


def _put(place: Place, name: str, source: Path) -> None:
    _make_room(place, name)
    fs.copy_files(
        str(source),
        place.path(name),
        source_filesystem=fs.LocalFileSystem(),
        destination_filesystem=place.filesystem,
    )


def _make_room(place: Place, name: str) -> None:
    if place.is_folder:  # a bucket has no folders, and must not be made in passing
        place.filesystem.create_dir(str(Path(place.path(name)).parent))


def _switch(place: Place, manifest: Manifest) -> None:
    """Replace the manifest in one step.

    A stream that is broken off leaves what was written so far, hence the file beside and the move.
    """
    beside = f"manifest-{manifest.run_id}.json"
    _make_room(place, beside)
    with place.filesystem.open_output_stream(place.path(beside)) as stream:
        stream.write(manifest.text().encode())
    place.filesystem.move(place.path(beside), place.path(MANIFEST))


def _sweep(place: Place, needed: set[str], kept: timedelta) -> None:
    """Remove what is old and not needed; ages are told by the place's own clock."""
    paths, found = {place.path(name) for name in needed}, _files(place)
    now = max((info.mtime for info in found), default=None)  # that of the manifest
    for info in found:
        if info.path not in paths and now - info.mtime >= kept:
            with suppress(FileNotFoundError):  # another upload sweeps, too
                place.filesystem.delete_file(info.path)
