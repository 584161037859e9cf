"""Wordings of our own: short pieces in the manner of many templates, with what a person reads in them.

``benchmarks/gold/formulations/*.yaml`` holds them, one list a file. A line of a text is a block: "# 3.2 Titre" is a
title, tabs (written " | ") part the cells of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from achats_check.model.document import Block, Document
from achats_check.model.fact import ABSENT, FactSet, Scope
from precision.gold import GOLD, Label, Name, label, split

WORDINGS = GOLD / "formulations"


class Wording(NamedTuple):
    """One wording and what it says."""

    name: str
    """File and rank: "duree-12"."""
    documents: tuple[Document, ...]
    stated: Mapping[Name, Label]
    unsaid: frozenset[Name]
    """Facts that must not be known: what only looks like them is a decoy."""
    absent: frozenset[Name]
    """Facts proven absent."""
    gap: str
    """Why it is not read yet, "" when it is."""


def load_wordings(root: Path = WORDINGS) -> Iterator[Wording]:
    """Yield every wording of every file."""
    for path in sorted(root.glob("*.yaml")):
        for rank, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            pieces = item.get("pieces") or {item["role"]: item["texte"]}
            yield Wording(
                name=f"{path.stem}-{rank}",
                documents=tuple(document(text, role) for role, text in pieces.items()),
                stated={split(name): label({"valeur": value}) for name, value in item.get("faits", {}).items()},
                unsaid=frozenset(split(name) for name in item.get("tus", ())),
                absent=frozenset(split(name) for name in item.get("absents", ())),
                gap=item.get("lacune", ""),
            )


def document(text: str, role: str) -> Document:
    """Return a document with one block for each line."""
    blocks: list[Block] = []
    article = heading = ""
    table = -1
    for raw in filter(None, map(str.strip, text.split("\n"))):
        kind = "title" if raw.startswith("# ") else "row" if " | " in raw else "paragraph"
        shown = raw.removeprefix("# ").replace(" | ", "\t")
        if kind == "title":
            article, heading = (shown.split()[0] if shown[:1].isdigit() else "", shown)
        cells = tuple(shown.split("\t")) if kind == "row" else ()
        table += kind == "row" and (not blocks or blocks[-1].kind != "row")
        blocks.append(
            Block(len(blocks), kind, shown, 1, article, heading, int(kind == "title"), table if cells else None, cells)
        )
    return Document(f"{role}.docx", "docx", tuple(blocks), role=role)


def faults(wording: Wording, facts: FactSet) -> list[str]:
    """Return what was read otherwise than a person does, in French, one line each."""
    found = []
    for (lot, name), expected in wording.stated.items():
        fact = facts.get(name, scope(lot, name))
        read = fact.value if fact is not None and fact.status == "known" else None
        if read is None or not _same(expected, read):
            status = fact.status if fact is not None else "inconnu du registre"
            found.append(f"{lot}/{name} : lu {read} ({status}), attendu {expected.value}")
    for lot, name in wording.unsaid:
        fact = facts.get(name, scope(lot, name))
        if fact is not None and fact.status == "known":
            found.append(f"{lot}/{name} : lu {fact.value} dans « {fact.evidence[0].quote} », attendu rien")
    for lot, name in wording.absent:
        fact = facts.get(name, scope(lot, name))
        if fact is None or fact.status != ABSENT:
            found.append(f"{lot}/{name} : {fact.status if fact else 'inconnu du registre'}, attendu absent")
    return found


def _same(expected: Label, read: object) -> bool:
    from precision.scoring import agrees

    return agrees(expected, read)  # type: ignore[arg-type]


def scope(lot: str, name: str) -> Scope:
    """Return the scope of a labelled fact."""
    if lot:
        return Scope("lot", lot)
    return Scope("acheteur" if name.startswith("acheteur.") else "marche")
