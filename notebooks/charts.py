"""How the notebooks look: charts titled with a finding and readable in grey, short numbers."""

from __future__ import annotations

from io import BytesIO
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.mimebundle import spec_to_mimebundle
from PIL import Image

from cursor_marts import Database

#: From dark to light, so that a copy in grey tells them apart as well.
INK, DARK, MIDDLE, LIGHT = "#1d2b3a", "#22577a", "#5f9ea8", "#b5d3c9"
WIDTH = 600
LETTERS_A_LINE = 74
FONT = "Liberation Sans"  # comes with vl-convert: pictures are the same on every machine


@alt.theme.register("marts", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Quiet axes, the finding in bold, dark on white."""
    axis = {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11}
    quiet = {"gridColor": "#e3e6e8", "domainColor": "#9aa3ab", "tickColor": "#9aa3ab"}
    title = {"anchor": "start", "frame": "group", "fontSize": 14, "color": INK, "offset": 12}
    below = {"subtitleColor": "#4a5763", "subtitleFontSize": 11, "subtitlePadding": 5}
    header = {"labelFontSize": 11, "labelColor": INK, "labelFontWeight": "bold"}
    return alt.theme.ThemeConfig(
        config={
            "font": FONT,
            "background": "white",
            "padding": 12,
            "title": title | below,
            "axis": axis | quiet | {"titleFontWeight": "normal", "labelFlush": False},
            "header": header,
            "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11},
            "view": {"stroke": None},
        }
    )


def picture(spec: dict[str, Any], **_: Any) -> Any:
    """Return a chart as a small PNG: the charts have few colours."""
    png, size = spec_to_mimebundle(spec, format="png", mode="vega-lite", scale_factor=1.5)
    file = BytesIO()
    colours = Image.open(BytesIO(png["image/png"])).convert("RGB").quantize(64)
    colours.save(file, "PNG", optimize=True)
    return {"image/png": file.getvalue()}, size


alt.renderers.register("picture", picture)
alt.renderers.enable("picture")
pd.options.display.precision = 3
pd.options.display.max_colwidth = 100


def titled(chart: Any, finding: str, *notes: str) -> Any:
    """Return the chart under what it shows, with notes in small print below that."""
    return chart.properties(
        title=alt.TitleParams(
            wrap(finding, LETTERS_A_LINE),
            subtitle=[line for note in notes for line in wrap(note, LETTERS_A_LINE + 18)],
        )
    )


def source_of(marts: Database) -> str:
    """Return whose data it is: made up, or the address that it was extracted from."""
    runs = marts.extractions
    last = runs.order_by(runs.finished_at.desc()).limit(1).to_pandas().iloc[0]
    return "INVENTED DATA, from a simulator" if last.invented else f"Source: {last.source}"
