"""Reservations whose beneficiaries are listed below the sentence: "Le lot 4 est réservé, à la fois : - aux EA ;"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.boxes import IS_TICKED, NO_BOX, UNDECIDED, box_state
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import scopes
from achats_check.facts.clauses.reservation import kinds_named
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.text import Reading
from achats_check.facts.word_index import blocks_of
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_CATEGORY = "reservation.categorie"
_FACTS = (_CATEGORY, "reservation.fondement")
_ROLES = ("AAPC", "RC", "CCP", "CCAP", "AE")
_WORDS = ("reserv", "seul")
"""What the sentence above such a list holds."""
_WHAT = r"\b(?:marches?|lots?|accord-cadre|consultation|procedure|contrat|participation|acces|prestations?|tranches?)\b"
_LEAD = compiled(
    rf"{_WHAT}[^.;:]{{0,60}}?\b(?:est|sont|sera|seront) (?:(?!pas\b|plus\b|ni\b)[\w']{{1,20}} ){{0,3}}?reservee?s?\b"
    rf"|{_WHAT}(?:(?!\bpas\b|\bplus\b|\bnon\b)[^.;:]){{0,30}}? "
    r"reservee?s? (?:[\w']{1,20} ){0,3}?(?:aux?|a la fois|a des)\b"
    r"|\bseule?s? (?:peuvent|pourront|sont admise?s? a|sont autorisee?s? a) "
    r"(?:candidater|soumissionner|participer|repondre|concourir)\b"
)
"""A sentence that reserves what is bought, whose end tells for whom."""
_NOT_LEAD = compiled(
    r"\b(?:si|s'|lorsqu\w*|quand|dans le cas ou|candidats? (?:a|au|aux|du|des)|pieces?|documents?|joi(?:nt|gne)\w*"
    r"|fourni\w*|produi\w*|heures?|postes?|precedent\w*|futur\w*)\b"
)
"""A condition, or what the candidates to a reserved lot are to send."""
_MARKED = compiled(r"\s*(?:[-•▪◦*·o☐□❏❑❒☒☑■✓✔]|\d{1,2}\s?[°.)]|[a-h]\s?\))\s")
_UNMARKED = compiled(
    r"\s*(?:(?:soit|d'une part|d'autre part|et|ou),? )?"
    r"(?:aux?\b|a des\b|entreprises? adaptees?|etablissements?|structures?|esat\b|ea\b|siae\b|organismes?)"
)
"""An item that lost its mark still opens with those it names."""
_GOES_ON = compiled(r"(?:[;,]|\bet|\bou)\s*$")
_ALIKE = compiled(r"\b(?:structures?|operateurs?|entites?|organismes?) (?:[\w']{1,20} )?equivalent|\bequivalentes?\b")
_CONFIDENCE = 0.92
_MOST_ITEMS = 8
_BOTH = frozenset({"handicap", "insertion"})
_MIXED = "catégories de bénéficiaires énumérées, qu'aucune réservation ne réunit"


class _List(NamedTuple):
    """A sentence that reserves, and the lines that tell for whom."""

    lead: int
    items: tuple[int, ...]
    whose: tuple[Scope, ...]
    kinds: frozenset[str]
    """Categories that the sentence and the lines name; none when the lines are boxes that nobody ticked."""


def settle_reservation_lists(
    reading: Reading, texts: Sequence[str], headings: Headings, results: Sequence[Candidate | NearMiss]
) -> Iterator[Candidate | NearMiss]:
    """Yield the results, those of the lines of a list given to the lots of the sentence above it.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
        results: What the clauses of the document said.
    """
    lists = list(_lists(reading, texts, headings)) if reading.role in _ROLES else []
    inside = {index: listed for listed in lists for index in (listed.lead, *listed.items)}
    for result in results:
        listed = inside.get(result.evidence.location.block or 0) if result.name in _FACTS else None
        if listed is None or not isinstance(result, Candidate):
            yield result
        elif result.name != _CATEGORY:
            yield from [result] if result.scope != MARCHE else [result._replace(scope=whose) for whose in listed.whose]
    for listed in lists:
        yield from _category(reading, listed)


def _category(reading: Reading, listed: _List) -> Iterator[Candidate | NearMiss]:
    blocks = reading.document.blocks
    if not listed.kinds or (len(listed.kinds) > 1 and listed.kinds != _BOTH):
        reason = _MIXED if listed.kinds else UNDECIDED
        yield NearMiss(_CATEGORY, reading.evidence(blocks[listed.lead]), reason, undecided=True)
        return
    category = next(iter(listed.kinds)) if len(listed.kinds) == 1 else "handicap_et_insertion"
    for index in (listed.lead, *listed.items):
        for whose in listed.whose:
            yield Candidate(_CATEGORY, category, reading.evidence(blocks[index]), _CONFIDENCE, whose)


def _lists(reading: Reading, texts: Sequence[str], headings: Headings) -> Iterator[_List]:
    blocks = reading.document.blocks
    announced = 0
    for word in _WORDS:
        announced |= reading.words.with_item(word)
    for index in blocks_of(announced):
        lead = _lead(blocks[index], texts[index])
        items = _items(blocks, texts, index) if lead else ()
        if items:
            chosen = _chosen(blocks, texts, items)
            told = [kinds_named(texts[item]) for item in chosen]
            kinds = kinds_named(lead).union(*told) if any(told) else frozenset[str]()
            yield _List(index, chosen, scopes(lead, headings.above(index)), kinds)


def _lead(block: Block, text: str) -> str:
    """Return the last sentence of a line when it reserves and announces a list, else ""."""
    if block.kind in ("row", "title") or not text.rstrip().endswith(":"):
        return ""
    match = _LEAD.search(text)
    if match is None:
        return ""
    left, right = sentence(text, *match.span())
    told = text[left:right]
    return told if not text[right:].strip() and _NOT_LEAD.search(told) is None else ""


def _items(blocks: Sequence[Block], texts: Sequence[str], lead: int) -> tuple[int, ...]:
    """Return the lines below a sentence that name beneficiaries; () when a line of their list names none."""
    marked = lead + 1 < len(texts) and _MARKED.match(texts[lead + 1]) is not None
    items: list[int] = []
    for index in range(lead + 1, min(len(blocks), lead + 1 + _MOST_ITEMS)):
        text = texts[index]
        goes_on = not items or marked or _GOES_ON.search(texts[items[-1]]) is not None
        opens = (_MARKED if marked else _UNMARKED).match(text) is not None
        if blocks[index].kind in ("row", "title") or not (goes_on and opens):
            break
        if not kinds_named(text) and not _ALIKE.search(text):
            return ()
        items.append(index)
    return tuple(items)


def _chosen(blocks: tuple[Block, ...], texts: Sequence[str], items: Sequence[int]) -> tuple[int, ...]:
    """Return the items of a list, those that are ticked when they have boxes."""
    states = {item: box_state(blocks, list(texts), item, len(texts[item]), len(texts[item])) for item in items}
    if set(states.values()) <= {NO_BOX}:
        return tuple(items)
    if UNDECIDED in states.values():
        return ()
    return tuple(item for item, state in states.items() if state == IS_TICKED)
