"""The wording of facts as data: what a jurist wrote in ``rules/lexique``, ready to be matched.

Its records are plain tuples, so that the whole lexicon can be cached with ``marshal``; reading and
validating the YAML is in ``lexicon_loading``, imported only when there is no cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from achats_check.facts.lexicon_records import Entry, Form


class Lexicon:
    """Entries by fact, and forms in the order of the files."""

    def __init__(self, entries: Iterable[Entry], forms: Iterable[Form]) -> None:
        self.entries = {entry.fact: entry for entry in entries}
        self.forms = tuple(forms)
        self._counting: dict[tuple[str, ...], tuple[Form, ...]] = {}

    def counting(self, *roles: str) -> tuple[Form, ...]:
        """Return the forms that count in a piece that serves as these roles."""
        found = self._counting.get(roles)
        if found is None:
            found = self._counting[roles] = tuple(f for f in self.forms if self._counts(f, roles))
        return found

    def _counts(self, form: Form, roles: tuple[str, ...]) -> bool:
        pieces = form.pieces or self.entries[form.fact].pieces
        return not pieces or any(role in pieces for role in roles)

    def searched(self, *roles: str) -> tuple[Entry, ...]:
        """Return the facts that are looked for in a piece that serves as these roles."""
        return tuple(e for e in self.entries.values() if not e.pieces or any(role in e.pieces for role in roles))

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
    from achats_check.facts.lexicon_loading import load_files
    from achats_check.vocabulary import load_vocabulary

    return Lexicon(*load_files(sorted((root / "lexique").glob("*.yaml")), load_vocabulary(root)))
