"""What to read from GitHub, and as whom: options, and the variables of GitHub's own tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cursor_marts.errors import UsageError
from cursor_marts.graph.words import words
from cursor_marts.sources.github.addresses import GITHUB, Addresses
from cursor_marts.sources.github.targets import Choice, Target
from cursor_marts.sources.secret import Secret


@dataclass(frozen=True)
class AppFile:
    """A GitHub App: its id, and the file of its private key, which is read when it is used."""

    id: str
    private_key: Path


@dataclass(frozen=True)
class GitHubAccess:
    """What is read from one GitHub, and as whom: a token, or an app."""

    targets: tuple[Target, ...]
    sign_in: Secret | AppFile
    choice: Choice = field(default_factory=Choice)
    reserve: int = 500
    addresses: Addresses = field(default_factory=Addresses.of)

    @classmethod
    def of(cls, options: object, environ: Mapping[str, str]) -> GitHubAccess | None:
        """Return what the options name, None where they name nothing.

        Raises UsageError for a target or an address that is none, and where no token is given.
        """
        targets = words(getattr(options, "github", ()))
        if not targets:
            return None
        return cls(
            targets=tuple(Target.parse(target) for target in targets),
            sign_in=_sign_in(environ),
            choice=Choice(
                exclude=tuple(words(getattr(options, "exclude_repo", ()))),
                forks=getattr(options, "forks", False),
                archived=not getattr(options, "skip_archived", False),
            ),
            reserve=getattr(options, "github_reserve", 500),
            addresses=Addresses.of(_of(environ, "GITHUB_API_URL") or GITHUB),
        )


def _of(environ: Mapping[str, str], name: str) -> str | None:
    return environ.get(name, "").strip() or None


def _sign_in(environ: Mapping[str, str]) -> Secret | AppFile:
    """Return how to sign in: an app wins, since it is set for this alone. Raises UsageError."""
    app, key = _of(environ, "GITHUB_APP_ID"), _of(environ, "GITHUB_APP_PRIVATE_KEY_PATH")
    if app and key:
        return AppFile(app, Path(key))
    if app or key:
        raise UsageError(
            f"{'GITHUB_APP_PRIVATE_KEY_PATH' if app else 'GITHUB_APP_ID'} is not set",
            hint="an app signs in with both, its id and its key",
        )
    token = _of(environ, "GITHUB_TOKEN") or _of(environ, "GH_TOKEN")
    if token is None:
        raise UsageError(
            "--github needs a token, and none is given",
            hint="set GITHUB_TOKEN or GH_TOKEN, or GITHUB_APP_ID and "
            "GITHUB_APP_PRIVATE_KEY_PATH of an app",
        )
    return Secret(token)
