"""The models and the reference data of a run: the package's own, and over them a team's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cursor_marts.commands.options.places import InProject
from cursor_marts.commands.project import Project, project_of
from cursor_marts.commands.settings import reference_of


@contextmanager
def files_in(folder: Path | None, project: Project | None = None) -> Iterator[None]:
    """Use the reference files of a folder and the models of a project; without them what is in use.

    Raises UsageError where there is no such folder, and ReferenceFilesError, before anything runs,
    for a file or a line that cannot be used.
    """
    with ExitStack() as stack:
        if folder is not None:
            from cursor_marts.models.reference import load, using

            stack.enter_context(using(load(folder, seeds=project is not None)))
        if project is not None:
            from cursor_marts.models.own import using_own

            stack.enter_context(using_own(project.models, folder))
        yield


@contextmanager
def files_of(options: InProject) -> Iterator[None]:
    """Use the models and reference files that a command's options, or the environment, name."""
    with files_in(reference_of(options), project_of(options)):
        yield
