"""The place of a set: a prefix of a bucket, or a folder, through pyarrow's file systems."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyarrow import fs

from cursor_marts.errors import LandingError
from cursor_marts.raw.bucket.addresses import Endpoints
from cursor_marts.raw.bucket.credentials import has_google_identity

PATIENCE = timedelta(seconds=30)  # with a store that does not answer; pyarrow's own is 15 minutes
#: What stores say to an account that they do not know, to one that may not, and of no bucket.
UNKNOWN = ("UNAUTHENTICATED", "OAuth2 access token", "INVALID_ACCESS_KEY", "INVALID_CLIENT_TOKEN")
FORBIDDEN = ("PERMISSION_DENIED", "ACCESS_DENIED")
MISSING = ("NOT_FOUND", "NO_SUCH_BUCKET")


@dataclass(frozen=True)
class Place:
    """An address, and the file system that reads and writes it."""

    address: str
    filesystem: fs.FileSystem
    root: str  #: the address as a path of the file system
    needs_identity: bool = False  #: whether the store is the public one of Google

    @classmethod
    def at(cls, address: str, endpoints: Endpoints) -> Place:
        """Return the place of an address that `check_place` accepts; opens no connection."""
        scheme, _, rest = address.partition("://")
        if not rest:
            return cls(address, fs.LocalFileSystem(), str(Path(address).absolute()))
        system = _google(endpoints.gs) if scheme == "gs" else _amazon(endpoints.s3)
        is_public = scheme == "gs" and endpoints.gs is None
        return cls(address.rstrip("/"), system, rest.strip("/"), is_public)

    @property
    def bucket(self) -> str:
        """The name of the bucket; '' for a folder."""
        return "" if self.is_folder else self.root.partition("/")[0]

    @property
    def is_folder(self) -> bool:
        """Whether it is on a disk of this machine."""
        return isinstance(self.filesystem, fs.LocalFileSystem)

    def path(self, name: str) -> str:
        """Return the path of a file, by its name in the manifest."""
        return f"{self.root}/raw/{name}"

    def show(self, name: str = "") -> str:
        """Return the address of a file for messages."""
        return f"{self.address}/raw/{name}".rstrip("/")

    @contextmanager
    def asked_to(self, do: str) -> Iterator[None]:
        """Turn an error of the file system into a LandingError with the address of the place."""
        if self.needs_identity and not has_google_identity():
            raise self._refused(do, OSError(UNKNOWN[0]))
        try:
            yield
        except OSError as error:
            raise self._refused(do, error) from None

    def _refused(self, do: str, error: OSError) -> LandingError:
        if any(word in str(error) for word in UNKNOWN):
            return LandingError(
                f"cannot {do} {self.show()}: no valid credentials",
                hint="run as a service account, or sign in: gcloud auth application-default login; "
                "for s3 give AWS_PROFILE or the like",
            )
        if any(word in str(error) for word in FORBIDDEN):
            return LandingError(
                f"not allowed to {do} {self.show()}",
                hint=f"let this account read, write, list and delete objects of {self.bucket}: "
                "on Google the role is roles/storage.objectUser",
            )
        if any(word in str(error) for word in MISSING) and self.is_missing():
            return LandingError(
                f"there is no bucket {self.bucket!r} to {do}",
                hint="create it first, or correct the address",
            )
        return LandingError(
            f"cannot {do} {self.show()}: {_cause(error)}",
            hint="see that the address is right and answers, and run again; "
            "the set that was there before stands",
        )

    def is_missing(self) -> bool:
        """Return whether the bucket does not exist; False if the store refuses to tell."""
        try:
            found = self.filesystem.get_file_info(self.bucket)
        except OSError:  # an account that may use objects need not be allowed to look at buckets
            return False
        return not self.is_folder and bool(found.type == fs.FileType.NotFound)


def _google(endpoint: str | None) -> fs.FileSystem:
    return fs.GcsFileSystem(
        retry_time_limit=PATIENCE, **({"anonymous": True} | _override(endpoint) if endpoint else {})
    )


def _amazon(endpoint: str | None) -> fs.FileSystem:
    return fs.S3FileSystem(**_override(endpoint) if endpoint else {})


def _override(endpoint: str) -> dict[str, Any]:
    parts = urlsplit(endpoint)
    return {"scheme": parts.scheme, "endpoint_override": parts.netloc}


def _cause(error: OSError) -> str:
    """Return the message of the innermost error."""
    if error.strerror and not error.strerror.startswith("google::"):
        return error.strerror.partition(". Detail:")[0]
    message = str(error).partition("gcloud-cpp.retry.original-message=")[2] or str(error)
    return message.strip().partition("\n")[0].rstrip("})")
