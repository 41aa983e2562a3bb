"""Options and settings of the whole suite."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "worlds",
    deadline=None,  # machines are shared: an example's time says nothing
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
# Whether anything fails is all that a run against a mutant asks: it need not be the smallest world.
settings.register_profile(
    "mutants", settings.get_profile("worlds"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "worlds"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots", action="store_true", help="Write the snapshots instead of comparing."
    )


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept_from_outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the commands of whoever runs it have kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the CURSOR_… variables of whoever runs it."""
    for name in list(os.environ):
        if name.startswith("CURSOR_"):
            monkeypatch.delenv(name)
