"""Text as blocks hold it: composed accents, no control characters, no lone surrogates."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from achats_check.patterns import compiled
from achats_check.readers.symbols import symbol

_RETURNS = "\r\x0b\x0c\x85\u2028\u2029"
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e01ef"
)
"""C0 and C1 controls but tab and line ends, soft hyphens, zero-width characters, marks of direction, variants and
tags, lone surrogates: within a word, any of them would hide it from a search."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ODD = compiled(f"[{_RETURNS}{_HIDDEN}{''.join(_LIGATURES)}\ue000-\uf8ff]")
"""One set of characters, which ``re`` looks for much faster than for a choice."""


def clean(text: str) -> str:
    """Return ``text`` in NFC without what no reader sees; U+FFFD and odd spaces are kept.

    Ligatures are undone; private characters of symbol fonts become tick boxes or "-"; line ends become
    ``\\n``; the ends are trimmed.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = _ODD.sub(_plain, text)
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return text.strip()


def _plain(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] in _RETURNS:
        return "\n"
    if "\ue000" <= found <= "\uf8ff":
        return symbol(ord(found), "")
    return _LIGATURES.get(found, "")
