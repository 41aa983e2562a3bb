"""The addresses of github.com, of data residency and of Enterprise Server."""

import pytest

from cursor_marts.errors import UsageError
from cursor_marts.sources.github.addresses import Addresses


@pytest.mark.parametrize(
    ("rest", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://api.github.com/", "https://api.github.com/graphql"),
        ("https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("https://git.acme.org/api/v3", "https://git.acme.org/api/graphql"),
        ("https://git.acme.org/api/v3/", "https://git.acme.org/api/graphql"),
        ("http://127.0.0.1:8080/api/v3", "http://127.0.0.1:8080/api/graphql"),
        ("http://localhost:8080", "http://localhost:8080/graphql"),
    ],
)
def test_graphql_is_beside_rest(rest: str, graphql: str) -> None:
    assert Addresses.of(rest).graphql == graphql


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("http://git.acme.org/api/v3", "unencrypted"),
        ("git.acme.org", "not an HTTP address"),
        ("ftp://git.acme.org", "not an HTTP address"),
        ("https://", "not an HTTP address"),
        ("https://[::1", "not an HTTP address"),
        ("https://git.acme.org:port", "not an HTTP address"),
        ("https://me:secret@git.acme.org", "more than an address"),
        ("https://git.acme.org?token=secret", "more than an address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(rest: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as error:
        Addresses.of(rest)
    assert "secret" not in str(error.value)
