"""Names that are no fact: the ones people meant are proposed, and nothing silly."""

from __future__ import annotations

import pytest

from achats_check.nearest import nearest_facts
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(rules_root())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("montant", ["valeur_estimee_ht", "valeur_maximale_ht"]),
        ("budget", ["valeur_estimee_ht"]),
        ("Montant HT", ["valeur_estimee_ht"]),
        ("montant_max", ["valeur_maximale_ht"]),
        ("clause_sociale", ["social.condition_execution"]),
        ("region", ["acheteur.categorie"]),
        ("siret", ["acheteur.siret"]),
        ("acheteur", ["acheteur.categorie", "acheteur.nom"]),
        ("lots", ["nombre_lots"]),
        ("valeur_estime_ht", ["valeur_estimee_ht"]),
        ("objt", ["objet"]),
        ("garantie", ["retenue_garantie_taux"]),
        ("pénalités", ["social.penalites", "environnement.penalites"]),
        ("heures", ["social.heures_insertion"]),
        ("zzyzx", []),
        ("", []),
    ],
)
def test_what_was_meant(typed: str, expected: list[str]) -> None:
    """The facts that people mean come first, and a name close to nothing proposes nothing."""
    found = nearest_facts(typed, VOCABULARY)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)
    assert len(found) <= 3


def test_what_is_computed_is_never_proposed() -> None:
    """A derived fact is not given by anyone."""
    asked = {word for name in VOCABULARY for word in (name, name.split(".")[-1], name.split("_")[0])}
    found = {near for word in asked for near in nearest_facts(word, VOCABULARY)}
    assert found
    assert [name for name in found if VOCABULARY[name].derived] == []


def test_usual_words_lead_to_their_fact() -> None:
    """Each word of the vocabulary given to help does help."""
    given = [(name, word) for name, spec in VOCABULARY.items() for word in spec.words]
    assert len(given) > 10
    assert [(name, word) for name, word in given if name not in nearest_facts(word, VOCABULARY)] == []


def test_the_message_proposes_or_tells_where_names_are() -> None:
    """One name, several, or the list."""
    assert VOCABULARY.suggestion("objt") == " Vouliez-vous dire « objet » ?"
    assert VOCABULARY.suggestion("pénalités").endswith("« social.penalites » ou « environnement.penalites » ?")
    assert VOCABULARY.suggestion("zzyzx") == " La liste des noms : achats-check schema description."
    assert "acheteur" not in VOCABULARY.suggestion("region", "lot")
