"""Durations, amounts of a period and lots, in the short forms of small purchases and of notices."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import Scope


@pytest.mark.parametrize(
    ("text", "months"),
    [
        (
            "Il est conclu pour un an, reconductible trois fois pour une durée identique, soit quatre ans au plus.",
            48,
        ),
        ("# 3 Durée\nUn an reconductible trois fois pour une durée identique, soit quatre ans au plus.", 48),
        ("Le marché est conclu pour un an, reconductible deux fois pour la même durée, sans excéder trois ans.", 36),
        ("# 3 Durée et montant\n12 mois reconductibles 3 fois tacitement.", 48),
        ("L'accord-cadre dure 12 mois. Il est reconduit tacitement trois fois, par période de 12 mois.", 48),
        ("Le marché est conclu pour deux ans. Il est reconductible une fois pour une durée d'un an.", 36),
    ],
)
def test_renewals_of_the_same_length(text: str, months: int) -> None:
    """ "Soit quatre ans" is the whole, and not the length of each renewal."""
    assert value(text, "duree_mois", "CCAP") == months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Durée de l'accord-cadre : 36 mois. Ce marché peut faire l'objet d'une reconduction : oui", None),
        ("Durée de l'accord-cadre : 36 mois. Ce marché peut faire l'objet d'une reconduction : non", 36),
        ("Durée du marché : 24 mois, avec une reconduction de 12 mois.", 36),
    ],
)
def test_a_box_of_a_notice_counts_no_renewal(text: str, months: int | None) -> None:
    """The article of « peut faire l'objet d'une reconduction : oui » is that of the printed form, and counts none."""
    assert value(text, "duree_mois", "AAPC") == (months or "unknown")


_LOTS = """
Les prestations sont réparties en 2 lots :
Lot 1 : Fruits
Lot 2 : Viandes
"""


def test_column_of_a_period_of_twelve_months() -> None:
    """A ceiling "pour une période de 12 mois" is that of a year, even without the word "an"."""
    table = "LOT\tDÉSIGNATION\tMAXIMUM € HT POUR UNE PÉRIODE DE 12 MOIS\n1\tFruits\t40 000\n2\tViandes\t60 000\n"
    length = "L'accord-cadre est conclu pour un an. Il est reconductible une fois pour un an, soit deux ans au total."
    facts = read(piece(_LOTS + table + length))
    first = facts.get("valeur_maximale_ht", Scope("lot", "1"))
    assert first is not None
    assert first.value == 80000
    alone = read(piece(_LOTS + table)).get("valeur_maximale_ht", Scope("lot", "1"))
    assert alone is None or alone.status != "known"


def test_total_of_the_whole_after_a_line_about_a_lot() -> None:
    """ "Montant maximum total de l'accord-cadre" is the market's, whatever lot the line above is about."""
    text = _LOTS + "Le lot 2 est réservé aux structures d'insertion.\n"
    text += "Montant maximum total de l'accord-cadre sur 24 mois : 290 000 € HT"
    assert value(text, "valeur_maximale_ht", "AAPC") == 290000


def _names(text: str, role: str = "RC") -> dict[str, object]:
    return {f.scope.id: f.value for f in read(piece(text, role)) if f.name == "objet" and f.scope.kind == "lot"}


def test_lots_on_one_line() -> None:
    """A short notice lists its lots in a sentence, parted by semicolons."""
    text = "3. Lots : lot 1 : Démolition, gros œuvre ; lot 2 : Charpente ; lot n° 3 : Peinture, sols souples."
    assert _names(text, "AAPC") == {"1": "Démolition, gros œuvre", "2": "Charpente", "3": "Peinture, sols souples"}
    assert value(text, "nombre_lots", "AAPC") == 3


@pytest.mark.parametrize(
    "text",
    [
        "Montant maximum : lot 1 : 30 000 € HT par an ; lot 2 : 15 000 € HT par an.",
        "Insertion : lot 1 : 300 heures ; lot 2 : 150 heures.",
        "Le lot 1 : voir CCTP ; le lot 3 : voir CCAP.",
        "Délais : lot 1 : quatre mois ; lot 2 : deux mois.",
    ],
)
def test_figures_of_lots_on_one_line(text: str) -> None:
    """Amounts, hours and times of lots are no names."""
    assert _names(text, "AAPC") == {}


