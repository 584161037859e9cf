"""What is measured: pieces, passages and notices of a corpus kept outside the project, and wordings of our own."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.law.rulebook import Rulebook
from achats_check.model.document import Document
from achats_check.model.fact import KNOWN, FactSet
from achats_check.readers import read
from precision.gold import GOLD, Piece, load_pieces, plain
from precision.notices import Notice, notices
from precision.passages import dossiers
from precision.scoring import FALSE, Score, Tally, empty, score_absences, score_piece
from precision.wordings import faults, load_wordings

_PIECES = (".pdf", ".docx")
SOCIAL, RESERVED = "social.condition_execution", "reservation.categorie"


class Roles(NamedTuple):
    """Pieces whose role was recognised, of those labelled."""

    right: int
    all: int


class Measure(NamedTuple):
    """What was counted on one kind of text."""

    score: Score
    roles: Roles
    read: int
    """Documents read."""
    words: str
    """What they are, in French."""


class Extractor:
    """The extraction of the project, with its lexicon loaded once."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._lexicon = Lexicon.from_plain(book.lexicon)

    def facts(self, documents: Iterable[Document]) -> tuple[tuple[Document, ...], FactSet]:
        """Return the documents with their roles, and their facts."""
        return extract(
            tuple(documents),
            self.book.vocabulary,
            Naming.from_plain(self.book.naming),
            from_plain(self.book.terms),
            self._lexicon,
        )


def pieces_of(corpus: Path) -> Iterator[tuple[str, Document]]:
    """Yield the fingerprint and the document of every piece."""
    for path in sorted((corpus / "dce").rglob("*")):
        document = read(path) if path.suffix in _PIECES else None
        if isinstance(document, Document):
            yield hashlib.sha256(path.read_bytes()).hexdigest()[:12], document


def passages_of(corpus: Path) -> Iterator[tuple[str, Document]]:
    """Yield the fingerprint and the document of every set of passages."""
    for number, documents in dossiers(corpus / "dce" / "passages-tenderx" / "tenders.json"):
        for document in documents:
            yield hashlib.sha256(f"{number}/{document.path}".encode()).hexdigest()[:12], document


def measure_pieces(
    extractor: Extractor, documents: Iterable[tuple[str, Document]], gold: Path, words: str
) -> tuple[Measure, dict[str, list[Document]]]:
    """Score labelled pieces one by one, and the absences of their dossiers.

    Returns:
        The measure, and the documents by dossier. A piece without label is left out.
    """
    labels = {piece.fingerprint: piece for piece in load_pieces(gold)}
    score, right, total = empty(), 0, 0
    by_dossier: dict[str, list[Document]] = defaultdict(list)
    labelled: dict[str, list[Piece]] = defaultdict(list)
    for fingerprint, document in documents:
        piece = labels.get(fingerprint)
        if piece is None:
            continue
        known, facts = extractor.facts((document,))
        total += 1
        right += known[0].role == piece.role
        score_piece(piece, facts, score)
        by_dossier[piece.dossier].append(document)
        labelled[piece.dossier].append(piece)
    for dossier, own in by_dossier.items():
        score_absences(labelled[dossier], extractor.facts(own)[1], score)
    return Measure(score, Roles(right, total), total, words), by_dossier


class NoticeLabels(NamedTuple):
    """What the free text of notices says where their codes do not, read by eye."""

    texts: Mapping[str, Mapping[str, Any]]
    tolerated: Mapping[str, Sequence[str]]
    social: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls, path: Path = GOLD / "avis.yaml") -> NoticeLabels:
        """Read the labels."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(data["textes"], data["toleres"], data["sociaux"])

    def of(self, table: Mapping[str, Any], name: str) -> Any:
        """Return what a table says of a notice, of its lot, or of each of its lots; None when it says nothing."""
        every = f"{name.partition('#')[0]}#*" if "#" in name else name
        return table.get(name, table.get(every))


def measure_notices(extractor: Extractor, corpus: Path) -> Measure:
    """Compare what the free text of notices says with their codes, and with what a person reads of social matters."""
    labels, score, count = NoticeLabels.load(), empty(), 0
    for notice in notices(corpus):
        count += 1
        _, facts = extractor.facts((notice.document,))
        _score_notice(notice, facts, labels, score)
        _score_social(notice, facts, labels, score)
    return Measure(score, Roles(0, 0), count, "avis (partie générale ou lot)")


def _score_notice(notice: Notice, facts: FactSet, labels: NoticeLabels, score: Score) -> None:
    """A text need not repeat the codes: what it leaves unsaid is not counted as missed."""
    seen = labels.of(labels.texts, notice.name) or {}
    tolerated = labels.of(labels.tolerated, notice.name) or ()
    for fact in facts:
        codes = frozenset([plain(seen[fact.name])]) if fact.name in seen else notice.codes.get(fact.name, frozenset())
        if fact.status != KNOWN or fact.scope.kind == "lot" or not codes or fact.name in tolerated:
            continue
        if fact.value == "procedure_adaptee" and fact.value not in codes and fact.name not in seen:
            continue
        tally = score.facts.setdefault(fact.name, Tally())
        if fact.value in codes:
            tally.right += 1
        else:
            tally.wrong += 1
            score.faults.append((notice.name, ("", fact.name), fact.value, sorted(map(str, codes))))


def _score_social(notice: Notice, facts: FactSet, labels: NoticeLabels, score: Score) -> None:
    stated = labels.of(labels.social, notice.name) or {}
    tolerated = labels.of(labels.tolerated, notice.name) or ()
    for name in (SOCIAL, RESERVED):
        claimed = {fact.value for fact in facts if fact.name == name and fact.status == KNOWN} - set(FALSE)
        expected = stated.get(name, [])
        expected = set(expected) if isinstance(expected, list) else {expected}
        if name in tolerated:
            continue
        tally = score.facts.setdefault(name, Tally())
        tally.right += len(claimed & expected)
        tally.wrong += len(claimed - expected)
        tally.missed += len(expected - claimed)
        score.faults.extend((notice.name, ("", name), value, None) for value in claimed - expected)
        score.faults.extend((notice.name, ("", name), None, value) for value in expected - claimed)


def measure_wordings(extractor: Extractor) -> Measure:
    """Count the wordings of our own that are read as a person reads them."""
    score, count = empty(), 0
    for wording in load_wordings():
        count += 1
        _, facts = extractor.facts(wording.documents)
        found = faults(wording, facts)
        family = wording.name.rpartition("-")[0]
        tally = score.facts.setdefault(family, Tally())
        tally.right += not found
        tally.missed += bool(found)
        score.faults.extend((wording.name, ("", family), fault, None) for fault in found)
    return Measure(score, Roles(0, 0), count, "formulations écrites par nous")
