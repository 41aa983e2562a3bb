"""A build with many commits recommends views in place of copies, unless it has them."""

from pathlib import Path

import pytest
from support.published_states import SMALL, source

from cursor_marts.cli.printing import print_outcome
from cursor_marts.commands.pipeline import run_build
from cursor_marts.commands.settings import Settings

pytestmark = pytest.mark.slow

COMMITS = len(SMALL.commits)


@pytest.mark.parametrize(
    ("raw", "many", "told"),
    [("table", COMMITS - 1, True), ("table", COMMITS, False), ("view", COMMITS - 1, False)],
)
def test_many_commits_recommend_views(
    raw: str, many: int, told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the number of commits and the option."""
    with source(SMALL) as url:
        settings = Settings.read(source=url, data_dir=tmp_path, raw=raw, environ={})
        outcome = run_build(settings, many_commits=many)
    print_outcome(outcome, settings, "")
    line = f"{COMMITS} commits were copied into the database: with --raw view"
    assert (line in " ".join(capsys.readouterr().out.split())) == told
