"""A word of the subject, even in a sentence that no form reads, forbids to call a whole dossier silent."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT
from precision.wordings import document

NEUTRAL = "Le titulaire exécute les prestations dans les règles de l'art."


def status(role: str, text: str, name: str) -> str:
    """Status of a fact in a dossier of four pieces, three of which say nothing."""
    pieces = dict.fromkeys(("CCAP", "CCTP", "AE", "RC"), NEUTRAL) | {role: text}
    facts = extract(
        tuple(document(body, piece) for piece, body in pieces.items()), vocabulary(), naming(), terms(), lexicon()
    )[1]
    fact = facts.get(name)
    return fact.status if fact is not None else ""


@pytest.mark.parametrize(
    ("role", "text", "name"),
    [
        ("CCAP", "Le dispositif d'insertion est présenté au premier rendez-vous.", "social.condition_execution"),
        ("CCAP", "Le dispositif d'insertion est présenté au premier rendez-vous.", "social.insertion"),
        ("CCAP", "Le marché aide ceux des publics qui sont éloignés du travail.", "social.insertion"),
        ("CCTP", "Le covoiturage des intervenants est suivi.", "environnement.condition_execution"),
        ("CCTP", "Les biodéchets de la cuisine sont pesés.", "environnement.reemploi"),
        (
            "CCTP",
            "Les salles sont balayées, les biodéchets font l'objet de collectes séparées.",
            "environnement.condition_execution",
        ),
    ],
)
def test_a_word_of_the_subject_leaves_the_fact_open(role: str, text: str, name: str) -> None:
    """Nothing is proven absent where something is said that a person should read."""
    assert status(role, text, name) != ABSENT


@pytest.mark.parametrize(
    "name", ["social.insertion", "social.condition_execution", "environnement.condition_execution"]
)
@pytest.mark.parametrize(
    "text",
    [
        NEUTRAL,
        "L'insertion paysagère des coffrets est soignée.",
        "Les données sont saisies sous 48 heures.",
        "Le chauffage est réglé par zone.",
    ],
)
def test_pieces_that_say_nothing_of_it_are_still_proven_silent(text: str, name: str) -> None:
    """The signs do not swallow the absences that a person sees."""
    assert status("CCTP", text, name) == ABSENT
