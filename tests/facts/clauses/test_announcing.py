"""What announces a pattern is in every text that the pattern matches, however it is written."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.facts.announcing import announcing
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.lexicon_patterns import translate, words_of
from achats_check.facts.text import fold
from achats_check.facts.word_index import WordIndex, blocks_of

TRICKY = [
    r"\bea\b",
    r"\b(?:ea|esat)\b",
    r"(?:\bea|ea\b)x?...entreprise",
    r"l'esat\b",
    r"\besat(?:s|-pro)?\b",
    r"esat\s{0,2}\bpro",
    r"^esat\s{0,3}$",
    r"part(?:ie|s)? (?:du |de la )?lot",
    r"(?:travail|travaux|travailleurs?) (?:prote\w+|adapte?s?)",
    r"(?:un|deux|trois) (?:ans|mois)…(?:reconduction|renouvel\w+)",
    r"(?:atelier|chantier)s? d'insertion(?! paysagere)",
    r"(?<!non)reserve[e-s]?\b…\d{1,2} ?%",
    r"(?:(?:entreprise|atelier) ){1,2}adapte",
    r"main-d'oeuvre|[a-z]{3}eco",
    r"(?:|tres )faible emission",
]
PIECES = st.sampled_from(["travail", "esat", "ea", "lot", "de", "l'", r"\b", " ", r"\w*", r"\d", "s?", "(?:a|bc)", "-"])
RANDOM = st.lists(
    st.one_of(PIECES, st.lists(PIECES, min_size=1, max_size=3).map("".join).map(lambda text: f"(?:{text}|mois)")),
    min_size=1,
    max_size=6,
).map("".join)


def announced(source: str, text: str) -> bool:
    """Tell whether what announces a pattern is in a text."""
    from re import _parser  # type: ignore[attr-defined]

    words = announcing(_parser.parse(source))
    return not words or WordIndex([text]).holding(words) == 1


@pytest.mark.parametrize("pattern", TRICKY)
@settings(max_examples=25)
@given(data=st.data())
def test_what_matches_is_announced(pattern: str, data: st.DataObject) -> None:
    """Boundaries, optional parts, common beginnings, branches of one letter."""
    source = translate(pattern)
    text = fold(data.draw(st.from_regex(source)))
    assert re.search(source, text) is None or announced(source, text)


@settings(max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
@given(RANDOM, st.data())
def test_what_a_random_pattern_matches_is_announced(pattern: str, data: st.DataObject) -> None:
    """Whatever a jurist may write."""
    source = translate(pattern)
    text = fold(data.draw(st.from_regex(source)))
    assert re.search(source, text) is None or announced(source, text)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_the_lexicon_matches_is_announced(lexicon: Lexicon, data: st.DataObject) -> None:
    """Its own patterns, on texts drawn from them."""
    alone = [form for form in lexicon.forms if form.pattern and not form.beside]  # no other word is needed beside it
    form = data.draw(st.sampled_from(alone))
    text = fold(data.draw(st.from_regex(form.pattern)))
    assert re.search(form.pattern, text) is None or WordIndex([text]).holding(form.words) == 1


def test_a_word_of_every_sentence_announces_nothing() -> None:
    """ "de la" stands in every paragraph: only the rest is looked for."""
    assert words_of(translate("part de la sous-traitance de")) == (("sous-traitance",), ("part",))


def test_a_block_without_a_branch_in_full_is_not_searched() -> None:
    """A branch is announced by all its words, and not by one of them."""
    words = words_of(translate("(?:secteur protege|entreprise adaptee)"))
    index = WordIndex(["une entreprise du secteur", "le secteur protege", "une entreprise adaptee", "adaptee, protege"])
    assert list(blocks_of(index.holding(words))) == [1, 2]


@given(st.lists(st.text(alphabet="ab -'.é_1\t", max_size=12), max_size=5), st.sampled_from(["ab", "a", "aba", "b1"]))
def test_a_whole_word_has_no_letter_beside_it(texts: list[str], word: str) -> None:
    """The same blocks as a regular expression with both boundaries."""
    told = [index for index, text in enumerate(texts) if re.search(rf"\b{word}\b", text)]
    assert list(blocks_of(WordIndex(texts).with_item(f"={word}"))) == told
