"""What printed notices tell in the section of each lot: durations, values, criteria, reservations."""

from __future__ import annotations

from decimal import Decimal

from facts_builders import fact, value
from template_builders import known, of_lot, read_whole

from achats_check.model.fact import Scope

_FIRST, _SECOND = Scope("lot", "1"), Scope("lot", "2")
_OLD = """
## II.2)Description
## II.2.1)Intitulé:
Curage des fossés
Lot nº: 1
## II.2.5)Critères d'attribution
Critères énoncés ci-dessous
Critère de qualité - Nom: Valeur technique / Pondération: 45 Critère de qualité - Nom: Délai / Pondération: 15
Prix - Pondération: 40
## II.2.6)Valeur estimée
Valeur hors TVA: 300 000.00 EUR
## II.2.7)Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 12
Ce marché peut faire l'objet d'une reconduction: oui
Description des modalités ou du calendrier des reconductions:
Reconduction tacite, deux fois, par périodes de douze mois.
## II.2)Description
## II.2.1)Intitulé:
Faucardage des étangs
Lot nº: 2
## II.2.6)Valeur estimée
Valeur hors TVA: 90 000.00 EUR
## II.2.7)Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 24
Ce marché peut faire l'objet d'une reconduction: non
## IV.2.6)Délai minimal pendant lequel le soumissionnaire est tenu de maintenir son offre
Durée en mois: 6 (à compter de la date limite de réception des offres)
"""
_TABLE = """
# 3 Durée
Lot\tDurée initiale\tReconductions{0}
1\t12 mois\t2 fois 12 mois{1}
2\t24 mois\tSans{2}
"""
_EUROPEAN = """
## 5.1. Lot: LOT-0001
Titre: Curage des fossés
## 5.1.6. Informations générales
Participation réservée: La participation n'est pas réservée.
## 5.1.10. Critères d'attribution
Critère:
Type: Prix
Nom: Prix
Nombre critère d'attribution: 60
Critère:
Type: Qualité
Nom: Protection de l'environnement
Description: Part des engins électriques, gestion des déchets verts
Nombre critère d'attribution: 40
## 5.1.12. Conditions du marché public
Le marché doit être exécuté dans le cadre de programmes d'emplois protégés: Non
## 5.1. Lot: LOT-0002
Titre: Faucardage des étangs
## 5.1.6. Informations générales
Informations complémentaires: Lot réservé, en application de l'article L. 2113-13 du code de la commande publique, aux \
structures d'insertion par l'activité économique.
## 5.1.10. Critères d'attribution
Critère:
Type: Prix
Nom: Prix
Nombre critère d'attribution: 55
Critère:
Type: Qualité
Nom: Valeur technique
Nombre critère d'attribution: 45
## 5.1.12. Conditions du marché public
Le marché doit être exécuté dans le cadre de programmes d'emplois protégés: Non
"""


def test_each_section_of_the_old_form_tells_its_duration_and_its_renewals() -> None:
    """Those of the other lots, and how long an offer holds, are not its own."""
    assert value(_OLD, "duree_mois", "AAPC", _FIRST) == 36
    assert value(_OLD, "duree_mois", "AAPC", _SECOND) == 24


def test_each_section_of_the_old_form_tells_its_estimate() -> None:
    """The label of the rubric stands over the amount."""
    assert value(_OLD, "valeur_estimee_ht", "AAPC", _FIRST) == Decimal(300000)
    assert value(_OLD, "valeur_estimee_ht", "AAPC", _SECOND) == Decimal(90000)


def test_criteria_whose_lines_were_joined() -> None:
    """A page that loses the end of a line joins two criteria, each with its label and its weight."""
    told = value(_OLD, "criteres", "AAPC", _FIRST)
    assert [item["poids"] for item in told] == [45, 15, 40]  # type: ignore[attr-defined]


def test_how_long_an_offer_holds_is_no_duration() -> None:
    """Under its title, "durée en mois" is that of the offer."""
    text = "## Délai pendant lequel le candidat est tenu de maintenir son offre\nDurée en mois : 6"
    assert fact(text, "duree_mois", "AAPC").status != "known"


