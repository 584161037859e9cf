"""The lots of a notice: which there are, under what number, and what they all share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.facts.codes import SPEAKS_OF_LOTS
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.text import fold
from achats_check.model.fact import MARCHE, STRUCTURED, Scope, Value
from achats_check.patterns import compiled
from achats_check.vocabulary import FactSpec

_WRITTEN = r"(?:.*[^a-z0-9])?(?:lot|l)\s*(?:n\s?[°o]\s?\.?\s*)?[-_ ]?0*(\d{1,3})|0*(\d{1,3})"
_TITLED = r"\W*lot\s*(?:n\s?[°o]\s?\.?\s*)?[-_ ]?0*(\d{1,3})(?!\d)"
_KEYED = r"lot-0*(\d{1,4})"
_SEARCHED = 80
"""First characters of a number or of a title, where the number of a lot may stand."""
_PATHS = {
    "eforms": (("ProcurementProjectLot/ProcurementProject/", "ID", "Name", "Description"),),
    "ted": (("OBJECT_CONTRACT/OBJECT_DESCR/", "LOT_NO", "TITLE/P", "SHORT_DESCR/P"),),
    "boamp": (
        ("DONNEES/OBJET/LOTS/LOT/", "NUM", "INTITULE", "DESCRIPTION"),
        ("AVIS_NATIONAL/lots/lot/", "numLot", "intitule", "description"),
    ),
}
"""Where each format writes the number, the title and the description of a lot."""
_DIVISION = {
    "ted": (("OBJECT_CONTRACT/NO_LOT_DIVISION", False), ("OBJECT_CONTRACT/LOT_DIVISION", True)),
    "boamp": (
        ("DONNEES/OBJET/DIV_EN_LOTS/NON", False),
        ("DONNEES/OBJET/DIV_EN_LOTS/OUI", True),
        ("AVIS_NATIONAL/natureMarche/lotsMarche/non", False),
        ("AVIS_NATIONAL/natureMarche/lotsMarche/oui", True),
    ),
}
"""Fields that say whether the contract is divided, whatever the lots described."""


class Lot(NamedTuple):
    """A lot of a notice."""

    key: str
    """What the notice calls it ("LOT-0002"), or its rank."""
    number: str
    """What people call it."""
    title: Field | None
    """Its title, else its description."""
    first: Field
    """First field of the lot, to show where it stands."""


class Lots:
    """The lots of a notice, and the scope of what each says."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.lots = _lots(fields)
        self.numbers = {lot.key: lot.number for lot in self.lots}
        self.different = len({_content(fields, lot) for lot in self.lots})
        """How many lots there are once those typed twice are taken for one."""

    @property
    def several(self) -> bool:
        """Whether facts may differ from one lot to another."""
        return self.different > 1

    def scope(self, key: str) -> Scope | None:
        """Return the scope of what is said under a key: None for what is no lot (a group of lots)."""
        if not key:
            return MARCHE
        if key not in self.numbers:
            return None
        return Scope("lot", self.numbers[key]) if self.several else MARCHE

    def described(self) -> Iterator[Found | Doubt]:
        """Yield ``alloti``, ``nombre_lots`` and the ``objet`` of each lot."""
        told = None
        for path, divided in _DIVISION.get(self.fields.document.format, ()):
            field = next(self.fields.under(path), None)
            if field is not None:
                told = divided
                yield Found("alloti", divided, field)
                if not divided:
                    yield Found("nombre_lots", 1, field)
        if self.several:
            yield from self._titles()
        if len(self.lots) > 1 and (told is not False or self.several):
            yield from self._count()
        elif self.lots and told is None and self.fields.document.format == "eforms":
            yield from self._single(self.lots[0])

    def _titles(self) -> Iterator[Found]:
        for lot in self.lots:
            name = " ".join(lot.title.text.split()) if lot.title else f"Lot {lot.number}"
            yield Found("objet", name, lot.title or lot.first, 0.95, lot.key)

    def _count(self) -> Iterator[Found]:
        first = self.lots[0].first
        sure = 0.97 if self.fields.document.role == "AAPC" else 0.9
        yield Found("nombre_lots", len(self.lots), first, sure)
        if self.different < len(self.lots):  # a lot typed twice: the notice does not say which count is meant
            yield Found("nombre_lots", self.different, first, sure)
        if self.several:
            yield Found("alloti", True, first, sure)

    def _single(self, lot: Lot) -> Iterator[Found | Doubt]:
        said = " ".join(field.text for field in self.fields.at("ProcurementProject/Name"))
        said += lot.title.text if lot.title else ""
        shown = lot.title or lot.first
        if compiled(SPEAKS_OF_LOTS).search(fold(said)):
            yield Doubt("alloti", shown, "un seul lot dans l'avis, dont l'intitulé parle d'autres lots")
            return
        sure = 0.95 if self.fields.document.role == "AAPC" else 0.8
        yield Found("nombre_lots", 1, shown, sure)
        yield Found("alloti", False, shown, sure)


