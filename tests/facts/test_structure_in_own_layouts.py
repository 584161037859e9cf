"""Durations, ceilings, deadlines, criteria and estimates in the layouts of buyers who write their own pieces."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import ACHETEUR, Scope


@pytest.mark.parametrize(
    ("body", "months"),
    [
        (
            "Première période : du 1er avril 2027 au 31 mars 2028. Le contrat peut être reconduit par la ville "
            "jusqu'au 31 mars 2029, puis jusqu'au 31 mars 2030, puis jusqu'au 31 mars 2031, terme ultime.",
            48,
        ),
        (
            "Du 1er avril 2027 au 31 mars 2028, renouvelable jusqu'au 31 mars 2029. Les factures sont remises "
            "avant le 30 juin 2029.",
            24,
        ),
        ("Dix-huit mois à compter du 1er mars 2027, puis six mois au plus.", 24),
        ("Dix-huit mois à compter du 1er mars 2027.", 18),
        (
            "L'accord-cadre prend effet le 1er mars 2027 pour trente mois. Il est reconductible une fois six mois par "
            "décision expresse.",
            36,
        ),
        ("Elle court du 1er mars 2027 au 29 février 2028 et peut être reconduite deux fois.", 36),
    ],
)
def test_the_whole_duration(body: str, months: int) -> None:
    """Each further term is counted, and a day that is none is not."""
    assert value(f"# 4 Durée\n{body}", "duree_mois") == months


def test_a_guarantee_after_the_term_is_no_renewal() -> None:
    """ "Puis six mois de garantie" lengthens nothing."""
    assert value("# 4 Durée\nDouze mois dès la notification, puis six mois de garantie.", "duree_mois") != 18


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("B4. Durée d'exécution : 24 mois à compter du 1er mars 2027, reconductible une fois 12 mois.", 36),
        ("B4. Durée d'exécution : 5 mois.", "unknown"),
    ],
)
def test_a_time_of_execution_that_is_renewed_is_the_duration(line: str, months: object) -> None:
    """A form calls it so; alone, it is how long the works take."""
    assert value(line, "duree_mois", "AE") == months


_LOTS = "# 5 Lots\nLot\tSecteur\t{first}\t{second}\n1\tPlaine\t50 000 €\t200 000 €\n2\tVallée\t40 000 €\t160 000 €\n"


@pytest.mark.parametrize(
    ("first", "second", "ceiling"),
    [
        ("Maximum HT par période annuelle", "Maximum HT toutes périodes", 200000),
        ("Maximum HT annuel", "Maximum HT sur quatre ans", 200000),
        ("Maximum HT sur 48 mois", "Maximum HT de la première période", 50000),
        ("Maximum HT toutes périodes", "Maximum HT par période", 50000),
        ("Communes desservies (€)", "Maximum HT", 200000),
    ],
)
def test_the_column_of_the_whole_duration(first: str, second: str, ceiling: int) -> None:
    """Beside the ceiling of a year, that of all years is the lot's."""
    assert value(_LOTS.format(first=first, second=second), "valeur_maximale_ht", scope=Scope("lot", "1")) == ceiling


def test_a_column_of_one_year_is_no_whole_ceiling() -> None:
    """Alone, the ceiling of each period waits for their number."""
    facts = read(piece(_LOTS.format(first="Communes", second="Maximum HT par période annuelle")))
    found = facts.get("valeur_maximale_ht", Scope("lot", "1"))
    assert found is None or found.status != "known"


@pytest.mark.parametrize(
    "text",
    [
        "# Article 11. DATE LIMITE\nVendredi 16 avril 2027 à 17 h 00, sur https://achats.example",
        "# ARTICLE 7 – REMISE DES PLIS\nAu plus tard le 16 avril 2027 à 12 heures, par voie électronique.",
        "# D.3 Date limite\n16 avril 2027, 12 h",
        "# 4. Votre réponse\nNous l'attendons sur la plateforme, avant le vendredi 16 avril 2027 à 17 h.",
        "# 4. Comment répondre\nToute pièce est jointe, au plus tard le 16 avril 2027 à 9 h 30.",
        "Merci de nous faire parvenir votre offre par la plateforme avant le 16 avril 2027.",
    ],
)
def test_the_deadline_under_its_title(text: str) -> None:
    """The title tells what the day is."""
    assert value(text, "date_limite_offres") == date(2027, 4, 16)


