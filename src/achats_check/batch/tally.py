"""The dossiers of an audit summed up one by one: what the synthesis needs, in a memory that texts do not fill."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from achats_check.batch.digest import Counted
from achats_check.batch.rows import JUDGED
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import (
    A_VERIFIER,
    ALERTE,
    APPLICABILITE,
    CONFORME,
    JUSTIFICATION,
    NON_CONFORME,
    OPPORTUNITE,
)
from achats_check.model.rule import LEVERS, SEVERITIES

Row = dict[str, Any]
_ORDER = (NON_CONFORME, A_VERIFIER, OPPORTUNITE)
NEVER = "jamais"
"""The level of ``--echec-si`` that nothing reaches."""
_WEIGHTS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_CARDS = 30
"""Faults shown as cards."""
CARDS_OF_A_DOSSIER = 2
_UNREAD = 300
"""Pieces that could not be read listed in the synthesis; the file of dossiers has them all."""


class RuleCount(NamedTuple):
    """What a rule gave over all dossiers."""

    rule: str
    title: str
    nature: str
    severity: str
    dossiers: int
    """Dossiers with the verdict that is counted."""
    findings: int
    """Findings with that verdict: a dossier has one for each of its lots."""
    respected: int
    """Dossiers that follow it."""
    applicable: int
    """Dossiers to which the rule is known to apply."""


class _Rule:
    def __init__(self, title: str, nature: str, severity: str) -> None:
        self.title, self.nature, self.severity = title, nature, severity
        self.dossiers: Counter[str] = Counter()
        self.findings: Counter[str] = Counter()
        self.applicable = 0


class Tally:
    """The sum of an audit; ``add`` each dossier, in the order of the names."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        """Rows of the dossiers, without their pieces and notes."""
        self.unread: list[tuple[str, str, str]] = []
        """The first pieces that could not be read: dossier, piece, reason."""
        self.unread_pieces = 0
        self.crashed = 0
        """Dossiers that a bug of ours lost."""
        self.advice: Counter[str] = Counter()
        """Dossiers in which something would settle doubts, by what to do."""
        self.settled: Counter[str] = Counter()
        """Doubts of rules it would settle, in all."""
        self._rules: dict[str, _Rule] = {}
        self._cards: list[tuple[tuple[int, ...], str, str, list[Row]]] = []

    def add(self, entry: Row) -> None:
        """Add the line of a dossier of the journal."""
        row, digest = entry["dossier"], entry["digest"]
        self.crashed += entry["crashed"]
        self.rows.append({key: value for key, value in row.items() if key not in ("inputs", "notes")})
        if digest is not None and row["status"] == JUDGED:
            self._add_rules([Counted(*counted) for counted in digest["rules"]])
            if not row["same_as"]:  # the faults of the same pieces are told once
                self._add_cards(row, digest["cards"])
            for advice, rules in digest["resolutions"]:
                self.advice[advice] += 1
                self.settled[advice] += rules
        self._add_unread(row)

    def _add_rules(self, counted: list[Counted]) -> None:
        applies = set()
        for found in counted:
            rule = self._rules.setdefault(found.rule, _Rule(found.title, found.nature, found.severity))
            rule.dossiers[found.verdict] += 1
            rule.findings[found.verdict] += found.number
            if found.verdict != APPLICABILITE:
                applies.add(found.rule)
        for name in applies:
            self._rules[name].applicable += 1

    def _add_cards(self, row: Row, cards: list[Row]) -> None:
        if cards:
            weight = (-row["bloquante"], -row["majeure"], -row["mineure"])
            self._cards.append((weight, row["path"], row["object"] or "", cards[:CARDS_OF_A_DOSSIER]))
            self._cards.sort(key=lambda card: card[:2])
            del self._cards[_CARDS:]

    def _add_unread(self, row: Row) -> None:
        for piece in row["inputs"]:
            if piece["status"] == "unread":
                self.unread_pieces += 1
                if len(self.unread) < _UNREAD:
                    self.unread.append((row["path"], piece["path"], piece["reason"]))

    def cards(self) -> Iterator[tuple[str, str, Row]]:
        """Yield dossier, object and card of the most serious faults."""
        shown = 0
        for _, path, named, cards in self._cards:
            for card in cards:
                if shown < _CARDS:
                    shown += 1
                    yield path, named, card

    def faults(self) -> list[RuleCount]:
        """Return the rules that are broken, the most often first."""
        return self._ranked(NON_CONFORME)

    def levers(self) -> list[RuleCount]:
        """Return the levers that are missed, the most often first."""
        return [found for found in self._ranked(OPPORTUNITE) if found.nature in LEVERS]

    def signs(self) -> list[RuleCount]:
        """Return the rules of which the pieces show a sign that only a person can judge, the most often first."""
        return self._ranked(ALERTE)

    def reasons(self) -> list[RuleCount]:
        """Return the rules whose silence needs a reason kept outside the pieces, the gravest first, then as above."""
        return sorted(self._ranked(JUSTIFICATION), key=lambda found: -_WEIGHTS.get(found.severity, 0))

    def _ranked(self, verdict: str) -> list[RuleCount]:
        counts = [
            RuleCount(
                name,
                rule.title,
                rule.nature,
                rule.severity,
                rule.dossiers[verdict],
                rule.findings[verdict],
                rule.dossiers[CONFORME],
                rule.applicable,
            )
            for name, rule in self._rules.items()
            if rule.dossiers[verdict]
        ]
        return sorted(counts, key=lambda found: (-found.dossiers, found.rule))

    def count(self, **wanted: str) -> int:
        """Count the dossiers whose row has these values."""
        return sum(all(row[key] == value for key, value in wanted.items()) for row in self.rows)

    def reaches(self, level: str) -> bool:
        """Say whether a finding is at or above a level: a gravity of the faults, or a verdict; see ``--echec-si``."""
        return any(row[key] for row in self.rows for key in at_or_above(level))


def at_or_above(level: str) -> tuple[str, ...]:
    """Return the gravities, or the verdicts, that are at or above a level of ``--echec-si``; () for "jamais"."""
    if level == NEVER:
        return ()
    return SEVERITIES[SEVERITIES.index(level) :] if level in SEVERITIES else _ORDER[: _ORDER.index(level) + 1]


def reached_by(verdicts: Iterable[tuple[str, str]], book: Rulebook) -> frozenset[str]:
    """Return the verdicts that rules gave, and the gravities of the faults.

    Args:
        verdicts: Rule and verdict, in any order and number.
        book: The rules.
    """
    given = frozenset(verdicts)
    gravities = {rule.id: rule.severity for rule in book.rules}
    return frozenset(
        (*(verdict for _, verdict in given), *(gravities[rule] for rule, verdict in given if verdict == NON_CONFORME))
    )
