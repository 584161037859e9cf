"""Hours of insertion given as a ratio to an amount: "6 heures par tranche de 1 000 € HT"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import scopes
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.clauses.values import number
from achats_check.facts.french import amounts
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.patterns import compiled

_HOURS = (
    r"\b(?P<hours>\d{1,4}(?:[,.]\d{1,2})?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente)"
    r"(?: \(\d{1,4}\))? ?(?:heures?|h)\b[^.;\n€%]{0,60}?"
    r"\b(?P<each>par|pour|a raison d[e'])\s(?:chaque\s)?(?P<slice>tranches?\s(?:\w{1,12}\s){0,2}?(?:de\s|d'))?"
)
_SLICE_FIRST = (
    r"\btranches? (?:\w{1,12} ){0,2}?(?:de |d')(?=\d)(?P<amount>[\d .,]{3,12} ?(?:€|euros?|eur)"
    r"(?: ?h\.?t\b\.?| hors taxes?)?)"
    r"(?! ?(?:ttc|toutes))[^.;\n€%]{0,120}?"
    r"\b(?P<hours>\d{1,4}(?:,\d{1,2})?|[a-z]{2,9}(?:-[a-z]{2,9}){0,3})(?: \(\d{1,4}\))? heures?\b"
)
"""« pour chaque tranche de 20 000 € HT facturés, le titulaire réserve douze heures »."""
_CONTEXT = r"insertion|clauses? sociales?|eloignee?s? de l'emploi|facilitat"
_GIVEN = (
    r"\b(?:reserv|consacr|affect|confi|effectu|realis|accompl|assur|travaill|emplo[iy]|embauch|recrut|donn|procur)\w*"
)
_PENALTY = r"penalit|non realise|non effectue|non execute"
_SET_ASIDE = (
    r"\b(?:methodes?|modes?|calculs?|formules?|regles?|ratios?)\b[^.;]{0,160}"
    r"\b(?:n'est|ne sont|ne sera|n'a ete) (?:\w+ ){0,2}?(?:pas|plus) (?:\w+ )?"
    r"(?:employe|retenu|utilise|applique|choisi|suivi|pratique|adopte)e?s?\b(?! (?:aux?|pour|lorsqu|quand|si)\b)"
    r"|\b(?:certain(?:e?s)|d'autres|plusieurs) (?:collectivites|acheteurs|maitres? d'ouvrage|communes|departements)\b"
)
"""What says that a ratio is somebody else's, or one that this contract does not count by."""
_LARGEST_SLICE = Decimal(100_000)
"""Euros beyond which "pour … €" tells the whole contract, and not a slice of it."""
_REACH = 12
OF_AN_AMOUNT = "ratio à un montant, et non un nombre"
_OF_OTHERS = "ratio que d'autres emploient, ou que ce contrat dit ne pas employer"
_SLICE_OF_AN_AMOUNT = (
    r"(?:\bpar|\bpour|/)\s{0,2}(?:chaque )?tranches?\b(?! (?:fermes?|optionn|conditionn))"
    r"|\btranches? (?:\w{1,12} ){0,3}?(?:d')?(?:command|factur|montant|chiffre|depens|travaux|honoraires)"
)
HOURS, SLICE = "social.ratio_heures", "social.ratio_montant_ht"


def tells_a_slice(cell: str) -> bool:
    """Say whether the folded title of a column tells that its hours are those of a slice of the amount."""
    return "tranche" in cell and compiled(_SLICE_OF_AN_AMOUNT).search(cell) is not None


def find_ratios(reading: Reading, texts: list[str], headings: Headings) -> Iterator[Candidate | NearMiss]:
    """Yield the hours and the amount of each ratio, and leave ``social.heures_insertion`` open.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    if "heure" not in reading.joined:
        return
    for block in reading.document.blocks:
        text = texts[block.index]
        if "heure" not in text or not any(word in text for word in ("€", "euro", "eur ")):
            continue
        for match in compiled(_HOURS).finditer(text):
            left, right = sentence(text, match.start(), match.end())
            amount = next((a for a in amounts(text[match.end() : right])), None)
            hours = number(match["hours"].replace(".", ","))
            told = text[left:right] + "\n" + headings.above(block.index)
            if amount is None or amount.start > _REACH or not hours or amount.tax == "TTC":
                continue
            if not match["slice"] and (match["each"] != "par" and amount.value > _LARGEST_SLICE):
                continue
            if not compiled(_CONTEXT).search(told) or compiled(_PENALTY).search(text[left:right]):
                continue
            evidence = reading.evidence(block, left, right)
            if compiled(_SET_ASIDE).search(text[left:right]):
                yield from (NearMiss(name, evidence, _OF_OTHERS) for name in (HOURS, SLICE))
                continue
            yield NearMiss("social.heures_insertion", evidence, OF_AN_AMOUNT, undecided=True)
            for scope in scopes(text[left:right], headings.above(block.index)):
                yield Candidate(HOURS, hours, evidence, 0.9, scope)
                yield Candidate(SLICE, amount.value, evidence, 0.9, scope)
        yield from _slice_first(reading, text, block, headings)


def _slice_first(reading: Reading, text: str, block: Block, headings: Headings) -> Iterator[Candidate | NearMiss]:
    """Yield the ratio of a sentence that tells the slice before its hours."""
    for match in compiled(_SLICE_FIRST).finditer(text) if "tranche" in text else ():
        left, right = sentence(text, match.start(), match.end())
        above = headings.above(block.index)
        amount, hours = next(amounts(match["amount"]), None), number(match["hours"])
        if amount is None or not hours or compiled(_PENALTY).search(text[left:right]):
            continue
        told = text[left:right]
        if not compiled(_CONTEXT).search(told) and not (
            compiled(_CONTEXT).search(above) and compiled(_GIVEN).search(told)
        ):
            continue
        evidence = reading.evidence(block, left, right)
        yield NearMiss("social.heures_insertion", evidence, OF_AN_AMOUNT, undecided=True)
        for scope in scopes(text[left:right], above):
            yield Candidate(HOURS, hours, evidence, 0.88, scope)
            yield Candidate(SLICE, amount.value, evidence, 0.88, scope)


def without_ratio_hours(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """Drop the hours of a slice read as if they were those of the whole contract."""
    slices = [(r.evidence.location, r.value) for r in results if isinstance(r, Candidate) and r.name == HOURS]
    for result in results:
        here = result.evidence.location
        of_a_slice = (
            isinstance(result, Candidate)
            and result.name == "social.heures_insertion"
            and any(
                result.value == hours
                and here.block == there.block
                and here.start < there.end
                and there.start < here.end
                for there, hours in slices
            )
        )
        if not of_a_slice:
            yield result
