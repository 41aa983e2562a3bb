"""Files in dbt's formats, read by a parser that is generated from dbt's published schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.raw_rows import filed, loaded, pr

import cursor_marts
from cursor_marts.building import profiling
from cursor_marts.engines.dialect import SNOWFLAKE
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.checks import checks_of
from cursor_marts.models import all_models
from cursor_marts.reporting.artifacts import catalog_file

parser = pytest.importorskip("dbt_artifacts_parser.parser", reason="install the dev extra")
pytestmark = pytest.mark.slow

ALL = catalog(all_models())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("data")
    filed(loaded(pull_requests=[pr()]), folder)
    cursor_marts.transform(data_dir=folder)
    files = cursor_marts.artifacts(data_dir=folder)
    assert [file.name for file in files] == ["manifest.json", "catalog.json"]
    return {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}


def test_another_parser_reads_every_table_and_its_inputs(written: dict[str, Any]) -> None:
    found = parser.parse_manifest_v12(written["manifest"])
    models = {n.name: n for n in found.nodes.values() if n.resource_type == "model"}
    assert set(models) == {entry.name for entry in ALL.values() if entry.model}
    assert {source.name for source in found.sources.values()} == set(ALL) - set(models)
    for name, node in models.items():
        read = [unique_id.rpartition(".")[2] for unique_id in node.depends_on.nodes]
        assert tuple(read) == ALL[name].reads
    assert models["mart_quality"].columns["revert_rate"].description == "Share that was reverted."
    assert "SELECT" in models["mart_quality"].compiled_code
    sources = models["mart_quality"].columns["unreviewed_prs"].meta["comes_from"]
    assert sources == ["raw.reviews.author_id", "raw.reviews.author_type"]


def test_every_data_test_is_attached_to_its_table(written: dict[str, Any]) -> None:
    found = parser.parse_manifest_v12(written["manifest"])
    tests = [node for node in found.nodes.values() if node.resource_type == "test"]
    listed = [(*checks_of(entry.contract), *profiling.tests_of(entry)) for entry in ALL.values()]
    assert len(tests) == sum(map(len, listed))
    known = {*found.nodes, *found.sources}
    for test in tests:
        assert test.attached_node in test.depends_on.nodes
        assert set(test.depends_on.nodes) <= known


def test_parents_and_children_are_each_others(written: dict[str, Any]) -> None:
    parents, children = written["manifest"]["parent_map"], written["manifest"]["child_map"]
    pairs = {(parent, child) for child, found in parents.items() for parent in found}
    assert pairs == {(parent, child) for parent, found in children.items() for child in found}
    assert ("model.cursor_marts.int_pr_with_commits", "model.cursor_marts.mart_quality") in pairs


def test_another_parser_reads_the_catalog(written: dict[str, Any]) -> None:
    found = parser.parse_catalog_v1(written["catalog"])
    mart = found.nodes["model.cursor_marts.mart_quality"]
    assert (mart.metadata.schema_, mart.metadata.type) == ("main_mart", "BASE TABLE")
    assert mart.columns["week"].type == "DATE"
    assert "model.cursor_marts.int_pr_with_commits" not in found.nodes
    assert found.sources["source.cursor_marts.raw.commits"].metadata.schema_ == "main_raw"


def test_another_parser_reads_the_results_which_name_the_same_things(
    written: dict[str, Any],
) -> None:
    found = parser.parse_run_results_v6(written["run_results"])
    manifest = written["manifest"]
    known = {*manifest["nodes"], *manifest["sources"]}
    assert {result.unique_id for result in found.results} <= known
    assert len(found.results) > len(ALL)


def test_names_are_those_of_the_engine() -> None:
    found = catalog_file(ALL, SNOWFLAKE)
    mart = found["nodes"]["model.cursor_marts.mart_quality"]
    assert (mart["metadata"]["schema"], mart["metadata"]["name"]) == ("MART", "MART_QUALITY")
    assert "REVERT_RATE" in mart["columns"]