def _lots(fields: Fields) -> tuple[Lot, ...]:
    firsts: dict[str, Field] = {}
    for field in fields.all:
        if field.lot and (fields.document.format != "eforms" or _is_lot(field.lot)):
            firsts.setdefault(field.lot, field)
    numbers: dict[str, Field] = {}
    titles: dict[str, Field] = {}
    for base, number, *titled in _PATHS.get(fields.document.format, ()):
        numbers |= {field.lot: field for field in fields.at(base + number)}
        for field in (field for end in titled for field in fields.in_french(base + end)):
            titles.setdefault(field.lot, field)
    named = _numbers(list(firsts), numbers, titles)
    return tuple(Lot(key, named[key], titles.get(key), first) for key, first in firsts.items())


def _is_lot(key: str) -> bool:
    """A group of lots (GLO-…) and a part of a planned purchase (PAR-…) are no lots."""
    return not key.upper().startswith(("GLO", "PAR"))


def _numbers(keys: Sequence[str], numbers: Mapping[str, Field], titles: Mapping[str, Field]) -> dict[str, str]:
    """Return the number of each lot: from the first source that gives each its own, else its rank."""
    for source, pattern, whole in ((numbers, _WRITTEN, True), (titles, _TITLED, False)):
        texts = {key: fold(source[key].text[:_SEARCHED]).strip() for key in keys if key in source}
        found = {key: _number(text, pattern, whole) for key, text in texts.items()}
        if len(found) == len(keys) and all(found.values()) and len(set(found.values())) == len(keys):
            return found
    keyed = {key: _number(key.lower(), _KEYED, True) for key in keys}
    if all(keyed.values()) and len(set(keyed.values())) == len(keys):
        return keyed
    return {key: str(rank) for rank, key in enumerate(keys, 1)}


def _number(text: str, pattern: str, whole: bool) -> str:
    match = compiled(pattern).fullmatch(text) if whole else compiled(pattern).match(text)
    return next((group for group in match.groups() if group), "") if match else ""


def _content(fields: Fields, lot: Lot) -> tuple[str, ...]:
    """Return what a lot buys, its own number included, to tell a lot typed twice under two technical keys."""
    own = fields.by_lot[lot.key]
    if fields.document.format == "eforms":
        own = [field for field in own if "/ProcurementProject/" in field.place]
    return tuple(field.text for field in own)


def shared(candidates: Iterable[Candidate], lots: Lots, vocabulary: Mapping[str, FactSpec]) -> Iterator[Candidate]:
    """Yield candidates, those that every lot repeats being said once, of the whole market."""
    own: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.scope.kind == "lot" and lots.several:
            own[(candidate.name, candidate.origin)].append(candidate)
        else:
            yield candidate
    numbers = set(lots.numbers.values())
    for (name, _), found in own.items():
        spec = vocabulary.get(name)  # None for what only serves to compute a fact: the amount of one year
        alike = len({_comparable(c.value) for c in found}) == 1 and {c.scope.id for c in found} == numbers
        if alike and spec is not None and spec.inherited:
            yield found[0]._replace(scope=MARCHE)
        else:
            yield from found


def _comparable(value: Value) -> object:
    if isinstance(value, tuple):
        return tuple(str(sorted(item.items())) if isinstance(item, Mapping) else str(item) for item in value)
    return value


def totals(candidates: Sequence[Candidate], lots: Lots) -> Iterator[Candidate]:
    """Yield what the lots say together of the whole market: the sum of their values, the longest duration.

    Each lot summed is evidence of the sum; the longest duration rests on the first lot that lasts so long.
    A lot worth more than the whole it is part of contradicts it.
    """
    for name in ("valeur_estimee_ht", "valeur_maximale_ht", "duree_mois"):
        same = [c for c in candidates if c.name == name and c.origin == STRUCTURED]
        own = {c.scope.id: c for c in same if c.scope.kind == "lot" and isinstance(c.value, int | Decimal)}
        whole = [c for c in same if c.scope == MARCHE and isinstance(c.value, int | Decimal)]
        if not own:
            continue
        greatest = max(own.values(), key=_size)
        if whole:
            if _size(greatest) > max(map(_size, whole)):
                yield greatest._replace(scope=MARCHE, confidence=whole[0].confidence)
        elif len(own) == len(lots.numbers):
            value, parts = _together(name, own.values(), greatest)
            for part in parts:
                evidence = part.evidence._replace(value=value)
                yield part._replace(value=value, scope=MARCHE, confidence=0.85, evidence=evidence)


def _together(name: str, own: Iterable[Candidate], greatest: Candidate) -> tuple[Value, Iterable[Candidate]]:
    """Return the value that lots make, and those that make it."""
    if name == "duree_mois":
        return int(_size(greatest)), (greatest,)
    return sum(map(_size, own), Decimal(0)), own


def _size(candidate: Candidate) -> Decimal:
    return Decimal(candidate.value) if isinstance(candidate.value, int | Decimal) else Decimal(0)
