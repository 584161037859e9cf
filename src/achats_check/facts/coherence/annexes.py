"""Annexes promised by the pieces, and not supplied with them."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from achats_check.facts.coherence.checks import Check, Failure
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import DRAFTED, place
from achats_check.facts.structure.scan import sentence
from achats_check.facts.terms import Subject, held
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

_LABEL = r"(?P<label>\d{1,2}|[a-h](?![\w'])|(?:iii|ii|iv|vi|v|i)(?!\w))"
_PROMISED = (
    rf"\bannexes? (?:n ?° ?|numero )?{_LABEL}(?! ?(?:°|%|€|mois|jours|exemplaires?|pages?)\b)(?P<after>[^.;\n]{{0,60}})"
)
_NAMED = rf"(?:^|[^\w])annexe[ _.-]{{0,3}}(?:n ?° ?|numero )?{_LABEL}"
_TITLE = rf"\W{{0,4}}annexe (?:n ?° ?|numero )?{_LABEL}"
_OF_A_TEXT = (
    r"\b(?:code de la commande publique|code du travail|arrete[^.;\n]{0,40}|decret[^.;\n]{0,40}"
    r"|convention collective[^.;\n]{0,60}) ?\(?(?:l'|son )?$"
)
"""What names, before its annex, the text it belongs to: "au code de la commande publique (annexe n° 3)"."""
_OF_A_PIECE = (
    r" ?(?:a l'|au |du |de l')(?:(?P<ae>ae\b|acte d'engagement)|(?P<ccap>ccap\b)|(?P<cctp>cctp\b)"
    r"|(?P<rc>rc\b|reglement de (?:la )?consultation))"
)
_BEFORE = 80
_SHORT = 120
_MOST = 6


class Annex(NamedTuple):
    """An annex by its number, and the piece it is said to be of: "annexe n° 2 à l'AE"."""

    label: str
    piece: str = ""
    """What names the piece; "" when nothing does, and it may be of any."""

    def may_be(self, other: "Annex") -> bool:
        """Tell whether two annexes may be the same."""
        return self.label == other.label and (not self.piece or not other.piece or self.piece == other.piece)


class Promise(NamedTuple):
    """An annex that a piece names."""

    annex: Annex
    evidence: Evidence


def missing_annexes(pieces: Pieces) -> Check | None:
    """Look for each annex that is promised: as a file that bears its number, or as a title inside a piece.

    Returns:
        The first promise of each annex, and those that were not found; None when some were not found and the
        dossier is not whole, so that they may only not have been given.
    """
    promised = {
        p.annex: p.evidence for reading in reversed(pieces.of(*DRAFTED)) for p in _promises(reading, pieces.terms)
    }
    held = {annex for reading in pieces.readings.values() for annex in _titled(reading)}
    held |= {Annex(label) for label in _named(pieces)}
    missing = {annex: e for annex, e in sorted(promised.items()) if not any(map(annex.may_be, held))}
    if _unnumbered_annexes(pieces):
        missing = {}
    of_a_piece = {annex.label for annex in missing if annex.piece}
    missing = {annex: e for annex, e in missing.items() if annex.piece or annex.label not in of_a_piece}
    if missing and not pieces.whole("RC", "CCAP", "CCTP", "AE"):
        return None
    failures = (Failure((e,), f"l'annexe {annex.label.upper()} citée {place(e)}") for annex, e in missing.items())
    return Check(tuple(promised.values())[:_MOST], tuple(failures)[:_MOST])


def _promises(reading: Reading, terms: Subject) -> Iterator[Promise]:
    for block in reversed(reading.document.blocks):
        text = reading.folded[block.index]
        if "annexe" not in text or block.kind in ("toc", "header", "footer", "title"):
            continue
        if compiled(_TITLE).match(text):
            continue
        for match in compiled(_PROMISED).finditer(text):
            if _is_a_verb(block.text, match) or compiled(_OF_A_TEXT).search(text[: match.start()][-_BEFORE:]):
                continue
            if not held(terms["annexes_de_textes"], match["after"]):
                span = sentence(text, match.start(), match.end("label"))
                yield Promise(_annex(match["label"], match["after"]), reading.evidence(block, *span))


def _is_a_verb(raw: str, match: re.Match[str]) -> bool:
    """Tell whether the letter is a word: "la présente annexe a été établie", "l'annexe à compléter"."""
    return match["label"] == "a" and not raw[match.start("label")].isupper()


def _named(pieces: Pieces) -> Iterator[str]:
    for name in _names(pieces):
        found = compiled(_NAMED).search(name)
        if found is not None:
            yield found["label"].lstrip("0") or "0"


def _names(pieces: Pieces) -> list[str]:
    """Return the folded names of the files given, those that could not be read included."""
    return [fold(PurePath(path.replace("\\", "/")).stem) for path in (*pieces.readings, *pieces.unread)]


def _annex(label: str, after: str) -> Annex:
    piece = compiled(_OF_A_PIECE).match(after)
    return Annex(label, next((name for name, said in piece.groupdict().items() if said), "") if piece else "")


def _titled(reading: Reading) -> Iterator[Annex]:
    for block in reading.document.blocks:
        text = reading.folded[block.index]
        match = compiled(_TITLE).match(text) if "annexe" in text and block.kind != "toc" else None
        if match is not None and (block.kind == "title" or len(text) <= _SHORT):
            yield _annex(match["label"], text[match.end() :])


def _unnumbered_annexes(pieces: Pieces) -> bool:
    """A file named "Annexe plans.pdf" may be any of those promised."""
    return any("annexe" in name and not compiled(_NAMED).search(name) for name in _names(pieces))
