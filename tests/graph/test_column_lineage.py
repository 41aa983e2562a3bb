"""The lineage of columns across models, compared with what changes of raw columns do."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.in_memory import loaded_world
from support.perturbation import Laboratory, differ, lineage_of_marts, others_of
from support.raw_rows import loaded, pr, review
from support.worlds import worlds

from cursor_marts.contracts import Contract, Field, Table, columns_of
from cursor_marts.errors import ContractError, UsageError
from cursor_marts.graph.catalog import catalog
from cursor_marts.graph.column_lineage import place_of, related
from cursor_marts.graph.definition import model
from cursor_marts.graph.steps import Place, followed
from cursor_marts.models import all_models
from cursor_marts.raw import RAW_TABLES, RawCommits
from cursor_marts.simulator import World

ALL = catalog(all_models())
RAW = [Place(table, name) for table, raw in RAW_TABLES.items() for name in columns_of(raw)]


def how(mart: str, raw: str) -> set[str]:
    start = place_of(ALL, mart)
    return set(followed(related(ALL, start), start).get(place_of(ALL, raw), ()))


def test_a_raw_column_is_named_with_how_it_is_read() -> None:
    assert how("mart_quality.revert_rate", "raw.pull_requests.was_reverted") == {"value", "order"}
    assert how("mart_quality.revert_rate", "raw.pull_requests.author_type") == {"filter", "order"}
    assert how("mart_quality.revert_rate", "raw.reviews.state") == set()
    assert how("mart_quality.unreviewed_prs", "raw.reviews.id") == {
        "grouping",
        "filter",
        "join key",
    }
    assert how("mart_velocity.total_prs", "raw.pull_requests.additions") == {"order"}


def test_downstream_is_upstream_from_the_other_end() -> None:
    up = lineage_of_marts()
    for raw in map(
        Place._make, [("reviews", "state"), ("repos", "full_name"), ("commits", "extra")]
    ):
        down = followed(related(ALL, raw, downstream=True), raw, downstream=True)
        assert {mart for mart in up if mart in down} == {
            m for m, found in up.items() if raw in found
        }


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("mart_quality.revert_rat", "mart_quality has no column 'revert_rat'", "mean revert_rate?"),
        (
            "mart_qualty.revert_rate",
            "there is no table 'mart_qualty'",
            "did you mean mart_quality?",
        ),
        ("mart_quality", "mart_quality is a table, not a column", "mart_quality.week"),
        ("main_mart.mart_quality", "is a table, not a column", "--select +mart_quality"),
        ("main_raw.mart_quality.week", "mart_quality is not in schema main_raw", "main_mart"),
        ("nothing", "there is no table 'nothing'", "list all tables"),
    ],
)
def test_a_name_that_is_no_column(name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        place_of(ALL, name)
    assert hint in raised.value.hint


@pytest.mark.parametrize("schema", ["raw", "main_raw"])
def test_a_column_with_its_layer_or_its_schema(schema: str) -> None:
    assert place_of(ALL, f"{schema}.commits.message") == ("commits", "message")
    assert place_of(ALL, "commits.message") == ("commits", "message")


@pytest.mark.slow
@settings(max_examples=2)
@given(worlds(), st.randoms(use_true_random=False))
def test_a_raw_column_that_is_not_named_changes_nothing(world: World, random: Random) -> None:
    """Of every mart column at once, all raw columns that its lineage does not name are changed."""
    alike: dict[tuple[Place, ...], list[Place]] = defaultdict(list)
    for mart, named in lineage_of_marts().items():
        alike[tuple(raw for raw in RAW if raw not in named)].append(mart)
    laboratory = Laboratory(loaded_world(world))
    before = laboratory.marts({})
    for others, marts in alike.items():
        changes = {raw: random.choice(others_of(raw)) for raw in others}
        after = laboratory.marts(changes, share=random.choice((1, 2)))
        assert {mart for mart in marts if differ(before[mart], after[mart])} == set()


#: SQL of values of columns of reviews, of which each changes what is made of the column.
CHANGES = {
    "state": ("'approved'", "'changes_requested'"),
    "previous_state": ("'changes_requested'",),
    "body": ("'why'",),
}


@pytest.mark.slow
def test_a_value_that_is_named_changes_what_names_it() -> None:
    """Of reviews; tests/perturbation/pairs.py searches a change for each pair of columns."""
    reviews = [review(1, state="commented", body=" "), review(2, state="dismissed")]
    laboratory = Laboratory(loaded(pull_requests=[pr(1)], reviews=reviews))
    before = laboratory.marts({})
    for name, others in CHANGES.items():
        raw = Place("reviews", name)
        readers = followed(related(ALL, raw, downstream=True), raw, downstream=True)
        left = {mart for mart in before if "value" in readers.get(mart, ())}
        for other in others:
            after = laboratory.marts({raw: other})
            left -= {mart for mart in before if before[mart] != after[mart]}
        assert left == set(), name


class Weeks(Contract):
    """One row per week."""

    week: str = Field("The week.")


def weeks(commits: Table[RawCommits]) -> Table[Weeks]:
    """Return a column that the contract does not have."""
    return commits.select(weak="message")


def test_a_model_that_breaks_its_contract_has_no_lineage() -> None:
    entries = catalog([*all_models(), model(weeks)])
    with pytest.raises(ContractError, match=r"weeks\.week: missing"):
        related(entries, Place("weeks", "week"))
