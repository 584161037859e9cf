"""The wording of facts as data: what a jurist wrote in ``rules/lexique``, ready to be matched.

Its records are plain tuples, so that the whole lexicon can be cached with ``marshal``; reading and
validating the YAML is in ``lexicon_loading``, imported only when there is no cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property
from pathlib import Path
from typing import Any

from achats_check.facts.form_index import FormIndex, index_of
from achats_check.facts.lexicon_records import FORM, Entry, Form
from achats_check.facts.word_index import WordIndex


class Lexicon:
    """Entries by fact, and forms in their order."""

    def __init__(self, entries: Iterable[Entry], forms: Iterable[Form], index: FormIndex | None = None) -> None:
        self.entries = {entry.fact: entry for entry in entries}
        self.forms = tuple(forms)
        self._index = index or index_of(self.forms)

    def possible(self, words: WordIndex, roles: tuple[str, ...]) -> list[Form]:
        """Return the forms that a piece that serves as these roles may match, in their order."""
        held = (self.forms[rank] for rank in self._index.possible(words))
        return [form for form in held if self.counts(form, roles)]

    def giving(self, others: Set[str], roles: tuple[str, ...]) -> Set[str]:
        """Return the facts some of whose passages, in such a piece, also tell one of the others."""
        return {form.fact for form in self._kin if not others.isdisjoint(form.also) and self.counts(form, roles)}

    @cached_property
    def _kin(self) -> tuple[Form, ...]:
        """Forms whose passages tell other facts too."""
        return tuple(form for form in self.forms if form.also and form.kind == FORM)

    def counts(self, form: Form, roles: tuple[str, ...]) -> bool:
        """Tell whether a form counts in a piece that serves as these roles."""
        pieces = form.pieces or self.entries[form.fact].pieces
        return not pieces or any(role in pieces for role in roles)

    def searched(self, *roles: str) -> tuple[Entry, ...]:
        """Return the facts that are looked for in a piece that serves as these roles."""
        return tuple(e for e in self.entries.values() if not e.pieces or any(role in e.pieces for role in roles))

    def to_plain(self) -> tuple[Any, ...]:
        """Return tuples, texts, numbers and booleans only: what ``marshal`` can write."""
        entries, forms = tuple(tuple(e) for e in self.entries.values()), tuple(tuple(f) for f in self.forms)
        return entries, forms, self._index.to_plain()

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> Lexicon:
        """Rebuild the lexicon that ``to_plain`` wrote."""
        entries, forms, index = plain
        return cls(map(Entry._make, entries), map(Form._make, forms), FormIndex.from_plain(index))


def load_lexicon(root: Path) -> Lexicon:
    """Read every file of ``root/lexique``.

    Args:
        root: Folder of the rules, which also holds ``vocabulaire.yaml``.

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    from achats_check.facts.lexicon_loading import load_files
    from achats_check.vocabulary import load_vocabulary

    return Lexicon(*load_files(sorted((root / "lexique").glob("*.yaml")), load_vocabulary(root)))
