"""Unreadable repositories and pull requests are named, and the others are read."""

from pathlib import Path

import pytest
from support.github.emulator import Emulator
from support.github.execution import Denied
from support.github.faults import Status
from support.github.runs import read_only, run
from support.github.world import (
    World,
    at,
    comment,
    pull_request,
    repository,
    review,
    with_comments,
)

from cursor_marts.errors import IncompleteExtraction, SourceUnreachable

REFUSED = Denied("FORBIDDEN", "Resource not accessible by personal access token")
SAML = Denied("FORBIDDEN", "Resource protected by organization SAML", is_saml=True)


def world() -> World:
    return World(
        [
            repository("acme/api", [pull_request(number, at(number)) for number in range(1, 4)]),
            repository("acme/web", [pull_request(number, at(number)) for number in range(1, 40)]),
        ]
    )


def names(run_of: Emulator, folder: Path) -> tuple[list[str], int]:
    run = read_only(run_of, folder)
    return [each.name for each in run.unreadable], run.writers["pull_requests"].proof.distinct


def test_a_repository_whose_pull_requests_are_refused_is_named(tmp_path: Path) -> None:
    github = Emulator(world())
    github.denied[github.world.repositories[0]["id"] + "/pulls"] = REFUSED
    run = read_only(github, tmp_path)
    (unreadable,) = run.unreadable
    assert unreadable.status == "FORBIDDEN"
    assert "pull requests" in unreadable.hint
    assert run.writers["pull_requests"].proof.distinct == 39


def test_a_repository_behind_single_sign_on_is_named(tmp_path: Path) -> None:
    github = Emulator(world(), denied={world().repositories[0]["id"]: SAML})
    hidden = github.world.repositories[0]["id"]
    github.denied = {}
    github.changes[3] = lambda world, now: github.denied.update({hidden: SAML})
    (unreadable,) = read_only(github, tmp_path).unreadable
    assert unreadable.name == "acme/api"
    assert "single sign-on of acme" in unreadable.hint


def test_a_repository_that_is_deleted_during_the_run_is_named(tmp_path: Path) -> None:
    """Symptom elsewhere: deleted repositories broke the collection of all others."""

    def delete(world: World, now: str) -> None:
        del world.repositories[0]

    assert names(Emulator(world(), changes={3: delete}), tmp_path) == (["acme/api"], 39)


def test_a_pull_request_that_is_refused_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """Symptom elsewhere: a whole page was dropped for one record with an error."""
    github = Emulator(world())
    refused = github.world.repositories[1]["_pulls"][10]["id"]

    def refuse(world: World, now: str) -> None:
        github.denied[refused] = REFUSED

    github.changes[6] = refuse
    assert names(github, tmp_path) == (["acme/web#11"], 41)


def test_a_pull_request_that_a_list_hides_is_counted(tmp_path: Path) -> None:
    """Null in the middle of a list is one record that is missing, not the end of the list."""
    github = Emulator(world())
    github.denied[github.world.repositories[1]["_pulls"][10]["id"]] = REFUSED
    run = read_only(github, tmp_path)
    (unreadable,) = run.unreadable
    assert (unreadable.repo, unreadable.number) == ("acme/web", None)
    assert run.writers["pull_requests"].proof.distinct == 41


def test_a_pull_request_that_is_deleted_before_it_is_read_is_no_error(tmp_path: Path) -> None:
    """Symptom elsewhere: 404 for a child ended the run."""

    def delete(world: World, now: str) -> None:
        del world.repositories[1]["_pulls"][10]

    run = read_only(Emulator(world(), changes={6: delete}), tmp_path)
    assert run.unreadable == []
    pulls = run.writers["pull_requests"]
    assert (pulls.tally.expected, pulls.proof.distinct) == (41, 41)
    assert any("deleted" in remark for remark in pulls.remarks)


def test_a_comment_that_is_refused_makes_its_pull_request_unreadable(tmp_path: Path) -> None:
    github = Emulator(world())
    hidden = comment("bob", at(1))
    github.world.repositories[1]["_pulls"][4]["_reviews"].append(
        with_comments(review("bob", at(1)), comment("bob", at(1)), hidden)
    )
    github.denied[hidden["id"]] = REFUSED
    assert names(github, tmp_path) == (["acme/web#5"], 41)


def test_an_optional_field_that_is_refused_stays_null(tmp_path: Path) -> None:
    """Symptom elsewhere: an error at an optional field was taken for a failed pull request."""
    github = Emulator(world())
    for pull in github.world.repositories[1]["_pulls"]:
        pull["headRepository"] = REFUSED
    run = read_only(github, tmp_path)
    assert run.unreadable == []
    assert run.writers["pull_requests"].proof.distinct == 42


def test_an_unknown_error_is_never_taken_for_success(tmp_path: Path) -> None:
    github = Emulator(world())
    github.world.repositories[1]["_pulls"][7]["title"] = Denied("", "The moon is in the way")
    run = read_only(github, tmp_path)
    (unreadable,) = run.unreadable
    assert unreadable.name == "acme/web#8"
    assert "moon" in unreadable.message
    assert run.writers["pull_requests"].proof.distinct == 41


def test_many_pull_requests_that_fail_in_a_row_end_the_run(tmp_path: Path) -> None:
    github = Emulator(world())
    for pull in github.world.repositories[1]["_pulls"]:
        pull["title"] = Denied("", "The moon is in the way")
    with pytest.raises(SourceUnreachable, match=r"5 pull requests in a row.*moon"):
        read_only(github, tmp_path)


def test_a_list_that_never_comes_out_whole_is_named(tmp_path: Path) -> None:
    """Symptom elsewhere: approvals were missing on busy pull requests, without a message."""
    github = Emulator(world())
    github.miscounted[github.world.repositories[1]["_pulls"][2]["id"]] = 1
    run = read_only(github, tmp_path)
    (unreadable,) = run.unreadable
    assert (unreadable.name, unreadable.status) == ("acme/web#3", "NOT_WHOLE")
    assert "claims 1, and 0 arrived" in unreadable.message


def test_a_claim_that_no_list_meets_fails_the_run(tmp_path: Path) -> None:
    """Symptom elsewhere: a run was green with fewer pull requests than the source has."""
    github = Emulator(world())
    github.miscounted[github.world.repositories[1]["id"]] = 2
    with pytest.raises(IncompleteExtraction, match=r"acme/web: GitHub claims 41 and lists 39"):
        read_only(github, tmp_path)


def test_a_run_without_unreadable_records_names_them(tmp_path: Path) -> None:
    """By default the run fails at its end; on request it continues and names them."""
    github = Emulator(world())
    refused = github.world.repositories[1]["_pulls"][10]
    github.changes[6] = lambda world, now: github.denied.update({refused["id"]: REFUSED})
    with pytest.raises(IncompleteExtraction, match=r"acme/web#11: .* FORBIDDEN"):
        run(github, tmp_path)
    manifest = run(github, tmp_path, skip_unreadable=True)
    assert [each.repo for each in manifest.unreadable] == ["acme/web"]
    assert manifest.skips_unreadable


def test_an_outage_of_github_does_not_make_pull_requests_unreadable(tmp_path: Path) -> None:
    github = Emulator(world(), plan=lambda number, operation: Status(502) if number > 3 else None)
    with pytest.raises(SourceUnreachable, match="502"):
        read_only(github, tmp_path)
    assert github.requests < 150
