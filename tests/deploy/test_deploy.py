"""The jobs under deploy/: their files agree, and they run as in their containers."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pytest
import yaml
from support.bucket_server import BUCKET, emulator
from support.command_line import PARSERS
from support.deployment import (
    DEPLOY,
    ROOT,
    RUN,
    SOMEBODY,
    Image,
    Job,
    python_for_all,
    run,
    stages,
    variables,
)
from support.merges import counted_merges

from cursor_marts.raw.window import Window
from cursor_marts.simulator import Simulator, generate, serve

README = (DEPLOY / "README.md").read_text()
JOBS = ("loader", "transform")
WORLD = generate(4, end=Window.parse().end, days=20, developers=4)


def parse(words: list[str]) -> None:
    """Parse a command as the command line does, without running it."""
    name, *arguments = words
    PARSERS[name].make_context(name, arguments, resilient_parsing=False)


@pytest.mark.parametrize("name", JOBS)
def test_every_command_and_option_of_a_job_exists(name: str) -> None:
    """Each command can be parsed, and its target is production."""
    for words in Job.read(name).commands:
        parse(words)
        assert words[0] == "extract" or words[-2:] == ["--target", "prod"]


def test_the_loader_loads_the_set_that_it_extracts() -> None:
    """The first command writes the address in the bucket that the second one reads."""
    extract, load = Job.read("loader").commands
    assert extract[:2] == ["extract", "--output"]
    assert load[:2] == ["load", "--input"]
    assert extract[2] == load[2] == "gs://$BUCKET/cursor"


@pytest.mark.parametrize("name", JOBS)
def test_every_variable_of_a_job_is_read(name: str) -> None:
    """No job sets a variable that the package ignores."""
    package = "".join(path.read_text() for path in (ROOT / "cursor_marts").rglob("*.py"))
    for variable in Job.read(name).container["env"]:
        assert f'"{variable["name"]}"' in package


@pytest.mark.parametrize("name", JOBS)
def test_a_secret_is_a_reference(name: str) -> None:
    """The variable names a secret and its version, and has no value."""
    for variable in Job.read(name).container["env"]:
        if re.search("KEY|PASS|TOKEN|SECRET", variable["name"]):
            assert "value" not in variable
            reference = variable["valueFrom"]["secretKeyRef"]
            assert reference["name"]
            assert reference["key"].isdigit()


def test_both_jobs_have_the_same_image_and_account() -> None:
    """Only their commands differ."""
    loader, transform = (Job.read(name) for name in JOBS)
    assert loader.container["image"] == transform.container["image"]
    assert loader.task["serviceAccountName"] == transform.task["serviceAccountName"]
    assert not loader.container["image"].endswith(":latest")


def test_the_time_limit_of_the_extraction_ends_before_the_container() -> None:
    """The extraction fails with a message before the container is stopped."""
    words = Job.read("loader").commands[0]
    minutes = float(words[words.index("--time-limit") + 1])
    assert minutes * 60 < Job.read("loader").task["timeoutSeconds"]


def test_the_workflow_runs_the_loader_then_the_transform() -> None:
    """By their names, and it waits longer than all tries of each may take."""
    steps = yaml.safe_load((DEPLOY / "workflow.yaml").read_text())["main"]["steps"][1:]
    assert [next(iter(step)) for step in steps] == list(JOBS)
    for step in steps:
        ((name, call),) = step.items()
        job = Job.read(name)
        assert call["call"] == "googleapis.run.v2.projects.locations.jobs.run"
        assert call["args"]["name"] == f'${{jobs + "{job.definition["metadata"]["name"]}"}}'
        tries = job.task["maxRetries"] + 1
        assert call["args"]["connector_params"]["timeout"] > tries * job.task["timeoutSeconds"]


def test_the_image_is_pinned_small_and_not_root() -> None:
    """One base with its full version; the last stage installs nothing."""
    build, last = stages()
    base = build[0][1].split()[0]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base)
    assert last[0][1].split()[0] == base
    assert ["USER", str(SOMEBODY)] in last
    assert not any(word == "RUN" and " install " in rest for word, rest in last)
    assert any(word == "RUN" and "pip uninstall" in rest for word, rest in last)
    assert [rest.split()[1] for word, rest in last if word == "COPY"] == ["/opt/cursor_marts"]
    assert variables(last)["CURSOR_MARTS_DATA_DIR"].startswith("/tmp/")
    assert ["ENTRYPOINT", '["python", "-m", "cursor_marts"]'] in last


def test_the_page_names_files_and_commands_that_exist() -> None:
    """Files under deploy/, and command lines that can be parsed."""
    for name in re.findall(r"deploy/([\w.]+\w)", README):
        assert (DEPLOY / name).exists(), name
    lines = re.findall(rf"^{RUN}([^`|>\\\n]+)", README, re.M)
    assert lines
    for line in lines:
        parse(shlex.split(line))


def test_the_page_sets_every_value_that_a_job_needs() -> None:
    """The first step of the page exports each `$NAME` of the definitions."""
    for name in JOBS:
        text = (DEPLOY / f"{name}.yaml").read_text()
        for value in re.findall(r"\$([A-Z_]+)", text.partition("apiVersion")[2]):
            assert f"export {value}=" in README


# ------------------------------------------------------------------------------ as they run


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The content of an image, in a folder that every user may read."""
    if os.geteuid() != 0:
        pytest.skip("only root can run something as somebody else")
    python = python_for_all()
    if python is None:
        pytest.skip("no Python of version 3.11 or newer that somebody else can run")
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    try:
        built = Image(folder)
        built.build(python)
        yield built
    finally:
        run("rm", "-rf", folder)  # in a tenth of the time that Python takes


