"""What was mended, refused or left unknown, by source and field, with examples."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from achats_check.contracts.notes import Note
from achats_check.contracts.records import SAMPLE, Refusal

_EXAMPLES = 3
SCHEMA_VERSION = "1"


class Defect(NamedTuple):
    """Contracts of one source that have the same defect."""

    source: str
    field: str
    kind: str
    reason: str
    contracts: int
    examples: tuple[tuple[str, int, str], ...]
    """(uid, rank of the record, what is written) of the first ones."""


class SourceQuality(NamedTuple):
    """What was read of one source."""

    source: str
    format: str
    records: int
    """Records or rows read."""
    refused: int
    """Records or lines that were not read."""
    cut: str = ""
    """Where and why reading stopped before the end, in French; "" when all was read."""
    defects: tuple[Defect, ...] = ()


class Merge(NamedTuple):
    """What was put together when sources were: each counts contracts."""

    rows: int
    contracts: int
    identical: int = 0
    """Rows dropped because another says the same."""
    superseded: int = 0
    """Rows dropped because a later publication says otherwise."""
    versions: int = 0
    """Rows that were versions or holders of the same contract."""
    shared_names: int = 0
    """Contracts kept apart although they bear the same identifier."""
    disputed: Mapping[str, int] = {}
    """By field, contracts whose rows of the same day say different values: it is unknown."""


class Quality(NamedTuple):
    """The whole report."""

    sources: tuple[SourceQuality, ...]
    known: Mapping[str, Mapping[str, int]]
    """By source, then by column: contracts that say it; "" for their number."""
    merge: Merge


class Ledger:
    """Defects being counted while a source is read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._examples: dict[tuple[str, str, str], list[tuple[str, int, str]]] = {}

    def add(self, notes: Iterable[Note], uid: str, rank: int) -> None:
        """Count what was wrong in a contract, each defect once."""
        for note in dict.fromkeys(notes):
            key = (note.field, note.kind, note.reason)
            self._counts[key] += 1
            examples = self._examples.setdefault(key, [])
            if len(examples) < _EXAMPLES:
                examples.append((uid, rank, note.raw[:SAMPLE]))

    def refuse(self, refusal: Refusal) -> None:
        """Count a record or a line that was not read."""
        self.add([Note("", "refuse", refusal.reason, refusal.sample)], refusal.place, refusal.rank)

    def defects(self) -> tuple[Defect, ...]:
        """Return the defects, most frequent first."""
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Defect(self.source, *key, count, tuple(self._examples[key])) for key, count in ordered)


def source_data(quality: SourceQuality) -> dict[str, Any]:
    """Return the report of one source as plain data."""
    return quality._asdict() | {"defects": [defect._asdict() for defect in quality.defects]}


def source_from(data: Mapping[str, Any]) -> SourceQuality:
    """Rebuild what ``source_data`` wrote."""
    defects = (
        Defect(**{**item, "examples": tuple((uid, rank, raw) for uid, rank, raw in item["examples"])})
        for item in data["defects"]
    )
    return SourceQuality(**{**data, "defects": tuple(defects)})


def quality_data(quality: Quality) -> dict[str, Any]:
    """Return the whole report as plain data: ``qualite.json``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "sources": [source_data(source) for source in quality.sources],
        "known": {source: dict(columns) for source, columns in quality.known.items()},
        "merge": quality.merge._asdict() | {"disputed": dict(quality.merge.disputed)},
    }


def quality_from(data: Mapping[str, Any]) -> Quality:
    """Rebuild what ``quality_data`` wrote."""
    return Quality(tuple(map(source_from, data["sources"])), data["known"], Merge(**data["merge"]))
