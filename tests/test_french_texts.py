"""The French that rules and vocabulary show: whole sentences, clean typography, nothing that cannot be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.rule import Rule
from achats_check.resources import rules_root

MAX_TITLE = 80
BAD = {
    "deux blancs": re.compile(r"\S  +\S"),
    "blanc avant une virgule ou un point": re.compile(r" [,.](?!\d)"),
    "pas de blanc après une virgule": re.compile(r",(?=[^\W\d])"),
    "pas de blanc avant « : », « ; », « ? » ou « ! »": re.compile(r"(?<=\w)[;?!](?=\s|$)|(?<=[^\W\d]):(?=\s|$)"),
    "guillemets anglais": re.compile(r'["“”]'),
    "guillemet collé": re.compile(r"«(?=\w)|(?<=\w)»"),
    "trois points au lieu de « … »": re.compile(r"\.\.\."),
    "ponctuation double": re.compile(r",,|;;|::|(?<!\.)\.\.(?!\.)"),
    "euro sans blanc": re.compile(r"\d€"),
    "pour cent sans blanc": re.compile(r"\d%"),
    "signe de remplacement": re.compile("\ufffd|Ã©|Ã¨|â€"),
    "mot répété": re.compile(r"\b(de|la|le|les|des|du|un|une|et|ou|à|que|est)\s+\1\b", re.IGNORECASE),
}
SENTENCE = re.compile(r"[.!?…»]$")
ASCII_WORDS = re.compile(
    r"\b(marche|marches|critere|criteres|execution|duree|publicite|seuil europeen|collectivite|"
    r"prevu|prevue|reserve aux|societe|necessaire|procedure|penalite|interet|etre|egalement|deja|apres)\b"
)
"""Words that have lost their accents."""


@cache
def shipped() -> tuple[Rulebook, dict[str, tuple[Example, ...]]]:
    """Return the shipped rules with their examples."""
    book, examples = load_sources(rules_root())
    return book, dict(examples)


def sentences(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a rule, with the key of each."""
    yield "pourquoi", rule.why
    yield "remede", rule.remedy
    for version in rule.versions:
        for key, text in (
            ("message", version.message),
            ("conforme", version.ok_message),
            ("doute", version.doubt_message),
            ("verifier", version.check),
        ):
            if text:
                yield f"{key} du {version.since}", text


def texts() -> Iterator[tuple[str, str]]:
    """Yield every French text that people read, with where it stands."""
    book, examples = shipped()
    for rule in book.rules:
        yield f"{rule.id} titre", rule.title
        yield from ((f"{rule.id} {key}", text) for key, text in sentences(rule))
        yield from ((f"{rule.id} exemple", example.name) for example in examples[rule.id])
        yield from ((f"{rule.id} fondement", basis.text) for v in rule.versions for basis in v.basis)
    for parameter in book.parameters.values():
        yield f"{parameter.name} libelle", parameter.label
        yield from ((f"{parameter.name} note", note) for note in parameter.notes)
        yield from ((f"{parameter.name} verifier", row.check) for row in parameter.rows if row.check)
    for spec in book.vocabulary.values():
        yield f"{spec.name} libelle", spec.label
        yield from ((f"{spec.name} {field.name}", field.label) for field in spec.fields)
    yield "reserve", book.sources.blind_reserve
    yield "reserve", book.sources.early_reserve


def without_names(text: str) -> str:
    """Take out what is code: placeholders, options, addresses, names of facts between backquotes or after --set."""
    text = re.sub(r"\{[a-z0-9_.]+\}", "1", text)
    text = re.sub(r"--set [a-z0-9_.]+=\S*", "--set", text)
    text = re.sub(r"\bcode [a-z_]+", "code", text)
    return re.sub(r"https?://\S+|`[^`]*`|\b[a-z0-9_]+(?:[._][a-z0-9_]+)+\b", "x", text)


def test_there_are_texts() -> None:
    """An empty list would make every test below pass."""
    assert len(list(texts())) > 2000


@pytest.mark.parametrize("fault", BAD)
def test_typography(fault: str) -> None:
    """No slip of the keyboard in what people read."""
    assert [(where, text) for where, text in texts() if BAD[fault].search(without_names(text))] == []


def test_accents() -> None:
    """French words keep their accents; identifiers, which have none, are left out."""
    assert [(where, text) for where, text in texts() if ASCII_WORDS.search(without_names(text))] == []


def test_titles() -> None:
    """A title is short, starts with a capital and is no sentence."""
    titles = {rule.id: rule.title for rule in shipped()[0].rules}
    assert {i: t for i, t in titles.items() if len(t) > MAX_TITLE or t.endswith(".") or t != t.strip()} == {}
    assert {i: t for i, t in titles.items() if not (t[0].isupper() or t[0].isdigit())} == {}
    assert len(set(titles.values())) == len(titles)


def test_sentences_end() -> None:
    """What is a sentence ends as one, and starts with a capital or a value."""
    told = [(rule.id, key, text) for rule in shipped()[0].rules for key, text in sentences(rule)]
    assert [item for item in told if not SENTENCE.search(item[2].strip())] == []
    assert [item for item in told if not re.match(r"[A-ZÀÂÇÉÈÊÎÔÛŒ«{0-9]", item[2])] == []


def test_labels_are_no_sentences() -> None:
    """Labels of facts and figures go inside sentences: no final full stop, no capital but for names."""
    book = shipped()[0]
    labels = [spec.label for spec in book.vocabulary.values()] + [p.label for p in book.parameters.values()]
    assert [label for label in labels if label.endswith((".", " ")) or label.startswith(" ")] == []
    assert [label for label in labels if re.match(r"(Le|La|Les|Un|Une|Des|Part|Durée|Montant|Nombre) ", label)] == []


def test_every_placeholder_can_be_filled() -> None:
    """A message names facts and figures that exist, and leaves no brace behind."""
    book = shipped()[0]
    known = {*book.vocabulary, *book.parameters}
    wrong = []
    for rule in book.rules:
        for key, text in sentences(rule):
            names = {name.removeprefix("marche.") for name in re.findall(r"\{([^{}]*)\}", text)}
            if names - known or re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", text)):
                wrong.append((rule.id, key, names - known))
            if names and key in {"pourquoi", "remede"}:
                wrong.append((rule.id, key, names))
    assert wrong == []


def test_why_and_remedy_are_worth_reading() -> None:
    """Why it matters is a sentence or more, and what to do starts by doing."""
    rules = shipped()[0].rules
    assert [rule.id for rule in rules if len(rule.why) < 40 or len(rule.remedy) < 25] == []
    assert [rule.id for rule in rules if rule.why.strip() == rule.remedy.strip()] == []
