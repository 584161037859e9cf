"""Hypothesis strategies for tenders that could exist, with figures on both sides of what the rules compare with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from achats_check.example_facts import example_facts
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import ACHETEUR, DECLARED, GRANT, KNOWN, MARCHE, Fact, FactSet, Scope
from achats_check.model.rule import Condition
from achats_check.resources import rules_root
from achats_check.rules import load_rules
from achats_check.vocabulary import FactSpec

PURCHASES = (
    ("services", "Entretien des espaces verts", ("77310000",)),
    ("services", "Nettoyage des locaux", ("90910000",)),
    ("services", "Accompagnement social des demandeurs d'emploi", ("85312320",)),
    ("services", "Collecte et réemploi de textiles", ("90511000",)),
    ("services", "Restauration scolaire", ("55523100",)),
    ("travaux", "Réhabilitation d'une école", ("45214210",)),
    ("travaux", "Réseau d'eau potable", ("45231300",)),
    ("fournitures", "Achat d'ordinateurs", ("30213000",)),
    ("fournitures", "Denrées alimentaires", ("15800000",)),
)
"""Type, object and CPV codes that go together: an object that its codes contradict tells nothing of the rules."""
IDENTITY = {"type", "objet", "cpv", "services_sociaux_specifiques", "cpv_reservable_ess"}
_STEPS = {"date": timedelta(1), "part": Decimal("0.01"), "pourcent": Decimal("0.1"), "nombre": Decimal("0.5")}


@cache
def book() -> Rulebook:
    """Return the shipped rules."""
    return load_rules()


@cache
def limits() -> dict[str, tuple[Any, ...]]:
    """Return, for each fact that rules compare, what they compare it with."""
    found: dict[str, dict[Any, None]] = {}
    for rule in book().rules:
        for version in rule.versions:
            for leaf in _leaves((*version.when, *version.requires)):
                name = leaf.fact.removeprefix("marche.")
                found.setdefault(name, {}).update(dict.fromkeys(_compared(leaf)))
    for stated in ("valeur_estimee_ht", "valeur_maximale_ht"):
        found.setdefault(stated, {}).update(found["valeur_besoin_ht"])
    return {name: tuple(values) for name, values in found.items()}


def _leaves(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        if condition.children:
            yield from _leaves(condition.children)
        else:
            yield condition


def _compared(leaf: Condition) -> Iterator[Any]:
    yield from leaf.operand.values
    if leaf.operand.parameter:
        factor = leaf.operand.factor or Decimal(1)
        rows = book().parameters[leaf.operand.parameter].rows
        yield from (row.value * factor for row in rows if row.value is not None)


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Return values of a fact: what rules compare it with, a step around, and a few others."""
    if spec.type == "booleen":
        return st.booleans()
    if spec.type == "enum":
        return st.sampled_from(spec.values)
    if spec.type == "liste":
        return _lists(spec)
    if spec.type == "texte":
        return st.sampled_from(["Motif écrit au dossier", "Parc du Moulin"])
    return st.sampled_from(_around(spec))


def _around(spec: FactSpec) -> list[Any]:
    known = [value for value in limits().get(spec.name, ()) if not isinstance(value, str | bool)]
    known = known or [_default_of(spec.type)]
    step = _STEPS.get(spec.type, 1)
    moved = [moved for value in known for moved in (value - step, value, value + step)]
    kept = [_typed(spec.type, value) for value in moved]
    if spec.type == "date":
        return kept
    top = {"part": 1, "pourcent": 100}.get(spec.type, 10**15)
    return [value for value in kept if 0 <= value <= top]


def _default_of(kind: str) -> Any:
    return {"date": date(2026, 9, 1), "part": Decimal("0.5"), "entier": 24}.get(kind, Decimal(50))


def _typed(kind: str, value: Any) -> Any:
    if kind == "date":
        return value
    return int(value) if kind == "entier" else Decimal(value)


def _lists(spec: FactSpec) -> st.SearchStrategy[Any]:
    if spec.item == "enum":
        items: st.SearchStrategy[Any] = st.sampled_from(spec.values)
    elif spec.item == "champs":
        return _criteria() if spec.name == "criteres" else _labels()
    elif spec.item == "montant":
        items = st.sampled_from([Decimal(5000), Decimal(20000), Decimal(59999)])
    elif spec.item == "article":
        items = st.sampled_from([v for v in limits().get(spec.name, ()) if isinstance(v, str)] or ["R2122-8"])
    else:
        items = st.sampled_from(["77310000"] if spec.item == "cpv" else ["demandeurs d'emploi"])
    return st.lists(items, min_size=1, max_size=2, unique=True).map(tuple)


