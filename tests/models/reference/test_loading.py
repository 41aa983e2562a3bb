"""Reference files: a team's own lines over the package's, and mistakes named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cursor_marts.errors import ReferenceFilesError, UsageError
from cursor_marts.models import reference
from cursor_marts.models.reference import Account, BugFixRule, load, normalized_name


def folder_with(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_the_package_knows_agents_and_bots() -> None:
    """An agent opens pull requests; a reviewer, or an updater of dependencies, is a bot."""
    shipped = load()
    assert {"copilot-swe-agent", "cursor", "devin-ai-integration"} <= set(shipped.logins("agent"))
    bots = {"dependabot", "renovate", "github-actions", "coderabbitai"}
    assert {*bots, "copilot-pull-request-reviewer"} <= set(shipped.logins("bot"))
    assert shipped.teams == ()


@pytest.mark.parametrize("login", ["Dependabot", " dependabot\t", "dependabot[bot]"])
def test_an_account_has_one_spelling(login: str) -> None:
    """Case, blanks around, and a trailing [bot] do not tell accounts apart."""
    assert normalized_name(login) == "dependabot"


def test_a_line_of_a_team_replaces_the_one_with_its_key(tmp_path: Path) -> None:
    """Another kind for a known login, in its place; a new login at the end."""
    lines = "login,kind,vendor\nCursor[bot],human,\nacme-deployer,bot,Acme\n"
    before, after = load().accounts, load(folder_with(tmp_path, "accounts.csv", lines)).accounts
    assert len(after) == len(before) + 1
    assert after[-1] == Account(normalized_name("acme-deployer"), "bot", "Acme")
    place = [account.login for account in before].index(normalized_name("cursor"))
    assert after[place] == Account(normalized_name("cursor"), "human", "")


def test_each_file_may_be_a_teams_own(tmp_path: Path) -> None:
    """Rules, bands and teams; a file that is not there leaves the package's as it is."""
    folder_with(tmp_path, "bug_fix_rules.csv", "rule,value\nlabel,Defect\n")
    folder_with(tmp_path, "teams.csv", "person,team\nAnn@Example.com,web\nBob,web\nCy,core\n")
    folder_with(
        tmp_path,
        "ai_ratio_bands.csv",
        "ai_usage_band,from_ratio,from_inclusive,to_ratio,to_inclusive\n"
        "medium,0.3,true,0.5,true\nhigh,0.5,false,,\n",
    )
    own = load(tmp_path)
    assert own.bug_fix_rules[-1] == BugFixRule("label", "defect")
    assert own.members() == {"web": ["ann@example.com", "bob"], "core": ["cy"]}
    assert [band.to_ratio for band in own.bands] == [0.3, 0.5, None]
    assert own.accounts == load().accounts


BANDS = "ai_usage_band,from_ratio,from_inclusive,to_ratio,to_inclusive\n"
MISTAKES = {
    "an unknown kind": (
        "accounts.csv",
        "login,kind,vendor\nx,robot,\n",
        "accounts.csv, line 2: its kind is 'robot', which is none of human, agent, bot",
    ),
    "no login": ("accounts.csv", "login,kind,vendor\n [bot],bot,\n", "line 2: its login is empty"),
    "a value too few": ("accounts.csv", "login,kind,vendor\nx,bot\n", "line 2: its columns"),
    "a value too many": ("accounts.csv", "login,kind,vendor\nx,bot,y,z\n", "line 2: its columns"),
    "another column": ("teams.csv", "login,team\nx,y\n", "its columns are not person, team"),
    "a key twice": (
        "teams.csv",
        "person,team\nann,web\n\nAnn,core\n",
        "teams.csv, line 4: has the key of .*teams.csv, line 2",
    ),
    "an unknown rule": ("bug_fix_rules.csv", "rule,value\nbody,bug\n", "line 2: its rule is"),
    "a title with a colon": ("bug_fix_rules.csv", "rule,value\ntitle,fix:\n", "line 2: 'fix:' is"),
    "no ratio": ("ai_ratio_bands.csv", BANDS + "low,,,30 %,false\n", "line 2: '30 %' is not"),
    "no truth": ("ai_ratio_bands.csv", BANDS + "low,,,0.3,no\n", "line 2: 'no' is not true"),
    "a reserved name": ("ai_ratio_bands.csv", BANDS + "unknown,,,,\n", "line 2: a band cannot"),
    "a gap": (
        "ai_ratio_bands.csv",
        BANDS + "low,,,0.2,false\n",
        "line 3: band medium does not begin where low ends",
    ),
    "a bound of two bands": (
        "ai_ratio_bands.csv",
        BANDS + "low,,,0.3,true\n",
        "band medium does not begin where low ends",
    ),
    "an open end": (
        "ai_ratio_bands.csv",
        BANDS + "high,0.6,false,0.9,false\n",
        "line 2: no band covers the ratios above 0.9",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_by_file_and_line(mistake: str, tmp_path: Path) -> None:
    """Before anything runs, with the next step."""
    name, text, message = MISTAKES[mistake]
    with pytest.raises(ReferenceFilesError, match=message) as refused:
        load(folder_with(tmp_path, name, text))
    assert refused.value.hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and a quote that nothing closes."""
    (tmp_path / "teams.csv").write_bytes(b"person,team\nann,\xff\n")
    with pytest.raises(ReferenceFilesError, match=r"cannot read .*teams\.csv"):
        load(tmp_path)
    folder_with(tmp_path, "teams.csv", 'person,team\nann,"web\n')
    with pytest.raises(ReferenceFilesError, match=r"cannot read .*teams\.csv"):
        load(tmp_path)


def test_a_folder_or_a_name_that_is_wrong_is_refused(tmp_path: Path) -> None:
    """A CSV file with an unknown name is an error; other kinds of files are allowed."""
    with pytest.raises(UsageError, match="there is no folder of reference files"):
        load(tmp_path / "elsewhere")
    folder_with(tmp_path, "README.md", "ours")
    assert load(tmp_path) == load()
    with pytest.raises(
        ReferenceFilesError, match=r"account\.csv: there is no reference file of this name"
    ):
        load(folder_with(tmp_path, "account.csv", ""))


def test_a_teams_reference_data_counts_while_it_is_in_use(tmp_path: Path) -> None:
    """Afterwards the package's own counts again."""
    own = load(folder_with(tmp_path, "teams.csv", "person,team\nann,web\n"))
    with reference.using(own):
        assert reference.current() is own
    assert reference.current() == load()
    assert own.fingerprint != load().fingerprint
