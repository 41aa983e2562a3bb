"""The sources that the settings name."""

from pathlib import Path

import pytest

from cursor_marts.commands.settings import EMBEDDED_SOURCE, Settings
from cursor_marts.commands.sources import sources_of
from cursor_marts.commands.steps import extract
from cursor_marts.errors import UsageError
from cursor_marts.sources.progress import Silent


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTP_PROXY", "http://127.0.0.1:9"),
        ("ALL_PROXY", "socks5://127.0.0.1:9"),
        ("HTTP_PROXY", "ftp://nowhere"),
        ("NO_PROXY", "fe80::/10"),
        ("SSL_CERT_FILE", "/missing"),
        ("SSLKEYLOGFILE", "/missing/keys"),
    ],
)
def test_the_embedded_source_needs_no_network(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In any environment; no key leaves this process."""
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("CURSOR_API_KEY", "a-real-key")
    outcome = extract("embedded", data_dir=tmp_path)
    assert outcome.manifest is not None
    assert outcome.manifest.source == EMBEDDED_SOURCE
    assert outcome.manifest.invented


def test_an_invalid_proxy_is_an_error_before_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the source uses it."""
    monkeypatch.setenv("HTTPS_PROXY", "ftp://nowhere")
    settings = Settings.read(source="https://api.example.com")
    with pytest.raises(UsageError, match="HTTPS_PROXY is not the address"):
        sources_of(settings, Silent())
