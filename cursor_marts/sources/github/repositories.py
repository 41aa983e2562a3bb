"""The repositories of an owner, or a single one, as GitHub lists them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cursor_marts.errors import IncompleteExtraction, SourceRefused
from cursor_marts.raw.manifest import Unreadable
from cursor_marts.sources.github.answers import Answer
from cursor_marts.sources.github.connections import Node, NotWhole, read_list
from cursor_marts.sources.github.requests import Requests
from cursor_marts.sources.github.responses import TooLarge
from cursor_marts.sources.github.targets import Choice, Target
from cursor_marts.sources.github.unreadable import unreadable

#: How often a list is read that does not come out whole.
TRIES = 3


@dataclass
class Repositories:
    """Finds the repositories of some targets, each once, by id."""

    choice: Choice
    skip: Callable[[Unreadable], None]  #: is told of each that cannot be read

    def find(self, requests: Requests, target: Target) -> list[Node]:
        """Return the repositories to read of a target, with their last update.

        Raises SourceRefused for an owner that does not exist, IncompleteExtraction where the list
        of an owner does not come out whole.
        """
        is_named = target.name is not None
        nodes = self._named(requests, target) if is_named else self._all(requests, target)
        chosen = [node for node in nodes if self.choice.includes(node, named=is_named)]
        return list(self._with_activity(requests, chosen))

    def _with_activity(self, requests: Requests, nodes: list[Node]) -> Iterator[Node]:
        """Add to each repository its last update; name those whose pull requests are refused."""
        size, waiting = requests.sizes["RepositoryActivity"], nodes
        while waiting:
            some = waiting[: size.value]
            try:
                answer = requests.once("RepositoryActivity", ids=[node["id"] for node in some])
            except TooLarge as reason:
                if not size.shrink():
                    raise reason.as_error("RepositoryActivity") from None
                continue
            for place, (node, found) in enumerate(zip(some, answer.data["nodes"], strict=True)):
                if found is None:
                    self.skip(unreadable(node["nameWithOwner"], answer.problem_at("nodes", place)))
                else:
                    yield node | found
            waiting = waiting[len(some) :]

    def _named(self, requests: Requests, target: Target) -> Iterator[Node]:
        answer = requests.once("RepositoryByName", owner=target.owner, name=target.name)
        node = answer.data.get("repository")
        if node:
            yield node
        else:
            problem = answer.problem_at("repository")
            self.skip(unreadable(str(target), problem, resource="repos"))

    def _all(self, requests: Requests, target: Target) -> list[Node]:
        what, reason = f"repositories of {target.owner}", NotWhole()
        for _ in range(TRIES):
            try:
                nodes = read_list(what, None, lambda cursor: self._page(requests, target, cursor))
            except NotWhole as why:
                reason = why
            else:
                return [node for node in nodes if "nameWithOwner" in node]
        raise IncompleteExtraction(
            str(reason), hint="run again; the previous extraction is unchanged"
        )

    def _page(self, requests: Requests, target: Target, cursor: str | None) -> Node:
        answer = requests.page("Repositories", owner=target.owner, after=cursor)
        owner = answer.data.get("repositoryOwner")
        if not owner:
            raise _unknown_owner(target, answer)
        page: Node = owner["repositories"]
        nodes = list(page["nodes"] or ())
        for place, node in enumerate(nodes):
            if node is None:  # it counts in the total
                nodes[place] = {"id": f"{cursor} {place}"}
                self._note_hidden(target, answer, place)
        return page | {"nodes": nodes}

    def _note_hidden(self, target: Target, answer: Answer, place: int) -> None:
        problem = answer.problem_at("repositoryOwner", "repositories", "nodes", place)
        self.skip(unreadable(f"{target.owner}/(unnamed)", problem, resource="repos"))


def _unknown_owner(target: Target, answer: Answer) -> SourceRefused:
    problem = answer.problem_at("repositoryOwner")
    if problem is not None and problem.is_saml:
        return SourceRefused(
            f"{target.owner} requires single sign-on: {problem.message}",
            hint=f"authorise the token for single sign-on of {target.owner}; then run again",
        )
    return SourceRefused(
        f"GitHub knows no organisation or user {target.owner!r}, or hides it from this token",
        hint="check the spelling of --github, and that the token may see the organisation",
    )
