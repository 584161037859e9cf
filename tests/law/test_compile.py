"""Generated code and the explained evaluation are one logic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.builders import DAY

from achats_check.law.compile import NotCompilable, compilable, compile_conditions
from achats_check.law.conditions import ORDERED, truth
from achats_check.law.context import Context
from achats_check.law.kleene import all_of
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, DECLARED, GRANT, KNOWN, MARCHE, Fact, FactSet
from achats_check.model.rule import Condition, Operand
from achats_check.resources import rules_root
from achats_check.vocabulary import FactSpec

BOOK: Rulebook = load_sources(rules_root())[0]
NAMES = ("alloti", "type", "duree_mois", "valeur_estimee_ht", "cpv", "date_lancement", "objet", "reservation.categorie")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "booleen": st.booleans(),
    "entier": st.integers(0, 60),
    "montant": st.decimals(0, 10**7, places=2),
    "nombre": st.decimals(0, 100, places=1),
    "pourcent": st.decimals(0, 100, places=1),
    "part": st.decimals(0, 1, places=2),
    "date": st.dates(date(2019, 1, 1), date(2028, 1, 1)),
    "texte": st.sampled_from(["Entretien des espaces verts", "Travaux", ""]),
}


def value_of(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Return values of a fact."""
    if spec.type == "enum":
        return st.sampled_from(spec.values)
    if spec.type == "liste":
        items = (
            st.sampled_from(spec.values)
            if spec.item == "enum"
            else st.sampled_from(["77310000", "45000000", "R2122-8"])
        )
        return st.lists(items, max_size=3).map(tuple) if spec.item != "champs" else st.just(())
    return VALUES[spec.type]


@st.composite
def leaves(draw: st.DrawFn) -> Condition:
    """Return a leaf condition on one of a few facts."""
    spec = BOOK.vocabulary[draw(st.sampled_from(NAMES))]
    verbs = ["present", "absent"]
    if spec.type in {"entier", "montant", "date"}:
        verbs += ORDERED
    if spec.type in {"liste", "texte"}:
        verbs.append("contient")
    elif spec.type != "date":
        verbs += ["egal", "different", "parmi"]
    verb = draw(st.sampled_from(verbs))
    if verb in {"present", "absent"}:
        return Condition(verb, spec.name)
    value = draw(st.sampled_from(["773", "espaces verts"]) if verb == "contient" else value_of(spec))
    return Condition(verb, spec.name, Operand((value,)))


trees = st.recursive(
    leaves(),
    lambda inner: st.builds(
        lambda verb, children: Condition(verb, children=tuple(children)),
        st.sampled_from(["tous", "un_des", "aucun"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=10,
)
records = st.fixed_dictionaries({}, optional={name: value_of(BOOK.vocabulary[name]) for name in NAMES})


def known(name: str, value: Any) -> Fact:
    """Return a known fact in its scope."""
    owners = BOOK.vocabulary[name].scopes
    scope = next((scope for scope in (ACHETEUR, GRANT) if scope.kind in owners), MARCHE)
    return Fact(name, scope, value, KNOWN, DECLARED)


@settings(max_examples=300)
@given(trees, records)
def test_generated_code_agrees_with_the_explanation(tree: Condition, record: dict[str, Any]) -> None:
    """On any tree and any record, unknown included, both evaluations give the same truth."""
    program = compile_conditions([[tree]], BOOK, DAY)
    view = Context(BOOK, FactSet([known(n, v) for n, v in record.items()]), DAY)
    assert program.run(program.record(record)) == (truth(tree, view),)


SHIPPED = [rule for rule in BOOK.rules if compilable(rule, BOOK, DAY)]


@settings(max_examples=60)
@given(st.data())
def test_shipped_rules_compile_to_what_they_mean(data: st.DataObject) -> None:
    """The shipped rules that fit a flat record give the same truths compiled and explained."""
    groups = [
        (*v.when, *v.requires)
        for rule in SHIPPED
        for v in rule.versions
        if v.since <= DAY and not (v.until and v.until < DAY)
    ]
    program = compile_conditions(groups, BOOK, DAY)
    record = {
        n: data.draw(value_of(BOOK.vocabulary[n]))
        for n in data.draw(st.sets(st.sampled_from(sorted(program.facts)), max_size=12))
    }
    view = Context(BOOK, FactSet([known(n, v) for n, v in record.items()]), DAY)
    assert program.run(program.record(record)) == tuple(all_of(truth(c, view) for c in group) for group in groups)


def test_most_shipped_rules_compile() -> None:
    """Rules that wait for lots or for buyer-dependent figures are the minority."""
    assert len(SHIPPED) > len(BOOK.rules) / 2


def test_lots_do_not_compile() -> None:
    """A condition on lots is refused, not silently flattened."""
    with pytest.raises(NotCompilable):
        compile_conditions([[Condition("un_lot", children=(Condition("present", "objet"),))]], BOOK, DAY)


def test_a_figure_of_some_buyers_does_not_compile() -> None:
    """For the others there is no figure, and the comparison is unknown: a flat limit would decide."""
    limit = Condition("superieur_a", "conventionnement.montant", Operand(parameter="subvention.convention"))
    with pytest.raises(NotCompilable):
        compile_conditions([[limit]], BOOK, DAY)


def test_decimal_limits_stay_exact() -> None:
    """A limit that is not whole is compared as a decimal, never as a float."""
    limit = Condition("au_moins", "valeur_estimee_ht", Operand((Decimal("0.3"),)))
    program = compile_conditions([[limit]], BOOK, DAY)
    assert program.run((Decimal("0.1") * 3,)) == (True,)
