"""Telling the engine where a pattern may start changes what it costs, never what it finds."""

import re
from re import _compiler, _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.facts.lexicon import Lexicon
from achats_check.law.rulebook import Rulebook
from achats_check.pattern_starts import with_starts
from achats_check.patterns import compiled

LETTERS = st.sampled_from("abc ")
ATOMS = st.one_of(
    LETTERS,
    st.sampled_from([r"\b", r"\B", "^", "$", r"\w", r"\d", r"\s", ".", "[ab]", "[^a]", "[a-c]", "(?=a)", "(?!b)"]),
    st.sampled_from([r"(?<=a)", r"(?<!\w)", r"[^\s]", r"\W", "é", "[é-ï]"]),
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"({part})"),
        st.tuples(inner, st.sampled_from(["?", "{0,2}", "{1,3}", "{0,2}?", "{1,2}+"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    )


PATTERNS = st.recursive(ATOMS, _grown, max_leaves=8)
TEXTS = st.text(alphabet="abcdé1 .\n", max_size=30)


@settings(max_examples=600)
@given(PATTERNS, TEXTS)
def test_any_pattern_finds_what_re_finds(pattern: str, text: str) -> None:
    """Same spans and same groups, whatever the pattern and the text."""
    ours, plain = compiled(pattern), re.compile(pattern)
    assert [(m.span(), m.groups()) for m in ours.finditer(text)] == [
        (m.span(), m.groups()) for m in plain.finditer(text)
    ]
    found, expected = ours.search(text), plain.search(text)
    assert (found and found.span()) == (expected and expected.span())


def test_every_pattern_of_the_lexicon_finds_what_re_finds(book: Rulebook) -> None:
    """On a text that holds the announcing words of the shipped patterns."""
    text = (
        "le titulaire reserve 5 % des heures a l'insertion ; ea, esat, siae. critere environnement : 10 %\t dechets"
        "\n\n* entreprise adaptee (art. l. 2113-12) - dechets verts broyes, barges ou peniches : penalite de 50 €."
    )
    for form in Lexicon.from_plain(book.lexicon).forms:
        spans = [m.span() for m in compiled(form.pattern).finditer(text)]
        assert spans == [m.span() for m in re.finditer(form.pattern, text)], form.pattern


def _kind_of_start(pattern: str) -> int:
    tree = _parser.parse(pattern)
    return int(with_starts(_compiler._code(tree, 0), tree)[2])


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bea\b",
        r"(?:\bea\b|entreprise adaptee)",
        r"(?:(?:travail|milieu) protege|\besat\b)",
        r"(?:sous-)?critere",
        r"(?<!\w)sourcing",
        r"(?:^|[.;])les dechets",
    ],
)
def test_a_pattern_leaps_to_its_first_letters(pattern: str) -> None:
    """``re`` alone would try each of these at every character."""
    assert _kind_of_start(pattern) == 4


@pytest.mark.parametrize("pattern", [r"\b.a", r"[^;]a", r"(?i)\bea", r"(?:a|\b)?", r"(a)?(?(1)b|c)"])
def test_a_pattern_that_may_start_anywhere_is_left_as_it_is(pattern: str) -> None:
    """What may open it cannot be told, or it may match nothing at all."""
    tree = _parser.parse(pattern)
    code = _compiler._code(tree, 0)
    assert with_starts(list(code), tree) == code
