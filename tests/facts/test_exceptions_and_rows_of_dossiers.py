"""Turns of whole dossiers: exceptions and times told lot by lot, what is not required, lengths of other things."""

from __future__ import annotations

import pytest
from template_builders import known, of_lot, read_whole

_TIMES = """
RÈGLEMENT DE LA CONSULTATION
# 2 Allotissement
Lot\tIntitulé\tDélai d'exécution
1\tCharpente\t5 mois
2\tVitrerie\t8 mois
3\tPeinture\t10 semaines
"""


@pytest.mark.parametrize(
    "told",
    [
        "la ville a choisi, sur le fondement du II de l'article L. 2112-2-1 du code, de ne pas imposer",
        "le maître d'ouvrage décide, comme le II de l'article L. 2112-2-1 le lui permet, de ne pas prévoir",
    ],
)
def test_a_clause_set_aside_for_some_lots_by_a_long_sentence(told: str) -> None:
    """An article quoted between the decision and what it sets aside makes it no clause."""
    text = f"# 4 Achat responsable\nPour les lots 2 et 3, {told} de condition d'exécution relative au domaine social."
    facts = read_whole(("RC", text))
    assert of_lot(facts, "2")["social.condition_execution"] is False
    assert of_lot(facts, "3")["social.condition_execution"] is False
    assert "social.condition_execution" not in known(facts)


def test_what_a_buyer_may_decide_is_no_decision() -> None:
    """A reminder of the law sets nothing aside."""
    text = "# 4 Achat responsable\nL'acheteur peut choisir de ne pas prévoir de condition d'exécution sociale."
    assert "social.condition_execution" not in known(read_whole(("RC", text)))


def test_a_reason_for_each_lot() -> None:
    """A table gives each lot its exception, by its number and its words."""
    text = (
        "# 4 Exceptions\nLot\tException\n"
        "1 – Curage\t4° : marché de travaux d'une durée inférieure à six mois\n"
        "2 – Alarmes\t3° (clause qui rendrait l'exécution techniquement ou économiquement difficile)\n"
    )
    facts = read_whole(("RC", text))
    assert of_lot(facts, "1")["social.derogation_motif"] == "travaux_moins_six_mois"
    assert of_lot(facts, "2")["social.derogation_motif"] == "concurrence_ou_difficulte"


def test_times_to_perform_of_lots() -> None:
    """The column of a table, or a sentence on one lot, gives the time of that lot and not of the market."""
    told = "# 3 Délais\nLe délai d'exécution du lot 3 est de dix semaines. Le délai global est de 14 mois.\n"
    facts = read_whole(("RC", _TIMES + told), ("CCAP", "# 4 Délai\nLe délai global d'exécution est de 14 mois.\n"))
    assert [of_lot(facts, lot)["delai_execution_mois"] for lot in "12"] == [5, 8]
    assert known(facts)["delai_execution_mois"] == 14


def test_the_time_of_all_that_starts_with_a_lot() -> None:
    """The lot whose order starts the works has not the time of all of them."""
    text = "# 3 Délais\nLe délai global d'exécution est de 14 mois à compter de l'ordre de service du lot 1."
    facts = read_whole(("RC", text))
    assert known(facts)["delai_execution_mois"] == 14
    assert "delai_execution_mois" not in of_lot(facts, "1")


@pytest.mark.parametrize("told", ["de chaque lot", "du lot", "propre à ce lot"])
def test_the_time_of_a_lot_that_nothing_names(told: str) -> None:
    """It is not that of the market."""
    text = f"# 3 Délais\nLe délai d'exécution {told} est de 4 mois."
    assert "delai_execution_mois" not in known(read_whole(("RC", text)))


@pytest.mark.parametrize("title", ["Délai de livraison", "Délai de paiement", "Délai"])
def test_other_times_of_lots(title: str) -> None:
    """A column of deliveries or payments gives no time to perform, nor one that says no more."""
    text = _TIMES.replace("Délai d'exécution", title)
    assert "delai_execution_mois" not in of_lot(read_whole(("RC", text)), "1")


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("Les variantes ne sont pas admises. Il n'est demandé ni variante imposée ni option.", "interdites"),
        ("Il n'y a ni variante exigée ni option.", None),
        ("Aucune variante imposée n'est prévue.", None),
        ("Il n'est pas envisagé de variante obligatoire ; les variantes libres sont interdites.", "interdites"),
        ("La variante imposée porte sur le bardage.", "exigees"),
    ],
)
def test_variants_that_are_not_required(told: str, value: str | None) -> None:
    """To require none is neither to require nor to forbid."""
    assert known(read_whole(("RC", f"# 5 Options\n{told}"))).get("variantes") == value


