"""Settings: options, environment, windows, secrets."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cursor_marts.commands.settings import Settings
from cursor_marts.commands.targets import Target
from cursor_marts.errors import UsageError
from cursor_marts.raw.bucket.addresses import Endpoints
from cursor_marts.raw.window import Window
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY
from cursor_marts.sources.secret import Secret

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-01", date(2026, 8, 1)),
        ("90d", date(2026, 8, 26)),
        ("0d", date(2026, 11, 24)),
        ("now", date(2026, 11, 24)),
        ("today", date(2026, 11, 24)),
        ("2026-08-01T23:30:00-05:00", date(2026, 8, 2)),
        ("2026-08-01T12:00:00Z", date(2026, 8, 1)),
    ],
)
def test_a_window_has_whole_days_in_utc(text: str, day: date) -> None:
    """Every spelling that the source accepts."""
    assert Window.parse(text, "now", now=NOW).start == day


@pytest.mark.parametrize("text", ["yesterday", "90", "d", "2026-02-30", "99999999d", ""])
def test_an_invalid_date_is_a_usage_error(text: str) -> None:
    """It names the option and the valid formats."""
    with pytest.raises(UsageError, match="--start-date"):
        Window.parse(text, "now", now=NOW)


def test_a_window_that_ends_before_its_start_is_an_error() -> None:
    """It is a mistake, not an empty extraction."""
    with pytest.raises(UsageError, match=r"ends .* before it starts"):
        Window.parse("now", "90d", now=NOW)


def test_an_option_precedes_its_variable_and_that_its_default() -> None:
    """Source, key, folder and start each have a variable."""
    environ = {
        "CURSOR_SIM_URL": "http://env:1",
        "CURSOR_API_KEY": "env-key",
        "CURSOR_MARTS_DATA_DIR": "/env",
        "CURSOR_MARTS_START_DATE": "2026-01-01",
    }
    from_env = Settings.read(environ=environ)
    assert (from_env.source, from_env.api_key.reveal) == ("http://env:1", "env-key")
    assert (from_env.data_dir, from_env.window.start) == (Path("/env"), date(2026, 1, 1))
    options = Settings.read(
        source="http://opt:2",
        api_key="opt-key",
        data_dir="/opt",
        start_date="2026-02-02",
        environ=environ,
    )
    assert (options.source, options.api_key.reveal) == ("http://opt:2", "opt-key")
    assert (options.data_dir, options.window.start) == (Path("/opt"), date(2026, 2, 2))
    default = Settings.read(environ={"CURSOR_SIM_URL": ""})
    assert (default.source, default.api_key.reveal) == (None, DEVELOPMENT_KEY)
    assert default.data_dir == Path("data")


@pytest.mark.parametrize("source", ["localhost:8080", "ftp://x", "http://", "//host", "api"])
def test_a_source_is_an_http_address(source: str) -> None:
    """The error shows a valid one."""
    with pytest.raises(UsageError, match="not an HTTP address"):
        Settings.read(source=source, environ={})


def test_blanks_around_an_address_and_a_key_are_removed() -> None:
    """For example, the line end of a copied value."""
    settings = Settings.read(source=" http://host:1\n", api_key=" key\n", environ={})
    assert (settings.source, settings.api_key.reveal) == ("http://host:1", "key")
    settings = Settings.read(environ={"CURSOR_SIM_URL": "http://host:1\r\n"})
    assert settings.source == "http://host:1"


def test_a_key_in_the_address_is_refused_and_not_repeated() -> None:
    """An address is printed and stored in the manifest."""
    with pytest.raises(UsageError, match="--api-key") as refused:
        Settings.read(source="http://hush@host:1", environ={})
    assert "hush" not in str(refused.value)


def test_an_unknown_target_is_an_error() -> None:
    """It names the valid ones."""
    with pytest.raises(UsageError, match=r"--target 'mars' is unknown\n.*known: dev, prod;"):
        Settings.read(target="mars", environ={})


def test_a_secret_is_never_printed() -> None:
    """Not in repr, str or a format, nor in the settings that contain it."""
    secret = Secret("hush")
    shown = f"{secret} {secret!r} {Settings(api_key=secret)!r} {Settings(api_key=secret)}"
    assert "hush" not in shown


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://bucket/prefix", "'ftp://bucket/prefix' is neither a bucket nor a folder"),
        ("http://host/prefix", "is neither a bucket nor a folder"),
        ("gs://", "is neither a bucket nor a folder"),
        ("s3:///prefix", "is neither a bucket nor a folder"),
        ("s3://hush:hush@bucket/prefix", "holds more than a bucket and a prefix"),
        ("gs://bucket/prefix?token=hush", "holds more than a bucket and a prefix"),
        ("data", "is the data folder, which has a set of its own"),
    ],
)
@pytest.mark.parametrize("option", ["output", "input"])
def test_a_set_is_in_a_bucket_or_in_another_folder(option: str, address: str, says: str) -> None:
    """The error names the option and a valid value, and repeats no secret."""
    options: dict[str, Any] = {option: address}
    with pytest.raises(UsageError, match=f"--{option} .*{re.escape(says)}") as refused:
        Settings.read(**options, environ={})
    assert "hush" not in str(refused.value)


def test_bucket_stores_use_the_variables_of_their_own_tools() -> None:
    """An address without a scheme is HTTP; a key in it is an error and is not repeated."""
    environ = {"STORAGE_EMULATOR_HOST": "localhost:4443", "AWS_ENDPOINT_URL": "https://minio:9000"}
    assert Settings.read(environ=environ).endpoints == Endpoints(
        "http://localhost:4443", "https://minio:9000"
    )
    assert Settings.read(environ={"STORAGE_EMULATOR_HOST": ""}).endpoints == Endpoints()
    with pytest.raises(UsageError, match="AWS_ENDPOINT_URL is not an HTTP address") as refused:
        Settings.read(environ={"AWS_ENDPOINT_URL": "https://hush@host"})
    assert "hush" not in str(refused.value)


def test_production_refuses_invented_data() -> None:
    """The embedded simulator is for development; production needs a source."""
    environ = {"SNOWFLAKE_ACCOUNT": "a", "SNOWFLAKE_USER": "u", "SNOWFLAKE_PASSWORD": "p"}
    with pytest.raises(UsageError, match="--target prod accepts no invented data"):
        Settings.read(source="embedded", target="prod", environ=environ)


def test_a_target_may_be_named() -> None:
    """Production without an account is no run into a local file."""
    named: dict[str, Any] = {"target": "prod"}
    with pytest.raises(UsageError, match="--target prod needs a Snowflake account"):
        Settings(**named)
    with pytest.raises(UsageError, match="target 'mars' is unknown"):
        Settings(**{**named, "target": "mars"})
    assert Settings(**{**named, "target": "dev"}).target == Target()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"target": "dev", "input": "gs://bucket/prefix"}, "--stage is for Snowflake"),
        ({}, r"needs the manifest of the set .*\n.*load --input, or build --output"),
        ({"input": "gs://b/p", "stage": "RAW.BUCKET"}, "'RAW.BUCKET' is not a stage"),
        ({"input": "gs://b/p", "stage": "@a.b.c.d"}, "'@a.b.c.d' is not a stage"),
        ({"output": "gs://b/p", "stage": "@a'; DROP"}, "is not a stage\n.*@DB.SCHEMA.STAGE/prefix"),
    ],
)
def test_a_stage_needs_a_set_and_the_production_target(options: dict[str, Any], says: str) -> None:
    """Without a manifest, for another target, or misspelt: one line, and a valid value."""
    environ = {"SNOWFLAKE_ACCOUNT": "a", "SNOWFLAKE_USER": "u", "SNOWFLAKE_PASSWORD": "p"}
    with pytest.raises(UsageError, match=says):
        Settings.read(**{"target": "prod", "stage": "@RAW.BUCKET", **options}, environ=environ)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "--source is empty"),
        ("http://localhost:99999", "not an HTTP address"),
        ("http://localhost:8080?key=hush", "behind a . or #"),
        ("http://localhost:8080/#hush", "behind a . or #"),
    ],
)
def test_an_empty_or_invalid_source_is_refused(source: str, says: str) -> None:
    """No data is invented for an unset variable, and no key is repeated."""
    with pytest.raises(UsageError, match=says) as refused:
        Settings.read(source=source, environ={})
    assert "hush" not in str(refused.value)
