"""The weekly page of Snowflake, on the emulator."""

from pathlib import Path

import pytest
from support.raw_rows import at, commit, link, pr, review
from support.snowflake_server import snowflake, variables, written

from cursor_marts import Settings, report, show
from cursor_marts.building.run import build_all
from cursor_marts.engines.registry import session_of
from cursor_marts.engines.snowflake.loading import load
from cursor_marts.errors import DatabaseError, UsageError
from cursor_marts.reporting.weekly import content, read

#: Columns of every type; the emulator sends an unknown time as the first moment of 1970.
TYPED = "repo_name,pr_number,opened_at,week,total_cycle_time_hours,final_ai_ratio,is_bug_fix,team"


def test_the_page_of_prod_is_that_of_dev(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same pull requests, weeks and sentences, from the tables in upper case."""
    place = written(
        tmp_path,
        pull_requests=[
            pr(url="https://git.example/1"),
            pr(2, merged_at=None, state="open", is_draft=True),
            pr(3, merged_at=at(20), ai_ratio=0.5),
        ],
        commits=[commit()],
        pull_request_commits=[link()],
        reviews=[review()],
    )
    environ = variables(address)
    with snowflake(address, environ) as backend:
        load(place, session_of(backend))
        build_all(backend)
    dev = Settings.read(data_dir=tmp_path)
    with dev.engine.open() as session:
        dev.engine.load(session, place)
        build_all(session.connection)
    prod = Settings.read(target="prod", environ=environ)
    ours, theirs = (read(each.engine, tmp_path / "none.json") for each in (dev, prod))
    assert theirs.pulls == ours.pulls
    assert [pull.pr_number for pull in ours.pulls if pull.is_draft] == [2]
    assert len(theirs.pulls) > 0
    assert (theirs.weeks, theirs.coverage) == (ours.weeks, ours.coverage)
    assert [row["window_end"] for row in theirs.extraction] == [
        row["window_end"] for row in ours.extraction
    ]
    assert content(theirs).sentences == content(ours).sentences
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    page = report(target="prod", data_dir=tmp_path, out=tmp_path / "page.html")
    assert content(ours).until in page.read_text("utf-8")
    check_show(tmp_path)


def test_the_page_and_rows_of_a_target_with_a_prefix(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come from its schemas; plain ones do not exist there."""
    place = written(tmp_path, pull_requests=[pr(), pr(2, merged_at=None, state="open")])
    (tmp_path / "cursor_marts.toml").write_text(
        'target = "alice"\n[targets.alice]\ntype = "snowflake"\nschema_prefix = "dev_alice"\n'
    )
    for name, value in variables(address).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    engine = Settings.read().engine
    with engine.open() as session:
        engine.load(session, place)
        build_all(session, select=("+mart_pull_requests", "+mart_coverage"))
    found = read(engine, tmp_path / "none.json")
    assert 2 in [pull.pr_number for pull in found.pulls]
    page = report(out=tmp_path / "page.html", target="alice").read_text("utf-8")
    assert content(found).until in page
    for name in ("mart_pull_requests", "dev_alice_mart.mart_pull_requests"):
        rows = show(name, columns="pr_number,state", order_by="pr_number").to_pylist()
        assert [row["state"] for row in rows] == ["merged", "open"]
    with pytest.raises(UsageError, match=r"(?s)not in schema mart.*dev_alice_mart\.mart_pull_req"):
        show("mart.mart_pull_requests")
    with pytest.raises(DatabaseError, match="mart_pull_requests is not in the database"):
        report(target="prod", out=tmp_path / "page.html")


def check_show(folder: Path) -> None:
    """The rows that `show` returns are those of dev, of each type; mistakes are explained."""
    slow = {"where": "total_cycle_time_hours > 1 OR state = 'open'", "order_by": "pr_number DESC"}
    for name, asked in (
        ("mart_pull_requests", {"columns": TYPED}),
        ("mart_pull_requests", slow | {"columns": TYPED}),
        ("mart_velocity", {"columns": "week,total_prs"}),
        ("mart_pull_requests", {"columns": TYPED, "limit": 1}),
        ("stg_pull_requests", {"columns": "repo_name,pr_number"}),
        ("pull_requests", {"columns": "number,url"}),
    ):
        there = show(name, target="prod", data_dir=folder, **asked)
        assert there.num_rows > 0
        assert there.equals(show(name, data_dir=folder, **asked), check_metadata=True), name
    assert show("mart_pull_requests", target="prod", limit=1).schema.metadata == {b"of": b"3"}
    with pytest.raises(UsageError, match=r"--where 'nothing > 1'.*NOTHING"):
        show("mart_quality", target="prod", where="nothing > 1")
    with pytest.raises(UsageError, match="no column 'weak' in mart_quality"):
        show("mart_quality", target="prod", columns="weak")
    with pytest.raises(UsageError, match="no table 'mart_qualty'"):
        show("mart_qualty", target="prod")
