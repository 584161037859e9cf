"""Denials that deny something else: a limit, a sanction, one lot, one piece. They leave the clause open."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, MARCHE, Scope

SOCIAL, CLAUSE, GREEN = "social.insertion", "social.condition_execution", "environnement.condition_execution"


def told(text: str, name: str, scope: Scope = MARCHE, role: str = "CCAP") -> object:
    """The value of a fact, False when its absence is proven, None when it is open."""
    fact = extract((piece(text, role),), vocabulary(), naming(), terms(), lexicon())[1].get(name, scope)
    return fact.value if fact is not None and fact.status in (KNOWN, ABSENT) else None


DENIED = [
    (SOCIAL, "Le marché ne comporte pas de clause sociale."),
    (SOCIAL, "Aucune clause sociale n'est prévue."),
    (SOCIAL, "Aucune clause d'insertion ne figure au marché."),
    (SOCIAL, "Aucune clause sociale ne s'applique au présent marché."),
    (SOCIAL, "Absence de clause sociale."),
    (SOCIAL, "Clause sociale : sans objet"),
    (SOCIAL, "Le marché est conclu sans clause sociale."),
    (SOCIAL, "Considérations sociales : néant."),
    (SOCIAL, "Ce marché ne donne pas lieu à des heures d'insertion."),
    (SOCIAL, "Par dérogation au CCAG, le titulaire est dispensé de toute action d'insertion."),
    (SOCIAL, "L'insertion sociale n'est pas une condition d'exécution de ce marché."),
    (SOCIAL, "Le pouvoir adjudicateur n'a pas souhaité assortir ce marché d'une démarche d'insertion."),
    (SOCIAL, "Aucune condition d'exécution sociale ou environnementale n'est imposée au titulaire."),
    (SOCIAL, "Clauses sociales ☐ oui ☑ non    Clauses environnementales ☐ oui ☑ non"),
    (CLAUSE, "# 9 Clause sociale\nSans objet.\nLes travaux durent quatre mois."),
    (CLAUSE, "# 9 Clause sociale\nLe présent marché n'est pas concerné par ce dispositif."),
    (GREEN, "Dispositions environnementales : non concerné."),
    (GREEN, "Ce marché est dépourvu de toute exigence environnementale particulière."),
    (GREEN, "L'acheteur renonce, pour ce marché, à toute exigence en matière de développement durable."),
    (GREEN, "Le marché ne comporte pas de clause environnementale."),
    (GREEN, "Aucune condition d'exécution à caractère environnemental n'est imposée."),
]
QUALIFIED = [
    (SOCIAL, "Aucune heure d'insertion ne peut être réalisée en sous-traitance."),
    (SOCIAL, "Aucune action d'insertion ne débute avant l'accord du facilitateur."),
    (SOCIAL, "Aucune heure d'insertion n'est comptabilisée sans justificatif."),
    (SOCIAL, "L'absence d'action d'insertion est pénalisée de 50 € par heure."),
    (SOCIAL, "En l'absence de clauses sociales dans le marché subséquent, l'engagement du titulaire s'applique."),
    (SOCIAL, "Le titulaire ne peut être payé sans action d'insertion réalisée."),
    (SOCIAL, "Clause sociale non applicable aux lots 2 et 3."),
    (SOCIAL, "Le titulaire n'est pas tenu de réaliser les heures d'insertion au-delà de 500 heures."),
    (SOCIAL, "Le CCTP ne comporte pas de clauses sociales : elles figurent au CCAP."),
    (SOCIAL, "La durée du marché ne prévoit pas de report des heures d'insertion."),
    (SOCIAL, "Clause sociale : non renseigné"),
    (GREEN, "Aucune clause environnementale ne peut être modifiée par le titulaire."),
    (GREEN, "L'absence de condition environnementale respectée est pénalisée."),
    (GREEN, "Le CCTP ne comporte pas de clauses environnementales, elles figurent au présent CCAP."),
    (GREEN, "Clauses environnementales : non précisé"),
]


@pytest.mark.parametrize(("name", "text"), DENIED)
def test_a_plain_denial_stands(name: str, text: str) -> None:
    """The market itself has no clause."""
    assert told(text, name) is False


@pytest.mark.parametrize(("name", "text"), QUALIFIED)
def test_a_qualified_denial_leaves_the_clause_open(name: str, text: str) -> None:
    """Neither denied, nor absent: an accusation would be wrong."""
    assert told(text, name) is None


def test_a_qualified_denial_does_not_undo_the_clause() -> None:
    """What is written elsewhere in the piece, or in the same sentence, stands."""
    clause = "Le titulaire réalise 300 heures d'insertion."
    assert told(f"{clause}\nAucune heure d'insertion ne peut être réalisée en sous-traitance.", SOCIAL) is True
    assert told("L'absence de réalisation des heures d'insertion entraîne une pénalité.", SOCIAL) is True
    assert told("Aucune clause sociale n'est méconnue : le titulaire réalise 300 heures d'insertion.", SOCIAL) is True


LOT_BY_LOT = [
    ("Le lot 1 ne comporte pas de clause d'insertion, le lot 2 comporte 200 heures d'insertion.", False, True),
    (
        "Les lots 1 et 3 ne comportent pas de clause sociale, mais le lot 2 est soumis à une clause d'insertion.",
        False,
        True,
    ),
    ("Le lot 2 comporte 200 heures d'insertion, le lot 1 n'en comporte pas.", None, True),
    ("La clause d'insertion est prévue pour le lot 1, le lot 2 et le lot 3.", True, True),
    ("Les lots 1 et 2 ne comportent pas de clause d'insertion.", False, False),
]


@pytest.mark.parametrize(("text", "first", "second"), LOT_BY_LOT)
def test_what_is_denied_for_a_lot_is_not_for_the_next(text: str, first: object, second: object) -> None:
    """A sentence that opposes two lots says one thing of each."""
    assert told(text, SOCIAL, Scope("lot", "1")) is first
    assert told(text, SOCIAL, Scope("lot", "2")) is second


def test_a_penalty_that_waits_is_one() -> None:
    """ "Aucune pénalité … avant mise en demeure" tells when, and not that there is none."""
    clause = "Le titulaire réalise 300 heures d'insertion.\n"
    name = "social.penalites"
    assert told(f"{clause}Aucune pénalité d'insertion n'est appliquée.", name) is False
    assert told(f"{clause}Aucune pénalité d'insertion n'est appliquée avant mise en demeure.", name) is None
    assert told(f"{clause}Aucune pénalité n'est due pour l'insertion si le titulaire est de bonne foi.", name) is None
