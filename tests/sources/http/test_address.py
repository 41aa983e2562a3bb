"""Which addresses of a source are accepted."""

import pytest

from cursor_marts.errors import UsageError
from cursor_marts.sources.http.address import check_address


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8080",
        "https://api.example.com/path/",
        "HTTPS://API.EXAMPLE.COM",
        "http://[::1]:8080",
        "http://192.0.2.1",
        "http://münchen.example",
        "http://a_b.example",
        "http://example.com/@here",
    ],
)
def test_what_httpx_can_send_to_is_an_address(address: str) -> None:
    """Names, numbers, ports, letters beyond ASCII."""
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost:8080",
        "ftp://localhost",
        "http://",
        "http:///path",
        "http://localhost:8080\n",
        "http://local host",
        "http://foo..bar",
        "http://.example.com",
        f"http://{'a' * 70}.example",
        "http://😀.example",
        "http://[::1",
        "http://xn--a",
        "http://xn--zzzzzz--.example",
        "http://256.256.256.256",
        "http://localhost:99999",
        "http://localhost:0",
        "http://localhost:80a",
        "http://localhost/\tpath",
        f"http://localhost/{'x' * 70_000}",
        f"http://{'a.' * 200}example",
    ],
)
def test_what_no_request_can_be_sent_to_is_refused(address: str) -> None:
    """With an example of one that is right, and without a traceback."""
    with pytest.raises(UsageError, match="is not an HTTP address") as refused:
        check_address(address)
    assert refused.value.hint == "write it like http://localhost:8080"
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "address",
    ["http://s3cret@localhost", "http://user:s3cret@[::1", "http://localhost/?key=s3cret#"],
)
def test_a_key_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    """Even where the rest is no address either."""
    with pytest.raises(UsageError, match="would show it") as refused:
        check_address(address)
    assert "s3cret" not in str(refused.value)
