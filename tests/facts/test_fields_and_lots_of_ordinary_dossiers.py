"""Fields with their European codes, lots told in brackets, and turns of the articles that buyers' software writes."""

from __future__ import annotations

import pytest
from facts_builders import value
from template_builders import known, of_lot, read_whole

_LOTS = "RÈGLEMENT DE LA CONSULTATION\n# 1 - Lots\nIl y a 2 lots :\nLot 1 : Peinture\nLot 2 : Sols\n"
_BRAND = "specifications.marque_sans_equivalent"
_RETENTION, _TURNOVER = "retenue_garantie_taux", "chiffre_affaires_minimal_ht"


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("Variantes (BT-63) : autorisées", "autorisees"),
        ("Variantes (BT-63) : non autorisées", "interdites"),
        ("Variantes (BT-63-Lot) : non", "interdites"),
    ],
)
def test_a_label_is_followed_by_its_code(field: str, answer: str) -> None:
    """The code that a European form prints belongs to the label."""
    assert value(field, "variantes", "AAPC") == answer


def test_a_sentence_on_the_reserved_lot_follows_the_code_of_its_lot() -> None:
    """ "LOT-0002 : res-ws - …. Lot réservé aux …": the second sentence is of that lot too."""
    notice = (
        "AVIS DE MARCHÉ\nLOT-0001 : Peinture\nLOT-0002 : Sols\nParticipation réservée - LOT-0002 : res-ws - Réservée"
        " aux ateliers protégés. Lot réservé aux entreprises adaptées, article L. 2113-12.\n"
    )
    facts = read_whole(("AAPC", notice))
    assert of_lot(facts, "2")["reservation.mention_avis"] is True
    assert "reservation.mention_avis" not in known(facts)


def test_turnovers_of_lots_in_brackets() -> None:
    """Each figure is that of the lot after it."""
    facts = read_whole(
        ("RC", _LOTS + "Chiffre d'affaires annuel minimum : 300 000 € HT (lot 1), 90 000 € HT (lot 2)\n")
    )
    assert [of_lot(facts, lot)[_TURNOVER] for lot in "12"] == [300_000, 90_000]
    estimates = read_whole(("RC", _LOTS + "Valeur estimée : 300 000 € HT (lot 1), 90 000 € HT (lot 2)\n"))
    assert _TURNOVER not in of_lot(estimates, "2")


def test_the_lots_in_brackets_that_open_a_paragraph() -> None:
    """ "Clause sociale (lot 2) : …" speaks of lot 2 alone, until another one is named."""
    ground = (
        "Clause sociale (lot 2) : aucune. Une considération sociale rendrait l'exécution techniquement difficile.\n"
    )
    facts = read_whole(("RC", _LOTS + ground))
    assert of_lot(facts, "2")["social.derogation_motif"] == "concurrence_ou_difficulte"
    assert "social.derogation_motif" not in known(facts)
    general = "Les clauses sociales ne restreignent pas la concurrence.\n"
    assert "social.derogation_motif" not in known(read_whole(("RC", _LOTS + general)))


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ("# 7 - Garanties financières\nAucune clause de garantie financière n'est prévue.\n", 0),
        ("# 5 - Avance\n# 5.2 - Garanties financières\nPas de clause de garantie financière n'est exigée.\n", 0),
        ("# 5.2 - Garanties financières de l'avance\nAucune clause de garantie financière n'est prévue.\n", None),
        ("# 7 - Garanties financières\nAucune garantie financière n'est demandée pour l'avance.\n", None),
        (
            "# 7 - Garanties financières\nAucune clause de garantie financière ne sera appliquée si le marché est"
            " inférieur à 50 000 €.\n",
            None,
        ),
    ],
)
def test_no_clause_of_financial_guarantee(article: str, told: object) -> None:
    """Under the article that buyers' software gives to the retention; that of the advance is another one."""
    assert known(read_whole(("CCAP", f"CCAP\n{article}"))).get(_RETENTION) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Tracteur de type Kubota L1 équipé d'un chargeur.", True),
        ("Fourgon modèle Peugeot Boxer, volume de 12 m³.", True),
        ("Tracteur de type Kubota L1 ou équivalent.", None),
        ("Le parc compte deux fourgons de type Renault Master.", None),
        ("Pièces détachées pour tondeuse de type Husqvarna Rider.", None),
    ],
)
def test_makers_of_vehicles_and_their_models(sentence: str, told: object) -> None:
    """What is bought, with no equivalent; what the buyer has already is maintained."""
    specification = f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 3 - Matériel\n{sentence}\n"
    assert known(read_whole(("CCTP", specification))).get(_BRAND) is told


def test_a_unit_for_social_clauses_helps_the_holders() -> None:
    """A unit named after its clauses is the facilitator; one that carries the buyer's invoices is nobody's help."""
    clause = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 9 - Insertion\nLe titulaire réalise 90 heures.\n"
    helped = clause + "La mission clauses sociales du pays, installée à la maison commune, conseille les entreprises.\n"
    assert known(read_whole(("CCAP", helped)))["social.facilitateur"] is True
    alone = known(read_whole(("CCAP", clause + "La cellule des marchés reçoit les factures.\n")))
    assert alone.get("social.facilitateur") is not True
