"""Reviews in bulk: reviewer by reviewer, the one order that is stable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cursor_marts.raw.identity import hashes_of
from cursor_marts.raw.records import Record
from cursor_marts.sources.github_style.windows import Unprovable, total_of
from cursor_marts.sources.http.client import Client
from cursor_marts.sources.http.endpoints import BULK_REVIEWS, can_be_requested
from cursor_marts.sources.http.pages import Page, page_of
from cursor_marts.sources.http.paginators import pages
from cursor_marts.sources.http.parallel import in_parallel
from cursor_marts.sources.proof import FRUITLESS_PASSES, Novelty, Proof

#: What bulk reads cost beyond full pages: everybody's last page is not full.
OVERHEAD = 1.5
PATH = BULK_REVIEWS.at()
SAME = partial(hashes_of, "reviews")


@dataclass
class ReviewsByReviewer:
    """All reviews that the source has, of any time."""

    client: Client
    claimed: int = 0  #: how many the source claims to have

    def read(self, people: set[str]) -> Iterator[list[Record]]:
        """Yield all reviews, each once or more, until there are as many as the source claims.

        `people` may have left some; others are found on the way. Raises Unprovable where reviews
        are left that nobody known has written, NotOffered where there are no bulk reads.
        """
        first = self._page()
        self.claimed = total_of(first)
        yield first.records
        if self.claimed == len(set(SAME(first.records))) < BULK_REVIEWS.largest:
            return
        found, asked, proof, fruitless = reviewers(first), set[str](), Proof(), 0
        while proof.distinct < self.claimed and fruitless <= FRUITLESS_PASSES:
            names = sorted(found - asked) or sorted(people - asked)
            if not names:
                found |= reviewers(self._page())
                fruitless += 1
            for records in in_parallel(self._all_of, names):
                proof.add(SAME(records))
                yield records
            asked |= set(names)
        if proof.distinct < self.claimed:
            raise Unprovable(
                f"{proof.distinct} arrived of the {self.claimed} that it claims, "
                f"by {len(asked)} people"
            )

    def requests_at_least(self) -> float:
        """Return about how many requests the claimed reviews take."""
        return OVERHEAD * self.claimed / BULK_REVIEWS.largest

    def claimed_now(self) -> int:
        """Return how many the source claims at this moment. Raises Unprovable."""
        return total_of(page_of(self.client.ask_anew(PATH, **BULK_REVIEWS.page_params(1)), PATH))

    def _page(self) -> Page:
        return page_of(self.client.get(PATH, **BULK_REVIEWS.page_params(1)), PATH)

    def _all_of(self, reviewer: str) -> list[Record]:
        query, proof = {"reviewer": reviewer}, Proof()
        novelty, records, claimed = Novelty("reviews by one reviewer", proof), list[Record](), 0
        for page in pages(self.client, BULK_REVIEWS, PATH, query, workers=1):
            novelty.note(proof.add(SAME(page.records)))
            records += page.records
            claimed = max(claimed, total_of(page))
        if proof.distinct < claimed:
            raise Unprovable(f"{proof.distinct} arrived of the {claimed} by one reviewer")
        return records


def reviewers(page: Page) -> set[str]:
    """Return who has written a page's reviews."""
    found = (record.get("reviewer") for record in page.records if isinstance(record, dict))
    return {name for name in found if can_be_requested(name)}
