"""An object that a cover cuts over several lines: which of the lines below go on with it."""

from __future__ import annotations

from achats_check.facts.structure.scan import Text
from achats_check.patterns import compiled

_LINKS = (
    r"(?:de|du|des|la|le|les|et|ou|a|au|aux|pour|dans|sur|avec|en|par|sous|entre|vers|ainsi que|y compris"
    r"|comprenant|concernant|destine\w*|situe\w*|relati\w+|necessaires?)\b|d'|l'"
)
_CUT = rf"(?:^|[ '])(?:{_LINKS}|&|-)\s*$|,\s*$"
"""A line that stops in the middle of a phrase."""
_GOES_ON = rf"(?:{_LINKS})[ a-z0-9]"
"""What opens a line that goes on with the one above it, in small letters or all in capitals."""
_ANOTHER = (
    r"[:€\t]|(?:\b\w ){5}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2}|\.{3}|^(?:par|sous|a|en|selon) (?:(?:la |une )?procedure|marche|bons?\b|accord"
    r"|application|lot unique|variante|compter|remettre|l'article|l'attention|la date)"
    r"|^(?:de|du|des|au|aux) (?:moins|plus)\b|^(?:le|la|les|l'|et) ?(?:\d|lundi|mardi|mercredi|jeudi|vendredi)"
    r"|\b(?:procedure|article|sommaire|cahier|reglement|consultation|acte d'engagement|passe|conclu|lance|dossier de"
    r"|pouvoir adjudicateur|maitre d'o\w+|maitrise d'ouvrage|candidat|titulaire|date|ccap|cctp|siret|cedex|est|sont)\b"
)
"""Another label, another title, or a sentence."""
_NEW_START = (
    r"\W|(?:lots?|tranches?|phases?|marches?|page|version|indice|n|ref\w*|annexe|www|https?|tel|fax)\b|[^ ]*[@/]"
)
"""What a line in small letters opens with that does not go on with the one above."""
_MOST_LINES = 4
_LONGEST = 120
_WHOLE = 300


def lines_below(text: Text, index: int, start: int) -> list[str]:
    """Return the lines that go on with an object that fills its line from ``start``, as written, [] for most.

    Args:
        text: The document.
        index: Block where the object starts.
        start: Where it starts in this block.
    """
    told: list[str] = []
    last, length = index, len(text.folded[index]) - start
    first = text.blocks[index].text[start:].strip()
    led = first.endswith(":") and is_cut(text.folded[index])
    if text.blocks[index].kind == "row" or len(first) > _LONGEST or (first.endswith((".", ";", ":")) and not led):
        return []
    for below in text.following(index, _MOST_LINES):
        raw, folded = text.blocks[below].text.strip(), text.folded[below].strip()
        length += len(raw)
        if below != last + 1 or length > _WHOLE or len(raw) > _LONGEST or text.blocks[below].kind == "row":
            break
        if compiled(_ANOTHER).search(folded) or not (is_cut(text.folded[last]) or _goes_on(text, last, raw, folded)):
            break
        told.append(raw)
        last = below
        if raw.endswith((".", ";")):
            break
    return told


def is_cut(folded: str) -> bool:
    """Say whether a line stops in the middle of a phrase."""
    return compiled(_CUT).search(folded.rstrip(" :")) is not None


def _goes_on(text: Text, above: int, raw: str, folded: str) -> bool:
    """Say whether a line opens with a word that links it: in small letters, or in capitals under capitals."""
    if compiled(_GOES_ON).match(folded) is None:
        return raw[:1].islower() and compiled(_NEW_START).match(folded) is None
    return raw[:1].islower() or (raw.isupper() and text.blocks[above].text.isupper())
