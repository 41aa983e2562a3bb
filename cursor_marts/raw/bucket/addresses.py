"""Addresses of buckets and folders, and of emulators of a bucket store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cursor_marts.errors import UsageError


def check_place(address: str, option: str) -> None:
    """Raise UsageError unless `address` is a folder, or a bucket without a key in the address."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return
    if "@" in rest or "?" in rest:
        raise UsageError(
            f"{option} holds more than a bucket and a prefix, where every log would show it",
            hint="leave credentials to the environment: a service account, or a profile",
        )
    if scheme not in ("gs", "s3") or not rest.partition("/")[0]:
        raise UsageError(
            f"{option} {address!r} is neither a bucket nor a folder",
            hint="write it like gs://bucket/prefix, s3://bucket/prefix or path/to/folder",
        )


@dataclass(frozen=True)
class Endpoints:
    """Addresses of bucket stores that replace the public ones, if any.

    An address for Google's store is an emulator, which needs no credentials.
    """

    gs: str | None = None
    s3: str | None = None

    def __post_init__(self) -> None:
        for name, address in (("STORAGE_EMULATOR_HOST", self.gs), ("AWS_ENDPOINT_URL", self.s3)):
            if address is not None and not re.fullmatch(r"https?://[^/@?]+/?", address):
                raise UsageError(
                    f"{name} is not an HTTP address", hint="write it like http://localhost:4443"
                )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Endpoints:
        """Read the variables that the stores' own tools read. Raises UsageError."""
        gs = environ.get("STORAGE_EMULATOR_HOST") or None
        if gs is not None and "://" not in gs:
            gs = f"http://{gs}"
        return cls(gs, environ.get("AWS_ENDPOINT_URL") or None)
