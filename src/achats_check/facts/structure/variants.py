"""Whether variants are forbidden, allowed or required."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.choices import TICKED
from achats_check.facts.structure.scan import Text, labelled, missed, said, sentence, text_of
from achats_check.facts.structure.variants_by_lot import find_by_lot, lots_across
from achats_check.facts.structure.variants_offered import find_offered
from achats_check.facts.terms import Subject, found, held, opening, saying
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_TO_A_PAGE = r"\.{2,}\s*\d{1,3}\s*$"
"""The end of an entry of contents, however few its dots: it announces an article and requires nothing."""
_LABEL = (
    rf"(?:[{TICKED}] ?)?"
    r"variantes?(?: autorisees?| libres?| facultatives?| a l'initiative d(?:u|es) (?:candidat|soumissionnaire)s?)?"
)
_MARKS = f" :{TICKED}"
_SURE = 0.8
"""Confidence of a sentence; a title on required variants may stand over nothing."""
_LOT_OF_FORM = r"\W{0,3}lot ?(?:n ?° ?)0*(\d{1,3})\s?[:–-]"
_LINES_OF_A_LOT = 6
_DECIDING = {"AAPC", "RC", "CCP", "AE", "CCAP", "AUTRE"}


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``variantes``; the technical specification does not decide it, and may contradict who does."""
    yield Sought("variantes", ("variante", "variantes non autorisées", "variantes exigées"))
    text = text_of(reading)
    if reading.role in _DECIDING:
        yield from find_by_lot(reading, text, terms)
    yield from find_offered(reading, text, terms)
    for index, start, end in labelled(text, "variante", _LABEL):
        folded = text.folded[index][start:end]
        if lots_across(text, index):
            continue
        if text.blocks[index].kind == "title" and ":" not in text.folded[index][:start]:
            continue
        answer = opening(terms["reponses"], folded.strip(_MARKS))
        some_lots = held(terms["certains_lots"], folded)
        if some_lots:
            yield missed(reading, "variantes", text.blocks[index], (0, end), some_lots)
        elif answer:
            confidence = 0.93 if answer == "interdites" else 0.9
            scope = _lot_of_form(reading, text, index)
            yield said(reading, "variantes", answer, text.blocks[index], (0, end), confidence, scope)
    announced = [index for index in text.announced(terms["phrases"]) if not lots_across(text, index)]
    read = [item for index in announced for item in _in_sentence(reading, text, index, terms)]
    required = any(
        isinstance(item, Candidate) and item.value == "exigees" and item.confidence >= _SURE for item in read
    )
    yield from (_beside_a_required_one(item, terms) for item in read) if required else read


def _beside_a_required_one(item: Candidate | NearMiss, terms: Subject) -> Candidate | NearMiss:
    """Return a near miss for free variants that a piece forbids, when it requires a variant itself."""
    if not isinstance(item, Candidate) or item.value != "interdites":
        return item
    reason = held(terms["libres"], fold(item.evidence.quote))
    return item if reason is None else NearMiss(item.name, item.evidence, reason)


def _in_sentence(reading: Reading, text: Text, index: int, terms: Subject) -> Iterator[Candidate | NearMiss]:
    folded = text.folded[index]
    entry = compiled(_TO_A_PAGE).search(folded, max(0, len(folded) - 40))
    required = None if entry else found(saying(terms["phrases"], "exigees"), folded)
    if required is not None:
        span = sentence(folded, *required.span())
        below = " ".join(text.folded[later] for later in text.following(index, 1)) if len(folded) < 80 else ""
        if held(terms["sans_objet"], folded[span[0] : span[1] + 40] + " " + below) is None:
            titled = len(folded) < 60 and not folded.rstrip().endswith(".")
            yield said(reading, "variantes", "exigees", text.blocks[index], span, 0.75 if titled else 0.88)
            return
    if text.blocks[index].kind == "title" and any("variante" in text.folded[i] for i in text.following(index, 1)):
        return
    for value in ("interdites", "autorisees"):
        match = found(saying(terms["phrases"], value), folded)
        if match is None:
            continue
        if value == "interdites" and compiled(r"sont (?:autorise|admis|accepte|permis)").search(match.group()):
            continue
        span = sentence(folded, *match.span())
        reason = "" if reading.role in _DECIDING else "le règlement de la consultation en décide, pas cette pièce"
        reason = held(terms["certains_lots"], folded, *span) or reason
        if value == "interdites":
            kind = held(terms["certaines_sortes"], match.group())
            reason = kind or opening(terms["non_demandees"], folded, match.start()) or reason
        if reason:
            yield missed(reading, "variantes", text.blocks[index], span, reason)
        else:
            yield said(reading, "variantes", value, text.blocks[index], span, 0.92, _lot_of_form(reading, text, index))
        return


def _lot_of_form(reading: Reading, text: Text, index: int) -> Scope:
    """Return the lot whose lines of a notice hold an answer: those below "Lot n° 2 : …", up to the next title."""
    for above in range(index - 1, max(-1, index - 1 - _LINES_OF_A_LOT), -1) if reading.role == "AAPC" else ():
        lot = compiled(_LOT_OF_FORM).match(text.folded[above])
        if lot is not None:
            return Scope("lot", lot_number(lot[1]))
        if text.blocks[above].kind == "title":
            break
    return MARCHE
