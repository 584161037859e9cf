"""Sentences of findings: whatever is known or not, a person can read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from tests.law.builders import facts

from achats_check.examples import run_example
from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.evaluate import judge_rule
from achats_check.law.loader import load_sources
from achats_check.law.messages import fill
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import CONFLICT, MARCHE, Evidence, Fact
from achats_check.resources import rules_root

AFTER_THE_KNOWN_FIGURES = date(2028, 3, 1)
BROKEN = re.compile(
    r"None|  | [,.]|: \.|\(\)|« »|\b(de|à) les?\b"
    r"|\b(seuil|à partir|au-dessus|objectif|sous|est|va|demande) (de |à )?non connu"
    r"|^non connu|\b[a-z]+_[a-z_]+\b|\bsi ils?\b|\b(de|le|la|que|ne) (un|une|il|elle|aucun)\b|\b1 lots\b"
)
"""What no reader should meet: an empty value, a code, a missed elision, a figure replaced by "non connu"."""


@pytest.fixture(scope="module")
def sources() -> tuple[Rulebook, dict[str, tuple[Example, ...]]]:
    """Return the shipped rules and their examples."""
    return load_sources(rules_root())


def messages(sources: tuple[Rulebook, dict[str, tuple[Example, ...]]], day: date) -> Iterator[str]:
    """Yield what each rule says of each of its examples, moved to another day."""
    book, examples = sources
    for rule in book.rules:
        for example in examples[rule.id]:
            yield f"{rule.id} | {run_example(rule, example._replace(day=day), book).message}"


@pytest.mark.parametrize("day", [date(2021, 9, 1), AFTER_THE_KNOWN_FIGURES])
def test_every_sentence_can_be_read_by_a_person(
    sources: tuple[Rulebook, dict[str, tuple[Example, ...]]], day: date
) -> None:
    """No rule prints an empty value, a code of the vocabulary or a sentence with a hole, at any date."""
    said = list(messages(sources, day))
    assert [line for line in said if BROKEN.search(line.split(" | ", 1)[1])] == []


def test_a_figure_that_the_law_has_not_set_yet_is_told(
    sources: tuple[Rulebook, dict[str, tuple[Example, ...]]],
) -> None:
    """After the last thresholds published, the sentence says which figure is missing, why, and what to read."""
    book, _ = sources
    context = Context(
        book,
        facts(
            book,
            {
                "acheteur.categorie": "region",
                "type": "services",
                "services_sociaux_specifiques": False,
                "valeur_estimee_ht": 320000,
            },
        ),
        AFTER_THE_KNOWN_FIGURES,
    )
    context = Context(book, derive(context), AFTER_THE_KNOWN_FIGURES)
    rule = book.rule("clause-sociale-seuils-ue")
    assert rule is not None
    said = judge_rule(rule, context).message
    assert said.startswith("Chiffre non connu au 01/03/2028 : ")
    assert "À lire : " in said
    assert "incertain" not in said


def test_a_sentence_that_leads_to_nothing_is_left_out(
    sources: tuple[Rulebook, dict[str, tuple[Example, ...]]],
) -> None:
    """ "Elle dit : …" goes when nothing is known of what it says; alone, the sentence stops before its colon."""
    book, _ = sources
    context = Context(book, facts(book, {}), date(2026, 10, 1))
    assert fill("Il manque tout. Elle dit : {social.organes_presents}.", context) == "Il manque tout."
    assert fill("Les pièces diffèrent : {pieces.ecart_duree}.", context) == "Les pièces diffèrent."
    known = Context(book, facts(book, {"objet": "tonte"}), date(2026, 10, 1))
    assert fill("Il manque tout. Elle dit : {objet}.", known) == "Il manque tout. Elle dit : tonte."


def test_many_possible_figures_are_told_by_their_bounds(
    sources: tuple[Rulebook, dict[str, tuple[Example, ...]]],
) -> None:
    """When neither the buyer nor the nature is known, the reader gets two bounds and not six amounts."""
    book, _ = sources
    context = Context(book, facts(book, {}), date(2026, 10, 1))
    said = fill("Sous {clause_sociale.seuil}, rien.", context)
    assert "(selon l'acheteur et la nature du marché)" in said
    assert said.count("€") == 2


def test_what_the_pieces_dispute_is_to_be_settled(
    sources: tuple[Rulebook, dict[str, tuple[Example, ...]]],
) -> None:
    """Two procedures for one notice: the rule that waits for the kind of procedure asks which of them it is."""
    book, _ = sources
    both = Fact(
        "procedure.type",
        MARCHE,
        None,
        CONFLICT,
        evidence=(Evidence("avis.xml", "AVIS", "open", value="appel_offres_ouvert"),),
        rivals=(Evidence("avis.xml", "AVIS", "adaptée", value="procedure_adaptee"),),
    )
    known = facts(book, {"procedure.fondement": ["R2123-1"]}).merged(both)
    context = Context(book, derive(Context(book, known, date(2026, 10, 1))), date(2026, 10, 1))
    rule = book.rule("procedure-et-articles")
    assert rule is not None
    found = judge_rule(rule, context)
    assert found.missing_facts == ("procedure.type",)
    assert found.message.endswith("procédure de passation à préciser.")


def test_no_rule_asks_for_what_is_computed(sources: tuple[Rulebook, dict[str, tuple[Example, ...]]]) -> None:
    """A buyer is asked for what a buyer can state: never for a count or a sum that the program makes."""
    book, examples = sources
    asked = {
        name
        for rule in book.rules
        if rule.scope != "portefeuille"
        for example in examples[rule.id]
        for name in run_example(rule, example, book).missing_facts
    }
    assert {name for name in asked if book.vocabulary[name].derived} == set()
