"""Facts of BOAMP notices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from notices_builders import boamp, fact, facts, value, weights

from achats_check.model.fact import Scope

WEIGHTED = (
    '<CRITERES_ATTRIBUTION><CRITERES_PONDERES><CRITERE POIDS="60">Prix</CRITERE>'
    '<CRITERE POIDS="40">Délai</CRITERE></CRITERES_PONDERES></CRITERES_ATTRIBUTION>'
)


def test_a_call_for_competition() -> None:
    """The fields of a plain notice."""
    found = facts(boamp())
    assert value(found, "procedure.type") == "procedure_adaptee"
    assert value(found, "type") == "fournitures"
    assert value(found, "cpv") == ("30197630",)
    assert value(found, "alloti") is False
    assert value(found, "nombre_lots") == 1
    assert value(found, "objet") == "Fourniture de papier"
    assert value(found, "date_limite_offres") == date(2017, 2, 10)
    assert value(found, "reservation.categorie") == "aucune"
    assert value(found, "acheteur.nom") == "Département du Val-Bleu"
    assert value(found, "acheteur.categorie") == "departement"


def test_the_day_of_publication_stands_for_the_launch_unless_the_text_says_it() -> None:
    """The notice gives the day it appeared; a sentence may give the day it was sent."""
    told = "<RENS_COMPLEMENT>Date d'envoi du présent avis : 16 janvier 2017.</RENS_COMPLEMENT>"
    sent = boamp(more=f"<RENSEIGNEMENTS_COMPLEMENTAIRES>{told}</RENSEIGNEMENTS_COMPLEMENTAIRES>")
    assert value(boamp(), "date_lancement") == date(2017, 1, 19)
    assert fact(boamp(), "date_lancement").confidence < 0.8
    assert value(sent, "date_lancement") == date(2017, 1, 16)
    assert value(sent, "avis.date_envoi") == date(2017, 1, 19)


@pytest.mark.parametrize("status", ["<RECTIFICATIF/>", "<ANNULATION/>"])
def test_a_correction_is_no_launch(status: str) -> None:
    """It comes after the notice it corrects."""
    assert value(boamp(status=status), "date_lancement") == "unknown"


def test_an_award_notice_is_no_call() -> None:
    """Its role is another, and it launches nothing."""
    found = facts(boamp(nature="<ATTRIBUTION/>"))
    assert fact(found, "procedure.type").evidence[0].role == "AVIS"
    assert value(found, "date_lancement") == "unknown"


def test_weighted_criteria() -> None:
    """Weights are attributes."""
    assert weights(boamp(procedure=WEIGHTED)) == ["60", "40"]


def test_criteria_of_lots() -> None:
    """Price and quality stand apart in the newer forms."""
    own = (
        '<CRITERES_ATTRIBUTION><CRITERES_QUALITE><CRITERE POIDS="60">Technique</CRITERE></CRITERES_QUALITE>'
        "<CRITERES_PRIX><POIDS>40</POIDS></CRITERES_PRIX></CRITERES_ATTRIBUTION>"
    )
    assert weights(boamp(f"<LOT><NUM>1</NUM>{own}</LOT>", object_="")) == ["60", "40"]


def test_lots() -> None:
    """Number, title, value, duration and variants of each lot."""
    lots = "".join(
        f'<LOT><NUM>{n}</NUM><INTITULE>{name}</INTITULE><VALEUR DEVISE="EUR">{n}00000</VALEUR>'
        "<DUREE_MOIS>12</DUREE_MOIS><RENOUVELLEMENT_OUI/><RENOUVELLEMENT_DESCRIPTION>"
        "Reconductible trois fois pour une même durée."
        "</RENOUVELLEMENT_DESCRIPTION><VARIANTES_NON/></LOT>"
        for n, name in ((1, "Surgelés"), (2, "Viandes"))
    )
    found = facts(boamp(lots, object_="<DIV_EN_LOTS><OUI/></DIV_EN_LOTS>"))
    assert found.lots == ("1", "2")
    assert value(found, "valeur_estimee_ht", Scope("lot", "2")) == Decimal(200000)
    assert value(found, "valeur_estimee_ht") == Decimal(300000)
    assert value(found, "duree_mois") == 48
    assert value(found, "variantes") == "interdites"


def test_a_lot_described_twice_of_an_undivided_contract_is_one() -> None:
    """The form says there are no lots: the second description is the first one again."""
    same = '<LOT><DESCRIPTION>Gestion du service de l\'eau.</DESCRIPTION><VALEUR DEVISE="EUR">3200000</VALEUR></LOT>'
    found = facts(boamp(same * 2))
    assert value(found, "nombre_lots") == 1
    assert value(found, "valeur_estimee_ht") == Decimal(3200000)
    assert found.lots == ()


def test_a_reserved_contract_does_not_say_to_whom() -> None:
    """The box says it is reserved."""
    found = facts(boamp(participation="<MARCHE_RESERVE_OUI/>"))
    assert value(found, "reservation.mention_avis") is True
    assert value(found, "reservation.categorie") == "unknown"


def test_conditions_are_read_as_prose() -> None:
    """The field for conditions of performance holds sentences."""
    text = "Le titulaire réalisera une action d'insertion de 200 heures, clause sociale obligatoire du marché."
    notice = boamp(participation=f"<CONDITION_PARTICULIERE_EXECUTION>{text}</CONDITION_PARTICULIERE_EXECUTION>")
    assert value(notice, "social.condition_execution") is True


def test_a_buyer_overseas() -> None:
    """The postcode of the buyer tells the territory."""
    overseas = boamp().replace("<DENOMINATION>", "<CP>98713</CP><DENOMINATION>")
    assert value(overseas, "outre_mer") == "polynesie_francaise"
    assert value(boamp(), "outre_mer") == "unknown"