def _criteria() -> st.SearchStrategy[Any]:
    natures = st.lists(
        st.sampled_from(["technique", "environnemental", "social", "delai", "cout"]), max_size=2, unique=True
    )
    return st.tuples(natures, st.sampled_from([Decimal(40), Decimal(30), None])).map(
        lambda drawn: tuple(
            {"nom": nature.capitalize(), "nature": nature} | ({"poids": drawn[1]} if drawn[1] else {})
            for nature in ("prix", *drawn[0])
        )
    )


def _labels() -> st.SearchStrategy[Any]:
    return st.booleans().map(lambda accepted: ({"nom": "Label du Parc", "equivalent_accepte": accepted},))


def scope_of(spec: FactSpec) -> Scope:
    """Return the scope a fact has outside any lot."""
    return next((scope for scope in (ACHETEUR, GRANT) if scope.kind in spec.scopes), MARCHE)


@cache
def listed_days() -> tuple[date, ...]:
    """Return the first day of every version of a rule and of every value of a parameter, ends included."""
    spans = [(v.since, v.until) for rule in book().rules for v in rule.versions]
    spans += [(row.since, row.until) for parameter in book().parameters.values() for row in parameter.rows]
    found = {since for since, _ in spans} | {until + timedelta(1) for _, until in spans if until}
    return tuple(sorted(day for day in found if date(2015, 1, 1) < day < date(2032, 1, 1)))


@cache
def _candidates() -> tuple[FactSpec, ...]:
    """Return the facts a tender may state beside its identity, those that rules look at."""
    used = {*limits(), "valeur_maximale_ht"} - IDENTITY
    return tuple(spec for name, spec in book().vocabulary.items() if name in used and spec.type != "texte")


@cache
def situations() -> tuple[Example, ...]:
    """Return the examples of every rule: each stands near what its rule turns on."""
    _, examples = load_sources(rules_root())
    return tuple(example for cases in examples.values() for example in cases)


def days() -> st.SearchStrategy[date]:
    """Return days on and around those where the law changes, recent ones more often."""
    steps = st.sampled_from([timedelta(-1), timedelta(0), timedelta(1)])
    return st.builds(lambda day, step: day + step, st.deferred(lambda: st.sampled_from(_often_recent())), steps)


@cache
def _often_recent() -> list[date]:
    return [day for day in listed_days() for _ in range(1 if day.year < 2019 else 4)]


@st.composite
def tenders(draw: st.DrawFn) -> FactSet:
    """Draw what is declared of a purchase, of its buyer and of its lots.

    The purchase is coherent; the rest comes from the situations of a few rules, then from facts at random. What is
    said of an aid is kept once in eight times, for an aid sets the rules on contracts aside.
    """
    kind, subject, codes = draw(st.sampled_from(PURCHASES))
    stated: dict[tuple[Scope, str], Any] = {}
    for example in draw(st.lists(st.sampled_from(situations()), min_size=4, max_size=8)):
        for fact in example_facts(example, book().vocabulary):
            stated.setdefault((fact.scope, fact.name), fact.value)
    kept = {key: value for key, value in stated.items() if key[1] not in IDENTITY}
    kept |= {(MARCHE, "type"): kind, (MARCHE, "objet"): subject, (MARCHE, "cpv"): codes}
    for spec in draw(st.lists(st.sampled_from(_candidates()), max_size=8, unique_by=lambda spec: spec.name)):
        scopes = [*spec.scopes, *(scope for scope, _ in stated if scope.kind == "lot" and "lot" in spec.scopes)]
        scope = draw(st.sampled_from([s if isinstance(s, Scope) else scope_of(spec) for s in scopes if s != "lot"]))
        kept[(scope, spec.name)] = draw(values(spec))
    granted = draw(st.integers(0, 7)) == 0
    told = {key: value for key, value in kept.items() if granted or key[0] != GRANT}
    return FactSet([Fact(name, scope, value, KNOWN, DECLARED) for (scope, name), value in told.items()])
