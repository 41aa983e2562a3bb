"""The weekly page of a built database, and the errors of the command."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
from support.lock_holder import held
from support.own_marts import TOTALS, added
from typer.testing import CliRunner

from cursor_marts import Settings, report, transform
from cursor_marts import test as run_tests
from cursor_marts.cli.app import app
from cursor_marts.errors import DatabaseError, DatabaseLocked, UsageError
from cursor_marts.models import all_models
from cursor_marts.reporting.weekly import content, read
from cursor_marts.reporting.weekly.content import Content
from cursor_marts.reporting.weekly.own import ROWS, SHIPPED
from cursor_marts.reporting.weekly.pulls import during
from cursor_marts.reporting.weekly.words import duration

pytestmark = pytest.mark.slow

#: Copies the built folder and executes statements on the copy's database.
Changed = Callable[..., Path]


def said(page: Path) -> str:
    """Return the words of the page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def content_of(folder: Path) -> Content:
    settings = Settings.read(data_dir=folder)
    return content(read(settings.engine, settings.run_results))


def rows(folder: Path, query: str, **values: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / "analytics.duckdb"), read_only=True) as connection:
        return connection.execute(query, values or None).fetchall()


def test_the_command_writes_one_small_file(built: Path, tmp_path: Path) -> None:
    """It prints the path; the file has no dependencies and is under 200 kB."""
    out = tmp_path / "report.html"
    run = CliRunner().invoke(app, ["report", "--data-dir", str(built), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert run.stdout == f"Weekly page: {out}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    text = out.read_text("utf-8")
    assert len(text.encode()) < 200_000
    assert not re.search(r'(src|srcset|@import)="?https?://', text)
    assert "<script" not in text


def test_markdown_is_short_and_has_the_same_sentences(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than 40 lines, in report.md."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(app, ["report", "--data-dir", str(built), "--format", "markdown"])
    assert run.exit_code == 0, run.output
    text = (tmp_path / "report.md").read_text("utf-8")
    assert len(text.splitlines()) < 40
    assert [each.topic for each in content_of(built).sentences] == re.findall(
        r"^- \*\*(Merged|Speed|Where|AI|Risks)\*\*", text, re.M
    )


def test_its_numbers_are_those_of_the_marts(built: Path) -> None:
    """Merges, unreviewed and reverted ones by week; the median of all pull requests."""
    found = content_of(built)
    by_card = {card.label: card.trend.values for card in found.cards}
    query = """
        SELECT week, sum(total_prs)::INT, sum(unreviewed_prs)::INT, sum(reverted_prs)::INT
        FROM main_mart.mart_quality GROUP BY week"""
    counts = {week: numbers for week, *numbers in rows(built, query)}
    for i, week in enumerate(found.weeks.shown):
        merged, unreviewed, reverted = counts.get(week, (0, 0, 0))
        assert by_card["Merged"][i] == merged
        if merged:
            assert by_card["Without a review"][i] == pytest.approx(unreviewed / merged)
            assert by_card["Reverted"][i] == pytest.approx(reverted / merged)
    last = during(found.counted, [found.weeks.last])
    hours = median([pull.total_cycle_time_hours or 0 for pull in last])
    assert found.cards[1].value == duration(hours)


def test_the_bands_are_those_of_the_mart_by_repository(built: Path) -> None:
    """As many pull requests of each week, repository and band."""
    found = content_of(built)
    query = "SELECT week, repo_name, ai_usage_band, pr_count FROM main_mart.mart_ai_impact_by_repo"
    counts = {tuple(key): count for *key, count in rows(built, query)}
    for week in found.weeks.shown:
        for pull in during(found.counted, [week]):
            counts[(week, pull.repo_name, pull.ai_usage_band)] -= 1
    assert {count for (week, *_), count in counts.items() if week in found.weeks.shown} == {0}


def test_weeks_repositories_and_teams_are_options(built: Path, tmp_path: Path) -> None:
    """The page is about them alone; an unknown name is an error."""
    args = ["report", "--data-dir", str(built), "--out", str(tmp_path / "report.html")]
    run = CliRunner().invoke(app, [*args, "--repo", "payments", "--weeks", "3"])
    assert run.exit_code == 0, run.output
    page = said(tmp_path / "report.html")
    assert "Delivery of acme-demo/payments: " in page
    assert "Lines: the last 3 weeks" in page
    assert "web-app" not in page
    run = CliRunner().invoke(app, [*args, "--team", "core"])
    assert run.exit_code == 2
    assert "has the team 'core'" in run.output


def test_every_mart_of_the_package_is_known_to_be_its_own() -> None:
    """Another one is a user's."""
    assert {model.name for model in all_models() if model.layer == "marts"} == SHIPPED


def test_definitions_are_precise(built: Path, tmp_path: Path) -> None:
    """A hotfix may fix something else; what a round and a review count."""
    page = said(report(data_dir=built, out=tmp_path / "report.html")).rpartition("Definitions")[2]
    for said_there in (
        "a bug fix of a person or an agent, whatever it fixes, opened in the same repository",
        "0 without a qualifying review, else 1 plus the requests for changes.",
        "submitted by a person other than the author, and not a mere reply",
        "(low: under 30 %, medium: 30 to 60 %, high: over 60 %, unknown: no share known)",
    ):
        assert said_there in page


def test_a_mart_of_a_user_is_on_the_page(authors: Path, tmp_path: Path) -> None:
    """Its newest rows by the units of its columns, and the definition of each column."""
    file = report(data_dir=authors, out=tmp_path / "report.html")
    page, text = said(file), file.read_text("utf-8")
    ((count,),) = rows(authors, "SELECT count(*) FROM main_mart.mart_authors")
    newest = rows(
        authors,
        f"""SELECT author_email, week::VARCHAR, pull_requests::VARCHAR, is_busy
        FROM main_mart.mart_authors ORDER BY week DESC, author_email LIMIT {ROWS}""",
    )
    assert (
        "One row per week and author with at least one merged pull request. "
        f"Here: the newest {ROWS} by week of {count} rows." in page
    )
    own = text.partition('id="own-mart_authors"')[2].partition('id="data"')[0]
    found = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", own)
    cells = [re.findall(r">([^<>]+)</t[hd]>", row) for row in found]
    assert [(c[0], c[1], c[2], c[5] == "yes") for c in cells] == newest
    assert all(re.fullmatch(r"\d+(\.\d)?%", c[3]) for c in cells)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", c[4]) for c in cells)
    assert text.count('id="mart_authors.revert_rate"') == 1


def test_a_mart_of_a_user_that_is_not_built(authors: Path, tmp_path: Path) -> None:
    """A line says so, also after a change of its model; the rest of the page is there."""
    for statement, says in {
        "ALTER TABLE main_mart.mart_authors DROP is_busy": "another version of its model built it",
        "DROP TABLE main_mart.mart_authors": "it is not built yet",
    }.items():
        with duckdb.connect(str(authors / "analytics.duckdb")) as connection:
            connection.execute(statement)
        file = report(data_dir=authors, out=tmp_path / "report.html")
        assert f"mart_authors is left out: {says}. python -m cursor_marts transform" in said(file)
        assert "mart_authors." not in file.read_text("utf-8")
        assert "Pull requests to look at" in said(file)


def test_only_the_shown_rows_of_a_large_mart_are_read(authors: Path) -> None:
    """The count is that of all rows."""
    with duckdb.connect(str(authors / "analytics.duckdb")) as connection:
        connection.execute("""
            INSERT INTO main_mart.mart_authors SELECT 'z' || range, '2020-01-06', 1, 0, now(), true
            FROM range(100_000)""")
    (mart,) = content_of(authors).snapshot.own
    assert (len(mart.rows), mart.by) == (ROWS, "week")
    assert mart.count > 100_000


def test_a_mart_of_a_user_without_a_date(changed: Changed, tmp_path: Path) -> None:
    """It is sorted by its key, and complete if it is small."""
    folder = changed()
    with added(tmp_path, "mart_totals", TOTALS):
        transform(data_dir=folder, select="mart_totals")
        (mart,) = content_of(folder).snapshot.own
        page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    authors = [row["author_email"] for row in mart.rows]
    assert authors == sorted(authors)
    assert mart.by == ""
    assert f"Here: {len(authors)} rows. pull requests author email" in page


def test_the_findings_of_the_last_build_are_shown(changed: Changed, tmp_path: Path) -> None:
    """In words, with how many of how many, and without the names of tests; a failed build."""
    folder = changed()
    path = folder / "run_results.json"
    results = json.loads(path.read_text())
    (tests,) = [
        [e for e in results["results"] if e["unique_id"].startswith("test.cursor_marts." + name)]
        for name in ("mart_pull_requests.",)
    ]
    for status, entry in zip(("warn", "fail"), tests, strict=False):
        entry |= {"status": status, "failures": 3, "message": "As it should be."}
    path.write_text(json.dumps(results))
    file = report(data_dir=folder, out=tmp_path / "report.html")
    page = said(file)
    ((count,),) = rows(folder, "SELECT count(*) FROM main_mart.mart_pull_requests")
    of = f"3 of {count:,} rows of mart_pull_requests break a rule: As it should be."
    assert f"Failed: {of}" in page
    assert all(test["unique_id"].split(".")[-1] not in page for test in tests)
    assert "The last build failed 1 data test and published nothing" in page
    results["args"] = {"which": "test"}
    path.write_text(json.dumps(results))
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "What is published failed 1 data test." in page


def test_the_number_of_replaced_commit_versions_is_shown(changed: Changed, tmp_path: Path) -> None:
    """If there are any: on the page, and in the output of a build."""
    folder = changed(
        "DELETE FROM main_raw.commits WHERE rowid NOT IN "
        "(SELECT min(rowid) FROM main_raw.commits GROUP BY commit_hash)"
    )

    def told() -> list[str]:
        run = CliRunner().invoke(app, ["transform", "--data-dir", str(folder)])
        assert run.exit_code == 0, run.output
        page = report(data_dir=folder, out=tmp_path / "report.html")
        found = [
            re.search(r"[\d,]+ older version[\w ]+", text) for text in (run.output, said(page))
        ]
        return [match[0].strip() for match in found if match]

    assert told() == []
    for added_rows, line in (
        (1, "1 older version of a commit replaced by a newer one"),
        (2, "3 older versions of commits replaced by newer ones"),
    ):
        with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
            connection.execute(
                "INSERT INTO main_raw.commits SELECT * REPLACE "
                "(created_at - INTERVAL 1 DAY AS created_at) FROM main_raw.commits "
                f"LIMIT {added_rows}"
            )
        assert told() == [line, line]


def test_tables_that_the_last_run_did_not_test_are_named(changed: Changed, tmp_path: Path) -> None:
    """The page names the tables that the last run did not test."""
    folder = changed()
    assert "not tested" not in said(report(data_dir=folder, out=tmp_path / "report.html"))
    run_tests("mart_quality stg_*", data_dir=folder)
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    tested = {"mart_quality", *(m.name for m in all_models() if m.layer == "staging")}
    others = ", ".join(m.name for m in all_models() if m.name not in tested)
    assert f"of chosen tables; not tested: {others}." in page


def test_without_ai_tracked_commits_the_page_says_what_to_do(
    changed: Changed, tmp_path: Path
) -> None:
    """One step to know more."""
    folder = changed("UPDATE main_mart.mart_coverage SET tracked_commits = 0, linked_commits = 0")
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "The AI source knows 0 of their" in page
    assert "no AI-tracked commits: name the AI code tracking API with --source" in page


def test_a_database_without_a_merge(changed: Changed, tmp_path: Path) -> None:
    """The page says so, and still has its definitions."""
    folder = changed("DELETE FROM main_mart.mart_pull_requests")
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "No pull request of people or agents was merged" in page
    assert "How far to believe this" in page
    assert "Definitions" in page


def test_data_that_another_tool_has_loaded(changed: Changed, tmp_path: Path) -> None:
    """The page says that it has no record of the extraction and of the build."""
    raw = ("extractions", "rejects", "commits")
    folder = changed(*(f"DROP TABLE main_raw.{name} CASCADE" for name in raw))
    (folder / "run_results.json").unlink()
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "Until when this data goes is not on record" in page
    assert "No build has left its report" in page
    assert "pull requests were merged" in page


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP TABLE main_mart.mart_coverage", "mart_coverage is not in the database"),
        (
            "ALTER TABLE main_mart.mart_pull_requests DROP COLUMN url",
            "mart_pull_requests has no column url",
        ),
        (
            "UPDATE main_mart.mart_pull_requests SET week = 'infinity' WHERE week IS NOT NULL",
            "has a week that is not on the calendar",
        ),
    ],
)
def test_a_missing_or_outdated_mart_is_an_error(
    changed: Changed, tmp_path: Path, statement: str, says: str
) -> None:
    """One line for each, and no file."""
    with pytest.raises(DatabaseError, match=says):
        report(data_dir=changed(statement), out=tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_a_missing_database_is_an_error(tmp_path: Path) -> None:
    """It names the path and the command that creates it."""
    with pytest.raises(DatabaseError, match=r"no database at .*analytics\.duckdb"):
        report(data_dir=tmp_path, out=tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_an_error(changed: Changed, tmp_path: Path) -> None:
    """It names the process that has the file open."""
    folder = changed()
    with (
        held(folder / "analytics.duckdb") as holder,
        pytest.raises(DatabaseLocked, match=rf"\(process {holder.pid}\)"),
    ):
        report(data_dir=folder, out=tmp_path / "report.html", lock_timeout=0.3)


def test_an_output_path_that_cannot_be_written_is_an_error(built: Path, tmp_path: Path) -> None:
    """A folder of that name, or a missing parent: the error names the option."""
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "nowhere" / "report.html"):
        with pytest.raises(UsageError, match="cannot write") as caught:
            report(data_dir=built, out=out)
        assert "--out" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_killed_run_leaves_the_previous_page(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is replaced in the last step."""
    out = tmp_path / "report.html"
    out.write_text("the page of last week")

    def killed(*_paths: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        report(data_dir=built, out=out)
    assert out.read_text() == "the page of last week"
