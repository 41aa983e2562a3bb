"""What goes wrong between a client and GitHub, in every form that has been seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

TIMEOUT_TEXT = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it "
    "could be a GitHub bug."
)


@dataclass(frozen=True)
class Status:
    """An answer of this status instead of the real one."""

    code: int
    message: str = "Bad gateway"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ErrorIn200:
    """An answer of status 200 with an error; `partial` keeps the data beside it."""

    message: str
    type: str = ""
    partial: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dropped:
    """The connection breaks before an answer comes."""


@dataclass(frozen=True)
class Truncated:
    """The second half of the body is missing."""


@dataclass(frozen=True)
class Stalled:
    """No answer comes within the client's time."""


Fault = Status | ErrorIn200 | Dropped | Truncated | Stalled
#: Which fault befalls a request, by its number and operation; None for none.
Plan = Callable[[int, str], Fault | None]

PASSING: tuple[Fault, ...] = (
    Status(502),
    Status(504),
    Status(500),
    Status(503, "Unavailable", (("Retry-After", "3"),)),
    ErrorIn200(TIMEOUT_TEXT),
    ErrorIn200("Timed out", "INTERNAL"),
    ErrorIn200("Resource limits for this query exceeded.", "RESOURCE_LIMITS_EXCEEDED", True),
    ErrorIn200("Something unheard of", "UNHEARD_OF", True),
    Status(403, "You have exceeded a secondary rate limit.", (("Retry-After", "60"),)),
    Status(429, "You have exceeded a secondary rate limit."),
    ErrorIn200("You have exceeded a secondary rate limit."),
    ErrorIn200("API rate limit exceeded", "RATE_LIMITED"),
    ErrorIn200("API rate limit already exceeded for user", "RATE_LIMIT"),
    Dropped(),
    Truncated(),
    Stalled(),
)


def no_faults(number: int, operation: str) -> Fault | None:
    """Return no fault."""
    return None


def at_rate(rate: float, seed: int, faults: tuple[Fault, ...] = PASSING) -> Plan:
    """Return a plan by which a share of the requests meets a fault."""
    random = Random(seed)

    def plan(number: int, operation: str) -> Fault | None:
        return random.choice(faults) if random.random() < rate else None

    return plan


def once(number: int, fault: Fault) -> Plan:
    """Return a plan by which one request, counted from 1, meets a fault."""
    return lambda n, operation: fault if n == number else None
