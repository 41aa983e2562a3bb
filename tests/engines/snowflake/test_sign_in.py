"""Failures to sign in to Snowflake: one line, a next step, no secret."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

from cursor_marts.commands.settings import Settings
from cursor_marts.engines.snowflake.account import Account
from cursor_marts.engines.snowflake.connection import arguments, opened
from cursor_marts.errors import CursorMartsError, DatabaseError, Transient, UsageError

ENOUGH = {
    "SNOWFLAKE_ACCOUNT": "acme-eu",
    "SNOWFLAKE_USER": "loader",
    "SNOWFLAKE_PASSWORD": "hush-hush",
    "SNOWFLAKE_PROTOCOL": "http",
    "SNOWFLAKE_HOST": "127.0.0.1",
}
SIGNED_IN = {"success": True, "data": {"token": "t", "masterToken": "m", "parameters": []}}


def refusal(code: str, message: str) -> dict[str, Any]:
    return {"success": False, "code": code, "message": message, "data": {"sqlState": "0"}}


@contextmanager
def service(
    sign_in: dict[str, Any], query: dict[str, Any] | None = None, status: int = 200
) -> Iterator[str]:
    """Answer like the service on a local port, including refusals that the emulator lacks."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            said = sign_in if "login" in self.path else query
            said = {"success": True} if "delete=true" in self.path else said
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield str(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def failing(port: str, **variables: str) -> CursorMartsError:
    """Sign in and execute a statement; return the error, with one line and one hint."""
    account = Account.read({**ENOUGH, "SNOWFLAKE_PORT": port, **variables})
    with pytest.raises(CursorMartsError) as failed, opened(account) as connection:
        connection.cursor().execute("SELECT 1")
    message, hint = str(failed.value).split("\n")
    assert hint.startswith("  → ")
    assert "hush" not in message + hint
    return failed.value


@pytest.mark.parametrize(
    ("code", "said", "hint"),
    [
        ("390100", "Incorrect username or password was specified.", "SNOWFLAKE_USER"),
        ("390144", "JWT token is invalid. [x]", "RSA_PUBLIC_KEY"),
        ("390318", "OAuth access token expired.", "SNOWFLAKE_TOKEN"),
        ("390189", "Role 'NOBODY' is not granted to this user.", "SNOWFLAKE_ROLE"),
    ],
)
def test_a_refused_sign_in_is_explained(code: str, said: str, hint: str) -> None:
    """Wrong password, wrong or expired key, expired token, wrong role."""
    with service(refusal(code, said)) as port:
        error = failing(port)
    assert said.rstrip(".") in str(error)
    assert hint in error.hint


@pytest.mark.parametrize(
    ("code", "said", "hint"),
    [
        ("003001", "Insufficient privileges to operate on schema 'MART'.", "setup-sql"),
        ("002003", "Stage 'RAW.LANDING' does not exist or not authorized.", "setup-sql"),
        ("000606", "No active warehouse selected in the current session.", "SNOWFLAKE_WAREHOUSE"),
        ("090105", "This session does not have a current database.", "setup-sql"),
    ],
)
def test_a_refused_statement_is_explained(code: str, said: str, hint: str) -> None:
    """A missing grant, stage, warehouse or database: the role that can correct it, and how."""
    with service(SIGNED_IN, refusal(code, said)) as port:
        error = failing(port)
    assert isinstance(error, DatabaseError)
    assert said.rstrip(".") in str(error)
    assert hint in error.hint


def test_a_secret_that_the_service_repeats_is_masked() -> None:
    """The password never gets into a log."""
    with service(refusal("390100", "There is no hush-hush here.")) as port:
        assert "There is no *** here" in failing(port).message


def test_an_unknown_account_is_an_error() -> None:
    """The service answers 404 for it."""
    with service({}, status=404) as port:
        error = failing(port)
    assert "there is no such account" in error.message
    assert "SNOWFLAKE_ACCOUNT (as in myorg-myaccount)" in error.hint


def test_a_host_that_does_not_answer_is_an_error() -> None:
    """A closed port: the host, and the variable that names the account."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    error = failing(port)
    assert "127.0.0.1" in error.message
    assert "nobody answers" in error.message
    assert "SNOWFLAKE_ACCOUNT" in error.hint
    assert isinstance(error, Transient)


@pytest.mark.parametrize("name", ["SNOWFLAKE_ACCOUNT", "SNOWFLAKE_USER"])
def test_a_missing_variable_is_an_error(name: str) -> None:
    """As soon as the settings are read."""
    environ = {key: value for key, value in ENOUGH.items() if key != name}
    with pytest.raises(UsageError, match=f"--target prod needs {name}"):
        Settings.read(target="prod", environ=environ)


def test_missing_credentials_are_an_error() -> None:
    """Neither key nor token nor password."""
    environ = {k: v for k, v in ENOUGH.items() if k != "SNOWFLAKE_PASSWORD"}
    with pytest.raises(UsageError, match="no way to sign in"):
        Settings.read(target="prod", environ=environ)
    with pytest.raises(UsageError, match="SNOWFLAKE_PORT='https' is not a port"):
        Settings.read(target="prod", environ={**ENOUGH, "SNOWFLAKE_PORT": "https"})


def key_file(folder: Path, passphrase: bytes | None) -> Path:
    """Write a private key like OpenSSL."""
    how = s.BestAvailableEncryption(passphrase) if passphrase else s.NoEncryption()
    key = rsa.generate_private_key(65537, 2048)
    path = folder / "key.p8"
    path.write_bytes(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, how))
    return path


def test_a_key_pair_comes_before_a_token_and_that_before_a_password(tmp_path: Path) -> None:
    """Only one of them is sent."""
    path = str(key_file(tmp_path, b"open"))
    both = {**ENOUGH, "SNOWFLAKE_TOKEN": "tok"}
    key = {"SNOWFLAKE_PRIVATE_KEY_PATH": path, "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE": "open"}
    of_key = arguments(Account.read({**both, **key}))
    assert of_key["authenticator"] == "SNOWFLAKE_JWT"
    assert of_key["private_key"].startswith(b"0\x82")
    assert not {"token", "password"} & of_key.keys()
    of_token = arguments(Account.read(both))
    assert (of_token["authenticator"], of_token["token"]) == ("OAUTH", "tok")
    assert "password" not in of_token
    assert arguments(Account.read(ENOUGH))["password"] == "hush-hush"
    identity = {"SNOWFLAKE_AUTHENTICATOR": "WORKLOAD_IDENTITY"}
    identity["SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER"] = "GCP"
    of_machine = arguments(Account.read({**ENOUGH, **identity}))
    assert of_machine["workload_identity_provider"] == "GCP"
    assert not {"token", "password"} & of_machine.keys()


def test_an_unusable_key_is_an_error_with_its_path(tmp_path: Path) -> None:
    """A missing file, no key, or a wrong passphrase; the content is never shown."""
    variable = "SNOWFLAKE_PRIVATE_KEY_PATH"
    nowhere = failing("1", **{variable: str(tmp_path / "none.p8")})
    assert "cannot read" in nowhere.message
    (tmp_path / "text.p8").write_text("hush")
    assert "not a private key" in failing("1", **{variable: str(tmp_path / "text.p8")}).message
    locked = str(key_file(tmp_path, b"open"))
    wrong = {variable: locked, "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE": "hush"}
    assert "passphrase is wrong" in failing("1", **wrong).message


def test_a_password_for_the_real_service_gives_a_warning(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service no longer accepts passwords alone; the warning names the key pair."""
    import snowflake.connector

    monkeypatch.setattr(snowflake.connector, "connect", lambda **_: None)
    from cursor_marts.engines.snowflake.connection import connected

    connected(Account.read({k: v for k, v in ENOUGH.items() if k != "SNOWFLAKE_HOST"}))
    assert "use a key pair instead" in caplog.text
    assert "hush" not in caplog.text


def test_an_account_does_not_show_secrets() -> None:
    """Not in repr and str, so not in logs."""
    account = Account.read({**ENOUGH, "SNOWFLAKE_TOKEN": "hush"})
    assert "hush" not in f"{account!r} {account}"
