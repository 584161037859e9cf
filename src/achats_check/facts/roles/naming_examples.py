"""The examples beside what names pieces, played: each motif has one, each decoy has its counter-example."""

from collections.abc import Iterator
from typing import NamedTuple

from achats_check.facts.roles.file_name import spoken_name
from achats_check.facts.roles.naming import Naming
from achats_check.facts.roles.title import Named, named_by_file, named_by_title
from achats_check.facts.text import fold
from achats_check.facts.wording_source import Mark, Motif, never_shown
from achats_check.patterns import compiled


class Shown(NamedTuple):
    """Motifs and decoys of one part of the file, with the examples that show what they do."""

    what: str
    """A role, "annexe" or "contrat"."""
    where: str
    """"intitule", "fichier" or "renvoi" for a role; else as ``what``."""
    motifs: tuple[Motif, ...]
    decoys: tuple[Motif, ...]
    examples: tuple[tuple[str, Mark], ...]
    counters: tuple[tuple[str, Mark], ...]


def wrong(naming: Naming, shown: list[Shown]) -> Iterator[tuple[Mark, str]]:
    """Yield a French sentence for each example that fails, and for each motif or decoy that none shows."""
    for part in shown:
        for text, mark in part.examples:
            if not _told(naming, part, text):
                yield mark, f"« {text} » : {_expected(part)} attendu, {_got(naming, part, text)}"
        for text, mark in part.counters:
            if _told(naming, part, text):
                yield mark, f"« {text} » est pris pour {_expected(part)} : contre-exemple"
        examples, counters = ([_prepared(part, text) for text, _ in given] for given in (part.examples, part.counters))
        yield from never_shown(part.what, part.motifs, examples, "motif", "exemple")
        yield from never_shown(part.what, part.decoys, counters, "leurre", "contre-exemple")


def _prepared(part: Shown, text: str) -> str:
    return spoken_name(text) if part.where == "fichier" else " ".join(fold(text).split())


def _told(naming: Naming, part: Shown, text: str) -> bool:
    """Say whether a text is taken for what its part of the file names."""
    if part.where == "contrat":
        return compiled(naming.contract).match(_prepared(part, text)) is not None
    if part.where == "renvoi":
        return any(compiled(motif.source).match(_prepared(part, text)) for motif in part.motifs)
    named = _named(naming, part, text)
    if named is None:
        return False
    return named.role == "ANNEXE" if part.where == "annexe" else part.what in (named.role, *named.also)


def _named(naming: Naming, part: Shown, text: str) -> Named | None:
    prepared = _prepared(part, text)
    return named_by_file(prepared, naming) if part.where == "fichier" else named_by_title(prepared, naming)


def _expected(part: Shown) -> str:
    return part.what if part.where in ("intitule", "fichier", "renvoi") else f"le titre d'une pièce « {part.what} »"


def _got(naming: Naming, part: Shown, text: str) -> str:
    named = None if part.where in ("contrat", "renvoi") else _named(naming, part, text)
    return "rien reconnu" if named is None else f"{' valant '.join((named.role, *named.also))} reconnu"
