"""Signing in to Snowflake, and what the service answers in words that say what to do."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cursor_marts.engines.snowflake.account import Account
from cursor_marts.errors import (
    CursorMartsError,
    DatabaseError,
    DatabaseUnreachable,
    NextCommand,
    UsageError,
)

log = logging.getLogger(__name__)

#: Times are naive UTC throughout, and a week begins on Monday, whatever the account is set to.
SESSION = {"TIMEZONE": "UTC", "WEEK_START": 1, "QUERY_TAG": "cursor_marts"}
SIGN_IN_SECONDS = 30
ANSWER_SECONDS = 600  # of patience with a service that answers with faults, for each statement
SET_UP = "have an administrator execute the statements of setup-sql"

#: What the service's error numbers mean for whoever runs this: what is wrong, what to do.
MEANINGS: dict[int, tuple[str, str]] = {
    390100: ("the user name or the password is wrong", "check SNOWFLAKE_USER and the password"),
    390144: (
        "the key is not, or no longer, the user's",
        "give the user the public half: ALTER USER … SET RSA_PUBLIC_KEY = '…'",
    ),
    390189: ("the role is not the user's", f"check SNOWFLAKE_ROLE, or {SET_UP}"),
    390201: ("there is no such object, or the role may not see it", SET_UP),
    390303: ("the token is not valid", "get a new one into SNOWFLAKE_TOKEN"),
    390318: ("the token has expired", "get a new one into SNOWFLAKE_TOKEN"),
    606: ("no warehouse is chosen", f"set SNOWFLAKE_WAREHOUSE, or {SET_UP}"),
    2003: ("something is not there, or the role may not see it", SET_UP),
    2043: ("something is not there, or the role may not use it", SET_UP),
    3001: ("the role may not do this", SET_UP),
    90105: ("the database is not there, or the role may not use it", SET_UP),
    250001: ("nobody answers", "check SNOWFLAKE_ACCOUNT (as in myorg-myaccount) and the network"),
    250003: ("nobody answers", "check SNOWFLAKE_ACCOUNT (as in myorg-myaccount) and the network"),
    290404: ("there is no such account", "check SNOWFLAKE_ACCOUNT (as in myorg-myaccount)"),
}
#: The service does not answer: a later attempt may succeed.
UNREACHABLE = frozenset({250001, 250003})
#: Numbers that the connector gives in place of the service's own, which stands in the message.
WRAPPED = re.compile(r"\b(39\d{4}|29040[34])\b")


@contextmanager
def opened(account: Account) -> Iterator[Any]:
    """Sign in and give a connection; close it at the end.

    Raises DatabaseError for what the service refuses, inside the `with` statement as well, and
    UsageError where the extra is not installed or a key cannot be read.
    """
    connection = connected(account)
    try:
        with explained(account):
            yield connection
    finally:
        connection.close()


def connected(account: Account) -> Any:
    """Return a session of the connector's, in UTC and in weeks that begin on Monday."""
    if find_spec("snowflake") is None or find_spec("snowflake.connector") is None:
        raise UsageError(
            "--target prod needs the Snowflake connector",
            hint="pip install 'cursor-marts[snowflake]'",
        )
    import snowflake.connector

    if account.way_in == "password" and account.host is None:
        log.warning("signing in to Snowflake with a password: use a key pair instead")
    with explained(account):
        return snowflake.connector.connect(**arguments(account))


def arguments(account: Account) -> dict[str, Any]:
    """Return what the connector is told; only the first way to sign in is in it."""
    ways: dict[str, dict[str, Any]] = {
        "key pair": {"authenticator": "SNOWFLAKE_JWT"},
        "workload identity": {
            "authenticator": "WORKLOAD_IDENTITY",
            "workload_identity_provider": account.identity_provider,
        },
        "token": {"authenticator": account.authenticator or "OAUTH"},
        "password": {"password": account.password.reveal if account.password else None},
    }
    chosen = ways[account.way_in]
    if account.way_in == "key pair":
        chosen["private_key"] = private_key(account)
    elif account.way_in != "password":
        chosen |= {"token": account.token.reveal if account.token else _read(account.token_path)}
    given = {
        "account": account.account,
        "user": account.user,
        "role": account.role,
        "warehouse": account.warehouse,
        "database": account.database,
        "host": account.host,
        "port": account.port,
        "protocol": account.protocol,
        **chosen,
    }
    return {
        **{name: value for name, value in given.items() if value is not None},
        "application": "cursor_marts",
        "login_timeout": SIGN_IN_SECONDS,
        "network_timeout": ANSWER_SECONDS,
        "session_parameters": dict(SESSION),
    }


def private_key(account: Account) -> bytes:
    """Return the key as the connector wants it. Raises UsageError that names the file."""
    from cryptography.hazmat.primitives import serialization as s

    path = account.private_key_path
    text = _read(path) or ""
    passphrase = account.passphrase.reveal.encode() if account.passphrase else None
    try:
        key = s.load_pem_private_key(text.encode(), passphrase)
    except (ValueError, TypeError):
        raise UsageError(
            f"cannot use {path}: it is not a private key in PEM, or the passphrase is wrong",
            hint="check SNOWFLAKE_PRIVATE_KEY_PATH and SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
        ) from None
    return key.private_bytes(s.Encoding.DER, s.PrivateFormat.PKCS8, s.NoEncryption())


def _read(path: Path | None) -> str | None:
    try:
        return path.read_text("utf-8").strip() if path else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is not text'}",
            hint="check SNOWFLAKE_PRIVATE_KEY_PATH or SNOWFLAKE_TOKEN_FILE_PATH",
        ) from None


@contextmanager
def explained(account: Account) -> Iterator[None]:
    """Raise what the service says as a DatabaseError: one line, what to do next, no secret."""
    import snowflake.connector.errors as refusals

    try:
        yield
    except refusals.Error as error:
        raise refused(account, error) from None


def refused(account: Account, error: Any) -> CursorMartsError:
    """Return the error that says what a refusal of the service means."""
    said = " ".join(str(error.raw_msg or error.msg or error).split())
    for secret in account.secrets:
        said = said.replace(secret, "***")
    wrapped = WRAPPED.search(said)
    number = int(wrapped[0]) if wrapped else abs(error.errno or 0)
    meaning, hint = MEANINGS.get(number, ("a statement failed", "see the service's query history"))
    where = account.host or account.account
    kind = DatabaseUnreachable if number in UNREACHABLE else DatabaseError
    set_up = NextCommand("setup_sql") if SET_UP in hint else None
    hint = "; ".join([*getattr(error, "__notes__", ()), hint])
    return kind(f"Snowflake ({where}): {meaning}: {said}", hint=hint, next_command=set_up)
