"""Which blocks of a document hold some words: looked for once among its different words, not in every block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from achats_check.facts.announcing import MIN_PIECE, WHOLE, Item, Words
from achats_check.patterns import compiled

_WORD = compiled(r"\w+")


class WordIndex:
    """Blocks by the words they hold: sets of blocks are integers, one bit a block."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the folded text of each block."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            for word in set(text.split()):
                blocks[word].append(index)
        self._blocks = dict(blocks)
        """Blocks of each word, in order."""
        self.holders: dict[str, list[str]] = {}
        """Words by each of the runs of letters they hold."""
        self._joint: dict[str, list[str]] = {}
        """Words that hold other signs than letters, by each whole word in them."""
        for word in self._blocks:
            for run in {word[start : start + MIN_PIECE] for start in range(len(word) - MIN_PIECE + 1)}:
                self.holders.setdefault(run, []).append(word)
            if not word.isalnum():
                for whole in _WORD.findall(word):
                    self._joint.setdefault(whole, []).append(word)
        self._known: dict[Item, int] = {}
        self._sets: dict[str, int] = {}
        """The blocks of a word as a set, for the words that some item met."""

    def holding(self, words: Words) -> int:
        """Return the blocks that hold, for each group, one of its items; none when there is no group."""
        found, known = -1, self._known
        for group in words:
            some = 0
            for item in group:
                blocks = known.get(item)
                some |= self.with_item(item) if blocks is None else blocks
            found &= some
            if not found:
                return 0
        return max(found, 0)

    def with_item(self, item: Item) -> int:
        """Return the blocks that hold a piece of a word, a whole word after its mark, or words that go together."""
        known = self._known.get(item)
        if known is None:
            known = self._known[item] = self._look_for(item) if isinstance(item, str) else self.holding(item)
        return known

    def wholes(self) -> Iterator[str]:
        """Yield every whole word, some more than once."""
        yield from self._blocks
        yield from self._joint

    def each(self) -> Iterable[tuple[str, Sequence[int]]]:
        """Return every word, with the signs beside it, and its blocks, some more than once."""
        return self._blocks.items()

    def _look_for(self, item: str) -> int:
        if item.startswith(WHOLE):
            whole = item[len(WHOLE) :]
            holders = self._joint.get(whole, [])
            holders = [whole, *holders] if whole in self._blocks else holders
        else:
            holders = [word for word in self.holders.get(item[:MIN_PIECE], ()) if item in word]
        found = 0
        for word in holders:
            found |= self._set(word)
        return found

    def _set(self, word: str) -> int:
        known = self._sets.get(word)
        if known is None:
            known = self._sets[word] = set_of(self._blocks[word])
        return known


def set_of(indexes: Iterable[int]) -> int:
    """Return the set of some blocks, in a time that their number alone makes longer."""
    known = list(indexes)
    if not known:
        return 0
    bits = bytearray((max(known) >> 3) + 1)
    for index in known:
        bits[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(bits, "little")


def blocks_of(found: int) -> Iterator[int]:
    """Yield the indexes of a set of blocks, in order."""
    bits = f"{found:b}"[::-1]
    index = bits.find("1")
    while index >= 0:
        yield index
        index = bits.find("1", index + 1)
