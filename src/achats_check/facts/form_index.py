"""Which forms of a lexicon a document may match: those one of whose rarest words it holds.

Asked of every form, the question costs a small document more than all the rest of its reading; asked of its words, it
costs what they are worth.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self, TypeAlias

from achats_check.facts.announcing import MIN_PIECE, WHOLE, Words
from achats_check.facts.lexicon_records import Form
from achats_check.facts.word_index import WordIndex

Ranks: TypeAlias = tuple[int, ...]
"""Ranks of forms in their lexicon."""
Plain: TypeAlias = tuple[Ranks, tuple[tuple[str, Ranks], ...], tuple[tuple[str, tuple[tuple[str, Ranks], ...]], ...]]


class FormIndex(NamedTuple):
    """Ranks of forms, by the words of which a document holds one at least when it may match them."""

    always: Ranks
    """Signs made of words that weigh: no one of them is needed."""
    by_whole: dict[str, Ranks]
    """By whole word."""
    by_run: dict[str, tuple[tuple[str, Ranks], ...]]
    """By piece of a word, the pieces by their first letters."""

    def possible(self, words: WordIndex) -> list[int]:
        """Return the ranks of the forms that a document may match, in order: too many, never too few."""
        found = set(self.always)
        for whole in words.wholes():
            found.update(self.by_whole.get(whole, ()))
        for run in self.by_run.keys() & words.holders.keys():
            holders = words.holders[run]
            for piece, ranks in self.by_run[run]:
                if any(piece in word for word in holders):
                    found.update(ranks)
        return sorted(found)

    def to_plain(self) -> Plain:
        """Return what ``marshal`` can write, and others share."""
        return self.always, tuple(self.by_whole.items()), tuple(self.by_run.items())

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """Rebuild the index that ``to_plain`` wrote."""
        always, by_whole, by_run = plain
        return cls(always, dict(by_whole), dict(by_run))


def index_of(forms: Iterable[Form]) -> FormIndex:
    """Index forms by the words of the first group of each, which is the rarest."""
    always: list[int] = []
    wholes: dict[str, list[int]] = defaultdict(list)
    runs: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for rank, form in enumerate(forms):
        if not form.pattern:
            always.append(rank)
        for word in dict.fromkeys(_first_words(form.words)):
            if word.startswith(WHOLE):
                wholes[word.removeprefix(WHOLE)].append(rank)
            else:
                runs[word[:MIN_PIECE]][word].append(rank)
    return FormIndex(
        tuple(always),
        {word: tuple(ranks) for word, ranks in wholes.items()},
        {run: tuple((piece, tuple(ranks)) for piece, ranks in pieces.items()) for run, pieces in runs.items()},
    )


def _first_words(words: Words) -> Iterator[str]:
    """Yield the words of which one is in every match: those of the first group, and of the first of its groups."""
    for item in words[0] if words else ():
        if isinstance(item, str):
            yield item
        else:
            yield from _first_words(item)
