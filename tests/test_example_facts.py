"""The situation of an example, as facts of the scopes a description or a search would give."""

from __future__ import annotations

from datetime import date

import pytest

from achats_check.errors import UsageError
from achats_check.example_facts import example_facts
from achats_check.facts.description import data_facts
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import ABSENT, Scope


def example(declared: dict[str, object], absent: tuple[str, ...] = ()) -> Example:
    """An example of facts declared, and of others searched in vain."""
    return Example("essai", date(2026, 1, 1), declared, {}, absent, "", "", "")


def test_every_fact_has_the_scope_a_description_gives_it(book: Rulebook) -> None:
    """A fact of the portfolio is not one of the market."""
    data: dict[str, object] = {
        "portefeuille": {"nombre_marches": 12},
        "conventionnement": {"contrepartie": True},
        "acheteur": {"categorie": "region"},
        "alloti": True,
        "lots": [{"numero": "a2", "objet": "Tonte"}, {"numero": "01", "objet": "Taille"}],
    }
    ours = example_facts(example(data), book.vocabulary)
    described = data_facts(data, "essai", book.vocabulary)
    assert {(f.scope, f.name) for f in ours} == {(f.scope, f.name) for f in described}
    assert ours.lots == described.lots == ("A2", "1")


def test_a_search_in_vain_has_that_scope_too(book: Rulebook) -> None:
    """An absent fact stands where a known one would."""
    facts = example_facts(example({}, ("portefeuille.nombre_marches",)), book.vocabulary)
    assert [(f.scope, f.status) for f in facts] == [(Scope("portefeuille"), ABSENT)]


@pytest.mark.parametrize(("declared", "absent"), [({"alotti": True}, ()), ({}, ("alotti",))])
def test_an_unknown_name_is_refused(book: Rulebook, declared: dict[str, object], absent: tuple[str, ...]) -> None:
    """Declared or absent, a name out of the vocabulary is a mistake of the rule."""
    with pytest.raises(UsageError, match=r"fait inconnu « alotti »\. Vouliez-vous dire « alloti »"):
        example_facts(example(declared, absent), book.vocabulary)
