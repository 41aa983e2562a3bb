"""A team's own reference files: through the command line, the functions and the environment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.command_line import cursor_marts, failed
from support.raw_rows import filed, loaded, pr

import cursor_marts as package
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import ReferenceFilesError, UsageError

pytestmark = pytest.mark.slow

FILES = {
    "accounts.csv": "login,kind,vendor\nacme-deployer,bot,Acme\n",
    "bug_fix_rules.csv": "rule,value\nlabel,Defect\n",
    "teams.csv": "person,team\nann@example.com,web\n",
    "ai_ratio_bands.csv": (
        "ai_usage_band,from_ratio,from_inclusive,to_ratio,to_inclusive\n"
        "medium,0.3,true,0.5,true\nhigh,0.5,false,,\n"
    ),
}
#: What the files above make of the rows below, and what the package's own do.
OWN = [(1, "human", "web", "label", "high"), (2, "bot", None, None, "high")]
SHIPPED = [(1, "human", None, None, "medium"), (2, "human", None, None, "medium")]
ADDRESS = "http://127.0.0.1:9"  # where nobody answers


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose raw tables hold two pull requests."""
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [
        pr(1, ai_ratio=0.55, labels=["defect"]),
        pr(2, ai_ratio=0.55, author_id="acme-deployer", author_email=None),
    ]
    return filed(loaded(pull_requests=rows), folder)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a team's own file of every name."""
    folder = tmp_path / "reference"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


def pulls(data: Path) -> list[tuple[Any, ...]]:
    """Return what the reference files say of each pull request."""
    columns = "pr_number, author_kind, team, bug_fix_rule, ai_usage_band"
    with duckdb.connect(str(data / "analytics.duckdb"), read_only=True) as connection:
        rows = connection.sql(f"SELECT {columns} FROM main_mart.mart_pull_requests ORDER BY 1")
        return rows.fetchall()


def test_a_build_goes_by_the_files_of_a_team(data: Path, files: Path, tmp_path: Path) -> None:
    """By the option or its variable; a cached build is not used again when a line changes."""
    select = ("--select", "+mart_pull_requests stg_repos")
    words = ("transform", "--quiet", "--data-dir", str(data), *select)
    environ = {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*more: str, **others: str) -> list[tuple[Any, ...]]:
        done = cursor_marts(*words, *more, **environ | others)
        assert done.returncode == 0, done.stderr
        return pulls(data)

    assert run() == SHIPPED
    assert run("--reference", str(files)) == OWN
    assert run() == SHIPPED
    assert run(CURSOR_MARTS_REFERENCE=str(files)) == OWN
    (files / "teams.csv").write_text("person,team\nann@example.com,core\n")
    cached = len(list((tmp_path / "cache" / "cursor_marts").iterdir()))
    assert run("--reference", str(files))[0][2] == "core"
    assert len(list((tmp_path / "cache" / "cursor_marts").iterdir())) > cached


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("accounts.csv", "login,kind,vendor\nx,bot,\ny,robot,\n", "accounts.csv, line 3: its kind"),
        ("teams.csv", "person,team\nann\n", "teams.csv, line 2: its columns are not person, team"),
        ("acounts.csv", "login,kind,vendor\n", "acounts.csv: there is no reference file of this"),
    ],
)
def test_a_mistake_is_named_before_anything_runs(
    name: str, text: str, says: str, data: Path, files: Path
) -> None:
    """By file and line, and with exit code 1; no request is sent."""
    (files / name).write_text(text)
    before = (data / "analytics.duckdb").read_bytes()
    for step in ("build", "transform"):
        words = ["--source", ADDRESS] if step == "build" else []
        run = cursor_marts(step, *words, "--data-dir", str(data), "--reference", str(files))
        assert says in " ".join(failed(run, 1).split())
        assert run.stdout == ""
    assert sorted(each.name for each in data.iterdir()) == ["analytics.duckdb"]
    assert (data / "analytics.duckdb").read_bytes() == before


def test_the_next_command_has_the_folder(data: Path, files: Path) -> None:
    """So that it can be typed as it is."""
    where = ("--data-dir", str(data), "--reference", str(files))
    run = cursor_marts("transform", *where)
    assert f"report --data-dir {data} --reference {files}" in run.stdout


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """From every function that takes one; an empty option is, too."""
    missing = tmp_path / "nowhere"
    for refused in (
        lambda: package.build("embedded", data_dir=tmp_path, reference=missing),
        lambda: package.test(data_dir=tmp_path, reference=missing),
        lambda: package.check(reference=missing),
        lambda: package.sql("mart_quality", reference=missing),
        lambda: package.describe("mart_quality", reference=missing),
        lambda: package.report(data_dir=tmp_path, reference=missing),
    ):
        with pytest.raises(UsageError, match=r"no folder of reference files at .*nowhere"):
            refused()
    with pytest.raises(UsageError, match="--reference is empty"):
        package.check(reference="")


def test_settings_have_the_folder_of_the_option_or_of_its_variable(files: Path) -> None:
    """The option wins; without both there is none."""
    environ = {"CURSOR_MARTS_REFERENCE": str(files)}
    assert Settings.read(environ=environ).reference == files
    assert Settings.read(reference="other", environ=environ).reference == Path("other")
    assert Settings.read(environ={"CURSOR_MARTS_REFERENCE": " "}).reference is None


def test_commands_without_a_database_go_by_the_files(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SQL of a model names the accounts, and a description the bands; then no more."""
    assert "acme-deployer" in package.sql("stg_pull_requests", reference=files)
    assert "high: over 50 %" in json.dumps(
        package.describe("mart_ai_impact", reference=files).data()
    )
    assert package.check(reference=files) == package.check()
    monkeypatch.setenv("CURSOR_MARTS_REFERENCE", str(files))
    assert "acme-deployer" in package.sql("stg_pull_requests")
    monkeypatch.delenv("CURSOR_MARTS_REFERENCE")
    assert "acme-deployer" not in package.sql("stg_pull_requests")
    assert "high: over 60 %" in json.dumps(package.describe("mart_ai_impact").data())
    (files / "teams.csv").write_text("person,team\n,web\n")
    with pytest.raises(ReferenceFilesError, match=r"teams\.csv, line 2: its person is empty"):
        package.check(reference=files)


def test_tests_and_the_weekly_page_go_by_the_bands_of_a_team(data: Path, files: Path) -> None:
    """A band of the team's own is one that a data test expects, and a bar of a chart."""
    bands = FILES["ai_ratio_bands.csv"].replace("high,0.5,false,,", "high,0.5,false,0.9,false")
    (files / "ai_ratio_bands.csv").write_text(f"{bands}nearly all,0.9,true,,\n")
    package.transform(data_dir=data, reference=files)
    outcome = package.test("intermediate marts", data_dir=data, reference=files)
    assert outcome.report is not None
    assert not outcome.report.failed
    page = package.report(data / "page.html", data_dir=data, reference=files).read_text()
    assert "nearly all: 90 % or more" in page
