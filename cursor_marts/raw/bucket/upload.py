"""Upload a set of Parquet files to a bucket: complete or absent.

The files get unused names. Then the manifest, which names them all, replaces the previous one in a
single step. After that, files are deleted that neither manifest names and that are older than an
hour, which is longer than any upload in progress.
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
    """Upload the set of a landing as the current one of `place`; return its manifest with files.

    If this is interrupted, the previous set stays complete. The replaced set stays for loads that
    still read it; the next upload deletes it. Raises LandingError.
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
    """Return the file names in the current manifest; none if it is absent or invalid."""
    try:
        with place.filesystem.open_input_stream(place.path(MANIFEST)) as stream:
            return {file.name for file in Manifest.parse(stream.read(), MANIFEST).files.values()}
    except (FileNotFoundError, LandingError):
        return set()


def _files(place: Place) -> list[fs.FileInfo]:
    inside = fs.FileSelector(place.path("").rstrip("/"), recursive=True, allow_not_found=True)
    return [info for info in place.filesystem.get_file_info(inside) if info.is_file]


def _named(landing: Path, manifest: Manifest, taken: set[str], place: Place) -> dict[str, File]:
    """Return the files of the set by resource, with names that are unused in the place."""
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

    An interrupted write leaves a partial file, so this writes another file and moves it.
    """
    beside = f"manifest-{manifest.run_id}.json"
    _make_room(place, beside)
    with place.filesystem.open_output_stream(place.path(beside)) as stream:
        stream.write(manifest.text().encode())
    place.filesystem.move(place.path(beside), place.path(MANIFEST))


def _sweep(place: Place, needed: set[str], kept: timedelta) -> None:
    """Delete old files that no manifest names; the clock of the place determines their age."""
    paths, found = {place.path(name) for name in needed}, _files(place)
    now = max((info.mtime for info in found), default=None)  # that of the manifest
    for info in found:
        if info.path not in paths and now - info.mtime >= kept:
            with suppress(FileNotFoundError):  # another upload sweeps, too
                place.filesystem.delete_file(info.path)
