"""One entry of the text report: its title, then what there is to say of it, in lines."""

from __future__ import annotations

from achats_check.reports.layout import Paint, head, wrap
from achats_check.reports.sections import Entry, Section
from achats_check.reports.telling import KIT, LAW, QUOTE, REMEDY, Said, Teller, weight

_INDENT = "    "


class EntryWriter:
    """Writes entries for one terminal: its width, its colours."""

    def __init__(self, teller: Teller, *, width: int, paint: Paint) -> None:
        self._teller = teller
        self._width = width
        self._paint = paint

    def section(self, section: Section) -> list[list[str]]:
        """Return the lines of each group of entries of a section."""
        return [self._group(section, group) for group in self._teller.groups(section)]

    def _group(self, section: Section, entries: tuple[Entry, ...]) -> list[str]:
        titles = [line for entry in entries for line in self._title(section, entry)]
        return titles + [line for said in self._teller.group(section, entries) for line in self._lines(said)]

    def _title(self, section: Section, entry: Entry) -> list[str]:
        """Return the title line: symbol, title, rule and weight on the right."""
        finding = entry.first
        right = " · ".join(part for part in (finding.rule, weight(finding)) if part)
        return head(section.symbol, finding.title, right, self._width, self._paint, section.style)

    def _lines(self, said: Said) -> list[str]:
        if said.kind in (LAW, KIT):
            lines = wrap(said.text, self._width, _INDENT)
            return [_INDENT + self._paint(line[4:], "dim") for line in lines]
        mark = "→ " if said.kind == REMEDY else ""
        return wrap(said.text, self._width, _INDENT + mark, _INDENT + "  " if said.kind == QUOTE else None)
