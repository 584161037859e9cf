"""Whole dossiers of our own, in the manner of many buyers, with what a person reads in their pieces taken together.

Each folder of ``benchmarks/gold/dossiers`` holds the sources of its pieces, in the marks of
``samples/make_samples.py``, and ``dossier.yaml``: the pieces to write, the facts stated, those proven absent, those
that only seem to be said, and the faults that were planted. The faults found there are mended. Those of
``benchmarks/gold/temoins`` are only counted, never read: they say what fresh texts give.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from achats_check import check
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ABSENT, ACHETEUR, KNOWN, Fact, FactSet, Scope, Value
from achats_check.model.finding import NON_CONFORME
from achats_check.model.report import Report
from achats_check.vocabulary import Vocabulary
from precision.gold import GOLD, Label, Name, label, split
from precision.scoring import FALSE, agrees, items

DOSSIERS, CONTROLS = GOLD / "dossiers", GOLD / "temoins"
TODAY = date(2026, 11, 1)
"""Law of the dossiers that do not say when they were launched."""
_WRITERS = runpy.run_path(str(GOLD.parent.parent / "samples" / "make_samples.py"))


class Dossier(NamedTuple):
    """One dossier, and what it says."""

    folder: Path
    pieces: Mapping[str, str]
    """Name of the source, name of the piece."""
    stated: Mapping[Name, Label]
    absent: frozenset[Name]
    unsaid: frozenset[Name]
    """Facts that must not be known: contradicted, or only seemingly said."""
    doubtful: frozenset[Name]
    """Matter of judgement: not counted."""
    founded: tuple[str, ...]
    """Rules that may accuse: a fault was planted."""


class Reading(NamedTuple):
    """What the tool made of one dossier."""

    name: str
    right: int
    unknown: int
    other: int
    """Stated facts of which another value is affirmed."""
    denied: int
    """Stated facts that are said to be absent."""
    proven: int
    open: int
    """Absences that are left unknown."""
    invented: int
    """Absent or unsaid facts that are affirmed."""
    accused: tuple[str, ...]
    """Rules that said "non_conforme" where no fault was planted."""
    faults: tuple[str, ...]
    """Each difference, in French."""


def told_wrong(read: Iterable[Reading]) -> int:
    """Count what is affirmed and is not so: other values, things denied, things invented."""
    return sum(r.other + r.denied + r.invented for r in read)


def dossiers(root: Path = DOSSIERS) -> Iterator[Dossier]:
    """Yield every dossier of a folder, by name."""
    for path in sorted(root.glob("*/dossier.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Dossier(
            path.parent,
            data["pieces"],
            {split(name): _label(name, value) for name, value in data["faits"].items()},
            *(frozenset(map(split, data.get(key) or ())) for key in ("absents", "tus", "douteux")),
            tuple(data.get("fondes") or ()),
        )


def _label(name: str, value: Any) -> Label:
    return Label() if value == {} else label({"valeur": value})


def written(dossier: Dossier, folder: Path) -> list[Path]:
    """Write the pieces of a dossier as Word and PDF files."""
    paths = []
    for source, name in dossier.pieces.items():
        path = folder / name
        write = _WRITERS["write_docx" if path.suffix == ".docx" else "write_pdf"]
        write((dossier.folder / source).read_text(encoding="utf-8"), path)
        paths.append(path)
    return paths


def readings(book: Rulebook, root: Path = DOSSIERS) -> Iterator[Reading]:
    """Judge every dossier and compare with what a person reads in it."""
    return (reading_of(dossier, book) for dossier in dossiers(root))


def reading_of(dossier: Dossier, book: Rulebook) -> Reading:
    """Judge a dossier and compare with what a person reads in it."""
    with TemporaryDirectory() as folder:
        report = check(written(dossier, Path(folder)), today=TODAY, rules=book)
    return compared(dossier, report, book.vocabulary)


def compared(dossier: Dossier, report: Report, vocabulary: Vocabulary) -> Reading:
    """Count what the report of a dossier says right, leaves unknown, says wrong."""
    counts = dict.fromkeys(("right", "unknown", "other", "denied", "proven", "open", "invented"), 0)
    faults = []
    for name, expected in dossier.stated.items():
        outcome, read = _stated(_fact(report.facts, name, vocabulary), expected)
        counts[outcome] += name not in dossier.doubtful
        if outcome != "right" and name not in dossier.doubtful:
            faults.append(f"{_shown(name)} : lu {read}, écrit {_value(expected.value)}")
    for name in dossier.absent | dossier.unsaid:
        fact = _fact(report.facts, name, vocabulary)
        outcome = _unstated(fact)
        counts[outcome] += name in dossier.absent or outcome == "invented"
        if outcome == "invented" or (outcome == "open" and name in dossier.absent):
            told = "absent" if name in dossier.absent else "rien de sûr"
            faults.append(f"{_shown(name)} : lu {_read(fact)}, {told}")
    accused = {finding.rule for finding in report.findings if finding.verdict == NON_CONFORME}
    unfounded = tuple(sorted(accused - set(dossier.founded)))
    faults += [f"{rule} : non conforme" for rule in unfounded]
    return Reading(dossier.folder.name, **counts, accused=unfounded, faults=tuple(faults))


def _stated(fact: Fact | None, expected: Label) -> tuple[str, str]:
    if fact is not None and fact.status == KNOWN:
        right = agrees(expected, fact.value)
        return ("right" if right else "other"), _read(fact)
    if fact is None or fact.status != ABSENT:
        return "unknown", _read(fact)
    return ("right" if expected.value in FALSE else "denied"), _read(fact)


def _unstated(fact: Fact | None) -> str:
    if fact is None or fact.status not in {KNOWN, ABSENT}:
        return "open"
    return "proven" if fact.status == ABSENT or fact.value in FALSE or not fact.evidence else "invented"


def _fact(facts: FactSet, name: Name, vocabulary: Vocabulary) -> Fact | None:
    """Return a fact of a lot, or that of the market which holds for it; a fact of the market or of the buyer."""
    lot, fact_name = name
    own = facts.get(fact_name, Scope("lot", lot)) if lot else None
    if own is not None or (lot and not vocabulary[fact_name].inherited):
        return own
    return facts.get(fact_name) or facts.get(fact_name, ACHETEUR)


def _read(fact: Fact | None) -> str:
    if fact is None:
        return "rien"
    return _value(fact.value) if fact.status == KNOWN else fact.status


def _value(value: Value | None) -> str:
    if value is None:
        return "un texte"
    return (", ".join(items(value)) if isinstance(value, tuple) else str(value))[:160]


def _shown(name: Name) -> str:
    return "/".join(filter(None, name))
