"""Facts of a tender with their evidence, or the ledger of where they were looked for."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Scalar = str | bool | int | Decimal | date
Item = Mapping[str, Scalar | None]
"""One element of a list of records, such as an award criterion."""

Value = Scalar | tuple[Scalar | Item, ...]
"""A fact's value: money and rates are Decimal, durations int, lists tuples; never float."""

KNOWN, ABSENT, UNKNOWN, CONFLICT = "known", "absent", "unknown", "conflict"
DECLARED, STRUCTURED, EXTRACTED, DERIVED = "declared", "structured", "extracted", "derived"
SURE_ENOUGH = 0.6
"""A fact read with less confidence accuses nobody, and proves no absence."""


class Scope(NamedTuple):
    """What a fact or a finding is about."""

    kind: str
    """"marche", "lot", "acheteur", "portefeuille" or "conventionnement"."""
    id: str = ""
    """Number of the lot; "" for the others."""


MARCHE = Scope("marche")
ACHETEUR = Scope("acheteur")
GRANT = Scope("conventionnement")
"""What is granted rather than bought."""


class Location(NamedTuple):
    """Where a person finds a quote."""

    page: int | None = None
    """Page of the PDF, from 1."""
    article: str = ""
    """Number of the article."""
    heading: str = ""
    """Nearest title."""
    block: int | None = None
    """``Block.index`` in the document; None for structured data."""
    start: int = 0
    """First code point of the quote in the block's text."""
    end: int = 0
    """One past the last code point."""
    pointer: str = ""
    """JSON pointer in a description, path of the element in a notice; "" elsewhere."""


class Evidence(NamedTuple):
    """A passage, or a declaration, that carries a value."""

    document: str
    """Path of the document, or "--set", "--date", "profil" … for a declaration."""
    role: str
    """Role of the piece (key of ROLES)."""
    quote: str
    """Exact text at the location: ``document.blocks[block].text[start:end]``."""
    location: Location = Location()
    value: Value | None = None
    """The value this passage carries, when several passages disagree."""
    piece: str = ""
    """What people call the piece when its role does not tell it from the others ("CCTP, lot 2"); else ""."""


class Search(NamedTuple):
    """The ledger of a search that found nothing: the proof of an absence, or why there is none."""

    pieces: tuple[str, ...] = ()
    """Roles that were read and searched."""
    missing: tuple[str, ...] = ()
    """Roles that would carry the fact and were not supplied, or could not be read."""
    sections: str = ""
    """Where in the pieces, in French ("art. 1 à 14, 212 paragraphes")."""
    vocabulary: tuple[str, ...] = ()
    """Words and forms that were looked for."""
    nearest: Evidence | None = None
    """The passage that came closest without meaning it."""
    nearest_reason: str = ""
    """Why that passage does not count, in French."""


class Fact(NamedTuple):
    """One thing known, known to be absent, unknown or disputed about a tender, a lot or a buyer."""

    name: str
    """A name of the vocabulary."""
    scope: Scope = MARCHE
    value: Value | None = None
    """The value when known; False or "aucune" for an absence that has such a value; else None."""
    status: str = UNKNOWN
    """KNOWN, ABSENT, UNKNOWN or CONFLICT."""
    origin: str = EXTRACTED
    """DECLARED, STRUCTURED, EXTRACTED or DERIVED."""
    confidence: float = 1.0
    """Share of such readings expected to be right, 0 to 1; see ``SURE_ENOUGH``."""
    evidence: tuple[Evidence, ...] = ()
    """Passages that carry the value, best first."""
    rivals: tuple[Evidence, ...] = ()
    """Passages that carry another value, each with its own ``value``."""
    search: Search | None = None
    """Where it was looked for, when absent or unknown."""

    @property
    def candidates(self) -> tuple[Value | None, ...]:
        """Values the fact may have: one when known or absent, several in conflict, none when unknown."""
        if self.status == UNKNOWN:
            return ()
        if self.status == CONFLICT:
            found: list[Value | None] = []
            for passage in self.evidence + self.rivals:
                if passage.value not in found:
                    found.append(passage.value)
            return tuple(found)
        return (self.value,)


class FactSet:
    """Facts by scope and name; what is not in it is unknown."""

    __slots__ = ("_facts", "lots")

    def __init__(self, facts: Iterator[Fact] | list[Fact] | tuple[Fact, ...] = (), lots: tuple[str, ...] = ()):
        self._facts: dict[tuple[Scope, str], Fact] = {(f.scope, f.name): f for f in facts}
        seen = [f.scope.id for f in self._facts.values() if f.scope.kind == "lot"]
        self.lots: tuple[str, ...] = lots or tuple(dict.fromkeys(seen))
        """Numbers of the lots, in the order of the documents; empty when none is described."""

    def get(self, name: str, scope: Scope = MARCHE) -> Fact | None:
        """Return the fact recorded for exactly that scope, or None."""
        return self._facts.get((scope, name))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def __eq__(self, other: object) -> bool:
        """The same facts of the same lots, in the same order; two checks of the same pieces give equal reports."""
        if not isinstance(other, FactSet):
            return NotImplemented
        return self.lots == other.lots and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # values hold mappings

    def __repr__(self) -> str:
        return f"FactSet({len(self)} facts, lots={self.lots!r})"

    def merged(self, *others: Fact) -> "FactSet":
        """Return a new set where ``others`` replace the facts of the same scope and name."""
        lots = tuple(dict.fromkeys((*self.lots, *(f.scope.id for f in others if f.scope.kind == "lot"))))
        found = FactSet(others, lots)
        found._facts = {**self._facts, **found._facts}  # a copy of the table, which is made faster than a new one
        return found
