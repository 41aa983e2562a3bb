"""Targets of a project: sections of its file, each an engine with options of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.command_line import PARSERS, cursor_marts, failed
from support.raw_rows import filed, loaded, pr

import cursor_marts as package
from cursor_marts.commands.settings import Settings
from cursor_marts.errors import DatabaseError, UsageError
from cursor_marts.graph.layers import Schemas

FILE = """\
target = "dev_alice"
start_date = "2026-01-01"
schema_prefix = "all"
attempts = 3

[targets.dev_alice]
type = "duckdb"
data_dir = "of alice"
schema_prefix = "dev_alice"
raw_schema = "main_raw"
strict = true

[targets.ci]
type = "snowflake"
account = "acme-ci"
user = "builder"
role = "CI"
schema_prefix = "pr_17"

[targets.prod]
warehouse = "LARGE"
attempts = 9
"""
PASSWORD = {"SNOWFLAKE_PASSWORD": "hush"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose file names three targets and chooses one."""
    (tmp_path / "cursor_marts.toml").write_text(FILE)
    return tmp_path


def read(project: Path, environ: dict[str, str] | None = None, **options: Any) -> Settings:
    """Return the settings of a project."""
    return Settings.read(project=project, environ=environ or {}, **options)


def test_a_target_is_typed_or_a_variable_or_in_the_file(project: Path) -> None:
    """In this order; without any of them it is dev."""
    assert read(project).target.name == "dev_alice"
    environ = {"CURSOR_MARTS_TARGET": "ci", **PASSWORD}
    assert read(project, environ).target.name == "ci"
    assert read(project, environ, target="dev").target.name == "dev"
    (project / "cursor_marts.toml").write_text("")
    assert read(project, {"CURSOR_MARTS_TARGET": ""}).target.name == "dev"


def test_the_options_of_a_target_win_over_those_of_the_file(project: Path) -> None:
    """And an option or a variable wins over them; paths are relative to the project."""
    alice = read(project)
    assert (alice.strict, alice.attempts, alice.data_dir) == (True, 3, project / "of alice")
    assert alice.schemas == Schemas("dev_alice", "main_raw")
    assert alice.window.start == date(2026, 1, 1)
    environ = {"CURSOR_MARTS_SCHEMA_PREFIX": "env", "CURSOR_MARTS_DATA_DIR": "elsewhere"}
    by_variable = read(project, environ)
    assert (by_variable.schemas.prefix, by_variable.data_dir) == ("env", Path("elsewhere"))
    typed = read(project, environ, schema_prefix="mine", strict=False)
    assert (typed.schemas.prefix, typed.strict) == ("mine", False)
    dev = read(project, target="dev")
    assert (dev.strict, dev.data_dir, dev.schemas) == (False, project / "data", Schemas("all"))


