"""What a notice says it buys: its title, or its description where the title is a reference or names no purchase."""

from collections.abc import Iterator, Sequence
from html import unescape

from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_DESCRIPTIONS = {
    "eforms": ("ProcurementProject/Description",),
    "ted": ("OBJECT_CONTRACT/SHORT_DESCR/P", "OBJECT_CONTRACT/OBJECT_DESCR/SHORT_DESCR/P"),
    "boamp": ("DONNEES/OBJET/LOTS/LOT/DESCRIPTION",),
}
"""Where each format describes the purchase; the BOAMP's first description is in its table, as a second title."""
_OPENING = (
    r"\s*(?:l[ae] presente? (?:consultation|marche|contrat|accord[- ]cadre|procedure)"
    r"|l'objet (?:de la consultation|du marche|du contrat|de l'accord[- ]cadre)"
    r"|la consultation|le (?:marche|contrat)|l'accord[- ]cadre)"
    r" (?:a pour objet|concerne|porte sur|est|consiste (?:en|a))\s*:?\s*(?=\w)(?:de |d'(?=[aeiouh]))?"
)
"""How a sentence leads to the purchase: « La présente consultation a pour objet … »."""
_WORD = r"(?<![\w/-])[a-z]{3,}(?![\w/-])"
_PLACE = r"(?:l[ae]s? )?[\w'’-]+(?: (?:de |du |des |et |sur |en |sous |la |d')(?:l[ae]s? )?[\w'’-]+)?(?![\w'’-])"
"""A name in one word, or in two that a small word joins: two more would be what is bought there."""
_NO_PURCHASE = (
    r"\W*(?:(?:avis d')?appels? (?:public )?(?:a |de )?(?:la )?(?:manifestations? d'interet|concurrence|candidatures?"
    r"|projets?)|avis de (?:marche|concession|consultation)|(?:procedure|marche) adaptee?|mapa|appel d'offres(?: ouvert"
    r"| restreint)?|consultation|marche(?: public)?(?: de (?:travaux|services?|fournitures?(?: et (?:de )?services)?))?"
    rf"|(?:(?:ville|commune|mairie|departement) (?:de |d'|des |du )|region (?:de |d'|des |du )?){_PLACE})\W*"
)
"""Titles that say how one buys, or who does, and not what."""
_SENTENCE = (
    r"(?:l[ea]s?|l'\w+|une?|ces?|cette?|dans|afin|il|elle|chaque|tou[ts]|toutes|voir|cf|se reporter|lot|conforme\w*"
    r"|volume|en|par|sur|selon|suite|titre)\b"
)
"""What opens a sentence about the purchase, which does not name it in a few words."""
_LONGEST = 300
_AT_LENGTH = (
    r"\b(?:gestion|exploitation|fournitures?|travaux|entretien|realisation|prestations?|etudes?|maintenance|nettoyage"
    r"|construction|amenagement|acquisition|achat|location|collecte|transports?|livraison) d(?:e|u|es)\b"
)
"""Words of a sentence that says what is bought, though it does not name it in a few."""


def named(fields: Fields, found: Sequence[Found | Doubt]) -> Iterator[Found | Doubt]:
    """Yield what was found, the title of the whole purchase put right.

    A sentence is cut to what it names. A title that is a reference ("2031-AC-04") or names no purchase ("Avis de
    marché") gives way to the description, when that opens with one; a title that only names the buyer is dropped.
    """
    titles = [item for item in found if isinstance(item, Found) and item.name == "objet" and not item.lot]
    good = [item for item in titles if not _is_poor(str(item.value))]
    if titles and len(good) == len(titles):
        kept = [_cut(item) for item in good]
    else:
        places = {item.field.place for item in titles if item not in good}
        lines = [_cut(item) for item in good if item.field.place in places]
        others = [told for item in good for told in _in_description(item.field)]
        kept = [*lines, *others, *_described(fields)][:1]
        kept = kept or [t for t in titles if _is_reference(str(t.value))] or list(_told_at_length(fields))[:1]
    yield from (item for item in found if item not in titles)
    yield from kept


def _is_poor(title: str) -> bool:
    return _is_reference(title) or _says_nothing(title)


def _is_reference(title: str) -> bool:
    """Say whether a title is only letters and figures of the buyer's own: not one word, or hardly a letter."""
    folded = fold(title).strip()
    return not compiled(_WORD).search(folded) and (any(sign.isdigit() for sign in folded) or len(folded) < 4)


def _says_nothing(title: str) -> bool:
    return compiled(_NO_PURCHASE).fullmatch(fold(title)) is not None


def _cut(item: Found) -> Found:
    """Leave out the opening of a sentence that only leads to the purchase."""
    title = unescape(unescape(str(item.value)))  # some forms escape twice: « &amp;quot; »
    lead = compiled(_OPENING).match(fold(title))
    if lead is None:
        return item._replace(value=title)
    rest = title[lead.end() :].strip()
    return item._replace(value=rest[:1].upper() + rest[1:]) if len(rest) > 10 else item


def _described(fields: Fields) -> Iterator[Found]:
    for path in _DESCRIPTIONS.get(fields.document.format, ()):
        described = fields.in_french(path)
        for field in described:
            if not field.lot or path.count("OBJECT_DESCR") or len(described) == 1:
                yield from _in_description(field)


def _told_at_length(fields: Fields) -> Iterator[Found]:
    """Yield the first sentence of the only description: better than a title that names the town and nothing else."""
    for path in _DESCRIPTIONS.get(fields.document.format, ()):
        described = fields.in_french(path)
        if len(described) == 1:
            first, _ = _first_sentence(described[0])
            if compiled(_AT_LENGTH).search(fold(first)):
                yield Found("objet", first[:1].upper() + first[1:], described[0], 0.6)


def _first_sentence(field: Field) -> tuple[str, bool]:
    """Return the first sentence of a description, and whether it opened with what leads to the purchase."""
    text = " ".join(field.text.split())
    lead = compiled(_OPENING).match(fold(text))
    text = text[lead.end() if lead else 0 :]
    return compiled(r"(?<=[a-zà-ÿ)])\.(?=\s|$|[a-zà-ÿ])|;").split(text)[0][:_LONGEST].strip(" :-"), lead is not None


def _in_description(field: Field) -> Iterator[Found]:
    first, lead = _first_sentence(field)
    folded = fold(first)
    if len(compiled(_WORD).findall(folded)) >= 3 and (lead or not compiled(_SENTENCE).match(folded)):
        yield Found("objet", first[:1].upper() + first[1:], field, 0.85)
