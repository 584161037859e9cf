"""What is said of a path where there is no file: the name that was perhaps meant."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

_CHECK = "Vérifier le chemin et les droits d'accès au fichier."
_LIKENESS = 0.75


def advice(path: Path) -> str:
    """Return what to do about a path that leads to no file, in French."""
    if str(path) == "-":
        return "L'entrée standard n'est pas lue : donner le nom d'un fichier."
    if "\\" in str(path) and os.sep == "/":
        return f"{_CHECK} Ici, les dossiers d'un chemin se séparent par « / », non par « \\ »."
    close = get_close_matches(path.name, _names_in(path.parent), n=1, cutoff=_LIKENESS)
    return f"Vouliez-vous dire « {path.parent / close[0]} » ? {_CHECK}" if close else _CHECK


def _names_in(folder: Path) -> list[str]:
    """Return the names that a folder holds, those that a terminal can show; none for one that cannot be listed."""
    try:
        return sorted(name for name in os.listdir(folder) if name.isprintable())  # noqa: PTH208 - names, not paths
    except OSError:
        return []
