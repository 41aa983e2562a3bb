"""Random options, variables and connections: one message, a documented exit code, no traceback.

`make fuzz` runs each test for at most FUZZ_SECONDS. GitHub and Snowflake are emulators.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from models.test_against_oracle import NOT_OF_THE_WORLD
from support.fuzzing import stop_in_time
from support.github.emulator import Emulator
from support.github.server import serve
from support.github.world import World, at, pull_request, repository
from support.raw_rows import commit, filed, link, loaded, pr, review, rows_of
from support.row_comparison import assert_same, sorted_rows
from support.snowflake_server import emulator, written
from support.snowflake_server import variables as account_variables
from typer.main import get_command
from typer.testing import CliRunner

from cursor_marts import build_all, transform
from cursor_marts.cli.app import app
from cursor_marts.errors import CursorMartsError
from cursor_marts.simulator.server import _Server

DOCUMENTED = {0, 1, 2, 75}
COMMANDS: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
LEFT_OUT = {"help"}
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
OWNERS = [
    "acme",
    "acme/web",
    "acme/",
    "/",
    "a/b/c",
    "Acme",
    "ac me",
    "-",
    "nobody",
    "https://x/acme",
]
HOSTS = ["127.0.0.1", "localhost", "", "256.0.0.1", "::1"]
NUMBERS = ["0", "1", "-1", "nan", "inf", "1e999", "0.5", "99999999999999999999", "1_0"]
DAYS = ["3d", "0d", "now", "2026-08-01", "2026-02-30", "99999999d", "2026-08-01T12:00Z"]
SQL = ["1=1", "week", "1/0", "'", "--", "week DESC", "(SELECT 1)", "total_prs > 'x'"]
ENCODED = ["dev", "prod", "table", "view", "csv", "json", "parquet", "mermaid", "text", "duckdb"]
POOL = [*NAMES, *PLACES, *ADDRESSES, *NUMBERS, *DAYS, *SQL, *ENCODED]
VARIABLES = [
    *("CURSOR_SIM_URL", "CURSOR_API_KEY", "CURSOR_MARTS_DATA_DIR", "CURSOR_MARTS_START_DATE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("SSLKEYLOGFILE", "XDG_CACHE_HOME", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR"),
    *("AWS_ENDPOINT_URL", "STORAGE_EMULATOR_HOST"),
    *("CURSOR_MARTS_REFERENCE", "CURSOR_MARTS_PRIVACY_KEY", "GITHUB_TOKEN", "LANG", "TZ"),
]
#: A path that a variable names is one of these: arbitrary text could name any file of the machine.
FOLDERS = {"CURSOR_MARTS_DATA_DIR", "XDG_CACHE_HOME", "CURSOR_MARTS_REFERENCE"}


#: What options are given that could otherwise name a place outside the test's folder, or take long.
OF_OPTIONS = {
    **{key: ["", " ", *PLACES] for key in ("data_dir", "output", "input", "out", "reference")},
    "source": ["", " ", *ADDRESSES],
    "target": ["", "dev", "mars", "prod"],
    "github": OWNERS,
    "host": HOSTS,
    **{key: ["1", "3", "0", "-1", "x", "nan"] for key in ("days", "developers")},
}


def values(option: Any) -> st.SearchStrategy[str]:
    """Return what an option is given."""
    if option.name in OF_OPTIONS:
        return st.sampled_from(OF_OPTIONS[option.name])
    return st.one_of(st.sampled_from(POOL), TEXTS)


#: Words of a command line, and variables of its environment.
Call = tuple[list[str], dict[str, str | None]]


@st.composite
def calls(draw: st.DrawFn, commands: Sequence[str] = sorted(COMMANDS)) -> Call:
    """Return a call of one of some commands."""
    name = draw(st.sampled_from(commands))
    words = [name]
    parameters = [p for p in COMMANDS[name].params if p.name not in LEFT_OUT]
    for parameter in parameters:
        is_word = parameter.param_type_name == "argument"
        if not (is_word or draw(st.integers(0, 3)) == 0):
            continue
        spelled = [] if is_word else [draw(st.sampled_from(parameter.opts))]
        takes_value = is_word or not parameter.is_flag
        words += spelled + ([draw(values(parameter))] if takes_value else [])
    if "source" in [p.name for p in parameters] and not {"--source", "--github"} & set(words):
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
    with serve(Emulator(World([repository("acme/web", [pull_request(1, at(1))])]))) as address:
        os.environ["GITHUB_API_URL"] = address
        yield home
    del os.environ["GITHUB_API_URL"]
    os.chdir(before)


def stopped_at_once(server: Any) -> None:
    """Serve nothing: Ctrl-C comes as soon as it listens."""
    raise KeyboardInterrupt


@settings(max_examples=10**6, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls())
def test_any_call_ends_with_a_documented_exit_code(folder: Path, call: Call) -> None:
    """And an error is one message, which says what to do next or how the command is called."""
    stop_in_time()
    check_end_of(folder, *call)


def check_end_of(folder: Path, words: list[str], variables: dict[str, str | None]) -> None:
    """Call the program; check its exit code, and that it prints an error if it fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Server, "serve_forever", stopped_at_once)
        run = CliRunner().invoke(app, words, env={"HOME": str(folder), **variables})
    crash = None if isinstance(run.exception, SystemExit | OSError) else run.exception
    assert crash is None, (words, variables, repr(crash))
    assert run.exit_code in DOCUMENTED, (words, variables, run.exit_code)
    differs = words[0] == "diff" and run.exit_code == 1 and run.stdout
    if run.exit_code and not differs:
        assert "error" in run.stderr.lower(), (words, variables, run.stderr)
    assert PASSWORD not in run.output, (words, variables, run.output)


