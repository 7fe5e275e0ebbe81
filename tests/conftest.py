"""Where the shipped knowledge is, and how much hypothesis tries."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from screening.assess import Assessor
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase

# the same examples in every run, so that a failure in CI is one anybody can repeat
settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the directory of the checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """Return the shipped knowledge."""
    return load(shipped_knowledge())


@pytest.fixture(scope="session")
def assessor(shipped: KnowledgeBase) -> Assessor:
    """Return an assessor of the shipped knowledge."""
    return Assessor(shipped)


@pytest.fixture(scope="session")
def today() -> datetime.date:
    """Return a day before any review is due."""
    return datetime.date(2026, 1, 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what tests recorded: how many pairs the engines were compared on."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
