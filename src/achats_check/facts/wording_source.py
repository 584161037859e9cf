"""What every file of wordings is made of: motifs, decoys and examples, each fault told with its line and column."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.facts.announcing import Words
from achats_check.facts.lexicon_patterns import PatternFault, translate, words_of

Mark = tuple[int, int]


class Motif(NamedTuple):
    """One pattern as written, as it is matched, and where it stands."""

    written: str
    source: str
    mark: Mark


class Absent:
    """What stands for a part of a file that is missing or is no mapping, once its fault is told."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the default: it holds nothing."""
        return default

    def __contains__(self, key: object) -> bool:
        return False


class WordingSource:
    """Reads the parts of one file, and collects its faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[str] = []
        self.groups: dict[str, str] | None = None
        """Words that a motif names between braces, by name; None where braces are not for groups."""

    def fault(self, mark: Mark, message: str) -> None:
        """Remember a French sentence on what stands at a line and a column."""
        self.faults.append(f"{self.path}:{mark[0]}:{mark[1]}: {message}")

    def motifs(self, part: Any, key: str) -> Iterator[Motif]:
        """Yield the patterns of a list that can be used."""
        for text, mark in items(part, key):
            if not isinstance(text, str):
                self.fault(mark, "un motif est un texte (entre apostrophes s'il contient « : »)")
                continue
            try:
                yield Motif(text, translate(text, self.groups), mark)
            except PatternFault as error:
                self.fault(mark, f"motif « {text} » : {error}")

    def words_of(self, source: str, mark: Mark, what: str) -> Words:
        """Return what announces an expression; one that nothing announces is a fault."""
        try:
            return words_of(source)
        except PatternFault as error:
            self.fault(mark, f"{what} : {error}")
            return ()

    def shown_by(self, part: Any, what: str) -> Iterator[tuple[tuple[str, Mark], ...]]:
        """Yield the examples, then the counter-examples, which every part must have."""
        for key in ("exemples", "contre_exemples"):
            given = tuple(self.texts(part, key))
            if not given:
                self.fault(part.mark, f"« {what} » : il manque {key}")
            yield given

    def texts(self, part: Any, key: str) -> Iterator[tuple[str, Mark]]:
        """Yield the texts of a list with where they stand."""
        for text, mark in items(part, key):
            if isinstance(text, str) and text.strip():
                yield text, mark
            else:
                self.fault(mark, f"« {text} » : un texte est attendu")

    def part(self, mapping: Any, key: str, known: tuple[str, ...]) -> Any:
        """Return the mapping under a key, or what stands for one that is absent."""
        if key not in mapping:
            return Absent()
        return self.mapping(mapping[key], mark_of(mapping, key), f"« {key} »", known)

    def mapping(self, value: Any, mark: Mark, what: str, known: tuple[str, ...]) -> Any:
        """Return a mapping whose keys are known ones, or what stands for it."""
        if not isinstance(value, dict):
            self.fault(mark, f"{what} : des clés sont attendues ({', '.join(known)})")
            return Absent()
        self.known_keys(value, known)
        return value

    def known_keys(self, mapping: Any, known: Sequence[str]) -> None:
        """Refuse the keys of a mapping that are not known ones."""
        for key in mapping:
            if key not in known:
                self.fault(mark_of(mapping, key), f"clé inconnue « {key} » (admises : {', '.join(known)})")


def mark_of(mapping: Any, key: str) -> Mark:
    """Return where a key of a mapping stands."""
    mark: Mark = mapping.marks[key]
    return mark


def items(part: Any, key: str) -> Iterator[tuple[Any, Mark]]:
    """Yield the items of a list with their marks; a lone value counts as a list of one."""
    value = part.get(key, ())
    if isinstance(value, list):
        yield from zip(value, value.marks, strict=True)  # type: ignore[attr-defined]
    elif key in part:
        yield value, mark_of(part, key)


def joined(motifs: Iterable[Motif]) -> str:
    """Return one expression that matches what any of the motifs does, the first of those written winning."""
    return "|".join(f"(?:{motif.source})" for motif in motifs)


def never_shown(
    what: str, motifs: Iterable[Motif], texts: list[str], kind: str, wanted: str
) -> Iterator[tuple[Mark, str]]:
    """Yield a French sentence for each motif that none of the prepared texts shows.

    Alone, a motif serves here only: it is not compiled among the patterns kept for the next run.
    """
    for motif in motifs:
        shown = re.compile(motif.source)
        if not any(shown.search(text) for text in texts):
            yield motif.mark, f"{kind} « {motif.written} » : aucun {wanted} de « {what} » ne le montre"
