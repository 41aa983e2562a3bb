"""The weekly page in headless Chromium."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from support.chromium import chromium, complaints, look, printed, requests

from cursor_marts import report

VIEWS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]
HOSTILE = 'acme/<script>document.title="taken"</script><img src=//evil.example/x>\'&'


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def page(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(data_dir=built, out=tmp_path_factory.mktemp("page") / "report.html")


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


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_chart_has_visible_marks(driver: Chrome, page: Path, width: int, scheme: str) -> None:
    """Each chart has a label and marks; the colours follow the scheme."""
    look(driver, page, width, scheme)
    charts = driver.execute_script("""
        return [...document.querySelectorAll("figure svg")].map(svg => ({
            label: svg.getAttribute("aria-label"),
            marks: [...svg.querySelectorAll(".mark")].filter(m => {
                const box = m.getBoundingClientRect();
                return box.width > 0 && box.height > 0;
            }).map(m => getComputedStyle(m).fill),
        }))""")
    assert len(charts) >= 10
    assert all(chart["label"] for chart in charts)
    drawn = [chart for chart in charts if chart["marks"]]
    assert len(drawn) >= len(charts) - 1  # a quarter without a revert is a chart of none
    paper, ink = driver.execute_script(
        "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"
    )
    assert (brightness(paper) < brightness(ink)) == (scheme == "dark")
    assert all(fill != "rgb(0, 0, 0)" for chart in drawn for fill in chart["marks"])


def brightness(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3]))


def test_every_link_leads_to_a_visible_part_of_the_page(driver: Chrome, page: Path) -> None:
    """No link leads outside."""
    look(driver, page, 1280, "light")
    links = driver.execute_script("""
        return [...document.querySelectorAll("a")].map(link => {
            link.click();
            const target = document.querySelector(":target");
            return [link.getAttribute("href"), target && target.id,
                    target ? target.getBoundingClientRect().height : 0, link.className];
        })""")
    assert all(href == f"#{found}" and height > 0 for href, found, height, _ in links)
    terms = {href for href, _, _, kind in links if kind == "term"}
    assert {"#mart_velocity.p50_cycle_time", "#mart_ai_impact.hotfix_rate"} <= terms
    says = driver.execute_script(
        'return document.getElementById("mart_velocity.ai_coverage").innerText'
    )
    assert "Share of pull requests whose AI share is known." in says
    assert "ratio 0–1" in says
    assert "ai_coverage is at most 1." in says


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mart_of_a_user_fits_and_is_defined(
    driver: Chrome, authors: Path, tmp_path: Path, width: int
) -> None:
    """Its table scrolls by itself, and its headings link to the definitions."""
    look(driver, report(data_dir=authors, out=tmp_path / "report.html"), width, "light")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    column = "[aria-labelledby=own] a[href='#mart_authors.revert_rate']"
    heading = driver.find_element("css selector", column)
    driver.execute_script("arguments[0].click()", heading)
    target = driver.find_element("css selector", ":target")
    assert "Share that was reverted." in target.text
    assert target.is_displayed()


def test_every_heading_links_to_itself(driver: Chrome, authors: Path, tmp_path: Path) -> None:
    """By keyboard and on a phone too; the titles of charts change."""
    look(driver, report(data_dir=authors, out=tmp_path / "report.html"), 390, "light")
    headings = driver.execute_script("""
        return [...document.querySelectorAll("h2, h3:not(figure h3)")].map(heading => {
            const link = heading.querySelector("a.anchor");
            const box = link && link.getBoundingClientRect();
            return [heading.id, link && link.getAttribute("href"),
                    link && link.getAttribute("aria-label"), box && box.width * box.height];
        })""")
    ids = [id_ for id_, *_ in headings]
    assert all(id_ and href == f"#{id_}" and says and size for id_, href, says, size in headings)
    assert {"glance", "speed", "data", "findings", "own-mart_authors", "mart_quality"} < {*ids}
    assert len({*ids}) == len(ids)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_target_of_a_link_is_not_under_the_banner(
    driver: Chrome, changed: Callable[..., Path], width: int
) -> None:
    """The banner stays on top; the target is below it."""
    folder = changed("UPDATE main_raw.extractions SET invented = true")
    look(driver, report(data_dir=folder, out=folder / "report.html"), width, "light")
    hidden = driver.execute_script("""
        const banner = document.querySelector(".invented");
        return [...document.querySelectorAll("a[href^='#']")].filter(link => {
            link.click();
            const target = document.querySelector(":target");
            return target.getBoundingClientRect().top < banner.getBoundingClientRect().bottom;
        }).map(link => link.getAttribute("href"))""")
    assert hidden == []


def test_the_banner_is_on_invented_data_only(
    driver: Chrome, page: Path, changed: Callable[..., Path]
) -> None:
    """It is at the top and as wide as the page."""
    look(driver, page, 390, "light")
    assert driver.find_elements("css selector", ".invented") == []
    folder = changed("UPDATE main_raw.extractions SET invented = true")
    look(driver, report(data_dir=folder, out=folder / "report.html"), 390, "light")
    (banner,) = driver.find_elements("css selector", ".invented")
    assert banner.is_displayed()
    assert "INVENTED DATA" in banner.text
    assert banner.rect["y"] == 0
    assert banner.rect["width"] == 390


def test_text_from_the_data_is_escaped(driver: Chrome, changed: Callable[..., Path]) -> None:
    """A repository named like a script is shown and not executed."""
    name = HOSTILE.replace("'", "''")
    marts = ("mart_velocity", "mart_quality", "mart_review_costs")
    rename = "UPDATE main_mart.{} SET repo_name = '{}' WHERE repo_name LIKE '%web-app'"
    folder = changed(
        *(rename.format(mart, name) for mart in marts),
        f"INSERT INTO main_raw.rejects VALUES ('commits', '{name}', '{{}}')",
    )
    page = report(data_dir=folder, out=folder / "report.html")
    look(driver, page, 390, "light")
    assert complaints(driver) == []
    assert requests(driver) - {"data:,"} == {page.as_uri()}
    assert driver.find_elements("css selector", "script, img") == []
    assert driver.title.startswith("Delivery")
    assert HOSTILE in driver.find_element("css selector", "[aria-labelledby=glance] table").text
    assert HOSTILE in driver.find_element("css selector", "[aria-labelledby=data]").text
    assert driver.execute_script("return document.documentElement.scrollWidth") == 390


def test_print_is_light_and_short(driver: Chrome, page: Path) -> None:
    """A print uses the light scheme, and has about ten pages."""
    look(driver, page, 1280, "dark")
    sheets = re.findall(rb"/Type\s*/Page\b", printed(driver))
    assert 4 <= len(sheets) <= 14
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    assert driver.execute_script("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
