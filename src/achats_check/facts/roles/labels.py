"""How people tell the pieces of a dossier from one another: by their role, their lots, else their path."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.model.document import Document
from achats_check.wording import NBSP, join_french

_CALLED = {"CRT": "cadre de réponse", "QR": "questions et réponses", "PLAN": "plan", "CANDIDATURE": "formulaire"}
_TO = {"AE": "à l'AE"}


def with_labels(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, each with the label that names it alone, or "" when its role is enough."""
    bases = [_base(document) for document in documents]
    alike: dict[str, list[Document]] = {base: [] for base in bases}
    for document, base in zip(documents, bases, strict=True):
        if not document.same_as:
            alike[base].append(document)
    named = []
    for document, base in zip(documents, bases, strict=True):
        same = alike[base]
        if document.same_as:
            label = f"{base}, version {document.format.upper()}"
        else:
            label = base if len(same) == 1 else _among(document, base, same)
        named.append(document if label == document.role else document._replace(label=label))
    return tuple(named)


def _base(document: Document) -> str:
    if document.role == "ANNEXE":
        parent = document.annex_of
        return f"annexe {_TO.get(parent, f'au {parent}')}" if parent else _file(document.path)
    if document.role == "AUTRE":
        return _file(document.path)
    called = _CALLED.get(document.role, document.role)
    if not document.also:
        return called
    if document.role == "CCP":
        return f"{join_french(document.also)} valant CCP"
    return f"{called} valant {join_french(document.also)}"


def _among(document: Document, base: str, same: Sequence[Document]) -> str:
    """Name a piece among those of the same role: by its lots when they differ, else by the end of its path."""
    if len({other.lots for other in same}) == len(same):
        if not document.lots:
            return base
        return f"{base}, {'lot' if len(document.lots) == 1 else 'lots'}{NBSP}{join_french(document.lots)}"
    tail = _tail(document.path, [other.path for other in same])
    return tail if base == _file(document.path) else f"{base} «{NBSP}{tail}{NBSP}»"


def _tail(path: str, paths: Sequence[str]) -> str:
    """Return the end of a path that no other has: its file name, with as many folders as it takes."""
    parts = _parts(path)
    others = [_parts(other) for other in paths if other != path]
    for length in range(1, len(parts)):
        if all(other[-length:] != parts[-length:] for other in others):
            return "/".join(parts[-length:])
    return path


def _parts(path: str) -> list[str]:
    return path.replace("\\", "/").split("/")


def _file(path: str) -> str:
    return _parts(path)[-1]
