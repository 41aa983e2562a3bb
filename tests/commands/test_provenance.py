"""Whose data it is follows from what is loaded, and not from what was extracted last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.team_sizes import END

import cursor_marts
from cursor_marts.simulator import Simulator, generate, serve

pytestmark = pytest.mark.slow


def test_an_older_set_that_is_loaded_again_says_whose_it_is(tmp_path: Path) -> None:
    """Invented data stays invented, though a real extraction is newer: in reports, on the page."""
    folder, old = tmp_path / "data", str(tmp_path / "old")
    cursor_marts.extract("embedded", start_date="3d", data_dir=tmp_path / "a", output=old)
    with serve(Simulator(generate(1, end=END.date(), days=5), rate_limit=None)) as real:
        built = cursor_marts.build(real, start_date="2026-11-10", data_dir=folder)
    assert not built.invented
    page = tmp_path / "page.html"
    assert "INVENTED DATA" not in cursor_marts.report(data_dir=folder, out=page).read_text("utf-8")

    cursor_marts.load(input=old, data_dir=folder)
    report = cursor_marts.transform(data_dir=folder).report
    assert report is not None
    assert (report.source, report.invented) == ("the embedded simulator", True)
    assert json.loads((folder / "run_results.json").read_text())["args"]["invented"]
    assert b"invented" in cursor_marts.show("mart_velocity", data_dir=folder).schema.metadata
    assert "INVENTED DATA" in cursor_marts.report(data_dir=folder, out=page).read_text("utf-8")
