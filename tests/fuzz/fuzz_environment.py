"""Random options and environment variables: one message, a documented exit code, no traceback.

`make fuzz` runs this; FUZZ_EXAMPLES says how many calls of the command line it tries.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.raw_rows import filed, loaded, pr, review
from typer.main import get_command
from typer.testing import CliRunner

from cursor_marts import transform
from cursor_marts.cli.app import app

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "500"))
DOCUMENTED = {0, 1, 2, 75}
COMMANDS: dict[str, Any] = {
    name: command
    for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
    if name != "simulate"  # it serves until it is stopped
}
#: Options that would send requests beyond this machine, or print the shell's completion.
LEFT_OUT = {"help", "github"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAMES = [
    *("mart_velocity", "+mart_quality", "stg_*", "raw", "marts", "repos", "nothing", "+", ","),
    *("main_mart.mart_quality", "x.mart_quality", "int_pr_with_commits", "[", "*", "extractions"),
]
PLACES = [
    "new",
    "a b",
    "run:1",
    ":memory:",
    "q?",
    "~/x",
    "~nobody-there/x",
    "/dev/null",
    ".",
    "x/y",
]
ADDRESSES = [
    "embedded",
    "http://127.0.0.1:9",
    "http://[::1",
    "ftp://x",
    "http://",
    "//",
    "http://a..b",
]
NUMBERS = ["0", "1", "-1", "nan", "inf", "1e999", "0.5", "99999999999999999999", "1_0"]
DAYS = ["3d", "0d", "now", "2026-08-01", "2026-02-30", "99999999d", "2026-08-01T12:00Z"]
SQL = ["1=1", "week", "1/0", "'", "--", "week DESC", "(SELECT 1)", "total_prs > 'x'"]
ENCODED = ["dev", "prod", "table", "view", "csv", "json", "parquet", "mermaid", "text", "duckdb"]
POOL = [*NAMES, *PLACES, *ADDRESSES, *NUMBERS, *DAYS, *SQL, *ENCODED]
VARIABLES = [
    *("CURSOR_SIM_URL", "CURSOR_API_KEY", "CURSOR_MARTS_DATA_DIR", "CURSOR_MARTS_START_DATE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("SSLKEYLOGFILE", "XDG_CACHE_HOME", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR"),
    *("AWS_ENDPOINT_URL", "STORAGE_EMULATOR_HOST", "SNOWFLAKE_PORT", "SNOWFLAKE_PASSWORD"),
    *("CURSOR_MARTS_REFERENCE", "CURSOR_MARTS_PRIVACY_KEY", "GITHUB_TOKEN", "LANG", "TZ"),
]
#: A path that a variable names is one of these: arbitrary text could name any file of the machine.
FOLDERS = {"CURSOR_MARTS_DATA_DIR", "XDG_CACHE_HOME", "CURSOR_MARTS_REFERENCE"}


def values(option: Any) -> st.SearchStrategy[str]:
    """Return what an option is given: no text that could name a place outside the test's folder."""
    if option.name in ("data_dir", "output", "input", "out", "reference"):
        return st.sampled_from(["", " ", *PLACES])
    if option.name == "source":
        return st.sampled_from(["", " ", *ADDRESSES])
    if option.name == "target":
        return st.sampled_from(["", "dev", "mars"])  # prod would sign in
    return st.one_of(st.sampled_from(POOL), TEXTS)


@st.composite
def calls(draw: st.DrawFn) -> tuple[list[str], dict[str, str | None]]:
    """Return the words of a command line, and variables of its environment."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    words = [name]
    parameters = [p for p in COMMANDS[name].params if p.name not in LEFT_OUT]
    for parameter in parameters:
        is_word = parameter.param_type_name == "argument"
        if not (is_word or draw(st.integers(0, 3)) == 0):
            continue
        spelled = [] if is_word else [draw(st.sampled_from(parameter.opts))]
        takes_value = is_word or not parameter.is_flag
        words += spelled + ([draw(values(parameter))] if takes_value else [])
    if "source" in [p.name for p in parameters] and "--source" not in words:
        words += ["--source", "embedded", "--start-date", "3d"]
    variables: dict[str, str | None] = {}
    for variable in draw(st.lists(st.sampled_from(VARIABLES), max_size=4, unique=True)):
        pool = PLACES if variable in FOLDERS else [*POOL, "socks5://127.0.0.1:9", "fe80::/10"]
        variables[variable] = draw(st.sampled_from(pool))
    return words, variables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working directory with a built data folder, `data`; it is the home folder, too."""
    home = tmp_path_factory.mktemp("fuzz")
    (home / "data").mkdir()
    filed(loaded(pull_requests=[pr()], reviews=[review()]), home / "data")
    transform(data_dir=home / "data")
    before = Path.cwd()
    os.chdir(home)
    yield home
    os.chdir(before)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(calls())
def test_any_call_ends_with_a_documented_exit_code(
    folder: Path, call: tuple[list[str], dict[str, str | None]]
) -> None:
    """And an error is one message, which says what to do next or how the command is called."""
    words, variables = call
    run = CliRunner().invoke(app, words, env={"HOME": str(folder), **variables})
    crash = None if isinstance(run.exception, SystemExit | OSError) else run.exception
    assert crash is None, (words, variables, repr(crash))
    assert run.exit_code in DOCUMENTED, (words, variables, run.exit_code)
    if run.exit_code:
        assert "error" in run.stderr.lower(), (words, variables, run.stderr)
