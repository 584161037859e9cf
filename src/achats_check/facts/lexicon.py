"""The wording of facts as data: what a jurist wrote in ``rules/lexique``, ready to be matched.

The records are plain tuples, so that the whole lexicon can be cached with ``marshal``; reading and
validating the YAML is in ``clauses.loading``, imported only when there is no cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

FORM, NEGATION, DECOY = "forme", "negation", "leurre"
PASSAGE, SENTENCE, BLOCK = "passage", "phrase", "bloc"


class Form(NamedTuple):
    """One pattern, with what a match of it means."""

    fact: str
    """Name of the fact."""
    kind: str
    """FORM, NEGATION or DECOY."""
    pattern: str
    """Regular expression on the folded text of one block."""
    literals: tuple[tuple[str, ...], ...]
    """Every match contains a word of each group; the first group is the one documents are searched for."""
    value: str | bool | int | None = None
    """The value a match gives; None for a decoy, or when it is read in the match."""
    reading: str = ""
    """How the group ``valeur`` is read: "nombre", "pourcent", "part", "entier", "montant", "articles" or ""."""
    confidence: float = 0.9
    """Share of such matches expected to be right."""
    sections: str = ""
    """Regular expression on the folded heading of the block, or ""."""
    sections_required: bool = False
    """Without such a heading the match does not count; else the heading only strengthens it."""
    pieces: tuple[str, ...] = ()
    """Roles where the match counts; () for those of the fact."""
    extent: str = PASSAGE
    """For a decoy: what it silences around it: PASSAGE, SENTENCE or BLOCK."""
    whole_sentence: bool = True
    """The quote is the sentence around the match rather than the match."""
    also: tuple[str, ...] = ()
    """Other facts that take the same value from the same passage."""
    reason: str = ""
    """For a decoy: why it does not count, in French."""
    silent: bool = False
    """For a decoy: too far from the fact to be shown as its nearest passage."""


class Entry(NamedTuple):
    """What the lexicon says of one fact beside its patterns."""

    fact: str
    words: tuple[str, ...]
    """Words told to people when nothing was found."""
    pieces: tuple[str, ...] = ()
    """Roles where the fact is looked for; () for all."""
    by_lot: bool = False
    """A lot may have a value of its own."""
    single: bool = False
    """One value at most in a sentence: the surest form wins (enumerations)."""
    contrary: bool = False
    """A negated form gives False; else it gives nothing."""
    labels: str = ""
    """Regular expression of the labels of a summary box ("clauses sociales"), or ""."""
    label_literals: tuple[str, ...] = ()
    """A label contains at least one of them."""
    titles: str = ""
    """Regular expression of the titles of articles that hold the fact, or ""."""
    label_confidence: float = 0.9
    title_confidence: float = 0.85


class Lexicon:
    """Entries by fact, and forms in the order of the files."""

    def __init__(self, entries: Iterable[Entry], forms: Iterable[Form]) -> None:
        self.entries = {entry.fact: entry for entry in entries}
        self.forms = tuple(forms)
        self._counting: dict[str, tuple[Form, ...]] = {}

    def counting(self, role: str) -> tuple[Form, ...]:
        """Return the forms that count in a piece of a role."""
        found = self._counting.get(role)
        if found is None:
            found = self._counting[role] = tuple(f for f in self.forms if self._counts(f, role))
        return found

    def _counts(self, form: Form, role: str) -> bool:
        pieces = form.pieces or self.entries[form.fact].pieces
        return not pieces or role in pieces

    def searched(self, role: str) -> tuple[Entry, ...]:
        """Return the facts that are looked for in a piece of that role."""
        return tuple(e for e in self.entries.values() if not e.pieces or role in e.pieces)

    def merged(self, other: Lexicon) -> Lexicon:
        """Return this lexicon with the entries and forms of a local pack added; nothing is removed."""
        entries = {**other.entries, **self.entries}
        return Lexicon(entries.values(), (*self.forms, *other.forms))

    def to_plain(self) -> tuple[Any, ...]:
        """Return tuples, texts, numbers and booleans only: what ``marshal`` can write."""
        return tuple(tuple(e) for e in self.entries.values()), tuple(tuple(f) for f in self.forms)

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> Lexicon:
        """Rebuild the lexicon that ``to_plain`` wrote."""
        entries, forms = plain
        return cls((Entry(*e) for e in entries), (Form(*f) for f in forms))


def load_lexicon(root: Path) -> Lexicon:
    """Read every file of ``root/lexique``.

    Args:
        root: Folder of the rules, which also holds ``vocabulaire.yaml``.

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    from achats_check.facts.clauses.loading import load

    return load(root)
