"""What is known of a portfolio: counts of contracts by what they declare, bounds, findings."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from achats_check.model.fact import Fact, Value
from achats_check.model.finding import Finding

YES, NO, MISSING, NOT_IN_SCHEMA = "oui", "non", "manquante", "hors_champ"
STATES = (YES, NO, MISSING, NOT_IN_SCHEMA)
"""Declared; declared absent; a field left empty; a schema that has no such field. They are never added up."""

SOCIAL, CLAUSE, CRITERION, RESERVED, ENVIRONMENTAL = (
    "sociale",
    "clause_sociale",
    "critere_social",
    "reservee",
    "environnementale",
)
DIMENSIONS = {
    SOCIAL: "considération sociale",
    CLAUSE: "clause sociale",
    CRITERION: "critère social",
    RESERVED: "marché réservé",
    ENVIRONMENTAL: "considération environnementale",
}
"""What shares are of, with its French name; ``part_`` before the key gives the fact of the vocabulary."""


class Tally(NamedTuple):
    """Contracts of one dimension, by state in the order of ``STATES``."""

    contracts: tuple[int, ...] = (0, 0, 0, 0)
    cents: tuple[int, ...] = (0, 0, 0, 0)
    """Sum of the known amounts, in cents."""

    def __add__(self, other: object) -> "Tally":
        """Add two tallies of contracts that are not the same."""
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(_sums(self.contracts, other.contracts), _sums(self.cents, other.cents))


def _sums(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(first, second, strict=True))


class Measure(NamedTuple):
    """Contracts of a group, concessions apart."""

    contracts: int = 0
    cents: int = 0
    """Sum of the known amounts of the contracts, in cents, excluding tax."""
    unknown_amounts: int = 0
    """Contracts whose amount is unknown."""
    concessions: int = 0
    concession_cents: int = 0
    concession_unknown_amounts: int = 0
    tallies: tuple[Tally, ...] = (Tally(),) * len(DIMENSIONS)
    """One for each of ``DIMENSIONS``, concessions left out."""

    def tally(self, dimension: str) -> Tally:
        """Return the tally of a dimension."""
        return self.tallies[list(DIMENSIONS).index(dimension)]

    def __add__(self, other: object) -> "Measure":
        """Add two groups of contracts that are not the same."""
        if not isinstance(other, Measure):
            return NotImplemented
        return Measure(
            self.contracts + other.contracts,
            self.cents + other.cents,
            self.unknown_amounts + other.unknown_amounts,
            self.concessions + other.concessions,
            self.concession_cents + other.concession_cents,
            self.concession_unknown_amounts + other.concession_unknown_amounts,
            tuple(a + b for a, b in zip(self.tallies, other.tallies, strict=True)),
        )


class Listed(NamedTuple):
    """A contract that an alert names."""

    uid: str
    day: date
    cents: int | None


class Sign(NamedTuple):
    """Contracts of a buyer that together may mean something: what the rules of their kind judge."""

    kind: str
    """Prefix of the facts it states: "portefeuille.famille.", "portefeuille.concentration.", "portefeuille.ess."."""
    buyer: str
    day: date
    """Day whose law applies; its year is that of the portfolio."""
    key: str
    """What tells it from the others of the buyer and the kind: a family, a holder."""
    facts: Mapping[str, Value]
    contracts: tuple[Listed, ...]
    """The first of them, by day."""
    size: int
    """How many there are."""


class Judged(NamedTuple):
    """A finding of a rule on a portfolio, with the contracts it rests on."""

    finding: Finding
    contracts: tuple[Listed, ...] = ()
    size: int = 0
    """How many contracts there are, those not listed included."""


class Spending(NamedTuple):
    """What a year's published contracts may have cost, spread over their durations; never the expenditure itself."""

    low: int = 0
    """Cents: contracts of known duration, framework agreements left out."""
    high: int = 0
    """Cents: ceilings of framework agreements too, and contracts of unknown duration whole in their first year."""


class Portfolio(NamedTuple):
    """What is known of a buyer's contracts of one year."""

    buyer: str
    """SIREN, or "nom:…" when the buyer bears no valid number."""
    name: str
    category: str
    """A category of the vocabulary, or "" when unknown or when the contracts disagree."""
    year: int
    measure: Measure
    spending: Spending
    declared: tuple[Fact, ...] = ()
    """What the buyer declared of itself and of the year."""
    spaser: str = ""
    """One of ``portfolio.spaser.STATUSES``."""
    findings: tuple[Judged, ...] = ()


class Group(NamedTuple):
    """Contracts of a sector or of a category of buyers, in one year."""

    key: str
    """CPV division, or category; "" when unknown."""
    year: int
    measure: Measure


class Portfolios(NamedTuple):
    """All that was computed of some contracts, in a fixed order."""

    lines: tuple[Portfolio, ...]
    """By buyer, then year."""
    sectors: tuple[Group, ...]
    categories: tuple[Group, ...]
    consultations: tuple[Group, ...]
    """Dossiers and notices by year: another population, never added to the contracts. Their key is ""."""
    targets: Mapping[str, tuple["Goal", ...]]
    """Goals of the rules by fact: "portefeuille.part_sociale" …"""
    without_buyer: int = 0
    """Contracts and concessions of no known buyer: in no line, but in the sectors and the categories."""
    without_year: int = 0
    """Contracts and concessions of no known year: nowhere else."""


class Goal(NamedTuple):
    """A level that a rule asks a share or a number to reach, in the years it holds for."""

    label: str
    value: float
    since: date
    until: date | None

    def holds_in(self, year: int) -> bool:
        """Say whether the goal is that of a year, judged on its last day."""
        last = date(year, 12, 31)
        return self.since <= last and (self.until is None or last <= self.until)
