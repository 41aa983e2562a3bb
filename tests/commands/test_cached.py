"""The catalogue that commands cache on disk, and what makes it invalid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cursor_marts
from cursor_marts.building import cache
from cursor_marts.errors import ContractError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new project, in a process that uses the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cursor_marts.init(tmp_path / "own")
    with cache.on_disk():
        yield tmp_path / "own"


def edited(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def catalogue(project: Path) -> tuple[Any, ...]:
    """Return all that commands say of the catalogue."""
    return (
        [entry.data() for entry in cursor_marts.ls(project=project)],
        cursor_marts.describe("mart_sizes", project=project),
        cursor_marts.describe("mart_velocity", project=project, schema_prefix="dev"),
        cursor_marts.lineage("+mart_sizes", project=project).data(),
        cursor_marts.lineage(column="mart_sizes.revert_rate", project=project).text(),
        cursor_marts.lineage(
            column="raw.reviews.state", downstream=True, project=project
        ).mermaid(),
    )


def test_the_cached_catalogue_equals_a_new_one(project: Path) -> None:
    """When it is written, when it is read, and without a cache."""
    written, read = catalogue(project), catalogue(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "is_enabled", lambda: False)
        assert catalogue(project) == written == read


def test_a_cached_table_still_has_its_definition(project: Path) -> None:
    """A function returns it as it does without a disk."""
    for _ in range(2):
        (entry,) = cursor_marts.ls("mart_velocity")
        assert entry.model is not None
        assert entry.contract.__name__ == "MartVelocity"
        assert entry.columns == tuple(entry.contract.to_schema().columns)


def test_another_text_of_a_model_is_found_at_once(project: Path) -> None:
    """A table that came, one that went, and what a column means."""
    catalogue(project)
    model = project / "models" / "mart_sizes.py"
    edited(model, "Share that was reverted later.", "Share that came back.")
    described = cursor_marts.describe("mart_sizes", project=project)
    assert described.columns[-1].description == "Share that came back."
    edited(model, "revert_rate=share(_.is_reverted)", "revert_rate=share(_.merged_at.isnull())")
    lineage = cursor_marts.lineage(column="mart_sizes.revert_rate", project=project).text()
    assert "value     raw.pull_requests: merged_at" in " ".join(lineage.split("\n"))
    model.unlink()
    assert "mart_sizes" not in {entry.name for entry in cursor_marts.ls(project=project)}


def test_a_broken_model_does_not_hide_the_columns_of_others(project: Path) -> None:
    """Only a lineage that passes through it is an error."""
    edited(project / "models" / "mart_sizes.py", "revert_rate=share", "reverts=share")
    found = cursor_marts.lineage(column="mart_quality.revert_rate", project=project)
    assert "raw.pull_requests" in found.text()
    with pytest.raises(ContractError, match=r"mart_sizes\.revert_rate: missing"):
        cursor_marts.lineage(column="mart_sizes.size", project=project).text()


def test_a_damaged_file_is_found_anew(project: Path) -> None:
    """As if it were not there."""
    before = catalogue(project)
    for file in cache.folder().iterdir():
        file.write_text(file.read_text()[: file.stat().st_size // 2])
    assert catalogue(project) == before
