"""The literal prefilter loses nothing, and no pattern or text can make it slow."""

from __future__ import annotations

import time

import pytest
from clauses_builders import Result, document
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses import find_clauses
from achats_check.facts.clauses.matching import Match, Search, in_reading_order, searchable
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.patterns import compiled

_SOUP = (
    "le titulaire devra réaliser une action d'insertion clause sociale marché réservé aux entreprises adaptées lot 2 "
    "aucune ne comporte pas environnement déchets label écolabel ou équivalent groupement solidaire avance 5 % retenue "
    "de garantie délai global paiement 30 jours prix révisables ☐ ☒ Sans Avec : . , \t L. 2113-12 heures 350 œuvre"
)
WORDS = _SOUP.split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
HOSTILE = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
SAMPLE = (
    "# Clause sociale\nLe titulaire réalise une action d'insertion de 350 heures. Les déchets sont triés.\n"
    "Le marché est réservé aux ESAT (L. 2113-12).\nClauses environnementales : Avec\nUne avance de 5 % est accordée."
)


def matches(reading: Reading, lexicon: Lexicon) -> list[Match]:
    """Return what is found in a piece by looking for words first."""
    search = Search(reading, searchable(reading), lexicon.possible(reading.words, reading.roles))
    return in_reading_order(match for fact in lexicon.entries for match in search.of(fact))


def naive(reading: Reading, lexicon: Lexicon) -> list[Match]:
    """Try every pattern on every block; one that needs company, where the block holds it."""
    found = []
    for block, text in enumerate(searchable(reading)):
        for form in lexicon.forms:
            pieces = form.pieces or lexicon.entries[form.fact].pieces
            if not form.pattern or (pieces and reading.role not in pieces):
                continue
            if form.beside and not compiled(form.beside).search(text):
                continue
            found += [
                Match(form, block, m.start(), m.end(), m.groupdict()) for m in compiled(form.pattern).finditer(text)
            ]
    return found


@settings(max_examples=60)
@given(TEXTS)
def test_the_prefilter_finds_what_the_patterns_find(lexicon: Lexicon, text: str) -> None:
    """Same forms, same spans, as pattern by pattern."""
    reading = Reading(document(text))
    spans = [(m.form.pattern, m.block, m.start, m.end) for m in matches(reading, lexicon)]
    assert sorted(spans) == sorted((m.form.pattern, m.block, m.start, m.end) for m in naive(reading, lexicon))


def test_the_prefilter_finds_what_the_patterns_find_in_every_role(lexicon: Lexicon) -> None:
    """The roles set the same forms aside."""
    for role in ("AAPC", "RC", "CCAP", "CCTP", "AE", "RAPPORT", "AUTRE"):
        reading = Reading(document(SAMPLE, role))
        assert len(matches(reading, lexicon)) == len(naive(reading, lexicon))


@settings(max_examples=100)
@given(st.one_of(TEXTS, HOSTILE))
def test_quotes_are_the_text_at_their_span(lexicon: Lexicon, text: str) -> None:
    """Whatever the text, nothing is raised and a quote is exactly what the block holds there."""
    reading = Reading(document(text))
    for result in find_clauses(reading, lexicon):
        if not isinstance(result, Sought):
            place = result.evidence.location
            assert reading.document.blocks[place.block or 0].text[place.start : place.end] == result.evidence.quote


@pytest.mark.parametrize("letter", ["a", "1", " ", "é", "☐", "l", "\t"])
def test_a_long_run_of_one_letter_is_not_slow(lexicon: Lexicon, letter: str) -> None:
    """100 kB of one letter are read in a moment, whatever the patterns."""
    reading = Reading(document(letter * 100_000))
    start = time.thread_time()
    list(find_clauses(reading, lexicon))
    assert time.thread_time() - start < 1.5


