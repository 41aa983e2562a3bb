"""Headless Chromium opens one file: its content, its console and its requests."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """Start Debian's Chromium with an empty profile; quit it at the end."""
    options = Options()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(shutil.which("chromedriver") or "chromedriver")
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.get("about:blank")
        yield driver
    finally:
        driver.quit()


def look(driver: webdriver.Chrome, page: Path, width: int, scheme: str) -> None:
    """Open the page at a width in pixels, light or dark."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    for read in (requests, complaints):  # discards the entries of the previous page
        read(driver)
    driver.get(page.as_uri())


def requests(driver: webdriver.Chrome) -> set[str]:
    """Return every address requested since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [e for e in events if e["method"] == "Network.requestWillBeSent"]
    return {event["params"]["request"]["url"].partition("#")[0] for event in sent}


def complaints(driver: webdriver.Chrome) -> list[Any]:
    """Return the console messages since the last call."""
    return list(driver.get_log("browser"))


def picture(driver: webdriver.Chrome) -> bytes:
    """Return the whole page as PNG."""
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    return base64.b64decode(shot["data"])


def printed(driver: webdriver.Chrome) -> bytes:
    """Return the page as PDF, on sheets of the size that it asks for."""
    return base64.b64decode(
        driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    )