#: The password of the account, which no output may show.
PASSWORD = "hush-hush"
IN_PRODUCTION = sorted(
    name
    for name, command in COMMANDS.items()
    if "target" in [parameter.name for parameter in command.params]
)
TEXTS_OF_ACCOUNTS = ["", " ", "nobody", "größe", "a b", "x; y", '"', "'", "\n", "x" * 300]
#: What the variables of an account are given. None of it names another host, or a port or a
#: protocol that does not answer: signing in is tried for half a minute then.
OF_ACCOUNTS = {
    "SNOWFLAKE_PORT": ["", "x", "-1", " ", "٣"],
    "SNOWFLAKE_AUTHENTICATOR": ["", "oauth", "snowflake", "WORKLOAD_IDENTITY", "x"],
    "SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER": ["", "x", "é"],
    "SNOWFLAKE_PRIVATE_KEY_PATH": ["", *PLACES, "data/manifest.json"],
    "SNOWFLAKE_TOKEN_FILE_PATH": ["", *PLACES, "data/manifest.json"],
    **dict.fromkeys(
        [
            *("SNOWFLAKE_ACCOUNT", "SNOWFLAKE_USER", "SNOWFLAKE_ROLE", "SNOWFLAKE_WAREHOUSE"),
            *("SNOWFLAKE_DATABASE", "SNOWFLAKE_TOKEN", "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE"),
        ],
        TEXTS_OF_ACCOUNTS,
    ),
}


@pytest.fixture(scope="module")
def account(folder: Path) -> Iterator[dict[str, str]]:
    """The variables of an emulated account, with a database that is loaded and built."""
    written(folder / "data", pull_requests=[pr()], reviews=[review()])
    with emulator() as address:
        account = account_variables(address)
        for command in ("load", "transform"):
            words = [command, "--target", "prod", "--data-dir", "data"]
            assert CliRunner().invoke(app, words, env=account).exit_code == 0
        yield account


@st.composite
def production_calls(draw: st.DrawFn) -> Call:
    """Return a call with `--target prod`, and wrong variables of its account."""
    words, variables = draw(calls(IN_PRODUCTION))
    wrong = draw(st.lists(st.sampled_from(sorted(OF_ACCOUNTS)), max_size=2, unique=True))
    values_of_wrong = {name: draw(st.sampled_from(OF_ACCOUNTS[name])) for name in wrong}
    return [*words, "--target", "prod"], variables | values_of_wrong


@settings(max_examples=10**6, deadline=None, suppress_health_check=list(HealthCheck))
@given(production_calls())
def test_any_call_in_production_ends_with_a_documented_exit_code(
    folder: Path, account: dict[str, str], call: Call
) -> None:
    """And no output shows the password."""
    stop_in_time()
    words, variables = call
    check_end_of(folder, words, {**account, **variables})


#: Settings of a connection, each of which changes what a statement means or how it runs.
SETTINGS = [
    *("SET threads = 1", "SET threads = 7", "SET preserve_insertion_order = false"),
    *("SET default_order = 'DESC'", "SET default_null_order = 'NULLS_FIRST'"),
    *("SET TimeZone = 'Asia/Kathmandu'", "SET TimeZone = 'America/New_York'"),
    *("SET integer_division = true", "SET ieee_floating_point_ops = false"),
    *("SET memory_limit = '300MB'", "SET old_implicit_casting = true", "PRAGMA disable_optimizer"),
    *("SET enable_external_access = false", "SET lock_configuration = true"),
    *(
        "SET order_by_non_integer_literal = true",
        "SET scalar_subquery_error_on_multiple_rows = false",
    ),
    *("CREATE SCHEMA elsewhere", "SET search_path = 'main_raw'", "SET schema = 'main_raw'"),
    *("CREATE TEMP TABLE mart_velocity AS SELECT 1", "CREATE MACRO greatest(a, b) AS 1"),
    *("CREATE MACRO lower(a) AS 'x'", "CREATE TYPE week AS ENUM ('a')", "BEGIN", "USE main_raw"),
    *(
        "ATTACH ':memory:' AS other",
        "SET default_collation = 'nocase'",
    ),
]


def raw_tables() -> Any:
    """Return a backend with raw tables of its user."""
    pulls = [pr(), pr(2, title="Fix: Größe"), pr(3, author_email="A@b.c")]
    return loaded(
        pull_requests=pulls,
        reviews=[review(), review(2, 2)],
        commits=[commit()],
        pull_request_commits=[link()],
    )


def marts_of(backend: Any) -> dict[str, Any]:
    tables = backend.list_tables(database="main_mart")
    return {name: rows_of(backend, f"main_mart.{name}") for name in sorted(tables)}


@settings(max_examples=10**6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SETTINGS), max_size=4, unique=True))
def test_a_connection_with_odd_settings_gives_the_same_marts(statements: list[str]) -> None:
    """Or one of our errors."""
    stop_in_time()
    backend = raw_tables()
    for statement in statements:
        with suppress(duckdb.Error):
            backend.raw_sql(statement)
    try:
        build_all(backend)
    except CursorMartsError:
        return
    ours, usual = marts_of(backend), usual_marts()
    assert ours.keys() == usual.keys()
    for name, rows in usual.items():
        columns = sorted(set(rows[0]) - NOT_OF_THE_WORLD)
        assert_same(sorted_rows(ours[name], columns), sorted_rows(rows, columns), name)


@cache
def usual_marts() -> dict[str, Any]:
    backend = raw_tables()
    build_all(backend)
    return marts_of(backend)
