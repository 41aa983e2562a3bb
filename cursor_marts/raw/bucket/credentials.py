"""Whether this machine has an identity at Google: without one, the client tries for 30 seconds."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

#: The server that tells a machine of Google's who it is.
METADATA = "metadata.google.internal"
SECONDS_TO_CONNECT = 2.0


def has_google_identity(environ: Mapping[str, str] | None = None) -> bool:
    """Return whether a key file, a signed-in person or the service account of a machine is there.

    The last of them is asked for only where the others are missing.
    """
    environ = os.environ if environ is None else environ
    if environ.get("GOOGLE_APPLICATION_CREDENTIALS"):
        return True
    home = environ.get("CLOUDSDK_CONFIG") or Path.home() / ".config" / "gcloud"
    if (Path(home) / "application_default_credentials.json").exists():
        return True
    return _answers(environ.get("GCE_METADATA_HOST") or METADATA)


def _answers(server: str) -> bool:
    host, _, port = server.partition(":")
    with (
        suppress(OSError, ValueError),
        socket.create_connection((host, int(port or 80)), SECONDS_TO_CONNECT),
    ):
        return True
    return False
