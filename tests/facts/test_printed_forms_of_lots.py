"""Notices printed from the forms of the BOAMP and of the Union, and phrases of buyers' software, lot by lot."""

from __future__ import annotations

from decimal import Decimal

import pytest
from template_builders import known, of_buyer, of_lot, read_whole

EFORMS = (
    "## 5. Lot\n5.1 Lot : LOT-0001\nTitre : Écoles\n"
    "5.1.3 Durée estimée : 12 mois – 5.1.4 Renouvellement : nombre maximal de renouvellements : 3\n"
    "5.1.5 Valeur estimée hors TVA : 300 000 EUR – Valeur maximale de l'accord-cadre : 400 000 EUR\n"
    "5.1 Lot : LOT-0002\nTitre : Gymnases\n"
    "5.1.3 Durée estimée : 12 mois – 5.1.4 Renouvellement : nombre maximal de renouvellements : 3\n"
    "5.1.5 Valeur estimée hors TVA : 500 000 EUR – Valeur maximale de l'accord-cadre : 700 000 EUR\n"
)


def test_the_number_of_a_rubric_counts_no_renewal() -> None:
    """« 5.1.4 Renouvellement » is a rubric: three renewals of a year after the first make four years, not five."""
    facts = read_whole(
        ("AAPC", EFORMS), ("RC", "La durée maximale du marché, reconductions comprises, est de 48 mois.")
    )
    assert known(facts)["duree_mois"] == 48
    assert "pieces.duree_concordante" not in {f.name for f in facts if f.value is False}


def test_an_amount_of_a_part_of_the_notice_is_that_of_its_lot() -> None:
    """Each part « 5.1 Lot : LOT-000N » tells of one lot, and the market has their sum."""
    facts = read_whole(("AAPC", EFORMS))
    assert of_lot(facts, "1")["valeur_maximale_ht"] == Decimal(400_000)
    assert of_lot(facts, "2")["valeur_maximale_ht"] == Decimal(700_000)
    assert known(facts)["valeur_maximale_ht"] == Decimal(1_100_000)


def test_the_global_delay_of_payment_covers_subcontractors_too() -> None:
    """The phrase of buyers' software names both; a delay of the subcontractor alone is none of the contract."""
    phrase = "Les sommes dues au titulaire et au(x) sous-traitant(s) seront payées dans un délai global de 30 jours."
    assert known(read_whole(("CCAP", phrase)))["delai_paiement_jours"] == 30
    alone = "Le sous-traitant adresse sa demande de paiement et est réglé sous 45 jours."
    assert "delai_paiement_jours" not in known(read_whole(("CCAP", alone)))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Valeur estimée du besoin (euros) : 640 000 HT", Decimal(640_000)),
        ("Valeur estimée du marché (€) : 640 000", Decimal(640_000)),
        ("Valeur estimée du besoin (euros) : 640 000 TTC", None),
    ],
)
def test_a_label_may_give_the_unit_in_brackets(line: str, value: Decimal | None) -> None:
    """The figure stands alone, or with its tax."""
    assert known(read_whole(("AAPC", line))).get("valeur_estimee_ht") == value


def test_a_table_of_tranches_gives_the_total_of_each_lot() -> None:
    """The column that adds up the others holds the hours of the contract."""
    table = (
        "# 8 Clause sociale d'insertion\nLe nombre minimal d'heures d'insertion est fixé comme suit :\n"
        "Lot\tTranche ferme\tTO 1\tTotal\n01 - Voirie\t200 h\t50 h\t250 h\n02 - Réseaux\t80 h\tsans objet\t80 h\n"
    )
    facts = read_whole(("CCAP", table))
    assert of_lot(facts, "1")["social.heures_insertion"] == 250
    assert of_lot(facts, "2")["social.heures_insertion"] == 80


def test_each_lot_of_a_notice_answers_for_its_variants() -> None:
    """Under « Lot n° 2 : … », and in the row of a summary that names the lots."""
    notice = "# Lots\nLot n° 1 : Voirie\nVariantes autorisées\nLot n° 2 : Réseaux\nVariantes non autorisées\n"
    facts = read_whole(("AAPC", notice), ("RC", "Variantes\tAvec (lot 1) / Sans (lot 2)\n"))
    assert of_lot(facts, "1")["variantes"] == "autorisees"
    assert of_lot(facts, "2")["variantes"] == "interdites"
    assert "variantes" not in known(facts)


def test_the_number_of_a_buyer_may_stand_under_its_kind() -> None:
    """The form of the BOAMP tells the kind of number, then the number."""
    form = "# Identification de l'acheteur\nType de numéro national d'identification : SIRET\n"
    facts = read_whole(("AAPC", f"{form}N° national d'identification : 200 098 713 00015\n"))
    assert of_buyer(facts)["acheteur.siret"] == "20009871300015"


def test_a_slip_in_the_column_of_one_lot_is_read() -> None:
    """Beside a column that adds up to a hundred, the sum of another is a fault of the buyer."""
    table = "# Jugement des offres\nCritères\tLot 1\tLot 2\nPrix\t60 %\t50 %\nValeur technique\t40 %\t45 %\n"
    facts = read_whole(("RC", table))
    assert [item["poids"] for item in of_lot(facts, "2")["criteres"]] == [50, 45]  # type: ignore[union-attr,index]


def test_the_profile_alone_is_a_support_when_nothing_else_is() -> None:
    """A rule of the consultation that says so; naming the profile otherwise leaves the notice to tell."""
    alone = "Publicité : la consultation est publiée exclusivement sur le profil d'acheteur de la commune."
    assert known(read_whole(("RC", alone)))["procedure.publicite"] == ("profil_acheteur",)
    named = "Publicité : la consultation est publiée sur le profil d'acheteur de la commune."
    assert "procedure.publicite" not in known(read_whole(("RC", named)))


def test_a_form_imposed_by_the_buyer_gives_no_reason() -> None:
    """Who imposes it is not why."""
    phrase = "En cas de groupement, la forme imposée par le pouvoir adjudicateur est un groupement solidaire."
    assert known(read_whole(("RC", phrase))).get("groupement.forme_justifiee") is not True


def test_a_narrow_column_cuts_a_code() -> None:
    """The check digit says that both parts are one code."""
    table = "N°\tIntitulé du lot\tCPV\n1\tImpression de brochures\t798100 00-5\n2\tSignalétique\t7981 1000-2\n"
    facts = read_whole(("RC", f"# 2 Allotissement\n{table}"))
    assert of_lot(facts, "1")["cpv"] == ("79810000",)
    assert of_lot(facts, "2")["cpv"] == ("79811000",)
