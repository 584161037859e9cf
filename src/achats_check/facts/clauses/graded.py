"""Sentences that hold several words of a subject, none of which tells anything alone.

"Eau" is in every plumbing contract and "rendu" in every one; a sentence with "eau", "rincer" and "récupérer" is to be
read. A jurist gives the words in four lists; a sentence whose words weigh enough together is a sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.lexicon_records import Weights
from achats_check.facts.word_index import WordIndex
from achats_check.patterns import compiled

ENOUGH = 3
"""What the different words of a sentence weigh together, from which it is a sign."""
_SHORT, _ONE_MORE = 250, 120
"""Letters of a sentence beyond which chance brings words together: one more is asked for each run of letters."""
_STEM = "*"
_HEAD = 3
"""Letters of the shortest entry."""
_MOST_IN_BLOCK = 60
_FEW_BLOCKS, _USUAL_SHARE = 8, 40
"""A word in more blocks than eight and than one in forty is that of the purchase, and no sign."""
_OPENING, _COVER = 3, 15
_WORD = compiled(r"\w+")
_SUBJECT = compiled(r"\b(?:objet|intitule|operation)\b")


class Span(NamedTuple):
    """What goes from the first word of the subject to the last in a sentence of a block."""

    block: int
    start: int
    end: int


class _Scale:
    """What words weigh, whatever their endings."""

    def __init__(self, weights: Weights) -> None:
        self.weights = {word: weight for word, weight, _ in weights}
        self._things = {word for word, _, thing in weights if thing}
        self._stems: dict[str, list[str]] = {}
        """Entries that stand for all the words that open so, by their first letters, the longest first."""
        for word in sorted((word for word in self.weights if word.endswith(_STEM)), key=len, reverse=True):
            self._stems.setdefault(word[:_HEAD], []).append(word)
        self._heads = {word[:_HEAD] for word in self.weights}
        """First letters of the entries: a word that opens otherwise is none of them."""

    def weigh(self, stems: Iterable[str]) -> int:
        """Return what some entries weigh together."""
        return sum(self.weights[stem] for stem in stems)

    def tells(self, stems: Iterable[str]) -> bool:
        """Tell whether some entries say more than things: "sable, gravier et eau" is a recipe."""
        return not self._things.issuperset(stems)

    def stem(self, word: str) -> str:
        """Return the entry of the lists that a word is, or "": its plural, or one that opens with a stem, is it."""
        if word[:_HEAD] not in self._heads:
            return ""
        if word in self.weights:
            return word
        if word[-1:] in "sx" and word[:-1] in self.weights:
            return word[:-1]
        return next((stem for stem in self._stems.get(word[:_HEAD], ()) if word.startswith(stem[:-1])), "")


@lru_cache(maxsize=8)
def _scale(weights: Weights) -> _Scale:
    """Return what the words of a subject weigh: the lists are the same for every piece."""
    return _Scale(weights)


def _bought(texts: Sequence[str]) -> str:
    """Return the folded lines that open a piece and name what is bought."""
    opening = [text for text in texts[:_COVER] if text]
    return "\n".join([*opening[:_OPENING], *(text for text in opening[_OPENING:] if _SUBJECT.search(text[:60]))])


class Field:
    """The words of a subject in one document, those of the purchase and of every page left out."""

    def __init__(self, weights: Weights, texts: Sequence[str], words: WordIndex) -> None:
        """Find the words of a subject.

        Args:
            weights: Each word, what it weighs, and whether it only names a thing; "*" ends one that stands for all
                those that open so.
            texts: Folded text by block, "" for those that prove nothing.
            words: Which blocks hold which words.
        """
        self._scale = scale = _scale(weights)
        self._texts = texts
        self._told: dict[int, list[str]] = {}
        """The entries that each block holds."""
        usual = {scale.stem(word) for word in _WORD.findall(_bought(texts))}
        most = max(_FEW_BLOCKS, len(texts) // _USUAL_SHARE)
        for stem, blocks in _holders(scale, words).items():
            if stem not in usual and len(blocks) <= most:
                for block in blocks:
                    self._told.setdefault(block, []).append(stem)

    def weighty_sentences(self) -> Iterator[Span]:
        """Yield, in order, the sentences whose different words weigh enough together."""
        for block in sorted(self._told):
            if self._texts[block] and self._scale.weigh(self._told[block]) >= ENOUGH:
                for (left, right), own in self._by_sentence(block).items():
                    if self._scale.weigh(own) >= _asked(right - left) and self._scale.tells(own):
                        yield Span(block, min(start for start, _ in own.values()), max(end for _, end in own.values()))

    def weight(self, block: int, left: int, right: int) -> int:
        """Return what the different words between two places of a block weigh together."""
        stems = frozenset(self._told.get(block, ()))
        if not stems:
            return 0
        held = {self._scale.stem(word) for word in _WORD.findall(self._texts[block], left, right)}
        return self._scale.weigh(held & stems)

    def _by_sentence(self, block: int) -> dict[tuple[int, int], dict[str, tuple[int, int]]]:
        """Return, for each sentence of a block, where each of its words of the subject first is."""
        stems, text, scale = frozenset(self._told[block]), self._texts[block], self._scale
        held: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
        for word in islice((m for m in _WORD.finditer(text) if scale.stem(m.group()) in stems), _MOST_IN_BLOCK):
            held.setdefault(sentence(text, *word.span()), {}).setdefault(scale.stem(word.group()), word.span())
        return held


def _asked(letters: int) -> int:
    return ENOUGH + max(0, letters - _SHORT) // _ONE_MORE


def _holders(scale: _Scale, words: WordIndex) -> dict[str, set[int]]:
    """Return the blocks of each word of the subject."""
    holders: dict[str, set[int]] = {}
    for joint, blocks in words.each():
        for word in (joint,) if joint.isalnum() else _WORD.findall(joint):
            stem = scale.stem(word)
            if stem:
                holders.setdefault(stem, set()).update(blocks)
    return holders
