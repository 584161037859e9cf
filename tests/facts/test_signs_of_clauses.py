"""Words of a subject that no form explains: they leave a fact open, unless they ask nothing of who performs."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.clauses.signs import CLAUSE_UNREAD
from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, UNKNOWN, Fact

SOCIAL, GREEN = "social.condition_execution", "environnement.condition_execution"
AE = piece("Le titulaire s'engage aux prix du bordereau.", "AE")


def fact(text: str, name: str, role: str = "CCP") -> Fact:
    """One fact of a piece of a role, beside an act of engagement that says nothing."""
    found = extract((piece(text, role), AE), vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert found is not None
    return found


OPEN = [
    ("Le titulaire associe une structure d'insertion à sa démarche.", SOCIAL),
    ("Des chômeurs sont présents dans les équipes du prestataire.", SOCIAL),
    ("Les agents travaillent à temps complet et les salariés sont en CDI.", SOCIAL),
    ("Le carbone émis par les trajets est compté par le titulaire.", GREEN),
    ("# 4 Trajectoire carbone\nLe tableau joint est tenu à jour.", GREEN),
    ("Le marché a pour objet la collecte des déchets de bureau.", GREEN),
]


@pytest.mark.parametrize(("text", "name"), OPEN)
def test_a_sign_forbids_to_say_absent_and_is_quoted(text: str, name: str) -> None:
    """Nobody says what the passage asks; nobody may say that the pieces are silent."""
    found = fact(text, name)
    assert found.status == UNKNOWN
    assert found.search is not None
    assert found.search.nearest is not None
    assert found.search.nearest.quote in text.replace("# ", "")


CLOSED = [
    ("Le candidat décrit la place des chômeurs dans ses équipes.", SOCIAL),
    ("L'acheteur mène une politique en faveur des demandeurs d'emploi.", SOCIAL),
    ("L'acheteur est sensible à la place faite aux demandeurs d'emploi par le titulaire.", SOCIAL),
    ("# Préambule\nLe titulaire partage les valeurs d'insertion professionnelle de la ville.", SOCIAL),
    ("Le titulaire respecte l'obligation d'emploi des travailleurs handicapés.", SOCIAL),
    ("Le titulaire soigne l'insertion paysagère du bâtiment.", SOCIAL),
    ("Le titulaire installe un environnement de test.", GREEN),
    ("Le titulaire respecte la réglementation applicable à l'environnement.", GREEN),
    ("Le mémoire technique décrit le tri des déchets.", GREEN),
    ("Les bornes rechargent les téléphones.", GREEN),
]


@pytest.mark.parametrize(("text", "name"), CLOSED)
def test_what_asks_nothing_of_who_performs_is_no_sign(text: str, name: str) -> None:
    """Bidders, policies, wishes, reminders of the law and decoys leave a proven absence proven."""
    assert fact(text, name).status == ABSENT


def test_a_clause_left_open_leaves_its_details_open() -> None:
    """What may be a clause in other words may hold its penalty in other words."""
    found = fact("Le titulaire associe une structure d'insertion à sa démarche.", "social.penalites")
    assert found.status == UNKNOWN
    assert found.search is not None
    assert found.search.nearest_reason == CLAUSE_UNREAD


def test_a_sign_beside_a_clause_of_another_piece_leaves_no_detail_open() -> None:
    """The clause is read in the CCAP: what the CCTP says in other words takes nothing from what it lacks."""
    clause = piece("# 8 Clause sociale\nLe titulaire réserve 300 heures à des personnes éloignées de l'emploi.", "CCAP")
    other = piece("Le titulaire associe une structure d'insertion à sa démarche.", "CCTP")
    found = extract((clause, other, AE), vocabulary(), naming(), terms(), lexicon())[1].get("social.penalites")
    assert found is not None
    assert found.status == ABSENT


def test_a_clause_that_is_read_leaves_its_missing_details_absent() -> None:
    """The organ that a clause read whole does not hold is proven missing."""
    text = "# 8 Clause sociale d'insertion\nLe titulaire réserve 300 heures à des personnes éloignées de l'emploi."
    assert fact(text, "social.penalites").status == ABSENT


def test_words_near_a_clause_leave_its_organ_open_and_far_from_it_do_not() -> None:
    """ "Indemnité" says something of a clause only near it."""
    clause = "# 8 Clause sociale\nLe titulaire réserve 300 heures à des personnes éloignées de l'emploi."
    assert fact(clause + "\nL'indemnité due alors figure au barème.", "social.penalites").status == UNKNOWN
    assert fact(clause + "\n# 9 Avance\nL'indemnité due alors figure au barème.", "social.penalites").status == ABSENT


RESERVED = [
    ("Cette part est accessible aux seules structures d'insertion.", UNKNOWN),
    ("Les entreprises adaptées joignent la copie de leur contrat.", ABSENT),
]


@pytest.mark.parametrize(("text", "status"), RESERVED)
def test_a_reservation_in_other_words_is_not_absent(text: str, status: str) -> None:
    """Structures that alone may bid, and not structures that only are named."""
    assert fact(text, "reservation.categorie", "RC").status == status