@pytest.mark.parametrize(
    "told",
    [
        "L'offre nous lie pour une durée de 120 jours.",
        "Le contrat de professionnalisation a une durée maximale de 24 mois.",
        "Les heures sont valorisées pendant une durée maximale de 18 mois à compter du recrutement.",
        "La clause est remplie dans la limite d'une durée de 12 mois à compter de leur embauche.",
    ],
)
def test_lengths_that_are_not_the_contract_s(told: str) -> None:
    """An offer, a hiring, the hours of a worker last too."""
    assert "duree_mois" not in known(read_whole(("CCAP", f"# 6 Engagement\n{told}")))


def test_codes_of_a_long_table_of_lots() -> None:
    """Each lot of a long table has its own code, the last one too."""
    rows = "\n".join(f"{n}\tDenrées de la famille {n}\t1581{n:02}00-{n % 10}" for n in range(1, 13))
    facts = read_whole(("RC", f"# 2 Lots\nLot\tIntitulé\tCode CPV\n{rows}\n"))
    assert of_lot(facts, "12")["cpv"] == ("15811200",)


def test_estimates_of_lots_between_brackets() -> None:
    """The lots are named before their amounts, after that of the market."""
    text = "# 2\nLe besoin est estimé à 90 000 € HT (lot 1 : 60 000 € ; lot 2 : 30 000 €)."
    facts = read_whole(("RC", text))
    assert known(facts)["valeur_estimee_ht"] == 90000
    assert [of_lot(facts, lot)["valeur_estimee_ht"] for lot in "12"] == [60000, 30000]


@pytest.mark.parametrize(
    ("role", "text", "fact", "value"),
    [
        ("RC", "Les prestations relèvent des services sociaux et autres services spécifiques.", "specific", True),
        ("RC", "Procédure passée en application du 3° de l'article R. 2123-1.", "specific", True),
        ("RC", "Un seuil existe pour les services sociaux et autres services spécifiques.", "specific", None),
        ("RC", "Procédure passée en application des 1° à 3° de l'article R. 2123-1.", "specific", None),
        ("RC", "Le choix tient compte de l'accessibilité et des besoins propres des personnes âgées.", "needs", True),
        ("RC", "Les horaires tiennent compte des besoins des usagers.", "needs", None),
        ("RC", "Les petites structures sont invitées à s'associer pour répondre.", "together", True),
        ("RC", "Les candidats sont invités à poser leurs questions.", "together", None),
        ("RC", "Sous-critère\tPoints\nAgence dans un rayon de 25 km du dépôt\t10", "local", True),
        ("RC", "Les locaux du titulaire sont dans un rayon de 25 km.", "local", None),
        ("CCTP", "Le portail est conçu de façon à limiter sa consommation électrique.", "green", True),
        ("CCTP", "Le portail est conçu pour limiter le bruit.", "green", None),
        ("RC", "La consultation a pour objet l'achat de services d'insertion sociale.", "object", True),
        ("RC", "Le facilitateur informe sur les services d'insertion.", "object", None),
        ("CCTP", "Aucune barquette en matière plastique n'est acceptée.", "plastic", False),
        ("CCTP", "Les repas sont livrés en barquettes en plastique.", "plastic", True),
        ("RC", "Le service de restauration accueille les élèves internes.", "school", True),
        ("RC", "La clause sociale s'impose à tous. Celle-ci ne constitue pas un critère de jugement.", "judged", False),
    ],
)
def test_facts_of_ordinary_sentences(role: str, text: str, fact: str, value: object) -> None:
    """What a sentence says, and what a near one does not."""
    assert known(read_whole((role, f"# 3 Dispositions\n{text}"))).get(_FACTS[fact], None) == value


_FACTS = {
    "specific": "services_sociaux_specifiques",
    "needs": "services_sociaux.besoins_usagers",
    "together": "groupement.encourage",
    "local": "criteres.implantation_locale",
    "green": "environnement.specification",
    "object": "social.objet_ou_specification",
    "plastic": "restauration.contenants_plastique",
    "school": "restauration.scolaire",
    "judged": "social.critere",
}


def test_objectives_in_the_rows_of_lots() -> None:
    """The labels of the code of strategic purchase, in the cell of a lot, are its own."""
    text = (
        "# 5 Lots\nLot\tTitre\tMarché stratégique\n"
        "1\tCurage\tRéduction des incidences sur l'environnement\n"
        "2\tVoirie\tRéduction des incidences sur l'environnement ; réalisation d'objectifs sociaux\n"
    )
    facts = read_whole(("AAPC", text))
    assert of_lot(facts, "2")["avis.objectif_social"] is True
    assert of_lot(facts, "2")["avis.objectif_environnemental"] is True
    assert "avis.objectif_social" not in of_lot(facts, "1")
