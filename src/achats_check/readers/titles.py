"""Titles that carry their number in their text: "Article 4 – Durée", "4.2 Durée", "ARTICLE IV", "A.2 Lots"."""

import re
from typing import NamedTuple

from achats_check.patterns import compiled

MAX_TITLE_LENGTH = 160
"""Longer lines are sentences."""

WORDED, DOTTED, BARE = "worded", "dotted", "bare"
"""How sure a typed number is: "Article 4", "4.2", or a lone "4", "IV" or "A" before a separator."""


class TypedTitle(NamedTuple):
    """The number found at the start of a title."""

    article: str
    """The number alone: "4.2", "IV", "A.2"; "" for a chapter or a part, which articles do not belong to."""
    level: int
    """Depth from 1, by the number of its components."""
    sureness: str
    """WORDED, DOTTED or BARE."""


LOOK = "look"
"""How sure a title without a number is, which only its look tells."""
LOOK_LEVEL = 9
"""Depth of such a title: it stays inside the article above."""


def looks_like_a_name(text: str) -> bool:
    """Tell whether a bold or larger line may be the name of a section: short, without figures nor punctuation."""
    return (
        4 <= len(text) <= 70
        and text[0].isupper()
        and text[-1].isalpha()
        and not any(sign.isdigit() or sign in "@\t☐☒,;:" for sign in text)
        and ". " not in text
        and sum(len(word) == 1 for word in text.split()) < 3
    )


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V|X))"
_NUMBER = rf"(?:\d{{1,2}}(?:[.-]\d{{1,2}}){{0,4}}|{_ROMAN}(?:[.-]\d{{1,2}}){{0,3}}|[A-K](?:[.-]?\d{{1,2}}){{0,3}})"
_WORDED = compiled(
    rf"(?is)(?P<word>art(?:icle|\.)?|chapitre|titre|section|partie|lot)\s*(?:n\s?°\s*)?(?P<number>{_NUMBER}|premier|1er|unique)"
    r"(?P<rest>(?:\s*[.):]?\s*[-–—:.)]\s*|\s+|\.?$).*)",
)
_DOTTED = compiled(
    rf"(?s)(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}|\d{{1,2}}(?:-\d{{1,2}}){{1,3}}(?=[\s.:)])|{_ROMAN}(?:[.-]\d{{1,2}}){{1,3}}|[A-K](?:\.?\d{{1,2}}){{1,3}})"
    r"(?:\.?\s*[-–—:)]\s*|\.?\s+|\.(?=[^\W\d]))(?P<rest>\S.*)",
)
_ANNEX = compiled(rf"(?is)annexe\s*(?:n\s?°\s*)?{_NUMBER}\s*[-–—:.]\s*(?P<rest>\S.*)")
_BARE = compiled(
    rf"(?s)(?P<number>\d{{1,2}}|{_ROMAN}|[A-K])(?P<mark>\s*[.)°]?\s*[-–—:](?=\s|\S)\s*|[.)]\s*|\s+)(?P<rest>\S.*)",
)
_FIGURES = frozenset("0123456789")
_WORD_STARTS = frozenset({"art", "cha", "tit", "sec", "par", "ann"})
_LETTER_STARTS = frozenset("ABCDEFGHIJKVX")
"""Capitals a number in letters or Roman figures starts with."""
_DIGITS_THEN_LETTER = compiled(r"[1-9]\d*[^\W\d]")
_LETTERS = frozenset("ABCDEFGHJK")
_UNFINISHED = frozenset(
    {"de", "des", "du", "et", "ou", "la", "le", "les", "à", "au", "aux", "en", "pour", "par", "sur"}
)
"""Last words of a line that the next one goes on with, as in contents."""
_COMPONENT = compiled(r"[A-Z]+|\d+")
_UNITS = compiled(
    r"(?i)(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|jours?|mois|ans?|"
    r"années?|euros?|heures?|h|%|€|k€|m²|ha|km|points?|avenue|rue|boulevard|place|exemplaires?)\b",
)


_BOXES = "☐☑☒□■"
"""A line of a form answers; it heads nothing."""


