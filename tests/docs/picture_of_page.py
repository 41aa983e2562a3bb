"""Writes docs/weekly-page.png, the top of the weekly page of invented data: `make picture`."""

import base64
from pathlib import Path
from tempfile import TemporaryDirectory

from support.chromium import chromium, look

from cursor_marts import build, report

OUT = Path(__file__).parents[2] / "docs" / "weekly-page.png"
WIDTH, MARGIN = 1200, 16  # of the picture, which ends below the pull requests to look at
BOTTOM = "return document.querySelector('.look').getBoundingClientRect().bottom"


def main() -> None:
    """Build the demo of a fixed quarter, open its page, and take a picture."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        build(source="embedded", start_date="2026-08-25", end_date="2026-11-22", data_dir=folder)
        page = report(data_dir=folder, out=folder / "report.html")
        with chromium(folder / "profile") as driver:
            driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
            look(driver, page, WIDTH, "light")
            height = round(driver.execute_script(BOTTOM)) + MARGIN
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
    OUT.write_bytes(base64.b64decode(shot["data"]))
    print(f"{OUT}: {OUT.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
