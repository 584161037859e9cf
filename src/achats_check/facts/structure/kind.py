"""The kind of purchase (works, supplies, services) and the form of the contract."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.kind_by_lot import find_by_lot
from achats_check.facts.structure.scan import Text, labelled, labelled_by, said, sentence, text_of
from achats_check.facts.terms import Subject, found, held, opening
from achats_check.facts.text import Reading
from achats_check.patterns import compiled


def find(reading: Reading, natures: Subject, forms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``type``, ``forme``, ``contrat``, ``marche_global`` and ``marche_subsequent``."""
    text = text_of(reading)
    yield from _kinds(reading, text, natures)
    yield from find_by_lot(reading, text, natures)
    yield from _forms(reading, text, forms)
    yield from _singular(reading, text, forms)


def _kinds(reading: Reading, text: Text, natures: Subject) -> Iterator[Candidate]:
    for index, start, end in labelled_by(text, natures["etiquettes"]):
        kind = opening(natures["formulaires"], text.folded[index], start)
        if kind is not None:
            yield said(reading, "type", kind, text.blocks[index], (start, end), 0.95)
    for index in text.announced(natures["types"]):
        folded = text.folded[index]
        if held(natures["leurres"], folded):
            continue
        for term in natures["types"]:
            match = term.search(folded)
            if match is not None:
                confidence = term.confidence - (index > 60) * 0.2
                yield said(reading, "type", term.value, text.blocks[index], match.span(), confidence)


def kind_of_object(folded: str, start: int, natures: Subject) -> str | None:
    """Return the kind of purchase that an object opens with ("l'acquisition de …"), or None.

    Args:
        folded: Folded text of the block.
        start: Where the object starts in it.
        natures: What says the kind of a purchase.
    """
    article = compiled(r"(?:les |la |le |l'|des |une? )").match(folded, start)
    start = article.end() if article else start
    kind: str | None = opening(natures["objets"], folded, start)
    return kind


def _forms(reading: Reading, text: Text, forms: Subject) -> Iterator[Candidate]:
    for index, start, end in labelled_by(text, forms["etiquettes"]):
        folded = text.folded[index]
        if folded.startswith(("accord-cadre", "accord cadre"), start):
            yield from _form(reading, text, index, (start, end), "accord_cadre", 0.95)
        elif folded.startswith("marche", start) and "bons de commande" not in folded:
            yield from _form(reading, text, index, (start, end), "marche", 0.9)
    for index, start, end in labelled(text, "accord-cadre", r"accord-cadre"):
        form = opening(forms["reponses_accord_cadre"], text.folded[index][start:end].strip(" :."))
        if form is not None:
            yield from _form(reading, text, index, (0, end), form, 0.9 if form == "accord_cadre" else 0.86)
    for term in forms["formes"]:
        for index in text.announced((term,)):
            folded = text.folded[index]
            match = term.search(folded)
            if match is None or held(forms["leurres"], folded):
                continue
            before = folded[max(0, match.start() - 40) : match.start()]
            if term.value != "concession" or not held(forms["autre_concession"], before):
                yield from _form(reading, text, index, match.span(), term.value, term.confidence)


def _form(
    reading: Reading, text: Text, index: int, span: tuple[int, int], form: str, confidence: float
) -> Iterator[Candidate]:
    yield said(reading, "forme", form, text.blocks[index], span, confidence)
    contract = "concession" if form == "concession" else "marche"
    yield said(reading, "contrat", contract, text.blocks[index], span, confidence - 0.1)


def _singular(reading: Reading, text: Text, forms: Subject) -> Iterator[Candidate | Sought]:
    yield Sought("marche_global", ("marché global de performance", "conception-réalisation", "marché global sectoriel"))
    yield Sought("marche_subsequent", ("le présent marché subséquent", "marché subséquent n°"))
    for name in ("marche_global", "marche_subsequent"):
        for index in text.announced(forms[name]):
            folded = text.folded[index]
            match = found(forms[name], folded)
            if match is not None and not held(forms["leurres"], folded):
                yield said(reading, name, True, text.blocks[index], sentence(folded, *match.span()))
