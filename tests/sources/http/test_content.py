"""JSON is read as the standard library reads it, whatever decoder is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cursor_marts.sources.http import content
from cursor_marts.sources.http.content import NotJson, decoded, read_json

#: What is no JSON, or what decoders disagree about; pieces of these make bodies as well.
ODD = [
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"1" + b"0" * 400 + b".0",
    b"-0",
    b"-0.0",
    b"9" * 25,
    b"-9223372036854775809",
    b"9" * 5000,
    b"0.1e1",
    b"01",
    b'"\\ud800"',
    b'"\\ud83d\\ude00"',
    b'"\xed\xa0\x80"',
    b'"\xff"',
    b'"\t"',
    b'"\\u 123"',
    b'{"a": 1, "b": 2, "a": 3}',
    b'{"\\udfff": 1}',
    b"\xef\xbb\xbf1",
    b"[1]\x00",
    b"[1,]",
    b"",
    b"[" * 5000 + b"]" * 5000,
]
NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, 2**64, -(2**63) - 1, 2**200])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
SPELLED = st.builds(
    lambda value, ascii: json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass"),
    VALUES,
    st.booleans(),
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Return JSON, or what is left of it when something else stands in the place of a part."""
    body = draw(SPELLED)
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, len(body)))
    return draw(
        st.just(body) | st.sampled_from(ODD).map(lambda odd: body[:start] + odd + body[end:])
    )


def outcome(read: Callable[[bytes], Any], body: bytes) -> str:
    """Return a value as Python spells it, with types, signs and the order of fields; or `error`."""
    try:
        return repr(read(body))
    except (ValueError, RecursionError):
        return "error"


@given(bodies())
@example(b'"\xed\xa0\x80"')
def test_any_bytes_are_read_as_by_the_standard_library(body: bytes) -> None:
    """The same value, or an error of both: no decoder may round a number, or drop a field."""
    assert content.strict_decode is not None, "install the extra `fast`"
    assert outcome(decoded, body) == outcome(json.loads, body)


@pytest.mark.parametrize("body", ODD, ids=lambda body: repr(body[:24]))
def test_odd_bodies_are_read_alike_without_the_extra(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that holds an odd value is rejected by itself; only what is no JSON is refused."""
    fast = outcome(read_json, body)
    monkeypatch.setattr(content, "strict_decode", None)
    assert outcome(read_json, body) == fast


def test_more_digits_than_python_reads_are_a_number_without_end() -> None:
    """The page that holds them is read: their record alone breaks the contract."""
    assert read_json(b"[1, " + b"9" * 5000 + b"]") == [1, float("inf")]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b'{"a": 1'])
def test_what_is_no_json_is_told_apart(body: bytes) -> None:
    """Such as the page of a proxy, or half an answer."""
    with pytest.raises(NotJson):
        read_json(body)
