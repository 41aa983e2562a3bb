"""Proxies and certificates of the environment: used where they apply, and named where wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import certifi
import pytest

from cursor_marts.errors import SourceRefused, UsageError
from cursor_marts.simulator import Simulator, World, serve
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.network import Network, is_bypassed
from cursor_marts.sources.secret import Secret

KEY = Secret("cursor-sim-dev-key")
ELSEWHERE = "http://api.example.com"
PROXY = {"HTTP_PROXY": "http://proxy.example.com:3128"}


@contextmanager
def a_proxy(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Serve as a proxy that answers each request by itself; give its address and the requests."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_source_elsewhere_is_reached_through_the_proxy(variable: str) -> None:
    """Of each variable in use."""
    with a_proxy() as (proxy, seen):
        network = Network.to(ELSEWHERE, {variable: proxy})
        with Client(ELSEWHERE, KEY, network=network) as client:
            assert client.get("/repos") == []
    assert seen == [f"{ELSEWHERE}/repos"]


def test_a_proxy_that_asks_who_is_there_is_told_from_the_source() -> None:
    """The next step is about the proxy's address."""
    with a_proxy(407) as (proxy, _):
        network = Network.to(ELSEWHERE, {"HTTP_PROXY": proxy})
        with (
            Client(ELSEWHERE, KEY, network=network) as client,
            pytest.raises(SourceRefused, match=r"the proxy .* asks for a name") as refused,
        ):
            client.get("/repos")
    assert "proxy" in refused.value.hint


@pytest.mark.parametrize("environ", [PROXY, {"ALL_PROXY": "socks5://p"}, {"HTTP_PROXY": "ftp://"}])
def test_this_machine_is_never_behind_a_proxy(environ: dict[str, str]) -> None:
    """A local simulator answers, whatever the variables say."""
    with (
        serve(Simulator(World(), rate_limit=None)) as url,
        Client(url, KEY, network=Network.to(url, environ)) as client,
    ):
        assert client.get("/repos") == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "a.localhost"])
def test_every_name_of_this_machine_is_known(host: str) -> None:
    """By name and by number."""
    assert Network.to(f"http://{host}:8080", PROXY).proxy is None


@pytest.mark.parametrize(
    "no_proxy",
    [
        "*",
        "api.example.com",
        ".example.com",
        "example.com",
        "*.example.com",
        "other, Example.COM:80",
        "fe80::/10,::1,10.0.0.0/8, example.com",
        "http://api.example.com",
    ],
)
def test_hosts_without_a_proxy_are_written_as_everywhere(no_proxy: str) -> None:
    """Names, domains, ranges of numbers of both kinds."""
    assert Network.to(ELSEWHERE, PROXY | {"NO_PROXY": no_proxy}).proxy is None


def test_ranges_of_numbers_are_ranges() -> None:
    """Of both lengths; what is in none of them has a proxy."""
    assert is_bypassed("10.1.2.3", "10.0.0.0/8")
    assert is_bypassed("fe80::1", "fe80::/10")
    assert not is_bypassed("11.1.2.3", "10.0.0.0/8,fe80::/10")
    assert not is_bypassed("notexample.com", "example.com")
    assert not is_bypassed("example.com", "")
    assert Network.to(ELSEWHERE, PROXY | {"NO_PROXY": "fe80::/10"}).proxy is not None


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"HTTP_PROXY": "ftp://proxy:1"}, "HTTP_PROXY is not the address of an HTTP proxy"),
        ({"http_proxy": "http://"}, "http_proxy is not the address"),
        ({"HTTP_PROXY": "http://[::1"}, "HTTP_PROXY is not the address"),
        ({"HTTP_PROXY": "http://p:x"}, "HTTP_PROXY is not the address"),
        ({"ALL_PROXY": "socks4://s3cret@p:1"}, "ALL_PROXY is not the address"),
    ],
)
def test_a_proxy_that_is_none_is_named_by_its_variable(environ: dict[str, str], says: str) -> None:
    """And not repeated, since it may hold a password."""
    with pytest.raises(UsageError, match=says) as refused:
        Network.to(ELSEWHERE, environ)
    assert "s3cret" not in str(refused.value)


def test_a_socks_proxy_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which; with it, the proxy is used."""
    monkeypatch.setattr("cursor_marts.sources.http.network.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="ALL_PROXY names a SOCKS proxy") as refused:
        Network.to(ELSEWHERE, {"ALL_PROXY": "socks5://proxy:1080"})
    assert "httpx[socks]" in refused.value.hint


def test_certificates_are_those_of_the_environment(tmp_path: Path) -> None:
    """A file or a folder of them; where neither is given, certifi's."""
    one = tmp_path / "one.pem"
    text = Path(certifi.where()).read_text("utf-8")
    one.write_text(text[text.index("-----BEGIN") : text.index("-----END CERTIFICATE-----") + 25])
    given = Network.to("https://api.example.com", {"SSL_CERT_FILE": str(one)}).tls
    usual = Network.to("https://api.example.com", {}).tls
    assert given is not None
    assert usual is not None
    assert len(given.get_ca_certs()) == 1 < len(usual.get_ca_certs())


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """Missing, a folder, or no certificate; plain HTTP needs none of them."""
    (tmp_path / "text").write_text("no certificate")
    for name in ("missing", "", "text"):
        environ = {"SSL_CERT_FILE": str(tmp_path / name)}
        with pytest.raises(UsageError, match=r"SSL_CERT_FILE .* holds no certificates"):
            Network.to("https://api.example.com", environ)
        assert Network.to(ELSEWHERE, environ).tls is None


def test_a_file_of_session_keys_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Python opens it for every TLS connection; for plain HTTP it does not matter."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "missing" / "keys"))
    with pytest.raises(UsageError, match="SSLKEYLOGFILE cannot be written"):
        Network.to("https://api.example.com", {})
    Network.to(ELSEWHERE, {})
