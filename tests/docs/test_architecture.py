"""The page on the architecture names every package, and only paths that exist."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cursor_marts"
PAGE = (ROOT / "docs" / "architecture.md").read_text()
#: Paths in code marks, such as `graph/layers.py` and `cli/`; `<name>` is left to the reader.
NAMED = sorted(set(re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", PAGE)))
PACKAGES = sorted(f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("path", NAMED)
def test_a_path_on_the_page_exists(path: str) -> None:
    """Relative to the package, or to the repository for the tests."""
    assert (PACKAGE / path).exists() or (ROOT / path).exists()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_on_the_page(package: str) -> None:
    """With its responsibility."""
    assert f"`{package}`" in PAGE


def test_the_order_of_the_packages_is_that_of_the_imports() -> None:
    """The table of packages lists the layers that import-linter checks."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    checked = [name for layer in layers for name in layer.split(" | ")]
    table = PAGE.partition("## Packages")[2].partition("## ")[0]
    rows = re.findall(r"^\| (`.*?`) \|", table, re.M)
    assert re.findall(r"`(\w+)(?:/|\.py)`", " ".join(rows)) == checked
