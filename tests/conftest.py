"""Options and settings of the whole suite."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

#: The marker that a test gets when it uses a fixture that starts something expensive.
MARKER_OF_FIXTURE = {
    "address": "emulator",  # Snowflake
    "store": "emulator",  # buckets
    "outside": "emulator",  # buckets, and a simulator
    "image": "slow",
    "driver": "browser",
    "reader": "docs",
}
EXPENSIVE = ("slow", "browser", "emulator", "docs")
#: As on the command line: compiling makes many objects that live, which are not to be searched.
gc.set_threshold(100_000)

settings.register_profile(
    "worlds",
    deadline=None,  # machines are shared: an example's time says nothing
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
# A run against a mutant only has to fail: it needs no smallest example.
settings.register_profile(
    "mutants", settings.get_profile("worlds"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "worlds"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots", action="store_true", help="Write the snapshots instead of comparing."
    )
    parser.addoption("--fast", action="store_true", help="Run only the tests without a marker.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures that they use; with --fast, leave out every marked test."""
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            if marker := MARKER_OF_FIXTURE.get(name):
                item.add_marker(marker)
    if config.getoption("--fast"):
        expensive = [item for item in items if any(map(item.get_closest_marker, EXPENSIVE))]
        config.hook.pytest_deselected(items=expensive)
        items[:] = [item for item in items if item not in set(expensive)]


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the tests a cache of their own: no test reads or writes the cache of the user.

    Workers share it, so that each build is compiled once for all of them.
    """
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        yield


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of an emulator of Snowflake, in which each test has a database of its own."""
    from support.snowflake_server import emulator

    with emulator() as at:
        yield at


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the CURSOR_…, GITHUB_… and OPENLINEAGE_… variables of the user who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("CURSOR_", "GITHUB_", "GH_TOKEN", "OPENLINEAGE_")):
            monkeypatch.delenv(name)