@pytest.fixture
def data(image: Image) -> Iterator[Path]:
    """A data folder that does not exist yet, where only the user of the image may write."""
    writable = Path(mkdtemp(dir=image.folder))
    os.chown(writable, SOMEBODY, SOMEBODY)
    yield writable / "data"
    shutil.rmtree(writable)


@pytest.fixture(scope="module")
def outside() -> Iterator[dict[str, str]]:
    """A source and a bucket store: the values that the operator fills in."""
    with emulator() as store, serve(Simulator(WORLD, rate_limit=None)) as source:
        yield {"SOURCE": source, "BUCKET": BUCKET, "STORE": store}


def environ(job: Job, outside: dict[str, str]) -> dict[str, str]:
    """Return the variables of a job with resolved secrets and the address of the store."""
    values = {v["name"]: v.get("value", "cursor-sim-dev-key") for v in job.container["env"]}
    return values | {"STORAGE_EMULATOR_HOST": outside["STORE"]}


def test_the_image_can_write_only_to_the_data_folder(image: Image, data: Path) -> None:
    """Another user, no home, a read-only package: the command line still starts."""
    tried = "import pathlib, cursor_marts; pathlib.Path(cursor_marts.__path__[0], 'x').touch()"
    written = image.run(["python", "-c", tried], data)
    assert "PermissionError" in written.stderr
    for python in ("python", str(image.base / "bin" / "python")):
        assert "No module named pip" in image.run([python, "-m", "pip"], data).stderr
    shown = image.run([*RUN.split(), "--help"], data)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert not data.exists()


def test_the_jobs_run_from_an_empty_bucket_to_the_marts(
    image: Image, data: Path, outside: dict[str, str]
) -> None:
    """Loader, then transform, as defined, but with a database in the data folder."""
    for name in JOBS:
        job = Job.read(name, **outside)
        words = [word.replace("--target prod", "--target dev") for word in job.words]
        words = ["dev" if word == "prod" else word for word in words]
        done = image.run(words, data, **environ(job, outside))
        assert done.returncode == 0, done.stderr
        assert "cursor-sim-dev-key" not in done.stdout + done.stderr
    with duckdb.connect(str(data / "analytics.duckdb"), read_only=True) as connection:
        counted = connection.sql("SELECT sum(total_prs)::INT FROM main_mart.mart_velocity")
        assert counted.fetchone() == (len(counted_merges(WORLD)),)


def test_the_jobs_run_into_the_production_target(
    image: Image, data: Path, outside: dict[str, str]
) -> None:
    """As defined, each with its own folder, but with another sign-in."""
    from support.snowflake_server import emulator as service
    from support.snowflake_server import rows_in, snowflake, variables

    with service() as address:
        account = variables(address)
        for name in JOBS:
            job = Job.read(name, **outside)
            given = environ(job, outside)
            for variable in ("SNOWFLAKE_AUTHENTICATOR", "SNOWFLAKE_WORKLOAD_IDENTITY_PROVIDER"):
                del given[variable]
            done = image.run(job.words, data / name, **given | account)
            assert done.returncode == 0, done.stderr
            assert account["SNOWFLAKE_PASSWORD"] not in done.stdout + done.stderr
        with snowflake(address, account) as backend:
            found = rows_in(backend, "MART.MART_VELOCITY")
    assert sum(row["total_prs"] for row in found) == len(counted_merges(WORLD))


def test_a_loader_that_cannot_extract_does_not_load(
    image: Image, data: Path, outside: dict[str, str]
) -> None:
    """Its exit code is not 0, and the workflow stops."""
    job = Job.read("loader", **outside | {"SOURCE": "http://127.0.0.1:9"})
    done = image.run(job.words, data, **environ(job, outside))
    assert done.returncode == 75
    assert "nobody answers at http://127.0.0.1:9" in done.stderr
    assert "target" not in done.stderr
