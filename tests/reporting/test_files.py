"""Files are written completely, and keep their kind."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from cursor_marts.reporting.files import write_whole


def test_a_new_file_has_default_permissions(tmp_path: Path) -> None:
    """No other file remains beside it."""
    (tmp_path / "other").touch()
    write_whole("page", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == "page"
    assert (tmp_path / "page.html").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "page.html"]


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    """A page that only a group may read stays so."""
    page = tmp_path / "page.html"
    page.write_text("old")
    page.chmod(0o640)
    write_whole("new", page)
    assert (page.read_text(), page.stat().st_mode & 0o777) == ("new", 0o640)


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, exists: bool) -> None:
    """Its target is written, whether it exists or not."""
    (tmp_path / "served").mkdir()
    target, link = tmp_path / "served" / "page.html", tmp_path / "page.html"
    if exists:
        target.write_text("old")
    link.symlink_to(target)
    write_whole("new", link)
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_device_stays_a_device() -> None:
    """It is written to, not replaced."""
    before = os.stat("/dev/null")
    write_whole("page", Path("/dev/null"))
    after = os.stat("/dev/null")
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_a_pipe_gets_the_text(tmp_path: Path) -> None:
    """A process at its other end reads it."""
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_whole("page", pipe)
    reader.join(10)
    assert (got, pipe.is_fifo()) == (["page"], True)


def test_a_failed_write_leaves_no_file(tmp_path: Path) -> None:
    """A folder of that name, and links in a cycle."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in ("folder", "circle", "none/page"):
        with pytest.raises(OSError, match=name.partition("/")[0]):
            write_whole("page", tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "folder"]
