"""What a request is signed with: a personal token, or an app's token that lasts an hour."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import httpx

from cursor_marts.errors import SourceRefused, SourceUnreachable, UsageError
from cursor_marts.sources.github.addresses import Addresses
from cursor_marts.sources.http.network import Network
from cursor_marts.sources.secret import Secret

#: Seconds before its end at which a token is replaced.
RENEW_BEFORE = 300.0
#: Seconds for which an app's signature is valid; GitHub allows ten minutes.
SIGNATURE_LASTS = 540
CLOCK_TOLERANCE = 60
INSTALL = "install the app on it, or give a token with GITHUB_TOKEN"


class Token(Protocol):
    """A token, and whether there is a newer one."""

    def value(self) -> Secret:
        """Return the token to send now."""

    def renew(self) -> bool:
        """Replace a token that was refused; return False where there is no other."""


@dataclass(frozen=True)
class PersonalToken:
    """A token that a person gave, of any length and form."""

    secret: Secret

    def value(self) -> Secret:
        """Return the token."""
        return self.secret

    def renew(self) -> bool:
        """Return False: a person has to give another one."""
        return False


@dataclass(frozen=True)
class App:
    """A GitHub App: its id, and the private key that proves who signs."""

    id: str
    private_key: Secret

    @classmethod
    def with_key_file(cls, id: str, path: Path) -> App:
        """Read the private key. Raises UsageError where that is not possible."""
        try:
            return cls(id, Secret(path.expanduser().read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            what = error.strerror if isinstance(error, OSError) else "not a text file"
            raise UsageError(
                f"GITHUB_APP_PRIVATE_KEY_PATH {str(path)!r} cannot be read: {what}",
                hint="give the path of the .pem file that GitHub gave for the app",
            ) from None

    def signature(self, now: float) -> str:
        """Return a signed statement that a request comes from the app. Raises UsageError."""
        claims = {
            "iss": self.id,
            "iat": int(now) - CLOCK_TOLERANCE,
            "exp": int(now) + SIGNATURE_LASTS,
        }
        try:
            import jwt
        except ImportError:
            raise _extra_is_missing() from None
        try:
            return jwt.encode(claims, self.private_key.reveal, algorithm="RS256")
        except NotImplementedError:
            raise _extra_is_missing() from None
        except (ValueError, TypeError, jwt.PyJWTError):
            raise UsageError(
                "GITHUB_APP_PRIVATE_KEY_PATH does not hold an RSA private key",
                hint="give the path of the .pem file that GitHub gave for the app",
            ) from None


def _extra_is_missing() -> UsageError:
    return UsageError(
        "signing in as a GitHub App needs packages that are not installed",
        hint="pip install 'cursor-marts[github-app]', or give a token with GITHUB_TOKEN",
    )


@dataclass
class InstallationToken:
    """The token of an app's installation at one owner: renewed in time, and when refused."""

    app: App
    owner: str
    addresses: Addresses
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    wall_clock: Callable[[], float] = time.time
    network: Network = field(default_factory=Network)
    _current: Secret | None = None
    _expires_at: float = 0.0
    _installation: int | None = None

    def value(self) -> Secret:
        """Return a token that is valid for five more minutes at least.

        Raises SourceRefused, SourceUnreachable or UsageError.
        """
        if self._current is None or self.wall_clock() > self._expires_at - RENEW_BEFORE:
            self._obtain()
        assert self._current is not None
        return self._current

    def renew(self) -> bool:
        """Obtain another token."""
        self._obtain()
        return True

    def _obtain(self) -> None:
        with self.network.client(self.transport, timeout=30.0) as http:
            if self._installation is None:
                self._installation = self._find(http)
            path = f"/app/installations/{self._installation}/access_tokens"
            answer = self._request(http, "POST", path)
        if answer is None:
            raise SourceRefused(f"the app is not installed on {self.owner} any more", hint=INSTALL)
        self._current = Secret(answer["token"])
        self._expires_at = datetime.fromisoformat(answer["expires_at"]).timestamp()

    def _find(self, http: httpx.Client) -> int:
        for kind in ("orgs", "users"):
            found = self._request(http, "GET", f"/{kind}/{self.owner}/installation")
            if found is not None:
                return int(found["id"])
        raise SourceRefused(f"the app is not installed on {self.owner}", hint=INSTALL)

    def _request(self, http: httpx.Client, method: str, path: str) -> dict[str, Any] | None:
        """Return the answer, None for 404."""
        signature = self.app.signature(self.wall_clock())
        headers = {
            "Authorization": f"Bearer {signature}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        try:
            response = http.request(method, self.addresses.rest + path, headers=headers)
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            response.raise_for_status()
            answer: dict[str, Any] = response.json()
        except httpx.HTTPStatusError as error:
            raise _refusal(error.response) from None
        except (httpx.RequestError, ValueError) as error:
            raise SourceUnreachable(
                f"GitHub gives the app no token: {error}", hint="run again in a moment"
            ) from None
        return answer


def _refusal(response: httpx.Response) -> SourceRefused | SourceUnreachable:
    status = response.status_code
    if status >= 500:
        return SourceUnreachable(
            f"GitHub gives the app no token ({status})", hint="run again in a moment"
        )
    return SourceRefused(
        f"GitHub does not accept the app's signature ({status})",
        hint="check GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY_PATH and this machine's clock",
    )
