"""Derived facts on the anatomy of clauses: the organs that are written, and those that are missing."""

from __future__ import annotations

from achats_check.law.context import Context
from achats_check.model.fact import ABSENT, KNOWN, MARCHE, Fact, Scope

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
    return _present(context, (("obligation", "environnement.condition_execution"), *ENVIRONMENT))


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
