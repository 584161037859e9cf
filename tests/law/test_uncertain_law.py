"""Law that is not sure neither accuses nor absolves, whatever the rule: every shipped rule is made uncertain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.law.builders import context
from tests.test_law_file import shipped

from achats_check.examples import run_example
from achats_check.law.evaluate import judge_rule
from achats_check.law.trace import deciding_of_all
from achats_check.model.finding import A_VERIFIER, NON_CONFORME, SANS_OBJET, Finding
from achats_check.model.rule import Parameter, Rule

BOOK, EXAMPLES = shipped()


def unsure(rule: Rule) -> Rule:
    """Return a rule whose every version is uncertain."""
    versions = tuple(v._replace(confidence="incertaine", check="Lire le texte.") for v in rule.versions)
    return rule._replace(versions=versions)


def unsure_figure(parameter: Parameter) -> Parameter:
    """Return a figure whose every row is uncertain."""
    return parameter._replace(rows=tuple(r._replace(confidence="incertaine", check="Lire.") for r in parameter.rows))


def test_an_uncertain_version_of_any_rule_only_doubts() -> None:
    """Each example of each rule, were its law uncertain, is to be verified or out of scope."""
    told = {
        (rule.id, example.name): run_example(unsure(rule), example, BOOK).verdict
        for rule in BOOK.rules
        for example in EXAMPLES[rule.id]
    }
    assert {key: verdict for key, verdict in told.items() if verdict not in {A_VERIFIER, SANS_OBJET}} == {}
    assert set(told.values()) == {A_VERIFIER, SANS_OBJET}


def test_no_fault_rests_on_an_uncertain_figure() -> None:
    """Were every figure uncertain, what still accuses is decided by something else than a figure."""
    figures = {name: unsure_figure(parameter) for name, parameter in BOOK.parameters.items()}
    book = BOOK._replace(parameters=figures)
    faults = [
        (rule, example, found)
        for rule in BOOK.rules
        for example in EXAMPLES[rule.id]
        if example.expected == NON_CONFORME
        if (found := run_example(rule, example, book)).verdict == NON_CONFORME
    ]
    assert len(faults) > 100
    assert [rule.id for rule, example, found in faults if any(_deciding_figures(rule, example.day, found))] == []


def _deciding_figures(rule: Rule, day: date, found: Finding) -> Iterator[str]:
    """Yield the figures without which a fault would not stand: in what makes it apply, in what is not met."""
    version = rule.version_on(day)
    conditions = len(version.when) if version else 0
    applies, asked = found.trace[:conditions], found.trace[conditions:]
    leaves = (*deciding_of_all(applies, True), *deciding_of_all(asked, False))
    yield from (leaf.parameter for leaf in leaves if leaf.parameter)


def test_an_uncertain_text_is_not_respected_for_want_of_knowing_whether_it_applies() -> None:
    """When the figure that makes a rule apply is unsettled as well, meeting the rule does not make it sure."""
    rule = BOOK.rule("clause-sociale-seuils-ue")
    assert rule is not None
    tender = {
        "objet": "Accompagnement social",
        "type": "services",
        "services_sociaux_specifiques": True,
        "acheteur.categorie": "region",
        "acheteur.entite_adjudicatrice": False,
        "valeur_estimee_ht": 400000,
        "social.condition_execution": True,
    }
    seen = context(BOOK, tender)
    assert judge_rule(rule, seen).verdict == "conforme"
    assert judge_rule(unsure(rule), seen).verdict == A_VERIFIER
