"""Procedures that only the articles of the code of 2006 or of the decree of 2016 tell."""

from __future__ import annotations

import pytest
from facts_builders import fact, value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Marché passé en application de l'article 28 du code des marchés publics.", "procedure_adaptee"),
        ("La consultation est lancée selon l'article 30 du CMP.", "procedure_adaptee"),
        ("Marché passé en application des articles 33, 57 à 59 du code des marchés publics.", "appel_offres_ouvert"),
        (
            "Consultation soumise aux articles 33 3e al., 57 à 59 du Code des Marchés Publics",
            "appel_offres_ouvert",
        ),
        ("Marché passé selon les articles 33 et 60 à 64 du code des marchés publics.", "appel_offres_restreint"),
        ("Marché conclu en application des articles 35 et 65 à 66 du CMP.", "procedure_avec_negociation"),
        ("Procédure : articles 36 et 67 du code des marchés publics", "dialogue_competitif"),
        ("Marché passé en application de l'article 27 du décret n° 2016-360 du 25 mars 2016.", "procedure_adaptee"),
        ("Marché passé en application des articles 66 à 68 du décret n°2016-360.", "appel_offres_ouvert"),
    ],
)
def test_articles_alone_tell_the_procedure(text: str, kind: str) -> None:
    """No word names it: the articles do, and they are not sure enough to accuse with."""
    found = fact(text, "procedure.type")
    assert found.value == kind
    assert found.confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Le marché est passé en application du code des marchés publics.",
        "Les offres sont examinées selon l'article 59 du code des marchés publics.",
        "Marché passé après publicité, l'avance de l'article 87 du code des marchés publics est versée.",
        "Le candidat fournit les pièces de l'article 28 du décret n° 2005-845.",
        "La consultation est lancée conformément à l'article 28 du règlement.",
        "Le marché est passé selon les articles 26 à 80 du code des marchés publics.",
        "Le marché a été conclu. L'article 28 du code civil ne s'applique pas.",
    ],
)
def test_other_articles_tell_nothing(text: str) -> None:
    """Offers, advances, another text, a range of everything."""
    assert value(text, "procedure.type") == "unknown"


def test_words_outrank_old_articles() -> None:
    """The articles are sometimes those of a model."""
    text = (
        "La procédure de passation est la procédure adaptée.\n"
        "Marché passé en application des articles 33, 57 à 59 du code des marchés publics."
    )
    assert value(text, "procedure.type") == "procedure_adaptee"
