"""Articles whose title and body share one paragraph, as in a passage taken out of its piece."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

CLAUSE, GREEN = "social.condition_execution", "environnement.condition_execution"


@pytest.mark.parametrize(
    ("role", "text", "name"),
    [
        ("CCAP", "8.2 Clause environnementale. Le prestataire tient à distance ses points environnement.", GREEN),
        (
            "CCTP",
            "Article 4 – Gestion des déchets. L'entreprise est responsable de ses déchets jusqu'au départ.",
            GREEN,
        ),
        ("CCAP", "Clause sociale : le titulaire du lot 2 doit former deux jeunes du territoire.", CLAUSE),
        ("CCAP", "Responsabilité sociétale. Un salarié du titulaire au moins suit chaque année une formation.", CLAUSE),
    ],
)
def test_a_title_before_a_stop(role: str, text: str, name: str) -> None:
    """A known title, a stop, and someone who must do something of the family."""
    assert known(read_whole((role, text))).get(name) is True or any(
        fact.value is True for fact in read_whole((role, text)) if fact.name == name
    )


@pytest.mark.parametrize(
    ("role", "text", "name"),
    [
        ("CCAP", "8.2 Clause environnementale. Voir le cahier des clauses techniques.", GREEN),
        ("CCAP", "Développement durable. La ville rappelle son attachement à l'environnement.", GREEN),
        ("RC", "Développement durable : le candidat doit décrire sa gestion des déchets.", GREEN),
        ("CCAP", "Clause sociale : le titulaire n'est soumis à aucune obligation d'insertion.", CLAUSE),
        ("CCAP", "Le respect de l'environnement est affiché. Le titulaire doit entretenir le panneau.", GREEN),
    ],
)
def test_what_such_a_paragraph_does_not_ask(role: str, text: str, name: str) -> None:
    """A referral, an intent, an offer or a denial asks nothing, and a sentence is no title."""
    assert not any(fact.value is True for fact in read_whole((role, text)) if fact.name == name)
