"""Durations, times to perform, lots, ceilings, buyers and deadlines in other words, and their look-alikes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import value

from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Le présent marché débutera le 1er mars 2026 pour se terminer le 28 février 2030.", 48),
        ("L'accord-cadre commence le 01/09/2026 et s'achève le 31/08/2028.", 24),
        ("Le contrat s'exécutera du 1er juillet 2026 au 30 juin 2029 inclus.", 36),
        ("Les prestations démarreront le 15 juin 2026 et prendront fin le 14 juin 2028.", 24),
        ("Le marché est d'une durée de 30 mois.", 30),
        (
            "Il s'agit d'un marché d'une durée d'un an, renouvelable par reconduction expresse deux fois.",
            36,
        ),
        (
            "Après la première période de douze mois, le marché sera renouvelé annuellement trois fois.",
            48,
        ),
        ("Le marché est conclu pour une durée ferme de 3 ans avec possibilité de reconduction d'une année.", 48),
        ("Le marché est conclu pour les années 2026, 2027 et 2028.", 36),
        ("L'accord-cadre est passé pour les années 2026 à 2029.", 48),
        ("Prestations d'entretien des parcs pour les années 2026-2027-2028-2029", 48),
    ],
)
def test_contracts_between_two_days_or_told_in_years(text: str, months: int) -> None:
    """A contract may be told by its two days, by its years, or as what it is: « un marché d'une durée de … »."""
    assert value(text, "duree_mois", "CCAP") == months


@pytest.mark.parametrize(
    "text",
    [
        "Les travaux débuteront le 1er mars 2026 et s'achèveront le 30 mai 2026.",
        "Le titulaire recrute en contrat d'apprentissage d'une durée de deux ans.",
        "Le candidat, s'il a conclu un marché semblable, remet ses bilans pour les années 2023, 2024 et 2025.",
        "Le marché est conclu pour les années 2026 et 2029.",
        "La première période de facturation est de trois mois.",
    ],
)
def test_days_and_years_of_something_else(text: str) -> None:
    """Works, other contracts, past years and years with a hole between them tell no duration."""
    assert value(text, "duree_mois", "CCAP") == "unknown"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Le délai global prévu pour l'exécution des prestations est de 9 mois, préparation comprise.", 9),
        ("Le délai imparti pour la réalisation des travaux est de 4 mois.", 4),
        ("Le délai contractuel d'exécution est de 16 mois.", 16),
        ("Les travaux seront exécutés dans le délai de 5 mois, congés payés compris.", 5),
        ("L'ensemble des travaux sera réalisé en 6 mois, y compris la préparation.", 6),
        ("Les travaux se dérouleront sur une durée de 18 mois, préparation comprise.", 18),
        ("La durée globale des travaux est fixée à 11 mois.", 11),
        ("Délai global : 9 mois, dont un mois de préparation", 9),
        ("Les délais d'exécution des travaux sont les suivants : 4 mois à compter de l'ordre de service.", 4),
        ("Le titulaire dispose d'un délai de 3 mois pour réaliser les prestations.", 3),
        (
            "Le délai d'exécution part de l'ordre de service. Il est de 7 mois, préparation comprise.",
            7,
        ),
        ("Le délai d'exécution d'études et de validation du marché est de 8 mois, après le début des prestations.", 8),
    ],
)
def test_times_to_perform(text: str, months: int) -> None:
    """The time to perform is what is given for the whole, whatever the verb that gives it."""
    assert value(text, "delai_execution_mois", "CCAP") == months


@pytest.mark.parametrize(
    "text",
    [
        "Le délai imparti pour la réalisation des plans est de 2 mois.",
        "Le titulaire dispose d'un délai de 2 mois pour réaliser les plans de récolement.",
        "Les délais d'exécution sont fixés à 3 mois pour la toiture et à 5 mois pour les façades.",
        "La durée d'exécution de l'accord-cadre est de 12 mois, reconductible trois fois.",
        "Le délai de paiement est de 30 jours.",
    ],
)
def test_times_of_a_part(text: str) -> None:
    """Plans, two works with times of their own, or the life of a framework are not the time to perform."""
    assert value(text, "delai_execution_mois", "CCAP") == "unknown"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("LOT 1 – 26 04 011 GANTS LOT 2 – 26 04 012 BOTTES", 2),
        ("La consultation est allotie : lot n°1 Gants, lot n°2 Chaussures de sécurité, lot n°3 Casques", 3),
        ("Rénovation de l'école des Tilleuls - 12 lots", 12),
        ("Le marché comporte deux lots. Le montant maximum est fixé plus loin.", 2),
        ("Ce marché unique comporte une tranche ferme et une tranche optionnelle.", 1),
        ("Il s'agit d'un marché unique.", 1),
    ],
)
def test_counts_of_lots(text: str, count: int) -> None:
    """Lots are counted with a reference before their name, without a sign after it, or at the end of a title."""
    assert value(text, "nombre_lots") == count


