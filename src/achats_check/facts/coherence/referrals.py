"""Cross-references to articles that do not exist: "article 7.3 du CCAP", "article 12 ci-dessous"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from achats_check.facts.coherence.checks import Check, Failure
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import DRAFTED, place
from achats_check.facts.roles.naming import Naming
from achats_check.facts.structure.scan import sentence
from achats_check.facts.terms import Subject
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,4}"
_HERE = r"present(?:e)? (?:document|cahier|reglement|acte|ccap|cctp|ccp|rc|ccatp)|(?:meme|present) (?:document|piece)"
_ARTICLES = (
    rf"\b(?:articles?|art\.) ?(?:n ?° ?)?"
    rf"(?P<numbers>{_NUMBER}(?:(?: ?, ?| et | ou | a )(?:l'article )?{_NUMBER}){{0,5}})"
    rf"(?![.\d]{{0,12}}[\d-])[ ,(]{{0,3}}"
)
_NEAR = r"ci-(?:dessus|dessous|apres|avant)|supra|infra"
_OF = r"(?:du|de l'|au|a l'|de la|de) ?"
_FEW_TITLES = 5
"""Under that many numbered titles, the numbering of a piece was not read well enough to miss one."""
_MOST = 6
_OPENING = rf"\s*(?:article |art\. ?)?({_NUMBER})\.?(?=\s|\)|-|:|$)"


class Numbering:
    """The numbers of the articles of one piece."""

    def __init__(self, reading: Reading) -> None:
        titles = [b.article for b in reading.document.blocks if b.kind == "title"]
        self.titled = {number for number in map(_dotted, titles) if number}
        self.tops = {int(number.split(".")[0]) for number in self.titled}
        self._reading = reading

    @cached_property
    def all(self) -> set[str]:
        """The numbers of its titles, those its paragraphs open with, and the articles its blocks stand in."""
        seen = [compiled(_OPENING).match(text) for text in self._reading.folded]
        opened = {match[1] for match in seen if match is not None}
        return self.titled | opened | {_dotted(block.article) for block in self._reading.document.blocks}

    @property
    def readable(self) -> bool:
        """Whether the titles are numbered without gaps, so that a missing number means something."""
        return len(self.tops) >= _FEW_TITLES and max(self.tops) - min(self.tops) + 1 == len(self.tops)

    def lacks(self, number: str) -> bool:
        """Return whether the piece has no such article, and would show it if it had."""
        if number in self.all or any(known.startswith(f"{number}.") for known in self.all):
            return False
        top, _, below = number.partition(".")
        if not below:
            return int(top) > max(self.tops)
        siblings = {known for known in self.titled if known.startswith(f"{number.rpartition('.')[0]}.")}
        return int(top) > max(self.tops) or len(siblings) > 1

    def told(self) -> str:
        """Say which articles there are."""
        return f"ses articles vont de {min(self.tops)} à {max(self.tops)}"


def _dotted(article: str) -> str:
    """Return the number of an article written with full stops ("3-7" is "3.7"), or "" when it has no such number."""
    number = article.rstrip(".").replace("-", ".")
    return number if compiled(r"[0-9]{1,4}(?:\.[0-9]{1,4})*").fullmatch(number) else ""


def broken_references(pieces: Pieces, naming: Naming) -> Check:
    """Follow each reference to an article of a piece that was supplied, and find those that lead nowhere."""
    numberings = {path: Numbering(reading) for path, reading in pieces.readings.items() if reading.role in DRAFTED}
    followed: list[Evidence] = []
    failures: dict[str, Failure] = {}
    cited = {names.role: names.cited for names in naming.roles if names.cited}
    for reading in pieces.of(*DRAFTED):
        for block, match in _references(reading, _reference(cited, pieces.terms)):
            target = _target(pieces, reading, match, cited)
            if target is None or not numberings[target.document.path].readable:
                continue
            followed.append(_quoted(reading, block, match))
            numbering = numberings[target.document.path]
            for number in filter(numbering.lacks, re.findall(_NUMBER, match["numbers"])):
                failure = _failure(reading, block, match, target, number, numbering)
                failures.setdefault(failure.said, failure)
    return Check(tuple(followed[:_MOST]), tuple(failures.values())[:_MOST])


def _references(reading: Reading, pattern: str) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in reading.document.blocks:
        text = reading.folded[block.index]
        if block.kind in ("toc", "header", "footer", "title") or "art" not in text:
            continue
        for match in compiled(pattern).finditer(text):
            yield block, match


def _reference(cited: Mapping[str, str], terms: Subject) -> str:
    """Return what refers to an article, the role of the piece it is in being the group that names it."""
    named = "|".join(f"(?P<{role}>{pattern})" for role, pattern in cited.items())
    another = "|".join(term.pattern for term in terms["autres_pieces"])
    piece = rf"{_OF}(?:(?P<here>{_HERE})|(?:{named})(?!{another}))"
    return rf"{_ARTICLES}(?:(?P<near>{_NEAR})\b|{piece})"


def _target(pieces: Pieces, reading: Reading, match: re.Match[str], cited: Mapping[str, str]) -> Reading | None:
    """Return the one piece a reference aims at, when it was supplied and wholly read."""
    if match["near"] or match["here"]:
        return None if reading.document.partly_read else reading
    role = next(role for role in cited if match[role])
    held = pieces.of(role)
    return held[0] if len(held) == 1 and not held[0].document.partly_read else None


def _failure(
    reading: Reading, block: Block, match: re.Match[str], target: Reading, number: str, numbering: Numbering
) -> Failure:
    evidence = _quoted(reading, block, match, number)
    inside = target.document.path == reading.document.path
    whose = "de la même pièce" if inside else f"du {target.role}" if target.role != "AE" else "de l'AE"
    said = f"l'article {number} {whose}, visé {place(evidence)}, n'existe pas ({numbering.told()})"
    return Failure((evidence,), said)


def _quoted(reading: Reading, block: Block, match: re.Match[str], number: str | None = None) -> Evidence:
    """Quote the sentence of a reference, which says what is looked for there."""
    return reading.evidence(block, *sentence(reading.folded[block.index], match.start(), match.end()), number)
