"""The terms of the page, defined where a reader can look them up."""

from __future__ import annotations

from dataclasses import dataclass

from cursor_marts.graph.catalog import Catalog, catalog
from cursor_marts.models import all_models
from cursor_marts.models.intermediate.hotfixes import HOTFIX
from cursor_marts.models.intermediate.int_pr_with_commits import ROUNDS
from cursor_marts.models.intermediate.reviews import QUALIFYING
from cursor_marts.models.reference import band_limits
from cursor_marts.reporting.column_lineage import by_table, value_sources
from cursor_marts.reporting.weekly.comparison import SIZES


@dataclass(frozen=True)
class Term:
    """A term: its anchor on the page, its name, its meaning, and the raw columns behind it."""

    anchor: str
    name: str
    meaning: str
    comes_from: str = ""


#: The column of a mart that holds what a term means, by the term's anchor.
COLUMNS = {
    "time-to-merge": "mart_velocity.p50_cycle_time",
    "coding": "mart_velocity.p50_coding_lead_time",
    "waiting": "mart_velocity.p50_pickup_time",
    "reviewing": "mart_velocity.p50_review_lead_time",
    "unreviewed": "mart_quality.unreviewed_prs",
    "reverted": "mart_quality.reverted_prs",
    "rounds": "mart_review_costs.avg_review_rounds",
    "band": "mart_pull_requests.ai_usage_band",
    "size": "mart_pull_requests.total_loc",
    "machines": "mart_pull_requests.author_kind",
}


def glossary() -> list[Term]:
    """Return the terms in the order of the page."""
    entries = catalog(all_models())
    return [
        Term(*each, comes_from=_sources(entries, each[0]))
        for each in (*_measures(), *_comparisons())
    ]


def _sources(entries: Catalog, anchor: str) -> str:
    """Return the raw columns whose values make what a term means; '' for a term of the page."""
    table, _, column = COLUMNS.get(anchor, "").partition(".")
    return by_table(value_sources(entries, table).get(column, ())) if table else ""


def _measures() -> list[tuple[str, str, str]]:
    return [
        (
            "merged",
            "Merged",
            "Pull requests of people and coding agents, by the week of the merge (Monday to "
            "Sunday, UTC). Those of bots, such as dependency updates, do not count.",
        ),
        (
            "time-to-merge",
            "Time to merge",
            "From the first commit to the merge; from the opening where no commit is known, or the "
            "commit came later. A median: half took longer.",
        ),
        ("coding", "Coding", "First commit to opening."),
        (
            "waiting",
            "Wait for a review",
            "Opening (of a draft: when it was ready) to the first review by another person.",
        ),
        (
            "first-review",
            "Waiting for a first review",
            "Open and no draft, of a person or an agent, without a review for more than a day and "
            "at most four weeks. Whether a reviewed one waits for a review or for its author is "
            "not known; one without a review for four weeks is taken as given up.",
        ),
        ("reviewing", "Review to merge", "First review, or opening if later, to the merge."),
        (
            "people",
            "People who used AI",
            "People with a merged pull request in the week who have AI lines in one. A person's "
            f"band is the AI share over all their lines of the week ({band_limits()}).",
        ),
        ("unreviewed", "Without a review", f"No qualifying review: {QUALIFYING}."),
        (
            "reverted",
            "Reverted",
            "Undone by a later pull request, or said to be by the source. Reverts come after the "
            "merge, so the newest weeks may still get worse.",
        ),
        ("rounds", "Rounds of review", f"{ROUNDS[0].upper()}{ROUNDS[1:]}."),
        ("hotfix", "Bug fix within 48 h", f"The pull request was {HOTFIX}."),
    ]


def _comparisons() -> list[tuple[str, str, str]]:
    sizes = ", ".join(map(str, SIZES))
    return [
        ("change", "Change", "Per cent against the mean of the weeks before, at most four."),
        (
            "chance",
            "May be chance, more than chance",
            "Each repository is compared with itself. If the 95% interval of the difference "
            "includes 0, the change may be chance. If it says the other way than the change of the "
            "whole, the mix of repositories changed.",
        ),
        ("band", "AI use", f"The share of AI lines in a pull request: {band_limits()}."),
        ("size", "Size class", f"Lines added and deleted: up to {sizes}, or more."),
        (
            "interval",
            "95% interval",
            "The true difference lies within such an interval in 95 of 100 cases; of several "
            "in one table, all do so. AI use is "
            "not assigned by lot: a difference goes with it and need not come from it.",
        ),
        (
            "machines",
            "Agents and bots",
            "Agents are coding agents that open pull requests; bots are all other programs. "
            "accounts.csv and the source tell them apart.",
        ),
    ]
