"""The content of the weekly page, and the errors of the command."""

import json
import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from support.lock_holder import held
from support.own_marts import TOTALS, added
from typer.testing import CliRunner

from cursor_marts import Settings, report, transform
from cursor_marts import test as run_tests
from cursor_marts.cli.app import app
from cursor_marts.contracts import columns_of
from cursor_marts.errors import DatabaseError, DatabaseLocked, UsageError
from cursor_marts.models import all_models
from cursor_marts.models.reference import band_limits
from cursor_marts.reporting.weekly.charts import nice
from cursor_marts.reporting.weekly.snapshot import OWN_ROWS, Snapshot, read
from cursor_marts.reporting.weekly.weeks import weeks_of
from cursor_marts.reporting.weekly.words import hours

pytestmark = pytest.mark.slow

#: Copies the built folder and executes statements on the copy's database.
Changed = Callable[..., Path]


def said(page: Path) -> str:
    """Return the words of the page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def snapshot_of(folder: Path) -> Snapshot:
    settings = Settings.read(data_dir=folder)
    return read(settings.database, settings.run_results)


def test_the_command_writes_one_small_file(built: Path, tmp_path: Path) -> None:
    """It prints the path; the file has no dependencies and is under 500 kB."""
    out = tmp_path / "report.html"
    run = CliRunner().invoke(app, ["report", "--data-dir", str(built), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert run.stdout == f"Weekly page: {out}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    text = out.read_text("utf-8")
    assert len(text.encode()) < 500_000
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)
    assert "<script" not in text


def test_its_numbers_are_those_of_the_marts(built: Path, tmp_path: Path) -> None:
    """Merges, share of AI lines and reverts of the last week equal those of a separate query."""
    page = said(report(data_dir=built, out=tmp_path / "report.html"))
    week = weeks_of(snapshot_of(built)).last
    query = """
        SELECT sum(total_prs)::INT, round(100 * sum(total_ai_lines) / sum(total_lines))::INT,
            (SELECT sum(reverted_prs)::INT FROM main_mart.mart_quality WHERE week = $week)
        FROM main_mart.mart_velocity WHERE week = $week"""
    with duckdb.connect(str(built / "analytics.duckdb"), read_only=True) as connection:
        ((merged, ai, reverted),) = connection.execute(query, {"week": week}).fetchall()
    assert f"Merged {merged} " in page
    assert f"AI wrote {ai} % of the merged lines" in page
    assert f"{reverted} of {merged} reverted" in page


def test_terms_are_explained_where_they_are_used(built: Path, tmp_path: Path) -> None:
    """The word before, repeated records, the names of bands, the units of bars."""
    file = report(data_dir=built, out=tmp_path / "report.html")
    page = said(file)
    assert "Before is the 4 weeks before: the merges of a mean week" in page
    assert "Received counts each record once, with the rejected and those outside" in page
    assert "repeated ones, the same in every field, came on top of it and are kept once" in page
    titles = re.findall(r"<h3>(High AI use: .*?)</h3>", file.read_text("utf-8"))
    assert titles
    assert all("; medium: " in title and "; low: " in title for title in titles)
    bars = re.findall(r"<title>(.*?)</title>", file.read_text("utf-8"))
    parts = [says for says in bars if re.search(r": (coding|to merge) ", says)]
    assert parts
    assert all(says.endswith(("\u00a0h", "–")) for says in parts)


def test_charts_by_band_warn_that_they_do_not_show_an_effect(built: Path, tmp_path: Path) -> None:
    """Each chart says what else differs; the first one links to more."""
    file = report(data_dir=built, out=tmp_path / "report.html")
    figures = re.findall(r"<figure>.*?</figure>", file.read_text("utf-8"), re.S)
    bands = [figure for figure in figures if "By band of AI use" in figure]
    assert len(bands) == 4
    for figure in bands:
        (warning,) = re.findall(r'<p class="warning">(.*?)</p>', figure, re.S)
        assert "Bands mix repositories and sizes" in warning
        assert "within one repository" in warning
        assert f"share ({band_limits()})." in figure
    assert "notebooks/03_ai_impact.ipynb" in bands[0]
    weeks = weeks_of(snapshot_of(built))
    query = """
        SELECT ai_usage_band, sum(pr_count)::INT,
            round(sum(avg_pr_size * pr_count) / sum(pr_count))::INT
        FROM main_mart.mart_ai_impact WHERE list_contains($weeks, week) GROUP BY 1"""
    counted = {"weeks": [week for week in weeks.shown if week in weeks.whole]}
    with duckdb.connect(str(built / "analytics.duckdb"), read_only=True) as connection:
        sizes = connection.execute(query, counted).fetchall()
    assert len(sizes) > 1
    for band, merged, lines in sizes:
        label = f">{band}: {merged:,} merged, mean {lines:,} lines<"
        assert all(label in figure for figure in bands)


def test_definitions_are_precise(built: Path, tmp_path: Path) -> None:
    """A hotfix may fix something else; what a round, a review and an estimate count."""
    page = said(report(data_dir=built, out=tmp_path / "report.html"))
    assert (
        page.count("within 48 hours after the merge, whatever it fixes. ") >= 2
    )  # under both charts
    definitions = page.rpartition("Definitions&nbsp;")[2]
    for said_there in (
        "a bug fix of a person or an agent, whatever it fixes, opened in the same repository",
        "rounds of review: 0 without a qualifying review, else 1 plus the requests for changes.",
        "submitted by a person other than the author, and not a mere reply",
        "15 minutes and 5 per 100 lines for each qualifying review.",
    ):
        assert said_there in definitions


def test_review_hours_are_labelled_as_an_estimate_of_work(built: Path, tmp_path: Path) -> None:
    """The card, the table and the chart use the same words."""
    file = report(data_dir=built, out=tmp_path / "report.html")
    name = 'href="#mart_review_costs.estimated_total_review_hours">'
    called = re.findall(name + "(.*?)</a>", file.read_text("utf-8"))
    assert called == [*3 * ["Reviewers&#39; hours (estimate)"], "estimated_total_review_hours"]
    assert "Review time" not in said(file)


def test_the_card_of_reverts_says_that_it_may_rise(built: Path, tmp_path: Path) -> None:
    """Reverts happen after the merge; the note of its section is far below."""
    text = report(data_dir=built, out=tmp_path / "report.html").read_text("utf-8")
    cards = re.findall(r"<dt>.*?</div>", text.partition("<table>")[0], re.S)
    (said_there,) = [card for card in cards if ">Reverted</a>" in card]
    assert "may raise it" in said_there


def test_titles_ignore_small_samples(changed: Changed, tmp_path: Path) -> None:
    """A repository or week with fewer than five merges does not appear in a title."""
    folder = changed()
    weeks = weeks_of(snapshot_of(folder))
    now, before = f"week = '{weeks.last}'", f"week = '{weeks.before[0]}'"
    velocity = "UPDATE main_mart.mart_velocity SET"
    parts = "p50_coding_lead_time = {}, p50_pickup_time = 2, p50_review_lead_time = {}"
    slow, quick = "repo_name LIKE '%web-app'", "repo_name LIKE '%payments'"
    statements = (
        f"{velocity} total_prs = 9, p50_cycle_time = 20, {parts.format(1, 9)}",
        f"{velocity} p50_cycle_time = 10 WHERE {now}",
        f"{velocity} total_prs = 4, {parts.format(9, 1)} WHERE {now} AND {quick}",
        f"{velocity} total_prs = 4, p50_cycle_time = 5 WHERE {before} AND {slow}",
    )
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)
        query = f"SELECT count(*) FROM main_mart.mart_velocity WHERE {now}"
        ((repos,),) = connection.execute(query).fetchall()

    def titles() -> list[str]:
        text = report(data_dir=folder, out=tmp_path / "report.html").read_text("utf-8")
        return re.findall(r"<figcaption><h3>(.*?)</h3>", text)

    most = "Review to merge is the longest part in"
    found = titles()
    assert f"{most} {repos - 1} of the {repos - 1} repositories with at least 5 merges" in found
    (title,) = [title for title in found if "web-app" in title]
    assert ": faster than in those 3 of the 4 weeks before with at least 5 merges, half" in title
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute(f"{velocity} total_prs = 1 WHERE {now} AND NOT {slow}")
    (title, *_) = titles()
    assert re.fullmatch(f"{most} .*web-app, the only repository with at least 5 merges", title)
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        for mart in ("mart_velocity", "mart_review_costs"):
            connection.execute(f"UPDATE main_mart.{mart} SET total_prs = 1 WHERE {now}")
        connection.execute(f"DELETE FROM main_mart.mart_velocity WHERE {now} AND NOT {slow}")
        connection.execute(f"DELETE FROM main_mart.mart_review_costs WHERE {now} AND NOT {slow}")
    found = titles()
    assert "Too few pull requests to say which part is the longest" in found
    assert "Lines by AI: too few pull requests to say" in found
    assert "Rounds of review: too few pull requests to say" in found
    assert not any("for each pull request" in title for title in found)


def figure_of(page: Path, caption: str) -> str:
    """Return the words of the only figure with this caption."""
    figures = re.findall(r"<figure>.*?</figure>", page.read_text("utf-8"), re.S)
    (figure,) = [figure for figure in figures if caption in figure]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", figure))


def test_the_page_says_that_parts_of_the_cycle_time_need_not_add_up(
    built: Path, tmp_path: Path
) -> None:
    """They are medians over different pull requests, with the means in the table."""
    page = report(data_dir=built, out=tmp_path / "report.html")
    figure = figure_of(page, "Median hours of each part")
    assert "the parts together need not be the median cycle time." in figure


def test_the_page_says_how_far_it_can_be_believed(changed: Changed, tmp_path: Path) -> None:
    """Linked commits by repository, the one step to know more, and who opens pull requests."""
    folder = changed("UPDATE main_mart.mart_coverage SET tracked_commits = 0, linked_commits = 0")
    page = report(data_dir=folder, out=tmp_path / "report.html")
    assert "0 % of the commits are known to the AI source" in said(page)
    assert "No AI-tracked commits: name the AI code tracking API with --source" in said(page)
    assert "pull requests by bots" in figure_of(page, "Share by week of the merge")


def test_the_median_of_the_card_is_of_all_pull_requests(built: Path, tmp_path: Path) -> None:
    """Not a mean of the medians of repositories."""
    page = report(data_dir=built, out=tmp_path / "report.html").read_text("utf-8")
    last = weeks_of(snapshot_of(built)).last
    with duckdb.connect(str(built / "analytics.duckdb"), read_only=True) as connection:
        query = "SELECT median(total_cycle_time_hours) FROM main_mart.mart_pull_requests"
        where = f"week = '{last}' AND author_kind <> 'bot'"
        ((median,),) = connection.execute(f"{query} WHERE {where}").fetchall()
    cards = re.findall(r"<dt>.*?</div>", page.partition("<table>")[0], re.S)
    (card,) = [card for card in cards if ">Median cycle time</a>" in card]
    assert hours(median) in card


def test_the_page_says_which_pull_requests_the_share_of_lines_covers(
    built: Path, tmp_path: Path
) -> None:
    """Another set than the coverage beside it."""
    page = report(data_dir=built, out=tmp_path / "report.html")
    figure = figure_of(page, "Share of lines by AI")
    assert "over all pull requests, also those whose AI share is unknown" in figure


def test_the_page_names_weeks_that_charts_leave_out(changed: Changed, tmp_path: Path) -> None:
    """Weeks before the quarter, and weeks that the window cuts; charts by band include them."""
    folder = changed()
    weeks = weeks_of(snapshot_of(folder))
    first, *rest = weeks.in_part
    cut = " and ".join(f"{week.day} {week:%b}" for week in weeks.in_part)
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert f"Left out where whole weeks are counted: the weeks of {cut}, not whole. " in page
    assert "The marts go back" not in page
    assert first < weeks.counted[0]
    assert rest == [weeks.shown[-1]]
    begin, end = weeks.counted[0], weeks.counted[-1] + timedelta(days=6)
    period = f"the {len(weeks.counted)} whole weeks shown, "
    period += f"{begin.day} {begin:%b} to {end.day} {end:%b}"
    assert page.count(f"By band of AI use, {period}:") == 4
    with duckdb.connect(str(folder / "analytics.duckdb")) as connection:
        connection.execute(
            "INSERT INTO main_mart.mart_velocity SELECT * REPLACE (week - 56 AS week) "
            f"FROM main_mart.mart_velocity WHERE week = '{weeks.shown[0]}'"
        )
    earlier = weeks_of(snapshot_of(folder))
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert len(earlier.older) > 1
    assert f"The marts go back {len(earlier.older)} weeks more than the charts. " in page


def test_a_week_is_complete_when_its_last_day_is_over() -> None:
    """On a Sunday the week is open; on the Monday after it is complete."""
    monday = date(2026, 11, 16)

    def last(extracted: date) -> date | None:
        moment = datetime.combine(extracted, datetime.min.time())
        run = {"window_start": "2026-11-02", "window_end": str(extracted), "started_at": moment}
        weeks = [monday - timedelta(days=14), monday - timedelta(days=7), monday]
        marts = {"mart_velocity": [{"week": week} for week in weeks]}
        return weeks_of(Snapshot(marts, [run], {}, None, "", False, moment)).last

    assert last(monday + timedelta(days=6)) == monday - timedelta(days=7)
    assert last(monday + timedelta(days=7)) == monday


def test_every_column_of_every_mart_is_defined(built: Path, tmp_path: Path) -> None:
    """Each has one anchor."""
    text = report(data_dir=built, out=tmp_path / "report.html").read_text("utf-8")
    for model in all_models():
        for column in columns_of(model.contract) if model.layer == "marts" else ():
            assert text.count(f'id="{model.name}.{column}"') == 1


def test_a_mart_of_a_user_is_on_the_page(authors: Path, tmp_path: Path) -> None:
    """Its grain, its newest rows, and the definition of each column."""
    file = report(data_dir=authors, out=tmp_path / "report.html")
    page, text = said(file), file.read_text("utf-8")
    with duckdb.connect(str(authors / "analytics.duckdb"), read_only=True) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM main_mart.mart_authors").fetchall()
        newest = connection.execute(f"""
            SELECT author_email, week::VARCHAR, pull_requests::VARCHAR, is_busy
            FROM main_mart.mart_authors ORDER BY week DESC, author_email LIMIT {OWN_ROWS}
            """).fetchall()
    assert count > OWN_ROWS
    assert (
        "One row per week and author with at least one merged pull request. "
        f"Grain: author_email, week. {count} rows; here the newest {OWN_ROWS} by week." in page
    )
    own = text.partition('id="own"')[2].partition('id="definitions"')[0]
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", own)
    cells = [re.findall(r">([^<>]+)</t[hd]>", row) for row in rows]
    assert [(c[0], c[1], c[2], c[5] == "yes") for c in cells] == newest
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", c[4]) for c in cells)
    assert text.count('id="mart_authors.revert_rate"') == 1
    assert "revert_rate ratio 0–1 Share that was reverted. Tested: " in page


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
        assert "How fast is work merged?" in said(file)


def test_only_the_shown_rows_of_a_large_mart_are_read(authors: Path) -> None:
    """The count is that of all rows."""
    with duckdb.connect(str(authors / "analytics.duckdb")) as connection:
        connection.execute("""
            INSERT INTO main_mart.mart_authors SELECT 'z' || range, '2020-01-06', 1, 0, now(), true
            FROM range(100_000)""")
    (mart,) = snapshot_of(authors).own
    assert (len(mart.rows), mart.by) == (OWN_ROWS, "week")
    assert mart.count > 100_000


def test_a_mart_of_a_user_without_a_date(changed: Changed, tmp_path: Path) -> None:
    """It is sorted by its key, and complete if it is small."""
    folder = changed()
    with added(tmp_path, "mart_totals", TOTALS):
        transform(data_dir=folder, select="mart_totals")
        (mart,) = snapshot_of(folder).own
        page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    authors = [row["author_email"] for row in mart.rows]
    assert authors == sorted(authors)
    assert mart.by == ""
    assert f"Grain: author_email. {len(authors)} rows. pull_requests author_email" in page


def test_the_findings_of_the_last_build_are_shown(changed: Changed, tmp_path: Path) -> None:
    """Warnings with their counts, and a failed build."""
    folder = changed()
    results = json.loads((folder / "run_results.json").read_text())
    for status, entry in zip(("warn", "fail"), results["results"][-2:], strict=True):
        entry |= {"status": status, "failures": 3, "message": "As it should be."}
    (folder / "run_results.json").write_text(json.dumps(results))
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "Warning: 3 rows break" in page
    assert "Failed: 3 rows break" in page
    assert "The last build failed 1 data test and published nothing" in page
    results["args"] = {"which": "test"}
    (folder / "run_results.json").write_text(json.dumps(results))
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
    assert "Every data test passed" not in page
    tested = {"mart_quality", *(m.name for m in all_models() if m.layer == "staging")}
    others = ", ".join(m.name for m in all_models() if m.name not in tested)
    assert f"was of chosen tables; not tested: {others}." in page


def test_marts_without_rows_are_explained(changed: Changed, tmp_path: Path) -> None:
    """The page says why charts are empty, and still has all definitions and dates."""
    marts = ("mart_velocity", "mart_ai_impact", "mart_quality", "mart_review_costs")
    folder = changed(*(f"DELETE FROM main_mart.{mart}" for mart in marts))
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "No pull request was merged in the window" in page
    assert "Where the data comes from" in page
    assert "Mean AI share of the pull requests that have one." in page


def test_a_window_without_a_complete_week(changed: Changed, tmp_path: Path) -> None:
    """The page says so, and still has charts."""
    marts = ("mart_velocity", "mart_ai_impact", "mart_quality", "mart_review_costs")
    newest = "(SELECT max(week) FROM main_mart.mart_quality)"
    folder = changed(
        *(f"DELETE FROM main_mart.{mart} WHERE week < {newest}" for mart in reversed(marts)),
        "UPDATE main_raw.extractions SET window_start = window_end",
    )
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "There is no whole week in the window yet" in page
    assert "How fast is work merged?" in page


def test_data_that_another_tool_has_loaded(changed: Changed, tmp_path: Path) -> None:
    """The page says that it has no record of the extraction and of the build."""
    raw = ("extractions", "rejects", "commits")
    folder = changed(*(f"DROP TABLE main_raw.{name} CASCADE" for name in raw))
    (folder / "run_results.json").unlink()
    page = said(report(data_dir=folder, out=tmp_path / "report.html"))
    assert "How this data came in is not on record" in page
    assert "No build has left its report" in page


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DROP TABLE main_mart.mart_quality", "mart_quality is not in the database"),
        (
            "ALTER TABLE main_mart.mart_quality DROP COLUMN unreviewed_prs",
            "mart_quality has no column unreviewed_prs",
        ),
    ],
)
def test_a_missing_or_outdated_mart_is_an_error(
    changed: Changed, tmp_path: Path, statement: str, says: str
) -> None:
    """One line for each, and no file."""
    with pytest.raises(DatabaseError, match=says) as caught:
        report(data_dir=changed(statement), out=tmp_path / "report.html")
    assert caught.value.next_command is not None
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


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (0.7, 0.8), (1, 1), (11, 12), (204, 240), (999, 1000)]
)
def test_axes_end_at_round_numbers(value: float, end: float) -> None:
    """At the first one that is not below the highest value."""
    assert nice(value) == pytest.approx(end)
