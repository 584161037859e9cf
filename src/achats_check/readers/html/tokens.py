"""The tags and texts of a web page, in one pass whose time grows with the page and no faster.

The parser of the standard library takes time that grows with the square of a page of unclosed tags: half a minute for
100 kB. Here, as in browsers, a tag that never ends ends the reading of tags.
"""

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = compiled(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = compiled(r"[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+)?")
_BARE_VALUE = compiled(r"[^\s>]*+")
_HUGE_REFERENCE = compiled(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is text up to their end tag."""
_MAX_NAME = 40
_MAX_ATTRIBUTES = 50


class Token(NamedTuple):
    """A text, or a tag."""

    kind: str
    """"text", "start", "end", or "void" for an element that closes itself."""
    value: str
    """The text, references resolved; or the name of the element, in lower case."""
    attributes: dict[str, str]
    """Of a tag that starts an element; empty for anything else."""


def unescaped(text: str) -> str:
    """Return a text with its character references resolved; those of no character are left out."""
    return unescape(_HUGE_REFERENCE.sub("", text)) if "&" in text else text


def tokens(source: str) -> "Iterator[Token]":
    """Yield the tokens of a page; comments and declarations are left out."""
    position, raw = 0, ""
    while position < len(source):
        if raw:
            end = _end_of_raw(source, position, raw)
            yield Token("text", source[position:end] if raw != "textarea" else unescaped(source[position:end]), {})
            position, raw = end, ""
            continue
        opening = source.find("<", position)
        if opening < 0:
            opening = len(source)
        if opening > position:
            yield Token("text", unescaped(source[position:opening]), {})
        token, position = _markup(source, opening)
        if token is not None:
            yield token
            raw = token.value if token.kind == "start" and token.value in RAW else ""


def _end_of_raw(source: str, position: int, name: str) -> int:
    match = re.compile(f"(?i)</{name}").search(source, position)
    return len(source) if match is None else match.start()


def _markup(source: str, opening: int) -> tuple[Token | None, int]:
    """Return the token that starts with a "<", and where what follows it starts."""
    after = source[opening + 1 : opening + 2]
    if after in ("!", "?"):
        comment = source.startswith("<!--", opening)
        end = source.find("-->" if comment else ">", opening + (4 if comment else 1))
        return None, len(source) if end < 0 else end + (3 if comment else 1)
    closing = after == "/"
    name = _NAME.match(source, opening + 1 + closing)
    if name is None:
        if closing:
            end = source.find(">", opening)
            return None, len(source) if end < 0 else end + 1
        return (Token("text", "<", {}) if after or opening < len(source) else None), opening + 1
    attributes, end = _attributes(source, name.end())
    if end < 0:
        return Token("text", unescaped(source[opening:]), {}), len(source)
    kind = "end" if closing else "void" if source[end - 2] == "/" else "start"
    return Token(kind, name[0].lower()[:_MAX_NAME], attributes), end


def _attributes(source: str, position: int) -> tuple[dict[str, str], int]:
    """Return the attributes of a tag, and where it ends; -1 when it does not."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(source, position):
        position = match.end()
        value = ""
        if match[0].rstrip().endswith("="):
            quote = source[position : position + 1]
            if quote in ('"', "'") and quote:
                end = source.find(quote, position + 1)
                if end < 0:
                    return {}, -1
                value, position = source[position + 1 : end], end + 1
            else:
                bare = _BARE_VALUE.match(source, position)
                value = bare[0] if bare else ""
                position += len(value)
        if len(found) < _MAX_ATTRIBUTES:
            found.setdefault(match[1].lower()[:_MAX_NAME], unescaped(value))
    end = source.find(">", position)
    return found, end + 1 if end >= 0 else -1
