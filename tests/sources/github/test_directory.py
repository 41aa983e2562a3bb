"""The emails of the members of an organisation, as far as the token may read them."""

from __future__ import annotations

from support.github.clients import requests_to
from support.github.emulator import Emulator
from support.github.world import World, identity, member, repository

from cursor_marts.sources.github.directory import SIGN_IN, VERIFIED, Directory

ALL = {"read:org", "admin:org"}


def read(world: World, scopes: set[str]) -> Directory:
    directory, requests = Directory(), requests_to(Emulator(world, scopes=scopes))
    with requests.client:
        directory.read(requests, "acme")
    return directory


def world() -> World:
    members = [member(f"m{number}", f"m{number}@acme.example") for number in range(120)]
    found = World([repository("acme/web")], members=[*members, member("Ada")])
    found.identities = [
        identity("Ada@acme.example", "Ada"),
        identity("x", "m1"),
        identity("y@z", None),
    ]
    return found


def test_sign_in_and_verified_domains_name_accounts() -> None:
    directory = read(world(), ALL)
    assert directory.accounts["ada@acme.example"] == ("ada", SIGN_IN)
    assert directory.accounts["m119@acme.example"] == ("m119", VERIFIED)
    assert len(directory.accounts) == 121
    assert directory.remarks == []


def test_what_the_token_may_not_read_is_said_and_does_not_stop_the_rest() -> None:
    directory = read(world(), {"read:org"})
    assert len(directory.accounts) == 120
    (remark,) = directory.remarks
    assert "admin:org" in remark


def test_an_organisation_without_a_sign_in_has_none() -> None:
    plain = world()
    plain.identities = None
    assert len(read(plain, ALL).accounts) == 120
