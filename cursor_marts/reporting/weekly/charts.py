"""The geometry of charts: the position of every mark. `charts.svg.jinja` draws them.

The page uses no charting library: the styles are classes of its own style sheet (dark mode, print),
and each chart is as wide as a phone, so that a wider screen shows several in a row and text keeps
its size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cursor_marts.reporting.weekly.words import day

WIDTH, HEIGHT = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 10, 24
#: The ends of an axis; their halves are short numbers too.
ROUND = (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)

Values = Sequence[float | None]


@dataclass(frozen=True)
class Series:
    """Named values, one for each week; `style` is a CSS class."""

    name: str
    values: Values
    style: str


@dataclass(frozen=True)
class Mark:
    """A part of a column, or a dot."""

    x: float
    y: float
    height: float
    width: float
    style: str
    says: str


@dataclass(frozen=True)
class OverWeeks:
    """Values over weeks, as 'stacked' columns or as 'lines'; `write` formats a value.

    The axis ends at a round number above the highest value, or at `top`.
    """

    weeks: Sequence[date]
    series: Sequence[Series]
    write: Callable[[float], str]
    form: str = "lines"
    top: float | None = None

    width, height = WIDTH, HEIGHT
    left, right, bottom = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM

    @property
    def highest(self) -> float:
        """The value at the end of the axis."""
        if self.form == "stacked":
            values = [sum(v or 0 for v in week) for week in self._by_week]
        else:
            values = [v for series in self.series for v in series.values if v is not None]
        return self.top or nice(max(values, default=0))

    @property
    def is_empty(self) -> bool:
        """Whether no value is above 0."""
        return not any(value for series in self.series for value in series.values)

    @property
    def _by_week(self) -> list[tuple[float | None, ...]]:
        return list(zip(*(series.values for series in self.series), strict=True))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Height and label of each line of the grid."""
        steps = (0, self.highest / 2, self.highest)
        return [(self.y(value), self.write(value)) for value in steps]

    @property
    def days(self) -> list[tuple[float, str, str]]:
        """Position, label and anchor of the first, the middle and the last week."""
        count = len(self.weeks)
        if count < 3:
            return [(self.x(i), day(self.weeks[i]), "middle") for i in range(count)]
        chosen = ((0, "start"), (count // 2, "middle"), (count - 1, "end"))
        edges = {"start": self.left, "end": self.right}
        return [(edges.get(a, self.x(i)), day(self.weeks[i]), a) for i, a in chosen]

    @property
    def marks(self) -> list[Mark]:
        """A mark for each known value; stacked ones stand on each other."""
        return [mark for i in range(len(self.weeks)) for mark in self._marks(i)]

    def _marks(self, i: int) -> Iterator[Mark]:
        below = 0.0
        for series in self.series:
            value = series.values[i]
            if value is None or (self.form == "stacked" and not value):
                continue
            top = self.y(below + value)
            yield Mark(
                x=self.x(i),
                y=top,
                height=self.y(below) - top,
                width=0.7 * (self.right - self.left) / len(self.weeks),
                style=series.style,
                says=f"week of {day(self.weeks[i])}: {series.name} {self.write(value)}",
            )
            below += value if self.form == "stacked" else 0

    @property
    def paths(self) -> list[tuple[str, str]]:
        """Style and path of each line; a line is interrupted where a value is unknown."""
        return [(series.style, path(self._points(series.values))) for series in self.series]

    def _points(self, values: Values) -> list[tuple[float, float] | None]:
        return [None if v is None else (self.x(i), self.y(v)) for i, v in enumerate(values)]

    def x(self, i: int) -> float:
        """Return the middle of the i-th week."""
        return self.left + (i + 0.5) * (self.right - self.left) / len(self.weeks)

    def y(self, value: float) -> float:
        """Return the height of a value."""
        return self.bottom - (self.bottom - TOP) * min(1, value / self.highest)


@dataclass(frozen=True)
class Spark:
    """A small line of values from 0, on a scale of its own; its last value is a dot."""

    values: Values

    width, height, margin = 96, 24, 3

    @property
    def path(self) -> str:
        """The path of the line; '' with less than two values."""
        return path(self._points) if sum(v is not None for v in self.values) > 1 else ""

    @property
    def end(self) -> tuple[float, float] | None:
        """The place of the last week's value; None if it is unknown."""
        return self._points[-1] if self._points else None

    @property
    def _points(self) -> list[tuple[float, float] | None]:
        highest = max((v for v in self.values if v is not None), default=0) or 1.0
        across, high = self.width - 2 * self.margin, self.height - 2 * self.margin
        step = across / max(1, len(self.values) - 1)
        return [
            None if v is None else (self.margin + i * step, self.margin + high * (1 - v / highest))
            for i, v in enumerate(self.values)
        ]


@dataclass(frozen=True)
class Whisker:
    """An interval and its estimate around 0, which is in the middle, on a scale of its own."""

    low: float
    estimate: float
    high: float

    width, height = 110, 16

    def x(self, value: float) -> float:
        """Return the place of a value."""
        reach = max(abs(self.low), abs(self.high)) or 1.0
        return self.width * (0.5 + 0.46 * value / reach)


def path(points: Sequence[tuple[float, float] | None]) -> str:
    """Return an SVG path through points, interrupted at each None."""
    steps, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        steps.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "L"
    return " ".join(steps)


def nice(value: float) -> float:
    """Return a round number that is at least `value`: the end of an axis."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in ROUND if value <= step * power)
