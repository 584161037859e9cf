"""The organs of a clause read in its own words: what is written is never said to be missing."""

from __future__ import annotations

import pytest
from coherence_builders import WHOLE, dossier

from achats_check.law.derive_clauses import ENVIRONMENT, INSERTION
from achats_check.model.fact import FactSet

LONG = """# 10 Clause d'insertion sociale
# 10.1 Engagement d'insertion
Le titulaire s'engage à réserver, pour l'exécution du marché, 350 heures au moins à une action d'insertion de personnes
# 10.2 Publics concernés
Sont concernés les demandeurs d'emploi de longue durée, les allocataires du RSA et les jeunes sans qualification.
# 10.3 Modalités de mise en œuvre
L'embauche directe, la mise à disposition de salariés par une ETTI ou un GEIQ, la sous-traitance à une EI.
# 10.4 Dispositif d'accompagnement
Une procédure d'accompagnement est mise en place par le PLIE. Contact : tél. 05 00 00 00 00.
# 10.5 Contrôle de l'action d'insertion
Le titulaire transmet chaque mois tous renseignements utiles (contrats de travail, relevés d'heures).
# 10.6 Pénalités pour non-respect de la clause
Une pénalité de 60 € est due par heure d'insertion non réalisée."""
SHORT = """# 14 Clause sociale
Le titulaire réalise une action d'insertion de 200 heures au bénéfice de personnes éloignées de l'emploi.
Le suivi est assuré par la Maison de l'emploi (facilitateur)."""
WORKS = """# 12 Gestion des déchets de chantier
Le titulaire trie les déchets de chantier ; au moins 70 % des déchets sont valorisés.
Il remet les bordereaux de suivi des déchets chaque mois. Le maître d'œuvre contrôle le tri.
Tout manquement au tri des déchets donne lieu à une pénalité de 300 €."""
CLEANING = """# 3 Produits
Les produits portent l'Écolabel européen ou équivalent. Le titulaire fournit les fiches techniques et les certificats.
Un contrôle du respect des exigences environnementales est réalisé chaque trimestre."""


def organs(facts: FactSet, expected: tuple[tuple[str, str], ...]) -> set[str]:
    """Return the organs that were read."""
    held = {organ: facts.get(fact) for organ, fact in expected}
    return {organ for organ, fact in held.items() if fact is not None and fact.status == "known" and fact.value}


def test_a_model_clause_has_every_organ() -> None:
    """Each organ under its own title, in the words of a usual model."""
    assert organs(dossier(**{**WHOLE, "CCAP": LONG}), INSERTION) == {organ for organ, _ in INSERTION}


def test_a_short_clause_has_those_it_says() -> None:
    """A facilitator and a follow-up in half a sentence; no proof, no contact, no penalty."""
    facts = dossier(**{**WHOLE, "CCAP": SHORT})
    assert organs(facts, INSERTION) == {"volume", "publics", "facilitateur", "suivi"}
    for name in ("social.preuves", "social.contact", "social.penalites"):
        fact = facts.get(name)
        assert fact is not None
        assert fact.status == "absent"
        assert fact.search is not None
        assert fact.search.vocabulary


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        ("CCAP", WORKS, {"mesure", "preuves", "controle", "penalite"}),
        ("CCTP", CLEANING, {"preuves", "controle"}),
        ("CCTP", "# 3 Livraisons\nLes livraisons sont groupées une fois par semaine.", {"mesure"}),
        ("CCTP", "# 3 Livraisons\nLes emballages sont repris par le titulaire.", set()),
        # papers of the company, and what the law asks of every employer
        (
            "CCTP",
            "# 3 Agents\nLe titulaire fournit les attestations de vigilance et les cartes professionnelles.",
            set(),
        ),
        ("RC", "# 3 Prix\nUne pénalité de 5 % est appliquée ; critère environnemental noté sur 20 %.", set()),
    ],
)
def test_the_organs_of_environmental_clauses(role: str, text: str, expected: set[str]) -> None:
    """Figures, proofs, control and penalty, each by its words; neither a criterion nor a payroll paper."""
    assert organs(dossier(**{**WHOLE, role: text}), ENVIRONMENT) == expected