@pytest.mark.parametrize(
    "text",
    [
        "Viabilisation du lotissement des Prés (12 lots)",
        "Le lot n°1 est attribué à la société Alpha, le lot n°2 est attribué à la société Bêta.",
        "Chaque lot fait l'objet d'un marché unique.",
    ],
)
def test_what_counts_no_lot(text: str) -> None:
    """Plots of land, sentences on two lots and the contract of each lot count nothing."""
    assert value(text, "nombre_lots") == "unknown"


def test_the_next_sentence_does_not_change_a_count_of_lots() -> None:
    """« Un candidat », in the sentence that follows, is not about how many lots there are."""
    assert value("Le marché est réparti en quatre lots. Un candidat répond à tous.", "nombre_lots") == 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Les prestations font l'objet d'un accord-cadre, en application des articles R. 2161-2 à R. 2161-5 du code.",
         "appel_offres_ouvert"),
        ("AOO n° 2026-14", "appel_offres_ouvert"),
        ("M.A.P.A. n° 7", "procedure_adaptee"),
        ("Les offres sont examinées en application de l'article R. 2161-4.", "unknown"),
    ],
)  # fmt: skip
def test_procedures_in_few_letters(text: str, kind: str) -> None:
    """A contract concluded under articles alone, or initials, tell a procedure; the way to open bids does not."""
    assert value(text, "procedure.type") == kind


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("Les prestations sont plafonnées à 215 000 € HT sur 4 ans.", Decimal(215000)),
        ("Période 1 : maximum 50 000 € HT\nPériode 2 : maximum 60 000 € HT", "unknown"),
        ("Le marché comporte deux lots. Le montant maximum est de 60 000 € HT pour le lot 1 et de 30 000 € HT pour le "
         "lot 2, sur toute la durée du marché.", Decimal(90000)),
    ],
)  # fmt: skip
def test_ceilings(text: str, ceiling: object) -> None:
    """The ceiling of one period, named by its number, is never that of the whole duration."""
    assert value(text, "valeur_maximale_ht") == ceiling


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date et heure limites de réception des offres :\nLe 1 er juillet 2026 à 11H00", "2026-07-01"),
        ("DELAI DE REPONSE : 17 FEVRIER 2026 A 12 HEURES", "2026-02-17"),
        ("Clôture : 14/03/2026 à 12h00", "2026-03-14"),
        ("Clôture du chantier : 14/03/2026", "unknown"),
    ],
)
def test_deadlines(text: str, day: str) -> None:
    """A deadline is read with its ordinal cut from its figure, and under the shorter labels of forms."""
    assert str(value(text, "date_limite_offres")) == day


def test_required_variants_in_a_sentence() -> None:
    """« Les variantes sont exigées » says what « variantes exigées » says."""
    assert value("Les variantes sont exigées sur les points suivants.", "variantes") == "exigees"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Achat de gants (lot n°1) et de bottes (lot n°2).", 2),
        ("Le maximum est de 50 000 € HT pour le lot 1 et de 40 000 € HT pour le lot 2, sur toute la durée.", 2),
        ("Prestations : Lot 1 - Tonte des pelouses : marché réservé. Lot 2 - Taille des haies : marché ouvert.", 2),
        ("Achat de gants (lot n°1) et de bottes (lot n°2). Le lot n° 3 est réservé.", "unknown"),
        ("Corps d'état techniques : plomberie (lot 1) et électricité (lot 2).", "unknown"),
    ],
)
def test_lots_told_apart(text: str, count: object) -> None:
    """Lots named in brackets or beside their amounts are counted when the piece speaks of no other."""
    assert value(text, "nombre_lots") == count


