"""How long the contract lasts: coded months or dates, and renewals whose length only a text tells."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING
from typing import NamedTuple

from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.french import Duration as Spell
from achats_check.facts.french import durations, number_in_letters
from achats_check.facts.notices.duration_fields import LONGEST, Term, terms
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.notices.lots import Lots
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_SEARCHED = 8000
"""Characters about renewals that are searched: real notices have a few sentences."""
_WORD = r"(\d{1,2}|une?|deux|trois|quatre|cinq|six) ?(?:\(\w{1,8}\) ?)?"
_TIMES = (
    rf"\b{_WORD}(?:x|\*|fois)\b",
    rf"\b{_WORD}(?:reconductions?|renouvellements?|periodes?|prorogations?|prolongations?|levees? d'options?)\b",
)
_SUM = r"\b\d{1,3}(?: ?(?:mois|ans?))?(?: ?\+ ?\d{1,3}(?: ?(?:mois|ans?))?){1,5}"
_ONCE = (
    r"(?:reconductible|renouvelable|reconduit|renouvele)\w* (?:(?:\w+ ){0,3}?pour (?:une|\d)|\d{1,2} (?:mois|ans?)\b)"
)
_WHOLE_BEFORE = (
    r"duree (?:\w+ ){0,3}?(?:total\w*|maxim\w+|globale?)|exceder|depasser"
    r"|toutes (?:periodes|reconductions)[^.\n]{0,12}"
)
_WHOLE_LINE = r"\bduree (?:\w+ ){0,3}?(?:total|maxim|global)(?!\w* de validite)"
"""A sentence on the whole duration, counted where the same field speaks of renewals."""
_WHOLE_AFTER = r"[^.\n\d]{0,30}?(?:comprises?|incluses?|confondues)"
_NEVER = (
    r"(?:n'est|ne sera|ne sont|(?:ne peut|ne pourra)(?: pas)? (?:etre|faire l'objet)) ?(?:pas |d'aucune? |ni )?"
    r"[^.\n]{0,30}(?:reconduct|reconduit|renouvel)"
    r"|\bnon (?:tacitement )?(?:reconductible|renouvelable)|\b(?:sans|aucune?|pas de) (?:reconduct|renouvel)"
)
_YEARLY = r"annuellement|reconduct\w* annuelle|periodes? annuelles?|chaque annee|annee par annee"
_SAME = r"(?:meme|identique|equivalente?) duree|duree (?:\w+ )?(?:identique|equivalente)"
_NOTICE_PERIOD = r"[^.\n]{0,25}\bavant\b"
_RENEWS = (
    r"reconduct|reconduit|(?:marche|contrat|accord[- ]cadre|duree|tacite)[^.\n]{0,60}renouvel"
    r"|renouvel\w{0,12}[^.\n]{0,40}\b(?:fois|tacite\w*|ans?|annees?|mois)\b"
)
"""Words for the renewals of a contract, and not of what it maintains."""


class Duration(NamedTuple):
    """What the fields of a lot say of its duration, and the sentences that were counted in it."""

    found: Found | Doubt
    first: int = 0
    """Months of the first period, when renewals were added to it."""
    sentences: str = ""
    """Folded sentences about renewals, already accounted for; "" when there are none."""


def read_durations(fields: Fields, lots: Lots) -> Iterator[Duration]:
    """Yield ``duree_mois`` for each lot of a notice, renewals included."""
    common = _on_renewals(fields.by_lot[""])
    for term in terms(fields):
        if lots.scope(term.field.lot) is not None:
            own = _on_renewals(fields.by_lot[term.field.lot]) if term.field.lot else ""
            number = lots.numbers.get(term.field.lot, "")
            yield _longest(term, "\n".join(filter(None, (common, own))), number)


def _longest(term: Term, prose: str, number: str) -> Duration:
    own = _about(fold(term.text[:_SEARCHED]), number)
    spoken = "\n".join(filter(None, (own, prose)))
    sure = 0.95 if term.renewals == 0 else 0.9
    announced = bool(own or term.renewals)
    if term.renewals == 0 or not (announced or compiled(_RENEWS).search(spoken)):
        counted = prose if whole_duration(term.months, None, prose) == term.months else ""
        return Duration(Found("duree_mois", term.months, term.field, sure, term.field.lot), 0, counted)
    total = whole_duration(term.months, term.renewals, own or prose)
    if total is not None and (announced or _tells_first_period(term.months, total, prose)):
        return Duration(Found("duree_mois", total, term.field, sure, term.field.lot), term.months, spoken)
    reason = "la durée des reconductions, ou si cette durée les comprend, n'est pas dans l'avis"
    return Duration(Doubt("duree_mois", term.field, reason, undecided=False))


def _about(text: str, number: str) -> str:
    """Return the lines of a text that are about a lot: "lots 1 à 10 : trois fois" says nothing of lot 11."""
    lines = ((line, lot_numbers(line)) for line in compiled(r"\n|(?<=[.;]) ").split(text))
    return "\n".join(line for line, named in lines if not named or number in named)


def _tells_first_period(months: int, total: int, text: str) -> bool:
    """Without a field for renewals, the coded duration may hold them: the text must say which it is."""
    return total == months or months in [length for length, _ in _lengths(text)] or _said_whole(text) == total


def whole_duration(months: int, renewals: int | None, text: str) -> int | None:
    """Return the months of a contract with all its renewals, or None when the text does not let it be known.

    Args:
        months: Coded duration, which some buyers give without and some with the renewals.
        renewals: Coded number of renewals, None when it is not coded.
        text: Folded text about the renewals.
    """
    total = _said_whole(text) or _added_up(text, months)
    if total is not None and total >= months:
        return total
    if compiled(_NEVER).search(text) and not renewals:
        return months
    lengths = [length for length, _ in _lengths(text)]
    count = renewals or _times(text)
    each = _each(text, lengths, months)
    if not count or each is None:
        return None
    others = [length for length in lengths if length != months]
    if others and max(others) != each and max(others) + count * each == months:
        return months  # the text gives a shorter first period: the coded duration holds the renewals
    if months > count * each and months != each and months not in lengths:
        return None  # long enough to hold the renewals, and nothing says whether it does
    return months + count * each if months + count * each <= LONGEST else None


def _added_up(text: str, months: int) -> int | None:
    """Return the sum of "36 + 12 + 12" or "3 ans + 1 an + 1 an" when it starts with the coded duration."""
    for match in compiled(_SUM).finditer(text):
        parts = [int(digits) for digits in compiled(r"\d+").findall(match[0])]
        for unit in (1, 12):
            if parts[0] * unit == months:
                return sum(parts) * unit
    return None


def _lengths(text: str) -> list[tuple[int, int]]:
    """Return (months, start) of each length of time, "six ans et trois mois" being one, notice periods left out."""
    found: list[tuple[int, int]] = []
    last: Spell | None = None
    for spell in durations(text):
        if compiled(_NOTICE_PERIOD).match(text, spell.end):
            continue
        months = int(spell.months.to_integral_value(ROUND_CEILING))
        joined = last and (last.unit, spell.unit) == ("an", "mois") and text[last.end : spell.start].strip(" ,") == "et"
        if joined:
            found[-1] = (found[-1][0] + months, found[-1][1])
        else:
            found.append((months, spell.start))
        last = spell
    return found


def _each(text: str, lengths: list[int], months: int) -> int | None:
    """Return the length of one renewal: the only one told, or the shorter of it and the first period."""
    if compiled(_SAME).search(text):
        return months
    if not lengths:
        return 12 if compiled(_YEARLY).search(text) else None
    return min(lengths) if len(set(lengths)) <= 2 else None


def _said_whole(text: str) -> int | None:
    """Return the length that the text says to be the whole one, or None."""
    spells = [(int(d.months.to_integral_value(ROUND_CEILING)), d.start, d.end) for d in durations(text)]
    for match in compiled(_WHOLE_BEFORE).finditer(text):
        after = next((length for length, start, _ in spells if 0 <= start - match.end() <= 40), None)
        if after is not None:
            return after
    return next((length for length, _, end in spells if compiled(_WHOLE_AFTER).match(text, end)), None)


def _times(text: str) -> int | None:
    for pattern in _TIMES:
        match = compiled(pattern).search(text)
        if match is not None:
            return int(match[1]) if match[1].isdigit() else number_in_letters(match[1])
    return 1 if compiled(_ONCE).search(text) else None


def _on_renewals(own: Iterable[Field]) -> str:
    """Return the folded sentences that speak of renewals, and those beside them that give the whole duration."""
    spoken = [(field.place, fold(field.text)) for field in own if field.block.kind == "paragraph"]
    places = {place for place, text in spoken if compiled(_RENEWS).search(text)}
    kept = (t for p, t in spoken if compiled(_RENEWS).search(t) or (p in places and compiled(_WHOLE_LINE).search(t)))
    return "\n".join(kept)[:_SEARCHED]
