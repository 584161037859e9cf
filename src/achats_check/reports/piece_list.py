"""The list of the pieces of a dossier: what each is and why, what was read of it, what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from achats_check.model.document import ROLES, stands_for
from achats_check.model.report import InputPiece
from achats_check.reports.layout import MIN_WIDTH, Paint, painter, wrap
from achats_check.reports.wording import count
from achats_check.wording import NBSP, common_root, flatten, join_french, shorten

EXPECTED = ("AAPC", "RC", "CCAP", "CCTP", "AE", "PRIX")
"""Roles that a consultation usually has."""
_CALLED = {
    "PRIX": "prix",
    "RAPPORT": "rapport",
    "CRT": "cadre de réponse",
    "CANDIDATURE": "formulaire",
    "QR": "questions",
    "PLAN": "plan",
    "ANNEXE": "annexe",
    "DESCRIPTION": "description",
    "AUTRE": "autre",
}
_SYMBOLS = {"read": ("✓", "conforme"), "partly_read": ("!", "a_verifier"), "unread": ("✗", "non_conforme")}
_LEADS = {"partly_read": "Lu en partie : ", "unread": "Non lu : "}
_ROLE_ROOM = 22
_NAME_ROOM = 12


class _Pen:
    """Writes the rows of the list, aligned."""

    def __init__(self, root: str, pieces: Sequence[InputPiece], width: int, paint: Paint) -> None:
        self.root = root
        self.role_room = min(max(len(piece_role(piece)) for piece in pieces), _ROLE_ROOM)
        self.format_room = max(len(_format(piece)) for piece in pieces)
        self.pages_room = max(len(_pages(piece)) for piece in pieces)
        self.width = width
        self.paint = paint

    def group(self, pieces: Sequence[InputPiece]) -> list[str]:
        """Write pieces of one role with one thing to say of them all, apart from the others."""
        first = pieces[0]
        lines = self.row(first) if len(pieces) == 1 else [line for piece in pieces for line in self._head(piece)]
        return ["", *lines, *self._detail(f"{_LEADS.get(first.status, '')}{first.reason}")]

    def row(self, piece: InputPiece) -> list[str]:
        """Write a piece, and what its role was recognised by."""
        return [*self._head(piece), *self._detail(role_ground(piece))]

    def _head(self, piece: InputPiece) -> list[str]:
        symbol, style = _SYMBOLS[piece.status]
        role = shorten(piece_role(piece), self.role_room)
        pages = f"{_pages(piece):>{self.pages_room}}  " if self.pages_room else ""
        lead = f"  {symbol} {role:<{self.role_room}}  {_format(piece):<{self.format_room}}  {pages}"
        lines = self._path(piece.path[len(self.root) :], lead)
        lines[0] = lines[0].replace(symbol, self.paint(symbol, style), 1)
        return lines

    def _detail(self, text: str) -> list[str]:
        return [self.paint(line, "dim") for line in wrap(text, self.width, "      ")] if text else []

    def _path(self, name: str, lead: str) -> list[str]:
        """Write a path after what leads to it, cut after its separators; under it when too little room is left."""
        below = len(lead) + _NAME_ROOM > self.width
        indent = " " * (4 if below else len(lead))
        lines, line = ([lead.rstrip()], indent) if below else ([], lead)
        room = self.width - len(indent)
        for part in re.findall(r"[^/_\s-]*[/_\s-]*", flatten(name)):
            for piece in (part[i : i + room] for i in range(0, len(part), room)):
                if len(line) + len(piece.rstrip()) > self.width:
                    lines.append(line.rstrip())
                    line = indent
                line += piece
        return [*lines, line.rstrip()]


def render_pieces(pieces: Sequence[InputPiece], *, width: int = 80, color: bool = False) -> str:
    """Draw the pieces of a dossier, those of the contract first.

    Args:
        pieces: What was given.
        width: Longest line; never under 40.
        color: Write ANSI colours.
    """
    width, paint = max(width, MIN_WIDTH), painter(color)
    root = common_root(piece.path for piece in pieces)
    rows = in_order(pieces)
    pen = _Pen(root, rows, width, paint)
    lines = [paint(line, "title") for line in wrap(_heading(pieces, root), width)]
    for _, same in groupby(rows, key=lambda piece: (piece_role(piece) if piece.reason else "", piece.reason)):
        group = list(same)
        lines += pen.group(group) if group[0].reason else [line for piece in group for line in pen.row(piece)]
    lacking = [line for text in lacking_pieces(pieces) for line in wrap(text, width)]
    return "\n".join([*lines, "", *lacking]) + "\n"


def in_order(pieces: Iterable[InputPiece]) -> list[InputPiece]:
    """Return pieces as people list them: by role, those of the contract first, then by lot."""
    order = {role: rank for rank, role in enumerate(ROLES)}
    return sorted(pieces, key=lambda it: (order[it.role], bool(it.lots), _by_number(it), it.reason, it.path))


def missing_roles(pieces: Iterable[InputPiece]) -> tuple[str, ...]:
    """Return the usual roles that no piece supplied has; an annex is not the piece it completes."""
    supplied = frozenset(role for piece in pieces if piece.role != "ANNEXE" for role in (piece.role, *piece.also))
    return tuple(role for role in EXPECTED if not stands_for(role, supplied))


def _by_number(piece: InputPiece) -> tuple[int, ...]:
    return tuple(int(lot) if lot.isdecimal() else 0 for lot in piece.lots)


def _heading(pieces: Sequence[InputPiece], root: str) -> str:
    statuses = [piece.status for piece in pieces]
    told = [count(statuses.count("read"), "lue")]
    if partly := statuses.count("partly_read"):
        told.append(f"{partly} en partie")
    if unread := statuses.count("unread"):
        told.append(f"{unread} non {'lue' if unread == 1 else 'lues'}")
    where = root.removesuffix("!/").rstrip("/")
    lead = f"{where} — " if where else ""
    return f"{lead}{count(len(pieces), 'pièce')} : {', '.join(told)}"


def piece_role(piece: InputPiece) -> str:
    """Name what a piece is, the lots it is for included; with a mark of doubt when it could not be read."""
    called = _CALLED.get(piece.role, piece.role)
    if piece.also:
        called = " + ".join((piece.role, *piece.also))
    if piece.annex_of:
        called = f"annexe {piece.annex_of}"
    if piece.lots:
        called += f" lot{'s' if len(piece.lots) > 1 else ''}{NBSP}{join_french(piece.lots)}"
    return f"{called} ?" if piece.status == "unread" and piece.role != "AUTRE" else called


def role_ground(piece: InputPiece) -> str:
    """Say what the role was recognised by, without the role itself, which stands above."""
    ground = piece.role_ground
    shown = ground[: ground.rfind("»") + 1] or ground.partition(" (")[0]
    return f"d'après le {shown}" if shown and piece.status == "unread" else shown


def _pages(piece: InputPiece) -> str:
    return f"{piece.pages}{NBSP}p." if piece.pages else ""


def _format(piece: InputPiece) -> str:
    return "" if piece.format == "unknown" else piece.format


def lacking_pieces(pieces: Sequence[InputPiece]) -> list[str]:
    """Say which usual roles are not there, and for which lots those are that go by lot."""
    lines: list[str] = []
    if missing := missing_roles(pieces):
        named = join_french(ROLES[role] if role == "PRIX" else f"{ROLES[role]} ({role})" for role in missing)
        lines.append(f"Non fourni : {named}. Ce que seules ces pièces diraient restera « à vérifier ».")
    else:
        lines.append("Toutes les pièces habituelles d'une consultation sont là.")
    for role in EXPECTED:
        holders = [p for p in pieces if p.status != "unread" and p.role != "ANNEXE" and role in (p.role, *p.also)]
        if holders and all(piece.lots for piece in holders):
            lots = sorted({lot for piece in holders for lot in piece.lots}, key=lambda lot: (len(lot), lot))
            said = f"le lot{NBSP}{lots[0]}" if len(lots) == 1 else f"les lots {join_french(lots)}"
            lines.append(f"{role} : fourni pour {said}.")
    return lines
