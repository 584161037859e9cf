"""The result of a check: what was read, what is known, what was found, what could not be told."""

from datetime import date
from typing import NamedTuple

from achats_check.model.document import STATING_NOTHING
from achats_check.model.fact import ACHETEUR, GRANT, MARCHE, Fact, FactSet, Scope
from achats_check.model.finding import VERDICTS, Finding


class LawDay(NamedTuple):
    """The day whose law is applied."""

    date: date
    origin: str
    """"declared", "extracted" or "assumed"."""
    note: str = ""
    """What the reader must know about it, in French."""


class InputPiece(NamedTuple):
    """A piece that was given, read or not."""

    path: str
    format: str
    role: str
    pages: int | None
    status: str
    """"read", "partly_read" or "unread"."""
    reason: str = ""
    role_ground: str = ""
    """Why that role was recognised, or expected of a piece that could not be read, in French."""
    also: tuple[str, ...] = ()
    """Other roles the piece serves as."""
    annex_of: str = ""
    """For an annex, the role of the piece it completes."""
    lots: tuple[str, ...] = ()
    """Numbers of the only lots it concerns."""
    same_as: str = ""
    """Path of the piece that it repeats: the same bytes, or the same text in another format."""

    @property
    def is_a_gap(self) -> bool:
        """Whether the check misses it: a plan or a blank form that cannot be read costs no verdict."""
        return self.status == "unread" and self.role not in STATING_NOTHING


class Resolution(NamedTuple):
    """One thing that would settle several doubts."""

    kind: str
    """"fact", "piece" or "profile" (the buyer's)."""
    name: str
    """Name of the fact, role of the piece, or "profil"."""
    advice: str
    """What to do, in French: "Indiquer la catégorie de l'acheteur (--set acheteur.categorie=…)"."""
    rules: tuple[str, ...]
    """Rules it would settle, or at least bring forward."""
    settled: int = 0
    """How many of them wait for nothing else."""


class Report(NamedTuple):
    """Everything a check found; reports are drawn from it and compute nothing."""

    tool_version: str
    rules_version: str
    """Day of the legal file and a fingerprint of the rules: "2026-11-21+3f9a1c"."""
    law_day: LawDay
    inputs: tuple[InputPiece, ...]
    facts: FactSet
    findings: tuple[Finding, ...]
    resolutions: tuple[Resolution, ...] = ()
    """What would settle the doubts, most useful first."""
    notes: tuple[str, ...] = ()
    """Disagreements between declared and read facts, pending changes, reserves: French sentences."""
    not_run: tuple[tuple[str, str], ...] = ()
    """Rules that were loaded and not evaluated, each with its reason."""

    profile_given: bool = False
    """Whether the buyer's organisation was described, beyond what a tender says of its buyer."""

    @property
    def unread(self) -> tuple[InputPiece, ...]:
        """The pieces that could not be read and that the check misses; without a finding, nothing was judged."""
        return tuple(piece for piece in self.inputs if piece.is_a_gap)

    def fact(self, name: str, lot: str = "") -> Fact | None:
        """Return what is known of a fact: of the market or of its buyer, or of one lot; None when nothing is."""
        scopes = (Scope("lot", lot),) if lot else (MARCHE, ACHETEUR, GRANT)
        return next((fact for scope in scopes if (fact := self.facts.get(name, scope)) is not None), None)

    def by_verdict(self, verdict: str) -> tuple[Finding, ...]:
        """Return the findings of one verdict, the most useful first.

        Raises:
            ValueError: A word that is no verdict: that nothing has it would be taken for good news.
        """
        if verdict not in VERDICTS:
            raise ValueError(f"verdict inconnu « {verdict} » (admis : {', '.join(VERDICTS)})")
        return tuple(sorted((f for f in self.findings if f.verdict == verdict), key=lambda f: f.rank))
