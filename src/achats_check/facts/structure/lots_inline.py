"""Lots listed in one sentence ("lot 1 : Gros œuvre ; lot 2 : Charpente"), or each above its name."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.codes import lot_number
from achats_check.facts.structure.scan import Text
from achats_check.patterns import compiled

_ITEM = (
    r"\blot (?:n ?° ?)?(\d{1,2}) ?[:–-] ?(?:\d[\d .]{3,12} )?(?=[a-z])([^;:\n]{3,120}?)"
    r"(?=\s*(?:[;:\n]|\.\s*$|\.\s|$)|[\s/,]*lot (?:n ?° ?)?\d{1,2} ?[:–-])"
)
_BARE_ITEM = (
    r"(?:^|[:,;/] ?|\bet )lot n ?° ?(\d{1,2}) (?=[a-z])([^;:,.\n]{3,80}?)"
    r"(?=\s*(?:[;\n]|\.\s*$|\.\s|$)|\s*(?:,|/|\bet\b)\s*(?:et )?lot n ?° ?\d)"
)
"""« lot n°1 Gants, lot n°2 Chaussures »: no sign after the number, each lot right after a comma."""
_LEAST = 2
"""Lots that a list holds, and times that it says the word."""
_FIGURE = r"\b(?:\d+|une?|deux|trois|quatre|cinq|six|huit|dix|douze) ?(?:mois|ans?|jours|heures|h|€|euros|%)\b|\bvoir\b"


def inline_lots(text: Text) -> Iterator[tuple[int, str, int, int]]:
    """Yield (block, number, start and end of the name) of lots numbered from 1 in one block, two at least."""
    for index in text.having("lot"):
        folded = text.folded[index]
        if folded.count("lot") < _LEAST:
            continue
        items = list(compiled(_ITEM).finditer(folded))
        if not items and folded.count("lot n") >= _LEAST:
            items = list(compiled(_BARE_ITEM).finditer(folded))
        numbers = [int(item[1]) for item in items]
        if len(items) < 2 or numbers != list(range(1, len(items) + 1)):
            continue
        if not any(compiled(_FIGURE).search(item[2]) for item in items):
            yield from ((index, lot_number(item[1]), *item.span(2)) for item in items)


_APART = (
    r"\((?:le )?lot (?:n ?° ?)?(\d{1,2})\)"
    r"|(?:€|\beur\w*(?:\(s\))?)(?: ?\(?h\.?t\.?\)?)? (?:pour|au titre du) (?:le )?lot (?:n ?° ?)?(\d{1,2})\b"
)
"""« des gants (lot 1) et des bottes (lot 2) », « 50 000 € HT pour le lot 1 et 40 000 € HT pour le lot 2 »."""
_ANY = (
    r"\blots? (?:n ?° ?|numeros? )?(\d{1,2})\b"
    r"(?:(?:,| et| a| au) (?:le )?(\d{1,2})\b(?! ?(?:\d|mois|ans|€|eur)))?"
)
"""A lot that a sentence names, or two of them: « les lots 1 et 3 »."""
_TECHNICAL = r"technique|macro|corps d'etat|preceden|ancien"


def lots_apart(text: Text) -> Iterator[tuple[int, int]]:
    """Yield (block, count) where each lot, from the first to the last that the piece names, is told apart."""
    told: dict[int, set[int]] = {}
    for index in text.having("lot 1)", "le lot 1", "lot n°1", "lot n° 1"):
        numbers = {int(match[1] or match[2]) for match in compiled(_APART).finditer(text.folded[index])}
        if len(numbers) >= _LEAST and not compiled(_TECHNICAL).search(text.folded[index]):
            told[index] = numbers
    words = (word for match in compiled(_ANY).finditer(text.joined) for word in match.groups() if word) if told else ()
    last = max(map(int, words), default=0)
    yield from ((index, last) for index, numbers in told.items() if numbers == set(range(1, last + 1)))


_ALONE = r"\W*lots? (?:n ?° ?)?0?(\d{1,2})\W*"
_NO_NAME = (
    r"^\W*\d|€|\d ?(?:eur|%|ht\b)|\d{1,2}/\d{1,2}/\d{2}"
    r"|\b(?:montant|titulaire|total|prix|date|signature|entreprise|cachet|oui|non|voir|sans|lot|offre|candidat)\b"
)
_LONGEST = 120


def stacked_lots(text: Text) -> Iterator[tuple[int, str, int, int]]:
    """Yield (block, number, start and end of the name) of lots told as "Lot 1", the name on the next line.

    They are numbered from 1, two at least, each with a name of its own: a form repeats the same words under each.
    """
    found: list[tuple[int, str]] = []
    for index in text.having("lot"):
        match = compiled(_ALONE).fullmatch(text.folded[index])
        below = next(text.following(index, 1), None) if match is not None else None
        if match is None or below is None or text.blocks[index].kind == "row":
            continue
        name = text.folded[below].strip()
        if match[1] in {number for _, number in found}:
            continue
        if not 4 <= len(name) <= _LONGEST or compiled(_NO_NAME).search(name) or text.blocks[below].kind == "row":
            return
        found.append((below, match[1]))
    names = {text.folded[below].strip() for below, _ in found}
    numbers = [int(number) for _, number in found]
    if len(found) > 1 and len(names) == len(found) and numbers == list(range(1, len(found) + 1)):
        yield from ((below, lot_number(number), 0, len(text.folded[below])) for below, number in found)
