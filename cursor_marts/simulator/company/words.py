"""What people write: titles, messages, remarks."""

from __future__ import annotations

from cursor_marts.simulator.company.chance import Chance

BODY = "Invented by a simulator."
VERBS = ("Add", "Rework", "Speed up", "Document", "Simplify", "Test", "Remove", "Extend")
FIXES = ("Fix", "Mend", "Guard against", "Correct")
THINGS = (
    "the search", "sign-in", "the export", "invoices", "caching", "the settings", "retries",
    "the filters", "translations", "the date picker", "paging", "log messages",
)  # fmt: skip
PLACES = (
    "", " for new customers", " on small screens", " in the nightly job", " of archived orders",
    " behind the proxy", " without a network", " for large teams", " in the start page",
)  # fmt: skip
#: The types of conventional titles, besides `fix`.
TYPES = ("feat", "feat", "feat", "refactor", "docs", "test", "perf")
PACKAGES = ("quickjson", "tinyhttp", "datelib", "pixelkit", "querymap", "logfmtr")
REMARKS = ("LGTM", "Nice", "", "Two small things", "What if this is empty?", "Please add a test")
QUESTIONS = REMARKS[3:]
REPLIES = ("Done", "Good catch, changed", "That cannot happen here", "I will do it in the next one")
FINDING = "This may raise an error if the list is empty."
SUMMARY = "An automatic review: findings are below."


def a_title(chance: Chance, *, is_fix: bool = False, conventional: bool = False) -> str:
    """Return what a pull request or a commit does, in one line."""
    title = f"{chance.choice(FIXES if is_fix else VERBS)} {chance.choice(THINGS)}"
    title += chance.choice(PLACES)
    if not conventional:
        return title
    return f"{'fix' if is_fix else chance.choice(TYPES)}: {title[0].lower()}{title[1:]}"


def an_update(chance: Chance) -> str:
    """Return the title of an update of a dependency."""
    major, minor = chance.randrange(1, 9), chance.randrange(30)
    return f"Bump {chance.choice(PACKAGES)} from {major}.{minor} to {major}.{minor + 1}"
