"""Summary boxes of a cover page: "Clauses sociales : Sans / Avec / Préconisations"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.boxes import ANSWERED_NO, EMPTY, IS_TICKED, TICKED, UNDECIDED, answered
from achats_check.facts.clauses.lots import scopes
from achats_check.facts.clauses.matching import Search
from achats_check.facts.lexicon_records import Entry
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Evidence, Scope
from achats_check.patterns import compiled

_VALUE = (
    r"(?P<reponse>sans objet|sans|avec|preconisations?|oui|non|neant|aucune?s?|non concernee?"
    r"|non prevue?s?|prevue?s?)"
)
_BEFORE_LABEL = r"(?:^|[\n\t•\-]|\s{2,4}|\)\s|(?<=sans )|(?<=avec )|(?<=preconisations ))"
_AFTER_VALUE = (
    r"(?=$|[\n\t.;,(]|[-–:] ?(?:les |le )?lots?\b|(?:pour|sur) (?:les |le )lots?\b|clauses?\b"
    r"|[-–] ?considerations?\b|duree|visite|variantes)"
)
_WITHOUT = frozenset({"sans", "sans objet", "non", "neant", "aucun", "aucune", "aucuns", "aucunes", "non concerne"})
_OF_LOTS = compiled(
    r"\s{0,3}[-–(:,]?\s{0,3}(?:pour |sur )?(?:les |le )?lots?\b"
    r"(?:(?!\b(?:sans|avec|oui|non|neant|aucune?|preconisations?)\b)[^.;\n]){1,60}"
)
"""What follows an answer and gives it to some lots: "OUI - lots 1 et 2"."""
_NEXT_ANSWER = compiled(rf"[\s/,;]{{0,4}}{_VALUE}\s{{0,4}}{_AFTER_VALUE}")
"""The answer of other lots, after that of some: "Avec (lot 2) / Sans (lots 1 et 3)"."""
_THESE_LOTS = r"(?P<lots>(?:les |le )?lots? (?:n ?° ?)?\d[^.;:(\n]{0,40})(?=$|[.;(\n])"
_CLAUSES = ("social.", "environnement.")
_LONGEST_LABEL = 70
_BOX = compiled(f"[{EMPTY}{TICKED}]")


def find_summaries(
    reading: Reading, texts: list[str], entries: tuple[Entry, ...], search: Search
) -> Iterator[Candidate | NearMiss]:
    """Yield what the summary boxes say of the facts that have a label in the lexicon.

    Args:
        reading: The document.
        texts: Folded text by block.
        entries: Facts looked for in this piece.
        search: What tells which blocks hold a label.
    """
    for index, labelled in search.announced((entry, entry.label_words) for entry in entries):
        for entry in labelled:
            yield from _block(reading, texts, reading.document.blocks[index], entry)


def _block(reading: Reading, texts: list[str], block: Block, entry: Entry) -> Iterator[Candidate | NearMiss]:
    text = texts[block.index]
    pattern = compiled(
        rf"{_BEFORE_LABEL}\s{{0,4}}(?:{entry.labels})\s{{0,4}}(?:[:\t]\s{{0,4}})?{_VALUE}\s{{0,4}}{_AFTER_VALUE}"
    )
    found = False
    for match in pattern.finditer(text):
        found = True
        yield from _by_lot(reading, text, block, entry, match)
    if not found:
        yield from _boxed(reading, text, block, entry)
    if not found and entry.by_lot and entry.fact.startswith(_CLAUSES):
        yield from _lots_alone(reading, text, block, entry)
    if not found and len(text) <= _LONGEST_LABEL:
        yield from _label_alone(reading, texts, block, entry)


def _by_lot(
    reading: Reading, text: str, block: Block, entry: Entry, told: re.Match[str]
) -> Iterator[Candidate | NearMiss]:
    """Yield an answer for the lots beside it, or for the market, then those of the other lots."""
    answer: re.Match[str] | None = told
    while answer is not None:
        lots = _OF_LOTS.match(text, answer.end()) if entry.by_lot else None
        evidence = reading.evidence(block, told.start(), lots.end() if lots else answer.end())
        answered_for = scopes(lots[0], "") if lots else (MARCHE,)
        for scope in answered_for:
            yield _answer(entry, answer.group("reponse"), evidence, scope)
        # « Lot réservé : non » after an answer is another label, that names no lot.
        goes_on = lots is not None and MARCHE not in answered_for and ":" not in lots[0]
        answer = _NEXT_ANSWER.match(text, lots.end()) if lots and goes_on else None


def _boxed(reading: Reading, text: str, block: Block, entry: Entry) -> Iterator[Candidate | NearMiss]:
    """Read "Considérations sociales : ☒ oui ☐ non" on one line."""
    pattern = compiled(rf"{_BEFORE_LABEL}\s{{0,4}}(?:{entry.labels})\s{{0,4}}[:\t]\s{{0,4}}(?=[{EMPTY}{TICKED}])")
    for match in pattern.finditer(text):
        answer = answered(text[match.end() :])
        evidence = reading.evidence(block, match.start(), min(len(text), match.end() + _LONGEST_LABEL))
        if answer in (IS_TICKED, ANSWERED_NO):
            yield Candidate(entry.fact, answer == IS_TICKED, evidence, entry.label_confidence)


def _lots_alone(reading: Reading, text: str, block: Block, entry: Entry) -> Iterator[Candidate]:
    """Read "Clause sociale : lots 1 et 2": the lots are the answer."""
    pattern = compiled(rf"{_BEFORE_LABEL}\s{{0,4}}(?:{entry.labels})\s{{0,4}}[:\t]\s{{0,4}}{_THESE_LOTS}")
    match = pattern.search(text)
    for scope in scopes(match["lots"], "") if match else ():
        if scope != MARCHE and match:
            evidence = reading.evidence(block, match.start(), match.end())
            yield Candidate(entry.fact, True, evidence, entry.label_confidence, scope)


def _label_alone(reading: Reading, texts: list[str], block: Block, entry: Entry) -> Iterator[Candidate | NearMiss]:
    """A label and its answer in two paragraphs one after the other."""
    if block.index + 1 >= len(texts) or block.kind == "title":
        return
    if not compiled(rf"\W{{0,4}}(?:{entry.labels})\s{{0,4}}:?\s{{0,4}}").fullmatch(texts[block.index]):
        return
    answer = re.fullmatch(rf"\W{{0,4}}{_VALUE}\W{{0,4}}", texts[block.index + 1])
    if answer is None:
        return
    following = reading.document.blocks[block.index + 1]
    if _BOX.search(texts[block.index + 1]):
        yield from _ticked_below(reading, texts, following, entry)
    else:
        yield _answer(entry, answer.group("reponse"), reading.evidence(following))


def _ticked_below(reading: Reading, texts: list[str], first: Block, entry: Entry) -> Iterator[Candidate | NearMiss]:
    """Read "☐ Oui" and "☒ Non" one under the other: only the ticked one answers."""
    for block in reading.document.blocks[first.index : first.index + 2]:
        ticked = re.fullmatch(rf"\W{{0,4}}[{TICKED}]\W{{0,4}}{_VALUE}\W{{0,4}}", texts[block.index])
        if ticked:
            yield _answer(entry, ticked.group("reponse"), reading.evidence(block))
            return
    yield NearMiss(entry.fact, reading.evidence(first), UNDECIDED, undecided=True)


def _answer(entry: Entry, word: str, evidence: Evidence, scope: Scope = MARCHE) -> Candidate | NearMiss:
    if word.startswith("preconisation"):
        return NearMiss(entry.fact, evidence, "préconisations seulement : rien n'est exigé")
    value = not (word in _WITHOUT or word.startswith("non"))
    return Candidate(entry.fact, value, evidence, entry.label_confidence, scope)
