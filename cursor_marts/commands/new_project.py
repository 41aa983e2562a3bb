"""A new project: a folder of a team's own models, reference files and tests."""

from __future__ import annotations

import json
from pathlib import Path

from cursor_marts.commands.places import path_of
from cursor_marts.errors import UsageError

FILES = Path(__file__).parent / "new_project_files"
#: The placeholder of the project's name in the settings file.
NAME = '"name of the project"'
#: Files whose place in a project is not the one in which the package keeps them.
PLACES = {"gitignore": ".gitignore", "workflow.yml": ".github/workflows/marts.yml"}


def init(folder: str | Path) -> tuple[Path, ...]:
    """Create a project: settings, a mart with its contract and test, a seed, a workflow.

    Returns the files. Raises UsageError where one is there already, or cannot be written; nothing
    is overwritten.
    """
    target = path_of(folder, "the folder")
    name = json.dumps(target.resolve().name or "marts", ensure_ascii=False)
    files = {target / place: text.replace(NAME, name) for place, text in _contents().items()}
    there = [str(file) for file in files if file.exists()]
    if there:
        raise UsageError(
            f"there is {', '.join(there)} already, and nothing is overwritten",
            hint="name another folder",
        )
    for file, text in files.items():
        _write(file, text)
    return tuple(files)


def _contents() -> dict[str, str]:
    """Return place in the project → text."""
    found = sorted(file for file in FILES.rglob("*") if file.is_file() and file.suffix != ".pyc")
    names = {file.relative_to(FILES).as_posix(): file.read_text("utf-8") for file in found}
    return {PLACES.get(name, name): text for name, text in names.items()}


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except OSError as error:
        raise UsageError(
            f"cannot write {file}: {error.strerror or error}", hint="name another folder"
        ) from None
