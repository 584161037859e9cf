"""How pieces are named, as a jurist wrote it in ``rules/lexique/noms/pieces.yaml``, ready to be matched.

Its records are plain tuples of texts, so that they are kept with the rules; reading and validating the YAML is
in ``naming_loading``, imported only when nothing is kept.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

from achats_check.patterns import compiled


class Wording(NamedTuple):
    """What names one thing, and what looks like it; "" for nothing. On folded text, blanks single."""

    pattern: str
    decoys: str = ""

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches that no decoy overlaps."""
        found = list(compiled(self.pattern).finditer(text)) if self.pattern else []
        decoys = [m.span() for m in compiled(self.decoys).finditer(text)] if found and self.decoys else []
        for match in found:
            if not any(start < match.end() and match.start() < end for start, end in decoys):
                yield match

    def first(self, text: str) -> re.Match[str] | None:
        """Return the first match that no decoy overlaps."""
        return next(self.find(text), None)


class RoleNames(NamedTuple):
    """What tells one role."""

    role: str
    """A key of ``ROLES``."""
    titles: Wording
    """On the first page."""
    files: Wording
    """In the name of the file, its separators turned into spaces."""
    spelled: tuple[str, ...]
    """Titles typed with a space between letters, once the spaces are taken out."""
    subjects: tuple[str, ...]
    """What such a piece speaks of: enough of them tell it when neither a title nor a name does."""
    cited: str
    """How the other pieces name it after the number of one of its articles; "" when they do not."""


class Naming(NamedTuple):
    """How every piece is named; the order of the roles settles which of two equal names wins."""

    roles: tuple[RoleNames, ...]
    annex: Wording
    """A piece that completes another."""
    with_annexes: str
    """A piece and its annexes together: « CCAP et ses annexes » is the CCAP."""
    administrative_annex: str
    """What an annex is about when it completes the administrative clauses."""
    contract: str
    """The title of a contract in one piece, clauses and commitment, when nothing else names it."""
    worth_a_contract: str
    """Said of a letter or a form that is signed as the contract."""
    parties: str
    """What the first lines of a contract say of those who conclude it."""
    openings: str
    """The first words of a title that may be cut over several lines."""
    every_lot: str
    """What says that a piece is for every lot."""

    @property
    def subjects(self) -> dict[str, tuple[str, ...]]:
        """The subjects of each role that has some."""
        return {names.role: names.subjects for names in self.roles if names.subjects}

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> Self:
        """Rebuild what ``to_plain`` wrote."""
        roles, annex, *others = plain
        names = (RoleNames(role, Wording(*t), Wording(*f), *rest) for role, t, f, *rest in roles)
        return cls(tuple(names), Wording(*annex), *others)

    def to_plain(self) -> tuple[Any, ...]:
        """Return tuples and texts only: what the cache of rules may hold."""
        roles, annex, *others = self
        return (tuple((n.role, tuple(n.titles), tuple(n.files), *n[3:]) for n in roles), tuple(annex), *others)


def load_naming(rules: Any) -> Naming:
    """Read ``lexique/noms/pieces.yaml`` under a folder of rules, and play its examples.

    Raises:
        RuleFileError: Every fault of the file, each with its line and column.
    """
    from achats_check.facts.roles.naming_loading import load_file_of_names

    return load_file_of_names(rules / "lexique" / "noms" / "pieces.yaml")
