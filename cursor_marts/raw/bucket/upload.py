"""Upload a set of Parquet files to a bucket: complete or absent.

The files are named by their content, so that those of the previous set are not sent again. Then the
manifest, which names them all, replaces the previous one in a single step. After that, files are
deleted that neither manifest names and that are older than an hour, which is longer than any upload
in progress.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from pyarrow import fs

from cursor_marts.errors import LandingError, LandingLocked, NextCommand
from cursor_marts.raw.bucket.place import Place
from cursor_marts.raw.files import each
from cursor_marts.raw.manifest import MANIFEST, Manifest

KEPT = timedelta(hours=1)


def upload(
    landing: Path, place: Place, *, begun_with: Manifest | None = None, kept: timedelta = KEPT
) -> Manifest:
    """Upload the set of a landing as the current one of `place`; return its manifest.

    `begun_with` is the set that was there when the extraction began, if that has added to one. If
    another one is there by now, nothing of it is changed. If this is interrupted, the previous set
    stays complete. A replaced set stays for loads that still read it; later uploads delete it.
    Raises LandingError, and LandingLocked for a set that was replaced meanwhile.
    """
    landing = landing.resolve()  # another extraction may switch the link meanwhile
    manifest = Manifest.read(landing)
    if not manifest.is_by_month:
        raise LandingError(
            f"{landing} was written by an earlier version",
            hint="extract again with this one, which divides its files by month",
            next_command=NextCommand("extract"),
        )
    with place.asked_to("read"):
        before = current(place)
    _refuse_another(before, begun_with or before, place)
    there = {file.name for _, file in each(before.files if before else {})}
    needed = {file.name for _, file in each(manifest.files)}
    with place.asked_to("write to"):
        for name in sorted(needed - there):  # others may be deleted by an upload in progress
            _put(place, name, landing / name)
        _refuse_another(current(place), before, place)
        _switch(place, manifest)
    with place.asked_to("sweep"):
        _sweep(place, {MANIFEST} | needed | there, kept)
    return manifest


def current(place: Place) -> Manifest | None:
    """Return the current manifest; None if it is absent or invalid."""
    try:
        with place.filesystem.open_input_stream(place.path(MANIFEST)) as stream:
            return Manifest.parse(stream.read(), place.show(MANIFEST))
    except (FileNotFoundError, LandingError):
        return None


def _refuse_another(found: Manifest | None, expected: Manifest | None, place: Place) -> None:
    """Raise LandingLocked if another run has replaced the set that was expected."""
    if (found and found.run_id) != (expected and expected.run_id):
        raise LandingLocked(
            f"another extraction has replaced the set in {place.show()} meanwhile",
            hint="its set is unchanged; run again, and one after the other",
        )


def _files(place: Place) -> list[fs.FileInfo]:
    inside = fs.FileSelector(place.path("").rstrip("/"), recursive=True, allow_not_found=True)
    return [info for info in place.filesystem.get_file_info(inside) if info.is_file]


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
