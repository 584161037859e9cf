"""What several pieces say of the same condition: variants, advance, retention, payment, turnover, CCAG, grouping."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import DRAFTED, NEVER_SURE, Outcome, compare, equal, merged, sides
from achats_check.wording import NBSP

CONDITIONS = (
    "variantes",
    "validite_offres_jours",
    "groupement.forme_imposee",
    "chiffre_affaires_minimal_ht",
    "reservation.part_minimale",
    "avance_taux",
    "avance_taux_pme",
    "retenue_garantie_taux",
    "delai_paiement_jours",
    "prix.revisable",
    "ccag",
    "ccag_2021",
)
"""Facts that bind whoever answers, and that no other point compares."""
_FILLED_IN = {"variantes": ("AE",)}
"""Pieces where bidders tell what they offer, and not buyers what they take: "☐ sans variante"."""
_FLOOR = 0.8
"""Confidence under which a reading is not worth comparing."""


def conditions_agree(pieces: Pieces) -> Outcome | None:
    """Compare, for the market and for each lot, what each piece says; a difference is for a person to judge."""
    return merged(_compared(pieces))


def _compared(pieces: Pieces) -> Iterator[tuple[str, Outcome]]:
    for name in CONDITIONS:
        roles = [role for role in DRAFTED if role not in _FILLED_IN.get(name, ())]
        for scope in pieces.lots(name):
            held = sides(pieces.found, name, roles, floor=_FLOOR, scope=scope)
            outcome = compare(held, equal, pieces.say(name), sure=NEVER_SURE)
            if outcome is not None:
                label = pieces.vocabulary[name].label
                yield (f"{label}, lot{NBSP}{scope.id}" if scope.kind == "lot" else label), outcome
