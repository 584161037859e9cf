"""Conditions that several pieces tell: the same everywhere, or told with their places for a person to judge."""

from __future__ import annotations

import pytest
from coherence_builders import dossier, said, sure, verdict

_FACT = "pieces.conditions_concordantes"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            {"AAPC": "# 4 Variantes\nLes variantes sont autorisées."},
            {"RC": "# 2 Variantes\nLes variantes sont interdites."},
            "variantes : autorisées à l'avis (art. 4, p. 1) ; interdites au RC (art. 2, p. 1)",
        ),
        (
            {"CCAP": "# 8 Avance\nLe taux de l'avance est fixé à 5 %."},
            {"AE": "# 4 Avance\nLe taux de l'avance est fixé à 10 %."},
            "taux de l'avance : 5 % au CCAP (art. 8, p. 1) ; 10 % à l'AE (art. 4, p. 1)",
        ),
        (
            {"CCAP": "# 9 Paiement\nLe délai global de paiement est de 30 jours."},
            {"AE": "# 5 Paiement\nLe délai global de paiement est de 45 jours."},
            "délai global de paiement : 30 jours au CCAP (art. 9, p. 1) ; 45 jours à l'AE (art. 5, p. 1)",
        ),
        (
            {"RC": "# 3 Offres\nLe délai de validité des offres est de 6 mois."},
            {"AE": "# 2 Engagement\nLe présent engagement me lie pour une durée de 120 jours."},
            "délai de validité des offres : 180 jours au RC (art. 3, p. 1) ; 120 jours à l'AE (art. 2, p. 1)",
        ),
    ],
)
def test_conditions_that_differ_are_told_with_their_places(
    one: dict[str, str], other: dict[str, str], told: str
) -> None:
    """Each condition by its name, both values, both pieces; nobody is accused of what may have a reason."""
    facts = dossier(**one, **other)
    assert verdict(facts, _FACT) is False
    assert said(facts, "conditions").replace("\xa0", " ") == told
    assert not sure(facts, _FACT)


def test_conditions_that_are_the_same_agree() -> None:
    """Whatever the words."""
    facts = dossier(
        RC="# 2 Variantes\nLes variantes ne sont pas autorisées.\n",
        AAPC="# 4 Variantes\nVariantes interdites.\n",
    )
    assert verdict(facts, _FACT) is True
    assert said(facts, "conditions") == ""


def test_a_condition_of_one_piece_is_compared_with_nothing() -> None:
    """One piece alone cannot disagree."""
    facts = dossier(RC="# 2 Variantes\nLes variantes sont interdites.", CCAP="# 1 Durée\nUn an.")
    assert verdict(facts, _FACT) == "absent"


def test_variants_that_the_specification_of_a_lot_offers_are_held_against_the_rules() -> None:
    """What the rules forbid of every lot is forbidden of the one whose specification offers some."""
    facts = dossier(
        RC="# 2 Variantes\nLes variantes sont interdites.",
        CCTP="# 3 Lot 2 - Sièges\nLes candidats au lot 2 peuvent proposer, en variante, des assises en liège.",
    )
    assert verdict(facts, _FACT) is False
    assert "lot 2" in said(facts, "conditions").replace("\xa0", " ")


def test_variants_that_the_holder_of_a_contract_may_propose_are_no_variants_of_bidders() -> None:
    """A way of doing the work, once it is awarded, contradicts nobody."""
    facts = dossier(
        RC="# 2 Variantes\nLes variantes sont interdites.",
        CCTP="# 3 Pose\nLe titulaire peut proposer une variante de pose. Les candidats ne peuvent pas en proposer.",
    )
    assert verdict(facts, _FACT) is not False


def test_what_a_bidder_ticks_contradicts_nobody() -> None:
    """The form of the contract lets a bidder say that the offer holds no variant."""
    facts = dossier(
        RC="# 2 Variantes\nLes variantes sont autorisées.\n",
        CCAP="# 1 Durée\nUn an.",
        AE="# 11 Variante\n☐ sans variante\n☐ variante n° 1\n",
    )
    assert verdict(facts, _FACT) == "absent"