def test_headers_footers_and_tables_of_contents_prove_nothing(lexicon: Lexicon) -> None:
    """Words of a table of contents or of a running head are not a clause."""
    piece = document("Clause sociale d'insertion\nClause sociale d'insertion\nClause sociale d'insertion")
    kinds = ("toc", "header", "footer")
    blocks = tuple(b._replace(kind=k) for b, k in zip(piece.blocks, kinds, strict=True))
    results = list(find_clauses(Reading(piece._replace(blocks=blocks)), lexicon))
    assert all(isinstance(r, Sought) for r in results)


def test_what_is_not_found_is_told_with_its_words(lexicon: Lexicon) -> None:
    """An absence can be proven with the words that were tried."""
    results = list(find_clauses(Reading(document("Le marché dure un an.")), lexicon))
    sought = {r.name: r.vocabulary for r in results if isinstance(r, Sought)}
    assert "clause d'insertion" in sought["social.insertion"]
    assert "groupement.admis" not in sought, "un CCAP n'est pas lu pour les groupements"


def test_near_misses_keep_their_reason(lexicon: Lexicon) -> None:
    """A decoy is told with the French reason of the lexicon."""
    results: list[Result] = list(find_clauses(Reading(document("Une insertion paysagère soignée.")), lexicon))
    reasons = [r.reason for r in results if isinstance(r, NearMiss) and r.name == "social.insertion"]
    assert reasons == ["insertion au sens urbain, architectural ou paysager"]


def test_what_needs_a_title_is_no_nearest_passage_without_it(lexicon: Lexicon) -> None:
    """The rate of an advance is not what comes nearest to hours of insertion; under their title, a rate is told."""
    advance = "# Avance\nLe taux de l'avance est de 10 % du montant du lot."
    hours = "# Clause sociale d'insertion\nLe titulaire réserve 10 % des heures de main-d'oeuvre à des demandeurs."
    for text, told in ((advance, []), (hours, [True])):
        results: list[Result] = list(find_clauses(Reading(document(text)), lexicon))
        volumes = [r for r in results if not isinstance(r, Sought) and r.name == "social.volume"]
        assert [isinstance(volume, Candidate) for volume in volumes] == told


def test_a_value_is_told_a_few_times_at_most(lexicon: Lexicon) -> None:
    """Fifty mentions of the same CCAG are not fifty evidences."""
    results = list(find_clauses(Reading(document("Le CCAG-FCS s'applique.\n" * 50)), lexicon))
    assert len([r for r in results if isinstance(r, Candidate) and r.name == "ccag"]) == 5


def test_an_article_reads_its_sub_articles(lexicon: Lexicon) -> None:
    """A title without text of its own is judged on the articles below it."""
    piece = document("# Clause sociale d'insertion\n# Objet\nL'entreprise retenue emploie des personnes sans emploi.")
    blocks = tuple(b._replace(level=2) if b.text == "Objet" else b for b in piece.blocks)
    results = list(find_clauses(Reading(piece._replace(blocks=blocks)), lexicon))
    assert [r.value for r in results if isinstance(r, Candidate) and r.name == "social.insertion"] == [True]


def test_a_row_without_text_breaks_nothing(lexicon: Lexicon) -> None:
    """Empty blocks of every kind are read."""
    empty = tuple(Block(i, kind, "") for i, kind in enumerate(("title", "row", "paragraph", "toc", "note")))
    assert list(find_clauses(Reading(document("x")._replace(blocks=empty)), lexicon))


@pytest.mark.parametrize(
    "words", ["ne comporte pas de clause d'insertion, ", "avance 5 % ", "☐ marché réservé aux ESAT "]
)
def test_a_text_that_repeats_itself_is_not_slow(lexicon: Lexicon, words: str) -> None:
    """100 kB of the same words in one block are read in a moment."""
    reading = Reading(document(words * (100_000 // len(words))))
    start = time.thread_time()
    list(find_clauses(reading, lexicon))
    assert time.thread_time() - start < 3
