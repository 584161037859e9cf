"""The reports of this very program, which people keep beside the pieces: they quote them all and are none of them.

A page names its maker. A text is known by its first lines and by its last, a list of facts or of pieces by all that
stands at its margin: a piece of the buyer's that opens with one, or quotes it, is longer than it, and stays a piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.piece_file import head_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KINDS = ("json", "text", "md", "html")
_JSON = re.compile(
    r'\A[\[\s]*\{\s*"schema_version"\s*:.{0,60}'
    r'(?:"tool"\s*:\s*\{\s*"name"\s*:\s*"achats-check"|"inputs"\s*:\s*\[\s*\{)'
)
_PAGE = re.compile(
    r'\A\s*<!doctype html>\s*<html[^>]*>\s*<head>(?:(?!</head).){0,300}?<meta name="generator" content="achats-check">',
    re.DOTALL | re.IGNORECASE,
)
"""What the head of a page names as its maker."""
_LAW = "Droit appliqué"
_TEXT = re.compile(rf"{_LAW} : [^·]{{5,120}}· \d+ règles? · (?:pièces? lues? :|aucune pièce lue)")
"""The line that every report has in its first paragraph, under the purchase, once its lines are put together."""
_NAMED = re.compile(r"══ .*")
"""What stands above each of several reports."""
_LAST = re.compile(r"(?:expliquer REGLE pour comprendre\)(?: · [\w-]+ : .*)?| ✗ \d+ ◇ \d+ \? \d+ ✓ \d+)\Z")
"""The end of the last paragraph of one report, with the rules that were not run, or of several."""
_LISTS = (
    re.compile(
        r"(?:(?:Faits lus ou déclarés|Contradictions entre les pièces|Calculés ou présumés|Inconnus"
        r"|Absents : cherchés dans les pièces qui les porteraient) \(\d+\) ?)+"
    ),
    re.compile(
        r".{0,500}?\b\d+ pièces? : \d+ lues?(?:, \d+ en partie)?(?:, \d+ non lues?)? (?:Non fourni : [^.]{0,500}\."
        r" Ce que seules ces pièces diraient restera « à vérifier »\."
        r"|Toutes les pièces habituelles d'une consultation sont là\.)"
        r"(?: \w+ : fourni pour les? lots? [^.]{1,500}\.)*"
    ),
)
"""What stands at the margin of the list of facts, and of that of pieces, put together."""


def is_own_report(path: Path, kind: str) -> bool:
    """Say whether a file is what a command wrote of a dossier, as text, as JSON or as a page.

    Args:
        path: The file.
        kind: What ``sniff`` says it is.
    """
    if kind not in _KINDS:
        return False
    head = decoded(head_of(path), cut=True) or ""
    if kind == "html":
        return _PAGE.search(head) is not None
    if kind == "json":
        return _JSON.match(_joined(head)) is not None
    if _opens(head):
        return _LAST.search(_joined(_paragraphs(_whole(path))[-1:])) is not None
    return _may_be_a_list(head) and any(form.fullmatch(_margin(_whole(path))) for form in _LISTS)


def _opens(head: str) -> bool:
    """Say whether a text opens as a report does: the purchase, then the law that is applied."""
    paragraphs = _paragraphs(head)
    if paragraphs and _NAMED.fullmatch(_joined(paragraphs[:1])):
        del paragraphs[0]
    under_the_purchase = paragraphs[0].split("\n")[1:] if paragraphs else []
    first = next((rank for rank, line in enumerate(under_the_purchase) if line.startswith(_LAW)), None)
    return first is not None and _TEXT.match(_joined(under_the_purchase[first:])) is not None


def _may_be_a_list(head: str) -> bool:
    """Say whether the first entry of a list stands under a heading, in the first lines."""
    return re.search(r"^  [·✓!✗] ", head, re.MULTILINE) is not None and head[:1].strip() != ""


def _whole(path: Path) -> str:
    """Return the text of a file, "" when it is too long or cannot be read."""
    try:
        return (decoded(path.read_bytes()) or "") if path.stat().st_size <= guards.MAX_TEXT_BYTES else ""
    except OSError:
        return ""


def _margin(text: str) -> str:
    return _joined(line for line in text.splitlines() if line[:1].strip())


def _paragraphs(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [part for part in "\n".join(lines).strip().split("\n\n") if part]


def _joined(texts: str | Iterable[str]) -> str:
    text = texts if isinstance(texts, str) else " ".join(texts)
    return " ".join(text.split())
