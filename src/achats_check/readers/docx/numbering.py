"""Automatic numbers: what Word prints before a numbered paragraph, counted as Word counts."""

import re
from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled
from achats_check.readers.docx.names import VAL, is_on, number, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from achats_check.readers.docx.styles import Styles

_ABSTRACT, _ABSTRACT_ID, _NUM, _NUM_ID = w("abstractNum"), w("abstractNumId"), w("num"), w("numId")
_LVL, _ILVL, _START, _FORMAT, _TEXT = w("lvl"), w("ilvl"), w("start"), w("numFmt"), w("lvlText")
_OVERRIDE, _START_OVERRIDE, _STYLE_LINK = w("lvlOverride"), w("startOverride"), w("numStyleLink")
_LEGAL, _RESTART, _P_STYLE = w("isLgl"), w("lvlRestart"), w("pStyle")
_PLACE = compiled(r"%([1-9])")
_BARE_NUMBER = compiled(r"(?:[A-Z]\.?)?\d+(?:[.-]\d+)*|[IVXLC]+(?:[.-]\d+)*|[A-Za-z](?=[.)\s-]|$)")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


_DEPTH = 9
"""Levels a list may have."""


class Level(NamedTuple):
    """One level of a list."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    """Level (from 1) above which counting starts again; 0 for never; None for the level just above."""
    style: str = ""


class Label(NamedTuple):
    """The number of a paragraph."""

    text: str
    """As printed: "Article 6.2 :"."""
    bullet: bool

    @property
    def article(self) -> str:
        """The number alone: "6.2"; "" for a bullet."""
        if self.bullet:
            return ""
        bare = re.sub(
            r"^\W*(?:article|art\.?|chapitre|titre|section|partie|annexe)\s*(?:n°)?\s*",
            "",
            self.text,
            flags=re.I,
        )
        match = _BARE_NUMBER.match(bare)
        return match[0] if match else ""


class Numbering:
    """The lists of a Word file and the counters of one reading of it.

    Args:
        parts: Gives the roots of the numbering parts, when the first numbered paragraph is met.
        styles: The styles, some of which stand for lists.
    """

    def __init__(self, parts: "Callable[[], Iterable[Element]]", styles: "Styles") -> None:
        self._parts: Callable[[], Iterable[Element]] | None = parts
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _load(self) -> None:
        if self._parts is None:
            return
        parts, self._parts = self._parts, None
        links: dict[str, str] = {}
        for root in parts():
            self._declare(root, links)
        for abstract, style in links.items():
            target = self._abstract_of.get(self._styles.numbering_of(style) or "")
            if target and target != abstract:
                self._levels[abstract] = self._levels.get(target, {})

    def _declare(self, root: "Element", links: dict[str, str]) -> None:
        for element in root.findall(_ABSTRACT):
            identifier = element.get(_ABSTRACT_ID, "")
            self._levels[identifier] = {number(e.get(_ILVL)): _level(e) for e in element.findall(_LVL)}
            link = element.find(_STYLE_LINK)
            if link is not None:
                links[identifier] = link.get(VAL, "")
        for element in root.findall(_NUM):
            self._declare_instance(element)

    def _declare_instance(self, element: "Element") -> None:
        num_id = element.get(_NUM_ID, "")
        abstract = element.find(_ABSTRACT_ID)
        self._abstract_of[num_id] = "" if abstract is None else abstract.get(VAL, "")
        for override in element.findall(_OVERRIDE):
            own = override.find(_LVL)
            if own is not None:
                self._own.setdefault(num_id, {})[number(override.get(_ILVL))] = _level(own)
            start = override.find(_START_OVERRIDE)
            if start is not None:
                starts = self._overrides.setdefault(num_id, {})
                starts[number(override.get(_ILVL))] = number(start.get(VAL), 1)

    def level_of_style(self, num_id: str, style: str) -> int:
        """Return the level a list gives to a paragraph style, 0 when it names none."""
        self._load()
        levels = self._levels.get(self._abstract_of.get(num_id, ""), {})
        return next((i for i, level in levels.items() if level.style == style), 0)

    def next(self, num_id: str, ilvl: int) -> Label | None:
        """Count one more paragraph of a list and return its label; None when the list is unknown or "0"."""
        self._load()
        abstract = self._abstract_of.get(num_id)
        levels = self._levels.get(abstract or "")
        if levels and num_id in self._own:
            levels = {**levels, **self._own[num_id]}
        if abstract is None or not levels or ilvl not in levels or not 0 <= ilvl < _DEPTH:
            return None
        level = levels[ilvl]
        if level.format in ("bullet", "none"):
            return Label("", True)
        counters = self._counters.setdefault(abstract, [None] * _DEPTH)
        self._count(num_id, ilvl, levels, counters)
        return Label(_PLACE.sub(lambda m: _shown(int(m[1]) - 1, levels, counters, level.legal), level.text), False)

    def _count(self, num_id: str, ilvl: int, levels: dict[int, Level], counters: list[int | None]) -> None:
        start = self._overrides.get(num_id, {}).get(ilvl)
        fresh = start is not None and (num_id, ilvl) not in self._begun
        self._begun.add((num_id, ilvl))
        current = counters[ilvl]
        if fresh:
            counters[ilvl] = start
        else:
            counters[ilvl] = levels[ilvl].start if current is None else current + 1
        for upper in range(ilvl):
            if counters[upper] is None and upper in levels:
                counters[upper] = levels[upper].start
        for deeper in range(ilvl + 1, _DEPTH):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and ilvl < restart):
                counters[deeper] = None


def _level(element: "Element") -> Level:
    def value(name: str, default: str = "") -> str:
        child = element.find(name)
        return default if child is None else child.get(VAL, default)

    restart = value(_RESTART)
    return Level(
        value(_FORMAT, "decimal"),
        value(_TEXT),
        number(value(_START, "1"), 1),
        is_on(element.find(_LEGAL)),
        number(restart) if restart else None,
        value(_P_STYLE),
    )


def _shown(ilvl: int, levels: dict[int, Level], counters: list[int | None], legal: bool) -> str:
    count = counters[ilvl]
    if count is None:
        return ""
    form = levels[ilvl].format if ilvl in levels else "decimal"
    if legal and form != "decimalZero":
        form = "decimal"
    return written(count, form)


def written(count: int, form: str) -> str:
    """Return a count in a number format of Word: "decimal", "upperRoman", "lowerLetter"…"""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < count < 400:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 % 5 + 1)
        return letters if form == "upperLetter" else letters.lower()
    return str(count)


def _roman(count: int) -> str:
    parts = []
    for value, sign in _ROMAN:
        parts.append(sign * (count // value))
        count %= value
    return "".join(parts)
