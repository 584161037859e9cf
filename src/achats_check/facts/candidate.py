"""What an extractor yields before the passages of a dossier are reconciled into facts."""

from typing import NamedTuple

from achats_check.model.fact import EXTRACTED, MARCHE, Evidence, Scope, Value


class Candidate(NamedTuple):
    """A passage that carries a value of a fact."""

    name: str
    """A name of the vocabulary."""
    value: Value
    evidence: Evidence
    confidence: float = 0.9
    """Share of such readings expected to be right."""
    scope: Scope = MARCHE
    origin: str = EXTRACTED
    """EXTRACTED from sentences, or STRUCTURED: a field of a notice or of a contract record."""


class NearMiss(NamedTuple):
    """A passage that looks like the fact and does not mean it: kept for the proof of absence."""

    name: str
    evidence: Evidence
    reason: str
    """Why it does not count, in French: "insertion au sens urbain"."""
    undecided: bool = False
    """The passage leaves the question open (a form without any tick): silence elsewhere proves nothing."""


class Sought(NamedTuple):
    """Words and forms an extractor looked for, told when it found nothing."""

    name: str
    vocabulary: tuple[str, ...]
