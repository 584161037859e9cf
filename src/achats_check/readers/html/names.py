"""Elements of web pages, by what they do to the text around them."""

from __future__ import annotations

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""Elements that have no end tag."""
_FORMS = {"button", "input", "label", "meter", "optgroup", "option", "output", "progress", "select", "textarea"}
_LOOKS = {"b", "big", "em", "font", "i", "mark", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u"}
_WORDS = {"a", "abbr", "acronym", "cite", "code", "data", "dfn", "ins", "kbd", "q", "samp", "time", "var"}
INLINE = frozenset({*_FORMS, *_LOOKS, *_WORDS, "bdi", "bdo", "img", "o:p", "rp", "rt", "ruby", "wbr"})
"""Elements that do not end a line; all others do."""
UNSEEN = frozenset(
    {"datalist", "del", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg"}
) | {"template", "title"}
"""Elements of which nothing is read."""
CLOSED_BY_NEXT = frozenset({"dd", "dt", "li", "p"})
"""Elements that the next block closes when nothing else does."""
