"""European notices as they are printed or copied from the web: numbered sections, « 5.1. Lot : LOT-0001 », labels."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from weakref import WeakKeyDictionary

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.codes import SPEAKS_OF_LOTS
from achats_check.facts.european_form import Part, parts_of
from achats_check.facts.structure.scan import Text, missed, said, text_of
from achats_check.facts.structure.weight_items import Item, of_money, total
from achats_check.facts.terms import Subject, Term, opening
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_PURCHASE = r"\W*2\.1\.? ?procedure\W*"
_NOTICE = r"\s*avis de (?:marche|concession)[^\n]{0,40} - regime ordinaire\s*"
_SECTION = r"\W*(?:section )?\d{1,2}\.(?:\d{1,2}\.?){0,2} ?[a-z]"
_LABEL = (
    r"\s*(titre|duree|nombre maximal de (?:renouvellement|reconduction)s?|type|nom|description|[^:]{0,80}?) ?"
    r"(?:\(b[tg]-\d{1,4}\b[^()\n]{0,20}\) ?)?: ?(?=\S)"
)
_SPAN = r"(\d{1,3}) ?(mois|months?|annees?|ans?|years?)\b"
_WEIGHT = (
    r"(?:[^:]{0,60}\bnombre|nombre (?:d[eu] )?criteres?[^:]{0,40}|ponderation[^:]{0,60}) ?:"
    r" ?(\d{1,3}(?:[.,]\d{1,2})?) ?%?\s*$"
)
_WHOLE = 100


def find(reading: Reading, natures: Subject) -> Iterator[Candidate | NearMiss]:
    """Yield the object and its kind, the lots with their titles, and how long each lasts."""
    text = text_of(reading)
    yield from _purchase(reading, text)
    yield from _kind(reading, text, natures)
    parts = _parts(text)
    if not parts:
        return
    yield from _lots(reading, text, parts)
    yield from _durations(reading, text, parts)


def criteria(text: Text, natures: Sequence[Term]) -> Iterator[tuple[Scope, list[Item], list[Item]]]:
    """Yield the criteria of each lot that add up to a hundred and weigh the price, with its scope."""
    parts = _parts(text)
    for part in parts:
        items = _weighted(text, part.blocks)
        if total(items) == _WHOLE and of_money(items, natures):
            yield _scope(part, parts), items, items


_parted: WeakKeyDictionary[Text, list[Part]] = WeakKeyDictionary()


def _parts(text: Text) -> list[Part]:
    """Return the lots in their order, [] for what is no such notice; cut once, for each amount asks whose it is."""
    found = _parted.get(text)
    if found is None:
        headings = text.having("5.1", "lot lot", "lot: lot", "lot : lot")
        found = _parted[text] = parts_of(text.folded, headings)
    return found


def lot_at(text: Text, index: int) -> str | None:
    """Return the lot whose part of a printed notice holds a line; None outside of them, and for a notice of one lot."""
    parts = _parts(text)
    return next((part.number for part in parts if index in part.blocks), None) if len(parts) > 1 else None


def _scope(part: Part, parts: Sequence[Part]) -> Scope:
    return Scope("lot", part.number) if len(parts) > 1 else MARCHE


def _labelled(text: Text, blocks: Sequence[int], label: str) -> Iterator[tuple[int, int]]:
    """Yield (block, start) of what stands after a label."""
    for index in blocks:
        match = compiled(_LABEL).match(text.folded[index])
        if match is not None and compiled(label).fullmatch(match[1].strip()):
            yield index, match.end()


def _purchase(reading: Reading, text: Text) -> Iterator[Candidate]:
    for index in text.having("2.1"):
        if compiled(_PURCHASE).fullmatch(text.folded[index]) is None:
            continue
        below = list(text.following(index, 4))
        stop = next((b for b in below if compiled(_SECTION).match(text.folded[b])), None)
        for titled, start in _labelled(text, below[: below.index(stop)] if stop is not None else below, "titre"):
            yield _named(reading, text, titled, start, MARCHE)
            return


def _kind(reading: Reading, text: Text, natures: Subject) -> Iterator[Candidate]:
    """The line under the name of the notice: "Avis de marché – régime ordinaire", then "Services"."""
    for index in text.having("regime ordinaire"):
        if compiled(_NOTICE).fullmatch(text.folded[index]) is None:
            continue
        for below in text.following(index, 1):
            kind = opening(natures["formulaires"], text.folded[below].strip())
            if kind is not None and len(text.folded[below].split()) == 1:
                yield said(reading, "type", kind, text.blocks[below], (0, len(text.folded[below])), 0.93)


def _named(reading: Reading, text: Text, index: int, start: int, scope: Scope) -> Candidate:
    raw = " ".join(text.blocks[index].text[start:].split())
    return said(reading, "objet", raw, text.blocks[index], (start, len(text.folded[index])), 0.93, scope)


def _lots(reading: Reading, text: Text, parts: Sequence[Part]) -> Iterator[Candidate]:
    first = parts[0].blocks[0] if parts[0].blocks else 0
    titles = {part.number: next(_labelled(text, part.blocks[:6], "titre"), None) for part in parts}
    if len(parts) == 1:
        title = titles[parts[0].number]
        if title is None or compiled(SPEAKS_OF_LOTS).search(text.folded[title[0]], title[1]):
            return
        yield said(reading, "alloti", False, text.blocks[title[0]], (0, len(text.folded[title[0]])), 0.85)
        yield said(reading, "nombre_lots", 1, text.blocks[title[0]], (0, len(text.folded[title[0]])), 0.85)
        return
    for number, title in titles.items():
        if title is not None:
            yield _named(reading, text, *title, Scope("lot", number))
    yield said(reading, "alloti", True, text.blocks[first], (0, len(text.folded[first])), 0.9)
    yield said(reading, "nombre_lots", len(parts), text.blocks[first], (0, len(text.folded[first])), 0.85)


def _durations(reading: Reading, text: Text, parts: Sequence[Part]) -> Iterator[Candidate | NearMiss]:
    for part in parts:
        renewed = any(
            text.folded[index][start:].strip(" .") != "0"
            for index, start in _labelled(text, part.blocks, "nombre maximal de (?:renouvellement|reconduction)s?")
        )
        for index, start in _labelled(text, part.blocks, "duree"):
            match = compiled(_SPAN).match(text.folded[index], start)
            if match is None:
                continue
            span = (0, len(text.folded[index]))
            if renewed:
                reason = "durée sans ses reconductions, dont l'avis ne dit pas la longueur"
                yield missed(reading, "duree_mois", text.blocks[index], span, reason)
                continue
            months = int(match[1]) * (1 if match[2].startswith("mo") else 12)
            yield said(reading, "duree_mois", months, text.blocks[index], span, 0.9, _scope(part, parts))


def _weighted(text: Text, blocks: Sequence[int]) -> list[Item]:
    """Return the criteria of a lot: « Critère : » opens each, « Type », « Nom » and a weight follow it."""
    items: list[Item] = []
    name = kind = ""
    for index in blocks:
        folded = text.folded[index].strip()
        if compiled(r"\W*criteres? ?:?").fullmatch(folded):
            name = kind = ""
            continue
        weight = compiled(_WEIGHT).match(folded)
        label = compiled(_LABEL).match(text.folded[index])
        if weight is not None and (name or kind):
            block, value = text.blocks[index], Decimal(weight[1].replace(",", "."))
            items.append(Item(name or kind, value, 0, block, 0, len(block.text), "%"))
            name = kind = ""
        elif label is not None and label[1].strip() in ("type", "nom", "description"):
            said_so = " ".join(text.blocks[index].text[label.end() :].split())
            kind = said_so if label[1].strip() == "type" else kind
            name = name if label[1].strip() == "type" or name else said_so
    return items
