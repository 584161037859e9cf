"""Documents built from a few lines of text, and the facts read in them."""

from __future__ import annotations

from functools import cache

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import Terms, from_plain
from achats_check.law.rulebook import Rulebook
from achats_check.model.document import Block, Document
from achats_check.model.fact import MARCHE, Fact, FactSet, Scope
from achats_check.rules import load_rules
from achats_check.vocabulary import Vocabulary


@cache
def shipped() -> Rulebook:
    """The shipped rules with their words, that every test reads from one cache."""
    return load_rules()


def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return shipped().vocabulary


@cache
def naming() -> Naming:
    """How pieces are named, as shipped."""
    return Naming.from_plain(shipped().naming)


@cache
def terms() -> Terms:
    """What says the structured facts, as shipped."""
    return from_plain(shipped().terms)


@cache
def lexicon() -> Lexicon:
    """What says the clauses, as shipped."""
    return Lexicon.from_plain(shipped().lexicon)


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