def test_lots_under_a_header_of_numbers() -> None:
    """The row of titles below "les lots sont les suivants" is not the end of the list; a "/" cell is no name."""
    text = (
        "Les lots sont les suivants :\nN°\tDésignation\tHeures\n01\tVRD - Espaces verts\t300 h\n02\tAscenseur\t/\n"
        "03\tSecteur Est\t/\n"
    )
    assert _names(text) == {"1": "VRD - Espaces verts", "2": "Ascenseur", "3": "Secteur Est"}


def test_articles_numbered_with_a_letter_are_no_lots() -> None:
    """ "A2. Lots :" is followed by its lots and by the article A3."""
    text = (
        "A2. Lots :\nLot n° 1 - Tonte : lot réservé aux ESAT (article L. 2113-12)\nLot n° 2 - Fauchage\n"
        "A3. Durée : 1 an renouvelable 3 fois par tacite reconduction.\nA5. Variantes interdites. Groupement libre."
    )
    assert _names(text) == {"1": "Tonte", "2": "Fauchage"}
    assert value(text, "nombre_lots") == 2
    assert value(text, "duree_mois") == 48
    assert value(text, "variantes") == "interdites"


def test_lots_called_by_their_articles_have_no_name() -> None:
    """Brackets after the number hold an article, and no name."""
    assert _names("Lots 3 (L. 2113-13) et 4 (L. 2113-12) réservés.", "AAPC") == {}


def test_name_before_a_reservation_in_brackets() -> None:
    """What a lot is reserved to is no part of its name."""
    text = "Lot n° 5 : Pain (lot réservé aux structures d'insertion, article L. 2113-13)"
    assert _names(text) == {"5": "Pain"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Variantes\t☐ Oui ☒ Non", "interdites"),
        ("Variantes : ☒ Oui ☐ Non", "autorisees"),
        ("Variantes\t☐ Oui ☐ Non", "unknown"),
        ("A5. Variantes interdites.", "interdites"),
        ("Variantes autorisées sur le matériau, sous réserve de la classe minimale du CCTP.", "autorisees"),
        ("Variantes autorisées : voir l'article 4.", "unknown"),
        ("Les variantes interdites par le CCTP sont celles du lot 2.", "unknown"),
    ],
)
def test_variants_of_a_form(text: str, told: str) -> None:
    """Only a ticked answer, or an adjective right behind the word, decides."""
    assert value(text, "variantes") == told


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("# 6 Délai d'exécution\n16 mois tous corps d'état, y compris 2 mois de préparation.", 16),
        ("4. Durée des travaux : 9 mois dont 1 mois de préparation.", 9),
        ("# 6 Délai d'exécution\nVoir l'acte d'engagement, 16 mois au plus.", "unknown"),
        ("La durée des travaux de reprise de garantie est précisée au CCTP : 3 mois.", "unknown"),
    ],
)
def test_time_of_works_in_few_words(text: str, months: object) -> None:
    """The title says what the months are."""
    assert value(text, "delai_execution_mois") == months


def test_day_a_notice_was_sent() -> None:
    """In a notice, what is sent is the notice."""
    assert str(value("Date d'envoi : 09/11/2026", "date_lancement", "AAPC")) == "2026-11-09"
    assert value("Date d'envoi des convocations : 09/11/2026", "date_lancement", "AAPC") == "unknown"


def test_table_of_lots_under_a_short_title() -> None:
    """ "2. Lots" is title enough, and the sum of the lots listed is that of the market."""
    text = (
        "# 2. Lots\nN°\tIntitulé\tMontant maximum sur la durée totale HT\n1\tCentre de Brissac\t2 400 000 €\n"
        "2\tEHPAD Les Glycines\t1 200 000 €\n"
    )
    assert _names(text) == {"1": "Centre de Brissac", "2": "EHPAD Les Glycines"}
    assert value(text, "valeur_maximale_ht") == 3600000


@pytest.mark.parametrize(
    "text",
    [
        "## 2.4 Forme\nAccords-cadres mono-attributaires à bons de commande.",
        "La consultation vise la conclusion d'accords-cadres à bons de commande pour la fourniture de mobilier.",
    ],
)
def test_frameworks_in_the_plural(text: str) -> None:
    """A framework for each lot is a framework."""
    assert value(text, "forme") == "accord_cadre"


def test_offer_in_the_singular() -> None:
    """A letter asks for "votre offre"."""
    text = "Votre offre est à déposer sur PLACE avant le jeudi 3 décembre 2026 à 17h00."
    assert str(value(text, "date_limite_offres")) == "2026-12-03"