@pytest.mark.parametrize(
    "text",
    [
        "# 4. Votre réponse\nLes questions sont posées avant le 16 avril 2027 à 12 h.",
        "# 4. Votre réponse\nLa visite a lieu avant le 16 avril 2027 à 12 h.",
        "# 4. Votre réponse\nElle tient compte du plan paru avant le 16 avril 2027.",
        "# 9. Suivi\nLe bilan est remis avant le 16 avril 2027 à 12 h.",
    ],
)
def test_another_day_is_no_deadline(text: str) -> None:
    """That of a question, of a visit, or one without an hour."""
    assert value(text, "date_limite_offres") == "unknown"


@pytest.mark.parametrize(
    ("text", "launched"),
    [
        ("Mise en ligne : 4 mai 2026", date(2026, 5, 4)),
        ("Mise en ligne : le site ouvre avant le 4 mai 2026", "unknown"),
        ("Valombre, le 4 mai 2026\nMadame, Monsieur,\nNous vous consultons pour le linge.", date(2026, 5, 4)),
        ("Valombre, le 4 mai 2026\nLe maire", "unknown"),
    ],
)
def test_the_launch(text: str, launched: object) -> None:
    """A letter is sent on its day; a signature is not."""
    assert value(text, "date_lancement") == launched


@pytest.mark.parametrize(
    ("answer", "told"), [("Interdites, de qui que ce soit.", "interdites"), ("Admises.", "autorisees")]
)
def test_variants_under_a_lettered_title(answer: str, told: str) -> None:
    """ "B.3 Variantes" is a title as "3 Variantes" is."""
    assert value(f"# B.3 Variantes\n{answer}", "variantes") == told


def _weights(text: str) -> list[tuple[str, int]] | str:
    found = fact(text, "criteres")
    if not isinstance(found.value, tuple):
        return found.status
    return [(str(item["nature"]), int(Decimal(str(item["poids"])))) for item in found.value if isinstance(item, dict)]


def test_criteria_of_a_total_with_a_formula_beside_one() -> None:
    """The formula of the price is no part of its weight."""
    text = (
        "# D. Suite\nLes offres sont classées sur un total de 100 points.\nCompréhension du site : 25 points\n"
        "Méthodologie : 45 points, répartis en : phasage (20), relevés (25)\n"
        "Prix : 30 points (30 x prix le plus bas / prix de l'offre)\n"
    )
    assert _weights(text) == [("technique", 25), ("technique", 45), ("prix", 30)]


def test_criteria_of_a_sentence_out_of_a_hundred() -> None:
    """ "40 sur 100" is a weight, and "puis" leads to the next criterion."""
    text = (
        "# 6. Comment nous choisirons\n"
        "D'abord le prix (45 sur 100), puis la qualité du linge (35 sur 100), enfin les délais (20 sur 100)."
    )
    assert _weights(text) == [("prix", 45), ("technique", 35), ("delai", 20)]
    assert _weights("# 6. Comment nous joindre\nLe prix (45 sur 100), puis la qualité (55 sur 100).") == "unknown"


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("# A.4 Estimation\n98 000 € HT toutes tranches confondues.", 98000),
        ("# 2 Forme\nUne tranche ferme, une tranche optionnelle.\n# 3 Estimation\n98 000 € HT, le tout.", 98000),
        ("# 3 Estimation\nTranche ferme : 98 000 € HT.", "unknown"),
        ("La dépense que nous prévoyons est de l'ordre de 90 000 € HT sur les trois ans.", 90000),
        ("La dépense que nous prévoyons est de 30 000 € HT par an, soit 90 000 € HT sur trois ans.", 90000),
    ],
)
def test_estimates(text: str, estimate: object) -> None:
    """Under their title, or in the words of a letter; what stands above the title is told of something else."""
    assert value(text, "valeur_estimee_ht") == estimate


@pytest.mark.parametrize(
    ("buyer", "category"),
    [
        ("EHPAD Les Glycines", "etablissement_public_local"),
        ("EHPAD du centre hospitalier de Valombre", "etablissement_sante"),
        ("Centre hospitalier de Valombre", "etablissement_sante"),
    ],
)
def test_a_home_for_the_old_is_no_hospital(buyer: str, category: str) -> None:
    """It pays in thirty days, and a hospital in fifty."""
    found = read(piece(f"RÈGLEMENT DE LA CONSULTATION\nAcheteur : {buyer}\n")).get("acheteur.categorie", ACHETEUR)
    assert found is not None
    assert found.value == category
