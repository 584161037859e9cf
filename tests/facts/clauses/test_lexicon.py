"""The lexicon as data: what a jurist may write, what is refused, and what a cache keeps."""

from __future__ import annotations

import copy
import json
import marshal
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from clauses_builders import RULES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.errors import RuleFileError
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.lexicon_loading import load_files
from achats_check.facts.lexicon_patterns import PatternFault, translate, words_of
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


@pytest.mark.parametrize("path", sorted((RULES / "lexique").rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_reader_written_in_python_reads_it_too(path: Path) -> None:
    """Where PyYAML has no libyaml, a bare "?" in a list ends it: such motifs stand between quotes."""
    events = list(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))
    assert events


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
        "etendue « page »",
    ),
    ("social.insertion:\n  mots: [x]\n  pieces: [CCTP, CCAPP]\n", "pièce « CCAPP » inconnue"),
    ("avance_taux:\n  mots: [x]\n  formes:\n    - {motifs: [avance], lecture: taux}\n", "lecture « taux » inconnue"),
    ("- x\n", "un fichier du lexique associe"),
    ("groupes: [x]\n", "1:1: « groupes » associe des noms à des listes de motifs"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['clause {gens}']\n", "groupe « gens » inconnu"),
    ("groupes:\n  gens: [Jean]\nsocial.insertion:\n  mots: [x]\n  titres: ['clause {gens}']\n", "minuscules sans"),
    ("social.insertion:\n  mots: [x]\n  champ: [chomeur]\n", "3:3: « champ » a des listes de mots"),
    ("social.insertion:\n  mots: [x]\n  champ: {fort: [chomeur]}\n", "clé inconnue « fort »"),
    (
        "social.insertion:\n  mots: [x]\n  champ: {forts: [Chômeur]}\n",
        "3:19: « Chômeur » : un mot s'écrit en minuscules",
    ),
    ("social.insertion:\n  mots: [x]\n  champ: {forts: [ab]}\n", "trois lettres au moins"),
    ("social.insertion:\n  mots: [x]\n  champ: {forts: [rsa], choses: [rsa]}\n", "« rsa » est deux fois dans le champ"),
    ("social.insertion:\n  mots: [x]\n  champ: {forts: [3]}\n", "« 3 » : un texte est attendu"),
    ("social.insertion:\n  mots: [x]\n  signes:\n    - {motifs: [rsa], avec: ['a?']}\n", "avec : aucun mot fixe"),
    (
        "social.insertion:\n  mots: [x]\n  signes:\n    - {motifs: [rsa], avec_champ: 1}\n",
        "4:23: « avec_champ » est le poids",
    ),
    (
        "social.insertion:\n  mots: [x]\n  champ: {forts: [rsa]}\n  signes:\n    - {motifs: [rsa], avec_champ: true}\n",
        "5:23: « avec_champ » est le poids",
    ),
    ("suites: [x]\n", "1:1: « suites » associe des noms de faits"),
    ("suites:\n  social.insertion: {champ: {forts: [rsa]}}\n", "2:3: fait « social.insertion » : aucun fichier"),
    ("social.insertion:\n  mots: [x]\nsuites:\n  social.insertion: [x]\n", "4:3: fait « social.insertion » : des clés"),
    ("social.insertion:\n  mots: [x]\nsuites:\n  social.insertion: {mots: [x]}\n", "clé inconnue « mots »"),
    ("social.insertion:\n  mots: [x]\n  formes:\n    - motifs: [{a: b}]\n", "un motif est un texte"),
    (
        "social.insertion:\n  mots: [x]\n  cadres: ['\\d{2}']\n",
        "essai.yaml:3:3: cadres : aucun mot fixe d'au moins 3 lettres",
    ),
    (
        "social.insertion:\n  mots: [x]\n  formes:\n    - {motifs: [clause], aussi: social.insertions}\n",
        "essai.yaml:4:26: fait « social.insertions » inconnu. Vouliez-vous dire",
    ),
    (
        "social.insertion:\n  mots: [x]\n  formes:\n    - {motifs: [clause], aussi: [[x]]}\n",
        "4:34: « ['x'] » : un texte est attendu",
    ),
    ("social.insertion:\n  mots: [x, 3]\n", "2:13: « 3 » : un texte est attendu"),
    ("social.insertion:\n  mots: [x]\n  pieces: [[CCTP]]\n", "3:12: « ['CCTP'] » : un texte est attendu"),
    ("social.insertion:\n  mots: [x]\n  contraire: non\n", "3:3: « contraire » est true ou false"),
    ("social.insertion:\n  mots: [x]\n  leurres:\n    - {motifs: [clause], raison: [a]}\n", "4:26: « raison » est un"),
    ("ccag:\n  mots: [x]\n  formes:\n    - {motifs: [clause], valeur: [pi]}\n", "hors de la liste"),
    ("objet:\n  mots: [x]\n  formes:\n    - {motifs: [clause], valeur: [pi]}\n", "hors de la liste (un texte)"),
    (
        "ccag:\n  mots: [x]\n  formes:\n    - {motifs: [clause], valeur: pi, citation: tout}\n",
        "citation « tout » inconnue (admises : passage, phrase)",
    ),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_file_is_refused_in_french(tmp_path: Path, vocabulary: Vocabulary, text: str, message: str) -> None:
    """Each mistake has its line, its column and its sentence."""
    assert message in faults(tmp_path, vocabulary, text)


_WHOLE: dict[str, Any] = {
    "mots": ["clause"],
    "pieces": ["CCAP"],
    "contraire": True,
    "cadres": ["clauses? sociales?"],
    "titres": ["clauses? sociales?"],
    "confiance_cadre": 0.9,
    "formes": [
        {"motifs": ["clause sociale"], "valeur": True, "aussi": ["social.condition_execution"], "sections": ["clause"],
         "sections_requises": True, "pieces": ["CCAP"], "citation": "phrase", "confiance": 0.8}
    ],
    "leurres": [{"motifs": ["clause penale"], "raison": "autre clause", "muet": True, "etendue": "bloc"}],
    "signes": [{"motifs": ["chomeurs?"], "avec": ["embauch"], "avec_champ": 1,
                "aussi": ["social.condition_execution"]}],
    "champ": {"forts": ["rsa"], "moyens": ["prison*"], "gestes": ["former"], "choses": ["emploi"], "pieces": ["CCAP"],
              "aussi": ["social.condition_execution"]},
}  # fmt: skip
_ODD = st.sampled_from([[], {}, None, 3, -1.5, True, "", "zut", "\\d", [[]], [{}], [None], {"a": 1}, ["x", 4], "("])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_odd_value_is_refused_where_it_stands_or_read(
    tmp_path: Path, vocabulary: Vocabulary, data: st.DataObject
) -> None:
    """Whatever a key holds, what comes out is a lexicon, or faults with their file, line and column."""
    whole = copy.deepcopy(_WHOLE)
    place: Any = data.draw(
        st.sampled_from([whole, whole["formes"][0], whole["leurres"][0], whole["signes"][0], whole["champ"]])
    )
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(_ODD)
    path = tmp_path / "essai.yaml"
    path.write_text(json.dumps({"social.insertion": whole}), encoding="utf-8")
    told: list[str] = []
    try:
        marshal.dumps(Lexicon(*load_files([path], vocabulary)).to_plain())
    except RuleFileError as error:
        told = error.faults
    assert all(re.match(rf"{re.escape(str(path))}:\d+:\d+: \S", fault) for fault in told)


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
        ("clause d'insertion", (("insertion",), ("clause",))),
        ("(?:loup|ours)s? noir", (("loup", "ours"), ("noir",))),
        ("(?:chat)? gris", (("gris",),)),
        ("(?:chat|.{2}) gris", (("gris",),)),
        (r"\besat\b", (("=esat",),)),
        (r"\bea\b", (("=ea",),)),
        (r"\bentreprises?\b", (("entreprise",),)),
        ("travail du soir", (("travail",), ("soir",))),
        ("le travail de nuit", (("=travail",), ("nuit",))),
        ("(?:ateliers? proteges?|esat)", (((("atelier",), ("protege",)), "esat"),)),
        (r"(?:part|parts)\b", (("part",),)),
    ],
)
def test_words(pattern: str, words: tuple[tuple[str, ...], ...]) -> None:
    """The words every match contains, the most telling first."""
    assert set(words_of(translate(pattern))) == set(words)


