"""Programs of others played by a few lines: what they answer is what a test wants to see handled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def play(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, code: str) -> Path:
    """Put a program of that name, and nothing else, on the path.

    Args:
        monkeypatch: Undoes it after the test.
        folder: Where it is written.
        name: Its name.
        code: Python that it runs, with ``sys`` and ``Path`` at hand.

    Returns:
        A file where the program may leave what it saw.
    """
    programs, seen = folder / "programs", folder / f"{name}.seen"
    programs.mkdir(exist_ok=True)
    program = programs / name
    head = f"#!{sys.executable}\nimport sys, os, time\nfrom pathlib import Path\nSEEN = Path({str(seen)!r})\n"
    program.write_text(head + code, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return seen


def nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Leave no program on the path."""
    (folder / "empty").mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(folder / "empty"))
