"""What trade words ask for the environment, check, prove and sanction: read by a person, never said to be missing."""

from __future__ import annotations

import pytest
from coherence_builders import WHOLE, dossier

from achats_check.model.fact import ABSENT

CLAUSE, MEASURE = "environnement.condition_execution", "environnement.mesure"
CHECKS, PROOFS, PENALTY = "environnement.controle", "environnement.preuves", "environnement.penalites"

TRADES = [
    (
        "# 5 Tenue du site\n5.1 Les souches restent en terre et les branches servent de refuge aux hérissons.\n"
        "5.2 L'agent de la commune vient voir chaque vendredi et note ce qu'il trouve.\n"
        "5.3 Une souche arrachée coûte 200 € au titulaire.",
        (CLAUSE, CHECKS, PENALTY),
    ),
    (
        "# 8 Cuisine sobre\n8.1 Les épluchures vont au composteur du collège.\n"
        "8.2 Le chef montre chaque mois son carnet de pesées à l'intendante.\n"
        "8.3 Sac noir trouvé plein d'épluchures : 30 €.",
        (CLAUSE, CHECKS, PROOFS, PENALTY),
    ),
    (
        "# 7 Les oiseaux d'abord\nLa façade n'est pas touchée d'avril à août.\n"
        "Un ornithologue passe avant l'échafaudage et remet sa note.\nNid détruit : 3 000 €.",
        (CLAUSE, CHECKS, PROOFS, PENALTY),
    ),
    (
        "# 6 Chauffage\n6.1 L'exploitant tient 19 °C dans les bureaux.\n"
        "6.2 Il lit les compteurs le 1er du mois et envoie les index.\n"
        "6.3 Tout degré en trop lui coûte 50 € par jour.",
        (CLAUSE, CHECKS, PROOFS, PENALTY, MEASURE),
    ),
    (
        "# 5 Linge\n5.1 Lavage à 40 degrés, lessive sans phosphate.\n5.2 La gouvernante regarde les bidons.\n"
        "5.3 Le blanchisseur garde les factures de lessive.\n5.4 Bidon interdit : 80 €.",
        (CLAUSE, CHECKS, PROOFS, PENALTY),
    ),
    (
        "# 6 Le vivant\n6.1 On laisse un mètre de bande non fauchée au pied des murs.\n"
        "6.2 Le jardinier du département compte les papillons en juin.\n"
        "6.3 La bande fauchée par erreur est ressemée aux frais du titulaire.",
        (CLAUSE, CHECKS, PENALTY),
    ),
    (
        "# 8 Haies et fossés\nLa haie n'est taillée qu'en hiver.\n"
        "Le technicien du syndicat vient avant chaque coupe.\nHaie taillée hors saison\t2 € par mètre",
        (CLAUSE, CHECKS, PENALTY),
    ),
    (
        "# 9 Banquet\n9.1 Assiettes en dur, eau du robinet en carafe.\n9.2 Restes offerts au foyer voisin, sur liste.\n"
        "9.3 L'intendant goûte et compte les restes.",
        (CLAUSE, CHECKS, PROOFS),
    ),
    (
        "# 14 Sanctions pécuniaires\nFait\tSomme\nCopeaux laissés au vent\t80 €\nCuve de lessive débordée\t300 €",
        (PENALTY,),
    ),
    ("# 6 Pénalités\nCause\tMontant\nTonte pendant la ponte\t500 €\nBâche laissée dans le fossé\t60 €", (PENALTY,)),
]


@pytest.mark.parametrize(("text", "names"), TRADES)
def test_what_trade_words_say_is_never_absent(text: str, names: tuple[str, ...]) -> None:
    """A duty, its check, its proof, its sanction: known or to be read, whatever the words."""
    facts = dossier(**{**WHOLE, "CCAP": text})
    assert [name for name in names if (fact := facts.get(name)) is not None and fact.status == ABSENT] == []


OTHERS = [
    "# 6 Pénalités\nCause\tMontant\nAbsence à une réunion\t100 €\nRetard de livraison\t2 % par jour",
    "# 6 Pénalités\nCause\tMontant\nAgent non remplacé\t90 €\nNote mensuelle sous 40\t200 €",
]


@pytest.mark.parametrize("text", OTHERS)
def test_penalties_for_something_else_leave_nothing_open(text: str) -> None:
    """A table that sanctions lateness and absence tells nothing of the environment."""
    fact = dossier(**{**WHOLE, "CCAP": text}).get(PENALTY)
    assert fact is not None
    assert fact.status == ABSENT


TECHNICAL = [
    ("Passerelle de chantier avec rampe, pour les poussettes.", "specifications.accessibilite"),
    ("La signalétique est comprise des enfants qui ne lisent pas encore.", "specifications.accessibilite"),
    ("Les denrées portent un signe officiel de qualité.", "restauration.part_durable_ecrite"),
    ("Les légumineuses remplacent la viande le jeudi.", "restauration.menu_vegetarien"),
    ("Les pneus reçoivent une bande de roulement neuve sur leur carcasse.", "pneumatiques.rechapes"),
    ("La flotte de livraison émet moins de 90 g de CO2.", "vehicules.faibles_emissions"),
    ("Le code source est remis et publié.", "numerique.logiciel_libre"),
    ("Les boîtiers sont démontables et réparables.", "numerique.indice_reparabilite"),
    ("Les tuiles sont déposées puis reposées.", "construction.reemploi_carbone"),
]


@pytest.mark.parametrize(("sentence", "name"), TECHNICAL)
def test_a_technical_demand_in_other_words_is_never_absent(sentence: str, name: str) -> None:
    """What a specification asks in the words of a trade is left for a person to read, at least."""
    fact = dossier(**{**WHOLE, "CCTP": f"# 2 Prescriptions\n{sentence}"}).get(name)
    assert fact is not None
    assert fact.status != ABSENT


def test_a_clause_under_a_chapter_is_of_its_subject() -> None:
    """ "6.3" stands in "Chapitre 6 – Environnement", whose number is not read as that of an article."""
    text = "# Chapitre 6 – Environnement\n# 6.3 Il remet chaque semestre les consommations de produits.\nRien d'autre."
    fact = dossier(**{**WHOLE, "CCAP": text}).get(PROOFS)
    assert fact is not None
    assert fact.status != ABSENT


def test_a_criterion_measures_no_clause() -> None:
    """The weight of an environmental criterion is not the figure of a clause."""
    rules = "# 5 Critères\nPerformance environnementale\t25 %\tpart recyclée, emballages"
    fact = dossier(**{**WHOLE, "RC": rules}).get(MEASURE)
    assert fact is None or fact.status != "known"
