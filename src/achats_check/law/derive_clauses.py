"""Derived facts on the anatomy of clauses: the organs that are written, and those that are missing."""

from __future__ import annotations

from decimal import Decimal

from achats_check.law.context import Context
from achats_check.law.records import number
from achats_check.model.fact import ABSENT, KNOWN, MARCHE, Fact, Scope
from achats_check.wording import format_amount

INSERTION = (
    ("volume", "social.volume"),
    ("publics", "social.publics"),
    ("modalites", "social.modalites"),
    ("facilitateur", "social.facilitateur"),
    ("contact", "social.contact"),
    ("suivi", "social.controle"),
    ("preuves", "social.preuves"),
    ("penalite", "social.penalites"),
)
"""Organs of a clause of insertion, in the order a buyer writes them, and the fact that shows each."""
OTHER_SOCIAL = (("suivi", "social.controle"), ("penalite", "social.penalites"))
"""Organs of a social clause that asks for no insertion: equality, training."""
ENVIRONMENT = (
    ("mesure", "environnement.mesure"),
    ("preuves", "environnement.preuves"),
    ("controle", "environnement.controle"),
    ("penalite", "environnement.penalites"),
)
"""Organs of an environmental clause, beside the obligation itself."""
OBLIGATION = ("obligation", "environnement.condition_execution")
"""The obligation itself, told first among the organs an environmental clause has."""
SOCIAL_FACTS = ("social.condition_execution", *(fact for _, fact in INSERTION))
"""What the organs of a social clause are read in, the clause itself first."""
ENVIRONMENT_FACTS = ("environnement.condition_execution", *(fact for _, fact in ENVIRONMENT))
"""The same for an environmental clause."""
SHOWN_BY_LOT = frozenset((*SOCIAL_FACTS, *ENVIRONMENT_FACTS))
"""Facts of which the first lot that has one speaks for the market."""


def social_missing(context: Context) -> tuple[str, ...] | None:
    """Name the organs that the social clause lacks; None when it is not known, () when it has them all."""
    return _missing(context, _social(context))


def social_present(context: Context) -> tuple[str, ...] | None:
    """Name the organs that the social clause has."""
    return _present(context, _social(context))


def environmental_missing(context: Context) -> tuple[str, ...] | None:
    """Name the organs that the environmental clause lacks; None when it is not known, () when it has them all."""
    return _missing(context, ENVIRONMENT)


def environmental_present(context: Context) -> tuple[str, ...] | None:
    """Name the organs that the environmental clause has, the obligation first."""
    return _present(context, (OBLIGATION, *ENVIRONMENT))


def _social(context: Context) -> tuple[tuple[str, str], ...]:
    """Return the organs to expect: those of insertion, unless the clause is known to ask for none."""
    asked = [_there(context, name) for name in ("social.insertion", "social.heures_insertion")]
    return INSERTION if True in asked else OTHER_SOCIAL if asked[0] is False else ()


def _missing(context: Context, organs: tuple[tuple[str, str], ...]) -> tuple[str, ...] | None:
    if not organs:
        return None
    there = {organ: _there(context, fact) for organ, fact in organs}
    missing = tuple(organ for organ, found in there.items() if found is False)
    return missing if missing or None not in there.values() else None


def _present(context: Context, organs: tuple[tuple[str, str], ...]) -> tuple[str, ...] | None:
    found = tuple(organ for organ, fact in organs if _there(context, fact))
    return found or None


def _there(context: Context, name: str) -> bool | None:
    """Say whether the market, or one of its lots, has what a fact shows."""
    if shown(context, name) is not None:
        return True
    if name == "social.volume" and shown(context, "social.heures_insertion") is not None:
        return True
    fact = context.at(MARCHE).fact(name)
    return False if fact.status == ABSENT or (fact.status == KNOWN and not fact.value) else None


def shown(context: Context, name: str) -> Fact | None:
    """Return the fact of the market, else of the first lot, that shows an organ; None when none does."""
    for scope in (MARCHE, *(Scope("lot", lot) for lot in context.facts.lots)):
        fact = context.at(scope).fact(name)
        if fact.status != ABSENT and any(fact.candidates):
            return fact
    return None


def hours_of_ratio(context: Context) -> Decimal | None:
    """Return the hours that a ratio gives on the estimated value, begun slices left out; None without both."""
    hours, slice_of, base = _ratio(context)
    if not hours or not slice_of or not base:
        return None
    # Whole numbers throughout: a third of a million, times three, would be one hour short.
    (top, one), (times, two), (divisor, three) = (part.as_integer_ratio() for part in (base, hours, slice_of))
    return Decimal(top * times * three // (one * two * divisor))


def reckoning_of_hours(context: Context) -> str | None:
    """Say how the hours were had: "6 heures par tranche de 1 000 € HT, sur 320 000 € HT estimés : 1 920 heures"."""
    hours, slice_of, base = _ratio(context)
    found = hours_of_ratio(context)
    if found is None or hours is None or slice_of is None or base is None:
        return None
    each = f"{format_amount(hours, 'heures')} par tranche de {format_amount(slice_of)}"
    return f"{each}, sur {format_amount(base)} estimés : {format_amount(found, 'heures')}"


def _ratio(context: Context) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    names = ("social.ratio_heures", "social.ratio_montant_ht", "valeur_estimee_ht")
    hours, slice_of, base = (number(context.known(name)) for name in names)
    return hours, slice_of, base
