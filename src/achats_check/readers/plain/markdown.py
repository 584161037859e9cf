"""Markdown as paragraphs, titles, list items and rows, without its marks.

What tender papers are written with is read: headings, lists, task boxes, tables, emphasis, links. The rest of the
language stays as it is typed: nothing is lost by it.
"""

from __future__ import annotations

import re

from achats_check.patterns import compiled
from achats_check.readers.cleaning import clean
from achats_check.readers.html.tokens import unescaped
from achats_check.readers.looks import Look, draft_of
from achats_check.readers.outline import Draft, row
from achats_check.readers.plain.pipes import cells, is_rule, with_outer_bars
from achats_check.readers.symbols import EMPTY_BOX, TICKED_BOX

_HEADING = compiled(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = compiled(r" {0,3}(=+|-+)[ \t]*")
_BREAK = compiled(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = compiled(r"[ \t]*(?:[-*+]|(\d{1,9}[.)]))[ \t]+(.*)")
_FENCE = compiled(r" {0,3}(?:```|~~~).*")
_QUOTE = compiled(r" {0,3}(?:> ?)+")
_BOX = compiled(r"\[([ xX])\](?=\s)")
_BOLD = compiled(r"\*\*(?:(?!\*\*).)+\*\*|__(?:(?!__).)+__")
_TAG = compiled(r"</?[a-zA-Z][^<>]{0,200}>")
_LINK = compiled(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?\)")
_STRONG = compiled(r"(\*\*\*|\*\*|__|~~)(?=\S)((?:(?!\1).){1,1000}?)(?<=\S)\1")
_SLANTED = compiled(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*])")
_CODE = compiled(r"`([^`\n]{1,1000})`")
_ESCAPE = compiled(r"\\([!-/:-@\[-`{-~])")


def markdown(lines: list[str]) -> list[Draft]:
    """Return the drafts of a Markdown text.

    Args:
        lines: Its lines, without their ends.
    """
    builder = _Builder()
    for line in with_outer_bars(_without_comments("\n".join(lines)).split("\n")):
        builder.line(line)
    builder.flush()
    return builder.drafts


def _without_comments(text: str) -> str:
    """Cut out the HTML comments; one without an end is text."""
    kept, *parts = text.split("<!--")
    for part in parts:
        _, end, after = part.partition("-->")
        kept += after if end else f"<!--{part}"
    return kept


class _Builder:
    """Builds drafts line after line."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._lines: list[str] = []
        self._listed = False
        self._fenced = False
        self._tables = 0
        self._in_table = False

    def line(self, line: str) -> None:
        """Add a line."""
        if _FENCE.fullmatch(line):
            self.flush()
            self._fenced = not self._fenced
            return
        if self._fenced:
            self._add(Draft("paragraph", clean(line)))
            return
        quoted = _QUOTE.match(line)
        line = line[quoted.end() :] if quoted else line
        found = cells(line) if "|" in line else ()
        self._in_table = self._in_table and bool(found or is_rule(line))
        if not line.strip():
            self.flush()
        elif found or (self._in_table and is_rule(line)):
            self._row(found, ruled=is_rule(line))
        elif not self._is_heading(line):
            self._text(line)

    def _row(self, found: tuple[str, ...], *, ruled: bool) -> None:
        self.flush()
        self._tables += not self._in_table
        self._in_table = True
        texts = tuple(clean(_plain(cell)) for cell in found)
        if any(texts) and not ruled:
            self.drafts.append(row(texts, self._tables - 1))

    def _is_heading(self, line: str) -> bool:
        """Add a heading, or a rule, and tell whether the line was one."""
        underline, heading = _UNDERLINE.fullmatch(line), _HEADING.fullmatch(line)
        if underline is not None and self._lines and not self._listed:
            self.flush(level=1 if underline[1][0] == "=" else 2)
        elif heading is not None:
            self.flush()
            self._lines = [heading[2] or ""]
            self.flush(level=len(heading[1]))
        elif _BREAK.fullmatch(line):
            self.flush()
        else:
            return False
        return True

    def _text(self, line: str) -> None:
        item = _ITEM.fullmatch(line)
        if item is not None and not (item[1] and self._lines and not self._listed):
            self.flush()
            self._listed = True
            line = f"{item[1]} {item[2]}" if item[1] else item[2]
        self._lines.append(line.lstrip() if line.endswith("  ") else line.strip())

    def flush(self, level: int = 0) -> None:
        """End what is being built, as a heading when it has a level."""
        lines, self._lines = self._lines, []
        listed, self._listed = self._listed, False
        source = _joined(lines)
        text = clean(_plain(source))
        if text:
            bold = _BOLD.fullmatch(source.strip()) is not None
            self.drafts.append(draft_of(text, Look(level, listed=listed, bold=bold)))

    def _add(self, draft: Draft) -> None:
        if draft.text:
            self.drafts.append(draft)


def _joined(lines: list[str]) -> str:
    """Join the lines of a paragraph; two spaces or a bar at the end of one keep its end."""
    text = ""
    for line in lines:
        kept = line.endswith(("  ", "\\"))
        text += line.rstrip(" \\") + ("\n" if kept else " ")
    return text.strip()


def _plain(text: str) -> str:
    """Return a text without the marks inside it."""
    text = _BOX.sub(lambda match: EMPTY_BOX if match[1] == " " else TICKED_BOX, text, count=1)
    text = _TAG.sub(_untagged, text)
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # bold inside italics and the reverse
        text = _STRONG.sub(r"\2", text)
        text = _SLANTED.sub(r"\2", text)
    text = _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))
    return unescaped(text)


def _untagged(match: re.Match[str]) -> str:
    return "\n" if match[0][1:3].lower() == "br" else ""
