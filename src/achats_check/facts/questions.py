"""Questions of candidates, which state nothing: only the buyer's answers do."""

from __future__ import annotations

from achats_check.patterns import compiled

_END = r"([.;!?\t\n])"
_LABEL = r"(?i)\s*(?:q\s?\d{0,3}|questions?(?: ?n ?°)? ?\d{0,3})\s*[:.)/–-]"


def without_questions(text: str) -> str:
    """Return a passage with blanks in the place of what candidates ask, so that its spans stay valid.

    Args:
        text: Text of a block of a piece of questions and answers. A sentence that ends with a question mark asks,
            and so does the whole of a line that opens with "Q1 :" or "Question n° 1 :".
    """
    asked = compiled(_LABEL).match(text) is not None
    kept = []
    parts = compiled(_END).split(text)
    for sentence, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        asked = asked and end not in "\t\n"
        kept.append(" " * len(sentence + end) if asked or end == "?" else sentence + end)
    return "".join(kept)
