"""Characters of symbol fonts as plain characters, tick boxes above all."""

from __future__ import annotations

EMPTY_BOX, TICKED_BOX = "☐", "☒"

_EMPTY = {"Wingdings": (0x6F, 0x70, 0x71, 0x72, 0xA8), "Wingdings 2": (0x2A, 0x30, 0xA3)}
_TICKED = {"Wingdings": (0x78, 0xFD, 0xFE), "Wingdings 2": (0x51, 0x52, 0x53, 0x54)}
_SIGNS = {
    "Wingdings": {0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0xE8: "→", 0xF0: "→"},
    "Wingdings 2": {0x50: "✓", 0x4F: "✗"},
    "Symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xAE: "→", 0xA0: "€", 0xDE: "⇒"},
}
_SYMBOL_FONTS = frozenset({"Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol"})


def is_symbol_font(font: str) -> bool:
    """Return whether the letters of a font are drawings."""
    return font in _SYMBOL_FONTS


def symbol(code: int, font: str) -> str:
    """Return the plain character for a code of a symbol font; "-" for an ornament, most often a bullet.

    Args:
        code: Code of the character, with or without the 0xF000 of the private use area.
        font: Name of the font; a private code without a known font is read as Wingdings, which boxes come from.
    """
    if not 0xF000 <= code <= 0xF0FF and not is_symbol_font(font):
        if 0xE000 <= code <= 0xF8FF:
            return "-"
        return chr(code) if 0 < code < 0xD800 or 0xF900 <= code < 0x110000 else ""
    low = code & 0xFF
    font = font if is_symbol_font(font) else "Wingdings"
    if low in _EMPTY.get(font, ()):
        return EMPTY_BOX
    if low in _TICKED.get(font, ()):
        return TICKED_BOX
    return _SIGNS.get(font, {}).get(low, " " if low == 0x20 else "-")
