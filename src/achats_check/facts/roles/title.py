"""The pieces that a title names: the one it is, those it also serves as, or the one it completes."""

from typing import NamedTuple

from achats_check.facts.roles.wording import (
    ADMINISTRATIVE_ANNEX,
    ANNEX,
    NAMES,
    SPACED_TITLES,
    TITLES,
    WITH_ANNEXES,
    WORTH_A_CONTRACT,
)
from achats_check.patterns import compiled


class Named(NamedTuple):
    """What a title or a name says a piece is."""

    role: str
    also: tuple[str, ...] = ()
    annex_of: str = ""


_GAP = (
    r"[\s()\"'/+&,:.\-]*(?:(?:et|valant|vaut|tient lieu|tenant lieu|faisant office|servant|egalement|aussi"
    r"|de|d|du|des|le|la|l)\b[\s()\"'/+&,:.\-]*){0,6}"
)
"""What may stand between two pieces that are one: « acte d'engagement valant CCP », « RC - CCAP », « RC (R.C.) »."""
_PARENTS = ("RC", "CCAP", "CCTP", "CCP", "AE")
_FAR = 60
"""Where a title no longer begins by what it names."""
_CITED_AFTER = r"\b(?:conforme|selon|voir|article|presente?|au|du|le|la|les|un|aux|dans|et|a)$|[ld]'$"
_SENTENCE = r"\b(?:est|sont|sera|seront|comprend|comporte|doit|peut|fixe|figure)\b"
OWN_KIND = ("PRIX", "CRT", "CANDIDATURE", "QR")
"""Pieces that stay what they are when they are delivered as annexes."""


def named_by_title(text: str) -> Named | None:
    """Return what a folded line of a first page says the piece is; None when it only cites pieces."""
    parts = text.split()
    if sum(len(part) == 1 for part in parts) * 2 > len(parts) > 5:
        text = "".join(text.split())
        return next((Named(role) for words, role in SPACED_TITLES if words in text), None)
    return _named(text, TITLES, titled=True)


def named_by_file(name: str) -> Named | None:
    """Return what a file name, folded and its separators as spaces, says the piece is."""
    return _named(name, NAMES, titled=False)


def mentions(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, role) of the pieces that a folded text names as titles do, in its order."""
    return _mentions(text, TITLES)


def _named(text: str, table: tuple[tuple[str, str], ...], *, titled: bool) -> Named | None:
    mentions = _mentions(text, table)
    if not compiled(WITH_ANNEXES).search(text) and (annex := compiled(ANNEX).search(text)):
        if titled and not _is_title(text, annex.start(), annex.end()):
            return None
        return _annex(text, mentions)
    if not mentions or (titled and not _is_title(text, mentions[0][0], mentions[0][1])):
        return None
    roles, end = [mentions[0][2]], mentions[0][1]
    for start, stop, role in mentions[1:]:
        if not compiled(_GAP).fullmatch(text[end:start]):
            break
        roles.append(role)
        end = stop
    if compiled(WORTH_A_CONTRACT).search(text, mentions[0][1]):
        roles += ["CCAP", "AE"]
    return _together(list(dict.fromkeys(roles)))


def _mentions(text: str, table: tuple[tuple[str, str], ...]) -> list[tuple[int, int, str]]:
    """Return (start, end, role) of the pieces named, in the order of the text, the longest name first."""
    found = [(m.start(), m.end(), role) for role, pattern in table for m in compiled(pattern).finditer(text)]
    found.sort(key=lambda mention: (mention[0], -mention[1]))
    kept: list[tuple[int, int, str]] = []
    for mention in found:
        if not kept or mention[0] >= kept[-1][1]:
            kept.append(mention)
    return kept


def _annex(text: str, mentions: list[tuple[int, int, str]]) -> Named:
    own = next((role for _, _, role in mentions if role in OWN_KIND), "")
    if own:
        return Named(own)
    parent = next((role for _, _, role in mentions if role in _PARENTS), "")
    if not parent and compiled(ADMINISTRATIVE_ANNEX).search(text):
        parent = "CCAP"
    return Named("ANNEXE", annex_of=parent)


def _together(roles: list[str]) -> Named:
    """Return the main role of a piece that serves as several; only those of the contract and its rules add up."""
    first = roles[0]
    joint = [role for role in roles if role in (*_PARENTS, "AAPC")]
    if first not in joint or len(joint) == 1:
        return Named(first)
    if "CCP" in joint or {"CCAP", "CCTP"} <= set(joint):
        return Named("CCP", tuple(role for role in joint if role not in ("CCP", "CCAP", "CCTP")))
    return Named(first, tuple(joint[1:]))


def _is_title(text: str, start: int, end: int) -> bool:
    """A title names the piece first; a sentence or a list of pieces only cites it."""
    if compiled(r"article \d").match(text):
        return False
    before, after = text[:start].rstrip(' -:.(«"'), text[end:]
    if start > _FAR or compiled(_CITED_AFTER).search(before):
        return False
    if compiled(r"\)?\. \w").match(after) or (text.endswith(".") and not compiled(r"\.[a-z]\.$").search(text)):
        return False
    return text[:1] not in "-•" and not compiled(_SENTENCE).search(text)
