"""The rules against what they were written from: the legal file and the inventory of the source documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from achats_check.examples import run_example
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.rule import KitCitation, Parameter, Rule
from achats_check.resources import rules_root

SHARED = Path(__file__).resolve().parents[2] / "shared"
LAW = SHARED / "law" / "law.yaml"
INVENTORY = SHARED / "kit" / "inventory.yaml"
needs_law = pytest.mark.skipif(not LAW.is_file(), reason="référentiel juridique absent (../shared/law/law.yaml)")
needs_kit = pytest.mark.skipif(not INVENTORY.is_file(), reason="inventaire absent (../shared/kit/inventory.yaml)")

SCOPES = {"tender", "lot", "buyer"}
README = (rules_root() / "README.md").read_text(encoding="utf-8")


@cache
def law() -> dict[str, Any]:
    """Return the legal file."""
    data: dict[str, Any] = yaml.load(LAW.read_text(encoding="utf-8"), Loader=_loader())
    return data


@cache
def inventory() -> dict[str, Any]:
    """Return the inventory of the source documents."""
    data: dict[str, Any] = yaml.load(INVENTORY.read_text(encoding="utf-8"), Loader=_loader())
    return data


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def obligations() -> dict[str, dict[str, Any]]:
    """Return the rules of the legal file, by identifier."""
    return {entry["id"]: entry for entry in law()["obligations"]}


@cache
def thresholds() -> dict[str, dict[str, Any]]:
    """Return the dated figures of the legal file, by identifier."""
    return {entry["id"]: entry for entry in law()["thresholds"]}


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return the entries of the inventory, by identifier."""
    return {entry["id"]: entry for entry in inventory()["entries"]}


@cache
def shipped() -> tuple[Rulebook, dict[str, tuple[Example, ...]]]:
    """Return the shipped rules with their examples."""
    book, examples = load_sources(rules_root())
    return book, dict(examples)


def rules() -> tuple[Rule, ...]:
    """Return the shipped rules."""
    return shipped()[0].rules


def parameters() -> tuple[Parameter, ...]:
    """Return the shipped figures."""
    return tuple(shipped()[0].parameters.values())


# --- The law -------------------------------------------------------------------------------------------------------


@needs_law
def test_every_legal_entry_cited_exists() -> None:
    """A rule or a figure names entries of the legal file, and no other."""
    known = {*obligations(), *thresholds()}
    assert [(rule.id, entry) for rule in rules() for entry in rule.law if entry not in known] == []
    assert [(p.name, entry) for p in parameters() for entry in p.law if entry not in known] == []


@needs_law
def test_every_duty_is_encoded_or_listed_with_its_reason() -> None:
    """What a dossier, a lot or a buyer can be judged on is a rule, or stands in the README with why not."""
    encoded = {entry for rule in rules() for entry in rule.law}
    expected = {name for name, entry in obligations().items() if entry["level"] in SCOPES}
    assert sorted(expected - encoded - excused()) == []
    assert sorted(encoded & excused() & set(obligations())) == []


@needs_law
def test_every_figure_has_its_parameter() -> None:
    """A dated figure of the legal file is a parameter, or is excused."""
    held = {entry for parameter in parameters() for entry in parameter.law}
    assert sorted(set(thresholds()) - held - excused()) == []


def excused() -> set[str]:
    """Return the entries that the README lists in its tables, each with a reason."""
    found = re.findall(r"^\| (`[a-z0-9_]+`(?:, `[a-z0-9_]+`)*) \| (.+) \|$", README, re.MULTILINE)
    assert all(len(reason) > 20 for _, reason in found)
    return {name for names, _ in found for name in re.findall(r"`([a-z0-9_]+)`", names)}


@needs_law
def test_silence_accuses_only_where_the_law_lets_it() -> None:
    """Where the legal file says « jamais non_conforme », what is read in the pieces never accuses.

    Each example that accuses is judged again as if its facts had been read rather than declared, without what
    the vocabulary says is kept outside the pieces: nobody said that nothing was recorded there.
    """
    book, examples = shipped()
    wrong = [
        (rule.id, example.name)
        for rule in rules()
        if any(_never_on_pieces(entry) for entry in rule.law)
        for example in examples[rule.id]
        if example.expected == "non_conforme"
        if run_example(rule, _as_read(example, book), book).verdict == "non_conforme"
    ]
    assert wrong == []


def _never_on_pieces(entry: str) -> bool:
    return entry in obligations() and str(obligations()[entry]["when_silent"]).startswith("jamais non_conforme")


def _as_read(example: Example, book: Rulebook) -> Example:
    given = {**dict(_flat(example.declared)), **dict(_flat(example.read))}
    kept = {n: v for n, v in given.items() if n == "lots" or not book.vocabulary[n].outside_pieces}
    absent = tuple(name for name in example.absent if not book.vocabulary[name].outside_pieces)
    return example._replace(declared={}, read=kept, absent=absent)


def _flat(data: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, dict) and key != "lots":
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@needs_law
def test_a_lever_of_the_law_is_no_duty() -> None:
    """An entry that is a lever is offered by a rule, or only serves to justify: its silence accuses nobody."""
    levers = {n for n, e in obligations().items() if str(e["when_silent"]).startswith("sans objet : levier")}
    wrong = []
    for entry in sorted(levers - excused()):
        found = [rule for rule in rules() if entry in rule.law]
        offered = any(rule.nature in {"levier", "bonne_pratique"} for rule in found)
        if not offered and any(rule.accuses == "pieces" for rule in found):
            wrong.append(entry)
    assert wrong == []


