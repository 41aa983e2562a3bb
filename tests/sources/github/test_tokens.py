"""Tokens: a person's, and an app's that lasts an hour."""

import builtins
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from support.github.clients import client_of
from support.github.emulator import Emulator
from support.github.transport import EmulatorTransport
from support.github.world import World, repository

from cursor_marts.errors import SourceRefused, UsageError
from cursor_marts.sources.github.addresses import Addresses
from cursor_marts.sources.github.tokens import App, InstallationToken
from cursor_marts.sources.secret import Secret

RSA = generate_private_key(65_537, 2_048)
KEY = RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
APP = App("1234", Secret(KEY))


def emulator(**fields: Any) -> Emulator:
    return Emulator(World([repository("acme/web")]), apps={"acme": 77}, tokens=set(), **fields)


def token_of(github: Emulator, owner: str = "acme") -> InstallationToken:
    transport = EmulatorTransport(github)
    return InstallationToken(
        APP, owner, Addresses.of(), transport=transport, wall_clock=github.clock.now
    )


def test_an_app_signs_in_with_a_token_of_its_installation() -> None:
    github = emulator()
    with client_of(github, signed_by=token_of(github)) as client:
        assert client.send("RepositoryByName", owner="acme", name="web").data["repository"]


def test_a_signature_names_the_app_and_its_expiry() -> None:
    claims = jwt.decode(
        APP.signature(1e9), RSA.public_key(), ["RS256"], options={"verify_exp": False}
    )
    assert claims == {"iss": "1234", "iat": 1_000_000_000 - 60, "exp": 1_000_000_000 + 540}


def test_a_token_is_renewed_before_its_hour_ends() -> None:
    """Symptom elsewhere: after an hour, 401 "Bad credentials", and the run died."""
    github = emulator(latency=100.0)
    statuses = []

    class Watched(EmulatorTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = super().handle_request(request)
            statuses.append(response.status_code)
            return response

    token = token_of(github)
    with client_of(github, signed_by=token) as client:
        client._http = httpx.Client(transport=Watched(github))
        for _ in range(100):
            client.send("Alive")
    assert len(github.tokens) >= 3
    assert 401 not in statuses


def test_a_token_that_is_refused_is_replaced_once() -> None:
    github = emulator()
    with client_of(github, signed_by=token_of(github)) as client:
        client.send("Alive")
        github.tokens.clear()
        client.send("Alive")
        assert client.costs.retries == 1


def test_a_token_that_is_refused_twice_ends_the_run() -> None:
    """Symptom elsewhere: a client that could not sign in again repeated requests for ever."""
    github = emulator()
    token = token_of(github)
    with client_of(github, signed_by=token) as client:
        client.send("Alive")
        token._obtain = lambda: None  # type: ignore[method-assign]
        github.tokens.clear()
        with pytest.raises(SourceRefused, match="does not accept the token"):
            client.send("Alive")


def test_an_owner_without_the_app_is_named() -> None:
    github = emulator()
    with pytest.raises(SourceRefused, match="not installed on initech") as error:
        token_of(github, "initech").value()
    assert "install the app" in error.value.hint


def test_a_key_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="GITHUB_APP_PRIVATE_KEY_PATH"):
        App.with_key_file("1", tmp_path / "none.pem")


def test_a_key_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("no key")
    with pytest.raises(UsageError, match="does not hold an RSA private key") as error:
        App.with_key_file("1", file).signature(0)
    assert "no key" not in str(error.value).replace("does not hold an RSA private key", "")


def test_the_packages_for_an_app_are_named_where_they_are_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without_jwt(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "jwt":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_jwt)
    with pytest.raises(UsageError, match="packages that are not installed") as error:
        APP.signature(0)
    assert "cursor-marts[github-app]" in error.value.hint


def test_a_key_shows_nowhere() -> None:
    assert "PRIVATE KEY" not in repr(APP)
    assert "ghs_" not in repr(token_of(emulator()))
