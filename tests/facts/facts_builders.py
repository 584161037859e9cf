"""Documents built from a few lines of text, and the facts read in them."""

from __future__ import annotations

from functools import cache

from achats_check.facts.extract import extract
from achats_check.facts.roles.naming import Naming, load_naming
from achats_check.facts.terms import Terms, load_terms
from achats_check.model.document import Block, Document
from achats_check.model.fact import MARCHE, Fact, FactSet, Scope
from achats_check.resources import rules_root
from achats_check.vocabulary import Vocabulary, load_vocabulary


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, loaded once."""
    return load_vocabulary(rules_root())


@cache
def naming() -> Naming:
    """How pieces are named, as shipped, loaded once."""
    return load_naming(rules_root())


@cache
def terms() -> Terms:
    """What says the structured facts, as shipped, loaded once."""
    return load_terms(rules_root(), vocabulary())


def piece(text: str, role: str = "RC", path: str = "", **changes: object) -> Document:
    """A document with one block a line: "# 3.2 Titre" is a title, a line with tabs is a row of a table."""
    blocks: list[Block] = []
    article = heading = ""
    table = -1
    for line in (raw for raw in text.strip("\n").split("\n") if raw.strip()):
        raw = line.strip(" ")
        kind = "title" if raw.startswith("# ") else "row" if "\t" in raw else "paragraph"
        raw = raw.removeprefix("# ")
        if kind == "title":
            first, _, _ = raw.partition(" ")
            article, heading = (first if first[:1].isdigit() else "", raw)
        table += kind == "row" and (not blocks or blocks[-1].kind != "row")
        cells = tuple(raw.split("\t")) if kind == "row" else ()
        blocks.append(
            Block(len(blocks), kind, raw, 1, article, heading, int(kind == "title"), table if cells else None, cells)
        )
    return Document(path or f"{role}.docx", "docx", tuple(blocks), role=role)._replace(**changes)  # type: ignore[arg-type]


def read(*pieces: Document) -> FactSet:
    """The facts of a dossier, without the clauses."""
    return extract(pieces, vocabulary(), naming(), terms(), None)[1]


def fact(text: str, name: str, role: str = "RC", scope: Scope = MARCHE) -> Fact:
    """One fact of a piece of one role."""
    found = read(piece(text, role)).get(name, scope)
    assert found is not None, f"{name} n'est pas au registre"
    return found


def value(text: str, name: str, role: str = "RC", scope: Scope = MARCHE) -> object:
    """The value of a fact, or its status when it is not known."""
    found = fact(text, name, role, scope)
    return found.value if found.status == "known" else found.status
