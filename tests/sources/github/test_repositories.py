"""Which repositories are read."""

from typing import Any

import pytest
from support.github.clients import requests_to
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.world import World, repository

from cursor_marts.errors import SourceRefused, UsageError
from cursor_marts.raw.manifest import Unreadable
from cursor_marts.sources.github.repositories import Repositories
from cursor_marts.sources.github.targets import Choice, Target


def find(
    world: World, *targets: str, denied: dict[str, Any] | None = None, **choice: Any
) -> tuple[list[str], list[Unreadable]]:
    unreadable: list[Unreadable] = []
    emulator = Emulator(world, denied=denied or {})
    repositories, requests = (
        Repositories(Choice(**choice), unreadable.append),
        requests_to(emulator),
    )
    with requests.client:
        found = [repositories.find(requests, Target.parse(target)) for target in targets]
    return sorted({node["nameWithOwner"] for nodes in found for node in nodes}), unreadable


ACME = World(
    [
        repository("acme/web"),
        repository("acme/old", isArchived=True),
        repository("acme/fork", isFork=True),
        repository("acme/infra-dns"),
        repository("acme/infra-vpn"),
        repository("initech/web"),
    ]
)


@pytest.mark.parametrize(
    ("targets", "choice", "expected"),
    [
        (["acme"], {}, ["acme/infra-dns", "acme/infra-vpn", "acme/old", "acme/web"]),
        (["acme"], {"archived": False}, ["acme/infra-dns", "acme/infra-vpn", "acme/web"]),
        (["acme"], {"exclude": ("infra-*",)}, ["acme/old", "acme/web"]),
        (["acme"], {"exclude": ("ACME/Infra-*", "old")}, ["acme/web"]),
        (["acme/fork"], {}, ["acme/fork"]),
        (["acme/old"], {"archived": False}, ["acme/old"]),
        (["acme/web", "ACME/WEB", "initech"], {}, ["acme/web", "initech/web"]),
    ],
)
def test_a_choice_of_repositories(
    targets: list[str], choice: dict[str, Any], expected: list[str]
) -> None:
    assert find(ACME, *targets, **choice) == (expected, [])


def test_forks_are_read_on_request() -> None:
    names, _ = find(ACME, "acme", forks=True)
    assert "acme/fork" in names


def test_a_list_of_many_repositories_is_whole() -> None:
    world = World([repository(f"acme/r{number:03}") for number in range(250)])
    names, _ = find(world, "acme")
    assert len(names) == 250


def test_a_repository_is_found_by_an_earlier_name() -> None:
    world = World([repository("acme/web")])
    world.rename("acme/web", "acme/site")
    assert find(world, "acme/web") == (["acme/site"], [])


def test_an_old_name_that_another_has_taken_is_the_other_one() -> None:
    world = World([repository("acme/web")])
    world.rename("acme/web", "acme/site")
    world.repositories.append(repository("acme/web", isArchived=True))
    assert find(world, "acme")[0] == ["acme/site", "acme/web"]


def test_an_owner_that_does_not_exist_is_named() -> None:
    with pytest.raises(SourceRefused, match="no organisation or user 'acmee'"):
        find(ACME, "acmee")


def test_an_owner_behind_single_sign_on_is_named() -> None:
    denied = {"acme": Denied("FORBIDDEN", "Resource protected by SAML", is_saml=True)}
    with pytest.raises(SourceRefused, match="single sign-on"):
        find(ACME, "acme", denied=denied)


def test_a_repository_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    hidden = ACME.repositories[0]["id"]
    denied = {hidden: Denied("FORBIDDEN", "Resource not accessible by integration")}
    names, (unreadable,) = find(ACME, "acme", denied=denied)
    assert len(names) == 3
    assert unreadable.status == "FORBIDDEN"


def test_a_repository_whose_pull_requests_are_refused_is_named() -> None:
    """The token lacks one right there: which repository it is, is known all the same."""
    refused = ACME.repositories[0]["id"] + "/pulls"
    denied = {refused: Denied("FORBIDDEN", "Resource not accessible by integration")}
    names, (unreadable,) = find(ACME, "acme", denied=denied)
    assert "acme/web" not in names
    assert (unreadable.name, unreadable.status) == ("acme/web", "FORBIDDEN")
    assert "pull requests" in unreadable.hint


def test_a_repository_that_does_not_exist_is_named() -> None:
    names, (unreadable,) = find(ACME, "acme/wep", "acme/web")
    assert names == ["acme/web"]
    assert (unreadable.name, unreadable.status) == ("acme/wep", "NOT_FOUND")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme", "acme"),
        (" acme/web ", "acme/web"),
        ("https://github.com/acme/web", "acme/web"),
        ("https://github.com/acme/web.git", "acme/web"),
        ("https://github.com/acme/", "acme"),
        ("acme/", "acme"),
    ],
)
def test_a_target_in_every_spelling(text: str, expected: str) -> None:
    assert str(Target.parse(text)) == expected


@pytest.mark.parametrize("text", ["", "/", "acme//web", "a/b/c", "/web", "ac me", "a/b c"])
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="neither an owner nor a repository"):
        Target.parse(text)
