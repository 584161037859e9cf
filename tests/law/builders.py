"""One-line makers of small rulebooks and facts for the tests of the law."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from achats_check.example_facts import example_facts
from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import FactSet
from achats_check.resources import rules_root

DAY = date(2026, 10, 1)

RULE = """
id: {id}
titre: Une règle d'essai
nature: obligation
portee: marche
gravite: majeure
accuse: pieces
loi: []
pourquoi: Parce qu'il le faut.
remede: Faire ce qu'il faut.
kit: []
versions:
  - du: 2020-01-01
    fondement: [{{texte: "CCP, art. L2113-10", article: L2113-10, verifie_le: 2026-08-23}}]
    quand: {when}
    exige: {requires}
    message: "Il manque quelque chose."
exemples: {examples}
"""


def bare_book() -> Rulebook:
    """Return the shipped vocabulary, parameters and lists, without any rule."""
    return load_sources(rules_root(), themes=())[0]


def rules_folder(folder: Path, theme: str = "criteres", **files: str) -> Path:
    """Lay a rules folder out: the shipped vocabulary and parameters, and some rule files of one theme."""
    (folder / theme).mkdir(parents=True)
    shutil.copytree(rules_root() / "parametres", folder / "parametres")
    for name in ("vocabulaire.yaml", "listes.yaml", "references.yaml"):
        (folder / name).write_text((rules_root() / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in files.items():
        (folder / theme / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def rule_text(
    rule_id: str = "essai", *, when: str = "[]", requires: str = "[{fait: alloti, egal: true}]", examples: str = "[]"
) -> str:
    """Return the YAML of a small rule."""
    return RULE.format(id=rule_id, when=when, requires=requires, examples=examples)


def facts(
    book: Rulebook, declared: Mapping[str, Any], *, read: Mapping[str, Any] | None = None, absent: tuple[str, ...] = ()
) -> FactSet:
    """Return facts as declarations, readings and proven absences give them."""
    return example_facts(Example("essai", DAY, declared, read or {}, absent, "", "", ""), book.vocabulary)


def context(book: Rulebook, declared: Mapping[str, Any], day: date = DAY) -> Context:
    """Return the context of declared facts, derived facts included."""
    bare = Context(book, facts(book, declared), day)
    return Context(book, derive(bare), day)
