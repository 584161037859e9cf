"""Writing HTML and SVG so that no text of a tender can become markup.

A ``Markup`` is a text that is already HTML; any other text is cleaned and escaped when it enters a tag.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape_html

from achats_check.patterns import compiled
from achats_check.wording import NBSP, flatten

_VOID = frozenset({"meta", "br"})
_SURROGATES = range(0xD800, 0xE000)
_UNBROKEN = compiled(
    r"(?<=«) | (?=[%€?!;:»])|(?<=--set) "
    r"|(?<=\b[Aa]rt\.) (?=[LRD\d])|(?<=\b[LRD]\.) (?=\d)|(?<=\bp\.) (?=\d)|(?<=n°) (?=\d)"
)
"""Spaces that no line ends at: within « quotes », before signs and units, between "art.", "p.", "n°" and its number."""


class Markup(str):
    """A text that is already HTML."""

    __slots__ = ()


def clean(text: str) -> str:
    """Put a text on one line, without what a page or a spreadsheet refuses.

    Control characters, marks that override the direction of writing, lone surrogates (names of files that are not
    UTF-8) and non-characters go away or become U+FFFD.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return "".join("\ufffd" if ord(c) in _SURROGATES or (ord(c) & 0xFFFE) == 0xFFFE else c for c in flatten(text))


def typeset(text: str) -> str:
    """Clean a text and keep its French punctuation and its units on the line of the word before them."""
    return _UNBROKEN.sub(NBSP, clean(text))


def escape(text: str) -> Markup:
    """Return a text as HTML, what is markup already unchanged."""
    return text if isinstance(text, Markup) else Markup(escape_html(typeset(text)))


def join(parts: Iterable[str]) -> Markup:
    """Put pieces one after the other, escaping those that are plain text."""
    return Markup("".join(map(escape, parts)))


def tag(element: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """Write an element.

    Args:
        element: Its name.
        children: Markup as it is, or plain text, which is escaped.
        attributes: Values by name; ``_`` at the end falls off, elsewhere it is a hyphen; None leaves the attribute
            out, "" writes its name alone. Numbers are written to one decimal.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    if element in _VOID:
        return Markup(f"<{element}{written}>")
    return Markup(f"<{element}{written}>{join(children)}</{element}>")


def _attribute(name: str, value: str | float) -> str:
    shown = name.rstrip("_").replace("_", "-")
    if value == "":
        return f" {shown}"
    return f' {shown}="{escape(number(value) if isinstance(value, int | float) else value)}"'


def number(value: float) -> str:
    """Write a coordinate: one decimal at most, so that the same drawing gives the same bytes everywhere."""
    return "0" if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
