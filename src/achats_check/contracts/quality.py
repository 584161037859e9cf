"""What was mended, refused or left unknown, by source and field, with examples."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from achats_check.contracts.notes import Note
from achats_check.contracts.records import SAMPLE, Refusal

_EXAMPLES = 3
SCHEMA_VERSION = "1"
_Key = tuple[str, str, str]
"""Field, kind and reason of a defect."""
_Example = tuple[str, int, str]


class Defect(NamedTuple):
    """Contracts of one source that have the same defect."""

    source: str
    field: str
    kind: str
    reason: str
    contracts: int
    examples: tuple[_Example, ...]
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
    undated: int = 0
    """Contracts of which only amended versions are given: when they were notified is unknown."""
    revalued: int = 0
    """Contracts whose amount and day of notification change from one row to another, be it an amendment or not."""
    doubtful: int = 0
    """Contracts kept apart that may be versions of another: same purpose, identifiers that differ by the number of
    amendments only."""
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
        self._counts: Counter[_Key] = Counter()
        self._examples: dict[_Key, list[_Example]] = {}

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
        return _ordered(self.source, self._counts, self._examples)


class PortionQuality(NamedTuple):
    """What was read of a portion of a source, or of the whole of it."""

    format: str
    records: int
    """Records or rows read."""
    refused: int
    """Records or lines that were not read."""
    stop: tuple[str, ...] = ()
    """Why and where reading stopped before the end, in French; () when all was read."""
    defects: tuple[Defect, ...] = ()


def whole_quality(source: str, portions: Sequence[PortionQuality]) -> SourceQuality:
    """Return that of a source from those of its portions, in order, of which the last one only may have a stop."""
    counts: Counter[_Key] = Counter()
    examples: dict[_Key, list[_Example]] = {}
    for defect in (defect for portion in portions for defect in portion.defects):
        key = (defect.field, defect.kind, defect.reason)
        counts[key] += defect.contracts
        examples.setdefault(key, []).extend(defect.examples)
    records, cut = sum(portion.records for portion in portions), ""
    if portions[-1].stop:
        reason, place = portions[-1].stop
        cut = f"{reason} ({place} ; enregistrements lus : {records})"
    refused = sum(portion.refused for portion in portions)
    return SourceQuality(source, portions[0].format, records, refused, cut, _ordered(source, counts, examples))


def _ordered(
    source: str, counts: Mapping[_Key, int], examples: Mapping[_Key, Sequence[_Example]]
) -> tuple[Defect, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Defect(source, *key, count, tuple(examples[key][:_EXAMPLES])) for key, count in ordered)


def portion_data(quality: PortionQuality) -> dict[str, Any]:
    """Return the report of a portion as plain data."""
    return quality._asdict() | {"defects": _defects_data(quality.defects)}


def portion_from(data: Mapping[str, Any]) -> PortionQuality:
    """Rebuild what ``portion_data`` returned, once it has been JSON."""
    return PortionQuality(**{**data, "stop": tuple(data["stop"]), "defects": _defects_from(data["defects"])})


def _defects_data(defects: Iterable[Defect]) -> list[dict[str, Any]]:
    return [defect._asdict() for defect in defects]


def _defects_from(data: Iterable[Mapping[str, Any]]) -> tuple[Defect, ...]:
    return tuple(
        Defect(**{**item, "examples": tuple((uid, rank, raw) for uid, rank, raw in item["examples"])}) for item in data
    )


def source_data(quality: SourceQuality) -> dict[str, Any]:
    """Return the report of one source as plain data."""
    return quality._asdict() | {"defects": _defects_data(quality.defects)}


def source_from(data: Mapping[str, Any]) -> SourceQuality:
    """Rebuild what ``source_data`` wrote."""
    return SourceQuality(**{**data, "defects": _defects_from(data["defects"])})


def quality_data(quality: Quality) -> dict[str, Any]:
    """Return the whole report as plain data: ``qualite.json``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "sources": [source_data(source) for source in quality.sources],
        "known": {source: dict(columns) for source, columns in quality.known.items()},
        "merge": quality.merge._asdict() | {"disputed": dict(quality.merge.disputed)},
    }
