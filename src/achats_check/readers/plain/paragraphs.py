"""Plain text as paragraphs: blank lines part them, and lines cut to a width are joined again."""

from __future__ import annotations

from itertools import groupby

from achats_check.readers.cleaning import clean
from achats_check.readers.looks import Look, draft_of
from achats_check.readers.marks import is_contents_line, is_item
from achats_check.readers.outline import Draft, row
from achats_check.readers.plain.pipes import cells, is_rule, with_outer_bars
from achats_check.readers.titles import may_be_numbered, typed_title

MIN_WIDTH, MAX_WIDTH = 50, 140
"""A text whose longest lines are shorter or longer is not cut to a width: each line is a paragraph."""
_RULES = frozenset("=-_*~#. ")
_ENDS = (".", ";", ":", "!", "?")


def paragraphs(lines: list[str]) -> list[Draft]:
    """Return the drafts of a plain text.

    Args:
        lines: Its lines, without their ends.
    """
    lines = with_outer_bars(lines)
    widths = _widths(lines)
    width = max(widths, default=0)
    width = width if _goes_on(lines, widths, width) else 0
    joiner = _Joiner(width)
    for rank, line in enumerate(lines):
        alone = _is_blank(lines, rank - 1) and _is_blank(lines, rank + 1)
        joiner.line(line, alone=alone, cut=widths[rank] > 0 and width >= MIN_WIDTH)
    joiner.flush()
    return joiner.drafts


def _widths(lines: list[str]) -> list[int]:
    """Return, for each line, the longest cut line of its run, in characters; 0 where each line is a paragraph.

    A run stands between blank lines, or rows. Only a line that another follows in it may have been cut.
    """
    widths: list[int] = []
    for parted, run in groupby(lines, key=lambda line: _is_drawn(line) or bool(cells(line))):
        lengths = [len(line) for line in run]
        longest = 0 if parted else max(lengths[:-1], default=0)
        widths += [longest if longest <= MAX_WIDTH else 0] * len(lengths)
    return widths


_FULL = 0.85
"""Share of the width that a line cut by it fills."""


def _goes_on(lines: list[str], widths: list[int], width: int) -> bool:
    """Tell whether most of the lines below a full one go on a sentence: else the longest ones end by chance."""
    below = [
        after.strip()
        for line, run, after in zip(lines, widths, lines[1:], strict=False)
        if run and len(line) >= _FULL * width and not _is_drawn(after)
    ]
    return 2 * sum(after[:1].islower() for after in below) >= len(below)


def _is_blank(lines: list[str], rank: int) -> bool:
    """Tell whether a line is empty, only drawn with signs, or beyond the ends of the text."""
    return not 0 <= rank < len(lines) or _is_drawn(lines[rank])


def _is_drawn(line: str) -> bool:
    return not line.strip() or (_RULES.issuperset(line) and len(line.strip()) > 2)


class _Joiner:
    """Builds drafts line after line."""

    def __init__(self, width: int) -> None:
        self.drafts: list[Draft] = []
        self._width = width
        self._lines: list[str] = []
        self._alone = False
        self._tables = 0
        self._in_table = False

    def line(self, raw: str, *, alone: bool, cut: bool) -> None:
        """Add a line.

        Args:
            raw: The line.
            alone: Whether nothing stands just above nor below it.
            cut: Whether it may go on a line cut above it.
        """
        text = clean(raw)
        if _is_drawn(raw) or not text:
            self.flush()
            self._in_table = self._in_table and bool(text)
            return
        found = () if is_rule(raw) else cells(raw)
        if found or is_rule(raw):
            self._row(found)
            return
        self._in_table = False
        if self._lines and not (cut and self._continues(text)):
            self.flush()
        self._alone = alone if not self._lines else False
        self._lines.append(text)

    def _row(self, found: tuple[str, ...]) -> None:
        self.flush()
        self._tables += not self._in_table
        self._in_table = True
        cleaned = tuple(map(clean, found))
        if any(cleaned):
            self.drafts.append(row(cleaned, self._tables - 1))

    def _continues(self, text: str) -> bool:
        last = self._lines[-1]
        if is_item(text) or is_contents_line(last) or _is_title(last) or _is_title(text):
            return False
        if len(last) + 1 + len(text.split(None, 1)[0]) > self._width:
            return True
        return text[0].islower() and not last.endswith(_ENDS) and 2 * len(last) > self._width

    def flush(self) -> None:
        """End the paragraph that is being built."""
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        text = " ".join(lines)
        if is_contents_line(text):
            self.drafts.append(Draft("toc", text))
        elif is_item(text) and not _is_title(text):
            self.drafts.append(self._listed(text))
        else:
            self.drafts.append(draft_of(text, Look(bold=self._stands_out(text))))

    def _listed(self, text: str) -> Draft:
        """Return an item, or the title that a number alone on its line may be ("1. Objet")."""
        if self._stands_out(text):
            draft = draft_of(text, Look(bold=True))
            if draft.kind == "title":
                return draft
        return Draft("list_item", text)

    def _stands_out(self, text: str) -> bool:
        return (len(text) > 6 and text.isupper()) or (self._alone and text[-1] not in ".;,:")


def _is_title(text: str) -> bool:
    return may_be_numbered(text) and typed_title(text, text.isupper()) is not None
