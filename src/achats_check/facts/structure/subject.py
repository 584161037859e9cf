"""What is bought: the object of the contract, in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.scan import Text, compiled, labelled, said, text_of
from achats_check.facts.text import Reading

_LABEL = (
    r"objet(?: (?:de la consultation|du marche(?: public)?|du contrat|de l'accord[- ]cadre|de la procedure|de l'avis))?"
)
_SENTENCE = (
    r"(?:presente? (?:consultation|marche(?: public)?|accord[- ]cadre|contrat|procedure|concours"
    r"|acte d'engagement|projet|operation|cctp|c\.c\.t\.p\.?)"
    r"|(?:le|du) marche|l'accord[- ]cadre|la consultation)[^.\n]{0,60}?"
    r"(?:a pour objet|ont pour objet|concerne(?:nt)?\b|porte(?:nt)? sur\b)\s*:?\s*"
)
_PIECE = (
    r"^(?:d'?\s*|de |la |les |le |l')?(?:definir|fixer|preciser|determiner|arreter|reglement|lot |un lot"
    r"|suivant|present|consistance|consultation|marche\b)"
)
_MAX = 300


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the object of the contract."""
    yield Sought("objet", ("objet du marché", "la présente consultation concerne", "a pour objet"))
    text = text_of(reading)
    yield from _in_boxes(reading, text)
    yield from _in_sentences(reading, text)


def _in_boxes(reading: Reading, text: Text) -> Iterator[Candidate]:
    for index, start, end in labelled(text, "objet", _LABEL):
        raw = text.blocks[index].text
        if compiled(_SENTENCE).search(text.folded[index]):
            continue
        if raw[start:end].lstrip()[:1].isupper() and text.blocks[index].kind != "title":
            yield from _object(reading, text, index, start, 0.85)


def _in_sentences(reading: Reading, text: Text) -> Iterator[Candidate]:
    pattern = compiled(_SENTENCE)
    for index in text.having("objet", "concerne", "porte sur", "portent sur"):
        match = pattern.search(text.folded[index])
        if match is None:
            continue
        if text.folded[index][match.end() :].strip(" :"):
            yield from _object(reading, text, index, match.end(), 0.9)
        else:
            for later in text.following(index, 1):
                yield from _object(reading, text, later, 0, 0.9)


def _object(reading: Reading, text: Text, index: int, start: int, confidence: float) -> Iterator[Candidate]:
    folded = text.folded[index]
    stop = compiled(r"\.(?=\s|$)|\n|\t|;").search(folded, start)
    end = min(len(folded) if stop is None else stop.start(), start + _MAX)
    skipped = compiled(r"[\s:•-]*(?:les |la |le |l'|de la |de |d')?").match(folded, start)
    start = skipped.end() if skipped else start
    said_so = " ".join(text.blocks[index].text[start:end].split()).strip(" :-•")
    said_so = said_so[:1].upper() + said_so[1:]
    words = folded[start:end].strip(" :-•")
    if len(words) < 8 or compiled(_PIECE).match(words) or "...." in words:
        return
    yield said(reading, "objet", said_so, text.blocks[index], (start, end), confidence)