def test_a_table_that_tells_the_renewals_of_each_lot() -> None:
    """In their column, or in that of the whole duration."""
    for total in (("", "", ""), ("\tDurée totale", "\t36 mois", "\t24 mois")):
        assert value(_TABLE.format(*total), "duree_mois", "CCAP", _FIRST) == 36
        assert value(_TABLE.format(*total), "duree_mois", "CCAP", _SECOND) == 24


def test_a_cell_that_tells_the_renewals_of_its_lot_alone() -> None:
    """The other lots of the table are not renewed."""
    text = "# 3 Lots\nLot\tDésignation\tDurée\n1\tCurage\t12 mois, reconductible 2 fois\n2\tFaucardage\t24 mois"
    assert value(text, "duree_mois", "RC", _FIRST) == 36
    assert value(text, "duree_mois", "RC", _SECOND) == 24


def test_each_lot_of_a_european_notice_has_its_reservation() -> None:
    """Performance in sheltered employment is another question: its "no" does not lift the reservation."""
    facts = read_whole(("AAPC", _EUROPEAN))
    assert of_lot(facts, "1")["reservation.categorie"] == "aucune"
    assert of_lot(facts, "2")["reservation.categorie"] == "insertion"
    assert of_lot(facts, "2")["reservation.articles_avis"] == ("L2113-13",)
    assert "reservation.articles_avis" not in of_lot(facts, "1")


def test_each_lot_of_a_european_notice_has_its_criteria() -> None:
    """What details the green criterion of one leaves nothing open in the other."""
    facts = read_whole(("AAPC", _EUROPEAN), ("RC", "# 6 Jugement\nLes critères sont ceux de l'avis."))
    assert of_lot(facts, "1")["environnement.critere"] is True
    told = facts.get("environnement.critere", _SECOND)
    assert told is not None
    assert told.status == "absent"


def test_a_form_ticked_for_one_lot_reserves_no_whole_market() -> None:
    """The rubric is the same for all, and only the section of the lot tells which one is reserved."""
    lot = "Lot réservé, en application de l'article L. 2113-12, aux entreprises adaptées."
    form = (
        "## III.1.5)Informations sur les marchés réservés\nLe marché est réservé à des ateliers protégés et à des "
        "opérateurs économiques dont l'objet principal est l'intégration sociale de personnes handicapées ou "
        "défavorisées"
    )
    told = _OLD.replace("## IV.2.6)", f"## II.2.14)Informations complémentaires\n{lot}\n{form}\n## IV.2.6)")
    facts = read_whole(("AAPC", told))
    assert of_lot(facts, "2")["reservation.categorie"] == "handicap"
    assert "reservation.categorie" not in known(facts)


def test_a_count_that_has_a_ceiling_is_no_label_of_an_amount() -> None:
    """The estimate below it is not the ceiling of the framework."""
    text = "Nombre maximal de renouvellements : 3\nValeur estimée hors TVA : 80 000 EUR"
    assert value(text, "valeur_maximale_ht", "AAPC") == "unknown"
    assert value(text, "valeur_estimee_ht", "AAPC") == Decimal(80000)


def test_the_age_of_whom_a_clause_is_for_is_no_duration() -> None:
    """It stands in the sentence that counts hours over the whole duration."""
    text = "Le titulaire réserve 90 heures, sur la durée totale du marché, à des personnes de plus de 50 ans."
    assert fact(text, "duree_mois", "CCAP").status != "known"


def test_a_lot_is_told_open_or_reserved_far_below_its_heading() -> None:
    """A page of a platform prints where, how much and how long before it."""
    lines = "CPV : 77310000\nLieu d'exécution : Digues\nCode NUTS : FRK23\nCoût estimé : 20 000,00 Euro\nSans minimum."
    last = "Lot réservé, en application de l'article L. 2113-12, aux entreprises adaptées."
    text = f"Lot N° 1 - Fauchage\n{lines}\nLot non réservé.\nLot N° 2 - Ramassage\n{lines}\n{last}"
    facts = read_whole(("AAPC", text))
    assert of_lot(facts, "1")["reservation.categorie"] == "aucune"
    assert of_lot(facts, "2")["reservation.fondement"] == ("L2113-12",)
    assert "reservation.categorie" not in known(facts)
