"""Which Snowflake account to use, and how to sign in to it: frozen, secrets masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cursor_marts.errors import UsageError
from cursor_marts.sources.secret import Secret

DATABASE = "CURSOR_ANALYTICS"
NEEDED = ("SNOWFLAKE_ACCOUNT", "SNOWFLAKE_USER")


@dataclass(frozen=True)
class Account:
    """A Snowflake account as the `SNOWFLAKE_…` variables say it.

    Of several ways to sign in the first is used: key pair, token (or the identity of the machine,
    with the authenticator WORKLOAD_IDENTITY), password. `host`, `port` and `protocol` are for
    private links and emulators. A run sends at most `concurrency` statements at a time.
    """

    account: str
    user: str
    role: str | None = None
    warehouse: str | None = None
    database: str = DATABASE
    host: str | None = None
    port: int = 443
    protocol: str = "https"
    concurrency: int = 8  # what a warehouse executes at a time, unless it is configured otherwise
    private_key_path: Path | None = None
    passphrase: Secret | None = None
    token: Secret | None = None
    token_path: Path | None = None
    authenticator: str | None = None
    identity_provider: str | None = None
    password: Secret | None = field(default=None)

    def __str__(self) -> str:
        return f"{self.database} of {self.account}"

    @property
    def way_in(self) -> str:
        """How to sign in: 'key pair', 'token', 'workload identity', 'password'."""
        if self.private_key_path:
            return "key pair"
        if (self.authenticator or "").upper() == "WORKLOAD_IDENTITY":
            return "workload identity"
        return "token" if self.token or self.token_path else "password"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that no message may hold."""
        given = (self.passphrase, self.token, self.password)
        return tuple(secret.reveal for secret in given if secret and secret.reveal)

    @classmethod
    def read(cls, environ: Mapping[str, str], target: str = "prod") -> Account:
        """Read the variables. Raises UsageError that names those that are missing or wrong."""
        missing = [name for name in NEEDED if not environ.get(name)]
        if missing:
            raise UsageError(
                f"--target {target} needs {' and '.join(missing)}",
                hint="set them, as in export SNOWFLAKE_ACCOUNT=myorg-myaccount, or write account "
                f"and user below [targets.{target}] of the project",
            )
        found = cls(**{name: _value(name, of, environ[of]) for name, of in _set(environ)})
        if found.way_in == "password" and not found.password:
            raise UsageError(
                f"--target {target} has no way to sign in",
                hint="set SNOWFLAKE_PRIVATE_KEY_PATH (a key pair), SNOWFLAKE_TOKEN, or "
                "SNOWFLAKE_AUTHENTICATOR=WORKLOAD_IDENTITY",
            )
        return found


VARIABLES = {
    "account": "SNOWFLAKE_ACCOUNT",
    "user": "SNOWFLAKE_USER",
    "role": "SNOWFLAKE_ROLE",
    "warehouse": "SNOWFLAKE_WAREHOUSE",
    "database": "SNOWFLAKE_DATABASE",
    "host": "SNOWFLAKE_HOST",
    "port": "SNOWFLAKE_PORT",
    "protocol": "SNOWFLAKE_PROTOCOL",
    "concurrency": "SNOWFLAKE_CONCURRENCY",
    "private_key_path": "SNOWFLAKE_PRIVATE_KEY_PATH",
    "passphrase": "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
    "token": "SNOWFLAKE_TOKEN",
    "token_path": "SNOWFLAKE_TOKEN_FILE_PATH",
    "authenticator": "SNOWFLAKE_AUTHENTICATOR",
    "identity_provider": "SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER",
    "password": "SNOWFLAKE_PASSWORD",
}
SECRET = {"passphrase", "token", "password"}
PATHS = {"private_key_path", "token_path"}
#: What a variable that is a number says, and an example.
NUMBERS = {"port": ("a port", 443), "concurrency": ("a number of statements", 8)}


def _set(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, variable) for name, variable in VARIABLES.items() if environ.get(variable)]


def _value(name: str, variable: str, text: str) -> Any:
    if name in SECRET:
        return Secret(text)
    if name in PATHS:
        return Path(text).expanduser()
    if name not in NUMBERS:
        return text
    if not text.isdecimal() or not int(text):
        what, example = NUMBERS[name]
        hint = f"write a number, such as {example}"
        raise UsageError(f"{variable}={text!r} is not {what}", hint=hint)
    return int(text)
