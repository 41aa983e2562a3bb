"""Which room of the house may import from which."""

import ast
from pathlib import Path

import pytest

import cursor_marts
from cursor_marts.graph import Layer, Model, all_models

ROOT = Path(cursor_marts.__file__).parent
VOCABULARY = {"errors", "config", "contracts", "raw", "manifest", "results", "reference"}
MAY_IMPORT = {
    "errors": {"results"},  # for type checkers only
    "results": set(),
    "reference": set(),
    "secret": set(),
    "account": {"errors", "secret"},
    "addresses": {"errors"},
    "config": {"errors", "secret", "account", "addresses"},
    "snowflake": {"errors", "account"},
    "setting_up": {"errors"},
    "manifest": {"errors", "config"},
    "contracts": {"errors", "config"},
    "raw": {"contracts"},
    "nullability": set(),
    "session": set(),
    "kept": set(),
    "keys": {"contracts", "graph", "kept"},
    "in_use": {"contracts", "graph", "plan", "checks", "kept"},
    "graph": {"errors", "contracts", "raw", "kept"},
    "models.definitions": {"reference"},
    "models.staging": {"contracts", "raw", "graph", "models.definitions"},
    "models.intermediate": {
        "contracts",
        "graph",
        "reference",
        "models.definitions",
        "models.staging",
    },
    "models.marts": {
        "contracts",
        "graph",
        "reference",
        "models.definitions",
        "models.intermediate",
        "models.staging",
    },
    "catalog": {"contracts", "raw", "graph"},
    "selection": {"errors", "graph", "catalog", "engines"},
    "plan": {"errors", "graph", "catalog", "selection"},
    "engines": {"errors", "contracts", "raw", "graph"},
    "binding": {"errors", "contracts", "raw", "catalog", "engines"},
    "checks": {"errors", "contracts", "raw", "graph"},
    "conformance": {"errors", "contracts", "graph", "checks", "nullability", "kept"},
    "statements": {"contracts", "graph", "engines", "checks", "kept"},
    "audit": {"engines", "binding", "statements"},
    "publish": VOCABULARY
    | {"graph", "catalog", "plan", "engines", "binding", "statements", "audit", "session"},
    "building": VOCABULARY
    | {"graph", "selection", "plan", "engines", "binding", "checks", "statements"}
    | {"audit", "conformance", "in_use", "keys", "publish"},
    "extracting": VOCABULARY,
    "loading": VOCABULARY | {"stopping", "session"},
    "bucket": {"errors", "config", "manifest"},
    "simulator": {"config"},
    "pipeline": VOCABULARY
    | {"graph", "catalog", "conformance", "selection", "building", "publish", "snowflake"}
    | {"extracting", "bucket", "loading"},
    "commands.embedded": {"config", "simulator"},
    "commands.steps": {"config", "selection", "extracting", "pipeline", "commands.embedded"},
    "commands.looks": {
        *{"errors", "graph", "catalog", "selection", "engines"},
        *{"describing", "drawing", "reading", "statements"},
    },
    "commands.pages": {"config", "weekly"},
    "commands.setting_up": {"errors", "setting_up"},
    "commands": {f"commands.{part}" for part in ("steps", "looks", "pages", "setting_up")},
    "weekly": VOCABULARY | {"graph", "catalog", "describing", "reading"},
    "formats": set(),
    "layout": set(),
    "stopping": set(),
    "listing": {"catalog", "describing", "layout"},
    "reading": VOCABULARY | {"graph", "catalog", "selection", "engines", "loading"},
    "describing": {"contracts", "catalog", "engines", "checks"},
    "drawing": {"graph", "catalog"},
    "dictionary": {"graph", "catalog", "describing", "drawing"},
    "printing": VOCABULARY | {"engines", "pipeline", "layout"},
    "watching": {"extracting"},
    "cli": VOCABULARY
    | {"graph", "catalog", "engines", "pipeline", "extracting", "simulator", "commands"}
    | {"printing", "watching", "formats", "layout", "listing", "kept", "stopping"},
    "__main__": {"cli", "errors"},
}
BELOW: dict[Layer, set[Layer]] = {
    "staging": {"raw"},
    "intermediate": {"staging"},
    "marts": {"intermediate", "staging"},
}
DOOR = ROOT / "__init__.py"
FILES = sorted(path for path in ROOT.rglob("*.py") if path != DOOR)


def room_of(dotted: str) -> str:
    """Return the longest room name that a module's name within the package begins with."""
    fitting = [room for room in MAY_IMPORT if f"{dotted}.".startswith(f"{room}.")]
    return max(fitting, key=len, default=dotted)


def imported(path: Path) -> set[str]:
    """Return the rooms that a file imports from, wherever in it the import stands."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "cursor_marts":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cursor_marts."):
            names.add(node.module.removeprefix("cursor_marts."))
        elif isinstance(node, ast.Import):
            names |= {a.name[13:] for a in node.names if a.name.startswith("cursor_marts.")}
    return {room_of(name) for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_from_the_rooms_below_its_own(path: Path) -> None:
    """Imports run downward: marts read intermediate, extract and load do not know models."""
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    if dotted == "models":
        assert not imported(path)
        return
    room = room_of(dotted)
    assert imported(path) - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_a_model_reads_only_layers_below_its_own(model: Model) -> None:
    """Staging reads raw, intermediate reads staging, marts read intermediate or staging."""
    layer_of = {m.contract: m.layer for m in all_models()}
    layers = {layer_of.get(contract, "raw") for contract in model.reads.values()}
    assert layers <= BELOW[model.layer]


def test_every_room_is_listed_and_exists() -> None:
    """A new file belongs to a room that says what it may import."""
    for room in MAY_IMPORT:
        place = ROOT.joinpath(*room.split("."))
        assert place.is_dir() or place.with_suffix(".py").exists(), room