@needs_law
def test_what_is_uncertain_in_the_law_is_uncertain_in_the_rules() -> None:
    """An uncertain entry gives no certain version, and says what to check."""
    unsure = {name for name, entry in obligations().items() if entry["confidence"] == "uncertain"}
    found = [rule for rule in rules() if unsure & set(rule.law)]
    assert found
    assert [r.id for r in found for v in r.versions if v.confidence != "incertaine" or not v.check] == []


@needs_law
def test_uncertain_figures_are_uncertain_rows() -> None:
    """A value the legal file is not sure of is not certain here."""
    wrong = []
    for parameter in parameters():
        for entry in parameter.law:
            wrong += [(parameter.name, v) for v in _uncertain_values(entry) if _held_as_certain(parameter, v)]
    assert wrong == []


def _uncertain_values(entry: str) -> list[dict[str, Any]]:
    values = thresholds().get(entry, {}).get("values", ())
    return [value for value in values if value.get("confidence") == "uncertain" and value.get("value") is not None]


def _held_as_certain(parameter: Parameter, value: dict[str, Any]) -> bool:
    same = [row for row in parameter.rows if row.since == value["from"] and row.value == value["value"]]
    return bool(same) and all(row.confidence != "incertaine" for row in same)


# --- The source documents ---------------------------------------------------------------------------------------------


def citations() -> Iterator[tuple[str, KitCitation]]:
    """Yield every citation of a source document, with what makes it."""
    for rule in rules():
        yield from ((rule.id, citation) for citation in rule.kit)
    for parameter in parameters():
        yield from ((parameter.name, citation) for citation, _ in parameter.kit)


@needs_kit
def test_every_citation_is_that_of_the_inventory() -> None:
    """Document, fiche, heading and printed page are the inventory's, to the letter."""
    documents = yaml.safe_load((rules_root() / "references.yaml").read_text(encoding="utf-8"))["documents"]
    wrong = []
    for who, citation in citations():
        source = entries()[citation.entry]["source"] if citation.entry in entries() else {}
        expected = (source.get("file"), source.get("fiche"), source.get("heading"), source.get("printed_page"))
        cited = (documents[citation.document]["inventaire"], citation.fiche, citation.heading, citation.page)
        if tuple(str(part or "") for part in expected) != cited:
            wrong.append((who, citation.entry, cited, expected))
    assert wrong == []


@needs_kit
def test_the_levers_of_fiche_11_and_of_champ_6_are_all_there() -> None:
    """Every lever, figure and duty of the two chapters on public purchase is cited, or excused."""
    cited = {citation.entry for _, citation in citations()}
    wanted = {
        name
        for name, entry in entries().items()
        if name.startswith(("K11-", "T6-")) and entry["category"] in {"levier", "seuil", "obligation"}
    }
    assert len(wanted) > 20
    assert sorted(name for name in wanted - cited if f"`{name}`" not in README) == []


@needs_kit
def test_the_figures_of_the_kit_are_those_of_the_inventory() -> None:
    """A figure said to be the kit's is one that the entry gives."""
    wrong = []
    for parameter in parameters():
        for citation, figure in parameter.kit:
            given = {
                str(float(f["value"])) for f in entries()[citation.entry].get("figures", ()) if _is_number(f["value"])
            }
            if figure is not None and str(float(figure)) not in given:
                wrong.append((parameter.name, citation.entry, figure, given))
    assert wrong == []


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_the_hundred_millions_are_those_of_the_study() -> None:
    """The 100 M€ of the SPASER are cited to « Territoires urbains », never to fiche 11 of the kit."""
    found = [
        (citation.document, citation.fiche)
        for parameter in parameters()
        for citation, figure in parameter.kit
        if figure == 100_000_000
    ]
    assert found == [("territoires-urbains", "Champ d'action #6")]
    assert [p for rule in rules() for p in rule.kit if p.entry == "T6-spaser-seuil-100m" and p.fiche == "11"] == []


def test_the_figures_of_the_kit_are_shown_where_the_law_moved() -> None:
    """40 000 €, 100 000 € and 100 M€ are kept beside the figures of the law."""
    figures = {name: {int(f) for _, f in p.kit if f is not None} for name, p in shipped()[0].parameters.items()}
    assert figures["dispense.montant"] == {40_000}
    assert figures["innovation.dispense"] == {100_000}
    assert figures["spaser.achats_annuels"] == {100_000_000}


def test_every_version_cites_a_text() -> None:
    """Each version of each rule rests on a text that a reader can open, read on a day that is told."""
    unread = [r.id for r in rules() for v in r.versions for basis in v.basis if basis.checked_on.year < 2026]
    assert [rule.id for rule in rules() if not all(version.basis for version in rule.versions)] == []
    assert unread == []


def test_the_test_on_silence_can_fail() -> None:
    """A rule that may accuse on what is read does, once its examples are taken as read."""
    book, examples = shipped()
    accusing = [e for e in examples["prix-seul-interdit"] if e.expected == "non_conforme"]
    rule = book.rule("prix-seul-interdit")
    assert rule is not None
    assert "non_conforme" in {run_example(rule, _as_read(e, book), book).verdict for e in accusing}
