"""What is read in a notice before its lots are compared: a value, its field, the lot it is about."""

from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.tables import SURE
from achats_check.model.fact import ACHETEUR, MARCHE, STRUCTURED, Scope, Value
from achats_check.vocabulary import FactSpec


class Found(NamedTuple):
    """A field that says a value of a fact."""

    name: str
    """A name of the vocabulary."""
    value: Value
    field: Field
    confidence: float = SURE
    lot: str = ""
    """Key of the lot in the notice, "" for the whole market."""


class Doubt(NamedTuple):
    """A field that leaves a fact open, or that looks like it and does not say it."""

    name: str
    field: Field
    reason: str
    undecided: bool = True
    words: str = ""
    """What a field that only holds a code means, in French; "" when its text can be read."""


def candidate(fields: Fields, found: Found, scope: Scope, spec: FactSpec) -> Candidate:
    """Return the candidate of a finding, under the scope its fact may have."""
    if spec.scopes == ("acheteur",):
        scope = ACHETEUR
    elif scope.kind == "lot" and "lot" not in spec.scopes:
        scope = MARCHE
    evidence = fields.evidence(found.field, found.value)
    return Candidate(found.name, found.value, evidence, found.confidence, scope, STRUCTURED)


def near_miss(fields: Fields, doubt: Doubt) -> NearMiss:
    """Return the near miss of a doubt."""
    return NearMiss(doubt.name, fields.evidence(doubt.field, doubt.words or None), doubt.reason, doubt.undecided)
