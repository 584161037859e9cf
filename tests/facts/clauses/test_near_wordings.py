"""Wordings close to a clause: advances told in two sentences, tools that are no vehicles, the nearest miss."""

from __future__ import annotations

from decimal import Decimal

import pytest
from clauses_builders import Finder, document, values

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.law.rulebook import Rulebook

NOTHING: dict[str, object] = {}
YES: dict[str, object] = {"": True}


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("Une avance est versée au titulaire. Son taux est de 5 %.", "avance_taux", {"": Decimal(5)}),
        ("Une avance est accordée au titulaire. Elle est égale à 10 % du montant.", "avance_taux", {"": Decimal(10)}),
        ("Une avance est versée au titulaire. Son taux est de 5 %.", "avance", YES),
        ("Une avance est versée. Son taux est porté à 30 % pour une PME.", "avance_taux_pme", {"": Decimal(30)}),
        ("Une avance est versée. Son taux est porté à 30 % pour une PME.", "avance_taux", NOTHING),
        ("Le taux de l'avance est porté à 30 % pour une PME.", "avance_taux_pme", {"": Decimal(30)}),
        ("Le taux de l'avance est porté à 30 % pour une PME.", "avance_taux", NOTHING),
        ("L'avance est versée en une fois. La retenue de garantie est de 5 %.", "avance_taux", NOTHING),
        ("Une avance est versée. Le taux des pénalités est de 5 %.", "avance_taux", NOTHING),
        ("Les sommes dues sont payées sous 50 jours.", "delai_paiement_jours", {"": 50}),
        ("Les sommes dues au titulaire sont payées dans un délai de 50 jours.", "delai_paiement_jours", {"": 50}),
        ("Les factures sont réglées sous trente jours.", "delai_paiement_jours", {"": 30}),
        ("Le sous-traitant est payé sous 45 jours.", "delai_paiement_jours", NOTHING),
        ("Les pénalités sont payées sous 15 jours.", "delai_paiement_jours", NOTHING),
    ],
)
def test_money(clauses: Finder, text: str, fact: str, expected: dict[str, object]) -> None:
    """Rates and delays, said in one sentence or two."""
    assert values(clauses(text), fact) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les engins portatifs électriques sont privilégiés pour la taille des haies.", NOTHING),
        ("Les engins de chantier sont stockés loin des armoires électriques.", NOTHING),
        ("Les souffleurs et engins de désherbage sont électriques.", NOTHING),
        ("La flotte de livraison comporte des utilitaires électriques.", YES),
        ("Les bennes de collecte sont à motorisation GNV.", YES),
    ],
)
def test_a_tool_is_no_vehicle(clauses: Finder, text: str, expected: dict[str, object]) -> None:
    """Portable tools are not what the law on clean vehicles is about."""
    assert values(clauses(text, "CCTP"), "vehicules.faibles_emissions") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le candidat produit une attestation de vigilance.\nLe projet soigne l'insertion paysagère du bâtiment.",
        "Le projet soigne l'insertion paysagère.\nLe titulaire respecte ses obligations fiscales et sociales.",
    ],
)
def test_the_nearest_miss_is_the_one_closest_to_the_clause(book: Rulebook, lexicon: Lexicon, text: str) -> None:
    """ "Insertion paysagère" shares the words of the clause; a certificate does not."""
    pieces = [document(text, role)._replace(path=f"{role}.docx") for role in ("CCAP", "CCTP", "AE", "RC")]
    naming, terms = Naming.from_plain(book.naming), from_plain(book.terms)
    found = extract(pieces, book.vocabulary, naming, terms, lexicon)[1].get("social.condition_execution")
    assert found is not None
    assert found.search is not None
    assert found.search.nearest is not None
    assert "insertion paysagère" in found.search.nearest.quote


@pytest.mark.parametrize(
    ("text", "collective", "pupils"),
    [
        ("Fourniture de denrées alimentaires pour la cuisine centrale.", YES, NOTHING),
        ("Livraison de denrées alimentaires.\nSites : école Pasteur, collège Arago, EHPAD.", YES, NOTHING),
        ("Les denrées sont livrées à la cuisine, aux écoles et à l'EHPAD.", NOTHING, NOTHING),
        ("Confection et livraison de repas en liaison froide pour les écoles de la commune.", YES, YES),
        ("Le marché a pour objet la restauration scolaire.", YES, YES),
        ("Fourniture de repas destinés aux élèves des écoles et aux enfants des crèches.", YES, YES),
        ("Réfection de la peinture : école Pasteur, restaurant scolaire, gymnase.", NOTHING, NOTHING),
    ],
)
def test_meals_served_to_pupils(
    clauses: Finder, text: str, collective: dict[str, object], pupils: dict[str, object]
) -> None:
    """A list of sites says nothing of who eats."""
    found = clauses(text, "CCTP")
    assert values(found, "restauration.collective") == collective
    assert values(found, "restauration.scolaire") == pupils
