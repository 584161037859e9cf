"""What a report says of the pieces: how each kind is called, which were read, which were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from achats_check.model.document import ROLES
from achats_check.model.finding import (
    A_VERIFIER,
)
from achats_check.model.report import Report
from achats_check.wording import (
    NBSP,
    common_root,
    join_french,
)

_WITH_ARTICLE = {
    "AAPC": "l'AAPC",
    "AE": "l'AE",
    "PRIX": "la pièce financière",
    "ANNEXE": "l'annexe",
    "QR": "les questions et réponses",
    "AVIS": "l'avis",
    "DECP": "les données essentielles",
    "DESCRIPTION": "la description",
    "AUTRE": "une autre pièce",
}
_CONTRACTED = {"le": "du", "les": "des"}


def pieces_with_article(roles: tuple[str, ...], last: str = "ou", begun: Container[str] = ()) -> str:
    """Name the pieces any of which would tell: "le RC ou l'AAPC", "le reste du CCTP" for one already read in part."""
    named = {role: _WITH_ARTICLE.get(role, f"le {role_name(role)}") for role in roles}
    return join_french((f"le reste {_of(name)}" if role in begun else name for role, name in named.items()), last)


def _of(named: str) -> str:
    """Put "de" before a name with its article: "du CCTP", "de l'AE", "des données essentielles"."""
    article, _, name = named.partition(" ")
    return f"{_CONTRACTED[article]} {name}" if article in _CONTRACTED else f"de {named}"


def pieces_text(report: Report) -> str:
    """Name the pieces that were read, and those whose absence leaves a doubt."""
    counts = Counter(piece.role for piece in report.inputs if piece.status != "unread" and not piece.same_as)
    read = _ordered(set(counts))
    wanted = {role for f in report.findings if f.verdict == A_VERIFIER for role in f.missing_pieces}
    absent = _ordered(wanted - set(read)) if set(read) - {"DESCRIPTION"} else []
    names = join_french(role_name(role, counts[role]) for role in read)
    told = [f"{'pièce lue' if counts.total() == 1 else 'pièces lues'} : {names}"] if read else []
    if absent:
        told.append(
            f"non {'fournie' if len(absent) == 1 else 'fournies'} : {join_french(role_name(role) for role in absent)}"
        )
    return " ; ".join(told) or "aucune pièce lue"


def _ordered(roles: set[str]) -> list[str]:
    known = [role for role in ROLES if role in roles]
    return known + sorted(roles - set(known))


_ROLE_NAMES = {
    "DESCRIPTION": ("description structurée", "descriptions structurées"),
    "PRIX": ("pièce financière", "pièces financières"),
    "RAPPORT": ("rapport de présentation", "rapports de présentation"),
    "AVIS": ("avis autre que l'AAPC", "avis autres que l'AAPC"),
    "DECP": ("données essentielles", "données essentielles"),
    "ANNEXE": ("annexe", "annexes"),
    "CRT": ("cadre de réponse", "cadres de réponse"),
    "CANDIDATURE": ("formulaire de candidature", "formulaires de candidature"),
    "QR": ("questions et réponses", "questions et réponses"),
    "PLAN": ("plan", "plans"),
    "AUTRE": ("autre pièce", "autres pièces"),
}
"""Singular and plural of the roles that are not called by their initials."""


def role_name(role: str, number: int = 1) -> str:
    """Name a kind of piece as buyers do: "RC", "rapport de présentation", "5 CCTP"."""
    one, several = _ROLE_NAMES.get(role, (role, role))
    return one if number == 1 else f"{number}{NBSP}{several}"


_NAMED_PIECES = 3


def reading_notes(report: Report, listed_by: str = "achats-check pieces") -> list[str]:
    """Say what could not be read, or was read in part.

    Args:
        report: What was found.
        listed_by: What names all the pieces, when only the first are named here.
    """
    words = {"unread": "Non lu", "partly_read": "Lu en partie"}
    root = common_root(piece.path for piece in report.inputs)
    groups: dict[tuple[str, str], list[str]] = {}
    for piece in report.inputs:
        if piece.status in words:
            groups.setdefault((words[piece.status], piece.reason), []).append(piece.path[len(root) :])
    return [
        f"{lead} : {_some_paths(paths, listed_by)}{f' — {reason}' if reason else ''}"
        for (lead, reason), paths in groups.items()
    ]


def _some_paths(paths: list[str], listed_by: str) -> str:
    """Name a few files, and count the others: a works dossier holds dozens of drawings that nobody reads."""
    others = len(paths) - _NAMED_PIECES
    if others <= 0:
        return join_french(paths)
    named = ", ".join(paths[:_NAMED_PIECES])
    return f"{named} et {others} autre{'s' if others > 1 else ''} ({listed_by} les nomme)"
