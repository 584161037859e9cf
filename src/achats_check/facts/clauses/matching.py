"""Lexicon × document → matches: words, then blocks, then regular expression, and none that nobody needs.

Most words of a lexicon are nowhere in a given piece: only the blocks that hold what announces a pattern are given to
``re``. A decoy is tried where it could silence something, a sign when nothing else told its fact.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple, TypeAlias, TypeVar

from achats_check.facts.announcing import Words
from achats_check.facts.clauses.graded import Field, Span
from achats_check.facts.clauses.numbered_titles import joined_to_its_text, without_its_number
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.lexicon_records import DECOY, FORM, NEGATION, SIGN, Form, Weights
from achats_check.facts.text import Reading
from achats_check.facts.word_index import blocks_of, set_of
from achats_check.patterns import compiled

InPlace: TypeAlias = Callable[[Form, int], bool]
"""Whether a form stands in a block under a title it needs, or near its clause."""
_Sought = TypeVar("_Sought")
IGNORED_KINDS = frozenset({"toc", "header", "footer"})
"""Blocks that announce or repeat: they never prove that something is present."""
MOST_IN_BLOCK = 30
"""Matches of one form kept in one block: a text that repeats itself more is noise, or hostile."""


class Match(NamedTuple):
    """Where a form matched."""

    form: Form
    block: int
    start: int
    end: int
    groups: dict[str, str | None]
    """Named groups, folded."""
    value_end: int | None = None
    """One past the last character of the group ``valeur``; None without it."""


def searchable(reading: Reading) -> list[str]:
    """Return the folded text of each block, "" for the blocks that prove nothing."""
    kinds = (block.kind for block in reading.document.blocks)
    return [
        "" if kind in IGNORED_KINDS else without_its_number(kind, joined_to_its_text(kind, text))
        for kind, text in zip(kinds, reading.folded, strict=True)
    ]


class Search:
    """The matches of some forms in one document, each looked for when it is asked for."""

    def __init__(self, reading: Reading, texts: Sequence[str], forms: Iterable[Form]) -> None:
        """Make ready to search a document.

        Args:
            reading: The document.
            texts: What is searched of it, by block.
            forms: Those that count in the roles of the piece, and that it may match.
        """
        self._words = reading.words
        self._searched = set_of(index for index, text in enumerate(texts) if text)
        self._texts = texts
        self._forms: dict[str, dict[str, list[Form]]] = {kind: {} for kind in (FORM, NEGATION, DECOY, SIGN)}
        """By kind, then by fact."""
        for form in forms:
            self._forms[form.kind].setdefault(form.fact, []).append(form)
        self.facts = frozenset(fact for by_fact in self._forms.values() for fact in by_fact)
        self._spoilt: dict[str, frozenset[int]] = {}
        self._fields: dict[Weights, Field] = {}
        self._sentences: dict[Weights, list[Span]] = {}

    def stated(self, facts: Set[str], in_place: InPlace | None = None) -> list[Match]:
        """Return what forms and negations of some facts match, with the decoys beside them, in reading order.

        Args:
            facts: Their names.
            in_place: Sets aside, before it is matched, the form that tells nothing where it stands; None to match
                them all.
        """
        told = [
            match
            for kind, where in ((FORM, in_place), (NEGATION, None))
            for fact, forms in self._forms[kind].items()
            if fact in facts
            for match in self._all(forms, in_place=where)
        ]
        blocks: dict[str, set[int]] = {}
        for match in told:
            blocks.setdefault(match.form.fact, set()).add(match.block)
        for fact, decoys in self._forms[DECOY].items():
            if fact in blocks:
                told += self._all(decoys, set_of(blocks[fact]))
        return in_reading_order(told)

    def decoyed(self) -> Iterable[str]:
        """Return the facts that have decoys."""
        return self._forms[DECOY]

    def shown_decoys(self, fact: str, near: Iterable[str]) -> Iterator[Match]:
        """Yield, in reading order, the decoys that may be shown as the nearest passages of a fact.

        Args:
            fact: Its name.
            near: Words, of three letters at least, of which a block must hold one.
        """
        within = 0
        for word in near:
            within |= self._words.with_item(word)
        yield from self._in_order([form for form in self._forms[DECOY].get(fact, ()) if not form.silent], within)

    def holding(self, words: Words) -> int:
        """Return the set of blocks that hold what announces a pattern."""
        return self._words.holding(words) & self._searched

    def announced(
        self, patterns: Iterable[tuple[_Sought, Words]], within: int = -1
    ) -> Iterator[tuple[int, list[_Sought]]]:
        """Yield, in order, each block that holds what announces some patterns, with what they are sought for."""
        held = [(sought, blocks) for sought, words in patterns if (blocks := self.holding(words) & within)]
        some = 0
        for _, blocks in held:
            some |= blocks
        for block in blocks_of(some):
            yield block, [sought for sought, blocks in held if blocks >> block & 1]

    def signed(self) -> Iterable[str]:
        """Return the facts that have signs."""
        return self._forms[SIGN]

    def signs(self, fact: str) -> Iterator[Match]:
        """Yield the signs of a fact in reading order: the first ones cost nothing of the next."""
        yield from self._in_order(self._forms[SIGN].get(fact, ()))
        for form in self._forms[SIGN].get(fact, ()):
            if not form.pattern:
                yield from (Match(form, *span, {}) for span in self._weighty(form))

    def _in_order(self, forms: Iterable[Form], within: int = -1) -> Iterator[Match]:
        """Yield the matches of some forms in some blocks, block by block."""
        for block, announced in self.announced(((form, form.words) for form in forms), within):
            text = self._texts[block]
            yield from in_reading_order(match for form in announced for match in match_block(form, block, text))

    def _weighty(self, form: Form) -> list[Span]:
        """Return the sentences that words of a subject weigh enough in, the same for each fact of the subject."""
        if form.weights not in self._sentences:
            self._sentences[form.weights] = list(self._field(form.weights).weighty_sentences())
        return self._sentences[form.weights]

    def heavy(self, match: Match) -> bool:
        """Tell whether the words of its subject weigh enough in the sentence of a sign, when it needs any."""
        if not match.form.least:
            return True
        left, right = sentence(self._texts[match.block], match.start, match.end)
        return self._field(match.form.weights).weight(match.block, left, right) >= match.form.least

    def _field(self, weights: Weights) -> Field:
        if weights not in self._fields:
            self._fields[weights] = Field(weights, self._texts, self._words)
        return self._fields[weights]

    def of(self, fact: str, within: int = -1) -> Iterator[Match]:
        """Yield everything that matches of a fact, signs too, in a set of blocks (all by default)."""
        for by_fact in self._forms.values():
            yield from self._all(by_fact.get(fact, ()), within)

    def excluding(self, fact: str, within: int = -1) -> Iterator[Match]:
        """Yield the negations and decoys that match of a fact in a set of blocks."""
        for kind in (NEGATION, DECOY):
            yield from self._all(self._forms[kind].get(fact, ()), within)

    def spoilt(self, fact: str) -> frozenset[int]:
        """Return the blocks that hold a negation or a decoy of a fact."""
        if fact not in self._spoilt:
            self._spoilt[fact] = frozenset(match.block for match in self.excluding(fact))
        return self._spoilt[fact]

    def _all(self, forms: Iterable[Form], within: int = -1, in_place: InPlace | None = None) -> Iterator[Match]:
        """Yield the matches of some forms in some blocks."""
        for form in forms:
            if held := self.holding(form.words) & within:
                placed = in_place if form.sections_required else None
                for block in blocks_of(held):
                    if placed is None or placed(form, block):
                        yield from match_block(form, block, self._texts[block])


def match_block(form: Form, block: int, text: str) -> Iterator[Match]:
    """Yield the matches of one form in one block, none when it lacks what must stand beside them."""
    if form.beside and not compiled(form.beside).search(text):
        return
    for match in islice(compiled(form.pattern).finditer(text), MOST_IN_BLOCK):
        if match.end() > match.start():
            groups = match.groupdict()
            value_end = match.end("valeur") if groups.get("valeur") else None
            yield Match(form, block, match.start(), match.end(), groups, value_end)


def in_reading_order(matches: Iterable[Match]) -> list[Match]:
    """Return matches by where they start, the longest first."""
    return sorted(matches, key=lambda m: (m.block, m.start, -m.end))
