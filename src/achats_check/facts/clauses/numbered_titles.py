"""Numbered titles: those that share a paragraph with their text ("B.4 Retenue de garantie. 5 %"), and their number."""

from __future__ import annotations

from achats_check.patterns import compiled

_TITLE = compiled(
    r"\W{0,3}(?:art(?:icle|\.)?\s{0,2})?(?:[a-z][.\-]?)?\d{1,2}(?:[.\-]\d{1,2}){0,4}\s{0,2}[-.):]{0,2}\s{1,2}"
    r"(?P<titre>[a-z][^.:;\t?!\d]{3,60})(?P<point>\.)\s{1,3}\S"
)
"""A numbered title that a full stop parts from its text."""
SENTENCE = compiled(r"\b(?:est|sont|sera|seront|doi(?:t|vent)|devra|devront|comporte|prevoit|fixe|prend|ont|fait)\b")
"""A verb: what stands before the stop is a sentence, and no title."""
_TOLD = frozenset({"paragraph", "title", "list_item"})
_REACH = 90
"""Characters within which such a title and its stop stand."""


_NUMBER_OF_A_UNIT = compiled(
    r"\W{0,3}(?:(?:article|art\.?|chapitre|titre|partie|section|volet)\s{1,2}(?:n\s?°\s?)?)?(?P<number>\d{1,2}(?:[.\-]\d{1,2}){0,3})"
    r"\s?[-–—.):/]{0,2}\s{0,2}(?=(?:heures?|postes?|emplois?|personnes?|salaries|jeunes|apprentis|lots?|mois|ans?)\b)"
)
"""The number of a title that a unit follows: "4 Heures réservées à l'insertion" tells no four hours."""


def without_its_number(kind: str, text: str) -> str:
    """Return a folded title, of the same length, without the number that would be read as a quantity of its words."""
    head = _NUMBER_OF_A_UNIT.match(text) if kind == "title" else None
    if head is None:
        return text
    return f"{text[: head.start('number')]}{'.' * len(head['number'])}{text[head.end('number') :]}"


def joined_to_its_text(kind: str, text: str) -> str:
    """Return the folded text of a block, of the same length, its numbered title held with what it is about.

    A colon parts them instead of a full stop: "B.4 Retenue de garantie. 5 %" tells the rate of the guarantee, as
    "Retenue de garantie : 5 %" does.
    """
    if kind not in _TOLD or ". " not in text[:_REACH]:
        return text
    head = _TITLE.match(text)
    if head is None or SENTENCE.search(head["titre"]):
        return text
    return f"{text[: head.start('point')]}:{text[head.end('point') :]}"
