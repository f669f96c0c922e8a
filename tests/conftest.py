"""What every test shares: one profile of property tests, and the material beside the repository where there is some."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases beside the repository; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("TIMELINE_SHARED", ROOT.parent / "shared"))
    if not (folder / "cases").is_dir():
        pytest.skip(f"no cases at {folder}")
    return folder


@pytest.fixture(scope="session")
def command() -> list[str]:
    """The ``timeline`` command of this environment as a program of its own, as a user starts it."""
    installed = Path(sys.executable).with_name("timeline")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "timeline"]
