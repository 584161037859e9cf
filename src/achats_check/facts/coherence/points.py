"""The points on which the pieces of a dossier must agree, and how each is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.conditions import conditions_agree
from achats_check.facts.coherence.criteria import CALL, compare_criteria
from achats_check.facts.coherence.lengths import compare_delays, compare_durations
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import (
    DRAFTED,
    NEVER_SURE,
    UNSURE,
    Outcome,
    Side,
    compare,
    equal,
    less_sure_when_coded,
    merged,
    sides,
)
from achats_check.facts.stages import IN_STAGES
from achats_check.facts.structure.from_periods import YEARLY, parts_made_whole
from achats_check.facts.terms import held as holding
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled
from achats_check.wording import NBSP, format_short_date

_SAME_AMOUNT = Decimal("0.01")
"""Share under which two amounts are the same: a rounding, or a tax taken off."""
_MOST_PERIODS = 10
_COUNTED = 0.85
"""Confidence from which a number of lots lets lots be summed."""
_OFFSET = r"[+-]\d{2}:\d{2}"
"""How far from the universal time: the date of a European form carries it (« 2026-10-22+02:00 »), and it is no hour."""
_CLOCK = rf"(?:{_OFFSET}|z\b)?[^\d\n]{{0,25}}(?<![+-])(\d{{1,2}}) ?(?:h(?:eures?)?(?![a-z])|:(?=\d)) ?(\d{{2}})?(?!\d)"
_ELSEWHERE = (
    r"(?::\d{2})?[ (]{0,3}(?:(?:utc|gmt|z)\b(?! ?[+-])|(?:(?:utc|gmt) ?)?(?![+-]0[12]:)[+-]\d{2}:\d{2}"
    r"|(?:utc|gmt) ?(?![+-]0?[12]\b)[+-]\d{1,2}\b|heure (?:locale )?(?:de |d'|des |du )(?!paris))"
)
"""After an hour, that of another place than Paris: two of them are not compared."""


def lots_agree(pieces: Pieces) -> Outcome | None:
    """Compare the number of lots, the price schedule included when it is laid out by lots."""
    held = sides(pieces.found, "nombre_lots", DRAFTED, floor=0.85)
    schedule = _scheduled_lots(pieces.found)
    if schedule is not None and held:
        held.append(schedule)
    outcome = compare(held, equal, lambda c: f"{c.value} lot{'s' if c.value != 1 else ''}", sure=0.9)
    rerun = outcome is not None and any(evidence.value == 1 for evidence in outcome.evidence)
    return _doubted(outcome) if rerun else outcome  # one lot of several, put out again: only a person can tell


def _doubted(outcome: Outcome | None) -> Outcome | None:
    """Return a disagreement as one that only a person can judge."""
    return outcome if outcome is None or outcome.agrees else outcome._replace(confidence=UNSURE)


def _scheduled_lots(found: Sequence[Candidate]) -> Side | None:
    """Count the lots of the price schedule, when one file holds them all, numbered from 1 without a gap."""
    named = [c for c in found if c.name == "objet" and c.scope.kind == "lot" and c.evidence.role == "PRIX"]
    numbers = sorted({int(c.scope.id) for c in named if c.scope.id.isdigit()})
    whole = numbers == list(range(1, len(numbers) + 1)) and len({c.evidence.document for c in named}) == 1
    if len(numbers) < 2 or not whole:
        return None
    counted = named[-1]._replace(name="nombre_lots", value=len(numbers), confidence=0.8, scope=MARCHE)
    return Side(counted.evidence.document, "PRIX", (counted,))


def durations_agree(pieces: Pieces) -> Outcome | None:
    """Compare the longest durations, renewals included, and the times to perform, of the market and of each lot."""
    durations = _by_lot(pieces, "duree_mois", compare_durations)
    return merged([*durations, *_by_lot(pieces, "delai_execution_mois", compare_delays)])


def values_agree(pieces: Pieces) -> Outcome | None:
    """Compare estimates with estimates and ceilings with ceilings, of the market and of each lot."""
    told = [*_by_lot(pieces, "valeur_estimee_ht", _amounts), *_by_lot(pieces, "valeur_maximale_ht", _amounts)]
    parts = _by_lot(pieces, "valeur_maximale_ht", _total_and_parts)
    totals = [_total_and_lots(pieces, name) for name in ("valeur_estimee_ht", "valeur_maximale_ht")]
    return merged([*told, *parts, *(("", total) for total in totals if total is not None)])


def _total_and_parts(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    """Compare the total of one piece with what the years, or the periods, of a piece that gives no total make."""
    totals = sides(pieces.found, name, DRAFTED, floor=0.8, scope=scope)
    documents = {side.document for side in totals}
    made = [c for c in parts_made_whole(name, pieces.found) if c.evidence.document not in documents]
    parts = sides(made, name, DRAFTED, floor=0.8, scope=scope)
    say = pieces.say(name)

    def told(candidate: Candidate) -> str:
        whole = candidate.evidence.document in documents
        return (
            f"maximum de {say(candidate)}" if whole else f"maximums d'une partie de la durée qui font {say(candidate)}"
        )

    outcomes = [compare([totals[0], part], _close, told, sure=NEVER_SURE) for part in parts] if totals else []
    return merged([("", outcome) for outcome in outcomes if outcome is not None])


def _total_and_lots(pieces: Pieces, name: str) -> Outcome | None:
    """Compare the total of one piece with the sum of another that gives every lot, and no total."""
    counts = {c.value for c in pieces.found if c.name == "nombre_lots" and c.confidence >= _COUNTED}
    whole = sides(pieces.found, name, DRAFTED, floor=0.8)
    by_lot = [sides(pieces.found, name, DRAFTED, floor=0.8, scope=s) for s in pieces.lots(name) if s.kind == "lot"]
    documents = {side.document for held in by_lot for side in held} - {side.document for side in whole}
    summed = []
    for document in sorted(documents):
        lots = [side.best for held in by_lot for side in held if side.document == document]
        if counts == {len(lots)} and len(lots) > 1:
            total = sum((Decimal(str(c.value)) for c in lots), Decimal(0))
            reading = lots[0]._replace(value=total, scope=MARCHE, confidence=0.8)
            summed.append(Side(document, reading.evidence.role, (reading,)))
    if not summed or not whole:
        return None
    say, added = pieces.say(name), {side.document for side in summed}

    def told(candidate: Candidate) -> str:
        return ("lots d'un total de " if candidate.evidence.document in added else "total de ") + say(candidate)

    return compare([whole[0], summed[0]], _close, told, sure=NEVER_SURE)


def hours_agree(pieces: Pieces) -> Outcome | None:
    """Compare the hours of insertion of each lot; hours of one year and of all years are not the same figure.

    Those of a slice of the amount are compared with one another, where the slices are the same.
    """
    name = "social.heures_insertion"
    found = [c._replace(name=name) if c.name == YEARLY[name] else c for c in pieces.found]
    counted = _by_lot(pieces._replace(found=found), name, _hours)
    return merged([*counted, *_by_lot(pieces, "social.ratio_heures", _hours_of_a_slice)])


def _hours_of_a_slice(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    slices = {
        (c.evidence.document, c.evidence.location.block): c.value
        for c in pieces.found
        if c.name == "social.ratio_montant_ht" and c.scope == scope
    }

    def slice_of(candidate: Candidate) -> object:
        return slices.get((candidate.evidence.document, candidate.evidence.location.block))

    def same(one: Candidate, other: Candidate) -> bool:
        return one.value == other.value or slice_of(one) != slice_of(other)

    def say(candidate: Candidate) -> str:
        return f"{pieces.say(name)(candidate)} par tranche"

    return compare(_hours_told(pieces, name, scope), same, say, sure=NEVER_SURE)


def _by_lot(
    pieces: Pieces, name: str, judge: Callable[[Pieces, str, Scope], Outcome | None]
) -> Iterator[tuple[str, Outcome]]:
    for scope in pieces.lots(name):
        outcome = judge(pieces, name, scope)
        if outcome is not None:
            yield (f"lot {scope.id}" if scope.kind == "lot" else ""), outcome


def _amounts(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    held = sides(pieces.found, name, DRAFTED, floor=0.8, scope=scope)
    say = pieces.say(name)
    word = "estimation de " if name == "valeur_estimee_ht" else "maximum de "
    return compare(held, _close, lambda c: word + say(c), sure=0.9)


def _close(one: Candidate, other: Candidate) -> bool:
    a, b = one.value, other.value
    if not isinstance(a, Decimal | int) or not isinstance(b, Decimal | int):
        return a == b
    return abs(Decimal(a) - Decimal(b)) <= _SAME_AMOUNT * max(Decimal(a), Decimal(b))


def _hours(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    def same(one: Candidate, other: Candidate) -> bool:
        if one.value == other.value:
            return True
        yearly = [holding(pieces.terms["par_periode"], pieces.around(c)) is not None for c in (one, other)]
        return yearly[0] != yearly[1] and _multiple(one.value, other.value)

    return compare(_hours_told(pieces, name, scope), same, pieces.say(name), sure=0.9)


def _hours_told(pieces: Pieces, name: str, scope: Scope) -> list[Side]:
    return sides(pieces.found, name, (*DRAFTED, "PRIX"), floor=0.85, scope=scope, twins=scope != MARCHE)


def _multiple(one: object, other: object) -> bool:
    """Return whether one figure is a few times the other, as years make a total."""
    low, high = sorted(Decimal(str(value)) for value in (one, other))
    return low > 0 and high % low == 0 and high / low <= _MOST_PERIODS


def criteria_agree(pieces: Pieces) -> Outcome | None:
    """Compare the weights of the award criteria, of the market and of each lot."""
    return merged(_by_lot(pieces, "criteres", _criteria))


def _criteria(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    held = sides(pieces.found, name, (*CALL, "CCTP", "CCAP", "AE"), floor=0.7, scope=scope)
    return compare_criteria(held)


def deadlines_agree(pieces: Pieces) -> Outcome | None:
    """Compare the last day for the offers, and its hour where both pieces give one."""

    def same(one: Candidate, other: Candidate) -> bool:
        hours = {_hour(pieces, one), _hour(pieces, other)} - {""}
        return one.value == other.value and len(hours) < 2

    def say(candidate: Candidate) -> str:
        day = candidate.value
        hour = _hour(pieces, candidate)
        written = format_short_date(day) if isinstance(day, date) else str(day)
        return f"{written} à {hour}" if hour else written

    outcome = compare(sides(pieces.found, "date_limite_offres", DRAFTED, floor=0.85), same, say, sure=0.9)
    stages = any(c.name == "procedure.type" and c.value in IN_STAGES for c in pieces.found)
    return _doubted(outcome) if stages else outcome


def _hour(pieces: Pieces, candidate: Candidate) -> str:
    """Return the hour of Paris written after a day ("12 h 00"), or ""."""
    around = pieces.around(candidate)
    match = compiled(_CLOCK).match(around, candidate.evidence.location.end)
    if match is None or int(match[1]) > 24 or compiled(_ELSEWHERE).match(around, match.end()):
        return ""
    return f"{int(match[1])}{NBSP}h{NBSP}{match[2] or '00'}"


def procedures_agree(pieces: Pieces) -> Outcome | None:
    """Compare the names of the procedure: words only, since the articles cited beside them are often wrong.

    A code accuses nobody: the forms of the Union have none for the adapted procedure, published as "open" or another.
    """
    held = sides(pieces.found, "procedure.type", (*DRAFTED, "DECP"), floor=0.85)
    return compare([less_sure_when_coded(side) for side in held], equal, pieces.say("procedure.type"), sure=0.92)


POINTS: dict[str, Callable[[Pieces], Outcome | None]] = {
    "nombre_lots": lots_agree,
    "duree": durations_agree,
    "valeur": values_agree,
    "criteres": criteria_agree,
    "heures": hours_agree,
    "date_limite": deadlines_agree,
    "procedure": procedures_agree,
    "conditions": conditions_agree,
}
"""Points by the word they have in the vocabulary."""
