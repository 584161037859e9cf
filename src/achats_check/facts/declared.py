"""What the user declares beside what was read: it outranks it, and each disagreement is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from achats_check.facts.agreement import agree
from achats_check.facts.reconcile import is_loose
from achats_check.facts.terms import Term
from achats_check.model.fact import CONFLICT, KNOWN, Evidence, Fact, FactSet, Scope, Value
from achats_check.vocabulary import FactSpec


def merge_declared(
    extracted: FactSet, declared: Sequence[Fact], vocabulary: Mapping[str, FactSpec], natures: Sequence[Term]
) -> tuple[FactSet, tuple[str, ...]]:
    """Let what the user declares outrank what was read.

    Args:
        extracted: Facts read in the pieces.
        declared: Facts of ``--set``, of a description or of a profile; a later one outranks an earlier one.
        vocabulary: The specifications of the facts.
        natures: What criteria judge, by their names, for those declared without it.

    Returns:
        The merged facts, each declared one keeping the contrary passages as rivals, and a French sentence
        for each disagreement.
    """
    merged: list[Fact] = []
    notes: list[str] = []
    for fact in {(f.scope, f.name): f for f in declared}.values():
        read = extracted.get(fact.name, fact.scope)
        rivals = _contrary(vocabulary[fact.name], fact, read, natures)
        notes += [_disagreement(fact, rivals[0], vocabulary)] if rivals else []
        merged.append(fact._replace(rivals=rivals))
    return extracted.merged(*merged), tuple(notes)


def contradictions(
    statements: Sequence[FactSet], vocabulary: Mapping[str, FactSpec], natures: Sequence[Term]
) -> tuple[str, ...]:
    """Return a French sentence for each fact that two statements of the user give contrary values.

    Args:
        statements: Descriptions, side file, profile, ``--set``; a later one outranks an earlier one.
        vocabulary: The specifications of the facts.
        natures: What criteria judge, by their names, for those stated without it.
    """
    kept: dict[tuple[Scope, str], Fact] = {}
    notes: list[str] = []
    for fact in (fact for statement in statements for fact in statement):
        before, spec = kept.get((fact.scope, fact.name)), vocabulary[fact.name]
        if before is not None and _contrary(spec, fact, before, natures):
            notes.append(f"{_named(fact)} : {_stated(spec, fact)}, et non {_stated(spec, before)}")
        kept[(fact.scope, fact.name)] = fact
    return tuple(notes)


def _stated(spec: FactSpec, fact: Fact) -> str:
    """Return a declared value with the name of the file or of the option that gives it."""
    source = fact.evidence[0].document.replace("\\", "/").rpartition("/")[2] if fact.evidence else ""
    return f"{say(spec, fact.value)} ({source})" if source else say(spec, fact.value)


def _contrary(spec: FactSpec, declared: Fact, read: Fact | None, natures: Sequence[Term]) -> tuple[Evidence, ...]:
    if read is None or read.status not in (KNOWN, CONFLICT) or declared.value is None or is_loose(spec):
        return ()
    passages = read.evidence + read.rivals
    return tuple(e for e in passages if e.value is not None and not agree(e.value, declared.value, natures))


def _disagreement(fact: Fact, rival: Evidence, vocabulary: Mapping[str, FactSpec]) -> str:
    spec = vocabulary[fact.name]
    where = [rival.piece or rival.role]
    if rival.location.article:
        where.append(f"art. {rival.location.article}")
    if rival.location.page:
        where.append(f"p. {rival.location.page}")
    read = say(spec, rival.value)
    return f"{_named(fact)} : déclaré {say(spec, fact.value)}, lu {read} ({', '.join(where)})"


def _named(fact: Fact) -> str:
    return f"{fact.name} (lot {fact.scope.id})" if fact.scope.kind == "lot" else fact.name


_SAID_UNITS = {"EUR_HT": "€ HT", "EUR": "€", "pourcent": "%", "mois": "mois", "heures": "heures", "jours": "jours"}


def say(spec: FactSpec, value: Value | None) -> str:
    """Return a value as a short French text, for notes."""
    if value is None:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return ", ".join(str(item.get("nom", "")) if isinstance(item, Mapping) else str(item) for item in value)
    if hasattr(value, "isoformat"):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    unit = _SAID_UNITS.get(spec.unit, "")
    return f"{value:,}".replace(",", "\u00a0").replace(".", ",") + (f" {unit}" if unit else "")
