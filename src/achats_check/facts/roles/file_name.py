"""The name of a file as words."""

from __future__ import annotations

from pathlib import PurePath

from achats_check.facts.text import fold
from achats_check.patterns import compiled


def spoken_name(path: str) -> str:
    """Return the folded name of a file as words: « ActeEngagement_lot2.pdf » is « acte engagement lot2 »."""
    stem = compiled(r"\.\w{2,4}$").sub("", file_name(path))
    apart = compiled(r"(?<=[a-zà-ÿ])(?=[A-Z][a-zà-ÿ])").sub(" ", stem)
    return " ".join(compiled(r"[_\-.+()\[\]]+").sub(" ", fold(apart)).split())


def file_name(path: str) -> str:
    """Return the name of a file, whatever the separators of its path."""
    return PurePath(path.replace("\\", "/")).name
