"""The package as its users have it: a wheel in an environment of its own, without the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def installed(folder: Path) -> Path:
    """Build the wheel, install it in a new environment, and return the environment's programs.

    The dependencies are those of this environment.
    """
    uv = [sys.executable, "-m", "uv", "--quiet"]
    build = [*uv, "build", "--wheel", "--no-build-isolation", "--out-dir", str(folder / "dist")]
    subprocess.run([*build, "--python", sys.executable, str(ROOT)], check=True)
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    python = environment / "bin" / "python"
    install = [*uv, "pip", "install", "--no-deps", "--offline", "--python", str(python)]
    subprocess.run([*install, str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    shared = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "dependencies.pth").write_text("\n".join(shared))
    return environment / "bin"
