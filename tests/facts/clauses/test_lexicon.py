"""The lexicon as data: what a jurist may write, what is refused, and what a cache keeps."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest
from clauses_builders import RULES

from achats_check.errors import RuleFileError
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.lexicon_loading import load_files
from achats_check.facts.lexicon_patterns import PatternFault, literals, translate
from achats_check.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    return load_vocabulary(RULES)


def faults(tmp_path: Path, vocabulary: Vocabulary, text: str) -> str:
    """Load one file of the lexicon and return its faults."""
    path = tmp_path / "essai.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_files([path], vocabulary)
    return str(caught.value)


BAD = [
    ("social.insertions:\n  mots: [x]\n", "essai.yaml:1:1: fait « social.insertions » inconnu. Vouliez-vous dire"),
    ("social.insertion:\n  mot: [x]\n", "2:3: clé inconnue « mot »"),
    ("social.insertion: {}\n", "la clé « mots » manque"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - valeur: true\n", "une forme a au moins la clé « motifs »"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: [Clause]\n", "minuscules sans accent"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['clause (']\n", "motif illisible"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['(?:ab+)+ clause']\n", "répétition sans borne"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['.* clause']\n", "répétition sans borne"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['a|clause']\n", "aucun mot fixe"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['(?<=un )clause ?x']\n", "motif illisible"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - {motifs: [clause], valeur: peut-etre}\n", "hors de la liste"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - {motifs: [clause], confiance: 3}\n", "part entre 0 et 1"),
    ("social.insertion:\n  mots: [x]\n  leurres:\n    - motifs: [clause]\n", "un leurre dit sa raison"),
    (
        "social.insertion:\n  mots: [x]\n  leurres:\n    - {motifs: [clause], raison: r, etendue: page}\n",
        "étendue « page »",
    ),
    ("social.insertion:\n  mots: [x]\n  pieces: [CCTP, CCAPP]\n", "pièce « CCAPP » inconnue"),
    ("avance_taux:\n  mots: [x]\n  formes:\n    - {motifs: [avance], lecture: taux}\n", "lecture « taux » inconnue"),
    ("- x\n", "un fichier du lexique associe"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: [{a: b}]\n", "un motif est un texte"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_file_is_refused_in_french(tmp_path: Path, vocabulary: Vocabulary, text: str, message: str) -> None:
    """Each mistake has its line, its column and its sentence."""
    assert message in faults(tmp_path, vocabulary, text)


def test_every_fault_is_told_at_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Three mistakes, three sentences."""
    text = "x:\n  mots: [x]\nsocial.insertion:\n  mot: [x]\nccag:\n  mots: [x]\n  pieces: [RCC]\n"
    assert len(faults(tmp_path, vocabulary, text).splitlines()) == 4


def test_a_fact_is_described_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two files may not describe the same fact."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("ccag:\n  mots: [ccag]\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="déjà décrit"):
        load_files(sorted(tmp_path.glob("*.yaml")), vocabulary)


def test_the_plain_form_goes_through_marshal(lexicon: Lexicon) -> None:
    """What the cache keeps rebuilds the same lexicon."""
    rebuilt = Lexicon.from_plain(marshal.loads(marshal.dumps(lexicon.to_plain())))
    assert rebuilt.forms == lexicon.forms
    assert rebuilt.entries == lexicon.entries


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("clause d'insertion", (("d'insertion",), ("clause",))),
        ("(?:loup|ours)s? noir", (("loup", "ours"), ("noir",))),
        ("(?:chat)? gris", (("gris",),)),
        ("(?:chat|.{2}) gris", (("gris",),)),
    ],
)
def test_literals(pattern: str, words: tuple[tuple[str, ...], ...]) -> None:
    """The words every match contains, the most telling first."""
    assert set(literals(translate(pattern))) == set(words)


def test_a_gap_stays_inside_its_sentence() -> None:
    """The ellipsis crosses a citation of an article, not the end of a sentence."""
    import re

    pattern = re.compile(translate("titulaire…insertion"))
    assert pattern.search("titulaire, au titre de l'article l. 2112-2, une insertion")
    assert not pattern.search("titulaire est informe. une insertion")


def test_a_pattern_without_fixed_word_is_refused() -> None:
    """Nothing would announce it."""
    with pytest.raises(PatternFault):
        literals(translate(r"\d{2}"))
