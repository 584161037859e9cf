"""What says the structured facts, as a jurist wrote it in ``rules/lexique/structure/``, ready to be matched.

One file a subject (procedure, value, lots…), one rubric for what it must tell apart, one term for each value or
decoy. The records are plain tuples, so that they are kept with the rules; reading and validating the YAML is in
``terms_loading``, imported only when nothing is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from achats_check.patterns import compiled

if TYPE_CHECKING:
    import re

    from achats_check.facts.announcing import Words
    from achats_check.vocabulary import FactSpec


class Term(NamedTuple):
    """What says one value, or what looks like a fact and is not: one expression on folded text."""

    value: Any
    """A value of the fact; for a decoy, its reason as the reader will read it."""
    pattern: str
    words: "Words"
    """What every match holds; () for what is looked for in a passage already found."""
    confidence: float = 0.0
    """Share of such readings expected to be right; 0 where the extractor tells from the place."""
    beside: str = ""
    """What the text must hold too, anywhere; "" for nothing more."""

    def search(self, text: str, *span: int) -> "re.Match[str] | None":
        """Return the first match in a folded text, from a start to an end when they are given."""
        if self.beside and compiled(self.beside).search(text) is None:
            return None
        return compiled(self.pattern).search(text, *span)

    def match(self, text: str, start: int = 0) -> "re.Match[str] | None":
        """Return the match that stands right there in a folded text."""
        return compiled(self.pattern).match(text, start)


Subject: TypeAlias = Mapping[str, tuple[Term, ...]]
"""The terms of each rubric of one file, in the order of the file: the first that matches wins."""
Terms: TypeAlias = Mapping[str, Subject]
"""The subject of each file, by its name."""


def opening(terms: Iterable[Term], text: str, start: int = 0) -> Any:
    """Return the value of the first term that stands right there, None when none does."""
    return next((term.value for term in terms if term.match(text, start)), None)


def held(terms: Iterable[Term], text: str, *span: int) -> Any:
    """Return the value of the first term, or the reason of the first decoy, that a folded text holds, or None."""
    return next((term.value for term in terms if term.search(text, *span)), None)


def found(terms: Iterable[Term], text: str) -> "re.Match[str] | None":
    """Return the first match of the first term that a folded text holds."""
    return next(filter(None, (term.search(text) for term in terms)), None)


def saying(terms: Iterable[Term], value: Any) -> Iterator[Term]:
    """Yield the terms of one value."""
    return (term for term in terms if term.value == value)


def each(terms: Iterable[Term], text: str) -> "Iterator[re.Match[str]]":
    """Yield what the terms match in a folded text, from left to right."""
    return compiled(any_of(terms)).finditer(text)


def any_of(terms: Iterable[Term]) -> str:
    """Return one expression that matches what any of the terms does, to be a part of a longer one."""
    return "|".join(term.pattern for term in terms)


def from_plain(plain: Any) -> Terms:
    """Rebuild what ``to_plain`` wrote."""
    return {subject: {rubric: tuple(map(Term._make, terms)) for rubric, terms in rubrics} for subject, rubrics in plain}


def to_plain(terms: Terms) -> tuple[Any, ...]:
    """Return tuples, texts, numbers and booleans only: what the cache of rules may hold."""
    return tuple(
        (subject, tuple((rubric, tuple(map(tuple, kept))) for rubric, kept in rubrics.items()))
        for subject, rubrics in terms.items()
    )


def load_terms(rules: Any, vocabulary: "Mapping[str, FactSpec]") -> Terms:
    """Read ``lexique/structure/*.yaml`` under a folder of rules, and play their examples.

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    from achats_check.facts.terms_loading import load_folder

    return load_folder(rules / "lexique" / "structure", vocabulary)