def typed_title(text: str, prominent: bool = False) -> TypedTitle | None:
    """Recognise a title by the number typed at its start.

    Args:
        text: One line or paragraph.
        prominent: True when its look (bold, larger, capitals) already says that it is a title.

    Returns:
        The number found, or None for anything that may as well be a sentence, a date or an amount.
    """
    if not may_be_numbered(text):
        return None
    return _worded(text) or _annex(text, prominent) or _dotted(text) or _bare(text, prominent)


def may_be_numbered(text: str) -> bool:
    """Tell at little cost whether a text starts as a numbered title may: most sentences do not."""
    if not text or len(text) > MAX_TITLE_LENGTH:
        return False
    if text[0] in _LETTER_STARTS:
        likely = not text[1:2].islower() or text[:3].lower() in _WORD_STARTS
    else:
        likely = text[0] in _FIGURES or text[:3].lower() in _WORD_STARTS
    return likely and text.count("\t") < 2 and not any(box in text for box in _BOXES)


def _worded(text: str) -> TypedTitle | None:
    match = _WORDED.fullmatch(text)
    if match is None or not _may_name(match["rest"]):
        return None
    word, number = match["word"].lower(), match["number"]
    if word == "lot" or (word == "titre" and not text.isupper() and not match["rest"].strip()):
        return None
    if word[:3] != "art":
        return TypedTitle("", 1, WORDED)
    if number.lower() in ("premier", "1er", "unique"):
        number = "1"
    number = number.replace("-", ".")
    return TypedTitle(number, _depth(number), WORDED)


def _annex(text: str, prominent: bool) -> TypedTitle | None:
    """An annex at the end of a piece: no article above holds it, and a list of annexes announces none."""
    match = _ANNEX.fullmatch(text) if prominent or text.isupper() else None
    if match is None or not _may_name(match["rest"]) or text.split()[-1].lower() in _UNFINISHED:
        return None
    return TypedTitle("", 1, LOOK)


def _dotted(text: str) -> TypedTitle | None:
    match = _DOTTED.fullmatch(text)
    if match is None or not _may_name(match["rest"]) or _UNITS.match(match["rest"]) or _runs_in(match["rest"]):
        return None
    number = match["number"].replace("-", ".")
    return TypedTitle(number, _depth(number), DOTTED)


def _runs_in(rest: str) -> bool:
    """Tell whether a name is followed by what its article says: "Volume : 300 heures ; 150 heures pour le lot 2."."""
    return rest.rstrip().endswith(".") and (" : " in rest or " ; " in rest)


def _bare(text: str, prominent: bool) -> TypedTitle | None:
    match = _BARE.fullmatch(text)
    prominent = prominent or (match is not None and _in_capitals(match))
    if (
        match is None
        or not _may_name(match["rest"].rstrip(".") if prominent else match["rest"])
        or _UNITS.match(match["rest"])
    ):
        return None
    mark = match["mark"].strip()
    spaced_dash = mark[-1:] in ("-", "–", "—") and match["number"].isdigit()
    if not prominent and not (spaced_dash and len(text) < 100):
        return None
    if not mark and match["number"] in _LETTERS:
        return None
    if text.endswith(".") and not (text.isupper() or (mark and match["mark"][:1].isspace())):
        return None
    return TypedTitle(match["number"], 1, BARE)


def _in_capitals(match: re.Match[str]) -> bool:
    """Tell whether a name in capitals follows a figure and its mark: "7. PÉNALITÉS" needs no bold to be a title."""
    letters = sum(map(str.isalpha, match["rest"]))
    return bool(match["mark"].strip()) and match["number"].isdigit() and match["rest"].isupper() and letters >= 4


def _depth(number: str) -> int:
    return max(len(_COMPONENT.findall(number)), 1)


def _may_name(rest: str) -> bool:
    """Tell whether what follows a number can be the name of an article: it starts high, it is no sentence."""
    name = rest.lstrip(" \t\n.):°-–—\u00a0\u202f«\"'“")
    if not name:
        return True
    if not (name[0].isupper() or _DIGITS_THEN_LETTER.match(name)):
        return False
    if rest.rstrip().endswith((";", ",")) or (len(rest) > 80 and rest.rstrip().endswith(".")):
        return False
    return ". " not in rest.strip(" .")[:-1] or len(rest) < 60
