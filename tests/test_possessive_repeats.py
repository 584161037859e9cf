"""Patterns that Python 3.11.0 to 3.11.4 would read otherwise than later ones.

There, a possessive repeat of a group, or an atomic group, whose last trial fails half-way does not go back to where
that trial began. Repeats of one character or class are not concerned.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_OF_A_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
_PROVEN = {
    "xml_starts.py": "its last alternative goes back",
    "json_records.py": "a trial only fails where the text ends, or on a brace that opens",
}
"""Files whose groups were looked at, and why they are right in every version; their tests cut files everywhere."""


@pytest.mark.parametrize(
    ("pattern", "found"), [(r"(?:ab?c)*+", True), (r"(?>ab)", True), (r"(a){1,3}+", True), (r"[ab]*+\)+c++", False)]
)
def test_what_is_looked_for(pattern: str, found: bool) -> None:
    """Repeats of groups, not of classes."""
    assert (_OF_A_GROUP.search(pattern) is not None) is found


def test_no_possessive_repeat_of_a_group_in_the_code() -> None:
    """Another way of writing it reads the same everywhere."""
    found = {
        path.name
        for path in (_ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)) and _in(node.value)
    }
    assert found == set(_PROVEN)


def test_no_possessive_repeat_of_a_group_in_the_lexicon() -> None:
    """Nor where a jurist writes."""
    assert not [path.name for path in (_ROOT / "rules").rglob("*.yaml") if _in(path.read_text(encoding="utf-8"))]


def _in(text: str | bytes) -> bool:
    return _OF_A_GROUP.search(text if isinstance(text, str) else text.decode("latin-1")) is not None
