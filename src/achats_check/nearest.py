"""The facts someone may have meant by a name that is none of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from achats_check.vocabulary import FactSpec

_SHOWN = 3
_CONFRONTED = "pieces."
"""What the pieces say together: few people would state it."""
_SPELLING = 0.8
"""Under this likeness, another word is another word: « montant » is no misspelling of « contrat »."""


def nearest_facts(name: str, specs: Mapping[str, FactSpec]) -> list[str]:
    """Return at most three names of facts, the most likely first.

    A usual word for the fact, a value it may take or a part of its name come first, then a misspelling; only when
    there is none, the facts whose name or label share the most words with what was typed.
    """
    given = {known: spec for known, spec in specs.items() if not spec.derived and not known.startswith(_CONFRONTED)}
    asked = _phrase(name)
    found = [known for known, spec in given.items() if asked in map(_phrase, spec.words) or name in spec.values]
    found += [known for known in given if known.startswith((f"{name}_", f"{name}.")) or known.endswith(f".{name}")]
    found += get_close_matches(name, given, n=1, cutoff=_SPELLING)
    return list(dict.fromkeys(found or _sharing_words(name, given)))[:_SHOWN]


def _sharing_words(name: str, specs: Mapping[str, FactSpec]) -> list[str]:
    asked = _stems(name)
    scores = {known: _score(asked, known, spec) for known, spec in specs.items()}
    best = max(scores.values(), default=0)
    return [known for known, score in scores.items() if score == best > 0]


def _score(asked: set[str], name: str, spec: FactSpec) -> int:
    """Count the words in common; those of the name or usual for the fact say more than those of its label."""
    said = _stems(" ".join((name, *spec.words)))
    return 2 * len(asked & said) + len(asked & (_stems(spec.label) - said))


def _phrase(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", _folded(text)))


def _stems(text: str) -> set[str]:
    """Return the words of a text of four letters or more, without the marks of feminine and plural."""
    return {re.sub(r"e?s?$", "", word) for word in re.findall(r"[a-z0-9]{4,}", _folded(text))}


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
