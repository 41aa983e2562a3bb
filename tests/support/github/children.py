"""What a process of its own executes: an extraction over real HTTP."""

from __future__ import annotations

from pathlib import Path

from cursor_marts.sources.extraction import extract
from cursor_marts.sources.github.addresses import Addresses
from cursor_marts.sources.github.source import GitHubSettings, GitHubSource
from cursor_marts.sources.github.targets import Target
from cursor_marts.sources.secret import Secret
from support.github.runs import WINDOW


def extract_all(rest: str, folder: Path) -> None:
    """Extract from the emulator at an address into a folder."""
    settings = GitHubSettings((Target("acme"),), Secret("ghp_valid"), Addresses.of(rest))
    extract([GitHubSource(settings)], WINDOW, folder / "landing")
