"""What holds of every verdict, whatever the tender: properties of the rules as shipped, on generated tenders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.dossier import check
from achats_check.example_facts import example_facts
from achats_check.examples import run_example
from achats_check.facts.declared import merge_declared
from achats_check.facts.terms import from_plain
from achats_check.law.context import Context
from achats_check.law.evaluate import evaluate
from achats_check.law.loader import load_sources
from achats_check.law.schema import Example
from achats_check.model.fact import DECLARED, EXTRACTED, GRANT, KNOWN, MARCHE, UNKNOWN, Evidence, Fact, FactSet, Scope
from achats_check.model.finding import A_VERIFIER, NON_CONFORME, Finding
from achats_check.reports.json_report import report_data
from achats_check.reports.schema import report_schema
from achats_check.resources import rules_root
from achats_check.tender import Tender
from tender_strategies import book, days, listed_days, tenders, values

GENERATED = settings(suppress_health_check=list(HealthCheck), max_examples=40, database=None, derandomize=True)
RESTS_ON_A_PRESUMPTION = {
    "forme": "sans elle, le contrat est présumé marché",
    "procedure.fondement": "sans les articles, ni innovation ni autre dispense ne sont présumées",
    "reference_date_achats": "sans l'année, le droit du jour du lancement est appliqué",
    "execution.date_notification": "sans elle, le droit du jour du lancement est appliqué",
}
STATES_THE_NEED = {"valeur_estimee_ht", "valeur_maximale_ht"}


def verdicts(findings: tuple[Finding, ...]) -> dict[tuple[str, str], str]:
    """Return the verdict of each rule on each scope."""
    return {(finding.rule, f"{finding.scope.kind} {finding.scope.id}"): finding.verdict for finding in findings}


def forgotten(fact: Fact, known: FactSet, day: date) -> bool:
    """Say whether nothing else says what a fact said, once it is taken out."""
    if fact.scope == GRANT and not any(other.scope == GRANT for other in known):
        return False  # without a word of an aid, what is described is a purchase
    seen = Context(book(), known, day).at(fact.scope)
    if fact.name in STATES_THE_NEED and seen.fact("valeur_besoin_ht").status != UNKNOWN:
        return False
    return seen.fact(fact.name).status == UNKNOWN


def without(facts: FactSet, name: str, scope: Scope = MARCHE) -> FactSet:
    """The same facts but one."""
    return FactSet([f for f in facts if (f.scope, f.name) != (scope, name)], facts.lots)


@GENERATED
@given(tenders(), days(), st.data())
def test_forgetting_a_fact_only_raises_doubts(facts: FactSet, day: date, data: st.DataObject) -> None:
    """A verdict that knew less is the same, or ``a_verifier``: ignorance accuses nobody and clears nobody.

    Left out are the facts that something else still says once they are taken out, for nothing is forgotten then:
    those the vocabulary presumes (``defaut``), those computed from others (the need from the estimate, the ceiling
    or the lots), those a lot takes from its market; and the few that a presumption rests on.
    """
    before = verdicts(evaluate(book(), facts, day)[0])
    told = [fact for fact in facts if fact.name not in RESTS_ON_A_PRESUMPTION]
    for fact in data.draw(
        st.lists(st.sampled_from(told), min_size=1, max_size=3, unique_by=lambda f: (f.scope, f.name))
    ):
        found, known = evaluate(book(), without(facts, fact.name, fact.scope), day)
        if forgotten(fact, known, day):
            changed = {k: (before[k], v) for k, v in verdicts(found).items() if v not in (before.get(k, v), A_VERIFIER)}
            assert not changed, f"{fact.name} ({fact.scope.kind} {fact.scope.id}) = {fact.value}"


def test_forgetting_a_fact_of_an_example_only_raises_doubts() -> None:
    """The same, for every fact of every example of every rule: the situations that each rule turns on."""
    bare, examples = load_sources(rules_root())
    wrong = []
    for rule in bare.rules:
        for example in examples[rule.id]:
            before = run_example(rule, example, bare).verdict
            for fact, without in _forgetful(example):
                found = run_example(rule, without, bare)
                if found.verdict not in (before, A_VERIFIER) and _is_forgotten(fact, without):
                    wrong.append((rule.id, example.name, fact, before, found.verdict))
    assert wrong == []


def _forgetful(example: Example) -> Iterator[tuple[str, Example]]:
    for name in example.declared:
        if name not in {"lots", *RESTS_ON_A_PRESUMPTION}:
            yield name, example._replace(declared={k: v for k, v in example.declared.items() if k != name})
    for name in example.read:
        if name not in {"lots", *RESTS_ON_A_PRESUMPTION}:
            yield name, example._replace(read={k: v for k, v in example.read.items() if k != name})


def _is_forgotten(name: str, example: Example) -> bool:
    facts = example_facts(example, book().vocabulary)
    _, known = evaluate(book()._replace(rules=()), facts, example.day)
    spec = book().vocabulary.get(name)
    return spec is not None and forgotten(Fact(name, MARCHE), known, example.day)


def spans() -> st.SearchStrategy[tuple[date, date]]:
    """Return a day on which the law changes and the next one."""
    return st.deferred(lambda: st.sampled_from(list(pairwise(listed_days()))))


@GENERATED
@given(tenders(), spans(), st.integers(0, 4000))
def test_verdicts_change_on_listed_days_only(facts: FactSet, span: tuple[date, date], step: int) -> None:
    """Between two days on which a rule or a figure changes, the law is one law.

    The age of the previous reserved award is left out: it is counted from the tender's own dates.
    """
    kept = without(facts, "reservation.titulaire_precedent.date_attribution")
    first, last = span[0], span[1] - timedelta(1)
    inside = first + timedelta(step % max((last - first).days, 1))
    told = [verdicts(evaluate(book(), kept, day)[0]) for day in (first, inside, last)]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("day", "eve", "rule"),
    [
        (date(2026, 8, 22), "sans_objet", "clause-sociale-seuils-ue"),
        (date(2026, 8, 21), "sans_objet", "prix-seul-interdit"),
    ],
)
def test_a_listed_day_does_change_verdicts(day: date, eve: str, rule: str) -> None:
    """The property above would hold of rules that ignore dates: these do not."""
    data = {
        "objet": "Nettoyage des locaux",
        "type": "services",
        "cpv": ["90910000"],
        "valeur_estimee_ht": 900000,
        "acheteur.categorie": "region",
        "procedure.type": "appel_offres_ouvert",
        "social.condition_execution": False,
        "social.derogation_motif": "aucun",
        "criteres": [{"nom": "Prix", "nature": "prix", "poids": 100}],
    }
    facts = example_facts(Example("", day, data, {}, (), "", "", ""), book().vocabulary)
    told = [verdicts(evaluate(book(), facts, d)[0])[(rule, "marche ")] for d in (day - timedelta(1), day)]
    assert told == ["sans_objet", NON_CONFORME]
    assert day in listed_days()


@GENERATED
@given(tenders(), tenders())
def test_what_is_declared_outranks_what_is_read(read: FactSet, stated: FactSet) -> None:
    """Each declared fact is kept as stated; what nothing declares stays as read; a disagreement is told."""
    extracted = FactSet([_as_read(fact) for fact in read], read.lots)
    natures = from_plain(book().terms)["criteres"]["natures"]
    merged, notes = merge_declared(extracted, tuple(stated), book().vocabulary, natures)
    for fact in stated:
        kept = merged.get(fact.name, fact.scope)
        assert kept is not None
        assert (kept.value, kept.origin) == (fact.value, DECLARED)
    for fact in extracted:
        if stated.get(fact.name, fact.scope) is None:
            assert merged.get(fact.name, fact.scope) == fact
    disputed = [fact for fact in merged if fact.rivals]
    assert len(notes) == len(disputed)


def _as_read(fact: Fact) -> Fact:
    passage = Evidence("RC.docx", "RC", "un passage", value=fact.value)
    return fact._replace(origin=EXTRACTED, status=KNOWN, evidence=(passage,))


@settings(GENERATED, max_examples=8)
@given(tenders(), days())
def test_the_json_report_follows_its_schema(facts: FactSet, day: date) -> None:
    """Whatever is described, the JSON report validates against the schema that is published."""
    stated = FactSet([fact for fact in facts if _is_accepted(fact)])
    report = check(Tender(description(stated)), today=day, rules=book())
    data = report_data(report, book().vocabulary)
    jsonschema.Draft202012Validator(report_schema()).validate(data)


def description(facts: FactSet) -> dict[str, Any]:
    """Write facts as a description would."""
    told = {fact.name: _plain(fact.value) for fact in facts if fact.scope.kind != "lot"}
    lots = [{"numero": lot} | _of_lot(facts, lot) for lot in facts.lots]
    return {**told, "lots": lots} if lots else told


def _is_accepted(fact: Fact) -> bool:
    spec = book().vocabulary[fact.name]
    return not spec.derived and (fact.scope.kind != "lot" or "lot" in spec.scopes)


def _of_lot(facts: FactSet, lot: str) -> dict[str, Any]:
    return {fact.name: _plain(fact.value) for fact in facts if fact.scope.id == lot}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [dict(item) if isinstance(item, dict) else item for item in value]
    return value.isoformat() if isinstance(value, date) else value


@GENERATED
@given(tenders(), days())
def test_an_unused_lever_is_never_a_fault(facts: FactSet, day: date) -> None:
    """``non_conforme`` is for duties, ``opportunite`` for levers and good practices, with their ground."""
    duties = {"obligation", "interdiction", "coherence"}
    for finding in evaluate(book(), facts, day)[0]:
        if finding.verdict in {"non_conforme", "opportunite"}:
            assert (finding.nature in duties) == (finding.verdict == "non_conforme"), finding.rule
            assert finding.references, finding.rule
            assert finding.remedy, finding.rule
        assert bool(finding.doubt) == (finding.verdict == A_VERIFIER), finding.rule


def test_generated_values_reach_every_type() -> None:
    """The strategies know each type of the vocabulary."""
    assert all(values(spec) is not None for spec in book().vocabulary.values())
