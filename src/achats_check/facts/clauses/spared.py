"""Lots that the article of a clause spares: "Les lots 3 et 4, faute de structure relais, n'y sont pas soumis"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.patterns import compiled

SPARED = "social.lots_dispenses"
"""Name of the candidates that carry such lots, which serve to part them from the others only."""
_NOT = r"(?:\w+ment |donc |toutefois )?(?:pas|point|aucunement|nullement)(?: \w+ment| encore)?"
_HELD = r"(?:soumi|assujetti|tenu|astrein|concern|vis|impos|appliqu|intere)\w*"
_THIS_CLAUSE = (
    r"(?:cette|ces|la presente|ladite|lesdites|telle|pareille) (?:clause|obligation|disposition|condition|exigence"
    r"|demarche|mesure|stipulation)s?"
)
_SPARED = compiled(
    rf"\b(?:n'y|ne (?:lui|leur)) (?:est|sont|sera|seront) {_NOT} {_HELD}"
    rf"|\b(?:ne (?:lui|leur) )(?:est|sont|sera|seront) {_NOT} \w*(?:demande|exige|impose|applique)\w*"
    r"|\b(?:en|y) (?:est|sont|sera|seront|demeure\w*|reste\w*) (?:\w+ment |donc |tous |toutefois )?"
    r"(?:exempt|dispens|exoner|exclu|ecarte|soustrai|affranchi|echapp)\w*"
    r"|\by echapp\w+|\bn'en (?:a|ont|comporte(?:nt)?|prevoi(?:t|ent)|porte(?:nt)?) (?:pas|point|aucune?)\b"
    rf"|\b(?:n'est|ne sont|ne sera|ne seront) {_NOT} {_HELD} (?:par|a|d[e']) {_THIS_CLAUSE}"
    rf"|\b(?:n'est|ne sont|ne sera|ne seront) {_NOT} (?:concern|soumi|assujetti|vis)\w*(?=\s*(?:[.;,(]|$))"
    rf"|\b(?:est|sont|sera|seront) (?:exempt|dispens|exoner|exclu)\w* d[eu] {_THIS_CLAUSE}"
)
"""How a lot is said to be out of what the article is about."""
_SUBJECT = compiled(
    r"[^a-z\d]{0,4}(?:\d{1,2}(?:\.\d{1,2}){0,3}\s?[-–.):]{0,2}\s)?"
    r"(?:(?:toutefois|en revanche|cependant|par exception|a l'inverse|seuls?|quant au|quant aux|pour|ainsi|enfin),? )?"
    r"(?:les? |l'|du |des |aux? )?(?:(?:titulaires?|attributaires?|entreprises?|prestations?|travaux) (?:d[eu]s? ))?"
    r"lots? ?(?:n ?° ?s? ?)?\d"
)
"""How the sentence opens whose subject is a lot."""
_SOCIAL = compiled(
    r"\binsertion\b(?! (?:paysagere|urbaine|architecturale))|clauses? sociales?|eloignee?s? d(?:e l'emploi|u travail)"
    r"|(?:acces|retour|parcours|chemins?|passerelles?|tremplins?|promotion|aide) (?:a|de|vers|pour|par) l'emploi"
    r"|(?:volet|conditions?|obligations?|engagements?|considerations?) socia|(?:publics?|personnes?) (?:\w+ )?"
    r"(?:prioritaires|en difficultes?|sans emploi)|difficultes (?:sociales|professionnelles|d'emploi)"
)
"""What the titles above, or the sentences before, are about."""
_GREEN = compiled(r"environnement|dechet|carbone|ecolog|reemploi|energ")
ALONE = "social.lots_seuls"
"""Name of the candidates that carry the lots which have a clause, where it is denied of all the others."""
_THE_OTHERS = compiled(
    r"[^a-z\d]{0,4}(?:(?:toutefois|en revanche|cependant|a l'inverse|pour|quant aux),? )?(?:tous )?"
    r"(?:les|aux|des|dans les|pour les) (?:titulaires des |attributaires des )?(?:autres lots|lots restants)\b"
)
_LACK = compiled(
    rf"(?:\bne |\bn'(?:en )?)(?:comporte|prevoi|contien|inclu|impos|est |sont |seront |fait |font |a |ont )\w* ?"
    rf"(?:\w+ment )?(?:pas|point|aucune?|nullement)\b"
    r"|\b(?:sans|aucune?) (?:clauses?|obligations?|heures?|conditions?)\b"
    rf"|{_SPARED.pattern}"
)
"""How the other lots are said to have no clause."""
_BEFORE = 420
_STOP = compiled(r"[.;](?=\s)(?<!\b[lrdn]\.)(?<!\bart\.)")
_CONFIDENCE = 0.88


def find_spared(reading: Reading, texts: Sequence[str], headings: Headings) -> Iterator[Candidate]:
    """Yield the lots that an article about a social clause spares.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block, match, left, right in _told(reading, texts, _SPARED, ("lot",)):
        text = texts[block.index]
        lots = lot_numbers(text[left : match.start()])
        if lots and _SUBJECT.match(text, left) is not None and _is_social(texts, headings, block.index, left):
            yield Candidate(SPARED, lots, reading.evidence(block, left, right), _CONFIDENCE)


def find_others_spared(reading: Reading, texts: Sequence[str], headings: Headings) -> Iterator[Candidate]:
    """Yield the lots of a social clause that the next sentence denies of all the others.

    "Une clause d'insertion est prévue pour les lots 1 et 2. Les autres lots n'en comportent pas."

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block, _, left, right in _told(reading, texts, _LACK, ("autres lots", "lots restants")):
        text = texts[block.index]
        if _THE_OTHERS.match(text, left) is None:
            continue
        if not _SOCIAL.search(text, left, right) and not _is_social(texts, headings, block.index, left):
            continue
        lots = _lots_told_before(texts, headings, block.index, left)
        if lots:
            yield Candidate(ALONE, lots, reading.evidence(block, left, right), _CONFIDENCE)


def _told(
    reading: Reading, texts: Sequence[str], pattern: re.Pattern[str], words: Sequence[str]
) -> Iterator[tuple[Block, re.Match[str], int, int]]:
    """Yield what a pattern finds in lines that hold one of some words, with its sentence, not about the environment."""
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind in ("row", "title") or not any(word in text for word in words):
            continue
        for match in pattern.finditer(text):
            left, right = sentence(text, match.start(), match.end())
            if not _GREEN.search(text, left, right):
                yield block, match, left, right


def _lots_told_before(texts: Sequence[str], headings: Headings, index: int, left: int) -> tuple[str, ...]:
    """Return the lots of the social clause told last before a sentence, in its block, the one above or its title."""
    above = texts[index - 1] if index else ""
    for before in (texts[index][:left], above):
        for told in reversed(_STOP.split(before)):
            lots = lot_numbers(told)
            if lots:
                return lots if _SOCIAL.search(told) and not _LACK.search(told) else ()
    title = headings.own(index).partition("\n")[0]
    return lot_numbers(title) if _SOCIAL.search(title) else ()


def _is_social(texts: Sequence[str], headings: Headings, index: int, left: int) -> bool:
    """Tell whether a sentence stands in an article on a social clause, or just after what tells one."""
    above = texts[index - 1] if index else ""
    before = f"{above} {texts[index][:left]}"[-_BEFORE:]
    if _GREEN.search(before):
        return False
    return _SOCIAL.search(headings.above(index)) is not None or _SOCIAL.search(before) is not None
