"""Which roles were read whole: only their silence proves that something is absent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from achats_check.facts.roles.file_name import spoken_name
from achats_check.model.document import Document
from achats_check.wording import join_french


class Coverage(NamedTuple):
    """What the pieces of a dossier allow to say of what they do not hold."""

    whole: frozenset[str]
    """Roles of which every piece supplied was read to the end, for every lot."""
    gaps: Mapping[str, str]
    """Roles supplied and not read whole, with what would complete them, in French ("sans page numérisée")."""


def coverage(documents: Sequence[Document], unread: Iterable[Document] = (), lots: int | None = None) -> Coverage:
    """Tell the roles that were read whole from those of which something is missing.

    Args:
        documents: The pieces that were read, with their roles.
        unread: The pieces that could not be read, with the role that their names let expect.
        lots: How many lots the market has, when known: a piece limited to lot 2 says nothing of the others.
    """
    known = {spoken_name(document.path) for document in documents}
    closed = {piece.home for piece in unread if spoken_name(piece.path) not in known}
    gaps: dict[str, str] = {}
    supplied = dict.fromkeys(role for document in documents for role in document.roles)
    for role in supplied:
        pieces = [d for d in documents if not d.same_as and (role in d.roles or _completes(d.home, role))]
        if any(piece.partly_read or not piece.blocks for piece in pieces):
            gaps[role] = "en entier, sans page numérisée"
        elif any(_completes(home, role) for home in closed):
            gaps[role] = "dans un format lisible, annexes comprises"
        elif "AUTRE" in closed:
            gaps[role] = "et les pièces qui n'ont pas pu être lues"
        elif missing := _missing_lots([document for document in pieces if role in document.roles], lots):
            gaps[role] = missing
    return Coverage(frozenset(role for role in supplied if role not in gaps), gaps)


def _completes(home: str, role: str) -> bool:
    return home == role or (role == "CCP" and home in ("CCAP", "CCTP"))


def _missing_lots(pieces: Sequence[Document], lots: int | None) -> str:
    """Say which lots the pieces of a role leave out, in French; one that is common to them completes those of each."""
    named = {lot for piece in pieces for lot in piece.lots}
    if not named or (lots is not None and len(named) >= lots):
        return ""
    missing = [str(lot) for lot in range(1, (lots or 0) + 1) if str(lot) not in named]
    if len(missing) + len(named) != lots:
        return "de chaque lot"
    return f"du lot {missing[0]}" if len(missing) == 1 else f"des lots {join_french(missing)}"