def test_an_apostrophe_may_be_followed_by_a_blank() -> None:
    """Recognised pages spread their letters; what looks behind keeps one width."""
    pattern = re.compile(translate(r"(?<!qu')\bclause d'insertion"))
    assert pattern.search("une clause d' insertion")
    assert not pattern.search("quelqu'clause d'insertion")
    assert not pattern.search("une clause d insertion")


def test_a_gap_stays_inside_its_sentence() -> None:
    """The ellipsis crosses a citation of an article, not the end of a sentence."""
    pattern = re.compile(translate("titulaire…insertion"))
    assert pattern.search("titulaire, au titre de l'article l. 2112-2, une insertion")
    assert not pattern.search("titulaire est informe. une insertion")


def test_a_pattern_without_fixed_word_is_refused() -> None:
    """Nothing would announce it."""
    with pytest.raises(PatternFault):
        words_of(translate(r"\d{2}"))


def test_a_group_is_written_in_full_in_the_motifs_of_every_file(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """It is read before the motifs that name it, whatever the order of the files, and counts among their words."""
    (tmp_path / "a.yaml").write_text(
        "social.insertion:\n  mots: [x]\n  formes:\n    - motifs: ['pour les {gens}']\n", encoding="utf-8"
    )
    (tmp_path / "z.yaml").write_text("groupes:\n  gens: [chomeurs?, jeunes]\n", encoding="utf-8")
    (form,) = load_files(sorted(tmp_path.glob("*.yaml")), vocabulary)[1]
    assert form.pattern == translate("pour les (?:chomeurs?|jeunes)")
    assert form.words == words_of(form.pattern)


def test_a_group_is_written_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two groups of one name would make a motif say what its author did not read."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("groupes:\n  gens: [jeunes]\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="le groupe « gens » est déjà écrit"):
        load_files(sorted(tmp_path.glob("*.yaml")), vocabulary)
