"""What every test shares: one loaded rulebook, a cache of their own, golden files."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

GOLDEN = Path(__file__).parent / "golden"
_WAIT = 60
"""Seconds after which a worker no longer waits for the one that reads the rules."""
_ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}

# A property fails for what it finds, never for the time that a loaded machine takes.
settings.register_profile("achats-check", deadline=None)
settings.load_profile("achats-check")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what comes out now")


def pytest_unconfigure() -> None:
    """Let the interpreter free what commands run in this process froze: the binding of DuckDB complains otherwise."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def isolated_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the rules cache of the tests apart from the user's, and outputs at a fixed width, without colour."""
    folder = tmp_path_factory.getbasetemp()
    # The workers of one run share a cache: it is keyed by content and replaced in one move.
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    wanted = {**_ENVIRONMENT, "XDG_CACHE_HOME": str(shared / "cache")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session", autouse=True)
def rules_read_once(isolated_environment: None) -> None:
    """Let one worker of a run read the rules for all: at the same time, each would take twice as long for itself."""
    from achats_check.rules import load_rules

    if not os.environ.get("PYTEST_XDIST_WORKER"):
        return
    turn = Path(os.environ["XDG_CACHE_HOME"]).parent / "reading-rules"
    try:
        turn.mkdir()
    except FileExistsError:
        for _ in range(_WAIT * 10):
            if (turn / "over").exists():
                return
            time.sleep(0.1)
        return
    try:
        load_rules()
    finally:
        (turn / "over").touch()


@pytest.fixture(scope="session")
def book(isolated_environment: None) -> Rulebook:
    """Return the shipped rules."""
    from achats_check.rules import load_rules

    return load_rules()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return ``check(name, text)``: the text must be that of ``tests/golden/name``, or becomes it."""
    update = bool(request.config.getoption("--update-golden"))

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.is_file(), f"{path.name} manque : pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return check
