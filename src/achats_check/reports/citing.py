"""How a report quotes a passage, cites the law and the source documents, and tells where a fact was looked for."""

from __future__ import annotations

from datetime import date

from achats_check.model.fact import Evidence, Search
from achats_check.model.finding import (
    Reference,
)
from achats_check.patterns import compiled
from achats_check.reports.piece_words import role_name
from achats_check.wording import (
    NBSP,
    enum_label,
    format_location,
    format_short_date,
    join_french,
    shorten,
)

_CODE = r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*"
"""A word alone in a field of a notice or of a description: a code as often as not."""
LONGEST_QUOTE = 160
"""Characters of a passage that a terminal shows."""


def quoted(text: str, length: int = LONGEST_QUOTE) -> str:
    """Put a passage between French quotation marks, shortened between two words."""
    return f"«{NBSP}{shorten(text, length)}{NBSP}»"


def passage(evidence: Evidence, note: str = "", length: int = LONGEST_QUOTE) -> str:
    """Say where a passage stands, then quote it; between brackets, what a code of a notice means, then a note."""
    place = format_location(evidence)
    lead = "…" if evidence.location.start and evidence.quote[:1].islower() else ""  # cut in the middle of a sentence
    told = f"{place} : {quoted(lead + evidence.quote, length)}" if evidence.quote.strip() else place
    notes = " ; ".join(filter(None, (_code_words(evidence), note)))
    return f"{told} ({notes})" if notes else told


def _code_words(evidence: Evidence) -> str:
    """Return what the code that a field holds means, from the value it carries; "" for a text people can read."""
    code, value = evidence.quote.strip(), evidence.value
    if not evidence.location.pointer or not compiled(_CODE).fullmatch(code):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    words = enum_label(value) if isinstance(value, str) else ""
    return "" if words.lower() == code.lower() else words


def law_citations(references: tuple[Reference, ...]) -> list[str]:
    """Cite the law in the version in force; texts of the same version share a line."""
    versions: dict[tuple[date | None, date | None, date | None], list[str]] = {}
    for ref in references:
        if ref.kind == "droit":
            dates = (None, None, None) if ref.text.startswith("Kit") else (ref.since, ref.until, ref.checked_on)
            versions.setdefault(dates, []).append(ref.text)
    return [f"{' ; '.join(texts)}{_in_force(*dates)}" for dates, texts in versions.items()]


def _in_force(since: date | None, until: date | None, checked_on: date | None) -> str:
    parts = []
    if since and until:
        parts.append(f"en vigueur du {format_short_date(since)} au {format_short_date(until)}")
    elif since:
        parts.append(f"en vigueur depuis le {format_short_date(since)}")
    if checked_on:
        parts.append(f"vérifié le {format_short_date(checked_on)}")
    return "".join(f", {part}" for part in parts)


def kit_citations(references: tuple[Reference, ...]) -> list[str]:
    """Cite the passages of the source documents, each once."""
    return list(dict.fromkeys(ref.text for ref in references if ref.kind == "kit"))


def search_lines(search: Search, words: int | None = 8, *, missing: bool = True) -> list[str]:
    """Tell where a fact was looked for, with which words, and what came closest.

    Args:
        search: The ledger of the search.
        words: How many words of the vocabulary to show; None for all, 0 for none.
        missing: Also name the pieces that were not supplied.
    """
    lines = []
    if search.pieces:
        named = search.sections.startswith(f"{search.pieces[0]} ")  # the sections of several pieces name each
        pieces = join_french(map(role_name, search.pieces))
        where = search.sections if named else ", ".join(filter(None, (pieces, search.sections)))
        lines.append(f"Cherché dans : {where}{_vocabulary(search.vocabulary, words)}.")
    lines += nearest_lines(search)
    if missing and search.missing:
        lines.append(f"Non fourni ou illisible : {join_french(map(role_name, search.missing))}.")
    return lines


def nearest_lines(search: Search | None) -> list[str]:
    """Quote what came closest to what was looked for, with the reason why it is not that; nothing when nothing did."""
    if search is None or search.nearest is None:
        return []
    return [f"Au plus près : {passage(search.nearest, note=search.nearest_reason)}"]


def _vocabulary(vocabulary: tuple[str, ...], words: int | None) -> str:
    shown = vocabulary[:words]
    if not shown:
        return ""
    return f" (vocabulaire : {', '.join(shown)}{'…' if len(shown) < len(vocabulary) else ''})"