def test_offers_for_all_lots_say_that_there_are_lots() -> None:
    """« Des offres peuvent être soumises pour tous les lots » divides the contract, and counts nothing."""
    text = "Des offres peuvent être soumises pour tous les lots."
    assert value(text, "alloti", "AAPC") is True
    assert value(text, "nombre_lots", "AAPC") == "unknown"


def test_the_amount_of_this_lot_is_not_that_of_the_contract() -> None:
    """« Ce lot … » without a number is one of several: its ceiling is nobody's that we can name."""
    text = "Le marché comporte trois lots.\nCe lot est exécuté dans la limite d'un montant maximum de 70 000 € HT."
    assert value(text, "valeur_maximale_ht") == "unknown"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Identification de l'organisme qui passe le marché : BRENNE ÉNERGIES, 6 rue des Ormes", "BRENNE ÉNERGIES"),
        ("Nom officiel : Valombre Agglo\nNom officiel : Commune de Vernay", "Valombre Agglo"),
        ("Représentant de l'acheteur : Madame Brun, maire de Vernay", "Commune de Vernay"),
        ("Collège des Ormes\nFourniture de papier", "Collège des Ormes"),
    ],
)
def test_buyers_of_notices_and_of_mayors(text: str, name: str) -> None:
    """The official label names the buyer whatever its name says, the first one of a group; so does the mayor."""
    assert value(text, "acheteur.nom", "AAPC", ACHETEUR) == name


@pytest.mark.parametrize(
    "text",
    [
        "Nom officiel : voir la page suivante",
        "Représentant : Madame Brun, maire de Vernay et présidente du syndicat",
        "Représentants : Madame Brun, maire de Vernay\nReprésentant : Monsieur Roux, maire de Valombre",
        "Titulaire représenté par Monsieur Roux, maire de Valombre",
    ],
)
def test_who_is_not_the_buyer(text: str) -> None:
    """A cross-reference, the president of another body, two mayors or the holder name no buyer."""
    assert value(text, "acheteur.nom", "AAPC", ACHETEUR) == "unknown"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("« Appel à la concurrence pour la fourniture de papier »", "Fourniture de papier"),
        ("Matériels sportifs et mobilier", "Matériels sportifs et mobilier"),
        ("Le présent marché ne concerne ni les réseaux enterrés ni les voies.", "unknown"),
    ],
)
def test_objects_on_covers(text: str, told: str) -> None:
    """What announces a purchase on a cover is left out, and what a contract leaves out is no object."""
    assert value(text, "objet") == told


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("Critères de jugement des offres :\nPrix : 70 %\n- remise : 30 points\n- devis : 40 points\nQualité : 30 %\n"
         "- matières : 15 points\n- finitions : 15 points", [70, 30]),
        ("Critères de jugement des offres :\n- devis type : 30 points\n- prix remisé : 40 points\n- tissu : 5 points\n"
         "- lavage : 5 points\n- usage : 5 points\nDélai de livraison : 15 %", []),
        ("Critères de jugement des offres :\nPrix : 60 points\nQualité : 40 %", [60, 40]),
    ],
)  # fmt: skip
def test_criteria_in_two_units(text: str, weights: list[int]) -> None:
    """Points that detail percentages are no criteria, and a list that no unit sums up says nothing."""
    told = value(text, "criteres")
    assert ([] if told == "unknown" else [item["poids"] for item in told]) == weights  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "C. Durée : du 1er janvier 2027 au 31 décembre 2029.",
        "Les contrats prennent effet le 1er janvier 2027 pour se terminer le 31 décembre 2029.",
        "Les marchés prendront effet le 1er janvier 2027 et s'achèvent le 31 décembre 2029.",
    ],
)
def test_first_and_last_day_of_several_contracts(text: str) -> None:
    """In the plural, and under a label with its letter."""
    assert value(text, "duree_mois", "AE") == 36


def test_a_concession_is_no_assignment_of_a_claim() -> None:
    """ "Cession" stands in "concession", whose value was set aside."""
    assert value("La valeur de la concession est estimée à 900 000 € HT sur trois ans.", "valeur_estimee_ht") == 900000
    assert value("Le montant de la cession est estimé à 900 000 € HT.", "valeur_estimee_ht") == "unknown"
    assert value("Soit un total estimé de 900 000 € HT, toutes tranches comprises.", "valeur_estimee_ht") == 900000
