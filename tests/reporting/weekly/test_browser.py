"""The weekly page in headless Chromium."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from support.chromium import chromium, complaints, look, printed, requests

from cursor_marts import build, report

VIEWS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]
A4 = 710  # pixels between the margins, and the scrollbar that paper has not
HOSTILE = 'acme/<script>document.title="taken"</script><img src=//evil.example/x>\'&'


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the demo."""
    folder = tmp_path_factory.mktemp("demo")
    build(source="embedded", data_dir=folder)
    return report(data_dir=folder, out=folder / "report.html")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_page_has_no_console_messages_requests_or_overflow(
    driver: Chrome, page: Path, width: int, scheme: str
) -> None:
    """The console is empty, no request leaves the file, and it is as wide as the screen."""
    look(driver, page, width, scheme)
    assert complaints(driver) == []
    assert requests(driver) - {"data:,"} == {page.as_uri()}
    wide, screen = driver.execute_script(
        "return [document.documentElement.scrollWidth, window.innerWidth]"
    )
    assert wide <= screen == width


@pytest.mark.parametrize(("width", "screens", "height"), [(1280, 3, 900), (390, 8, 844)])
def test_the_demo_is_short(
    driver: Chrome, page: Path, width: int, screens: int, height: int
) -> None:
    """Three screens of a laptop, eight of a phone; no table is cut off at its edge."""
    look(driver, page, width, "light")
    long = driver.execute_script("return document.documentElement.scrollHeight")
    assert long <= screens * height
    cut = driver.execute_script("""
        return [...document.querySelectorAll(".scroll")]
            .filter(box => box.scrollWidth > box.clientWidth + 1)
            .map(box => box.innerText.slice(0, 60))""")
    assert cut == []


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_chart_has_visible_marks(driver: Chrome, page: Path, width: int, scheme: str) -> None:
    """Each has a label and marks; the colours follow the scheme."""
    look(driver, page, width, scheme)
    charts = driver.execute_script("""
        return [...document.querySelectorAll("main svg")].map(svg => ({
            label: svg.getAttribute("aria-label"),
            marks: [...svg.querySelectorAll(".mark")].filter(m => {
                const box = m.getBoundingClientRect();
                return box.width > 0 && box.height > 0;
            }).map(m => getComputedStyle(m).fill),
        }))""")
    assert len(charts) >= 15
    assert all(chart["label"] and chart["marks"] for chart in charts)
    paper, ink = driver.execute_script(
        "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"
    )
    assert (brightness(paper) < brightness(ink)) == (scheme == "dark")
    assert all(fill != "rgb(0, 0, 0)" for chart in charts for fill in chart["marks"])


def brightness(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3]))


def test_every_link_leads_to_a_definition_or_a_pull_request(driver: Chrome, page: Path) -> None:
    """A definition is unfolded, and not under the banner; text is not right-aligned."""
    for width in (390, 1280):
        look(driver, page, width, "light")
        links = driver.execute_script("""
            return [...document.querySelectorAll("a[href^='#']")].map(link => {
                link.click();
                const target = document.querySelector(":target").getBoundingClientRect();
                const banner = document.querySelector(".invented").getBoundingClientRect();
                return [link.getAttribute("href"), target.height, target.top - banner.bottom];
            })""")
        assert {"#people", "#interval", "#time-to-merge"} <= {href for href, *_ in links}
        assert all(height > 0 and below >= 0 for _, height, below in links)
        outside = driver.execute_script("""
            return [...document.querySelectorAll(".look li")].map(item =>
                item.querySelector("a") && item.querySelector("a").getAttribute("href"))""")
        assert outside
        assert all(re.fullmatch(r"https://git\.example/\S+/pull/\d+", href) for href in outside)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mart_of_a_user_fits_and_is_defined(
    driver: Chrome, authors: Path, tmp_path: Path, width: int
) -> None:
    """Its table scrolls by itself."""
    look(driver, report(data_dir=authors, out=tmp_path / "report.html"), width, "light")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert driver.find_element("css selector", "[aria-labelledby=own-mart_authors] table").text


def test_the_banner_is_on_invented_data_only(
    driver: Chrome, page: Path, built: Path, tmp_path: Path
) -> None:
    """It is at the top and as wide as the page."""
    look(driver, report(data_dir=built, out=tmp_path / "report.html"), 390, "light")
    assert driver.find_elements("css selector", ".invented") == []
    look(driver, page, 390, "light")
    (banner,) = driver.find_elements("css selector", ".invented")
    assert banner.is_displayed()
    assert "INVENTED DATA" in banner.text
    assert banner.rect["y"] == 0
    assert banner.rect["width"] == 390


def test_text_from_the_data_is_escaped(driver: Chrome, changed: Callable[..., Path]) -> None:
    """A repository and a title that are scripts are shown and not executed."""
    name = HOSTILE.replace("'", "''")
    folder = changed(
        f"UPDATE main_mart.mart_pull_requests SET title = '{name}', repo_name = "
        f"'{name}' || repo_name, url = 'javascript:' || repo_name",
        "INSERT INTO main_raw.rejects (resource, reason, record) "
        f"VALUES ('commits', '{name}', '{{}}')",
    )
    page = report(data_dir=folder, out=folder / "report.html")
    look(driver, page, 390, "light")
    assert complaints(driver) == []
    assert requests(driver) - {"data:,"} == {page.as_uri()}
    assert driver.find_elements("css selector", "script, img, a[href^=javascript]") == []
    assert driver.title.startswith("Delivery")
    assert HOSTILE in driver.find_element("css selector", ".look").text
    assert HOSTILE in driver.find_element("css selector", "[aria-labelledby=data]").text
    assert driver.execute_script("return document.documentElement.scrollWidth") == 390


def test_print_is_light_and_short(driver: Chrome, page: Path) -> None:
    """At most four sheets in the light scheme, with the definitions unfolded."""
    look(driver, page, 1280, "dark")
    sheets = re.findall(rb"/Type\s*/Page\b", printed(driver))
    assert 1 <= len(sheets) <= 4
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    look(driver, page, A4, "dark")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    assert driver.execute_script("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    cut = driver.execute_script("""
        return [...document.querySelectorAll(".scroll")]
            .filter(box => box.scrollWidth > box.clientWidth + 1)
            .map(box => box.innerText.slice(0, 60))""")
    assert cut == []
    height = "return document.querySelector('#interval dd').getBoundingClientRect().height"
    assert driver.execute_script(height) > 0
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
