"""Dossiers judged whole: each ``non_conforme``, and whether a person who read the pieces calls it founded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import yaml

from achats_check.law.evaluate import evaluate
from achats_check.model.document import Document
from precision.corpus import Extractor
from precision.gold import GOLD


class Accusations(NamedTuple):
    """What was said ``non_conforme``."""

    dossiers: int
    findings: int
    """Findings of every verdict."""
    founded: tuple[tuple[str, str], ...]
    """(dossier, rule) that a person read and calls founded."""
    unfounded: tuple[tuple[str, str], ...]
    """(dossier, rule) that nobody called founded."""


def accusations(extractor: Extractor, dossiers: Mapping[str, Sequence[Document]], day: date) -> Accusations:
    """Judge every dossier by the law of a day."""
    agreed = {(item["dossier"], item["regle"]) for item in yaml.safe_load((GOLD / "constats.yaml").read_text("utf-8"))}
    said: set[tuple[str, str]] = set()
    count = 0
    for name, documents in dossiers.items():
        known, facts = extractor.facts(documents)
        read = frozenset(document.role for document in known if not document.unread_pages)
        findings, _ = evaluate(extractor.book, facts, day, read_roles=read, launch_known=True)
        count += len(findings)
        said |= {(name, finding.rule) for finding in findings if finding.verdict == "non_conforme"}
    return Accusations(len(dossiers), count, tuple(sorted(said & agreed)), tuple(sorted(said - agreed)))
