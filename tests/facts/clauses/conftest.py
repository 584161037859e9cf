"""One reading of the lexicon for all the tests of clauses."""

from __future__ import annotations

import pytest
from clauses_builders import Finder, Result, document

from achats_check.facts.clauses import find_clauses
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.text import Reading
from achats_check.law.rulebook import Rulebook


@pytest.fixture(scope="session")
def lexicon(book: Rulebook) -> Lexicon:
    """The lexicon as shipped."""
    return Lexicon.from_plain(book.lexicon)


@pytest.fixture
def clauses(lexicon: Lexicon) -> Finder:
    """Return a function from a text and a role to the results."""

    def find(text: str, role: str = "CCAP", heading: str = "") -> list[Result]:
        return list(find_clauses(Reading(document(text, role, heading)), lexicon))

    return find
