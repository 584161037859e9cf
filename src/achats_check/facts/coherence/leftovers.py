"""What a template leaves behind: fields nobody filled, broken links of a word processor, changes still pending.

A form that the bidder fills holds blanks on purpose: dots, "à compléter par le candidat" and the whole of an
acte d'engagement or a price schedule are not leftovers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import DRAFTED, place
from achats_check.facts.terms import Subject, held
from achats_check.facts.terms import found as found_in
from achats_check.facts.text import Reading
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled
from achats_check.wording import NBSP, shorten

FACT = "pieces.restes_de_modele"
_BIDDER = ("AE", "PRIX")
_ELLIPSIS = r"\[ ?(?:\.{3}|…) ?\]"
_FIELD = r"(?:nom|date|objet|montant|duree|intitule|adresse|acheteur|numero|a completer|a preciser|a adapter|a definir)"
_BLANK = (
    rf"{_ELLIPSIS}"
    r"|(?<![\w.])x{3,6}(?![\w.])|(?<![\w.])xx ?(?:€|euros?|%|mois|jours|heures|ans\b|lots?\b|/ ?xx)"
    r"|\b(?:article|montant de|duree de|delai de|le|au|du|n ?°|lot|de) xx(?![\w.]| ?siecle)"
    rf"|\[ ?(?:xx+|{_FIELD}[^\]\n]{{0,40}}) ?\]|< ?{_FIELD}[^>\n]{{0,40}}>"
)
_SHOWN = 5


class Leftover(NamedTuple):
    """A trace of the template in a piece."""

    evidence: Evidence

    @property
    def said(self) -> str:
        """The trace with its place."""
        return f"«{NBSP}{shorten(self.evidence.quote, 60)}{NBSP}» {place(self.evidence)}"


def leftovers(pieces: Pieces) -> tuple[tuple[Evidence, ...], str]:
    """Return the traces of templates, and what to say of them: "" when there is none."""
    found = [Leftover(c.evidence) for c in pieces.found if _worded(pieces, c)]
    for reading in pieces.of(*DRAFTED):
        found += _shapes(reading, pieces.terms)
    distinct = list({(f.evidence.document, f.evidence.location.block): f for f in found}.values())
    pending = [_pending(reading) for reading in pieces.of(*DRAFTED) if reading.document.pending_changes]
    told = [f.said for f in distinct[:_SHOWN]]
    if len(distinct) > _SHOWN:
        told.append(f"et {len(distinct) - _SHOWN} de plus")
    return tuple(f.evidence for f in distinct), " ; ".join(told + pending)


def _worded(pieces: Pieces, candidate: Candidate) -> bool:
    return candidate.name == FACT and candidate.value is True and candidate.evidence.role not in _BIDDER


def _shapes(reading: Reading, terms: Subject) -> Iterator[Leftover]:
    for block in reading.document.blocks:
        text = reading.folded[block.index]
        broken = found_in(terms["liens_rompus"], text) if "!" in text else None
        if broken is not None:
            yield Leftover(reading.evidence(block, broken.start(), broken.end(), True))
        elif reading.role not in _BIDDER and ("xx" in text or "[" in text or "<" in text):
            blank = compiled(_BLANK).search(text)
            if blank is not None and not _meant(text, blank.group(), terms) and not _roman(reading, blank.group()):
                start = max(0, blank.start() - 30)
                start = text.rfind(" ", 0, start + 1) + 1 if start else 0
                yield Leftover(reading.evidence(block, start, blank.end(), True))


def _meant(text: str, blank: str, terms: Subject) -> bool:
    """A blank for the bidder, or the cut of a quotation, was left on purpose."""
    quoted = compiled(_ELLIPSIS).fullmatch(blank) is not None and '"' in text
    return quoted or held(terms["champs_du_candidat"], text) is not None


def _roman(reading: Reading, blank: str) -> bool:
    """ "Article XX" follows "article XIX" in a piece numbered as the Romans did."""
    return "article" in blank and compiled(r"\barticle xix\b").search(reading.joined) is not None


def _pending(reading: Reading) -> str:
    count = reading.document.pending_changes
    plural = "s" if count > 1 else ""
    file = reading.document.path.rpartition("/")[2]
    return f"{count} modification{plural} suivie{plural} en attente dans {file}"
