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

WIDTH, HEIGHT = 340, 180
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 10, 24
ROW, BAR = 40, 14  # of a bar chart: the height of a row and of its bar
#: The ends of an axis; their halves are short numbers too.
ROUND = (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)

Values = Sequence[float | None]


@dataclass(frozen=True)
class Series:
    """Named values, one for each week; `style` is a CSS class: one, two or three."""

    name: str
    values: Values
    style: str = "one"


@dataclass(frozen=True)
class Mark:
    """A column or a dot; `faint` marks a number that is not reliable."""

    x: float
    y: float
    height: float
    width: float
    style: str
    faint: bool
    says: str


@dataclass(frozen=True)
class OverWeeks:
    """Values over weeks, as 'columns' or as 'lines'; `write` formats a value.

    The axis ends at `top`, else above the highest value; `running` is the unfinished week.
    """

    weeks: Sequence[date]
    series: Sequence[Series]
    write: Callable[[float], str]
    faint: frozenset[date] = frozenset()
    form: str = "lines"
    top: float | None = None
    running: date | None = None

    kind = "weeks"
    width, height = WIDTH, HEIGHT
    left, right, bottom = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM

    @property
    def highest(self) -> float:
        """The value at the end of the axis."""
        values = [v for series in self.series for v in series.values if v is not None]
        return self.top or nice(max(values, default=0))

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
            return [(self.x(i), self.name(i), "middle") for i in range(count)]
        chosen = ((0, "start"), (count // 2, "middle"), (count - 1, "end"))
        edges = {"start": self.left, "end": self.right}
        return [(edges.get(a, self.x(i)), self.name(i), a) for i, a in chosen]

    @property
    def marks(self) -> list[Mark]:
        """A mark for each known value."""
        return [
            self._mark(series, i, value)
            for series in self.series
            for i, value in enumerate(series.values)
            if value is not None
        ]

    @property
    def paths(self) -> list[tuple[str, str]]:
        """Style and path of each line; a line is interrupted where a value is unknown."""
        return [(each.style, " ".join(self._steps(each.values))) for each in self.series]

    def _steps(self, values: Values) -> Iterator[str]:
        pen = "M"
        for i, value in enumerate(values):
            if value is None:
                pen = "M"
                continue
            yield f"{pen}{self.x(i):.1f} {self.y(value):.1f}"
            pen = "L"

    def _mark(self, series: Series, i: int, value: float) -> Mark:
        y = self.y(value)
        return Mark(
            x=self.x(i),
            y=y,
            height=self.bottom - y,
            width=0.7 * (self.right - self.left) / len(self.weeks),
            style=series.style,
            faint=self.weeks[i] in self.faint,
            says=f"week of {self.name(i)}: {series.name} {self.write(value)}",
        )

    def name(self, i: int) -> str:
        """Return the label of the i-th week."""
        week = self.weeks[i]
        return f"{day(week)}, so far" if week == self.running else day(week)

    def x(self, i: int) -> float:
        """Return the middle of the i-th week."""
        return self.left + (i + 0.5) * (self.right - self.left) / len(self.weeks)

    def y(self, value: float) -> float:
        """Return the height of a value."""
        return self.bottom - (self.bottom - TOP) * min(1, value / self.highest)


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: consecutive parts, and the text at its right end."""

    label: str
    parts: Sequence[tuple[str, float | None]]
    says: str
    faint: bool = False


@dataclass(frozen=True)
class Bars:
    """Rows of bars, each under its label; `names` maps the style of each part → its name.

    `write` formats a part's value with its unit.
    """

    bars: Sequence[Bar]
    names: dict[str, str]
    write: Callable[[float | None], str]

    kind = "bars"
    width, bar_height = WIDTH, BAR

    @property
    def height(self) -> int:
        """The height of all rows."""
        return ROW * len(self.bars)

    @property
    def rows(self) -> list[tuple[Bar, float, list[Mark]]]:
        """Each bar, the base line of its label, and its marks."""
        places = ((bar, ROW * i) for i, bar in enumerate(self.bars))
        return [(bar, top + 14, list(self._marks(bar, top))) for bar, top in places]

    def _marks(self, bar: Bar, top: int) -> Iterator[Mark]:
        longest = max((sum(v or 0 for _, v in each.parts) for each in self.bars), default=0) or 1
        x = 0.0
        for style, value in bar.parts:
            width = WIDTH * (value or 0) / longest
            says = f"{bar.label}: {self.names[style]} {self.write(value)}"
            yield Mark(x, top + 20, BAR, width, style, bar.faint, says)
            x += width


def nice(value: float) -> float:
    """Return a round number that is at least `value`: the end of an axis."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in ROUND if value <= step * power)