def test_a_target_names_its_snowflake_account(project: Path) -> None:
    """Its variables win over the file; prod has a section, too."""
    account = read(project, PASSWORD, target="ci").account
    assert account is not None
    assert (account.account, account.user, account.role) == ("acme-ci", "builder", "CI")
    named = {"SNOWFLAKE_ACCOUNT": "acme-eu", "SNOWFLAKE_USER": "loader", "SNOWFLAKE_ROLE": ""}
    account = read(project, {**PASSWORD, **named}, target="ci").account
    assert account is not None
    assert (account.account, account.user, account.role) == ("acme-eu", "loader", "CI")
    prod = read(project, {**PASSWORD, **named}, target="prod")
    assert prod.account is not None
    assert (prod.account.warehouse, prod.attempts, prod.schemas.prefix) == ("LARGE", 9, "all")
    with pytest.raises(UsageError, match=r"--target prod needs SNOWFLAKE_ACCOUNT and SNOWFLAKE_US"):
        read(project, PASSWORD, target="prod")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('schema_prefix = "a"', "targets.x has no type\n  → add type = "),
        ('type = "mysql"', 'targets.x.type \'mysql\' is unknown\n  → write "duckdb" or "snowfl'),
        ('type = "duckdb"\nshema_prefix = "a"', "shema_prefix is unknown\n  → did you mean schema"),
        ('type = "duckdb"\nattempts = "a"', "toml: targets.x.attempts is 'a', not a whole number"),
        ('type = "duckdb"\nattempts = 0', "toml: targets.x.attempts 0 is out of range"),
        ('type = "duckdb"\nrole = "R"', "targets.x.role is only for type snowflake"),
        ('type = "snowflake"\nrole = ""', "targets.x.role is '', not a text in quotes"),
        ('type = "duckdb"\ntarget = "dev"', "target is not about one target\n  → write it above"),
        ('type = "duckdb"\nname = "me"', "targets.x.name is not about one target"),
        ('type = "duckdb"\napi_key = "hush"', "does not belong into the file\n  → set CURSOR_API"),
        ('type = "snowflake"\npassword = "hush"', "file\n  → set SNOWFLAKE_PASSWORD: secrets stay"),
        (
            'type = "snowflake"\nprivate_key_passphrase = "hush"',
            "→ set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: secrets stay in the environment",
        ),
        ('type = "snowflake"\nport = 1', "targets.x.port does not belong into the file\n  → set "),
        ('[targets.prod]\ntype = "duckdb"', "targets.prod.type is 'duckdb', and prod is snowflake"),
        ("[targets]\nx = 1", "cursor_marts.toml: targets.x is 1, not a section\n  → write each "),
        ("[[targets]]", "cursor_marts.toml: targets is [{}], not a section"),
        ('target = "dev_alise"', "cursor_marts.toml: target 'dev_alise' is unknown"),
        ('warehouse = "LARGE"', "toml: warehouse is unknown\n  → write it below a target, such as"),
        ('password = "hush"', "toml: password does not belong into the file\n  → set SNOWFLAKE_PA"),
    ],
)
def test_a_mistake_in_a_section_is_named(tmp_path: Path, lines: str, says: str) -> None:
    """By file, section and key; the message holds no secret."""
    of_file = lines.startswith(("[", "target", "warehouse", "password"))
    section = "" if of_file else "[targets.x]\n"
    (tmp_path / "cursor_marts.toml").write_text(f"{section}{lines}\n")
    with pytest.raises(UsageError) as raised:
        read(tmp_path, target="dev")
    assert says in str(raised.value)
    assert "hush" not in str(raised.value)


def test_an_unknown_target_is_an_error_that_lists_the_known_ones(project: Path) -> None:
    """It says where the name comes from."""
    for given, named in (({"target": "alice"}, "--target"), ({}, "CURSOR_MARTS_TARGET")):
        environ = {} if given else {"CURSOR_MARTS_TARGET": "dev_alise"}
        with pytest.raises(UsageError, match=rf"{named} .* is unknown\n.*dev, prod, dev_alice, ci"):
            read(project, environ, **given)
    with pytest.raises(UsageError, match="did you mean dev_alice"):
        package.check(project=project, target="dev_alise")


def test_every_command_has_a_target() -> None:
    """But for those that use no project."""
    names = {name: {p.name for p in command.params} for name, command in PARSERS.items()}
    assert {name for name, options in names.items() if "target" not in options} == {
        "init",
        "simulate",
    }


def test_every_command_builds_and_reads_at_its_target(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of a target are in its folder and its schemas; those of dev are not there."""
    (project / "of alice").mkdir()
    filed(loaded(pull_requests=[pr(1)]), project / "of alice")
    monkeypatch.chdir(project)
    package.transform("stg_repos")
    shown = package.show("dev_alice_staging.stg_repos", target="dev_alice")
    assert shown.num_rows == 1
    with package.connect(target="dev_alice") as database:
        assert database.stg_repos.count().execute() == 1
    with pytest.raises(DatabaseError, match="no database at data/analytics"):
        package.show("stg_repos", target="dev")
    assert '"main_raw"."repos"' in package.sql("stg_repos")
    assert '"PR_17_RAW"."REPOS"' in package.sql("stg_repos", target="ci")
    assert '"pr_17_raw"."repos"' in package.sql("stg_repos", target="ci", dialect="duckdb")
    with pytest.raises(UsageError, match="this reads a DuckDB file, and --target ci is Snowflake"):
        package.connect(target="ci")


def test_the_next_command_has_the_target(project: Path) -> None:
    """If it was typed; one of the environment stays there."""
    where = ("--project", str(project))
    said = failed(cursor_marts("show", "mart_quality", *where, "--target", "dev"), 1)
    assert f"build --target dev {' '.join(where)}" in said
    said = failed(cursor_marts("transform", *where, CURSOR_MARTS_TARGET="prod"), 2)
    assert "--target prod needs SNOWFLAKE_ACCOUNT" in said


def test_an_extraction_for_snowflake_needs_no_account(project: Path) -> None:
    """It writes files; with its key and no source it stops there."""
    where = ("--project", str(project), "--target", "ci")
    run = cursor_marts("extract", *where, CURSOR_API_KEY="key")
    assert "an API key is given, and no source" in failed(run, 2)
