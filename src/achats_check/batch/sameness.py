"""What must be the same on two machines for the same dossier to give the same results on both."""

import os
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from achats_check import __version__
from achats_check.rules import load_rules

_LIBRARIES = ("pypdfium2", "pdfplumber", "polars", "duckdb")
"""What reads documents and computes tables: another version may see another text, or round otherwise."""


class Program(NamedTuple):
    """What does the work on a machine."""

    tool: str
    rules: str
    """Version of the rules, packs included."""
    python: str
    libraries: tuple[tuple[str, str], ...]
    """Each with its version, "" when it is missing."""

    def unlike(self, other: "Program") -> str:
        """Return what another program has that this one has not, in French; "" when they are the same."""
        pairs = [
            ("achats-check", self.tool, other.tool),
            ("Python", self.python, other.python),
            *((name, mine, dict(other.libraries)[name]) for name, mine in self.libraries),
            ("les règles", self.rules, other.rules),
        ]
        told = [f"{name} : {its or 'absent'} au lieu de {mine or 'absent'}" for name, mine, its in pairs if mine != its]
        return " ; ".join(told[:-1] if len(told) > 1 and self.rules != other.rules else told)


@cache
def program(packs: tuple[str, ...]) -> Program:
    """Return what does the work in this process, with these local packs.

    Raises:
        RuleFileError: Rules that cannot be loaded.
    """
    rules = load_rules(packs).version
    return Program(__version__, rules, f"{sys.version_info[0]}.{sys.version_info[1]}", tuple(map(_library, _LIBRARIES)))


def _library(name: str) -> tuple[str, str]:
    try:
        return name, version(name)
    except PackageNotFoundError:
        return name, ""


class Sight(NamedTuple):
    """What is seen of a file or a folder: how many files can be read, and their bytes."""

    files: int
    size: int


def sight(path: Path) -> Sight | None:
    """Look at a file or a folder, without opening anything; None when it is not there."""
    if not path.is_dir():
        return _sum([path]) if path.exists() else None
    return _sum(Path(folder, name) for folder, _, names in os.walk(path) for name in names)


def _sum(paths: Iterable[Path]) -> Sight:
    sizes = [size for path in paths if (size := _size(path)) is not None]
    return Sight(len(sizes), sum(sizes))


def _size(path: Path) -> int | None:
    """Return the size of a file; None when it cannot be read, or has just gone."""
    try:
        return path.stat().st_size if os.access(path, os.R_OK) else None
    except OSError:
        return None
