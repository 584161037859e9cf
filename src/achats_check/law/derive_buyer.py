"""Derived facts on the buyer."""

from __future__ import annotations

from achats_check.law.context import Context

MAY_BE_UNDERTAKINGS = {"autre", "epic_etat", "entite_adjudicatrice", "bailleur_social"}
MAY_RUN_A_NETWORK = {"autre", "epic_etat"}
"""Buyers that may run a network and buy for it what touches none, as the cleaning of a depot."""


def buys_for_a_network(context: Context) -> bool | None:
    """Say whether the buyer acts for a network (water, energy, transport, post).

    True for a contracting entity; unknown when the object touches a network, or is not known, and for a buyer that may
    be a public undertaking; else False.
    """
    category = context.known("acheteur.categorie")
    if category in {None, "entite_adjudicatrice"}:
        return None if category is None else True
    if category in MAY_RUN_A_NETWORK and context.known("acheteur.entreprise_publique") is not False:
        return None
    subject = context.known("objet")
    table = context.book.lists["objets_de_reseau"]
    codes = context.known("cpv")
    if isinstance(codes, tuple) and any(str(code).startswith(tuple(table["cpv"])) for code in codes):
        return None
    if not isinstance(subject, str):
        return None
    lowered = subject.lower()
    return None if any(word in lowered for word in table["mots"]) else False


def public_undertaking(context: Context) -> bool | None:
    """Say that a buyer is no public undertaking when its category excludes it."""
    category = context.known("acheteur.categorie")
    return None if category is None or category in MAY_BE_UNDERTAKINGS else False
