"""A criterion whose name nobody knows: it may be green, social, or neither, and no absence is told."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, UNKNOWN, Fact

GREEN, SOCIAL = "environnement.critere", "social.critere"
PRICE = "Prix : 50 %\nValeur technique : 40 %"


def criteria(lines: str, name: str) -> Fact:
    """What a list of criteria tells of a fact."""
    text = f"# 1 Objet\nTravaux divers\n# 6 Critères de jugement\n{lines}"
    fact = extract((piece(text, "RC"),), vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert fact is not None
    return fact


UNKNOWN_NAMES = [
    "Démarche de l'entreprise",
    "Valeur partagée",
    "Engagements du candidat",
    "Note d'intention",
    "Utilité",
    "Économie locale",
    "Économies d'eau",
    "Provenance des produits",
    "Engagement de l'équipe",
    "Gestion responsable",
    "Logistique douce",
]


@pytest.mark.parametrize("name", UNKNOWN_NAMES)
@pytest.mark.parametrize("fact", [GREEN, SOCIAL])
def test_a_name_nobody_knows_leaves_the_criterion_open(name: str, fact: str) -> None:
    """Its line is what the report shows."""
    read = criteria(f"{PRICE}\n{name} : 10 %", fact)
    assert read.status == UNKNOWN
    assert read.search is not None
    assert read.search.nearest is not None
    assert name in read.search.nearest.quote


def test_the_reason_quotes_the_name() -> None:
    """A buyer is told which criterion is to be read."""
    search = criteria(f"{PRICE}\nValeur partagée : 10 %", GREEN).search
    assert search is not None
    assert "« Valeur partagée »" in search.nearest_reason


def test_a_sub_criterion_and_a_row_count_as_well() -> None:
    """Wherever a name and a weight stand."""
    under = "Prix : 40 %\nValeur technique : 60 % dont :\n- Méthodologie : 30 %\n- Démarche de l'entreprise : 30 %"
    row = "Critère\tPondération\nPrix\t60 %\nValeur technique\t30 %\nEngagement territorial\t10 %"
    assert criteria(under, SOCIAL).status == UNKNOWN
    assert criteria(row, SOCIAL).status == UNKNOWN


KNOWN_NAMES = [
    "Délai d'exécution",
    "Qualité des produits",
    "Service après-vente",
    "Moyens humains et matériels",
    "Références",
    "Organisation du chantier",
    "Fraîcheur",
    "Interopérabilité",
    "Audition",
    "Franchises",
    "Confort des chaises",
    "Qualité de l'environnement de test",
    "Insertion urbaine",
]


@pytest.mark.parametrize("name", KNOWN_NAMES)
def test_names_about_something_else_leave_the_absence_proven(name: str) -> None:
    """A checker that never says "absent" says nothing."""
    read = f"{PRICE}\n{name} : 10 %"
    assert (criteria(read, GREEN).status, criteria(read, SOCIAL).status) == (ABSENT, ABSENT)


def test_a_name_that_tells_is_the_criterion() -> None:
    """A green name is no unknown one, and leaves the social criterion absent; "RSE" is both."""
    green = f"{PRICE}\nPerformance environnementale : 10 %"
    assert criteria(green, GREEN).status == KNOWN
    assert criteria(green, SOCIAL).status == ABSENT
    assert criteria(f"{PRICE}\nDémarche RSE : 10 %", SOCIAL).status == UNKNOWN


def test_a_name_that_opens_with_the_letter_of_a_bullet_keeps_it() -> None:
    """ "o Organisation" is a bullet and a name; "Organisation" is a name."""
    for line in ("Organisation du chantier : 10 %", "o Organisation du chantier : 10 %"):
        read = criteria(f"{PRICE}\n{line}", "criteres").value
        assert isinstance(read, tuple)
        assert [one["nom"] for one in read if isinstance(one, dict)][-1] == "Organisation du chantier"


@pytest.mark.parametrize("name", ["Développement durable", "Achats responsables et durables"])
def test_a_green_name_that_is_social_as_well_leaves_the_social_criterion_open(name: str) -> None:
    """ "Développement durable" covers both, and the report says so."""
    text = f"{PRICE}\n{name} : 10 %"
    assert criteria(text, GREEN).status == KNOWN
    social = criteria(text, SOCIAL)
    assert social.status == UNKNOWN
    assert social.search is not None
    assert "peut juger le social comme l'environnement" in social.search.nearest_reason


def test_a_share_of_the_note_between_two_criteria_is_no_name() -> None:
    """What a sentence takes away from a mark leaves the absences proven."""
    text = f"{PRICE}\nAu-delà d'un écart de 20 %, 10 % de la note sont retirés.\nDélai : 10 %"
    assert criteria(text, SOCIAL).status == ABSENT
