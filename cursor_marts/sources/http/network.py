"""The way to a source: its proxy, and the certificates that are trusted.

Names are those that other tools read from the environment: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
NO_PROXY, in either case, SSL_CERT_FILE, SSL_CERT_DIR and SSLKEYLOGFILE.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from typing import Any

import httpx

from cursor_marts.errors import UsageError

SOCKS = ("socks5", "socks5h")
SCHEMES = ("http", "https", *SOCKS)


@dataclass(frozen=True)
class Network:
    """How to connect to one host; without a proxy, and with certifi's certificates by default."""

    proxy: httpx.Proxy | None = None
    tls: ssl.SSLContext | None = None

    @classmethod
    def to(cls, address: str, environ: Mapping[str, str]) -> Network:
        """Return the way to an address that the environment describes.

        A host of this machine is never behind a proxy. Raises UsageError that names the variable.
        """
        url = httpx.URL(address)
        proxy = None if is_loopback(url.host) else _proxy(url, environ)
        with_tls = url.scheme == "https" or (proxy is not None and proxy.url.scheme == "https")
        return cls(proxy, _tls(environ) if with_tls else None)

    def client(self, transport: httpx.BaseTransport | None = None, **options: Any) -> httpx.Client:
        """Return a client that connects in this way; a `transport` replaces the network."""
        if transport is not None:
            return httpx.Client(transport=transport, trust_env=False, **options)
        verify = True if self.tls is None else self.tls
        return httpx.Client(proxy=self.proxy, verify=verify, trust_env=False, **options)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine by its name or number."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _proxy(url: httpx.URL, environ: Mapping[str, str]) -> httpx.Proxy | None:
    for name in (f"{url.scheme}_proxy", "all_proxy"):
        for variable in (name, name.upper()):
            if value := environ.get(variable, "").strip():
                is_direct = is_bypassed(url.host, _get(environ, "no_proxy"))
                return None if is_direct else _proxy_at(value, variable)
    return None


def _get(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name) or environ.get(name.upper()) or ""


def _proxy_at(address: str, variable: str) -> httpx.Proxy:
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
        is_proxy = proxy.url.scheme in SCHEMES and bool(proxy.url.host)
    except (ValueError, httpx.InvalidURL):
        is_proxy = False
    if not is_proxy:
        raise UsageError(
            f"{variable} is not the address of an HTTP proxy",
            hint="write it like http://proxy.example.com:3128, or unset it",
        )
    if proxy.url.scheme in SOCKS and find_spec("socksio") is None:
        raise UsageError(
            f"{variable} names a SOCKS proxy, and the package for that is not installed",
            hint="pip install 'httpx[socks]', or unset it",
        )
    return proxy


def is_bypassed(host: str, no_proxy: str) -> bool:
    """Return whether a list like `.example.com, 10.0.0.0/8, ::1, *` names a host."""
    return any(_names(entry.strip().lower(), host.lower()) for entry in no_proxy.split(","))


def _names(entry: str, host: str) -> bool:
    if not entry:
        return False
    if entry == "*":
        return True
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        suffix = entry.partition("://")[2] or entry
        suffix = suffix.removeprefix("*").removeprefix(".").partition(":")[0]
        return host == suffix or host.endswith(f".{suffix}")


def _tls(environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return what decides which certificates are trusted: by default, those of certifi."""
    file, folder = environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR")
    try:
        if file or folder:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file, folder)
    except (OSError, ValueError) as error:
        variable, value = ("SSL_CERT_FILE", file) if file else ("SSL_CERT_DIR", folder)
        raise UsageError(
            f"{variable} {value!r} holds no certificates that can be read: {_reason(error)}",
            hint="give the file of the certificate authority (PEM), or unset it",
        ) from None
    try:
        if file or folder:
            return ssl.create_default_context(cafile=file, capath=folder)
        return httpx.create_ssl_context(trust_env=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"SSLKEYLOGFILE cannot be written: {_reason(error)}",
            hint="give a file that can be written, or unset it",
        ) from None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
