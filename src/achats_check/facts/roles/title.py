"""The pieces that a title names: the one it is, those it also serves as, or the one it completes."""

from collections.abc import Iterable
from typing import NamedTuple

from achats_check.facts.roles.naming import Naming, Wording
from achats_check.patterns import compiled


class Named(NamedTuple):
    """What a title or a name says a piece is."""

    role: str
    also: tuple[str, ...] = ()
    annex_of: str = ""


_GAP = (
    r"[\s()\"'/+&,:.\-]*(?:(?:et|cette lettre|l[ea] presente? (?:lettre|document|piece)|valant|vaut|tient lieu"
    r"|tenant lieu|fait office|faisant office|servant|egalement|aussi|de|d|du|des|le|la|l)\b[\s()\"'/+&,:.\-]*){0,6}"
)
"""What may stand between two pieces that are one: « acte d'engagement valant CCP », « RC - CCAP », « RC (R.C.) »."""
_PARENTS = ("RC", "CCAP", "CCTP", "CCP", "AE")
_FAR = 60
"""Where a title no longer begins by what it names."""
_CITED_AFTER = r"\b(?:conforme|selon|voir|article|presente?|au|du|le|la|les|un|aux|dans|et|a)$|[ld]'$"
_SENTENCE = r"\b(?:est|sont|sera|seront|comprend|comporte|doit|peut|fixe|figure)\b"
OWN_KIND = ("PRIX", "CRT", "CANDIDATURE", "QR")
"""Pieces that stay what they are when they are delivered as annexes."""


def named_by_title(text: str, naming: Naming) -> Named | None:
    """Return what a folded line of a first page says the piece is; None when it only cites pieces."""
    parts = text.split()
    if sum(len(part) == 1 for part in parts) * 2 > len(parts) > 5:
        text = "".join(text.split())
        return next((Named(names.role) for names in naming.roles if any(t in text for t in names.spelled)), None)
    return _named(text, naming, titled=True)


def named_by_file(name: str, naming: Naming) -> Named | None:
    """Return what a file name, folded and its separators as spaces, says the piece is."""
    return _named(name, naming, titled=False)


def mentions(text: str, naming: Naming) -> list[tuple[int, int, str]]:
    """Return (start, end, role) of the pieces that a folded text names as titles do, in its order."""
    return _mentions(text, ((names.role, names.titles) for names in naming.roles))


def _named(text: str, naming: Naming, *, titled: bool) -> Named | None:
    said = mentions(text, naming) if titled else _mentions(text, ((n.role, n.files) for n in naming.roles))
    annex = None if compiled(naming.with_annexes).search(text) else naming.annex.first(text)
    if annex is not None:
        if titled and not _is_title(text, annex.start(), annex.end()):
            return None
        return _annex(text, said, naming.administrative_annex)
    if not said or (titled and not _is_title(text, said[0][0], said[0][1])):
        return None
    roles, end = [said[0][2]], said[0][1]
    for start, stop, role in said[1:]:
        if not compiled(_GAP).fullmatch(text[end:start]):
            break
        roles.append(role)
        end = stop
    if compiled(naming.worth_a_contract).search(text, said[0][1]):
        roles += ["CCAP", "AE"]
    return _together(list(dict.fromkeys(roles)))


def _mentions(text: str, table: Iterable[tuple[str, Wording]]) -> list[tuple[int, int, str]]:
    """Return (start, end, role) of the pieces named, in the order of the text, the longest name first."""
    found = [(m.start(), m.end(), role) for role, wording in table for m in wording.find(text)]
    found.sort(key=lambda mention: (mention[0], -mention[1]))
    kept: list[tuple[int, int, str]] = []
    for mention in found:
        if not kept or mention[0] >= kept[-1][1]:
            kept.append(mention)
    return kept


def _annex(text: str, said: list[tuple[int, int, str]], administrative: str) -> Named:
    own = next((role for _, _, role in said if role in OWN_KIND), "")
    if own:
        return Named(own)
    parent = next((role for _, _, role in said if role in _PARENTS), "")
    if not parent and compiled(administrative).search(text):
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
