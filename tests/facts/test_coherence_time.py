"""No text makes a comparison slow: each pattern takes a time that grows with the text and no faster."""

from __future__ import annotations

import re
import time

import pytest
from coherence_builders import dossier
from facts_builders import terms

from achats_check.facts.clauses import ratio
from achats_check.facts.coherence import annexes, chains, leftovers, lengths, points, referrals
from achats_check.patterns import compiled

PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in (annexes, chains, leftovers, lengths, points, ratio, referrals)
    for name, value in vars(module).items()
    if isinstance(value, str) and re.fullmatch(r"_[A-Z_]+", name)
} | {
    f"{rubric}.{rank}": term.pattern for rubric, kept in terms()["coherence"].items() for rank, term in enumerate(kept)
}
SEEDS = (
    *("article 1.1.1", "articles 1, 1, 1 et 1", "art. 3 du ", "annexe 1 ", "annexe annexe i", "[ nom x", "< date x"),
    *("xx", "XXX €", "penalite insertion ", "voir le cahier x", "12 heures par tranche ", "1 h 1 h ", "erreur ! x"),
    *("duree periode ", "une heure pour chaque ", "1 000 000 ", "... ", "a completer "),
)


def test_the_patterns_were_found() -> None:
    """An empty list would make the next test pass."""
    assert len(PATTERNS) > 25


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_on_its_own_beginnings(name: str) -> None:
    """Forty thousand letters of each beginning are searched in a moment."""
    for seed in SEEDS:
        text = seed * (40_000 // len(seed))
        start = time.thread_time()
        for _ in compiled(PATTERNS[name]).finditer(text):
            pass
        assert time.thread_time() - start < 0.5, seed


def test_hostile_pieces_are_compared_in_a_moment() -> None:
    """A rules document and a CCAP that repeat the words of every comparison."""
    words = "Voir l'article 99 du CCAP, annexe 7, délai XX mois, 6 heures d'insertion par tranche de 1 000 € HT. "
    dossier(RC="Objet")  # loads the lexicon, which is no comparison
    start = time.thread_time()
    dossier(RC=words * 300, CCAP="\n".join(f"# {n} Durée\n{words * 20}" for n in range(1, 30)))
    assert time.thread_time() - start < 5
